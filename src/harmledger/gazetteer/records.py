"""A gazetteer's row as it is read, before it is indexed, and the account of what a file held."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

# settlement, part of a settlement, camp, administrative area of level 1 and 2 (and lower), country, anything else
Sort = Literal["settlement", "part", "camp", "area1", "area2", "area3", "country", "feature"]


@dataclass(slots=True)
class PlaceRow:
    """One place of a gazetteer. ``seat`` is 3 for a capital, 2 for the seat of a first-level area, 1 of a second.

    ``parents`` are the codes of the areas that hold it, as its own gazetteer gives them.
    """

    id: str
    name: str
    latitude: float
    longitude: float
    sort: Sort
    country: str
    admin1: str = ""
    admin2: str = ""
    population: int = 0
    seat: int = 0
    names: tuple[str, ...] = ()
    shape: dict[str, Any] | None = None


@dataclass(slots=True)
class Account:
    """What a file held: rows read, kept and skipped, each reason with its count and the line it was first seen on."""

    source: str
    kept: int = 0
    merged: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    first_seen: dict[str, int] = field(default_factory=dict)
    mended: Counter[str] = field(default_factory=Counter)

    def skip(self, reason: str, line: int) -> None:
        """Count a row that was left out."""
        self.skipped[reason] += 1
        self.first_seen.setdefault(reason, line)

    def mend(self, what: str) -> None:
        """Count a row that was kept after mending."""
        self.mended[what] += 1

    def sentences(self) -> Iterator[str]:
        """Yield what was skipped and mended, a sentence each."""
        for reason, count in self.skipped.most_common():
            yield f"{count} skipped: {reason} (first at line {self.first_seen[reason]})"
        for what, count in self.mended.most_common():
            yield f"{count} mended: {what}"


class Progress(Protocol):
    """Told how many of a file's bytes or rows are done."""

    def __call__(self, done: int, total: int) -> None:
        """Take note; ``total`` is 0 where it is not known."""


def no_progress(done: int, total: int) -> None:
    """Show nothing."""


def point_problem(latitude: float, longitude: float) -> str | None:
    """Return why a pair of coordinates cannot be one, or None.

    >>> point_problem(95.0, 36.0)
    'latitude and longitude look swapped or out of range'
    """
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return "latitude and longitude look swapped or out of range"
    if latitude == 0 and longitude == 0:
        return "coordinates are 0, 0"
    if latitude != latitude or longitude != longitude:
        return "coordinates are not numbers"
    return None
