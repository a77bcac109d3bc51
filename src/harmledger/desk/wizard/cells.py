"""One cell to what it means, or to the trouble with it; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

from harmledger.counts import Count
from harmledger.errors import HarmledgerError
from harmledger.judged.mending import count_of
from harmledger.standards.countries import country_named
from harmledger.vocabulary import labels

# How days are written where they are not YYYY-MM-DD: day first, month first, or nobody said.
DayOrder = Literal["", "dmy", "mdy"]
_SHOWN = 60
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?")
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_EASTERN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_MOST = 10**9


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a cell: a name that the desk has words for, the field, and how the cell reads."""

    name: str
    field: str
    cell: str = ""


class CellError(Exception):
    """A cell that cannot be read."""

    def __init__(self, trouble: Trouble) -> None:
        self.trouble = trouble
        super().__init__(trouble.name)


def wrong(name: str, field: str, cell: str = "") -> CellError:
    """Return the error for a cell, which is shown shortened."""
    shown = " ".join(cell[: 4 * _SHOWN].split())
    return CellError(Trouble(name, field, shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"))


def day_of(cell: str, field: str, order: DayOrder) -> date | None:
    """Return the day that a cell names; None for an empty one.

    "03/04/2030" is two days until a person says which comes first; "25/04/2030" is one.

    >>> day_of("25/04/2030", "date", ""), day_of("2030-04-05 12:30", "date", "")
    (datetime.date(2030, 4, 25), datetime.date(2030, 4, 5))
    """
    told = cell.strip().translate(_EASTERN)
    if not told:
        return None
    match = _ISO.fullmatch(told) or _YEAR_FIRST.fullmatch(told)
    if match:
        return _day(int(match[1]), int(match[2]), int(match[3]), field, cell)
    match = _YEAR_LAST.fullmatch(told)
    if match is None:
        raise wrong("no_day", field, cell)
    one, two, year = int(match[1]), int(match[2]), int(match[3])
    if order == "mdy" or (order == "" and two > 12):
        return _day(year, one, two, field, cell)
    if order == "dmy" or one > 12 or one == two:
        return _day(year, two, one, field, cell)
    raise wrong("unsure_day", field, cell)


def _day(year: int, month: int, day: int, field: str, cell: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise wrong("no_day", field, cell) from None


def count_in(cell: str, field: str) -> Count | None:
    """Return the count in a cell: "14", "12-15", "at least 14"; None for an empty one or a dash."""
    told = cell.strip().translate(_EASTERN)
    if told in ("", "-", "–", "—"):
        return None
    if told.endswith(".0") and told[:-2].isdigit():
        told = told[:-2]
    if told.endswith("+") and told[:-1].strip().isdigit():
        told = f"at least {told[:-1].strip()}"
    try:
        count = count_of(told)
    except HarmledgerError:
        raise wrong("no_count", field, cell) from None
    if count.value is None:
        raise wrong("vague_count", field, cell)
    if max(count.value, count.high or 0) >= _MOST:
        raise wrong("no_count", field, cell)
    return count


def degrees_of(cell: str, field: str, most: int) -> float | None:
    """Return degrees; None for an empty cell."""
    told = cell.strip().translate(_EASTERN).replace("٫", ".")
    if not told:
        return None
    if re.fullmatch(r"-?\d{1,3},\d+", told):
        told = told.replace(",", ".")
    if not re.fullmatch(r"[-+]?\d{1,3}(?:\.\d{1,20})?", told):
        raise wrong("no_degrees", field, cell)
    value = float(told)
    if abs(value) > most:
        raise wrong("no_degrees", field, cell)
    return value


def term_of(cell: str, field: str) -> str | None:
    """Return the term of a closed list that a cell names, by its name or its label; None for an empty cell."""
    told = " ".join(cell.split()).casefold()
    if not told:
        return None
    listed = labels(field)
    if told.replace(" ", "_") in listed:
        return told.replace(" ", "_")
    found = next((name for name, label in listed.items() if label.casefold() == told), None)
    if found is None:
        raise wrong("no_term", field, cell)
    return found


def country_of(cell: str, field: str) -> str | None:
    """Return a country's two-letter code, by its code or its name; None for an empty cell."""
    if not cell.strip():
        return None
    found = country_named(cell.strip())
    if found is None:
        raise wrong("no_country", field, cell)
    return found.code
