"""Names of persons in running tokens, with the age and the words of kinship that stand beside them.

A name is a run of capitalised words, with particles ("Abu", "bint", "de la") inside; what is known as a place, a body,
a weekday or a title is none. Nothing here says whether the person was harmed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from harmledger.extract.lexicon import lexicon
from harmledger.extract.reading import Token

Sex = Literal["female", "male"]

_PARTICLES = frozenset(
    [
        "abu",
        "abou",
        "umm",
        "um",
        "bin",
        "ibn",
        "bint",
        "abd",
        "al",
        "el",
        "de",
        "da",
        "di",
        "del",
        "la",
        "van",
        "von",
        "der",
        "dos",
        "le",
    ]
)
_FEMININE_ALIASES = frozenset(("umm", "um", "hajja", "hajjah"))
_MASCULINE_ALIASES = frozenset(("abu", "abou"))
_AGE_BEFORE = re.compile(r"\b(\w+) +(year|month|week|day)s? +olds?\b(?! man of)")
_ARABIC = re.compile(r"(?:al|el|ad|ar|as|at|az|an|ash)-[^\W\d_]", re.IGNORECASE)
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
_JOINS = (",", "and", "-", "–", "(", ")", "old", "*", "as", "well")
_ENDS_ASIDE = (",", ".", ";", ":", "and", "was", "were", "who", "is", "died", "(", ")")
_BEFORE_AGE = ("(", ",", "–", "-", "*", "aged", "age", "who", "was")
# No longer name was seen; beyond it a run of capitals is a headline.
_LONGEST_NAME = 9


@dataclass(frozen=True, slots=True)
class Person:
    """Tokens ``first`` to ``last`` (half-open) name a person; ``end`` is past an age or alias that follows."""

    first: int
    last: int
    end: int
    age: int | None = None
    sex: Sex | None = None
    grown: bool | None = None
    marked: bool = False
    kin: str = ""


@cache
def _word_use(word: str) -> str:
    for entry in lexicon("name_words").entries:
        if word in entry["words"]:
            return str(entry["use"])
    return ""


@cache
def given_sex(word: str) -> Sex | None:
    """Return the sex that a given name tells, or None where it is unknown or borne by both."""
    for entry in lexicon("given_names").entries:
        if word in entry["words"]:
            sex: Sex = entry["sex"]
            return sex
    return None


def _sex_by_ending(tokens: Sequence[Token], first: int, last: int) -> Sex | None:
    """Return the sex that the ending of an Arabic given name tells, where no list has the name.

    Only for names that show themselves Arabic by an article or a name of honour further on. The names of men that end
    in "a" (Hamza) are in the list, as those of women that end otherwise (Hind).
    """
    rest = tokens[first + 1 : last]
    if not any(
        _ARABIC.match(token.text) or token.norm in ("abu", "abou", "bin", "ibn", "abdel", "abdul") for token in rest
    ):
        return None
    head = tokens[first].norm.replace("'", "")
    if len(head) < 3 or "-" in head:
        return None
    return "female" if head.endswith(("a", "ah", "aa", "ya", "een")) else "male"


def _nameable(token: Token) -> bool:
    if _ARABIC.match(token.text):
        return True
    if token.norm.endswith("-old"):
        return False
    return token.capital and token.word and not _word_use(token.norm) and not token.text.isupper()


def _name_end(tokens: Sequence[Token], first: int, limit: int) -> int:
    last = first
    while last < limit and last - first < _LONGEST_NAME:
        token = tokens[last]
        particle = token.norm in _PARTICLES and last + 1 < limit and _nameable(tokens[last + 1])
        initial = len(token.text) == 1 and token.capital and token.word and last > first
        if not (_nameable(token) or particle or initial):
            break
        last += 1
        if initial and last < limit and tokens[last].text == ".":
            last += 1
    return last


def _age_before(tokens: Sequence[Token], first: int, start: int) -> int | None:
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


def _age_after(tokens: Sequence[Token], last: int, limit: int) -> tuple[int | None, int]:
    """Return the age told just after a name ("(12)", ", 12,", ", aged 12", "(12 years old)"), the token past it."""
    place = last
    while place < limit and place - last < 3 and tokens[place].norm in _BEFORE_AGE:
        place += 1
    if place == last or place >= limit:
        return None, last
    number = _number(tokens[place])
    if number is None:
        return None, last
    following = tokens[place + 1].norm if place + 1 < limit else "."
    if following in ("years", "year", "yrs", "months", "month", "days", "weeks", "-"):
        end = place + 2 + (place + 2 < limit and tokens[place + 2].norm in ("old", "of"))
        if end < limit and (_nameable(tokens[end]) or kinship(tokens[end].norm) or tokens[end].norm == "-"):
            return None, last  # the age of the next person in the list
        return (0 if following.startswith(("month", "day", "week")) else number), end
    plain = tokens[place].text.isdigit() or tokens[place - 1].norm in ("aged", "age")
    if plain and following in (")", ",", ".", ";", "and", "of", "was", "were", "(", "who", "–", "the", "from", "*"):
        return number, place + 1
    return None, last


# "a nine-year-old girl", "a baker aged 41", "a 16 year old pupil": an aside of so many tokens at most.
_ASIDE = 9
_AGED = re.compile(r"\b(?:aged|age) +(\w+)$|\b(\w+) +(year|month|week|day)s? +olds?\b")


def _age_aside(tokens: Sequence[Token], last: int, limit: int) -> tuple[int | None, int]:
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


def _alias_after(tokens: Sequence[Token], last: int, limit: int) -> tuple[Sex | None, int]:
    """Return the sex that a name of honour in brackets tells ("(Umm Ali)"), and the token past the bracket."""
    if last + 2 < limit and tokens[last].text == "(" and not tokens[last + 1].text.isdigit():
        for close in range(last + 2, min(last + 9, limit)):
            if tokens[close].text == ")":
                head = tokens[last + 1].norm
                if head in _FEMININE_ALIASES:
                    return "female", close + 1
                return ("male" if head in _MASCULINE_ALIASES else None), close + 1
    return None, last


@cache
def _kinship() -> dict[str, tuple[Sex | None, bool | None]]:
    return {
        word: (entry.get("sex"), entry.get("grown")) for entry in lexicon("kinship").entries for word in entry["words"]
    }


def kinship(word: str) -> tuple[Sex | None, bool | None] | None:
    """Return (sex, grown) that a word of kinship tells, or None where it is no such word."""
    return _kinship().get(word)


def _kin_before(tokens: Sequence[Token], first: int, start: int) -> tuple[Sex | None, bool | None, str]:
    """Return (sex, grown, word) from the nearest word of kinship in the phrase that ends in the name."""
    for place in range(first - 1, max(start, first - 9) - 1, -1):
        word = tokens[place].norm
        if word in ("(", ")", ".", ";"):
            break
        if word in (",", "and") and place < first - 1:
            break
        told = kinship(word)
        if told is not None and word not in ("he", "she", "her", "him"):
            return told[0], told[1], word
    return None, None, ""


def _inherit(tokens: Sequence[Token], earlier: Person, person: Person) -> Person:
    """Return a person with the kinship that a plural before an earlier name tells: "his daughters Lina and Rana"."""
    between = [token.norm for token in tokens[earlier.end : person.first]]
    joins = all(word in _JOINS or word.isdigit() or "year" in word for word in between)
    if (
        not earlier.kin.endswith(("s", "children", "wives", "women", "men"))
        or person.kin
        or not joins
        or len(between) > 9
    ):
        return person
    sex, grown = kinship(earlier.kin) or (None, None)
    told_sex = sex if person.sex is None else person.sex
    told_grown = grown if person.grown is None else person.grown
    return replace(person, sex=told_sex, grown=told_grown, marked=True, kin=earlier.kin)


def _opens_with_particle(tokens: Sequence[Token], place: int, last: int) -> bool:
    head = tokens[place]
    return head.capital and head.norm in _PARTICLES and place + 1 < last and _nameable(tokens[place + 1])


def persons(tokens: Sequence[Token], first: int, last: int) -> list[Person]:
    """Return the persons named in tokens ``first`` to ``last`` of one sentence, in order."""
    found: list[Person] = []
    place = first
    while place < last:
        if not _nameable(tokens[place]) and not (
            tokens[place].norm in _PARTICLES
            and tokens[place].capital
            and place + 1 < last
            and _nameable(tokens[place + 1])
        ):
            place += 1
            continue
        end = _name_end(tokens, place, last)
        if end == place:
            place += 1
            continue
        person = _person(tokens, place, end, first, last)
        if person is not None:
            found.append(_inherit(tokens, found[-1], person) if found else person)
        place = max(end, person.end if person else end)
    return found


def _person(tokens: Sequence[Token], start: int, end: int, first: int, last: int) -> Person | None:
    if end < last and _word_use(tokens[end].norm) == "not_name" and tokens[end].capital:
        return None
    if start > first and tokens[start - 1].text in ("@", "#", "."):
        return None
    alias, past = _alias_after(tokens, end, last)
    age, past_age = _age_before(tokens, start, first), past
    if age is None:
        age, past_age = _age_after(tokens, past, last)
    if age is None:
        age, past_age = _age_aside(tokens, past, last)
    sex, grown, kin = _kin_before(tokens, start, first)
    head = tokens[start].norm
    sex = sex or alias or ("female" if head in _FEMININE_ALIASES else None) or given_sex(head)
    if sex is None and not kin:
        sex = _sex_by_ending(tokens, start, end)
    if age is not None:
        grown = age >= 18
    elif alias or head in _FEMININE_ALIASES or (head in _MASCULINE_ALIASES and end - start == 2):
        grown = True
    return Person(start, end, past_age, age, sex, grown, age is not None or bool(kin), kin)
