"""Dates as reports tell them: a day, a span of days, or a start with an open end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from harmledger.errors import DateError


@dataclass(frozen=True, slots=True)
class DateRange:
    """From ``start`` to ``end``, both included; ``end`` None is still going on.

    >>> DateRange.day(date(2019, 8, 28))
    DateRange(start=datetime.date(2019, 8, 28), end=datetime.date(2019, 8, 28))
    """

    start: date
    end: date | None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise DateError(f"The span {self.start} to {self.end} ends before it starts.")

    @classmethod
    def day(cls, day: date) -> DateRange:
        """Return the span of one day."""
        return cls(day, day)

    @classmethod
    def month(cls, year: int, month: int) -> DateRange:
        """Return the first to the last day of a month."""
        first = date(year, month, 1)
        following = date(year + month // 12, month % 12 + 1, 1) if (year, month) != (9999, 12) else None
        return cls(first, date(9999, 12, 31) if following is None else following - timedelta(days=1))

    @property
    def days(self) -> int | None:
        """How many days it holds; None where the end is open."""
        return None if self.end is None else (self.end - self.start).days + 1

    def __str__(self) -> str:
        if self.end == self.start:
            return self.start.isoformat()
        return f"{self.start.isoformat()} to {self.end.isoformat()}" if self.end else f"since {self.start.isoformat()}"


def parse_day(text: str) -> date:
    """Return the day that ``YYYY-MM-DD`` names; DateError where there is no such day.

    >>> parse_day("2019-08-29")
    datetime.date(2019, 8, 29)
    """
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        raise DateError(f"{text!r} is no date that exists. Write it as YYYY-MM-DD.") from None
