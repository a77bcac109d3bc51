"""How rare a word is: in the background that comes along and in the reports seen so far.

A story told three hundred times would make its own names common, and so lose itself. A burst therefore counts for
little: of the reports of one month that have a word, three, the square root of their number, and twice what earlier
months led to expect. A town that is in the news all year is common all the same.
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


class _Counted:
    """One word's reports by month: those of months that are over, whole and cut down, and those of the latest."""

    __slots__ = ("cut", "first", "latest", "month", "whole")

    def __init__(self, month: int) -> None:
        self.first = self.month = month
        self.latest = 1
        self.whole = 0
        self.cut = 0.0

    def add(self, month: int) -> None:
        if month != self.month:
            self.cut = self.total()
            self.whole += self.latest
            self.month, self.latest = month, 0
        self.latest += 1

    def total(self) -> float:
        expected = self.whole / max(1, self.month - self.first)
        return self.cut + min(float(self.latest), _FREE + math.sqrt(self.latest) + 2 * expected)


class Rarity:
    """Counts in how many reports each word stands. ``of`` grows from 0 (everywhere) with rarity."""

    def __init__(self) -> None:
        reports, self._common = _background()
        self._reports = reports
        self._words: dict[str, _Counted] = {}
        self._known: dict[str, float] = {}
        self.age = 0

    def add(self, words: Iterable[str], day: int) -> None:
        """Count the words of one more report, of a day counted from any start."""
        self._reports += 1
        month = day // _BURST_DAYS
        counted = self._words
        for word in words:
            known = counted.get(word)
            if known is None:
                counted[word] = _Counted(month)
            else:
                known.add(month)
        self._known.clear()
        self.age += 1

    def count(self, word: str) -> float:
        """Return in how many reports a word stands, the background's included and bursts cut down."""
        known = self._words.get(word)
        return self._common.get(word, 0) + (known.total() if known is not None else 0.0)

    def of(self, word: str) -> float:
        """Return the logarithm of how many reports there are for one with the word."""
        known = self._known.get(word)
        if known is None:
            known = math.log((self._reports + 1) / (self.count(word) + 0.5))
            self._known[word] = known
        return known
