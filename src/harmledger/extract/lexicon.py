"""Lexicons: reviewed word lists as data, one folder a language, each entry with an example that it must match.

A file is TOML: ``[about]`` with ``what`` and ``source``, then ``[[entry]]`` tables. Each entry has ``words`` (phrases
in lower case; a word may end in ``*`` for any ending, and ``{dead|killed} or hurt`` is two phrases), an ``example`` in
which at least one of them stands, and the fields its stage needs (``kind``, ``actor``, ...). A test reads every file,
and fails where a phrase can never match.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from harmledger.errors import LexiconError
from harmledger.extract.reading import Token


@dataclass(frozen=True, slots=True)
class Hit:
    """Phrase of an entry found at tokens ``first`` to ``last`` (half-open)."""

    first: int
    last: int
    phrase: str
    entry: Mapping[str, Any]


# Most words start no phrase; what was found of a word is kept, up to this many words.
_KEPT = 100_000
# Stems of words with any ending are found by their first letters, so that a token is held against few of them.
_STEM_KEY = 3


@dataclass(slots=True)
class _Node:
    following: dict[str, _Node] = field(default_factory=dict)
    endings: dict[str, list[tuple[str, _Node]]] = field(default_factory=dict)
    entry: Mapping[str, Any] | None = None
    phrase: str = ""

    def stem(self, stem: str) -> _Node:
        """Return the node under a stem with any ending, made where there is none; the longest stems come first."""
        row = self.endings.setdefault(stem[:_STEM_KEY], [])
        found = next((below for known, below in row if known == stem), None)
        if found is None:
            found = _Node()
            row.append((stem, found))
            row.sort(key=lambda pair: -len(pair[0]))
        return found

    def reached(self, norm: str) -> list[_Node]:
        """Return the nodes that a word leads to."""
        exact = self.following.get(norm)
        nodes = [exact] if exact is not None else []
        if self.endings:
            for size in range(1, min(_STEM_KEY, len(norm)) + 1):
                row = self.endings.get(norm[:size])
                if row is not None:
                    nodes.extend([below for stem, below in row if norm.startswith(stem)])
        return nodes


_CHOICE = re.compile(r"\{([^{}]*)\}")


def spelled_out(words: str) -> list[str]:
    """Return the phrases that an entry's words stand for: "{dead|killed} {and|or} hurt" is four.

    >>> spelled_out("{dead|killed} or {|badly} hurt")
    ['dead or hurt', 'dead or badly hurt', 'killed or hurt', 'killed or badly hurt']
    """
    parts = _CHOICE.split(words)
    if len(parts) == 1:
        return [words]
    choices = [part.split("|") if number % 2 else [part] for number, part in enumerate(parts)]
    return [" ".join("".join(chosen).split()) for chosen in itertools.product(*choices)]


class Lexicon:
    """Phrases of one file, looked up in running tokens."""

    def __init__(self, name: str, entries: Sequence[Mapping[str, Any]]) -> None:
        self.name = name
        self.entries = entries
        self._root = _Node()
        self._starts: dict[str, list[_Node]] = {}
        seen: dict[str, Mapping[str, Any]] = {}
        for entry in entries:
            for phrase in entry["words"]:
                if phrase in seen:
                    raise LexiconError(f'{name}: "{phrase}" stands twice; keep one.')
                seen[phrase] = entry
                self._add(phrase, entry)

    def _add(self, phrase: str, entry: Mapping[str, Any]) -> None:
        node = self._root
        for word in phrase.split():
            if word.endswith("*") and len(word) > 1:
                node = node.stem(word[:-1])
            else:
                node = node.following.setdefault(word, _Node())
        node.entry, node.phrase = entry, phrase

    def at(self, tokens: Sequence[Token], index: int, limit: int | None = None) -> Hit | None:
        """Return the longest phrase that starts at token ``index`` and ends before ``limit``, or None."""
        end = len(tokens) if limit is None else limit
        if index >= end:
            return None
        norm = tokens[index].norm
        reached = self._starts.get(norm)
        if reached is None:
            reached = self._root.reached(norm)
            if len(self._starts) < _KEPT:
                self._starts[norm] = reached
        best: Hit | None = None
        position = index
        while reached:
            position += 1
            for node in reached:
                if node.entry is not None and (best is None or position > best.last):
                    best = Hit(index, position, node.phrase, node.entry)
            if position >= end:
                break
            norm = tokens[position].norm
            if len(reached) == 1:
                reached = reached[0].reached(norm)
            else:
                reached = [below for node in reached for below in node.reached(norm)]
        return best

    def all(self, tokens: Sequence[Token], first: int = 0, last: int | None = None) -> Iterator[Hit]:
        """Yield the phrases in tokens ``first`` to ``last``, longest first at each place, never overlapping."""
        end = len(tokens) if last is None else last
        index, starts = first, self._starts
        while index < end:
            if starts.get(tokens[index].norm) == []:  # known to start nothing: most words
                index += 1
                continue
            hit = self.at(tokens, index, end)
            if hit is None:
                index += 1
            else:
                yield hit
                index = hit.last


@cache
def lexicon(name: str, language: str = "en") -> Lexicon:
    """Return the lexicon ``name`` of a language; it is read once. LexiconError where the file breaks its rules."""
    source = resources.files(__package__) / "lexicons" / language / f"{name}.toml"
    try:
        table = tomllib.loads(source.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(f"lexicons/{language}/{name}.toml: {error}") from error
    entries = [
        entry | {"words": [phrase for words in entry["words"] for phrase in spelled_out(words)]}
        for entry in table["entry"]
    ]
    return Lexicon(f"lexicons/{language}/{name}.toml", entries)
