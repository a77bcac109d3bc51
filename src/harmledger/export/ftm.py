"""FollowTheMoney entities, one JSON object a line: incidents as Event, reports as Article, victims as Person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256

import orjson

from harmledger.counts import CountRange
from harmledger.export.figures import sentence_of
from harmledger.export.flat import counts
from harmledger.export.losses import Losses
from harmledger.export.rows import Total, speakers_of
from harmledger.model import Case, Report, Victim
from harmledger.show.safe import visible
from harmledger.show.words import place_words, range_words
from harmledger.vocabulary import labels

MEANINGS = {
    "figures": "Figures are words in the notes: an Event has no property for a number.",
    "precision": "An Event has no point: coordinates and precision are words in its location.",
    "running totals": "Totals over several incidents have no entity.",
}
Entity = dict[str, object]


def entities(cases: Iterable[Case], totals: Iterable[Total], losses: Losses) -> Iterator[bytes]:
    """Yield the entities of each incident: its reports first, then its party, its victims and itself."""
    written: set[str] = set()
    for case in cases:
        losses.rows += 1
        losses.lose("figures")
        if case.entry.located is not None:
            losses.lose("precision")
        for entity in _entities(case):
            name = str(entity["id"])
            if name not in written:
                written.add(name)
                yield orjson.dumps(entity) + b"\n"
    for _ in totals:
        losses.lose_total()


def _entities(case: Case) -> Iterator[Entity]:
    articles = [_article(report) for report in case.reports]
    yield from articles
    entry = case.entry
    involved = []
    if entry.actor not in (None, "other", "multiple"):
        party = _entity(f"actor:{entry.actor}", "Organization", {"name": [labels("actor").get(str(entry.actor))]})
        involved.append(str(party["id"]))
        yield party
    for number, victim in enumerate(entry.victims):
        if victim.name:
            person = _person(case, victim, number)
            involved.append(str(person["id"]))
            yield person
    yield _event(case, involved, [str(article["id"]) for article in articles])


def _event(case: Case, involved: list[str], articles: list[str]) -> Entity:
    entry, place = case.entry, case.entry.located
    figures = [
        f"{name.replace('_', ' ')}: {range_words(CountRange(known.low, known.high))} (claims {', '.join(known.claims)})"
        for name, known in counts(case).items()
    ]
    sentences = dict.fromkeys(filter(None, (sentence_of(case, claim) for claim in case.incident.claims)))
    when = entry.when
    one_day = when is not None and when.days == 1
    means = labels("means").get(entry.means or "", "Harm")
    return _entity(
        f"incident:{entry.incident}",
        "Event",
        {
            "name": [f"{means}, {(place.name if place else entry.place) or 'place not told'}"],
            "date": [when.start.isoformat()] if when and one_day else [],
            "startDate": [when.start.isoformat()] if when and not one_day else [],
            "endDate": [when.end.isoformat()] if when and when.end and not one_day else [],
            "country": [place.country.lower()] if place and place.country else [],
            "location": [place_words(entry.place, place)] if place or entry.place else [],
            "involved": involved,
            "proof": articles,
            "summary": [" ".join(sentences)] if sentences else [],
            "notes": [*figures, f"grade: {entry.grade}", f"blamed: {entry.actor or 'not told'}"],
            "keywords": [word for word in (entry.means, entry.actor, entry.grade) if word],
            "publisher": speakers_of(case),
            "recordId": [entry.incident],
        },
    )


def _article(report: Report) -> Entity:
    address = report.address or ""
    return _entity(
        f"report:{report.id}",
        "Article",
        {
            "title": [report.title or report.id],
            "publisher": [report.outlet] if report.outlet else [],
            "publishedAt": [report.published.isoformat()] if report.published else [],
            "sourceUrl": [address] if address.lower().startswith(("http://", "https://")) else [],
            "bodyText": [report.text] if report.text.strip() else [],
        },
    )


def _person(case: Case, victim: Victim, number: int) -> Entity:
    when = case.entry.when
    told = [f"{victim.kind} in incident {case.entry.incident}", f"aged {victim.age}" if victim.age is not None else ""]
    return _entity(
        f"victim:{case.entry.incident}:{number}",
        "Person",
        {
            "name": [victim.name],
            "gender": [str(victim.sex)] if victim.sex else [],
            "deathDate": [when.start.isoformat()] if when and when.days == 1 and victim.kind == "killed" else [],
            "notes": [word for word in told if word],
        },
    )


def _entity(name: str, schema: str, properties: dict[str, list[str | None] | list[str]]) -> Entity:
    """Return an entity; its id is a hash, which FollowTheMoney takes and which tells nothing by itself."""
    kept = {
        field: [visible(value) if field != "bodyText" else value for value in values if value]
        for field, values in properties.items()
    }
    identity = sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:40]
    return {"id": identity, "schema": schema, "properties": {field: told for field, told in kept.items() if told}}
