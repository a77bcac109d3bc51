"""Small linear models: a table of weights, one a feature, kept as data. A feature is a short phrase one can read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise

from harmledger.errors import LexiconError


@cache
def weights(name: str) -> Mapping[str, float]:
    """Return the weights of a model; LexiconError where the file cannot be read."""
    source = resources.files(__package__) / "weights" / f"{name}.json"
    try:
        table = json.loads(source.read_text(encoding="utf-8"))["weights"]
    except (OSError, ValueError, KeyError) as error:
        raise LexiconError(f"weights/{name}.json: {error}") from error
    return {str(feature): float(weight) for feature, weight in table.items()}


@dataclass(frozen=True, slots=True)
class Linear:
    """A model that says yes above ``bar``.

    ``reliability`` pairs scores with the share of claims that were right on reports kept apart.
    """

    weights: Mapping[str, float]
    bar: float = 0.0
    reliability: tuple[tuple[float, float], ...] = ()

    def score(self, features: Iterable[str]) -> float:
        """Return the sum of the weights of some features; those never seen weigh nothing."""
        known = self.weights
        return sum(known[feature] for feature in features if feature in known)

    def share_right(self, score: float) -> float | None:
        """Return the measured share of right claims at this score, by straight lines between the measured points."""
        points = self.reliability
        if not points:
            return None
        if score <= points[0][0]:
            return points[0][1]
        for (x0, y0), (x1, y1) in pairwise(points):
            if score <= x1:
                return round(y0 + (y1 - y0) * (score - x0) / (x1 - x0), 3)
        return points[-1][1]


@cache
def model(name: str) -> Linear:
    """Return the model ``weights/NAME.json`` with its bar and reliability; LexiconError where it cannot be read."""
    source = resources.files(__package__) / "weights" / f"{name}.json"
    try:
        table = json.loads(source.read_text(encoding="utf-8"))
        points = tuple((float(score), float(share)) for score, share in table["reliability"])
        return Linear(table["weights"], float(table["bar"]), points)
    except (OSError, ValueError, KeyError) as error:
        raise LexiconError(f"weights/{name}.json: {error}") from error
