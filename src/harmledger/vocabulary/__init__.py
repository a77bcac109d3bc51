"""Kinds, groups, actors, means, grades: closed lists as data, and the loader that checks them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType

from harmledger.errors import LexiconError

# The field of a claim or entry, and the file that lists what it may hold.
FILES = {
    "kind": "kinds",
    "group": "groups",
    "status": "statuses",
    "scope": "scopes",
    "actor": "actors",
    "means": "means",
    "grade": "grades",
    "bound": "bounds",
    "role": "roles",
    "precision": "precisions",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One value that a field may hold: its ``name`` in the data, the ``label`` people read, and what it ``means``."""

    name: str
    label: str
    means: str


@cache
def terms(field: str) -> tuple[Term, ...]:
    """Return the values a field may hold, in their order. LexiconError where the field or its file is not right."""
    if field not in FILES:
        raise LexiconError(f"No list of values for {field!r}. Lists: {', '.join(sorted(FILES))}.")
    where = f"vocabulary/{FILES[field]}.toml"
    source = resources.files(__package__) / f"{FILES[field]}.toml"
    try:
        table = tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{where}: {error}") from error
    return read_terms(table, where)


def read_terms(table: Mapping[str, object], where: str) -> tuple[Term, ...]:
    """Return the terms of one file's table; LexiconError where a term is incomplete or stands twice."""
    found: list[Term] = []
    rows = table.get("term")
    if not isinstance(rows, list) or not rows:
        raise LexiconError(f"{where}: no [[term]] in it; give each value a name, a label and what it means.")
    for number, row in enumerate(rows, 1):
        texts = [row.get(key) for key in ("name", "label", "means")]
        if set(row) != {"name", "label", "means"} or not all(isinstance(t, str) and t.strip() for t in texts):
            raise LexiconError(f"{where}: term {number} needs a name, a label and what it means, and nothing else.")
        if any(row["name"] == term.name or row["label"] == term.label for term in found):
            raise LexiconError(f"{where}: {row['name']!r} stands twice; keep one.")
        found.append(Term(row["name"], row["label"], row["means"]))
    return tuple(found)


@cache
def labels(field: str) -> Mapping[str, str]:
    """Return each value of a field with the words a person reads.

    >>> labels("scope")["cumulative"]
    'Running total'
    """
    return MappingProxyType({term.name: term.label for term in terms(field)})


def check(field: str, value: str) -> str:
    """Return ``value`` where the field may hold it; LexiconError that names what it may hold where not.

    >>> check("means", "shelling")
    'shelling'
    """
    if value not in labels(field):
        raise LexiconError(f"{field} cannot be {value!r}. It is one of: {', '.join(labels(field))}.")
    return value
