"""Names of persons in running tokens, with the age and the words of kinship that stand beside them.

A name is a run of capitalised words, with particles ("Abu", "bint", "de la") inside; what is known as a place, a body,
a weekday or a title is none. Nothing here says whether the person was harmed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harmledger.extract.person_ages import age_after, age_aside, age_before, age_told
from harmledger.extract.person_words import (
    FEMININE_ALIASES,
    PARTICLES,
    Sex,
    given_sex,
    kinship,
    nameable,
    sex_by_ending,
    word_use,
)
from harmledger.extract.reading import Token

_MASCULINE_ALIASES = frozenset(("abu", "abou"))
_JOINS = (",", "and", "-", "–", "(", ")", "old", "*", "as", "well")
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


def name_end(tokens: Sequence[Token], first: int, limit: int) -> int:
    """Return the end of the name that begins at a token; ``first`` where none does."""
    last = first
    while last < limit and last - first < _LONGEST_NAME:
        token = tokens[last]
        particle = token.norm in PARTICLES and last + 1 < limit and nameable(tokens[last + 1])
        initial = len(token.text) == 1 and token.capital and token.word and last > first
        if not (nameable(token) or particle or initial):
            break
        last += 1
        if initial and last < limit and tokens[last].text == ".":
            last += 1
    return last


@dataclass(frozen=True, slots=True)
class _Aside:
    """What brackets after a name tell: "(Umm Ali)", "(daughter, 20 years old)"; ``end`` is the token past them."""

    end: int
    alias: bool = False
    sex: Sex | None = None
    age: int | None = None


def _in_brackets(tokens: Sequence[Token], last: int, limit: int) -> _Aside:
    if last + 2 >= limit or tokens[last].text != "(" or tokens[last + 1].text.isdigit():
        return _Aside(last)
    close = next((place for place in range(last + 2, min(last + 9, limit)) if tokens[place].text == ")"), None)
    if close is None:
        return _Aside(last)
    inside = [token.norm for token in tokens[last + 1 : close]]
    if inside[0] in FEMININE_ALIASES or inside[0] in _MASCULINE_ALIASES:
        return _Aside(close + 1, True, "female" if inside[0] in FEMININE_ALIASES else "male")
    told = next((sex for word in inside if (sex := (kinship(word) or (None, None))[0])), None)
    return _Aside(close + 1, False, told, age_told(inside))


def _kin_before(tokens: Sequence[Token], first: int, start: int) -> tuple[Sex | None, bool | None, str]:
    """Return (sex, grown, word) from the nearest word of kinship in the phrase that ends in the name."""
    for place in range(first - 1, max(start, first - 9) - 1, -1):
        word = tokens[place].norm
        if word in ("(", ")", ".", ";", "alongside", "with", "besides"):
            break
        if word in (",", "and") and place < first - 1:
            break
        told = kinship(word)
        if told is not None and word not in ("he", "she", "her", "him"):
            return told[0], told[1], word
        if tokens[place].capital and word_use(word) not in ("title", "honour"):
            break  # another name, with words of kinship of its own
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
    return head.capital and head.norm in PARTICLES and place + 1 < last and nameable(tokens[place + 1])


def persons(tokens: Sequence[Token], first: int, last: int) -> list[Person]:
    """Return the persons named in tokens ``first`` to ``last`` of one sentence, in order."""
    found: list[Person] = []
    place = first
    while place < last:
        if not nameable(tokens[place]) and not (
            tokens[place].norm in PARTICLES
            and tokens[place].capital
            and place + 1 < last
            and nameable(tokens[place + 1])
        ):
            place += 1
            continue
        end = name_end(tokens, place, last)
        if end == place:
            place += 1
            continue
        person = _person(tokens, place, end, first, last)
        if person is not None:
            found.append(_inherit(tokens, found[-1], person) if found else person)
        place = max(end, person.end if person else end)
    return found


_YOUNG_ONES = frozenset(("boy", "boys", "girl", "girls", "child", "children"))
_BEFORE_FAMILY = ("and", ",", "with", "alongside", "along", "together", "was", "were", "killed", "as", "well")
_MOST_BEFORE_FAMILY = 8


def _has_family(tokens: Sequence[Token], end: int, last: int) -> bool:
    """Tell whether a name is followed by a wife, husband or child of its own: "Omar Tell and his three children"."""
    if end < last and tokens[end - 1].norm.endswith(("'s", "’s")) and word_use(tokens[end].norm) == "own_family":
        return True
    place = end
    while place < last and place - end < _MOST_BEFORE_FAMILY and tokens[place].norm in _BEFORE_FAMILY:
        place += 1
    if place == end or place >= last or tokens[place].norm not in ("his", "her"):
        return False
    return any(word_use(token.norm) == "own_family" for token in tokens[place + 1 : min(place + 4, last)])


def titles_before(tokens: Sequence[Token], start: int, first: int) -> int:
    """Return where the titles before a name begin ("26-year-old Dr. Lina Tell"); ``start`` where there are none."""
    while start > first:
        back = 2 if tokens[start - 1].text == "." and start - 1 > first else 1
        if word_use(tokens[start - back].norm) not in ("title", "honour"):
            break
        start -= back
    return start


def _person(tokens: Sequence[Token], start: int, end: int, first: int, last: int) -> Person | None:
    if end < last:
        use = word_use(tokens[end].norm)
        if use == "place_noun" or (use == "not_name" and tokens[end].capital):
            return None  # "Tell Hospital", "the Tell neighbourhood"
    if start > first and tokens[start - 1].text in ("@", "#", ".") and titles_before(tokens, start, first) == start:
        return None
    aside = _in_brackets(tokens, end, last)
    opens = titles_before(tokens, start, first)
    age, past_age = age_before(tokens, opens, first), aside.end
    if age is None:
        age = aside.age
    if age is None:
        age, past_age = age_after(tokens, aside.end, last)
    if age is None:
        age, past_age = age_aside(tokens, aside.end, last)
    sex, grown, kin = _kin_before(tokens, opens, first)
    if grown is None and kin not in _YOUNG_ONES and _has_family(tokens, past_age, last):
        grown = True
    if grown is None and any(word_use(token.norm) == "title" for token in tokens[opens:start]):
        grown = True
    head = tokens[start].norm
    sex = sex or aside.sex or ("female" if head in FEMININE_ALIASES else None) or given_sex(head)
    if sex is None and not kin:
        sex = sex_by_ending(tokens, start, end)
    if age is not None:
        grown = age >= 18
    elif aside.alias or head in FEMININE_ALIASES or (head in _MASCULINE_ALIASES and end - start == 2):
        grown = True
    return Person(start, end, past_age, age, sex, grown, age is not None or bool(kin), kin)
