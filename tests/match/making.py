"""Claims and events made by hand, so that matching and reconciling are tested apart from reading."""

from __future__ import annotations

from datetime import date
from typing import Any

from harmledger.counts import Count
from harmledger.dates import DateRange
from harmledger.model import Claim, Event, Report, Span


def claim(report: Report, words: str, kind: str = "killed", count: Count | int = 1, **fields: Any) -> Claim:
    """Return a claim whose quantity is the first ``words`` of a report's text; its sentence is the line around them."""
    start = report.text.index(words)
    line = report.text.rfind("\n", 0, start) + 1
    end = report.text.find("\n", start)
    when = fields.pop("day", None)
    number = count if isinstance(count, Count) else Count(count)
    told: dict[str, Any] = {"group": "people", "status": "unstated", "scope": "incident"} | fields
    return Claim(
        f"{report.id}:{start}:{kind}",
        report.id,
        Span(start, start + len(words)),
        Span(line, len(report.text) if end < 0 else end),
        kind,  # type: ignore[arg-type]
        number,
        when=DateRange.day(when) if when else None,
        **told,
    )


def event(name: str, text: str, day: date | None = None, claims: Any = (), outlet: str | None = None) -> Event:
    """Return a report's main event with claims given as (words, kind, count) or made by hand."""
    report = Report(name, text, day, outlet)
    made = tuple(each if isinstance(each, Claim) else claim(report, *each) for each in claims)
    return Event(name, name, made, published=day, outlet=outlet, text=text)
