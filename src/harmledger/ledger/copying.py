"""A ledger copied to another place, SQLite or PostgreSQL, line by line with the same hashes; a stopped copy goes on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from sqlalchemy import Connection, Table, delete, insert, select

from harmledger.errors import LedgerError
from harmledger.ledger.canonical import digest
from harmledger.ledger.chain import Head, Line
from harmledger.ledger.deleting import finish, take_out_lines
from harmledger.ledger.derive import Progress, keep
from harmledger.ledger.intake import index_lines
from harmledger.ledger.lines import put_lines, read_lines
from harmledger.ledger.made import Reading, unpacked
from harmledger.ledger.originals import Originals
from harmledger.ledger.store import Store
from harmledger.ledger.tables import derived, incident_reports, incidents, lines, readings
from harmledger.ledger.verify import Verdict, verify

_BATCH = 200


def copy_lines(
    source: Store, originals: Originals, target: Store, its_originals: Originals, progress: Progress | None = None
) -> Verdict:
    """Bring a target up to the last line of its source, and verify it. It is empty, or an earlier copy of the same."""
    with source.reading() as connection:
        end = source.head(connection)
    done = _common(source, target, end)
    while done < end.number:
        with source.reading() as connection:
            batch = [line for line in islice(read_lines(connection, after=done), _BATCH) if line.number <= end.number]
            data = _data(connection, originals, batch)
        its_originals.put(data)
        with target.writing() as connection:
            its_originals.put_with(connection, data)
            _append(target, connection, batch, done)
        its_originals.settle(data)
        finish(target, its_originals)
        done = batch[-1].number
        if progress:
            progress(done, end.number)
    _copy_derived(source, target)
    verdict = verify(target, its_originals)
    if verdict.whole and verdict.head != end.hash:
        raise LedgerError(f"{target.address}: does not end where {source.address} did. Copy again.")
    return verdict


def _common(source: Store, target: Store, end: Head) -> int:
    """Return the target's last line, which the source must have too."""
    with target.reading() as connection:
        there = target.head(connection)
    if there.number == 0:
        return 0
    with source.reading() as connection:
        same = connection.execute(select(lines.c.hash).where(lines.c.number == there.number)).scalar()
    if there.number > end.number or same != there.hash:
        raise LedgerError(
            f"{target.address}: holds another ledger, or lines that {source.address} does not have. Copy into an empty "
            "place; nothing was changed there."
        )
    return there.number


def _data(connection: Connection, originals: Originals, batch: Sequence[Line]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for line in batch:
        if line.kind != "report" or line.body is None:
            continue
        sha256 = line.told["original"]
        data = originals.get(sha256, connection) if sha256 not in found else found[sha256]
        if data is None or digest(data) != sha256:
            raise LedgerError(
                f"line {line.number}: its original {sha256} is missing or was changed. `harmledger verify` tells more; "
                "restore a backup before copying."
            )
        found[sha256] = data
    return found


def _append(target: Store, connection: Connection, batch: Sequence[Line], after: int) -> None:
    if target.head(connection).number != after:
        raise LedgerError(f"{target.address}: another program writes into it. Copy again when it is done.")
    put_lines(connection, batch)
    index_lines(connection, [line for line in batch if line.kind == "report"])
    for line in batch:
        if line.kind == "deletion":
            # What the source has taken out since an earlier copy goes from the copy too.
            take_out_lines(connection, line.told["lines"])


def _copy_derived(source: Store, target: Store) -> None:
    """Copy what the engine made, so that the target need not read everything again."""
    with target.reading() as connection:
        there = set(connection.execute(select(readings.c.number)).scalars())
    with source.reading() as connection:
        rows = connection.execute(select(readings).order_by(readings.c.number)).yield_per(_BATCH)
        for part in rows.partitions(_BATCH):
            new = [row for row in part if row.number not in there]
            with target.writing() as writer:
                for gazetteer in sorted({row.gazetteer for row in new}):
                    found = {r.number: unpacked(r.made, Reading) for r in new if r.gazetteer == gazetteer}
                    keep(writer, found, gazetteer)
        with target.writing() as writer:
            for table in (incidents, incident_reports, derived):
                _replace(writer, table, (row._asdict() for row in connection.execute(select(table))))


def _replace(connection: Connection, table: Table, rows: Iterable[dict[str, object]]) -> None:
    connection.execute(delete(table))
    todo = iter(rows)
    while part := list(islice(todo, _BATCH)):
        connection.execute(insert(table), part)
