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
from harmledger.match.shelves import Shelf

_BURST_DAYS = 30
_FREE = 3
# No story is told by more reports in a month; what is beyond counts wholly.
_STORY = 1000


@cache
def _background() -> tuple[int, dict[str, int]]:
    source = resources.files(__package__) / "background.json"
    try:
        table = json.loads(source.read_text(encoding="utf-8"))
        return int(table["reports"]), {str(word): int(count) for word, count in table["words"].items()}
    except (OSError, ValueError, KeyError) as error:
        raise LexiconError(f"match/background.json: {error}") from error


def is_common(word: str) -> bool:
    """Tell whether the background that comes along knows a word; names are left out of it."""
    return word in _background()[1]


# One word's reports by month, four numbers a month: the month, its reports, those of all months before, and these
# cut down. What was counted last can be taken back exactly.
Counted = list[float]


def _total(counted: Counted) -> float:
    month, latest, whole, cut = counted[-4:]
    expected = whole / max(1, month - counted[0])
    return cut + min(latest, _FREE + math.sqrt(latest) + 2 * expected + max(0.0, latest - _STORY))


class Rarity:
    """Counts in how many reports each word stands. ``of`` grows from 0 (everywhere) with rarity.

    Days only go forward; ``remove`` takes back what was added last. ``words`` holds the counts, ``reports`` how many.
    """

    def __init__(self, words: Shelf[Counted] | None = None, reports: int = 0) -> None:
        self._background, self._common = _background()
        self._words = words if words is not None else Shelf("words")
        self.reports = reports
        self._known: dict[str, float] = {}

    def add(self, words: Iterable[str], day: int) -> None:
        """Count the words of one more report, of a day counted from any start."""
        self.reports += 1
        month = day // _BURST_DAYS
        counted = self._words
        for word in words:
            known = counted.get(word)
            if known is None:
                counted[word] = [month, 1, 0, 0.0]
                continue
            if known[-4] == month:
                known[-3] += 1
            else:
                known += (month, 1, known[-2] + known[-3], _total(known))
            counted.touch(word)
        self._known.clear()

    def remove(self, words: Iterable[str]) -> None:
        """Take back the words of the report that was added last."""
        self.reports -= 1
        counted = self._words
        for word in words:
            known = counted[word]
            if known[-3] > 1:
                known[-3] -= 1
            elif len(known) > 4:
                del known[-4:]
            else:
                del counted[word]
                continue
            counted.touch(word)
        self._known.clear()

    def count(self, word: str) -> float:
        """Return in how many reports a word stands, the background's included and bursts cut down."""
        known = self._words.get(word)
        return self._common.get(word, 0) + (_total(known) if known is not None else 0.0)

    def of(self, word: str) -> float:
        """Return the logarithm of how many reports there are for one with the word."""
        known = self._known.get(word)
        if known is None:
            known = math.log((self._background + self.reports + 1) / (self.count(word) + 0.5))
            self._known[word] = known
        return known
