"""Incidents to entries of the record: ranges, independence, grade, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harmledger.model import Entry, Incident, Judgement

__all__ = ["reconcile"]


def reconcile(incidents: Iterable[Incident], judgements: Sequence[Judgement] = ()) -> list[Entry]:
    """Return what the record says of each incident, in the order given."""
    # Imported here because the package offers this name at once, and the commands must start without the whole house.
    from harmledger.reconcile.entry import entry_of

    return [entry_of(incident, judgements) for incident in incidents]
