"""An incident out of the events that were put together, under an id that stays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from harmledger.model import Event, Incident, Link


def _order(event: Event) -> tuple[date, str, str]:
    return event.published or date.max, event.report, event.id


def tells(event: Event) -> bool:
    """Tell whether an event by itself makes an incident: somebody is counted, named or told of as harmed."""
    return bool(event.claims or event.victims or event.unnumbered)


def incident_of(events: Sequence[Event], links: Sequence[Link] = (), because: Sequence[str] = ()) -> Incident:
    """Return the incident that events make, the earliest report first.

    Its id is that of its earliest event, so that later reports leave it as it is. The ids that its other events would
    have given it stand under ``former``: what was cited before a merge still leads here.
    """
    ordered = sorted(events, key=_order)
    return Incident(
        ordered[0].id,
        tuple(dict.fromkeys(event.report for event in ordered)),
        tuple(claim for event in ordered for claim in event.claims),
        tuple(because),
        tuple(ordered),
        tuple(links),
        tuple(event.id for event in ordered[1:]),
    )
