"""Reading everything again with the engine of today: first to show what would change, then to take it over.

What is read anew stands aside (``next_readings``) until it is taken over, so that a rebuild that is stopped goes on
where it was, and what is shown is what is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, delete, insert, select

from harmledger.errors import LedgerError, ReportError
from harmledger.ledger import facets, words
from harmledger.ledger.aside import reports_aside
from harmledger.ledger.chain import Draft
from harmledger.ledger.derive import Progress, read_in_batches, read_these, unread
from harmledger.ledger.engine_id import engine_id, gazetteer_id
from harmledger.ledger.growing import throw_away
from harmledger.ledger.intake import report_of
from harmledger.ledger.judging import all_judgements
from harmledger.ledger.lines import append, line_of
from harmledger.ledger.made import Reading, Settled, packed, plain, unpacked, with_text
from harmledger.ledger.matching import basis, digest_of, gathered, judgements_on, settled, write_incidents
from harmledger.ledger.noted import get, put
from harmledger.ledger.store import Store
from harmledger.ledger.tables import claims, incident_reports, incidents, lines, next_readings, readings, reports
from harmledger.model import Claim, Event

if TYPE_CHECKING:
    from harmledger.judged import Standing

Kind = TypeVar("Kind")

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that another engine makes otherwise: a claim or an incident, and what of it was and would be."""

    name: str
    report: str
    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a rebuild changes. ``same`` is True where every byte is as it was."""

    engine_before: str | None
    engine_after: str
    reports: int
    claims: tuple[Change, ...] = ()
    incidents: tuple[Change, ...] = ()
    failed: tuple[ReportError, ...] = ()
    same: bool = True
    found: tuple[Settled, ...] = field(default=(), repr=False)


def rebuild(store: Store, jobs: int | None = 1, progress: Progress | None = None) -> Changes:
    """Read and match everything again, aside, and tell what it changes. Nothing is taken over."""
    from harmledger.judged import standing

    failed = _read_aside(store, jobs, progress)
    with store.reading() as connection:
        before = get(connection, "engine")
        count = 0
        changed: list[Change] = []
        same = True
        for name, old, new in _pairs(connection):
            count += 1
            if old != new:
                same = False
                changed += _claim_changes(name, _readable(old, Reading), unpacked(new, Reading))
        stands = standing(all_judgements(connection))
        found = settled(gathered(list(_events(connection, stands)), stands), stands)
        kept = {
            row.id: each
            for row in connection.execute(select(incidents.c.id, incidents.c.record))
            if (each := _readable(row.record, Settled)) is not None
        }
    told = _incident_changes(kept, {each.incident.id: each for each in found})
    same = same and {name: plain(each) for name, each in kept.items()} == {e.incident.id: plain(e) for e in found}
    return Changes(
        before.decode() if before else None,
        engine_id(),
        count,
        tuple(changed),
        tuple(told),
        tuple(failed),
        same,
        tuple(found),
    )


def take_over(store: Store, changes: Changes, by: str) -> None:
    """Put what a rebuild has shown in the place of what was there, and record that it was done."""
    with store.reading() as connection:
        judgements = judgements_on(all_judgements(connection))
    digests = {each.incident.id: digest_of(each.incident, judgements) for each in changes.found}
    throw_away(store.address.notes)
    with store.writing() as connection:
        _check_still(connection, changes)
        if changes.engine_before != changes.engine_after or not changes.same:
            body = {
                "engine": changes.engine_after,
                "before": changes.engine_before,
                "claims_changed": len(changes.claims),
                "incidents_changed": len(changes.incidents),
            }
            append(store, connection, [Draft("engine", body, by)])
        for table in (readings, claims, incidents, incident_reports):
            connection.execute(delete(table))
        words.empty(connection, words.FACETS)
        connection.execute(
            insert(readings).from_select(
                ["number", "gazetteer", "made"],
                select(next_readings.c.number, next_readings.c.gazetteer, next_readings.c.made),
            )
        )
        for rows in _chunks(connection):
            _index(connection, rows)
        write_incidents(connection, {e.incident.id: (digests[e.incident.id], e) for e in changes.found}, ())
        put(connection, "engine", engine_id().encode())
        put(connection, "matched", basis(connection))
        connection.execute(delete(next_readings))


def _check_still(connection: Connection, changes: Changes) -> None:
    done = set(connection.execute(select(next_readings.c.number)).scalars())
    there = set(connection.execute(select(reports.c.number)).scalars())
    missing = len(there - done) - len(changes.failed)
    if missing > 0 or done - there:
        raise LedgerError(
            "Reports came in or were deleted while the rebuild was looked at. Run `harmledger rebuild` again; what was "
            "read already is not read again."
        )


def _read_aside(store: Store, jobs: int | None, progress: Progress | None) -> list[ReportError]:
    gazetteer, engine = gazetteer_id(), engine_id()
    with store.writing() as connection:
        old = (next_readings.c.engine != engine) | (next_readings.c.gazetteer != gazetteer)
        gone = next_readings.c.number.not_in(select(reports.c.number))
        connection.execute(delete(next_readings).where(old | gone))
        todo = unread(connection, next_readings)

    def kept(found: Mapping[int, Reading]) -> None:
        with store.writing() as connection:
            asked = select(next_readings.c.number).where(next_readings.c.number.in_(found))
            there = set(connection.execute(asked).scalars())
            new = [
                {"number": number, "engine": engine, "gazetteer": gazetteer, "made": packed(reading)}
                for number, reading in found.items()
                if number not in there
            ]
            if new:
                connection.execute(insert(next_readings), new)

    return read_in_batches(read_these(store, todo, jobs), len(todo), kept, progress)


def _readable(kept: bytes | None, kind: type[Kind]) -> Kind | None:
    """Return what is kept; None where it was damaged, which is no reason not to make it anew."""
    try:
        return unpacked(kept, kind) if kept is not None else None
    except LedgerError:
        return None


def _pairs(connection: Connection) -> Iterator[tuple[str, bytes | None, bytes]]:
    after = 0
    asked = (
        select(next_readings.c.number, reports.c.id, readings.c.made.label("old"), next_readings.c.made.label("new"))
        .join(reports, reports.c.number == next_readings.c.number)
        .outerjoin(readings, readings.c.number == next_readings.c.number)
        .order_by(next_readings.c.number)
        .limit(_AT_ONCE)
    )
    while rows := connection.execute(asked.where(next_readings.c.number > after)).all():
        for row in rows:
            yield row.id, bytes(row.old) if row.old is not None else None, bytes(row.new)
        after = rows[-1].number


def _chunks(connection: Connection) -> Iterator[list[tuple[int, Reading]]]:
    after = 0
    asked = select(next_readings.c.number, next_readings.c.made).order_by(next_readings.c.number).limit(_AT_ONCE)
    while rows := connection.execute(asked.where(next_readings.c.number > after)).all():
        yield [(row.number, unpacked(row.made, Reading)) for row in rows]
        after = rows[-1].number


def _index(connection: Connection, found: Sequence[tuple[int, Reading]]) -> None:
    rows = [facets.row_of(number, claim) for number, reading in found for claim in reading.claims]
    if rows:
        connection.execute(insert(claims), rows)
    words.put(connection, words.FACETS, {number: facets.facets_of(reading.claims) for number, reading in found})


def _events(connection: Connection, stands: Standing) -> Iterator[Event]:
    """Yield what the reports that are not set aside tell, with the claims as persons corrected them."""
    from harmledger.judged import corrected
    from harmledger.match import events_of

    after = 0
    aside = reports_aside(connection, stands)
    asked = (
        select(lines, next_readings.c.made)
        .join(lines, lines.c.number == next_readings.c.number)
        .order_by(next_readings.c.number)
        .limit(_AT_ONCE)
    )
    while rows := connection.execute(asked.where(next_readings.c.number > after)).all():
        for row in rows:
            if row.number in aside:
                continue
            reading, report = unpacked(row.made, Reading), report_of(line_of(row))
            if any(claim.id in stands.corrected for claim in reading.claims):
                yield from events_of(report, [corrected(claim, stands) for claim in reading.claims])
            else:
                yield from with_text(reading.events, {report.id: report.text})
        after = rows[-1].number


def _claim_changes(report: str, old: Reading | None, new: Reading) -> list[Change]:
    before = {claim.id: claim for claim in old.claims} if old else {}
    after = {claim.id: claim for claim in new.claims}
    made = [Change(name, report, "no longer read", _told(before[name])) for name in before if name not in after]
    made += [Change(name, report, "newly read", "", _told(after[name])) for name in after if name not in before]
    for name in after:
        if name in before and before[name] != after[name]:
            made += _fields(name, report, before[name], after[name])
    return made


def _told(claim: Claim) -> str:
    count = claim.count
    return f"{claim.kind} {count.value if count.value is not None else count.bound} {claim.group}"


def _fields(name: str, report: str, before: Any, after: Any) -> list[Change]:
    return [
        Change(name, report, each.name, _short(getattr(before, each.name)), _short(getattr(after, each.name)))
        for each in fields(after)
        if getattr(before, each.name) != getattr(after, each.name)
    ]


def _short(value: object) -> str:
    told = str(value) if value is not None else "not told"
    return told if len(told) <= 60 else told[:57] + "…"


def _incident_changes(before: Mapping[str, Settled], after: Mapping[str, Settled]) -> list[Change]:
    made = [Change(n, "", "no longer there", _toll(before[n])) for n in before if n not in after]
    made += [Change(n, "", "new", "", _toll(after[n])) for n in after if n not in before]
    for name in after:
        if name in before:
            made += _fields(name, "", before[name].entry, after[name].entry)
    return made


def _toll(each: Settled) -> str:
    entry = each.entry
    return f"{entry.when or 'day not told'}, {entry.place or 'place not told'}: killed {entry.killed or 'not told'}"
