"""The grammar of date expressions: what a phrase says of day, month, year or distance, before any anchor is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from harmledger.extract.calendar_dates import day_month, listed_day, month_day, numeric, weekday_first, year_alone
from harmledger.extract.calendar_spans import (
    LAST,
    NEXT,
    ORDER,
    age,
    directed,
    nth_day,
    number_units,
    of_the_current,
    part_of_year,
)
from harmledger.extract.calendar_words import Shape, first_words, single, skip, tight, unit_at, weekday_of, year_at
from harmledger.extract.lexicon import lexicon
from harmledger.extract.reading import Token

_JOINS = frozenset({"and", "to", "until", "till", "through", "into", "-", "–"})

_BEFORE_THE_SECOND = frozenset({"into", "early", "on", "late", "the", "again"})

_SINCE = frozenset({"since"})

_AFTER_SINCE = frozenset(
    ["the", "late", "early", "at", "on", "a", "last", "of", "start", "beginning", "night", "evening"]
)


def _thirds(tokens: Sequence[Token], i: int, last: int, third: int) -> Shape | None:
    """Return what follows "early", "mid" or "late", with that word in it."""
    if last < len(tokens) and tokens[last].text == "-":
        last += 1
    if last < len(tokens) and tokens[last].norm in {"in", "on", "the"}:
        last += 1
    if last >= len(tokens):
        return None
    if (unit := unit_at(tokens, last)) in {"week", "month", "year"}:
        return Shape(i, last + 1, "window", number=0, unit=unit, aim=0, third=third) if third == 0 else None
    inner = _plain(tokens, last)
    return replace(inner, first=i, third=third) if inner is not None else None


def _hyphenated(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "mid-August", "early-June"."""
    head, _, tail = tokens[i].norm.partition("-")
    third = {"early": 0, "mid": 1, "late": 2}.get(head)
    entry = single().get(tail)
    if third is None or entry is None or entry["role"] != "month":
        return None
    year, last = year_at(tokens, i + 1)
    return Shape(i, last, "month", year=year, month=int(entry["number"]), third=third)


def _plain(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return the longest expression that starts at token ``i``, without joins."""
    token = tokens[i]
    if token.text[0].isdigit():
        return (
            numeric(tokens, i)
            or listed_day(tokens, i)
            or day_month(tokens, i)
            or nth_day(tokens, i)
            or year_alone(tokens, i)
            or number_units(tokens, i)
            or age(tokens, i)
        )
    if "-" in token.norm:
        return _hyphenated(tokens, i) or age(tokens, i) or number_units(tokens, i)
    if token.norm in ORDER and (part := part_of_year(tokens, i)) is not None:
        return part
    if token.norm in LAST or token.norm in NEXT or token.norm == "this":
        stretch = directed(tokens, i)
        if stretch is not None:
            return stretch
    if token.norm not in first_words():
        return None
    if token.norm == "weekend":
        return Shape(i, i + 1, "window", number=0, unit="weekend", aim=0)
    return (
        weekday_first(tokens, i)
        or month_day(tokens, i)
        or number_units(tokens, i)
        or nth_day(tokens, i)
        or of_the_current(tokens, i)
        or _phrase(tokens, i)
    )


def _names_a_day(token: Token) -> bool:
    return token.norm in {"of", "on"} or weekday_of(token) is not None


def _phrase(tokens: Sequence[Token], i: int) -> Shape | None:
    hit = lexicon("dates").at(tokens, i, min(i + 6, len(tokens)))
    if hit is None:
        return None
    entry = hit.entry
    match entry["role"]:
        case "day" | "told" as role:
            if entry["from"] != entry["to"] and hit.last < len(tokens) and _names_a_day(tokens[hit.last]):
                return None  # "during the night of Monday", "overnight Monday": the day named settles it
            unit = "day" if role == "told" else ""
            return Shape(i, hit.last, role, back=(entry["from"], entry["to"]), number=entry["from"], unit=unit)
        case "third":
            return _thirds(tokens, i, hit.last, int(entry["number"]))
        case "period":
            return Shape(i, hit.last, "period")
        case "holiday" if tokens[i].capital or tokens[hit.last - 1].capital:
            return Shape(i, hit.last, "holiday", entry=entry)
        case "season" if i and tokens[i - 1].norm in {"in", "since", "the", "of"}:
            year, last = year_at(tokens, hit.last)
            return Shape(i, last, "season", year=year, month=int(entry["number"])) if year else None
    return None


def _joined(tokens: Sequence[Token], shape: Shape) -> Shape:
    """Return the span "from X to Y", "between X and Y", "overnight Wednesday and into Thursday", or the shape."""
    place = _past_clock(tokens, shape.last) if shape.kind == "date" else shape.last
    if shape.upto is not None or shape.kind not in {"date", "weekday", "month", "year"} or place + 1 >= len(tokens):
        return shape
    if tokens[place].norm not in _JOINS or (place != shape.last and tokens[place].norm == "and"):
        return shape
    joined_by = tokens[place].norm
    place += 1
    # A dash joins two days; "2 March 2018 – On Wednesday" is a dateline and the story after it.
    while joined_by not in "-–" and place < len(tokens) - 1 and tokens[place].norm in _BEFORE_THE_SECOND:
        place += 1
    other = _plain(tokens, place)
    if other is None or other.kind != shape.kind:
        return shape
    if joined_by == "and" and not _one_time(tokens, shape, other):
        return shape
    return replace(shape, last=other.last, upto=other)


def _past_clock(tokens: Sequence[Token], i: int) -> int:
    """Return the place after ", 12:00", or ``i`` where no hour stands there."""
    place = i + (i < len(tokens) and tokens[i].text == ",")
    clock = place + 2 < len(tokens) and tokens[place + 1].text == ":" and tokens[place + 2].text.isdigit()
    return place + 3 if clock and tokens[place].text.isdigit() and tight(tokens, place, place + 3) else i


def _one_time(tokens: Sequence[Token], shape: Shape, other: Shape) -> bool:
    """Return True where "X and Y" is one time, not two ("killed two on Friday and on Saturday five more")."""
    before = {tokens[j].norm for j in range(max(0, shape.first - 2), shape.first)}
    if "between" in before or "overnight" in before:
        return True
    return other.last >= len(tokens) or not tokens[other.last].text[0].isdigit()


def date_shapes(tokens: Sequence[Token]) -> list[Shape]:
    """Return the date expressions of running tokens, in order, not overlapping.

    "may", "march", "second" and the like count only where their neighbours make them dates.
    """
    found: list[Shape] = []
    starts = first_words() | LAST | NEXT | ORDER | {"this"}
    i, total = 0, len(tokens)
    while i < total:
        token = tokens[i]
        shape = None
        if token.norm in starts or token.text[0].isdigit() or "-" in token.norm:
            shape = _plain(tokens, i)
        if shape is None:
            i += 1
            continue
        shape = _joined(tokens, shape)
        found.append(replace(shape, since=_after_since(tokens, shape.first, skip(tokens, shape.last, ","))))
        i = shape.last
    return found


def _after_since(tokens: Sequence[Token], first: int, last: int) -> bool:
    if last < len(tokens) and tokens[last].norm == "when":
        return False  # "the worst since January 2015, when a strike killed six": the six died then
    place = first - 1
    while place >= 0 and first - place <= 4 and tokens[place].norm in _AFTER_SINCE:
        place -= 1
    return place >= 0 and tokens[place].norm in _SINCE
