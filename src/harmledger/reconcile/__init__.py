"""Incidents to entries of the record: ranges, independence, grade, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from harmledger.judged import Places, Standing
    from harmledger.model import Entry, Incident, Judgement

__all__ = ["reconcile"]


def reconcile(
    incidents: Iterable[Incident],
    judgements: Sequence[Judgement] | Standing = (),
    places: Places | None = None,
) -> list[Entry]:
    """Return what the record says of each incident, in the order given.

    ``places`` tells the place of a gazetteer's id (``reconcile.persons.places_of``), for judgements that name one.
    ``reconcile.persons.unplaced_of`` lists the judgements that could not be applied.
    """
    # Imported here because the package offers this name at once, and the commands must start without the whole house.
    from harmledger.judged import Standing, standing
    from harmledger.reconcile.entry import entry_of

    stands = judgements if isinstance(judgements, Standing) else standing(judgements)
    return [entry_of(incident, stands, places) for incident in incidents]
