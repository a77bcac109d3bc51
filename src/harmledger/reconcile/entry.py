"""One incident's entry, put together from what its reports tell."""

from __future__ import annotations

from collections import Counter

from harmledger.judged import Places, Standing
from harmledger.match.figures import figures
from harmledger.match.told import Told, remainder, settle, told_group, told_whole
from harmledger.model import Claim, Entry, Event, Group, Incident
from harmledger.reconcile.facts import Fact, actor_of, means_of, place_of, when_of
from harmledger.reconcile.grades import grade_of
from harmledger.reconcile.many import of_many
from harmledger.reconcile.origins import origins_of, told_origins
from harmledger.reconcile.persons import as_judged
from harmledger.reconcile.quarrels import contradictions_of, warnings_of

_MERGES_SHOWN = 20
_BEST = "the figure that most claims in the range tell"
_GROUPS: tuple[Group, ...] = ("children", "women", "men")


def tolls_of(event: Event) -> dict[str, Told | None]:
    """Return what one report tells of one event, by field of the entry."""
    whole = told_whole(event, "killed")
    tolls: dict[str, Told | None] = {"killed": whole, "injured": told_whole(event, "injured")}
    groups = {group: told_group(event, group, whole) for group in _GROUPS}
    for group in _GROUPS:
        told = groups[group]
        if told is None or not told.sure:
            left = remainder(event, group, whole, [groups[other] for other in _GROUPS if other != group])
            groups[group] = left if left is not None else told
    return tolls | {f"{group}_killed": told for group, told in groups.items()} | _other_tolls(event)


def _other_tolls(event: Event) -> dict[str, Told | None]:
    """Return what a report counts of the other kinds, and of groups: "missing", "children_injured"."""
    found: dict[str, Told | None] = {}
    for kind in dict.fromkeys(claim.kind for claim in event.claims):
        if kind not in ("killed", "injured"):
            found[kind] = settle(event, figures(event, kind), kind)
        groups = dict.fromkeys(claim.group for claim in event.claims if claim.kind == kind)
        for group in groups:
            field = f"{group}_{kind}"
            if group not in ("people", "things") and not (kind == "killed" and group in _GROUPS):
                found[field] = settle(event, figures(event, kind, group), field)
    return found


def _merged(incident: Incident) -> dict[str, Told | None]:
    by_event = [(event, tolls_of(event)) for event in incident.events]
    if len(by_event) == 1:
        return by_event[0][1]
    fields = dict.fromkeys(field for _, tolls in by_event for field in tolls)
    return {field: of_many([(event, tolls.get(field)) for event, tolls in by_event], field) for field in fields}


def _facts(incident: Incident) -> tuple[Claim, ...]:
    """Return the claims that tell an incident's day, place and blame: its own, else those without a number."""
    own = tuple(claim for claim in incident.claims if claim.role != "denied")
    return own or tuple(claim for event in incident.events for claim in event.context)


def _best(incident: Incident, kind: str, told: Told) -> int:
    """Return the figure that most claims inside the range tell; of two the higher."""
    top = told.range.low if told.range.high is None else told.range.high
    values = [claim.count.value for claim in incident.claims if claim.kind == kind and claim.id in told.claims]
    within = Counter(value for value in values if value is not None and told.range.low <= value <= top)
    return max(within, key=lambda value: (within[value], value)) if within else told.range.low


def entry_of(incident: Incident, stands: Standing | None = None, places: Places | None = None) -> Entry:
    """Return what the record says of one incident; what persons judged outranks what is derived.

    ``places`` tells the place of a gazetteer's id, for judgements that name one.
    """
    judged = as_judged(incident, stands if stands is not None else Standing(), places)
    standing = judged.incident
    tolls = _merged(standing)
    claims = _facts(standing)
    when, place, actor, means = when_of(claims), place_of(claims), actor_of(claims), means_of(claims)
    if judged.place is not None:
        place = Fact((judged.place[0].name, judged.place[0]), judged.place[1], (place.value[0],) if place else ())
    origins = origins_of(standing)
    grade, reason = grade_of(standing, origins, judged.grade, bool(judged.left_out))
    reasons = {field: told.because for field, told in tolls.items() if told is not None}
    for field, fact in (("when", when), ("place", place), ("actor", actor), ("means", means)):
        if fact is not None:
            reasons[field] = fact.because
    reasons |= {"grade": reason, "origins": told_origins(origins), "best": _BEST}
    if incident.because:
        reasons["together"] = " | ".join(incident.because[:_MERGES_SHOWN])
    ranges = {field: told.range for field, told in tolls.items() if told is not None}
    best = {field: _best(standing, field.rpartition("_")[2], told) for field, told in tolls.items() if told is not None}
    return Entry(
        incident.id,
        incident.reports,
        ranges.get("killed"),
        ranges.get("injured"),
        ranges.get("children_killed"),
        ranges.get("women_killed"),
        ranges.get("men_killed"),
        when.value if when else None,
        place.value[0] if place else None,
        place.value[1] if place else None,
        actor.value if actor else None,
        means.value if means else None,
        grade,
        reasons,
        claims=tuple(claim.id for claim in incident.claims),
        origins=origins,
        left_out=judged.left_out + tuple(out for told in tolls.values() if told is not None for out in told.left_out),
        contradictions=contradictions_of(standing),
        warnings=warnings_of(tolls) + judged.warnings,
        best=best,
        victims=tuple(victim for event in incident.events for victim in event.victims),
        tolls=ranges,
        corrections=judged.corrections,
        confirmed=judged.confirmed,
        notes=judged.notes,
    )
