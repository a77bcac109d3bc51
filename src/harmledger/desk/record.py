"""The record as a table: the shared Query asked of the shelf, sorted, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from harmledger.desk.queue import Page
from harmledger.desk.shelf import Shelf
from harmledger.desk.shelving import asked_name
from harmledger.query import Query

PAGE = 50
DOUBTS = ("quarrel", "merge", "no_point", "no_day", "warning")


class Coarse(Query):
    """A question of somebody who sees no restricted fields: places answer to the names alone that are shown to them.

    Otherwise asking for a village would tell whether something happened there.
    """

    __slots__ = ()


SORTS = {
    "day": "day_from",
    "place": "title",
    "killed": "killed_high",
    "injured": "injured_high",
    "grade": "grade",
    "doubt": "doubt",
    "actor": "actor",
    "means": "means",
    "reports": "reports",
}


@dataclass(frozen=True, slots=True)
class Order:
    """How the table is sorted, and the doubt that it is narrowed to, if any."""

    sort: str = "day"
    down: bool = False
    doubt: str = ""


def record_page(shelf: Shelf, query: Query, order: Order, number: int) -> Page:
    """Return a page of incidents; those that do not tell what is sorted by come last."""
    where, values = doubted(query, order.doubt)
    total = shelf.one(f"SELECT count(*) FROM incidents WHERE {where}", values) or 0
    number = max(1, min(number, max(1, -(-total // PAGE))))
    column = SORTS.get(order.sort, "day_from")
    if column == "title" and isinstance(query, Coarse):
        column = "coarse"  # their order would tell which village comes first
    direction = "DESC" if order.down else "ASC"
    rows = shelf.rows(
        f"SELECT * FROM incidents WHERE {where} ORDER BY {column} IS NULL, {column} {direction}, id "
        f"LIMIT {PAGE} OFFSET {(number - 1) * PAGE}",
        values,
    )
    return Page(rows, number, total, PAGE)


def sums(shelf: Shelf, query: Query, doubt: str = "") -> Any:
    """Return how many incidents a query finds and the sums of their lowest and highest figures; no running total."""
    where, values = doubted(query, doubt)
    return shelf.rows(
        "SELECT count(*) AS incidents, sum(killed_low) AS killed_low, sum(killed_high) AS killed_high, "
        f"sum(injured_low) AS injured_low, sum(injured_high) AS injured_high FROM incidents WHERE {where}",
        values,
    )[0]


def doubted(query: Query, doubt: str) -> tuple[str, list[object]]:
    """Return a query as a condition, narrowed to what there is one kind of doubt about."""
    where, values = condition(query)
    if doubt not in DOUBTS:
        return where, values
    return f"{where} AND instr(doubts, ?) > 0", [*values, f" {doubt} "]


def coarse(query: Query) -> Query:
    """Return a question as somebody who sees no restricted fields may ask it."""
    return Coarse(*(getattr(query, field.name) for field in fields(query)))


def condition(query: Query) -> tuple[str, list[object]]:
    """Return a query as a condition on incidents, with its values; nothing a person typed stands in its text."""
    parts, values = ["1"], list[object]()
    if query.dates is not None:
        parts.append("day_from IS NOT NULL AND day_from <= ? AND day_to >= ?")
        end = query.dates.end
        values += [end.isoformat() if end else "9999-12-31", query.dates.start.isoformat()]
    for column, told in (("grade", query.grades), ("actor", query.actors), ("means", query.means)):
        if told:
            parts.append(f"{column} IN ({','.join('?' * len(told))})")
            values += told
    if query.kinds:
        parts.append(f"({' OR '.join('instr(kinds, ?) > 0' for _ in query.kinds)})")
        values += query.kinds
    if query.places:
        names = (
            "named"
            if not isinstance(query, Coarse)
            else "'|' || folded(coarse || '|' || admin1 || '|' || country) || '|'"
        )
        parts.append(f"({' OR '.join(f'instr({names}, ?) > 0' for _ in query.places)})")
        values += [f"|{asked_name(place)}|" for place in query.places]
    return " AND ".join(parts), values
