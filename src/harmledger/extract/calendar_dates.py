"""Days, months, weekdays and years as they are written: "Saturday, October 7th 2023", "07-08-2014", "in May 2015"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from harmledger.extract.calendar_words import (
    Shape,
    day_number,
    month_of,
    role_of,
    skip,
    tight,
    weekday_of,
    year_at,
    year_number,
)
from harmledger.extract.reading import Token

_DASHES = frozenset("-–—/")

_BULLETS = frozenset("•-–—*·+")
_SHORT = re.compile(r"(\d{1,2})[./](\d{1,2})$")
_NUMERIC = re.compile(r"(\d{1,4})[./](\d{1,2})[./](\d{2,4})$")

# A bare number of four digits is a year only after one of these.
_BEFORE_YEAR = frozenset(
    [
        "in",
        "since",
        "by",
        "until",
        "till",
        "during",
        "of",
        "from",
        "early",
        "late",
        "mid",
        "after",
        "before",
        "and",
        "to",
        "between",
        "the",
    ]
)

_BEFORE_MONTH = frozenset(
    [
        "in",
        "since",
        "last",
        "this",
        "early",
        "late",
        "mid",
        "of",
        "until",
        "by",
        "during",
        "from",
        "through",
        "and",
        "between",
        "next",
    ]
)

_IN_A_MONTH = frozenset(["in", "since", "last", "this", "early", "late", "mid", "until", "during"])
_MONTH_OR_WORD = frozenset(
    {"may", "march", "mar", "sun", "sat", "mon", "wed", "fall", "spring", "second", "jan", "sep", "fri"}
)


def listed_day(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return the day that opens a line of a list: "22/3, Orlaw: one shot". Elsewhere 7/12 is a house."""
    opening = i
    while opening and tokens[opening - 1].text in _BULLETS and tokens[opening - 1].sentence == tokens[i].sentence:
        opening -= 1
    if opening and tokens[opening - 1].sentence == tokens[i].sentence:
        return None
    match = _SHORT.match(tokens[i].text)
    last = i + 1
    if match is None and i + 3 < len(tokens) and tokens[i + 1].text == "/" and tight(tokens, i, i + 3):
        match, last = _SHORT.match(f"{tokens[i].text}/{tokens[i + 2].text}"), i + 3
    if match is None or last >= len(tokens) or tokens[last].text not in ",:.;–—-(":
        return None
    a, b = int(match[1]), int(match[2])
    if a > 12:
        return Shape(i, last, "date", month=b, day=a) if a <= 31 and 1 <= b <= 12 else None
    return Shape(i, last, "date", month=a if b > 12 else b, day=b if b > 12 else a) if a and 1 <= b <= 31 else None


def numeric(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return 2014-08-07, 07-08-2014, 8/7/2014, 10.5.2019."""
    last = i + 1
    parts: tuple[str, ...] = ()
    match = _NUMERIC.match(tokens[i].text)
    if match:
        parts = match.groups()
    elif i + 5 <= len(tokens) and tokens[i + 1].text in _DASHES and tokens[i + 3].text == tokens[i + 1].text:
        parts = (tokens[i].text, tokens[i + 2].text, tokens[i + 4].text)
        last = i + 5
        if not tight(tokens, i, last):
            return None
    if not parts or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    a, b, c = (int(part) for part in parts)
    if len(parts[0]) == 4 and 1 <= b <= 12 and 1 <= c <= 31:
        return Shape(i, last, "date", year=a, month=b, day=c)
    if len(parts[2]) == 2 and match is None:
        c += 2000
    if not (1900 <= c <= 2100 and 1 <= a <= 31 and 1 <= b <= 31 and min(a, b) <= 12):
        return None
    if a > 12:
        return Shape(i, last, "date", year=c, month=b, day=a)
    if b > 12:
        return Shape(i, last, "date", year=c, month=a, day=b)
    return Shape(i, last, "date", year=c, month=b, day=a, order=(a, b))


def day_month(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "7 October 2023", "28th of September", "9 and 12 June", "12-13 Aug."."""
    day = day_number(tokens[i])
    place = i + 1
    if day is None or place >= len(tokens):
        return None
    second = None
    if tokens[place].norm in {"and", "to", "or"} or tokens[place].text in _DASHES:
        second = day_number(tokens[place + 1]) if place + 1 < len(tokens) else None
        if second is None or second <= day:
            return None
        place += 2
    if place < len(tokens) and tokens[place].norm == "of":
        place += 1
    month = month_of(tokens[place]) if place < len(tokens) else None
    if month is None:
        return None
    if tokens[place].norm == "may" and place + 1 < len(tokens) and tokens[place + 1].norm in {"have", "be", "not"}:
        return None
    year, last = year_at(tokens, place + 1)
    return _maybe_span(Shape(i, last, "date", year=year, month=month, day=day), second)


def _maybe_span(shape: Shape, second: int | None) -> Shape:
    return shape if second is None else replace(shape, upto=replace(shape, day=second))


def month_day(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "October 7, 2023", "Sept. 8", "June 9 to 12", "Feb 022015" (a lost space), else the month alone."""
    month = month_of(tokens[i])
    if month is None:
        return None
    place = skip(tokens, i + 1, ".") if len(tokens[i].text) <= 4 else i + 1
    if place < len(tokens) and (day := day_number(tokens[place])) is not None and not _counts(tokens, i, place):
        end, second = place + 1, None
        if end + 1 < len(tokens) and (tokens[end].norm in {"and", "to"} or tokens[end].text in _DASHES):
            second = day_number(tokens[end + 1])
            if second is not None and second > day and not _counted(tokens, end + 1):
                end += 2
            else:
                second = None
        year, last = year_at(tokens, end)
        return _maybe_span(Shape(i, last, "date", year=year, month=month, day=day), second)
    if place < len(tokens) and re.fullmatch(r"[0-3]\d(?:19|20)\d\d", tokens[place].text):
        run = tokens[place].text
        return Shape(i, place + 1, "date", year=int(run[2:]), month=month, day=int(run[:2]))
    return _bare_month(tokens, i, month)


def _counted(tokens: Sequence[Token], i: int) -> bool:
    """Return True where the number at ``i`` counts a noun that follows ("15 people"), not a day."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    return following is not None and role_of(following) == "counted"


def _counts(tokens: Sequence[Token], month: int, number: int) -> bool:
    """In "in May 15 people died" the 15 counts people; in "on May 15 people died" and "the May 15 raid" it is a day."""
    before = tokens[month - 1].norm if month else ""
    return before in {"in", "since", "last", "this"} and _counted(tokens, number)


def _bare_month(tokens: Sequence[Token], i: int, month: int) -> Shape | None:
    year, last = year_at(tokens, i + 1)
    before = tokens[i - 1].norm if i else ""
    if year is None:
        if i + 2 < len(tokens) and tokens[i + 1].norm in {"last", "this"} and tokens[i + 2].norm == "year":
            return Shape(i, i + 3, "month", month=month, aim=-1 if tokens[i + 1].norm == "last" else 0, unit="year")
        if tokens[i].norm in _MONTH_OR_WORD and before not in _BEFORE_MONTH:
            return None
        if before not in _IN_A_MONTH and i + 1 < len(tokens) and tokens[i + 1].capital and tokens[i + 1].word:
            return None  # "April Jones", "by August Keller": a name
        if len(tokens[i].text) <= 3 and tokens[i].norm != "may":
            return None
    return Shape(i, last, "month", year=year, month=month)


def weekday_first(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "Saturday, October 7th 2023", "Friday night", "Sundays" before a noun."""
    weekday = weekday_of(tokens[i])
    if weekday is None:
        return None
    abbreviated = not tokens[i].norm.rstrip("s").endswith("day")
    place = skip(tokens, i + 1, ".,") if abbreviated or _comma(tokens, i + 1) else i + 1
    if place < len(tokens):
        if tokens[place].norm == "the":
            place += 1
        dated = (
            day_month(tokens, place) or month_day(tokens, place) or numeric(tokens, place)
            if place < len(tokens)
            else None
        )
        if dated is not None and dated.kind == "date":
            return replace(dated, first=i, weekday=weekday)
    if abbreviated or (i and tokens[i].norm.endswith("ays") and tokens[i - 1].norm == "on"):
        return None
    night = i + 1 < len(tokens) and tokens[i + 1].norm in {"night", "evening"}
    last = i + 2 if i + 1 < len(tokens) and role_of(tokens[i + 1]) == "part" else i + 1
    if night and last + 1 < len(tokens) and _comma(tokens, last):
        dated = month_day(tokens, last + 1)
        if dated is not None and dated.kind == "date":
            return replace(dated, first=i, weekday=weekday, night=True)
    return Shape(i, last, "weekday", weekday=weekday, night=night)


def _comma(tokens: Sequence[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].text == ","


def year_alone(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "in 2011", "the 2008 war"; a bare number of four digits elsewhere is a count."""
    year = year_number(tokens[i])
    if year is None or not i or tokens[i - 1].norm not in _BEFORE_YEAR or _counted(tokens, i):
        return None
    if tokens[i - 1].norm == "the" and not (i + 1 < len(tokens) and role_of(tokens[i + 1]) == "deed"):
        return None
    if tokens[i - 1].norm in {"to", "and", "by", "from", "the", "of"} and i + 1 < len(tokens):
        following = tokens[i + 1]
        if following.word and role_of(following) != "deed" and not following.capital and len(following.norm) > 4:
            return None  # "from 1914 fighters", "by 2000 houses": a count
    return Shape(i, i + 1, "year", year=year)
