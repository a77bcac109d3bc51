"""The reviewed list of weights: what each comparison adds to or takes from the odds that two events are one."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from harmledger.errors import LexiconError
from harmledger.match.compare import Compared
from harmledger.model import Link

_PARTS_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights by comparison, the start from which they count, and the odds above which events are put together."""

    start: float
    together: float
    weights: Mapping[str, float]
    words: Mapping[str, str]

    def parts(self, compared: Compared) -> list[tuple[str, float]]:
        """Return what each comparison adds, the largest first, in words that can be shown to a person."""
        parts = [
            (self.words.get(name, name), self.weights[name] * value)
            for name, value in compared.values.items()
            if self.weights.get(name)
        ]
        return sorted(parts, key=lambda part: -abs(part[1]))

    def link(self, report: str, other: str, compared: Compared) -> Link:
        """Return why two reports are put together: the heaviest comparisons, in words, and the probability."""
        named = [
            (f"{words} ({', '.join(compared.shared)})" if "rare" in words and compared.shared else words, weight)
            for words, weight in self.parts(compared)[:_PARTS_SHOWN]
        ]
        return Link(report, other, probability(self.odds(compared)), tuple(named))

    @property
    def digest(self) -> str:
        """Return a hash of all numbers: what was matched with others is no record of these."""
        told = json.dumps([self.start, self.together, sorted(self.weights.items())])
        return hashlib.sha256(told.encode()).hexdigest()[:16]

    def odds(self, compared: Compared) -> float:
        """Return the logarithm of the odds that two events are one."""
        weights = self.weights
        return self.start + sum(weights.get(name, 0.0) * value for name, value in compared.values.items())


def probability(odds: float) -> float:
    """Return the probability of log odds.

    >>> probability(0.0)
    0.5
    """
    return 1 / (1 + math.exp(-odds)) if odds > -50 else 0.0


@cache
def shipped() -> Weights:
    """Return the weights that come along; LexiconError where the file breaks its rules."""
    source = resources.files(__package__) / "weights.json"
    try:
        table = json.loads(source.read_text(encoding="utf-8"))
        entries = table["comparisons"]
        return Weights(
            float(table["start"]),
            float(table["together"]),
            {str(name): float(entry["weight"]) for name, entry in entries.items()},
            {str(name): str(entry["words"]) for name, entry in entries.items()},
        )
    except (OSError, ValueError, KeyError) as error:
        raise LexiconError(f"match/weights.json: {error}") from error
