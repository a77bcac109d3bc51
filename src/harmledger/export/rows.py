"""Rows of tables, and the sheets that make them out of incidents."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from harmledger.dates import DateRange
from harmledger.export.figures import Figure
from harmledger.export.losses import Losses
from harmledger.model import Case, Claim, Report

MAIN = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A figure in a row, with the claims that lead back to its sentences, and why it stands."""

    value: int
    claims: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. ``id`` is its own in the file, ``incident`` the incident's it is of."""

    id: str
    incident: str
    cells: Mapping[str, object]
    table: str = MAIN


@dataclass(frozen=True, slots=True)
class Total:
    """A running total with its report; it belongs to no incident and is never added to one."""

    claim: Claim
    report: Report


class Sheet(Protocol):
    """Makes the rows of one format. ``tables`` gives each table's columns; the main one is called ``""``."""

    tables: Mapping[str, tuple[str, ...]]
    tags: Mapping[str, tuple[str, ...]]
    meanings: dict[str, str]

    def rows(self, case: Case, losses: Losses) -> Iterator[Row]:
        """Yield the rows of one incident."""

    def total_row(self, total: Total) -> Row | None:
        """Return the row of a running total, None where the format has no place for it."""


@dataclass(frozen=True, slots=True)
class Making:
    """What every row of an export shares: the moment it is made and whose record it is."""

    at: int = 0
    recorder: str = "harmledger"
    extras: Mapping[str, str] = field(default_factory=dict)


def low(figure: Figure | None) -> Told | None:
    """Return the lowest figure of a range as a cell."""
    return None if figure is None else Told(figure.low, figure.claims, figure.because)


def high(figure: Figure | None) -> Told | None:
    """Return the highest figure that is stated of a range as a cell."""
    return None if figure is None else Told(figure.top, figure.claims, figure.because)


def number_for(name: str) -> int:
    """Return a whole number for an id, of at most 15 digits, so that a spreadsheet keeps all of them.

    >>> number_for("25eb7470") == number_for("25eb7470"), number_for("a") < 10**15
    (True, True)
    """
    return int(hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12], 16)


def outlets_of(case: Case) -> list[str]:
    """Return the outlets of an incident's reports, each once."""
    return list(dict.fromkeys(report.outlet for report in case.reports if report.outlet))


def speakers_of(case: Case) -> list[str]:
    """Return who first said what an incident's figures rest on, each once."""
    return list(
        dict.fromkeys(claim.sources[0] for claim in case.incident.claims if claim.sources and claim.role != "denied")
    )


def middle_of(when: DateRange) -> DateRange:
    """Return the day in the middle of a span; of one with an open end its first day."""
    if when.end is None:
        return DateRange.day(when.start)
    return DateRange.day(when.start + timedelta((when.end - when.start).days // 2))
