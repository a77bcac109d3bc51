"""An incident out of the events that were put together, under an id that stays."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from harmledger.model import Event, Incident, Link


def _order(event: Event) -> tuple[date, str, str]:
    return event.published or date.max, event.report, event.id


# "It was apart from the strike that hit a bakery", "two days after an attack on a school": told of as known already.
_ATTACK = (
    r"(?:\w+\s+){0,2}(?:attacks?|(?:air)?strikes?|raids?|shelling|bombings?|blasts?|explosions?|shootings?|incidents?)"
)
_REFERS = re.compile(
    rf"\b(?:apart|separate|distinct|different|unrelated|independent)\s+(?:from|to|of)\s+(?:the|an?|that|another)\s+{_ATTACK}\b"
    rf"|\b(?:days?|hours?|weeks?|months?|years?|soon|shortly)\s+after\s+(?:the|an?|another)\s+{_ATTACK}\b"
    rf"|\b(?:similar to|reminiscent of|recalled|recalling|unlike)\s+(?:the|an?|another)\s+{_ATTACK}\b",
    re.IGNORECASE,
)


def _only_refers(event: Event) -> bool:
    """Tell whether an aside only refers to another attack, and counts nobody: it is no news of an incident."""
    return (
        not event.main
        and bool(event.claims)
        and all(
            claim.kind == "damaged" and _REFERS.search(event.text, claim.sentence.start, claim.span.start)
            for claim in event.claims
        )
    )


def tells(event: Event) -> bool:
    """Tell whether an event by itself makes an incident: somebody is counted, named or told of as harmed."""
    return bool(event.claims or event.victims or event.unnumbered) and not _only_refers(event)


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
