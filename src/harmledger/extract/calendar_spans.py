"""Stretches of time and distances: "last week", "the past 24 hours", "three days ago", "a five-year war"."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.calendar_words import Shape, lasts, month_of, role_of, single, small_number, unit_at, weekday_of
from harmledger.extract.reading import Token

LAST = frozenset({"last", "past", "previous", "preceding"})

_THIS = frozenset({"this", "current", "the same"})

NEXT = frozenset({"next", "coming", "following"})


def directed(tokens: Sequence[Token], i: int) -> Shape | None:
    """Return "last week", "the past 24 hours", "this month", "last August", "next Monday"."""
    norm = tokens[i].norm
    aim = -1 if norm in LAST else 0 if norm in _THIS else 1 if norm in NEXT else None
    place = i + 1
    if aim is None or place >= len(tokens):
        return None
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


def number_units(tokens: Sequence[Token], i: int) -> Shape | None:
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
    if (i and tokens[i - 1].norm == "in" and number > 1) or following == "of":
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
        and tokens[place + 1].norm in {"year", "year-old", "month"}
    ):
        number, unit, place = small_number(tokens[i]), tokens[place + 1].norm[:5].rstrip("-"), place + 2
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
            return Shape(i, j + 1, "window", number=number, unit="day", aim=-1)
    return None
