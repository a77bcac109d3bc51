"""One range out of what several reports tell of one incident.

A toll that only grows over a story's days ends at its latest figure: the earlier ones are superseded. One that goes up
and down is told differently by different reports: the figure that most of them tell stands, and what others tell
beside it, from as many reports at least, widens the range.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from harmledger.counts import CountRange
from harmledger.match.told import Told
from harmledger.model import Event, LeftOut

# What is only inferred (names, "others") counts for less than a number.
_INFERRED = 0.4

Stated = tuple[Event, Told]


def of_many(told: Sequence[tuple[Event, Told | None]], field: str) -> Told | None:
    """Return the range that stands over several reports, with what it leaves out and why."""
    stated = [(event, each) for event, each in told if each is not None]
    if not stated:
        return None
    stated.sort(key=lambda pair: (pair[0].published or date.max, pair[0].report))
    chosen = _chosen(stated)
    standing = [pair for pair in stated if pair[1].range == chosen[1].range]
    left = [out for _, each in stated for out in each.left_out]
    left += [
        LeftOut(claim, field, _why(pair, chosen))
        for pair in stated
        if pair[1].range != chosen[1].range
        for claim in pair[1].claims
    ]
    claims = tuple(dict.fromkeys(claim for _, each in standing for claim in each.claims))
    because = f"{len(standing)} of {len(stated)} reports; {chosen[1].because}"
    return Told(chosen[1].range, because, claims, tuple(left), chosen[1].sure)


def _chosen(stated: Sequence[Stated]) -> Stated:
    sure = [pair for pair in stated if pair[1].sure] or list(stated)
    lows = [each.range.low for _, each in sure]
    if len(sure) > 2 and all(one <= other for one, other in pairwise(lows)) and lows[-1] == lows[-2]:
        return sure[-1]
    votes: dict[CountRange, float] = {}
    for _, each in stated:
        votes[each.range] = votes.get(each.range, 0.0) + (1.0 if each.sure else _INFERRED)
    most = max(votes.values())
    return next(pair for pair in reversed(stated) if votes[pair[1].range] == most)


def _why(pair: Stated, chosen: Stated) -> str:
    event, told = pair
    day, latest = event.published, chosen[0].published
    if day and latest and day < latest and told.range.low < chosen[1].range.low:
        return f"superseded: told on {day}, overtaken by {chosen[1].range} told on {latest}"
    return f"fewer reports tell it than {chosen[1].range}"
