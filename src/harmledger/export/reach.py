"""How far around its point an incident of a precision may have happened, for maps."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources

from harmledger.places import Precision


@cache
def _reaches() -> Mapping[str, int]:
    source = resources.files(__package__) / "reach.toml"
    found: dict[str, int] = tomllib.loads(source.read_text(encoding="utf-8"))["metres"]
    return found


def reach_of(precision: Precision) -> int | None:
    """Return the metres that a precision stands for, None where it tells no distance.

    >>> reach_of("town"), reach_of("unknown")
    (3000, None)
    """
    return _reaches().get(precision)
