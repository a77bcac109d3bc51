"""Why a claim needs a person's eyes: reasons with weights, out of ``doubts.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from harmledger.errors import LexiconError
from harmledger.model import Claim

UNKNOWN_CONFIDENCE = 0.5


@cache
def weights() -> Mapping[str, float]:
    """Return the weight of each reason, in the order of the file."""
    rows = tomllib.loads((resources.files(__package__) / "doubts.toml").read_text(encoding="utf-8"))["doubt"]
    for row in rows:
        if set(row) != {"name", "weight", "means", "example"}:
            raise LexiconError(
                f"desk/doubts.toml: {row.get('name')!r} needs a name, a weight, what it means, an example."
            )
    return MappingProxyType({row["name"]: float(row["weight"]) for row in rows})


def doubts_of(claim: Claim) -> tuple[str, ...]:
    """Return the reasons that a claim itself gives to doubt how it was read.

    >>> from harmledger.judged import BLANK
    >>> doubts_of(BLANK)
    ('no_place', 'no_day')
    """
    found = []
    if claim.place is None:
        found.append("no_place")
    elif claim.located is None:
        found.append("no_point")
    if claim.when is None:
        found.append("no_day")
    if claim.count.value is None:
        found.append("vague")
    return tuple(found)


def doubt(confidence: float | None, reasons: tuple[str, ...]) -> float:
    """Return how early in the queue a claim stands: more is earlier.

    >>> round(doubt(0.9, ("no_point",)), 2)
    0.3
    """
    sure = UNKNOWN_CONFIDENCE if confidence is None else confidence
    return weights()["unsure"] * (1 - sure) + sum(weights()[reason] for reason in reasons)
