"""The field's standards as data: columns, codes and the rules by which stored claims become their numbers.

Each file cites the codebook section of each rule and says what was verified. Both ways use them: an export applies a
rule, and reading an export back undoes it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any, get_args

from harmledger.errors import LexiconError
from harmledger.places import Precision
from harmledger.vocabulary import labels

NAMES = ("ged", "acled", "airwars", "hxl", "sdg")
_ABOUT = {"name", "source", "unit", "verified"}
# Tables whose keys are terms of our own lists; a key that is none would never match.
_KEYED = {"actors": "actor", "home": "actor", "strike": "means", "cause": "means", "causes": "means", "grade": "grade",
          "proof": "grade", "status": "grade", "statuses": "status", "who": "status", "groups": "group"}  # fmt: skip
_LISTED = {"means": "means", "kinds": "kind", "no_kinds": "kind"}
_FREE = frozenset(("source", "unknown"))

Rules = Mapping[str, Any]


@cache
def standard(name: str) -> Rules:
    """Return a standard's rules; LexiconError where its file is not right.

    >>> standard("ged")["columns"][:2], len(standard("ged")["columns"])
    (['id', 'relid'], 49)
    """
    if name not in NAMES:
        raise LexiconError(f"No rules for {name!r}. There are: {', '.join(NAMES)}.")
    where = f"standards/{name}.toml"
    try:
        rules = tomllib.loads((resources.files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"{where}: {error}") from error
    check_rules(rules, where)
    return MappingProxyType(rules)


def check_rules(rules: Rules, where: str) -> None:
    """Raise LexiconError that names the first thing in a standard's file that can never hold."""
    about = rules.get("about", {})
    if set(about) != _ABOUT or not all(isinstance(text, str) and text.strip() for text in about.values()):
        raise LexiconError(f"{where}: [about] needs {', '.join(sorted(_ABOUT))}.")
    columns = rules.get("columns", [row["name"] for row in rules.get("column", ())])
    twice = next((name for name in columns if columns.count(name) > 1), None)
    if twice or not columns:
        raise LexiconError(f"{where}: column {twice!r} stands twice." if twice else f"{where}: has no columns.")
    stray = set(rules.get("never", ())) - set(columns)
    if stray:
        raise LexiconError(f"{where}: never: {sorted(stray)} are no columns.")
    for table, field in _KEYED.items():
        known = set(labels(field)) | _FREE
        for key in rules.get(table, {}):
            if key not in known:
                raise LexiconError(f"{where}: [{table}] {key!r} is no {field}.")
    for key in rules.get("precision", {}):
        if key not in (*get_args(Precision), "source"):
            raise LexiconError(f"{where}: [precision] {key!r} is no precision.")
    for table in ("event", "violence", "vague"):
        for number, row in enumerate(rules.get(table, ()), 1):
            _check_row(row, f"{where}: [[{table}]] {number}", cited=table != "vague")


def _check_row(row: Rules, where: str, cited: bool) -> None:
    if not row.get("example") or (cited and not row.get("source")):
        raise LexiconError(f"{where} needs an example{' and a source' if cited else ''}.")
    for key, field in _LISTED.items():
        wrong = set(row.get(key, ())) - set(labels(field))
        if wrong:
            raise LexiconError(f"{where}: {sorted(wrong)} are no {field}.")


def code_for_days(rules: Rules, days: int | None) -> int | None:
    """Return a standard's code for how finely a date is known; None beyond its coarsest.

    >>> code_for_days(standard("ged"), 1), code_for_days(standard("acled"), 30)
    (1, 3)
    """
    if days is None:
        return None
    return next((int(code) for most, code in rules["date"]["days"] if days <= most), None)


def days_for_code(rules: Rules, code: int) -> int | None:
    """Return the longest span that a code of date precision stands for, None for a code that is none."""
    return next((int(most) for most, known in rules["date"]["days"] if known == code), None)
