"""Figures that people look at: tolls by month, by governorate, by actor and by means. Running totals stay apart.

Sums go from the sum of the lowest to the sum of the highest figures of incidents. An incident counts in the month in
which it began; one without a day, or whose span is longer than two months, is counted beside the bars, never dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harmledger.desk.record import condition
from harmledger.desk.shelf import Shelf
from harmledger.query import NONE, Query

KINDS = ("killed", "injured")
BY = {"month": "substr(day_from, 1, 7)", "place": "admin1", "actor": "actor", "means": "means"}
MOST_BARS = 120
_TOO_LONG_DAYS = 62


@dataclass(frozen=True, slots=True)
class Bar:
    """The sum of one month, governorate, actor or means; ``query`` asks for its incidents where the Query can."""

    name: str
    low: int
    high: int
    incidents: int
    query: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The bars of one figure, and what is told beside them."""

    bars: tuple[Bar, ...]
    beside: int
    most: int
    more: int


def figures(shelf: Shelf, query: Query, by: str, kind: str) -> Figures:
    """Return the sums of one kind of harm."""
    column = BY[by]
    where, values = condition(query)
    told = f"{where} AND {kind}_low IS NOT NULL"
    placed = f"{column} IS NOT NULL AND {column} <> ''"
    if by == "month":
        placed += f" AND julianday(day_to) - julianday(day_from) <= {_TOO_LONG_DAYS}"
    rows = shelf.rows(
        f"SELECT {column} AS name, sum({kind}_low) AS low, sum({kind}_high) AS high, count(*) AS incidents "
        f"FROM incidents WHERE {told} AND {placed} GROUP BY 1 ORDER BY {'1' if by == 'month' else 'high DESC, 1'}",
        values,
    )
    every = shelf.one(f"SELECT count(*) FROM incidents WHERE {told}", values) or 0
    shown = rows[-MOST_BARS:] if by == "month" else rows[:30]
    bars = tuple(Bar(r["name"], r["low"], r["high"], r["incidents"], _query(by, r["name"], query)) for r in shown)
    beside = every - sum(row["incidents"] for row in rows)
    return Figures(bars, beside, max((bar.high for bar in bars), default=0), len(rows) - len(shown))


def _query(by: str, name: str, query: Query) -> str:
    field = {"month": "date", "place": "place", "actor": "actor", "means": "means"}[by]
    held = {"month": query.dates, "place": query.places, "actor": query.actors, "means": query.means}[by]
    if held and by != "month":
        return str(query)
    kept = replace(query, dates=None) if by == "month" else query
    if by in ("actor", "means"):
        told = (name or NONE,)
        return str(replace(kept, actors=told) if by == "actor" else replace(kept, means=told))
    value = f'"{name}"' if by == "place" else name
    return f"{field}:{value} {kept}".strip()


def rows_of(found: Figures, by: str, kind: str) -> list[Sequence[object]]:
    """Return the numbers of a figure as rows, the headings first."""
    heads: Sequence[object] = (by, f"{kind}_lowest", f"{kind}_highest", "incidents")
    return [heads, *((bar.name, bar.low, bar.high, bar.incidents) for bar in found.bars)]
