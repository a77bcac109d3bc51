"""The grammar of date expressions: what a phrase says of day, month, year or distance, before any anchor is known."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from harmledger.extract.lexicon import lexicon
from harmledger.extract.reading import Token

ShapeKind = Literal["date", "month", "year", "weekday", "day", "told", "ago", "window", "age", "season", "holiday"]
Words = Mapping[str, Any]

_LAST = frozenset({"last", "past", "previous", "preceding"})
_THIS = frozenset({"this", "current", "the same"})
_NEXT = frozenset({"next", "coming", "following"})
_DASHES = frozenset("-–—/")
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
_AFTER_THE_YEAR = frozenset(
    ["war", "conflict", "attack", "attacks", "uprising", "revolution", "coup", "offensive", "massacre", "invasion"]
)
_NUMERIC = re.compile(r"(\d{1,4})[./](\d{1,2})[./](\d{2,4})$")
_WAR = frozenset(
    [
        "war",
        "conflict",
        "insurgency",
        "uprising",
        "crisis",
        "campaign",
        "rebellion",
        "revolt",
        "revolution",
        "siege",
        "blockade",
    ]
)
_LONG_DEEDS = frozenset(["offensive", "assault", "campaign", "battle", "fighting", "clashes", "bombardment", "siege"])
_MONTH_OR_WORD = frozenset(
    {"may", "march", "mar", "sun", "sat", "mon", "wed", "fall", "spring", "second", "jan", "sep", "fri"}
)


@dataclass(frozen=True, slots=True)
class Shape:
    """Tokens ``first`` to ``last`` (half-open) and what they say; ``upto`` is the second end of a span.

    ``third`` is 0, 1 or 2 for early, mid and late. ``aim`` is -1 for "last", 0 for "this", 1 for "next". ``number``
    counts ``unit``; ``back`` holds days from the anchor. ``order`` keeps the two ambiguous numbers of "07-08-2014".
    """

    first: int
    last: int
    kind: ShapeKind
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    number: int = 1
    unit: str = ""
    aim: int | None = None
    third: int | None = None
    back: tuple[int, int] = (0, 0)
    order: tuple[int, int] | None = None
    entry: Words | None = None
    night: bool = False
    since: bool = False
    upto: Shape | None = None


@cache
def _first_words() -> frozenset[str]:
    return frozenset(phrase.split()[0] for entry in lexicon("dates").entries for phrase in entry["words"])


@cache
def _single() -> Mapping[str, Words]:
    """Return the entries that one word alone names, by that word."""
    return {word: entry for entry in lexicon("dates").entries for word in entry["words"] if " " not in word}


def _role(token: Token) -> str:
    entry = _single().get(token.norm)
    return "" if entry is None else str(entry["role"])


def _month(token: Token) -> int | None:
    entry = _single().get(token.norm)
    return int(entry["number"]) if entry is not None and entry["role"] == "month" and token.capital else None


def _weekday(token: Token) -> int | None:
    entry = _single().get(token.norm)
    return int(entry["number"]) if entry is not None and entry["role"] == "weekday" and token.capital else None


def small_number(token: Token) -> int | None:
    """Return the number a short word or up to three digits stand for, or None.

    "a" is 1, "couple" 2; "few" and "several" are taken as 3, the least they can mean when they stand before a unit.
    """
    if token.text.isascii() and token.text.isdigit() and len(token.text) <= 3:
        return int(token.text)
    entry = _single().get(token.norm)
    return int(entry["number"]) if entry is not None and entry["role"] == "number" else None


def _day_number(token: Token) -> int | None:
    match = re.fullmatch(r"(\d{1,2})(st|nd|rd|th)?", token.norm)
    return int(match[1]) if match and 1 <= int(match[1]) <= 31 else None


def _year_number(token: Token) -> int | None:
    return int(token.text) if re.fullmatch(r"(?:19|20)\d\d", token.text) else None


def _tight(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Return True where tokens ``first`` to ``last`` (half-open) stand without a space between them."""
    return all(tokens[i].end == tokens[i + 1].start for i in range(first, last - 1))


def _skip(tokens: Sequence[Token], i: int, signs: str) -> int:
    while i < len(tokens) and tokens[i].text in signs:
        i += 1
    return i


def _year_at(tokens: Sequence[Token], i: int) -> tuple[int | None, int]:
    """Return a year at token ``i``, past a comma or "of" or "in", and the token after it."""
    place = _skip(tokens, i, ",.")
    if place < len(tokens) and tokens[place].norm in {"of", "in"}:
        place += 1
    if place < len(tokens):
        year = _year_number(tokens[place])
        if year is not None:
            return year, place + 1
    return None, i


def _numeric(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return 2014-08-07, 07-08-2014, 8/7/2014, 10.5.2019."""
    last = i + 1
    parts: tuple[str, ...] = ()
    match = _NUMERIC.match(tokens[i].text)
    if match:
        parts = match.groups()
    elif i + 5 <= len(tokens) and tokens[i + 1].text in _DASHES and tokens[i + 3].text == tokens[i + 1].text:
        parts = (tokens[i].text, tokens[i + 2].text, tokens[i + 4].text)
        last = i + 5
        if not _tight(tokens, i, last):
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


def _day_month(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "7 October 2023", "28th of September", "9 and 12 June", "12-13 Aug."."""
    day = _day_number(tokens[i])
    place = i + 1
    if day is None or place >= len(tokens):
        return None
    second = None
    if tokens[place].norm in {"and", "to", "or"} or tokens[place].text in _DASHES:
        second = _day_number(tokens[place + 1]) if place + 1 < len(tokens) else None
        if second is None or second <= day:
            return None
        place += 2
    if place < len(tokens) and tokens[place].norm == "of":
        place += 1
    month = _month(tokens[place]) if place < len(tokens) else None
    if month is None:
        return None
    if tokens[place].norm == "may" and place + 1 < len(tokens) and tokens[place + 1].norm in {"have", "be", "not"}:
        return None
    year, last = _year_at(tokens, place + 1)
    return _maybe_span(Shape(i, last, "date", year=year, month=month, day=day), second)


def _maybe_span(shape: Shape, second: int | None) -> Shape:
    return shape if second is None else replace(shape, upto=replace(shape, day=second))


def _month_day(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "October 7, 2023", "Sept. 8", "June 9 to 12", "Feb 022015" (a lost space), else the month alone."""
    month = _month(tokens[i])
    if month is None:
        return None
    place = _skip(tokens, i + 1, ".") if len(tokens[i].text) <= 4 else i + 1
    if place < len(tokens) and (day := _day_number(tokens[place])) is not None and not _counts(tokens, i, place):
        end, second = place + 1, None
        if end + 1 < len(tokens) and (tokens[end].norm in {"and", "to"} or tokens[end].text in _DASHES):
            second = _day_number(tokens[end + 1])
            if second is not None and second > day and not _counted(tokens, end + 1):
                end += 2
            else:
                second = None
        year, last = _year_at(tokens, end)
        return _maybe_span(Shape(i, last, "date", year=year, month=month, day=day), second)
    if place < len(tokens) and re.fullmatch(r"[0-3]\d(?:19|20)\d\d", tokens[place].text):
        run = tokens[place].text
        return Shape(i, place + 1, "date", year=int(run[2:]), month=month, day=int(run[:2]))
    return _bare_month(tokens, i, month)


def _counted(tokens: Sequence[Token], i: int) -> bool:
    """Return True where the number at ``i`` counts a noun that follows ("15 people"), not a day."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    return following is not None and following.norm in _COUNTED


_COUNTED = frozenset(
    [
        "people",
        "civilians",
        "persons",
        "others",
        "children",
        "women",
        "men",
        "soldiers",
        "fighters",
        "militants",
        "policemen",
        "residents",
        "victims",
        "rebels",
        "bodies",
        "terrorists",
        "insurgents",
        "gunmen",
        "deaths",
        "injuries",
        "casualties",
        "villagers",
        "workers",
        "students",
        "officers",
        "troops",
    ]
)


def _counts(tokens: Sequence[Token], month: int, number: int) -> bool:
    """In "in May 15 people died" the 15 counts people; in "on May 15 people died" and "the May 15 raid" it is a day."""
    before = tokens[month - 1].norm if month else ""
    return before in {"in", "since", "last", "this"} and _counted(tokens, number)


def _bare_month(tokens: Sequence[Token], i: int, month: int) -> Shape | None:
    year, last = _year_at(tokens, i + 1)
    before = tokens[i - 1].norm if i else ""
    if year is None:
        if i + 2 < len(tokens) and tokens[i + 1].norm in {"last", "this"} and tokens[i + 2].norm == "year":
            return Shape(i, i + 3, "month", month=month, aim=-1 if tokens[i + 1].norm == "last" else 0, unit="year")
        if tokens[i].norm in _MONTH_OR_WORD and before not in _BEFORE_MONTH:
            return None
        if len(tokens[i].text) <= 3 and tokens[i].norm != "may":
            return None
    return Shape(i, last, "month", year=year, month=month)


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


def _weekday_first(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "Saturday, October 7th 2023", "Friday night", "Sundays" before a noun."""
    weekday = _weekday(tokens[i])
    if weekday is None:
        return None
    abbreviated = not tokens[i].norm.rstrip("s").endswith("day")
    place = _skip(tokens, i + 1, ".,") if abbreviated or _comma(tokens, i + 1) else i + 1
    if place < len(tokens):
        if tokens[place].norm == "the":
            place += 1
        dated = (
            _day_month(tokens, place) or _month_day(tokens, place) or _numeric(tokens, place)
            if place < len(tokens)
            else None
        )
        if dated is not None and dated.kind == "date":
            return replace(dated, first=i, weekday=weekday)
    if abbreviated or (i and tokens[i].norm.endswith("ays") and tokens[i - 1].norm == "on"):
        return None
    night = i + 1 < len(tokens) and tokens[i + 1].norm in {"night", "evening"}
    last = i + 2 if i + 1 < len(tokens) and _role(tokens[i + 1]) == "part" else i + 1
    if night and last + 1 < len(tokens) and _comma(tokens, last):
        dated = _month_day(tokens, last + 1)
        if dated is not None and dated.kind == "date":
            return replace(dated, first=i, weekday=weekday, night=True)
    return Shape(i, last, "weekday", weekday=weekday, night=night)


def _comma(tokens: Sequence[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].text == ","


def _year_alone(tokens: Sequence[Token], i: int) -> Shape | None:
    year = _year_number(tokens[i])
    if year is None or not i or tokens[i - 1].norm not in _BEFORE_YEAR or _counted(tokens, i):
        return None
    if tokens[i - 1].norm == "the" and not (i + 1 < len(tokens) and tokens[i + 1].norm in _AFTER_THE_YEAR):
        return None
    if tokens[i - 1].norm in {"to", "and", "by", "from", "the", "of"} and i + 1 < len(tokens):
        following = tokens[i + 1]
        if (
            following.word
            and following.norm not in _AFTER_THE_YEAR
            and not following.capital
            and len(following.norm) > 4
        ):
            return None  # "from 1914 fighters", "by 2000 houses": a count
    return Shape(i, i + 1, "year", year=year)


def _directed(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "last week", "the past 24 hours", "this month", "last August", "next Monday"."""
    norm = tokens[i].norm
    aim = -1 if norm in _LAST else 0 if norm in _THIS else 1 if norm in _NEXT else None
    place = i + 1
    if aim is None or place >= len(tokens):
        return None
    number = small_number(tokens[place])
    if number is not None and place + 1 < len(tokens):
        unit_at = place + 2 if tokens[place + 1].text == "-" and place + 2 < len(tokens) else place + 1
        if tokens[place].norm == "couple" and tokens[unit_at].norm == "of":
            unit_at += 1
        unit = _unit(tokens, unit_at)
        return Shape(i, unit_at + 1, "window", number=number, unit=unit, aim=aim) if unit else None
    unit = _unit(tokens, place)
    if unit:
        # "past week", "last days": counted back from the day of writing; "last week" is the week before.
        plural = tokens[place].norm.endswith("s")
        counted = norm == "past" or plural
        return Shape(i, place + 1, "window", number=(3 if plural else 1) if counted else 0, unit=unit, aim=aim)
    weekday, month = _weekday(tokens[place]), _month(tokens[place])
    if weekday is not None:
        last = place + 2 if place + 1 < len(tokens) and _role(tokens[place + 1]) == "part" else place + 1
        return Shape(i, last, "weekday", weekday=weekday, aim=aim)
    if month is not None:
        return Shape(i, place + 1, "month", month=month, aim=aim)
    if _role(tokens[place]) == "season":
        return Shape(i, place + 1, "season", month=int(_single()[tokens[place].norm]["number"]), aim=aim)
    return None


def _unit(tokens: Sequence[Token], i: int) -> str:
    entry = _single().get(tokens[i].norm) if i < len(tokens) else None
    return str(entry["unit"]) if entry is not None and entry["role"] == "unit" else ""


def _number_units(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "three days ago", "two weeks earlier", "in two days", "a month of fighting", "a 24-hour period"."""
    number = small_number(tokens[i])
    place = i + 1
    if number is None or place >= len(tokens):
        return None
    if tokens[place].text == "-" and place + 1 < len(tokens):
        place += 1
    if tokens[i].norm == "a" and tokens[place].norm in {"few", "couple"}:
        number, place = (3 if tokens[place].norm == "few" else 2), place + 1
        place += place < len(tokens) and tokens[place].norm == "of"
    unit = _unit(tokens, place)
    if not unit or place + 1 >= len(tokens):
        return None
    following = tokens[place + 1].norm
    if following == "ago" and i and tokens[i - 1].norm == "born":
        return None
    if following == "ago":
        return Shape(i, place + 2, "ago", number=number, unit=unit)
    ends = place + 2 >= len(tokens) or not tokens[place + 2].text[0].isalnum()
    if following in {"earlier", "previously"} or (following == "before" and ends):
        return Shape(i, place + 2, "told", number=-number, unit=unit)
    if following in {"later", "afterwards"} or (following == "after" and ends):
        return Shape(i, place + 2, "told", number=number, unit=unit)
    if (i and tokens[i - 1].norm == "in" and number > 1) or following == "of":
        return Shape(i, place + 1, "window", number=number, unit=unit, aim=-1)
    if following == "into":
        return Shape(i, place + 1, "age", number=number, unit=unit)
    return None


def _age(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "five-year civil war", "7-year-old conflict": how long a war has lasted."""
    head, _, tail = tokens[i].norm.partition("-")
    place = i + 1
    if tail == "day" or (
        tail == "" and place + 1 < len(tokens) and tokens[place].text == "-" and tokens[place + 1].norm == "day"
    ):
        return _days_long(tokens, i, head, place if tail else place + 2)
    if tail in {"year", "month", "year-old", "month-old"}:
        entry = _single().get(head)
        number = int(entry["number"]) if entry is not None and entry["role"] == "number" else None
        unit = tail.partition("-")[0]
    elif (
        place + 1 < len(tokens)
        and tokens[place].text == "-"
        and tokens[place + 1].norm in {"year", "year-old", "month"}
    ):
        number, unit, place = small_number(tokens[i]), tokens[place + 1].norm[:5].rstrip("-"), place + 2
    else:
        return None
    if number is None:
        return None
    for j in range(place, min(place + 3, len(tokens))):
        if tokens[j].norm in _WAR:
            return Shape(i, j + 1, "age", number=number, unit=unit)
    return None


def _days_long(tokens: Sequence[Token], i: int, head: str, place: int) -> Shape | None:
    """Return "two-day offensive", "10-day assault": so many days up to the day of writing."""
    entry = _single().get(head)
    number = int(entry["number"]) if entry is not None and entry["role"] == "number" else small_number(tokens[i])
    if number is None or number > 60:
        return None
    for j in range(place, min(place + 3, len(tokens))):
        if tokens[j].norm in _LONG_DEEDS:
            return Shape(i, j + 1, "window", number=number, unit="day", aim=-1)
    return None


def _thirds(tokens: Sequence[Token], i: int, last: int, third: int) -> Shape | None:
    """Return what follows "early", "mid" or "late", with that word in it."""
    if last < len(tokens) and tokens[last].text == "-":
        last += 1
    if last < len(tokens) and tokens[last].norm in {"in", "on", "the"}:
        last += 1
    if last >= len(tokens):
        return None
    if (unit := _unit(tokens, last)) in {"week", "month", "year"}:
        return Shape(i, last + 1, "window", number=0, unit=unit, aim=0, third=third) if third == 0 else None
    inner = _plain(tokens, last)
    return replace(inner, first=i, third=third) if inner is not None else None


def _hyphenated(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "mid-August", "early-June"."""
    head, _, tail = tokens[i].norm.partition("-")
    third = {"early": 0, "mid": 1, "late": 2}.get(head)
    entry = _single().get(tail)
    if third is None or entry is None or entry["role"] != "month":
        return None
    year, last = _year_at(tokens, i + 1)
    return Shape(i, last, "month", year=year, month=int(entry["number"]), third=third)


def _plain(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return the longest expression that starts at token ``i``, without joins."""
    token = tokens[i]
    if token.text[0].isdigit():
        return (
            _numeric(tokens, i)
            or _day_month(tokens, i)
            or _year_alone(tokens, i)
            or _number_units(tokens, i)
            or _age(tokens, i)
        )
    if "-" in token.norm:
        return _hyphenated(tokens, i) or _age(tokens, i)
    if token.norm in _LAST or token.norm in _NEXT or token.norm == "this":
        directed = _directed(tokens, i)
        if directed is not None:
            return directed
    if token.norm not in _first_words():
        return None
    return _weekday_first(tokens, i) or _month_day(tokens, i) or _number_units(tokens, i) or _phrase(tokens, i)


def _phrase(tokens: Sequence[Token], i: int) -> Shape | None:
    hit = lexicon("dates").at(tokens, i, min(i + 6, len(tokens)))
    if hit is None:
        return None
    entry = hit.entry
    match entry["role"]:
        case "day" | "told" as role:
            if entry["from"] != entry["to"] and hit.last < len(tokens) and tokens[hit.last].norm in {"of", "on"}:
                return None  # "during the night of Monday": the day named settles it
            unit = "day" if role == "told" else ""
            return Shape(i, hit.last, role, back=(entry["from"], entry["to"]), number=entry["from"], unit=unit)
        case "third":
            return _thirds(tokens, i, hit.last, int(entry["number"]))
        case "holiday" if tokens[i].capital or tokens[hit.last - 1].capital:
            return Shape(i, hit.last, "holiday", entry=entry)
        case "season" if i and tokens[i - 1].norm in {"in", "since", "the", "of"}:
            year, last = _year_at(tokens, hit.last)
            return Shape(i, last, "season", year=year, month=int(entry["number"])) if year else None
    return None


_JOINS = frozenset({"and", "to", "until", "till", "through", "into", "-", "–"})


def _joined(tokens: Sequence[Token], shape: Shape) -> Shape:
    """Return the span "from X to Y", "between X and Y", "overnight Wednesday and into Thursday", or the shape."""
    place = shape.last
    if shape.upto is not None or shape.kind not in {"date", "weekday", "month", "year"} or place + 1 >= len(tokens):
        return shape
    if tokens[place].norm not in _JOINS:
        return shape
    joined_by = tokens[place].norm
    place += 1
    while place < len(tokens) - 1 and tokens[place].norm in {"into", "early", "on", "late", "the", "again"}:
        place += 1
    other = _plain(tokens, place)
    if other is None or other.kind != shape.kind:
        return shape
    if joined_by == "and" and not _one_time(tokens, shape, other):
        return shape
    return replace(shape, last=other.last, upto=other)


def _one_time(tokens: Sequence[Token], shape: Shape, other: Shape) -> bool:
    """Return True where "X and Y" is one time, not two ("killed two on Friday and on Saturday five more")."""
    before = {tokens[j].norm for j in range(max(0, shape.first - 2), shape.first)}
    if "between" in before or "overnight" in before:
        return True
    return other.last >= len(tokens) or not tokens[other.last].text[0].isdigit()


_SINCE = frozenset({"since"})
_AFTER_SINCE = frozenset(
    ["the", "late", "early", "at", "on", "a", "last", "of", "start", "beginning", "night", "evening"]
)


def date_shapes(tokens: Sequence[Token]) -> list[Shape]:
    """Return the date expressions of running tokens, in order, not overlapping.

    "may", "march", "second" and the like count only where their neighbours make them dates.
    """
    found: list[Shape] = []
    starts = _first_words() | _LAST | _NEXT | {"this"}
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
        found.append(replace(shape, since=_after_since(tokens, shape.first)))
        i = shape.last
    return found


def _after_since(tokens: Sequence[Token], first: int) -> bool:
    place = first - 1
    while place >= 0 and first - place <= 4 and tokens[place].norm in _AFTER_SINCE:
        place -= 1
    return place >= 0 and tokens[place].norm in _SINCE
