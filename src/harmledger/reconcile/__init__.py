"""Incidents to entries of the record: ranges, independence, grade, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harmledger.model import Entry, Incident, Judgement
from harmledger.reconcile.entry import entry_of

__all__ = ["reconcile"]


def reconcile(incidents: Iterable[Incident], judgements: Sequence[Judgement] = ()) -> list[Entry]:
    """Return what the record says of each incident, in the order given."""
    return [entry_of(incident, judgements) for incident in incidents]
