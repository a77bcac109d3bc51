"""The record on a line of time: how many incidents began in each day, month or year, and how many were killed.

Few incidents are drawn one by one. What tells no day, or whose time is longer than a period of the line, is counted
beside it, never dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from harmledger.dates import DateRange
from harmledger.desk.record import condition
from harmledger.desk.shelf import Shelf
from harmledger.query import Query

Unit = Literal["day", "month", "year"]
_MOST_BINS = 62
_MOST_DAYS = 92
# Up to so many incidents each is drawn as a dot that leads to it.
MOST_DOTS = 250
_CUT = {"day": 10, "month": 7, "year": 4}
_LONGEST_DAYS = {"day": 1, "month": 31, "year": 366}


@dataclass(frozen=True, slots=True)
class Bin:
    """A day, month or year, with what began in it. ``query`` asks for its incidents."""

    name: str
    incidents: int
    low: int
    high: int
    query: str


@dataclass(frozen=True, slots=True)
class Dot:
    """One incident: the place of its bin, how many lie below it there, and what it tells."""

    bin: int
    below: int
    row: Any


@dataclass(frozen=True, slots=True)
class Timeline:
    """The line. ``undated`` and ``long`` count what is beside it."""

    unit: Unit
    bins: tuple[Bin, ...]
    dots: tuple[Dot, ...]
    undated: int
    long: int
    most: int
    most_killed: int


def timeline(shelf: Shelf, query: Query) -> Timeline:
    """Return the timeline of what a query finds."""
    where, values = condition(query)
    undated = shelf.one(f"SELECT count(*) FROM incidents WHERE {where} AND day_from IS NULL", values) or 0
    dated = f"{where} AND day_from IS NOT NULL"
    first, last = shelf.rows(f"SELECT min(day_from), max(day_from) FROM incidents WHERE {dated}", values)[0]
    if first is None:
        return Timeline("day", (), (), undated, 0, 0, 0)
    unit = _unit(date.fromisoformat(first), date.fromisoformat(last))
    dated += f" AND julianday(day_to) - julianday(day_from) < {_LONGEST_DAYS[unit]}"
    cut = f"substr(day_from, 1, {_CUT[unit]})"
    told = {
        row["name"]: row
        for row in shelf.rows(
            f"SELECT {cut} AS name, count(*) AS incidents, sum(coalesce(killed_low, 0)) AS low, "
            f"sum(coalesce(killed_high, 0)) AS high FROM incidents WHERE {dated} GROUP BY 1",
            values,
        )
    }
    names = _names(first, last, unit)
    if last[: _CUT[unit]] not in names:  # centuries: only the years in which something began
        names = sorted(told)
    bins = tuple(_bin(name, told.get(name), query) for name in names)
    shown = sum(each.incidents for each in bins)
    every = shelf.one(f"SELECT count(*) FROM incidents WHERE {where} AND day_from IS NOT NULL", values) or 0
    return Timeline(
        unit, bins, _dots(shelf, dated, values, bins, unit) if shown <= MOST_DOTS else (), undated, every - shown,
        max((each.incidents for each in bins), default=0), max((each.high for each in bins), default=0),
    )  # fmt: skip


def _unit(first: date, last: date) -> Unit:
    days = (last - first).days + 1
    return "day" if days <= _MOST_DAYS else "month" if days <= 31 * _MOST_BINS else "year"


def _names(first: str, last: str, unit: Unit) -> list[str]:
    """Return every day, month or year from the first on, also those in which nothing began; as many as a line holds."""
    found: dict[str, None] = {}
    day, end = date.fromisoformat(first), date.fromisoformat(last)
    step = {"day": 1, "month": 28, "year": 365}[unit]
    while day <= end and len(found) < 2 * _MOST_BINS:
        found[day.isoformat()[: _CUT[unit]]] = None
        day = day + timedelta(step) if day.toordinal() + step < date.max.toordinal() else date.max
    if len(found) < 2 * _MOST_BINS:
        found[last[: _CUT[unit]]] = None
    return list(found)


def _bin(name: str, row: Any, query: Query) -> Bin:
    asked = str(replace(query, dates=_dates(name)))
    return Bin(name, row["incidents"], row["low"], row["high"], asked) if row else Bin(name, 0, 0, 0, asked)


def _dates(name: str) -> DateRange:
    if len(name) == 4:
        return DateRange(date(int(name), 1, 1), date(int(name), 12, 31))
    if len(name) == 7:
        return DateRange.month(int(name[:4]), int(name[5:]))
    return DateRange.day(date.fromisoformat(name))


def _dots(shelf: Shelf, dated: str, values: Sequence[object], bins: Sequence[Bin], unit: Unit) -> tuple[Dot, ...]:
    place = {each.name: number for number, each in enumerate(bins)}
    rows = shelf.rows(
        f"SELECT * FROM incidents WHERE {dated} ORDER BY day_from, killed_high DESC, id LIMIT {MOST_DOTS}", values
    )
    below: dict[int, int] = {}
    dots = []
    for row in rows:
        number = place[row["day_from"][: _CUT[unit]]]
        dots.append(Dot(number, below.get(number, 0), row))
        below[number] = below.get(number, 0) + 1
    return tuple(dots)


def rows_of(found: Timeline) -> list[Sequence[object]]:
    """Return the numbers of a timeline as rows, the headings first."""
    heads: Sequence[object] = (found.unit, "incidents", "killed_lowest", "killed_highest")
    return [heads, *((each.name, each.incidents, each.low, each.high) for each in found.bins)]
