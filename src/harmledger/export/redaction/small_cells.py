"""Cells with few incidents are made coarser until they are no longer few, and what is left over is left out.

A place and a date that few incidents share point to each of them. Such incidents are told by the year instead, then
without their place; those that are still few are not told at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from harmledger.dates import DateRange
from harmledger.export.redaction.coarsen import coarser_date
from harmledger.model import Case, Claim
from harmledger.query import Query

# The place and the dates that an incident is shown with.
Cell = tuple[str, str]


class SmallCells:
    """Counts the cells of an export first, then makes its small ones coarser."""

    def __init__(self, minimum: int) -> None:
        self.minimum = minimum
        self._counts: list[Counter[Cell]] = [Counter(), Counter(), Counter()]
        self._years: dict[Cell, Cell] = {}
        self.left_out = 0

    def count(self, cases: Iterable[Case]) -> None:
        """Count every incident by its cell; what is few at one level is counted at the next."""
        for case in cases:
            cell = _cell(case)
            self._counts[0][cell] += 1
            self._years[cell] = (cell[0], _year(case))
        for cell, number in self._counts[0].items():
            if number < self.minimum:
                self._counts[1][self._years[cell]] += number
        for cell, number in self._counts[1].items():
            if number < self.minimum:
                self._counts[2]["", cell[1]] += number

    def shown(self, cases: Iterable[Case], query: Query) -> Iterator[Case]:
        """Yield the cases as they are shown.

        What was made coarser than the query asks is left out: that it is there would tell what was withheld.
        """
        for case in cases:
            found = self._shown(case)
            if found is None or (found is not case and not _answers(found, query)):
                self.left_out += 1
            else:
                yield found

    def _shown(self, case: Case) -> Case | None:
        cell = _cell(case)
        if self._counts[0][cell] >= self.minimum:
            return case
        by_year = self._years[cell]
        if self._counts[1][by_year] >= self.minimum:
            return _coarser(case, False)
        if self._counts[2]["", by_year[1]] >= self.minimum:
            return _coarser(case, True)
        return None


def _cell(case: Case) -> Cell:
    return case.entry.place or "", str(case.entry.when or "")


def _year(case: Case) -> str:
    return str(coarser_date(case.entry.when, "year") or "") if case.entry.when else ""


def _year_of(when: DateRange | None) -> DateRange | None:
    return coarser_date(when, "year") if when is not None else None


def _answers(case: Case, query: Query) -> bool:
    when, asked = case.entry.when, query.dates
    if query.places and case.entry.place is None:
        return False
    if asked is None:
        return True
    if when is None or when.end is None:
        return False
    return asked.start <= when.start and (asked.end is None or when.end <= asked.end)


def _coarser(case: Case, placeless: bool) -> Case:
    def claim(one: Claim) -> Claim:
        known = replace(one, when=_year_of(one.when))
        return replace(known, place=None, located=None) if placeless else known

    claims = {one.id: claim(one) for one in case.incident.claims}
    events = tuple(
        replace(event, claims=tuple(claims[one.id] for one in event.claims if one.id in claims))
        for event in case.incident.events
    )
    entry = replace(case.entry, when=_year_of(case.entry.when))
    if placeless:
        entry = replace(entry, place=None, located=None)
    incident = replace(case.incident, claims=tuple(claims.values()), events=events)
    return replace(case, incident=incident, entry=entry)
