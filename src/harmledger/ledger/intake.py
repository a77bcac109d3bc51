"""Reports into the ledger: the original first, then the line that names it, both on the disk before it is called done.

A report is the same as one that is there when its own bytes are the same: the file, the line, the row or the page it
came as. The same again is told, and not taken twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath
from typing import Any

from sqlalchemy import Connection, insert, select

from harmledger.errors import LedgerError, ReportError
from harmledger.ledger.canonical import Body, digest, encoded
from harmledger.ledger.chain import Draft, Line
from harmledger.ledger.lines import append
from harmledger.ledger.originals import Originals
from harmledger.ledger.store import Store
from harmledger.ledger.tables import reports
from harmledger.ledger.words import WORDS, put, words_of
from harmledger.model import Report
from harmledger.read import Original

# Each batch is one transaction: what a kill can undo, and what a writer makes others wait for.
_BATCH = 100
_BATCH_BYTES = 8_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """A report of the ledger, by its id there; ``new`` is False where it was there before."""

    report: Report
    number: int
    new: bool


Found = tuple[Report, Original]


def take_all(
    store: Store, originals: Originals, found: Iterable[Found | ReportError], by: str
) -> Iterator[Taken | ReportError]:
    """Take reports in batches; each is yielded after it is on the disk. What could not be read is handed on."""
    batch: list[Found] = []
    size = 0
    for item in found:
        if isinstance(item, ReportError):
            yield item
            continue
        try:
            encoded(item[0].text, item[1].where)
        except LedgerError as error:
            yield ReportError(item[1].where, str(error))
            continue
        # The rows of a table share its bytes, which are kept once.
        size += len(item[1].data) if not batch or item[1].data is not batch[-1][1].data else 0
        batch.append(item)
        if len(batch) >= _BATCH or size >= _BATCH_BYTES:
            yield from take(store, originals, batch, by)
            batch, size = [], 0
    if batch:
        yield from take(store, originals, batch, by)


def take(store: Store, originals: Originals, found: Sequence[Found], by: str) -> list[Taken]:
    """Take a batch of reports: all of them, or none."""
    store.check_writable()
    hashes = {id(original.data): digest(original.data) for _, original in _each_data(found)}
    named = [(report, original, report.sha256 or hashes[id(original.data)]) for report, original in found]
    with store.reading() as connection:
        there = _there(connection, [sha256 for _, _, sha256 in named])
    new = [(report, original, sha256) for report, original, sha256 in named if sha256 not in there]
    data = {hashes[id(original.data)]: original.data for _, original, _ in new}
    originals.put(data)
    with store.writing() as connection:
        # Another writer may have taken some since.
        there = _there(connection, [sha256 for _, _, sha256 in named])
        todo: dict[str, tuple[Report, Original]] = {}
        for report, original, sha256 in named:
            if sha256 not in there:
                todo.setdefault(sha256, (report, original))
        ids = _free_ids(connection, todo)
        fresh = {sha256: replace(todo[sha256][0], id=ids[sha256], sha256=sha256) for sha256 in todo}
        if fresh:
            wanted = {hashes[id(todo[sha256][1].data)] for sha256 in fresh}
            originals.put_with(connection, {sha256: data[sha256] for sha256 in wanted if sha256 in data})
            drafts = [_draft(fresh[sha256], todo[sha256][1], hashes[id(todo[sha256][1].data)], by) for sha256 in fresh]
            index_lines(connection, append(store, connection, drafts))
            there |= _there(connection, list(fresh))
    originals.settle(data)
    made = []
    for report, _, sha256 in named:
        number, name = there[sha256]
        is_new = sha256 in fresh
        made.append(Taken(fresh.pop(sha256) if is_new else replace(report, id=name, sha256=sha256), number, is_new))
    return made


def index_lines(connection: Connection, new: Sequence[Line]) -> None:
    """Write down what the lines of reports are found by."""
    told = {line.number: line.told for line in new if line.body is not None}
    if told:
        connection.execute(insert(reports), [row_of(number, body) for number, body in told.items()])
        put(connection, WORDS, {number: words_of(body["text"]) for number, body in told.items()})


def row_of(number: int, body: Body) -> dict[str, Any]:
    """Return the row that a report's line has in the table of reports."""
    return {"number": number, **{name: body[name] for name in ("id", "sha256", "original", "published", "outlet")}}


def report_of(line: Line) -> Report:
    """Return the report that a line holds."""
    told = line.told
    return Report(
        told["id"],
        told["text"],
        date.fromisoformat(told["published"]) if told["published"] else None,
        told["outlet"],
        told["address"],
        told["title"],
        told["sha256"],
        tuple(told["notes"]),
    )


def _each_data(found: Sequence[Found]) -> Iterable[Found]:
    """Return one of the reports that share their bytes, for each such bytes."""
    return {id(original.data): (report, original) for report, original in found}.values()


def _draft(report: Report, original: Original, sha256: str, by: str) -> Draft:
    body: dict[str, Any] = {
        "id": report.id,
        "text": report.text,
        "published": report.published.isoformat() if report.published else None,
        "outlet": report.outlet,
        "address": report.address,
        "title": report.title,
        "notes": list(report.notes),
        "sha256": report.sha256,
        "original": sha256,
        # The name alone: the folders above it tell of the person, not of the report.
        "file": PurePath(original.where).name,
    }
    return Draft("report", body, by)


def _there(connection: Connection, hashes: Sequence[str]) -> dict[str, tuple[int, str]]:
    rows = connection.execute(
        select(reports.c.sha256, reports.c.number, reports.c.id).where(reports.c.sha256.in_(hashes))
    )
    return {row.sha256: (row.number, row.id) for row in rows}


def _free_ids(connection: Connection, todo: dict[str, tuple[Report, Original]]) -> dict[str, str]:
    """Return an id for each: its own, or with the start of its hash where another report has that id."""
    wanted = [report.id for report, _ in todo.values()]
    taken = set(connection.execute(select(reports.c.id).where(reports.c.id.in_(wanted))).scalars())
    ids = {}
    for sha256, (report, _) in todo.items():
        ids[sha256] = report.id if report.id not in taken else f"{report.id}#{sha256[:8]}"
        taken.add(ids[sha256])
    return ids
