"""Which reports may be what is looked for, the latest first: by the index of words, and by that of claims' facets.

SQLite's FTS5 gives the reports of one question in the order of their numbers, so two questions are met page by page,
as two sorted lists are. Asking FTS5 for both in one statement took seconds at 100,000 reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, text

from harmledger.ledger import words
from harmledger.ledger.asked import Search

_PAGE = 2000
# To look a number up in an index costs some 40 microseconds, to read on in its list a quarter of one; so the first
# few are looked up, in the list that has fewer, and only where they do not do, the lists are read.
_LOOKED_UP, _ROUNDS = 100, 5
# More claims of the days asked for than this, and the latest reports are looked at one by one instead.
_MANY = 20_000
_LAST = 2**62


def candidates(
    connection: Connection, query: Search, each: Sequence[str], narrow: Sequence[Sequence[str]]
) -> Iterator[int]:
    """Yield the numbers of reports that hold all the words and facets; what claims tell together is not checked."""
    questions = {}
    if each:
        questions[words.WORDS] = words.asked(connection, [[word] for word in each])
    if narrow:
        questions[words.FACETS] = words.asked(connection, narrow)
    if len(questions) == 2 and connection.dialect.name != "postgresql":
        yield from _met(connection, questions)
        return
    below = _LAST
    while numbers := _page(connection, query, questions, below):
        yield from numbers
        below = numbers[-1]


def _page(connection: Connection, query: Search, questions: dict[str, str], below: int) -> list[int]:
    """Return the next numbers below one: of one question, of all on PostgreSQL, or by the claims' days alone."""
    if connection.dialect.name != "postgresql" and questions:
        ((name, question),) = questions.items()
        return _stream(connection, name, question, (0, below))
    bound: dict[str, Any] = {"below": below, **questions}
    where = ["r.number < :below"]
    joins = []
    for name in questions:
        joins.append(f"JOIN {name} ON {name}.number = r.number")
        where.append(f"{name}.words @@ CAST(:{name} AS tsquery)")
    if not questions and (query.since or query.until):
        days = _days(query, bound)
        asked = text(f"SELECT count(*) FROM (SELECT 1 FROM claims WHERE {days} LIMIT {_MANY}) AS enough")
        if connection.execute(asked, {n: bound[n] for n in ("since", "until") if n in bound}).scalar_one() < _MANY:
            where.append(f"r.number IN (SELECT number FROM claims WHERE {days})")
        else:
            where.append(f"EXISTS (SELECT 1 FROM claims WHERE claims.number = r.number AND {days})")
    found = f"SELECT r.number FROM reports r {' '.join(joins)} WHERE {' AND '.join(where)}"
    return list(connection.execute(text(f"{found} ORDER BY r.number DESC LIMIT {_PAGE // 10}"), bound).scalars())


def _stream(
    connection: Connection, name: str, question: str, between: tuple[int, int], most: int | None = _PAGE
) -> list[int]:
    """Return the numbers from one up to below another that FTS5 finds, the latest first."""
    limit = f" LIMIT {most}" if most is not None else ""
    found = connection.execute(
        text(
            f"SELECT rowid FROM {name} WHERE {name} MATCH :question AND rowid >= :first AND rowid < :below "
            f"ORDER BY rowid DESC{limit}"
        ),
        {"question": question, "first": between[0], "below": between[1]},
    )
    return list(found.scalars())


def _met(connection: Connection, questions: dict[str, str]) -> Iterator[int]:
    """Yield the numbers that both questions find."""
    one, other = questions.items()
    below = _LAST
    for _ in range(_ROUNDS):
        first = _stream(connection, *one, (0, below), _LOOKED_UP)
        second = _stream(connection, *other, (0, below), _LOOKED_UP)
        if not first or not second:
            return
        # The one that ends here, or else reaches further down, has fewer.
        ended = len(second) < _LOOKED_UP, len(first) < _LOOKED_UP
        swap = ended[0] > ended[1] or (ended[0] == ended[1] and second[-1] < first[-1])
        fewer, leads, follows = (second, other, one) if swap else (first, one, other)
        yield from _looked_up(connection, leads, follows, (fewer[-1], below))
        if len(fewer) < _LOOKED_UP:
            return
        below = fewer[-1]
    while True:
        first = _stream(connection, *one, (0, below))
        second = _stream(connection, *other, (0, below)) if first else []
        if not first or not second:
            return
        ends = len(first) < _PAGE, len(second) < _PAGE
        # Where one list is at its end, the other is asked for at once as far as that reaches.
        if ends[0] and not ends[1]:
            second = _stream(connection, *other, (first[-1], below), None)
        elif ends[1] and not ends[0]:
            first = _stream(connection, *one, (second[-1], below), None)
        reached = max(first[-1], second[-1])
        both = set(second)
        yield from (number for number in first if number >= reached and number in both)
        if any(ends):
            return
        below = reached


def _looked_up(
    connection: Connection, leads: tuple[str, str], follows: tuple[str, str], between: tuple[int, int]
) -> list[int]:
    """Return the numbers from one up to below another that one question finds, and that the other finds too."""
    found = connection.execute(
        text(
            f"SELECT one.rowid FROM {leads[0]} AS one CROSS JOIN {follows[0]} AS other ON other.rowid = one.rowid "
            f"WHERE {leads[0]} MATCH :leads AND {follows[0]} MATCH :follows "
            "AND one.rowid >= :first AND one.rowid < :below ORDER BY one.rowid DESC"
        ),
        {"leads": leads[1], "follows": follows[1], "first": between[0], "below": between[1]},
    )
    return list(found.scalars())


def _days(query: Search, values: dict[str, Any]) -> str:
    parts = ["day_from IS NOT NULL"]
    if query.since:
        values["since"] = query.since.isoformat()
        parts.append("(day_to IS NULL OR day_to >= :since)")
    if query.until:
        values["until"] = query.until.isoformat()
        parts.append("day_from <= :until")
    return " AND ".join(parts)
