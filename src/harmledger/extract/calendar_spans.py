"""Stretches of time and distances: "last week", "the past 24 hours", "three days ago", "a five-year war"."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.calendar_words import (
    Shape,
    lasts,
    month_of,
    role_of,
    single,
    small_number,
    unit_at,
    weekday_of,
    year_number,
)
from harmledger.extract.reading import Token

LAST = frozenset({"last", "past", "previous", "preceding"})

_THIS = frozenset({"this", "current", "the same"})

NEXT = frozenset({"next", "coming", "following"})

_ORDER = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
ORDER = frozenset(_ORDER)
_PARTS_OF_YEAR = {"half": 6, "quarter": 3}
# "within 48 hours", "over three days": what a stretch counted back stands after.
_WITHIN = frozenset({"within", "inside", "in"})


def directed(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "last week", "the past 24 hours", "this month", "last August", "next Monday"."""
    norm = tokens[i].norm
    aim = -1 if norm in LAST else 0 if norm in _THIS else 1 if norm in NEXT else None
    place = i + 1
    if aim is None or place >= len(tokens):
        return None
    if norm == "this" and i and tokens[i - 1].norm == "to":
        return None  # "held to this day"
    number = small_number(tokens[place])
    if number is not None and place + 1 < len(tokens):
        after = place + 2 if tokens[place + 1].text == "-" and place + 2 < len(tokens) else place + 1
        if tokens[place].norm == "couple" and tokens[after].norm == "of":
            after += 1
        unit = unit_at(tokens, after)
        return Shape(i, after + 1, "window", number=number, unit=unit, aim=aim) if unit else None
    unit = unit_at(tokens, place)
    if unit:
        # "past week", "last days": counted back from the day of writing; "last week" is the week before.
        plural = tokens[place].norm.endswith("s")
        counted = norm == "past" or plural
        return Shape(i, place + 1, "window", number=(3 if plural else 1) if counted else 0, unit=unit, aim=aim)
    weekday, month = weekday_of(tokens[place]), month_of(tokens[place])
    if weekday is not None:
        last = place + 2 if place + 1 < len(tokens) and role_of(tokens[place + 1]) == "part" else place + 1
        return Shape(i, last, "weekday", weekday=weekday, aim=aim)
    if month is not None:
        return Shape(i, place + 1, "month", month=month, aim=aim)
    if role_of(tokens[place]) == "season":
        return Shape(i, place + 1, "season", month=int(single()[tokens[place].norm]["number"]), aim=aim)
    return None


def part_of_year(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "the first half of the year", "the last three months of 2016", "in the first six months"."""
    which = _ORDER.get(tokens[i].norm)
    place = i + 1
    if which is None or place + 1 >= len(tokens):
        return None
    counted = small_number(tokens[place])
    if tokens[place].norm in _PARTS_OF_YEAR:
        months, place = _PARTS_OF_YEAR[tokens[place].norm], place + 1
    elif counted and counted < 12 and which in {1, -1} and unit_at(tokens, place + 1) == "month":
        months, place = counted, place + 2
    else:
        return None
    first = 13 - months if which == -1 else 1 + (which - 1) * months
    if first > 12:
        return None
    year, last = _whose_year(tokens, place)
    if last == place:
        bare = which == 1 and months == counted and months in {3, 6, 9} and i > 1 and tokens[i - 2].norm == "in"
        if not bare or (place < len(tokens) and tokens[place].norm in {"of", "after", "since"}):
            return None
    return Shape(
        i, last, "part", year=year, month=first, number=months, aim=-1 if _says_last(tokens, place, last) else 0
    )


def _whose_year(tokens: Sequence[Token], i: int) -> tuple[int | None, int]:
    """Return the year after "of" or "in" ("of 2016", "of the year", "this year"), and the token after it."""
    place = i + (i < len(tokens) and tokens[i].norm in {"of", "in"})
    if place < len(tokens) and (year := year_number(tokens[place])) is not None:
        return year, place + 1
    if place + 1 < len(tokens) and tokens[place].norm in {"the", "this", "last"} and tokens[place + 1].norm == "year":
        return None, place + 2
    return None, i


def _says_last(tokens: Sequence[Token], first: int, last: int) -> bool:
    return any(token.norm == "last" for token in tokens[first:last])


def nth_day(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "a fourth day", "the fifth straight day of": so many days up to the day of writing, if they count back."""
    entry = single().get(tokens[i].norm)
    if entry is None or entry["role"] != "nth":
        return None
    place = i + 1
    while place < len(tokens) and role_of(tokens[place]) == "running":
        place += 1
    if place < len(tokens) and tokens[place].norm in {"day", "night"}:
        return Shape(i, place + 1, "nth", number=int(entry["number"]), unit="day")
    if place == i + 1 and place < len(tokens) and tokens[place].norm == "anniversary":
        return Shape(i, place + 1, "anniversary", number=int(entry["number"]), unit="year")
    return None


def of_the_current(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "the month's" in "the month's toll", but not in "the month's worst attack"."""
    if i + 3 >= len(tokens) or tokens[i].norm != "the" or tokens[i + 2].norm not in {"'s", "s"}:
        return None
    unit, following = unit_at(tokens, i + 1), tokens[i + 3].norm
    if unit not in {"week", "month", "year"} or following.endswith("est") or following in {"worst", "most", "first"}:
        return None
    return Shape(i, i + 3, "window", number=0, unit=unit, aim=0)


def number_units(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "three days ago", "two weeks earlier", "in two days", "a month of fighting", "eighteen days on,"."""
    number = small_number(tokens[i])
    place = i + 1
    if number is None or place >= len(tokens):
        return None
    if tokens[place].text == "-" and place + 1 < len(tokens):
        place += 1
    if tokens[i].norm == "a" and tokens[place].norm in {"few", "couple"}:
        number, place = (3 if tokens[place].norm == "few" else 2), place + 1
        place += place < len(tokens) and tokens[place].norm == "of"
    unit = unit_at(tokens, place)
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
    if following == "on" and number > 1 and (ends or tokens[place + 2].norm == "from"):
        return Shape(i, place + 2, "ago", number=number, unit=unit)
    if following == "of":
        if i and tokens[i - 1].norm in _ORDER:
            return None  # "the first three months of the siege"
        return Shape(i, place + 1, "window", number=number, unit=unit, aim=-1, whole=unit == "day")
    if i and tokens[i - 1].norm in _WITHIN and number > 1:
        return Shape(i, place + 1, "window", number=number, unit=unit, aim=-1)
    if following == "into":
        return Shape(i, place + 1, "age", number=number, unit=unit)
    return None


def age(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "five-year civil war", "7-year-old conflict": how long a war has lasted."""
    head, _, tail = tokens[i].norm.partition("-")
    place = i + 1
    if tail == "day" or (
        tail == "" and place + 1 < len(tokens) and tokens[place].text == "-" and tokens[place + 1].norm == "day"
    ):
        return _days_long(tokens, i, head, place if tail else place + 2)
    if tail in {"year", "month", "year-old", "month-old"}:
        entry = single().get(head)
        number = int(entry["number"]) if entry is not None and entry["role"] == "number" else None
        unit = tail.partition("-")[0]
    elif tail == "long" and head in {"decade", "year", "month"}:
        number, unit = 1, head
    elif (
        place + 1 < len(tokens)
        and tokens[place].text == "-"
        and tokens[place + 1].norm in {"year", "year-old", "month", "month-old"}
    ):
        number, unit, place = small_number(tokens[i]), tokens[place + 1].norm.partition("-")[0], place + 2
    else:
        return None
    if number is None:
        return None
    for j in range(place, min(place + 3, len(tokens))):
        if lasts(tokens[j], "year"):
            return Shape(i, j + 1, "age", number=number, unit=unit)
    return None


def _days_long(tokens: Sequence[Token], i: int, head: str, place: int) -> Shape | None:
    """Return "two-day offensive", "10-day assault": so many days up to the day of writing."""
    entry = single().get(head)
    number = int(entry["number"]) if entry is not None and entry["role"] == "number" else small_number(tokens[i])
    if number is None or number > 60:
        return None
    for j in range(place, min(place + 3, len(tokens))):
        if lasts(tokens[j], "day"):
            return Shape(i, j + 1, "window", number=number, unit="day", aim=-1, whole=True)
    return None
