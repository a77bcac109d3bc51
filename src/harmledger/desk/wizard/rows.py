"""One row to a report, by the columns that a person settled; and all that is wrong with it, cell by cell.

A cell that cannot be read keeps its row out where the record would be wrong without it (a text, a day, a number, a
point). A term that no list knows is left out and told, and the row is taken in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

import orjson

from harmledger.counts import Count
from harmledger.dates import DateRange
from harmledger.desk.wizard.cells import (
    CellError,
    DayOrder,
    Trouble,
    count_in,
    country_of,
    day_of,
    degrees_of,
    term_of,
    wrong,
)
from harmledger.desk.wizard.columns import Columns, What
from harmledger.model import Group, Kind, Report, Status
from harmledger.places import Place, Precision
from harmledger.read.coded.lines import NOTE, text_of
from harmledger.read.coded.row import CodedCount, CodedRow
from harmledger.read.options import LONGEST_TEXT
from harmledger.read.sheet import Row

Value = TypeVar("Value")
_KINDS: tuple[Kind, ...] = ("missing", "detained", "displaced")
_GROUPS: tuple[Group, ...] = ("children", "women", "men")
# Without these a row would say something else than its table does; of the others it is told that they were left out.
_NEEDED = frozenset(["no_text", "long_text", "no_day", "unsure_day", "no_count", "vague_count", "no_degrees",
                     "no_point", "ends_before", "high_below", "no_tolls"])  # fmt: skip


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is read: what it holds, where, and what its rows do not say of themselves.

    ``outlet`` is the outlet of reports, or the recorder of incidents; ``table`` names the table in reports' ids.
    """

    what: What
    columns: Columns
    order: DayOrder = ""
    outlet: str = ""
    published: date | None = None
    table: str = "table"


@dataclass(slots=True)
class _Cells:
    """A row as it is being read, with the troubles found on the way."""

    row: Row
    columns: Columns
    troubles: list[Trouble] = field(default_factory=list)

    def told(self, name: str) -> str:
        """Return the cell of a field; empty where no column was named for it."""
        place = self.columns.get(name)
        return self.row.cells[place] if place is not None and place < len(self.row.cells) else ""

    def read(self, name: str, reading: Callable[[str, str], Value | None]) -> Value | None:
        """Return what a cell means; None, and a trouble kept, where it cannot be read."""
        try:
            return reading(self.told(name), name)
        except CellError as error:
            self.troubles.append(error.trouble)
            return None

    def term(self, name: str) -> str | None:
        """Return the term of the list that has the field's name."""
        return self.read(name, term_of)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a row. ``report`` is None where the row cannot be taken in; ``coded`` is what an incident says."""

    number: int
    report: Report | None
    troubles: tuple[Trouble, ...] = ()
    coded: CodedRow | None = None


def made_of(row: Row, plan: Plan) -> Made:
    """Return what comes of a row."""
    cells = _Cells(row, plan.columns)
    coded = None
    if plan.what == "reports":
        report = _report(cells, plan)
    else:
        coded = _coded(cells, plan)
        report = _incident(coded, plan)
    if any(trouble.name in _NEEDED for trouble in cells.troubles):
        return Made(row.number, None, tuple(cells.troubles))
    return Made(row.number, report, tuple(cells.troubles), coded)


def _report(cells: _Cells, plan: Plan) -> Report:
    text = cells.told("text")
    if not text.strip():
        cells.troubles.append(Trouble("no_text", "text"))
    if len(text) > LONGEST_TEXT:
        cells.troubles.append(wrong("long_text", "text", text).trouble)
    published = cells.read("published", lambda cell, name: day_of(cell, name, plan.order)) or plan.published
    words = {name: " ".join(cells.told(name).split()) or None for name in ("outlet", "address", "title")}
    report = Report(
        _identity(cells, plan), text, published, words["outlet"] or plan.outlet or None, words["address"],
        words["title"], None,
    )  # fmt: skip
    return _hashed(report)


def _identity(cells: _Cells, plan: Plan) -> str:
    return " ".join(cells.told("id").split()) or f"{plan.table}:{cells.row.number}"


def _hashed(report: Report) -> Report:
    """Return a report with the hash of all that its row says: read otherwise, the row is another report."""
    told = [report.id, report.text, report.published, report.outlet, report.address, report.title, report.notes]
    data = orjson.dumps(["row", *told], default=str)
    return Report(
        report.id, report.text, report.published, report.outlet, report.address, report.title,
        hashlib.sha256(data).hexdigest(), report.notes,
    )  # fmt: skip


def _incident(row: CodedRow, plan: Plan) -> Report:
    name = f"{plan.outlet}: {row.name}"
    return _hashed(Report(name, text_of(row, plan.outlet), plan.published, plan.outlet, notes=(NOTE,)))


def _coded(cells: _Cells, plan: Plan) -> CodedRow:
    counts = tuple(_counts(cells))
    if not counts and not cells.troubles:
        cells.troubles.append(Trouble("no_tolls", "killed"))
    place = " ".join(cells.told("place").split()) or None
    return CodedRow(
        _identity(cells, plan), counts, _when(cells, plan.order), place, _located(cells, place), cells.term("actor"),
        cells.term("means"),
        tuple(filter(None, (" ".join(part.split()) for part in cells.told("munitions").split(";")))),
        _one_source(cells.told("source")),
    )  # fmt: skip


def _one_source(cell: str) -> str | None:
    named = [" ".join(name.split()) for name in cell.split(";") if name.strip()]
    return named[0] if len(named) == 1 else None


def _when(cells: _Cells, order: DayOrder) -> DateRange | None:
    start = cells.read("date", lambda cell, name: day_of(cell, name, order))
    end = cells.read("date_end", lambda cell, name: day_of(cell, name, order))
    start = start or end
    if start is None:
        return None
    if end is not None and end < start:
        cells.troubles.append(wrong("ends_before", "date_end", cells.told("date_end")).trouble)
        return None
    return DateRange(start, end or start)


def _located(cells: _Cells, name: str | None) -> Place | None:
    latitude = cells.read("latitude", lambda cell, field: degrees_of(cell, field, 90))
    longitude = cells.read("longitude", lambda cell, field: degrees_of(cell, field, 180))
    if latitude is None and longitude is None:
        return None
    if latitude is None or longitude is None:
        if not any(trouble.name == "no_degrees" for trouble in cells.troubles):
            cells.troubles.append(Trouble("no_point", "latitude" if latitude is None else "longitude"))
        return None
    precision: Precision = cells.term("precision") or "unknown"  # type: ignore[assignment]
    country = cells.read("country", country_of)
    areas = (" ".join(cells.told("admin1").split()) or None, " ".join(cells.told("admin2").split()) or None)
    return Place("", name or "", latitude, longitude, precision, country, *areas)


def _counts(cells: _Cells) -> list[CodedCount]:
    status: Status = cells.term("status") or "unstated"  # type: ignore[assignment]
    found: list[CodedCount] = []
    tolls: tuple[Kind, ...] = ("killed", "injured")
    for kind in tolls:
        low, high = cells.read(kind, count_in), cells.read(f"{kind}_high", count_in)
        count = _joined(cells, low, high, f"{kind}_high")
        if count is not None:
            found.append(_coded_count(kind, count, "people", status, False))
    whole = any(count.kind == "killed" for count in found)
    for group in _GROUPS:
        count = cells.read(f"{group}_killed", count_in)
        if count is not None and count.value:
            found.append(_coded_count("killed", count, group, status, whole))
    for kind in _KINDS:
        count = cells.read(kind, count_in)
        if count is not None and count.value:
            found.append(_coded_count(kind, count, "people", status, False))
    return found


def _joined(cells: _Cells, low: Count | None, high: Count | None, name: str) -> Count | None:
    """Return the count of a lowest and a highest figure that stand in two columns."""
    if low is None or low.value is None:
        return high
    if high is None or high.value is None or high.value == low.value:
        return low
    if high.value < low.value:
        cells.troubles.append(wrong("high_below", name, cells.told(name)).trouble)
        return None
    return Count(low.value, high.value)


def _coded_count(kind: Kind, count: Count, group: Group, status: Status, part: bool) -> CodedCount:
    return CodedCount(kind, count.value or 0, count.high, count.bound, group, status, part)
