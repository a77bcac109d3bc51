"""What persons judged of one incident, applied: claims rejected, corrected and confirmed, a place, a grade, notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harmledger.gazetteer import Gazetteer
from harmledger.judged import (
    Places,
    Standing,
    Unplaced,
    corrected,
    corrections_of,
    not_found,
    point,
    said,
    who,
)
from harmledger.model import Claim, Event, Incident, Judgement, LeftOut
from harmledger.places import Place


@dataclass(frozen=True, slots=True)
class Judged:
    """An incident as it stands after what persons judged of it. ``place`` is theirs, with its reason."""

    incident: Incident
    left_out: tuple[LeftOut, ...] = ()
    corrections: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    grade: Judgement | None = None
    place: tuple[Place, str] | None = None
    warnings: tuple[str, ...] = ()


def names_of(incident: Incident) -> tuple[str, ...]:
    """Return the names under which an incident is judged: its ids, and the reports that are about it."""
    main = (event.report for event in incident.events if event.main)
    return tuple(dict.fromkeys((incident.id, *incident.former, *main)))


def places_of(gazetteer: Gazetteer) -> Places:
    """Return what tells the place of a gazetteer's id, for judgements that name one."""
    from harmledger.gazetteer.placing import precision_of, shown_name

    def place(identifier: str) -> Place | None:
        entry = gazetteer.index.by_id(identifier)
        if entry is None:
            return None
        area = (entry.country or None, entry.admin1 or None, entry.admin2 or None)
        return Place(entry.id, shown_name(entry), entry.latitude, entry.longitude, precision_of(entry), *area)

    return place


def as_judged(incident: Incident, stands: Standing, places: Places | None = None) -> Judged:
    """Return an incident with its claims as persons judged them, and what they said of it as a whole."""
    names = names_of(incident)
    events, left = [], []
    for event in incident.events:
        kept, out = _claims(event, stands, places)
        left += out
        events.append(event if kept == event.claims else replace(event, claims=kept))
    claims = tuple(claim for event in events for claim in event.claims)
    place, warnings = _place(incident, stands.last("place", names), places)
    about = (*names, *(claim.id for claim in incident.claims), *incident.reports)
    notes = [f"{_when(note)}{who(note)}: {note.value or note.reason}" for note in stands.on("note", set(about))]
    return Judged(
        replace(incident, events=tuple(events), claims=claims),
        tuple(left),
        tuple(corrections_of(claims)),
        tuple(claim.id for claim in claims if claim.id in stands.confirmed),
        tuple(notes),
        stands.last("grade", names),
        place,
        warnings,
    )


def _claims(event: Event, stands: Standing, places: Places | None) -> tuple[tuple[Claim, ...], list[LeftOut]]:
    if not stands.rejected and not stands.corrected:
        return event.claims, []
    kept, left = [], []
    for claim in event.claims:
        rejected = stands.rejected.get(claim.id)
        if rejected is not None:
            left.append(LeftOut(claim.id, claim.kind, said(rejected, "rejected")))
            continue
        mended = corrected(claim, stands, places)
        if mended.scope == "cumulative":
            left.append(LeftOut(claim.id, claim.kind, f"a running total: {mended.because.get('scope', '')}"))
        else:
            kept.append(mended)
    return tuple(kept), left


def _place(
    incident: Incident, judged: Judgement | None, places: Places | None
) -> tuple[tuple[Place, str] | None, tuple[str, ...]]:
    if judged is None:
        return None, ()
    found = _found(incident, judged.value or "", places)
    if found is None:
        return None, (f"the place {judged.value} that {who(judged)} judged is in no gazetteer at hand",)
    return (found, said(judged, "placed")), ()


def _found(incident: Incident, value: str, places: Places | None) -> Place | None:
    """Return the place that a judgement names: a point, a gazetteer's id, or one that the claims themselves hold."""
    told = point(value) or (places(value) if places is not None else None)
    if told is not None:
        return told
    return next((c.located for c in incident.claims if c.located is not None and c.located.id == value), None)


def _when(judgement: Judgement) -> str:
    return f"{judgement.at[:10]}, " if judgement.at else ""


def unplaced_of(
    incidents: Sequence[Incident], stands: Standing, places: Places | None = None, others: Sequence[str] = ()
) -> list[Unplaced]:
    """Return every judgement that could not be applied, with its reason: none is lost in silence.

    ``others`` are further ids that exist: reports without an incident, claims that are running totals.
    """
    known = {*others}
    placed: dict[str, Incident] = {}
    for incident in incidents:
        known |= {*names_of(incident), *incident.reports, *(claim.id for claim in incident.claims)}
        placed |= dict.fromkeys(names_of(incident), incident)
    found = [*stands.unplaced, *not_found(stands, known.__contains__)]
    for subject, told in stands.about.items():
        for judgement in told:
            here = placed.get(subject)
            if judgement.verb == "place" and here is not None and _found(here, judgement.value or "", places) is None:
                found.append(Unplaced(judgement, f"no gazetteer at hand knows the place {judgement.value!r}."))
    return found
