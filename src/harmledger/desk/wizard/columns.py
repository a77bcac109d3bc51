"""Which column holds what: the fields a spreadsheet may have, guessed from its headings, settled by the person."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal, get_args

# What a spreadsheet holds: texts to read, or incidents that another recorder coded.
What = Literal["reports", "incidents"]
WHATS: tuple[What, ...] = get_args(What)
# Field to the place of its column, from 0.
Columns = Mapping[str, int]
_BREAKS = re.compile(r"[\s_\-./#+]+")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a column may hold. Of the fields with the same ``one_of`` at least one is needed."""

    name: str
    headings: tuple[str, ...]
    example: str
    needed: bool = False
    one_of: str = ""


@cache
def fields(what: What) -> Mapping[str, Field]:
    """Return the fields of a kind of spreadsheet by their names, in the order in which they are asked for."""
    source = resources.files(__package__) / "columns.toml"
    told = tomllib.loads(source.read_text(encoding="utf-8"))[what]
    return MappingProxyType(
        {
            name: Field(
                name, tuple(each["headings"]), each["example"], each.get("needed", False), each.get("one_of", "")
            )
            for name, each in told.items()
        }
    )


def plain(heading: str) -> str:
    """Return a heading as headings are compared.

    >>> plain(" Date_of-Publication ")
    'date of publication'
    """
    return _BREAKS.sub(" ", heading).strip().casefold()


def guessed(what: What, headings: Sequence[str]) -> Columns:
    """Return which column likely holds what; of two with one heading the first, and no column for two fields.

    >>> dict(guessed("reports", ["URL", "Headline", "Body"]))
    {'text': 2, 'title': 1, 'address': 0}
    """
    known: dict[str, int] = {}
    for place, heading in enumerate(headings):
        known.setdefault(plain(heading), place)
    found: dict[str, int] = {}
    for name, field in fields(what).items():
        fits = next((known[h] for h in map(plain, field.headings) if h in known), None)
        if fits is not None and fits not in found.values():
            found[name] = fits
    return MappingProxyType(found)


def lacking(what: What, columns: Columns) -> tuple[str, ...]:
    """Return the fields for which a column must still be named; of those of which one will do, the first."""
    known = fields(what)
    lacks = [name for name, field in known.items() if field.needed and name not in columns]
    groups: dict[str, list[str]] = {}
    for name, field in known.items():
        if field.one_of:
            groups.setdefault(field.one_of, []).append(name)
    lacks += [names[0] for names in groups.values() if not set(names) & set(columns)]
    return tuple(lacks)


def letter(place: int) -> str:
    """Return a column's letter as spreadsheets show it.

    >>> letter(0), letter(25), letter(26)
    ('A', 'Z', 'AA')
    """
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
