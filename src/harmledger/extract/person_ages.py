"""The age told beside a person's name: "12-year-old Lina Tell", "Omar Tell (16 or 17 years old)", ", a man of 41,"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from harmledger.extract.person_words import kinship, nameable
from harmledger.extract.reading import Token

_AGE_BEFORE = re.compile(r"\b(\w+) +(year|month|week|day)s? +olds?\b(?! man of)")
_SMALL = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
}
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
    found = _AGE_BEFORE.search(" ".join(words).replace("-", " "))
    if not found:
        return None
    if found[2] != "year":
        return 0
    number = int(found[1]) if found[1].isdecimal() else _SMALL.get(found[1])
    return number if number is not None and number < 115 else None


def _number(token: Token) -> int | None:
    if token.text.isdecimal() and len(token.text) < 4 and int(token.text) < 115:
        return int(token.text)
    return _SMALL.get(token.norm)


def age_after(tokens: Sequence[Token], last: int, limit: int) -> tuple[int | None, int]:
    """Return the age told just after a name ("(12)", ", 12,", ", aged 12", "(12 years old)"), the token past it."""
    place = last
    while place < limit and place - last < 3 and tokens[place].norm in _BEFORE_AGE:
        place += 1
    if place == last or place >= limit:
        return None, last
    number = _number(tokens[place])
    if number is None:
        return None, last
    if (
        place + 2 < limit
        and tokens[place + 1].norm in ("or", "to", "-", "–")
        and _number(tokens[place + 2]) is not None
    ):
        place += 2  # "16 or 17 years old": the lower one
    following = tokens[place + 1].norm if place + 1 < limit else "."
    if following in ("years", "year", "yrs", "months", "month", "days", "weeks", "-"):
        end = place + 2 + (place + 2 < limit and tokens[place + 2].norm in ("old", "of"))
        if end < limit and (nameable(tokens[end]) or kinship(tokens[end].norm) or tokens[end].norm == "-"):
            return None, last  # the age of the next person in the list
        return (0 if following.startswith(("month", "day", "week")) else number), end
    if tokens[place - 1].norm == "as":
        return None, last  # "named as 12 others"
    plain = tokens[place].text.isdigit() or tokens[place - 1].norm in ("aged", "age")
    if plain and following in (")", ",", ".", ";", "and", "of", "was", "were", "(", "who", "–", "the", "from", "*"):
        return number, place + 1
    return None, last


# "a nine-year-old girl", "a baker aged 41", "a 16 year old pupil": an aside of so many tokens at most.
_ASIDE = 9
_AGED = re.compile(r"\b(?:aged|age|of) +(\w+)$|\b(\w+) +(year|month|week|day)s? +olds?\b")


def age_aside(tokens: Sequence[Token], last: int, limit: int) -> tuple[int | None, int]:
    """Return the age told in the aside after a name (", a nine-year-old girl,"), and the token past the aside."""
    if last + 2 >= limit or tokens[last].text != "," or tokens[last + 1].norm not in ("a", "an", "the"):
        return None, last
    end = last + 1
    while end < limit and end - last <= _ASIDE and tokens[end].norm not in _ENDS_ASIDE:
        end += 1
    found = _AGED.search(" ".join(token.norm for token in tokens[last + 1 : end]).replace("-", " "))
    if not found:
        return None, last
    word = found[1] or found[2]
    number = int(word) if word.isdecimal() else _SMALL.get(word)
    if found[3] and found[3] != "year":
        return 0, end
    return (number, end) if number is not None and number < 115 else (None, last)
