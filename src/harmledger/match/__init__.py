"""Reports and their claims to incidents: events within a report, then across reports, each match with its weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harmledger.judged import corrected, standing
from harmledger.match.events import events_of as events_of
from harmledger.match.incidents import incident_of, tells
from harmledger.match.matcher import Matcher
from harmledger.model import Claim, Event, Incident, Judgement, Report

__all__ = ["events_of", "match_events", "match_incidents"]


def match_incidents(
    reports_with_claims: Iterable[tuple[Report, Sequence[Claim]]],
    judgements: Sequence[Judgement] = (),
    apart: bool = False,
) -> list[Incident]:
    """Return the incidents that reports tell of, a report's main incident before its others.

    With ``apart`` each report's incidents are made from that report alone.
    """
    stands = standing(judgements)
    events = [
        event
        for report, claims in reports_with_claims
        for event in events_of(report, [corrected(claim, stands) for claim in claims])
    ]
    return match_events(events, judgements, apart)


def match_events(events: Sequence[Event], judgements: Sequence[Judgement] = (), apart: bool = False) -> list[Incident]:
    """Return the incidents that events of reports belong to; ``match_incidents`` where the events are known already."""
    if apart:
        return [incident_of([event]) for event in events if tells(event)]
    matcher = Matcher()
    matcher.judge(judgements)
    matcher.add(events)
    return matcher.incidents()
