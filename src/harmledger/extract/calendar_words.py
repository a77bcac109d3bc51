"""Single words of the calendar, read from tokens, and the shape in which a date expression is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from harmledger.extract.lexicon import lexicon
from harmledger.extract.numbers import number_at
from harmledger.extract.reading import Token

ShapeKind = Literal[
    "date",
    "month",
    "year",
    "weekday",
    "day",
    "told",
    "ago",
    "window",
    "age",
    "season",
    "holiday",
    "part",
    "nth",
    "anniversary",
    "period",
]

Words = Mapping[str, Any]

# Roles of words that only stand beside a date: what a war is called, what a number counts, what opens a dateline.
_BESIDE = frozenset(["deed", "counted", "dateline", "running"])


@dataclass(frozen=True, slots=True)
class Shape:
    """Tokens ``first`` to ``last`` (half-open) and what they say; ``upto`` is the second end of a span.

    ``third`` is 0, 1 or 2 for early, mid and late. ``aim`` is -1 for "last", 0 for "this", 1 for "next". ``number``
    counts ``unit``; ``back`` holds days from the anchor. ``order`` keeps the two ambiguous numbers of "07-08-2014".
    ``whole`` marks a stretch whose last day is the anchor's: "three days of shelling" began two days before it.
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
    whole: bool = False
    upto: Shape | None = None


@cache
def first_words() -> frozenset[str]:
    """Return the words that a date expression of the lexicon can begin with."""
    entries = [entry for entry in lexicon("dates").entries if entry["role"] not in _BESIDE]
    return frozenset(phrase.split()[0] for entry in entries for phrase in entry["words"])


@cache
def single() -> Mapping[str, Words]:
    """Return the entries that one word alone names, by that word."""
    return {word: entry for entry in lexicon("dates").entries for word in entry["words"] if " " not in word}


def role_of(token: Token) -> str:
    """Return the role of a word of the calendar ("month", "unit", ...), "" for any other word."""
    entry = single().get(token.norm)
    return "" if entry is None else str(entry["role"])


def month_of(token: Token) -> int | None:
    """Return the number of a month written with a capital, or None."""
    entry = single().get(token.norm)
    return int(entry["number"]) if entry is not None and entry["role"] == "month" and token.capital else None


def weekday_of(token: Token) -> int | None:
    """Return 0 for Monday to 6 for Sunday, for a weekday written with a capital, or None."""
    entry = single().get(token.norm)
    return int(entry["number"]) if entry is not None and entry["role"] == "weekday" and token.capital else None


def small_number(token: Token) -> int | None:
    """Return the number a short word or up to three digits stand for, or None.

    "a" is 1, "couple" 2; "few" and "several" are taken as 3, the least they can mean when they stand before a unit.
    """
    if token.text.isascii() and token.text.isdigit() and len(token.text) <= 3:
        return int(token.text)
    entry = single().get(token.norm)
    if entry is not None:
        return int(entry["number"]) if entry["role"] == "number" else None
    read = number_at([token], 0, 1) if "-" in token.norm else None
    return read[1] if read is not None else None


def day_number(token: Token) -> int | None:
    """Return the day of a month that "7", "07" or "7th" names, or None."""
    match = re.fullmatch(r"(\d{1,2})(st|nd|rd|th)?", token.norm)
    return int(match[1]) if match and 1 <= int(match[1]) <= 31 else None


def year_number(token: Token) -> int | None:
    """Return a year of four digits from 1900 to 2099, or None."""
    return int(token.text) if re.fullmatch(r"(?:19|20)\d\d", token.text) else None


def unit_at(tokens: Sequence[Token], i: int) -> str:
    """Return the unit of time at token ``i`` ("day" for "days"), or ""."""
    entry = single().get(tokens[i].norm) if i < len(tokens) else None
    return str(entry["unit"]) if entry is not None and entry["role"] == "unit" else ""


def tight(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Return True where tokens ``first`` to ``last`` (half-open) stand without a space between them."""
    return all(tokens[i].end == tokens[i + 1].start for i in range(first, last - 1))


def skip(tokens: Sequence[Token], i: int, signs: str) -> int:
    """Return the first place from ``i`` on that holds none of the signs."""
    while i < len(tokens) and tokens[i].text in signs:
        i += 1
    return i


def year_at(tokens: Sequence[Token], i: int) -> tuple[int | None, int]:
    """Return a year at token ``i``, past a comma or "of" or "in", and the token after it."""
    place = skip(tokens, i, ",.")
    if place < len(tokens) and tokens[place].norm in {"of", "in"}:
        place += 1
    if place < len(tokens):
        year = year_number(tokens[place])
        if year is not None:
            return year, place + 1
    return None, i


def lasts(token: Token, unit: str) -> bool:
    """Return True for the name of a deed that is told to last days ("offensive") or years ("war")."""
    entry = single().get(token.norm)
    return entry is not None and entry["role"] == "deed" and unit in entry["lasts"]
