"""The timeline of a report: the least number of killed by day, week, month or year, as one SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from harmledger.dates import DateRange
from harmledger.export.figures import figure
from harmledger.model import Case

WIDTH, HEIGHT, _MOST_BARS = 960.0, 180.0, 62
_TOP, _BOTTOM, _LEFT = 14.0, 26.0, 34.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One period: where its bar stands, and what it tells."""

    x: float
    y: float
    width: float
    height: float
    label: str
    tick: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars, the length of a period in words, and what is not on it."""

    bars: tuple[Bar, ...]
    period: str
    most: int
    undated: int
    coarse: int


def timeline_of(cases: Sequence[Case]) -> Timeline | None:
    """Return the timeline; an incident whose date is coarser than a period is counted apart, not put on a day.

    None where no incident has a date.
    """
    dated = [(case.entry.when, case) for case in cases if case.entry.when is not None]
    if not dated:
        return None
    first, last = min(when.start for when, _ in dated), max(when.end or when.start for when, _ in dated)
    period = _period(first, last, [when for when, _ in dated])
    starts = _starts(first, last, period)
    counts = dict.fromkeys(starts, 0)
    incidents = dict.fromkeys(starts, 0)
    coarse = 0
    for when, case in dated:
        start = _start(when.start, period)
        if _start(when.end or date.max, period) != start:
            coarse += 1
            continue
        killed = figure(case, "killed")
        counts[start] += killed.low if killed else 0
        incidents[start] += 1
    most = max(counts.values(), default=0)
    wide = (WIDTH - _LEFT) / len(starts)
    bars = []
    every = max(1, round(len(starts) / 12))
    for place, start in enumerate(starts):
        tall = (HEIGHT - _TOP - _BOTTOM) * counts[start] / most if most else 0.0
        label = f"{_name(start, period)}: {counts[start]} killed or more, {incidents[start]} incidents"
        tick = _name(start, period) if place % every == 0 else ""
        x, y = round(_LEFT + place * wide, 1), round(HEIGHT - _BOTTOM - tall, 1)
        bars.append(Bar(x, y, round(max(1.0, wide - 2), 1), round(tall, 1), label, tick))
    return Timeline(tuple(bars), period, most, len(cases) - len(dated), coarse)


def _period(first: date, last: date, whens: Sequence[DateRange]) -> str:
    """Return the shortest period that gives few enough bars and that most dates are fine enough for."""
    fine = sum((when.days or 10**6) <= 1 for when in whens) * 2 >= len(whens)
    days = (last - first).days + 1
    if fine and days <= _MOST_BARS:
        return "day"
    if fine and days <= 7 * _MOST_BARS:
        return "week"
    return "month" if days <= 31 * _MOST_BARS else "year"


def _start(day: date, period: str) -> date:
    if period == "week":
        return date.fromordinal(max(1, day.toordinal() - day.weekday()))
    if period == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if period == "year" else day


def _starts(first: date, last: date, period: str) -> list[date]:
    found, day = [], _start(first, period)
    while day <= last:
        found.append(day)
        step = {"day": 1, "week": 7, "month": 32, "year": 367}[period]
        if day > date.max - timedelta(step):
            break
        day = _start(day + timedelta(step), period)
    return found


def _name(start: date, period: str) -> str:
    return {"month": f"{start:%Y-%m}", "year": f"{start:%Y}"}.get(period, start.isoformat())
