"""One range out of what several reports tell of one incident."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from harmledger.model import Event
from harmledger.reconcile.told import Told


def of_many(told: Sequence[tuple[Event, Told | None]], field: str) -> Told | None:
    """Return the range that stands over several reports: the latest count overtakes what the earlier ones told."""
    stated = [(event, each) for event, each in told if each is not None]
    if not stated:
        return None
    stated.sort(key=lambda pair: (pair[0].published or date.min, pair[0].report))
    sure = [pair for pair in stated if pair[1].sure] or stated
    _event, latest = sure[-1]
    return latest
