"""Who is speaking, under whichever of their names: "SOHR" and "the Syrian Observatory for Human Rights" are one."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from harmledger.errors import LexiconError

_PLAIN = frozenset(
    ("the", "a", "an", "of", "for", "and", "in", "on", "at", "s", "to", "official", "officials", "spokesman",
     "spokesperson", "spokeswoman", "statement", "news", "agency", "group", "monitor", "monitoring")
)  # fmt: skip
_WORD = re.compile(r"[^\W_]+")


def key(name: str) -> frozenset[str]:
    """Return the words of a name that tell one speaker from another; of a name known by others, those of the first.

    >>> key("the SOHR") == key("Syrian Observatory for Human Rights")
    True
    """
    words = _words(name)
    return _known().get(words, words)


def _words(name: str) -> frozenset[str]:
    found = frozenset(word.lower() for word in _WORD.findall(name))
    return (found - _PLAIN) or found


def initials(name: str) -> str:
    """Return the capitals with which the words of a name begin."""
    return "".join(word[0] for word in _WORD.findall(name) if word[0].isupper()).lower()


def same_speaker(one: str, other: str) -> bool:
    """Tell whether two names are one speaker: known as such, the same words, one's within the other's, or initials.

    >>> same_speaker("the Marlow Observatory for Human Rights", "MOHR")
    True
    """
    here, there = key(one), key(other)
    if here and there and (here <= there or there <= here):
        return True
    return any(len(w) > 1 and w.isupper() and w.lower() == initials(o) for w, o in ((one, other), (other, one)))


def speakers() -> list[Mapping[str, object]]:
    """Return the list of speakers as it is written; LexiconError where an entry is incomplete or stands twice."""
    source = resources.files(__package__) / "speakers.toml"
    try:
        rows = tomllib.loads(source.read_text(encoding="utf-8"))["speaker"]
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise LexiconError(f"reconcile/speakers.toml: {error}") from error
    for row in rows:
        if set(row) != {"names", "example"} or not row["names"] or not row["example"]:
            raise LexiconError(f"reconcile/speakers.toml: {row} needs names and an example, and nothing else.")
    return list(rows)


@cache
def _known() -> dict[frozenset[str], frozenset[str]]:
    found: dict[frozenset[str], frozenset[str]] = {}
    for row in speakers():
        names = row["names"]
        assert isinstance(names, list)
        for name in names:
            words = _words(name)
            if words in found and found[words] != _words(names[0]):
                raise LexiconError(f"reconcile/speakers.toml: {name!r} stands under two speakers; keep one.")
            found[words] = _words(names[0])
    return found
