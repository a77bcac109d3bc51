"""Appending lines, and reading them back in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Row, insert, select, update

from harmledger.ledger.canonical import Body
from harmledger.ledger.chain import Draft, Line, link, now
from harmledger.ledger.chain import Head as ChainHead
from harmledger.ledger.store import Store
from harmledger.ledger.tables import head, lines, mentions

_AT_ONCE = 500


def append(store: Store, connection: Connection, drafts: Sequence[Draft]) -> list[Line]:
    """Append drafts to the chain, inside a transaction that may write."""
    last, at = store.head(connection), now()
    made: list[Line] = []
    for draft in drafts:
        line = link(last, draft, at)
        last = ChainHead(line.number, line.hash, line.at)
        made.append(line)
    put_lines(connection, made)
    return made


def put_lines(connection: Connection, made: Sequence[Line]) -> None:
    """Write lines that follow the head, and make the last of them the head."""
    if not made:
        return
    connection.execute(insert(lines), [_values(line) for line in made])
    named = [
        {"subject": subject, "number": line.number}
        for line in made
        if line.body is not None
        for subject in mentioned(line.kind, line.told)
    ]
    if named:
        connection.execute(insert(mentions), named)
    connection.execute(update(head).values(number=made[-1].number, hash=made[-1].hash, at=made[-1].at))


def mentioned(kind: str, body: Body) -> tuple[str, ...]:
    """Return the reports, claims, incidents and judgements that a line bears on, in the order it names them."""
    if kind == "report":
        named = [body["id"]]
    elif kind == "judgement":
        named = [body["subject"], body["other"]]
    elif kind == "judgements":
        named = [name for each in body["judgements"] for name in (each["subject"], each["other"])]
    else:
        named = list(body.get("about", ()))
    return tuple(dict.fromkeys(name for name in named if name))


def _values(line: Line) -> dict[str, object]:
    return {
        "number": line.number,
        "kind": line.kind,
        "at": line.at,
        "by": line.by,
        "body": line.body,
        "body_hash": line.body_hash,
        "previous": line.previous,
        "hash": line.hash,
    }


def line_of(row: Row[tuple[object, ...]]) -> Line:
    """Return the line of a row of ``lines``."""
    return Line(row.number, row.kind, row.at, row.by, row.body, row.body_hash, row.previous, row.hash)


def read_lines(connection: Connection, kinds: Sequence[str] = (), after: int = 0) -> Iterator[Line]:
    """Yield lines in order, a few hundred in memory at a time; of some kinds only where ``kinds`` names them."""
    asked = select(lines).order_by(lines.c.number).limit(_AT_ONCE)
    if kinds:
        asked = asked.where(lines.c.kind.in_(kinds))
    while True:
        rows = connection.execute(asked.where(lines.c.number > after)).all()
        yield from map(line_of, rows)
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1].number


def mentioning(connection: Connection, subjects: Sequence[str]) -> list[Line]:
    """Return the lines that bear on any of the subjects, in order."""
    numbers = select(mentions.c.number).where(mentions.c.subject.in_(subjects))
    rows = connection.execute(select(lines).where(lines.c.number.in_(numbers)).order_by(lines.c.number))
    return [line_of(row) for row in rows]
