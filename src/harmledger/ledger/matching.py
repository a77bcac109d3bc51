"""What was read, gathered into incidents; the record of an incident is made anew only where something of it changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sqlalchemy import Connection, delete, func, insert, select

from harmledger.ledger.engine_id import engine_id
from harmledger.ledger.judging import all_judgements
from harmledger.ledger.made import Reading, Settled, bare, packed, plain, unpacked, with_text
from harmledger.ledger.noted import get, put
from harmledger.ledger.store import Store
from harmledger.ledger.tables import incident_reports, incidents, lines, readings, reports
from harmledger.model import Event, Incident, Judgement

_AT_ONCE = 200


def basis(connection: Connection) -> bytes:
    """Return what incidents rest on: which reports were read, and the last line that judged or took something out."""
    count, last = connection.execute(select(func.count(), func.max(readings.c.number))).one()
    judged = connection.execute(
        select(func.max(lines.c.number)).where(lines.c.kind.in_(["judgement", "judgements", "deletion"]))
    ).scalar()
    return f"{count} {last} {judged} {engine_id()}".encode()


def match(store: Store) -> None:
    """Gather what was read into incidents, and say anew what the record says of those that changed."""
    with store.reading() as connection:
        now = basis(connection)
        if get(connection, "matched") == now:
            return
        judgements = all_judgements(connection)
        known = {row.id: row.digest for row in connection.execute(select(incidents.c.id, incidents.c.digest))}
        found = gathered(events_of_ledger(connection), judgements)
    digests = {incident.id: digest_of(incident, judgements_on(judgements)) for incident in found}
    changed = settled([each for each in found if known.get(each.id) != digests[each.id]], judgements)
    gone = [name for name in known if name not in digests]
    with store.writing() as connection:
        # Another program may have read or judged meanwhile; it will match, or the next who asks.
        if basis(connection) == now:
            write_incidents(connection, {e.incident.id: (digests[e.incident.id], e) for e in changed}, gone)
            put(connection, "matched", now)


def gathered(events: Iterable[Event], judgements: Sequence[Judgement]) -> list[Incident]:
    """Return the incidents that events and judgements make."""
    from harmledger.match import match_events

    return match_events(list(events), judgements)


def settled(found: Sequence[Incident], judgements: Sequence[Judgement]) -> list[Settled]:
    """Return incidents with their entries."""
    from harmledger.reconcile import reconcile

    entries = reconcile(found, judgements)
    return [Settled(bare(incident), entry) for incident, entry in zip(found, entries, strict=True)]


def judgements_on(judgements: Sequence[Judgement]) -> dict[str, list[Judgement]]:
    """Return the judgements that name something, by its name; an undoing is one on the judgement it takes back."""
    on: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        for name in {judgement.subject, judgement.other or judgement.subject}:
            on.setdefault(name, []).append(judgement)
    return on


def digest_of(incident: Incident, on: Mapping[str, Sequence[Judgement]]) -> str:
    """Return a hash of all that an incident's entry is made from."""
    made = hashlib.sha256(plain(bare(incident)))
    if on:
        todo = [incident.id, *incident.former, *incident.reports, *(event.id for event in incident.events)]
        todo += [claim.id for claim in incident.claims]
        seen: set[str] = set()
        while todo:
            for judgement in on.get(todo.pop(), ()):
                if judgement.id not in seen:
                    seen.add(judgement.id)
                    todo.append(judgement.id)
        made.update(" ".join(sorted(seen)).encode())
    return made.hexdigest()


def events_of_ledger(connection: Connection) -> Iterator[Event]:
    """Yield what all reports tell of events, with their texts."""
    for rows in _pages(connection):
        for number, made, body in rows:
            reading = unpacked(made, Reading)
            if reading.events and body is not None:
                text = json.loads(body)["text"]
                yield from with_text(reading.events, {event.report: text for event in reading.events})
            del number


def _pages(connection: Connection) -> Iterator[Sequence[tuple[int, bytes, str | None]]]:
    after = 0
    asked = (
        select(readings.c.number, readings.c.made, lines.c.body)
        .join(lines, lines.c.number == readings.c.number)
        .order_by(readings.c.number)
        .limit(_AT_ONCE)
    )
    while True:
        rows = [(r.number, r.made, r.body) for r in connection.execute(asked.where(readings.c.number > after))]
        yield rows
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1][0]


def write_incidents(connection: Connection, changed: Mapping[str, tuple[str, Settled]], gone: Sequence[str]) -> None:
    """Write incidents with their digests in the place of those of the same id, and take away those that are gone."""
    names = [*gone, *changed]
    for start in range(0, len(names), 500):
        part = names[start : start + 500]
        connection.execute(delete(incidents).where(incidents.c.id.in_(part)))
        connection.execute(delete(incident_reports).where(incident_reports.c.incident.in_(part)))
    if not changed:
        return
    connection.execute(
        insert(incidents),
        [
            {"id": name, "day": _day(each), "digest": digest, "record": packed(each)}
            for name, (digest, each) in changed.items()
        ],
    )
    told = {report for _, each in changed.values() for report in each.incident.reports}
    numbers = _numbers(connection, sorted(told))
    pairs = {(numbers[report], name) for name, (_, each) in changed.items() for report in each.incident.reports}
    connection.execute(insert(incident_reports), [{"number": n, "incident": name} for n, name in sorted(pairs)])


def _day(each: Settled) -> str:
    """Return the day by which an incident is listed."""
    published = next((event.published for event in each.incident.events if event.published), None)
    told = each.entry.when.start if each.entry.when else published
    return told.isoformat() if told else ""


def _numbers(connection: Connection, names: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(names), 500):
        part = names[start : start + 500]
        rows = connection.execute(select(reports.c.id, reports.c.number).where(reports.c.id.in_(part)))
        found.update((row.id, row.number) for row in rows)
    return found
