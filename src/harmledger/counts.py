"""Counts as reports state them: a figure, a floor, a range, a vague word, or none."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from harmledger.errors import CountError

Bound = Literal["exact", "at_least", "at_most", "about", "vague"]


@dataclass(frozen=True, slots=True)
class Count:
    """One count in a report's own terms; nothing is flattened.

    ``value`` is None for a vague word ("dozens"). ``high`` is set only for a stated range
    ("2 to 3" is value 2, high 3). ``bound`` keeps "at least" and its kin.

    >>> Count(14, bound="at_least")
    Count(value=14, high=None, bound='at_least')
    """

    value: int | None
    high: int | None = None
    bound: Bound = "exact"

    def __post_init__(self) -> None:
        if self.value is None and self.bound != "vague":
            raise CountError(f"A count without a figure is vague, not {self.bound!r}.")
        if self.value is not None and self.value < 0:
            raise CountError(f"{self.value} people cannot be counted; a count is none or more.")
        if self.high is not None and (self.value is None or self.high < self.value):
            raise CountError(f"The range {self.value} to {self.high} ends below its start.")


@dataclass(frozen=True, slots=True)
class CountRange:
    """The lowest and the highest figure that stands. ``high`` None is an open end.

    >>> CountRange(9, 12)
    CountRange(low=9, high=12)
    """

    low: int
    high: int | None

    def __post_init__(self) -> None:
        if self.low < 0:
            raise CountError(f"{self.low} people cannot be counted; a count is none or more.")
        if self.high is not None and self.high < self.low:
            raise CountError(f"The range {self.low} to {self.high} ends below its start.")

    def __str__(self) -> str:
        if self.high is None:
            return f"{self.low}+"
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


def combine(ranges: Iterable[CountRange]) -> CountRange | None:
    """Return the lowest and highest figure that any source states, or None for no source.

    "At least 9" counts as the figure 9: the range is what was reported, not what is possible.

    >>> combine([CountRange(9, None), CountRange(12, 12)])
    CountRange(low=9, high=12)
    >>> combine([CountRange(9, None)])
    CountRange(low=9, high=None)
    """
    stated = list(ranges)
    if not stated:
        return None
    low = min(r.low for r in stated)
    figure = max(r.low if r.high is None else r.high for r in stated)
    still_open = any(r.high is None and r.low == figure for r in stated)
    return CountRange(low, None if still_open else figure)
