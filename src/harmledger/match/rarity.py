"""How rare a word is: in the background that comes along and in the reports seen so far."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import cache
from importlib import resources

from harmledger.errors import LexiconError


@cache
def _background() -> tuple[int, dict[str, int]]:
    source = resources.files(__package__) / "background.json"
    try:
        table = json.loads(source.read_text(encoding="utf-8"))
        return int(table["reports"]), {str(word): int(count) for word, count in table["words"].items()}
    except (OSError, ValueError, KeyError) as error:
        raise LexiconError(f"match/background.json: {error}") from error


class Rarity:
    """Counts in how many reports each word stands. ``of`` grows from 0 (everywhere) with rarity."""

    def __init__(self) -> None:
        reports, self._common = _background()
        self._reports = reports
        self._seen: dict[str, int] = {}
        self._known: dict[str, float] = {}
        self.age = 0

    def add(self, words: Iterable[str]) -> None:
        """Count the words of one more report."""
        self._reports += 1
        seen = self._seen
        for word in words:
            seen[word] = seen.get(word, 0) + 1
        self._known.clear()
        self.age += 1

    def count(self, word: str) -> int:
        """Return in how many reports a word stands, the background's included."""
        return self._common.get(word, 0) + self._seen.get(word, 0)

    def of(self, word: str) -> float:
        """Return the logarithm of how many reports there are for one with the word."""
        known = self._known.get(word)
        if known is None:
            known = math.log((self._reports + 1) / (self.count(word) + 0.5))
            self._known[word] = known
        return known
