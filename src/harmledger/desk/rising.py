"""One incident on a line of time: what each report told when it was published, by origin, and how the tolls rose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from harmledger.counts import CountRange, combine
from harmledger.model import Case
from harmledger.reconcile.entry import tolls_of

KINDS = ("killed", "injured")
# More origins than this share the last colour; the table tells them apart.
COLOURS = ("#8c1c13", "#17506f", "#7a4a00", "#1e5b35", "#5b2a86", "#8a1c5c", "#3b352c")


@dataclass(frozen=True, slots=True)
class Step:
    """What one report told. ``so_far`` is the range of what was told up to it, ``highest`` its highest figure.

    ``x`` is its place on the line, 0 to 1.
    """

    report: str
    published: date | None
    origin: str
    colour: int
    told: dict[str, CountRange | None]
    so_far: dict[str, CountRange | None]
    highest: dict[str, int | None]
    x: float


@dataclass(frozen=True, slots=True)
class Rising:
    """The steps in the order of publication; those without a day come last. ``most`` is the highest figure."""

    steps: tuple[Step, ...]
    origins: tuple[str, ...]
    most: int
    first: date | None
    last: date | None


def rising_of(case: Case) -> Rising:
    """Return the line of an incident."""
    by_report = {report: origin.name for origin in case.entry.origins for report in origin.reports}
    names = tuple(origin.name for origin in case.entry.origins)
    days = [event.published for event in case.incident.events if event.published is not None]
    first, last = min(days, default=None), max(days, default=None)
    steps: list[Step] = []
    known: dict[str, list[CountRange]] = {kind: [] for kind in KINDS}
    for event in case.incident.events:
        tolls = tolls_of(event)
        told = {kind: found.range if (found := tolls.get(kind)) is not None else None for kind in KINDS}
        for kind, range_ in told.items():
            if range_ is not None:
                known[kind].append(range_)
        origin = by_report.get(event.report, "")
        colour = min(names.index(origin), len(COLOURS) - 1) if origin in names else len(COLOURS) - 1
        so_far = {kind: combine(known[kind]) for kind in KINDS}
        highest = {kind: max(map(top, known[kind]), default=None) for kind in KINDS}
        x = _place(event.published, first, last)
        steps.append(Step(event.report, event.published, origin, colour, told, so_far, highest, x))
    tops = [top(each) for kind in KINDS for each in known[kind]]
    return Rising(tuple(steps), names, max(tops, default=0), first, last)


def top(told: CountRange) -> int:
    """Return the highest figure that a range names."""
    return told.low if told.high is None else told.high


def _place(day: date | None, first: date | None, last: date | None) -> float:
    if day is None or first is None or last is None or first == last:
        return 1.0 if day is None and first is not None else 0.5
    return (day - first).days / (last - first).days


def rows_of(found: Rising) -> list[Sequence[object]]:
    """Return the steps as rows, the headings first."""
    heads: list[object] = ["published", "report", "origin"]
    heads += [f"{kind}_{end}" for kind in KINDS for end in ("lowest", "highest")]
    rows: list[Sequence[object]] = [heads]
    for step in found.steps:
        row: list[object] = [step.published, step.report, step.origin]
        for kind in KINDS:
            told = step.told[kind]
            row += [told.low if told else None, top(told) if told else None]
        rows.append(row)
    return rows
