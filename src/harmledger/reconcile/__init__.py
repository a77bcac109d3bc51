"""Incidents to entries of the record: ranges, independence, grade, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.model import Entry, Incident
from harmledger.reconcile.entry import entry_of

__all__ = ["reconcile"]


def reconcile(incidents: Sequence[Incident]) -> list[Entry]:
    """Return what the record says of each incident, in the order given."""
    return [entry_of(incident) for incident in incidents]
