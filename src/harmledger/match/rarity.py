"""How rare a word is: in the background that comes along and in the reports seen so far.

A story told three hundred times would make its own names common, and so lose itself. A burst therefore counts for
little: of the reports of one month that have a word, three and the square root of their number.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import cache
from importlib import resources

from harmledger.errors import LexiconError

_BURST_DAYS = 30
_FREE = 3


@cache
def _background() -> tuple[int, dict[str, int]]:
    source = resources.files(__package__) / "background.json"
    try:
        table = json.loads(source.read_text(encoding="utf-8"))
        return int(table["reports"]), {str(word): int(count) for word, count in table["words"].items()}
    except (OSError, ValueError, KeyError) as error:
        raise LexiconError(f"match/background.json: {error}") from error


def _burst(count: int) -> float:
    return min(float(count), _FREE + math.sqrt(count))


class Rarity:
    """Counts in how many reports each word stands. ``of`` grows from 0 (everywhere) with rarity."""

    def __init__(self) -> None:
        reports, self._common = _background()
        self._reports = reports
        self._closed: dict[str, float] = {}
        self._month: dict[str, tuple[int, int]] = {}
        self._known: dict[str, float] = {}
        self.age = 0

    def add(self, words: Iterable[str], day: int) -> None:
        """Count the words of one more report, of a day counted from any start."""
        self._reports += 1
        month = day // _BURST_DAYS
        open_counts, closed = self._month, self._closed
        for word in words:
            seen = open_counts.get(word)
            if seen is None:
                open_counts[word] = (month, 1)
            elif seen[0] == month:
                open_counts[word] = (month, seen[1] + 1)
            else:
                closed[word] = closed.get(word, 0.0) + _burst(seen[1])
                open_counts[word] = (month, 1)
        self._known.clear()
        self.age += 1

    def count(self, word: str) -> float:
        """Return in how many reports a word stands, the background's included and bursts cut down."""
        seen = self._month.get(word)
        return self._common.get(word, 0) + self._closed.get(word, 0.0) + (_burst(seen[1]) if seen else 0.0)

    def of(self, word: str) -> float:
        """Return the logarithm of how many reports there are for one with the word."""
        known = self._known.get(word)
        if known is None:
            known = math.log((self._reports + 1) / (self.count(word) + 0.5))
            self._known[word] = known
        return known
