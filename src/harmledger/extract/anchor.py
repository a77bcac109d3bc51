"""The day a report speaks from: its dateline where it has one, else its publication date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from harmledger.extract.calendar_words import Shape, role_of
from harmledger.extract.date_shapes import date_shapes
from harmledger.extract.reading import Reading, Token

# A dateline stands in the first lines, before the story.
HEAD_TOKENS = 80

_DASHES = frozenset("-–—")
_CLOSED = frozenset((")", dash) for dash in _DASHES)

_TIES = frozenset(
    [
        "on",
        "in",
        "since",
        "by",
        "until",
        "till",
        "of",
        "from",
        "after",
        "before",
        "during",
        "the",
        "for",
        "late",
        "early",
        "between",
        "and",
        "to",
        "for",
    ]
)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The day a report speaks from, and why that day. ``first`` and ``last`` are its tokens where the text tells it."""

    day: date
    because: str
    first: int = -1
    last: int = -1
    told: bool = False


def anchor_of(reading: Reading, shapes: Sequence[Shape] | None = None) -> Anchor | None:
    """Return the day that "Saturday" is counted from: a dateline in the text, else the publication date.

    A dateline outranks ``published``, which is sometimes the day a page was fetched.
    """
    shapes = date_shapes(reading.tokens) if shapes is None else shapes
    for shape in shapes:
        if shape.first > HEAD_TOKENS:
            break
        if _is_dateline(reading.tokens, shape):
            day = _dateline_day(shape, reading.published)
            if day is not None:
                words = reading.words(shape.first, shape.last)
                return Anchor(day, f"the dateline '{words}'", shape.first, shape.last, True)
    if reading.published is not None:
        return Anchor(reading.published, f"the publication date {reading.published}")
    for shape in shapes:
        if shape.kind == "date" and shape.year is not None and (day := exact_day(shape, shape.year)) is not None:
            return Anchor(day, f"'{reading.words(shape.first, shape.last)}', the first full date told")
    return None


def _dateline_day(shape: Shape, published: date | None) -> date | None:
    if shape.year is not None:
        day = settled_day(shape, published)
        # A text cut at its first character opens with "5-04-2016" for 25-04-2016.
        if shape.first == 0 and shape.day and shape.day < 10 and day and published and published.day % 10 == day.day:
            return published if (published.year, published.month) == (day.year, day.month) else day
        return day
    return latest_day(shape, published) if published is not None else None


def settled_day(shape: Shape, published: date | None) -> date | None:
    """Return the day of a full date; 07-08-2014 is read in the order that is nearer to the publication date."""
    if shape.order is None or published is None or shape.year is None:
        return exact_day(shape, shape.year or 0)
    a, b = shape.order
    choices = [day for day in (_made(shape.year, b, a), _made(shape.year, a, b)) if day is not None]
    return min(choices, key=lambda day: (abs((day - published).days) > 3, choices.index(day))) if choices else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def exact_day(shape: Shape, year: int) -> date | None:
    """Return the day a shape names in a year, or None where there is no such day."""
    return _made(year, shape.month or 0, shape.day or 0)


def latest_day(shape: Shape, anchor: date) -> date | None:
    """Return the last such day of the year on or before the anchor (or just after: clocks and time zones differ)."""
    for year in (anchor.year + 1, anchor.year, anchor.year - 1):
        day = exact_day(shape, year)
        if day is not None and (day - anchor).days <= 2:
            return day
    return None


def _is_dateline(tokens: Sequence[Token], shape: Shape) -> bool:
    """Return True where a date stands on its own at the head, as in "AFP Tuesday 6 Aug 2013 A bomb killed"."""
    if shape.kind != "date" or shape.upto is not None:
        return False
    before = tokens[shape.first - 1] if shape.first else None
    after = tokens[shape.last] if shape.last < len(tokens) else None
    new_line = before is None or before.sentence != tokens[shape.first].sentence
    if before is not None and not new_line and before.norm in _TIES:
        return False
    if before is None and shape.year is not None and after is not None and after.text != ",":
        return True
    if shape.year is None:
        return _agency_line(tokens, shape)
    if before is not None and role_of(before) == "dateline":
        return True
    ends = after is None or after.sentence != tokens[shape.last - 1].sentence
    opens = after is not None and (after.capital or after.text[0].isdigit() or after.text in '-–—|"“(:/.@')
    if new_line:
        return ends or opens
    if before is not None and before.text == ",":
        return after is not None and after.text in _DASHES and _opens_with_a_place(tokens, shape)
    return ends or opens


def told_again(tokens: Sequence[Token], shape: Shape, anchor: Anchor) -> bool:
    """Return True for a second dateline: "16.05.2017 (updated 19:25 16.05.2017)", "Updated: 14 April 2015"."""
    if not anchor.told or shape.kind != "date" or shape.year is None or shape.first > HEAD_TOKENS:
        return False
    if any(role_of(token) == "dateline" for token in tokens[max(0, shape.first - 2) : shape.first]):
        return True
    before = tokens[shape.first - 1].norm if shape.first else ""
    return before not in _TIES and exact_day(shape, shape.year) == anchor.day


def _agency_line(tokens: Sequence[Token], shape: Shape) -> bool:
    """Return True for "KANO, Nigeria, March 12 (AFP) -": a day without a year, followed by an agency or a dash.

    It opens the text, or the story below a headline.
    """
    named = any(token.word for token in tokens[shape.first : shape.last])
    if shape.last >= len(tokens) or not named:
        return False  # "22/3:" opens a line of a list
    after = tokens[shape.last].text
    close = [tokens[j].text for j in range(shape.last, min(shape.last + 6, len(tokens)))]
    if shape.first > 12:
        dashed = after in _DASHES or (after == "(" and any(pair in _CLOSED for pair in pairwise(close)))
        return dashed and _opens_with_a_place(tokens, shape)
    if after in _DASHES or (after in ".:" and shape.first <= 4):
        return True
    return after == "(" and ")" in close


def _opens_with_a_place(tokens: Sequence[Token], shape: Shape) -> bool:
    """Return True where nothing but names stands before a date in its sentence: "BEIRUT, 4 May 2016 -"."""
    place = shape.first - 1
    while place >= 0 and tokens[place].sentence == tokens[shape.first].sentence:
        if shape.first - place > 8 or not (tokens[place].capital or tokens[place].text in ",/"):
            return False
        place -= 1
    return True
