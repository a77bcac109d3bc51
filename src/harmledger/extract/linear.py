"""Small linear models: a table of weights, one a feature, kept as data. A feature is a short phrase one can read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib import resources

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
