"""What the engine makes of the ledger, kept so that a day's reports cost a day's work.

All of it can be thrown away: the same lines, engine and gazetteer make the same bytes again. It belongs to one engine.
Where harmledger's reading has changed, what the former engine made stays, and new reports wait, until `harmledger
rebuild` has shown what changes and a person has taken it over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection, Table, func, insert, select

from harmledger.errors import ReportError
from harmledger.ledger import facets, words
from harmledger.ledger.chain import Draft
from harmledger.ledger.engine_id import engine_id, gazetteer_id
from harmledger.ledger.intake import report_of
from harmledger.ledger.lines import append, line_of
from harmledger.ledger.made import Reading, packed, unpacked, without_text
from harmledger.ledger.matching import basis, match
from harmledger.ledger.noted import get, put
from harmledger.ledger.store import Store
from harmledger.ledger.tables import claims, lines, readings, reports
from harmledger.model import Report

_BATCH = 100
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class State:
    """How far what is derived has come. ``waiting`` counts the reports that were not read yet."""

    engine: str | None
    waiting: int
    other_gazetteer: int
    matched: bool

    @property
    def same_engine(self) -> bool:
        """Whether what is kept was made by this engine, or nothing is."""
        return self.engine in (None, engine_id())


def state_of(store: Store) -> State:
    """Return how far what is derived has come."""
    with store.reading() as connection:
        engine = get(connection, "engine")
        there = connection.execute(select(func.count()).select_from(reports)).scalar_one()
        done = connection.execute(select(func.count()).select_from(readings)).scalar_one()
        other = (
            connection.execute(
                select(func.count()).select_from(readings).where(readings.c.gazetteer != gazetteer_id())
            ).scalar_one()
            if done
            else 0
        )
        matched = get(connection, "matched") == basis(connection)
    return State(engine.decode() if engine else None, there - done, other, matched)


def bring_up_to_date(
    store: Store, by: str, jobs: int | None = 1, progress: Progress | None = None, read: bool = True
) -> list[ReportError]:
    """Read the reports that were not read yet, and match again where anything is new. Other engines' work stays.

    Returned are the reports that could not be read through; they are tried again the next time. Without ``read``
    reports wait, and what was judged is matched.
    """
    state = state_of(store)
    if not state.same_engine or (not state.waiting and state.matched):
        return []
    failed = read_waiting(store, by, jobs, progress) if read and state.waiting else []
    match(store)
    return failed


def read_waiting(store: Store, by: str, jobs: int | None, progress: Progress | None) -> list[ReportError]:
    """Read the reports that were not read yet, each batch kept before the next."""
    gazetteer = gazetteer_id()
    with store.reading() as connection:
        todo = unread(connection, readings)

    def kept(found: Mapping[int, Reading]) -> None:
        with store.writing() as connection:
            if get(connection, "engine") is None:
                append(store, connection, [Draft("engine", {"engine": engine_id()}, by)])
                put(connection, "engine", engine_id().encode())
            keep(connection, found, gazetteer)

    return read_in_batches(read_these(store, todo, jobs), len(todo), kept, progress)


def unread(connection: Connection, table: Table) -> list[int]:
    """Return the lines of the reports of which a table holds no reading."""
    asked = select(reports.c.number).outerjoin(table, table.c.number == reports.c.number)
    return list(connection.execute(asked.where(table.c.number.is_(None)).order_by(reports.c.number)).scalars())


def read_in_batches(
    made: Iterator[tuple[int, Reading | ReportError]],
    number: int,
    kept: Callable[[Mapping[int, Reading]], None],
    progress: Progress | None,
) -> list[ReportError]:
    """Keep what the engine makes of so many reports, each batch before the next; return what could not be read."""
    failed: list[ReportError] = []
    done = 0
    while batch := list(islice(made, _BATCH)):
        failed += [each for _, each in batch if isinstance(each, ReportError)]
        kept({line: each for line, each in batch if isinstance(each, Reading)})
        done += len(batch)
        if progress:
            progress(done, number)
    return failed


def read_these(store: Store, numbers: Sequence[int], jobs: int | None) -> Iterator[tuple[int, Reading | ReportError]]:
    """Yield what the engine reads in reports, by their lines' numbers; nothing is kept."""
    from harmledger.batch import each_report, read_whole

    number_of: dict[str, int] = {}

    def told() -> Iterator[Report]:
        for start in range(0, len(numbers), _BATCH):
            for number, report in _reports(store, numbers[start : start + _BATCH]):
                number_of[report.id] = number
                yield report

    for report, made in each_report(read_whole, told(), jobs):
        assert report is not None
        whole = made if isinstance(made, ReportError) else Reading(tuple(made[0]), without_text(made[1]))
        yield number_of[report.id], whole


def _reports(store: Store, numbers: Sequence[int]) -> list[tuple[int, Report]]:
    with store.reading() as connection:
        rows = connection.execute(select(lines).where(lines.c.number.in_(numbers)).order_by(lines.c.number))
        return [(row.number, report_of(line_of(row))) for row in rows if row.body is not None]


def keep(connection: Connection, found: Mapping[int, Reading], gazetteer: str) -> None:
    """Keep readings, and what their claims are found by; another program may have kept some, or deleted the report."""
    if not found:
        return
    there = set(connection.execute(select(reports.c.number).where(reports.c.number.in_(list(found)))).scalars())
    there -= set(connection.execute(select(readings.c.number).where(readings.c.number.in_(list(found)))).scalars())
    new = {number: reading for number, reading in found.items() if number in there}
    if not new:
        return
    connection.execute(
        insert(readings),
        [{"number": n, "gazetteer": gazetteer, "made": packed(reading)} for n, reading in new.items()],
    )
    rows = [facets.row_of(number, claim) for number, reading in new.items() for claim in reading.claims]
    if rows:
        connection.execute(insert(claims), rows)
    words.put(connection, words.FACETS, {n: facets.facets_of(r.claims) for n, r in new.items()})


def all_readings(connection: Connection, only: int | None = None) -> Iterator[tuple[int, Reading]]:
    """Yield what was read in each report, or in one, in the order of the ledger."""
    after = 0
    asked = select(readings.c.number, readings.c.made).order_by(readings.c.number).limit(500)
    if only is not None:
        asked = asked.where(readings.c.number == only)
    while True:
        rows = connection.execute(asked.where(readings.c.number > after)).all()
        for row in rows:
            yield row.number, unpacked(row.made, Reading)
        if len(rows) < 500:
            return
        after = rows[-1].number
