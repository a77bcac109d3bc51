"""One incident's entry, put together from what its reports tell."""

from __future__ import annotations

from harmledger.counts import CountRange
from harmledger.model import Claim, Entry, Event, Group, Incident, LeftOut
from harmledger.reconcile.facts import actor_of, means_of, place_of, when_of
from harmledger.reconcile.many import of_many
from harmledger.reconcile.told import Told, remainder, told_group, told_whole

_GROUPS: tuple[Group, ...] = ("children", "women", "men")


def _range(told: Told | None) -> CountRange | None:
    return None if told is None else told.range


def tolls_of(event: Event) -> dict[str, Told | None]:
    """Return what one report tells of one event, by field of the entry."""
    whole = told_whole(event, "killed")
    tolls: dict[str, Told | None] = {"killed": whole, "injured": told_whole(event, "injured")}
    groups = {group: told_group(event, group, whole) for group in _GROUPS}
    for group in _GROUPS:
        told = groups[group]
        if told is None or not told.sure:
            left = remainder(event, whole, [groups[other] for other in _GROUPS if other != group])
            groups[group] = left if left is not None else told
    return tolls | {f"{group}_killed": told for group, told in groups.items()}


def _merged(incident: Incident) -> dict[str, Told | None]:
    by_event = [(event, tolls_of(event)) for event in incident.events]
    if len(by_event) == 1:
        return by_event[0][1]
    fields = by_event[0][1].keys()
    return {field: of_many([(event, tolls[field]) for event, tolls in by_event], field) for field in fields}


def _facts(incident: Incident) -> tuple[Claim, ...]:
    """Return the claims that tell an incident's day, place and blame: its own, else those without a number."""
    own = tuple(claim for claim in incident.claims if claim.role != "denied")
    return own or tuple(claim for event in incident.events for claim in event.context)


def entry_of(incident: Incident) -> Entry:
    """Return what the record says of one incident."""
    tolls = _merged(incident)
    claims = _facts(incident)
    when, place, actor, means = when_of(claims), place_of(claims), actor_of(claims), means_of(claims)
    reasons = {field: told.because for field, told in tolls.items() if told is not None}
    for field, fact in (("when", when), ("place", place), ("actor", actor), ("means", means)):
        if fact is not None:
            reasons[field] = fact.because
    left: list[LeftOut] = [out for told in tolls.values() if told is not None for out in told.left_out]
    return Entry(
        incident.id,
        incident.reports,
        _range(tolls["killed"]),
        _range(tolls["injured"]),
        _range(tolls["children_killed"]),
        _range(tolls["women_killed"]),
        _range(tolls["men_killed"]),
        when.value if when else None,
        place.value[0] if place else None,
        place.value[1] if place else None,
        actor.value if actor else None,
        means.value if means else None,
        "weak",
        reasons,
        tuple(claim.id for claim in incident.claims),
        left_out=tuple(left),
        victims=tuple(victim for event in incident.events for victim in event.victims),
    )
