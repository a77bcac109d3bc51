"""What was read, gathered into incidents; the record of an incident is made anew only where something of it changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import nullcontext
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, func, insert, select

from harmledger.ledger.aside import reports_aside
from harmledger.ledger.engine_id import engine_id
from harmledger.ledger.growing import LOCK, Growing
from harmledger.ledger.intake import report_of
from harmledger.ledger.judging import all_judgements
from harmledger.ledger.lines import line_of
from harmledger.ledger.locks import lock
from harmledger.ledger.made import Reading, Settled, bare, packed, plain, unpacked, with_text
from harmledger.ledger.noted import get, put
from harmledger.ledger.store import Store
from harmledger.ledger.tables import claims, incident_reports, incidents, lines, readings, reports
from harmledger.model import Event, Incident, Judgement

if TYPE_CHECKING:
    from harmledger.judged import Places, Standing

_AT_ONCE = 200
# Stands for the hash of what a report tells that is set aside.
_ASIDE = "aside"


def basis(connection: Connection) -> bytes:
    """Return what incidents rest on: which reports were read, and the last line that judged or took something out."""
    count, last = connection.execute(select(func.count(), func.max(readings.c.number))).one()
    judged = connection.execute(
        select(func.max(lines.c.number)).where(lines.c.kind.in_(["judgement", "judgements", "deletion"]))
    ).scalar()
    return f"{count} {last} {judged} {engine_id()}".encode()


def match(store: Store) -> None:
    """Gather what was read into incidents, and say anew what the record says of those that changed."""
    from harmledger.judged import standing

    with lock(store.address.notes, LOCK) if not store.frozen else nullcontext():
        with store.reading() as connection:
            now, noted = basis(connection), get(connection, "matched")
            if noted == now or store.frozen:
                return
            judgements = all_judgements(connection)
            stands = standing(judgements)
            growing = Growing(store, noted)
            try:
                count, last = _grow(connection, growing, stands)
                found, gone = _candidates(connection, growing, judgements)
                known = {row.id: row.digest for row in connection.execute(select(incidents.c.id, incidents.c.digest))}
            except BaseException:
                growing.close()
                raise
        try:
            on = judgements_on(judgements)
            digests = {incident.id: digest_of(incident, on) for incident in found}
            changed = settled([each for each in found if known.get(each.id) != digests[each.id]], stands)
            if not growing.exact:
                gone = [name for name in known if name not in digests]
            with store.writing() as connection:
                # Another program may have read or judged meanwhile; it will match, or the next who asks.
                if basis(connection) != now or get(connection, "matched") != noted:
                    return
                write_incidents(connection, {e.incident.id: (digests[e.incident.id], e) for e in changed}, gone)
                put(connection, "matched", now)
            growing.keep(now, count, last)
        finally:
            growing.close()


def _grow(connection: Connection, growing: Growing, stands: Standing) -> tuple[int, int]:
    """Add what was read since, and what persons corrected; return how many readings there are now, and the last."""
    count, last = connection.execute(select(func.count(), func.max(readings.c.number))).one()
    after = growing.known.last
    new = connection.execute(select(func.count()).where(readings.c.number > after)).scalar_one()
    if growing.known.count + new != count:
        # One that could not be read before was read now: all are entered again, which changes nothing of the others.
        after, growing.known.corrected = 0, {}
    growing.add(list(events_of_ledger(connection, after)))
    growing.correct(_corrected(connection, growing, stands))
    growing.judge(stands)
    return count, last or 0


def _corrected(connection: Connection, growing: Growing, stands: Standing) -> dict[str, tuple[str, Sequence[Event]]]:
    """Return what reports tell with the claims as persons corrected them, and with those no longer corrected.

    A report that is set aside tells nothing.
    """
    from harmledger.judged import corrected
    from harmledger.match import events_of

    asked = (
        select(reports.c.id, lines, readings.c.made)
        .join(lines, lines.c.number == reports.c.number)
        .join(readings, readings.c.number == reports.c.number)
    )
    aside = set(reports_aside(connection, stands).values())
    told: dict[str, tuple[str, Sequence[Event]]] = dict.fromkeys(aside, (_ASIDE, ()))
    of_claims = select(claims.c.number).where(claims.c.id.in_(list(stands.corrected)))
    rows = list(connection.execute(asked.where(reports.c.number.in_(of_claims))))
    before = [name for name in growing.known.corrected if name not in aside]
    for start in range(0, len(before), 500):
        rows += connection.execute(asked.where(reports.c.id.in_(before[start : start + 500])))
    for row in rows:
        if row.id in aside:
            continue
        reading, report = unpacked(row.made, Reading), report_of(line_of(row))
        mended = [corrected(claim, stands) for claim in reading.claims]
        made = hashlib.sha256(plain(mended)).hexdigest()
        if growing.known.corrected.get(report.id) != made:
            told[report.id] = (made, events_of(report, mended))
    return told


def _candidates(
    connection: Connection, growing: Growing, judgements: Sequence[Judgement]
) -> tuple[list[Incident], list[str]]:
    """Return the incidents that may have changed: by what came in, or by what was judged."""
    changed, gone = growing.changed()
    if not growing.exact:
        return growing.matcher.incidents(), []
    found = {incident.id: incident for incident in changed}
    names = {name for judgement in judgements for name in (judgement.subject, judgement.other) if name}
    of_claims = select(claims.c.number).where(claims.c.id.in_(names))
    of_reports = select(reports.c.number).where(reports.c.id.in_(names))
    rows = connection.execute(
        select(incident_reports.c.incident)
        .where(incident_reports.c.number.in_(of_claims) | incident_reports.c.number.in_(of_reports))
        .distinct()
    )
    for name in {*names, *rows.scalars()} - found.keys():
        incident = growing.matcher.incident(name)
        if incident is not None:
            found[incident.id] = incident
    return list(found.values()), gone


def gathered(events: Sequence[Event], stands: Standing) -> list[Incident]:
    """Return the incidents that events and judgements make, all anew."""
    from harmledger.match.matcher import Matcher

    matcher = Matcher()
    matcher.judge(stands)
    matcher.add(events)
    return matcher.incidents()


def settled(found: Sequence[Incident], stands: Standing) -> list[Settled]:
    """Return incidents with their entries."""
    from harmledger.reconcile import reconcile

    if not found:
        return []
    entries = reconcile(found, stands, _places(stands))
    return [Settled(bare(incident), entry) for incident, entry in zip(found, entries, strict=True)]


def _places(stands: Standing) -> Places | None:
    """Return what tells the place of a gazetteer's id, where a judgement may name one."""
    if not stands.corrected and not any(j.verb == "place" for told in stands.about.values() for j in told):
        return None
    from harmledger.gazetteer import open_gazetteer
    from harmledger.reconcile.persons import places_of

    return places_of(open_gazetteer())


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


def events_of_ledger(connection: Connection, after: int = 0) -> Iterator[Event]:
    """Yield what all reports, or those after a line, tell of events, with their texts."""
    for rows in _pages(connection, after):
        for number, made, body in rows:
            reading = unpacked(made, Reading)
            if reading.events and body is not None:
                text = json.loads(body)["text"]
                yield from with_text(reading.events, {event.report: text for event in reading.events})
            del number


def _pages(connection: Connection, after: int) -> Iterator[Sequence[tuple[int, bytes, str | None]]]:
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
