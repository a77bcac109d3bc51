"""The age told beside a person's name: "12-year-old Lina Tell", "Omar Tell (16 or 17 years old)", ", a man of 41,"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.extract.numbers import below_hundred, number_at
from harmledger.extract.person_words import kinship, nameable
from harmledger.extract.reading import Token

_SPAN = r"((?:[a-z]+-)?[a-z]+|\d+)[ -]+(year|month|week|day)s?[ -]+olds?\b"
_AGE_BEFORE = re.compile(rf"\b{_SPAN}(?! man of)")
# Nobody older is on record; a higher number is no age.
_OLDEST = 122
_ENDS_ITEM = (",", ";", "(", ")", "–", "—", ":", ".", "and")
_ENDS_ASIDE = (",", ".", ";", ":", "and", "was", "were", "who", "is", "died", "(", ")")
_BEFORE_AGE = ("(", ",", "–", "-", "*", "aged", "age", "who", "was", "as")


def age_before(tokens: Sequence[Token], first: int, start: int) -> int | None:
    """Return the age told just before a name: "12-year-old", "a 12 year old boy", "a six month old"."""
    words = [token.norm for token in tokens[max(start, first - 9) : first]]
    for place in range(len(words) - 1, -1, -1):
        if words[place] in _ENDS_ITEM:
            words = words[place + 1 :]
            break
    found = _AGE_BEFORE.search(_joined(words))
    if not found:
        return None
    return _years(found[1]) if found[2] == "year" else 0


def _joined(words: Sequence[str]) -> str:
    """Return words as they are written: "28", "-", "year-old" are one."""
    return " ".join(words).replace(" - ", "-")


def _years(word: str) -> int | None:
    number = int(word) if word.isdecimal() else below_hundred(word)
    return number if number is not None and number <= _OLDEST else None


def _number(tokens: Sequence[Token], place: int, limit: int) -> tuple[int, int] | None:
    """Return (token past it, age) of a number that may be one."""
    read = number_at(tokens, place, limit)
    return read if read is not None and read[1] <= _OLDEST else None


def age_after(tokens: Sequence[Token], last: int, limit: int) -> tuple[int | None, int]:
    """Return the age told just after a name ("(12)", ", 12,", ", aged 12", "(12 years old)"), the token past it."""
    place = last
    while place < limit and place - last < 3 and tokens[place].norm in _BEFORE_AGE:
        place += 1
    if place == last or place >= limit:
        return None, last
    read = _number(tokens, place, limit)
    if read is None:
        return None, last
    number, first, place = read[1], place, read[0] - 1
    either = place + 2 < limit and tokens[place + 1].norm in ("or", "to", "-", "–")
    if either and (other := _number(tokens, place + 2, limit)) is not None:
        place = other[0] - 1  # "16 or 17 years old": the lower one
    following = tokens[place + 1].norm if place + 1 < limit else "."
    if following in ("years", "year", "yrs", "months", "month", "days", "weeks", "-"):
        end = place + 2 + (place + 2 < limit and tokens[place + 2].norm in ("old", "of"))
        if end < limit and (nameable(tokens[end]) or kinship(tokens[end].norm) or tokens[end].norm == "-"):
            return None, last  # the age of the next person in the list
        return (0 if following.startswith(("month", "day", "week")) else number), end
    if tokens[first - 1].norm == "as":
        return None, last  # "named as 12 others"
    plain = tokens[place].text.isdigit() or tokens[first - 1].norm in ("aged", "age")
    if plain and following in (")", ",", ".", ";", "and", "of", "was", "were", "(", "who", "–", "the", "from", "*"):
        return number, place + 1
    return None, last


# "a nine-year-old girl", "a baker aged 41", "a 16 year old pupil": an aside of so many tokens at most.
_ASIDE = 9
_AGED = re.compile(rf"\b(?:aged|age|of) +([\w-]+)$|\b{_SPAN}")


def age_aside(tokens: Sequence[Token], last: int, limit: int) -> tuple[int | None, int]:
    """Return the age told in the aside after a name (", a nine-year-old girl,"), and the token past the aside."""
    if last + 2 >= limit or tokens[last].text != "," or tokens[last + 1].norm not in ("a", "an", "the"):
        return None, last
    end = last + 1
    while end < limit and end - last <= _ASIDE and tokens[end].norm not in _ENDS_ASIDE:
        end += 1
    age = age_told([token.norm for token in tokens[last + 1 : end]])
    return (age, end) if age is not None else (None, last)


def age_told(words: Sequence[str]) -> int | None:
    """Return the age that an aside tells: "a baker aged 41", "daughter, 20 years old", "a man of 18".

    >>> age_told(["twenty-two", "years", "old"])
    22
    """
    found = _AGED.search(_joined(words))
    if not found:
        return None
    return 0 if found[3] and found[3] != "year" else _years(found[1] or found[2])
