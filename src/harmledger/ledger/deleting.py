"""Taking something out for good: who and why stay as a line, the bytes go.

The line stays in the chain with the hash of what it held, which tells nothing of it. The body, the original, the words
in the index and all that was derived from it are overwritten or taken away. What nobody can promise: copies that
somebody made, backups, exports, and what a disk keeps of blocks that it no longer uses.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, delete, select, text, update

from harmledger.errors import LedgerError
from harmledger.ledger import words
from harmledger.ledger.aside import reports_of
from harmledger.ledger.chain import Draft, Line
from harmledger.ledger.facets import facets_of
from harmledger.ledger.growing import SHELF, throw_away
from harmledger.ledger.lines import append, line_of
from harmledger.ledger.locks import lock
from harmledger.ledger.made import Reading, unpacked
from harmledger.ledger.noted import get, put
from harmledger.ledger.originals import Originals
from harmledger.ledger.seal import renew
from harmledger.ledger.store import Store
from harmledger.ledger.tables import (
    claims,
    derived,
    incident_reports,
    incidents,
    lines,
    mentions,
    next_readings,
    readings,
    reports,
)

# Kinds whose body may be taken out; the others tell what was done with the record.
_MAY_GO = frozenset(["report", "judgement", "judgements"])
_PENDING = "to take away"
_REWRITTEN = ("lines", "originals", "reports", "readings", "next_readings", "claims", "incidents", "words", "facets")


def delete_for_good(store: Store, originals: Originals, names: Sequence[str], by: str, reason: str) -> Line:
    """Take reports (by their ids), imports (import:57) or judgements (J12) out for good; return the line that tells."""
    if not by.strip() or not reason.strip():
        raise LedgerError("A deletion tells who and why: --by NAME --why REASON.")
    with alone(store):
        with store.writing() as connection:
            each = [name for told in names for name in reports_of(connection, told).values() or [told]]
            doomed = [_line(connection, name) for name in each]
            _check_shared(connection, doomed)
            take_out_lines(connection, [line.number for line in doomed])
            body = {
                "lines": sorted(line.number for line in doomed),
                "kinds": sorted({line.kind for line in doomed}),
                "reason": reason,
                "about": each,
            }
            (made,) = append(store, connection, [Draft("deletion", body, by)])
            throw_away(store.address.notes)
            # An open desk goes on with what it holds and takes the rows out itself.
            (store.address.notes / SHELF).unlink(missing_ok=True)
        finish(store, originals)
        _clean(store)
    return made


def take_out_lines(connection: Connection, numbers: Sequence[int]) -> None:
    """Take out the bodies of lines with all that was made of them; their originals follow in ``finish``."""
    rows = connection.execute(select(lines).where(lines.c.number.in_(numbers), lines.c.body.is_not(None))).all()
    doomed = [line_of(row) for row in rows]
    if not doomed:
        return
    hashes = {line.told["original"] for line in doomed if line.kind == "report"}
    for line in doomed:
        _take_out(connection, line)
    pending = get(connection, _PENDING)
    hashes |= set(json.loads(pending)) if pending else set()
    connection.execute(delete(derived).where(derived.c.name != "engine"))
    if hashes:
        put(connection, _PENDING, json.dumps(sorted(hashes)).encode())
    for name in (words.WORDS, words.FACETS):
        words.settle(connection, name)


@contextmanager
def alone(store: Store) -> Iterator[None]:
    """Keep deletions and backups apart, which would else disturb each other."""
    with lock(store.address.notes, "ledger.copying"):
        yield


def finish(store: Store, originals: Originals) -> None:
    """Take away the originals of a deletion that is recorded; one that was stopped here is finished the next time."""
    with store.reading() as connection:
        pending = get(connection, _PENDING)
    if pending is None or store.frozen:
        return
    with store.writing() as connection:
        for sha256 in json.loads(pending):
            used = connection.execute(select(reports.c.number).where(reports.c.original == sha256).limit(1)).first()
            if used is None:
                originals.drop(sha256, connection)
        connection.execute(delete(derived).where(derived.c.name == _PENDING))


def _line(connection: Connection, name: str) -> Line:
    number = int(name[1:]) if name[:1] == "J" and name[1:].isdigit() else None
    found = select(reports.c.number).where(reports.c.id == name)
    row = connection.execute(select(lines).where(lines.c.number.in_(found))).first()
    if row is None and number is not None:
        row = connection.execute(select(lines).where(lines.c.number == number)).first()
    if row is None or row.kind not in _MAY_GO or row.body is None:
        raise LedgerError(f"{name}: is no report or judgement of this ledger, so nothing was deleted.")
    return line_of(row)


def _check_shared(connection: Connection, doomed: Sequence[Line]) -> None:
    """Raise LedgerError where the original of a report holds other reports as well."""
    going = {line.number: line.told["original"] for line in doomed if line.kind == "report"}
    for sha256 in set(going.values()):
        sharing = connection.execute(select(reports.c.number, reports.c.id).where(reports.c.original == sha256)).all()
        others = [row.id for row in sharing if row.number not in going]
        if others:
            raise LedgerError(
                f"The file that this report came in holds {len(others)} other reports ({', '.join(others[:3])}…), and "
                "it cannot stay without it. Delete all of them together, or none."
            )


def _take_out(connection: Connection, line: Line) -> None:
    number = line.number
    connection.execute(update(lines).where(lines.c.number == number).values(body=None))
    connection.execute(delete(mentions).where(mentions.c.number == number))
    if line.kind != "report":
        return
    words.take_out(connection, words.WORDS, {number: words.words_of(line.told["text"])})
    made = connection.execute(select(readings.c.made).where(readings.c.number == number)).scalar()
    if made is not None:
        words.take_out(connection, words.FACETS, {number: facets_of(unpacked(made, Reading).claims)})
    named = (
        connection.execute(select(incident_reports.c.incident).where(incident_reports.c.number == number))
        .scalars()
        .all()
    )
    connection.execute(delete(incidents).where(incidents.c.id.in_(named)))
    connection.execute(delete(incident_reports).where(incident_reports.c.incident.in_(named)))
    for table in (readings, next_readings, claims, reports):
        connection.execute(delete(table).where(table.c.number == number))


def _clean(store: Store) -> None:
    """Overwrite what the database keeps of what it no longer needs."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if store.postgres:
            for table in _REWRITTEN:
                connection.execute(text(f"VACUUM FULL {table}"))
            return
    renew(store)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
