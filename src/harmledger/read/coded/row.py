"""What one row of another recorder's table says, before it is written as a report."""

from __future__ import annotations

from dataclasses import dataclass

from harmledger.counts import Bound
from harmledger.dates import DateRange
from harmledger.model import Group, Kind, Status
from harmledger.places import Place


@dataclass(frozen=True, slots=True)
class CodedCount:
    """One count of a row. ``part`` counts some of the whole of its kind, and is never added to it."""

    kind: Kind
    value: int
    high: int | None = None
    bound: Bound = "exact"
    group: Group = "people"
    status: Status = "unstated"
    part: bool = False


@dataclass(frozen=True, slots=True)
class CodedRow:
    """One incident as another recorder coded it. ``said_by`` is the one source that it names, if it names one only."""

    name: str
    counts: tuple[CodedCount, ...]
    when: DateRange | None = None
    place: str | None = None
    located: Place | None = None
    actor: str | None = None
    means: str | None = None
    munitions: tuple[str, ...] = ()
    said_by: str | None = None
