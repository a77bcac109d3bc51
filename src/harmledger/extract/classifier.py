"""A linear classifier kept as data: signals in, a label and its probability out; small, quick and readable."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from harmledger.errors import LexiconError


@dataclass(frozen=True, slots=True)
class Classifier:
    """One weight a label for every signal. Signals that were never seen weigh nothing.

    ``reliability`` turns a probability into the share of such claims that were right on reports kept apart: pairs of
    (probability, share), read by straight lines between them.
    """

    labels: tuple[str, ...]
    weights: dict[str, list[float]]
    reliability: tuple[tuple[float, float], ...] = ()

    def probabilities(self, signals: Iterable[str]) -> list[float]:
        """Return the probability of each label, in the order of ``labels``."""
        scores = [0.0] * len(self.labels)
        known = self.weights
        for signal in signals:
            row = known.get(signal)
            if row is not None:
                scores = [score + weight for score, weight in zip(scores, row, strict=True)]
        highest = max(scores)
        powers = [math.exp(score - highest) for score in scores]
        total = sum(powers)
        return [power / total for power in powers]

    def choose(self, signals: Iterable[str]) -> tuple[str, float]:
        """Return the likeliest label and its probability."""
        chances = self.probabilities(signals)
        best = max(range(len(chances)), key=chances.__getitem__)
        return self.labels[best], chances[best]

    def reasons(self, signals: Sequence[str], label: str, most: int = 3) -> list[str]:
        """Return the signals that spoke most for a label, heaviest first."""
        column = self.labels.index(label)
        mean = {s: sum(self.weights[s]) / len(self.labels) for s in signals if s in self.weights}
        return sorted(mean, key=lambda s: mean[s] - self.weights[s][column])[:most]

    def calibrated(self, probability: float) -> float:
        """Return the measured share of right claims at this probability."""
        points = self.reliability
        if not points:
            return probability
        for (x0, y0), (x1, y1) in zip(points, points[1:], strict=False):
            if probability <= x1:
                return y0 if x1 == x0 else y0 + (y1 - y0) * max(0.0, probability - x0) / (x1 - x0)
        return points[-1][1]


@cache
def classifier(name: str) -> Classifier:
    """Return the classifier ``weights/NAME.json``; LexiconError where the file cannot be read."""
    source = resources.files(__package__) / "weights" / f"{name}.json"
    try:
        table = json.loads(source.read_text(encoding="utf-8"))
        points = tuple((float(x), float(y)) for x, y in table.get("reliability", ()))
        return Classifier(tuple(table["labels"]), table["weights"], points)
    except (OSError, ValueError, KeyError) as error:
        raise LexiconError(f"weights/{name}.json: {error}") from error
