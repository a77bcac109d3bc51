"""Pairs of events that were nearly put together, or linked and yet apart: a person may know better."""

from __future__ import annotations

from dataclasses import dataclass

from harmledger.match.groups import Groups
from harmledger.match.memory import Memory
from harmledger.match.weights import probability

# A pair whose odds, as a logarithm, are less than this under the bar is nearly one. Of one event the nearest few are
# kept.
NEARLY = 2.0
MOST_NEAR = 3


@dataclass(frozen=True, slots=True)
class Near:
    """Two events, of two reports, that were nearly put together."""

    report: str
    other: str
    event: str
    other_event: str
    probability: float


def nearest(near: dict[int, float]) -> dict[int, float]:
    """Return the few of an event's near ones that are kept."""
    return {other: near[other] for other in sorted(near, key=lambda other: (-near[other], other))[:MOST_NEAR]}


def nearly(memory: Memory, groups: Groups, most: int) -> list[Near]:
    """Return the pairs nearest to the bar whose events are in two groups that no person keeps apart.

    Of two groups one pair. This takes time for all that is stored.
    """
    found = []
    for shelf in (memory.links, memory.near):
        for number in map(int, shelf):
            found += [(-odds, other, number) for other, odds in shelf[number].items()]
    seen: set[tuple[int, int]] = set()
    made: list[Near] = []
    for odds, other, number in sorted(found):
        here, there = groups.of(other), groups.of(number)
        if here is None or there is None or here == there or (here, there) in seen or groups.barred(here, there):
            continue
        seen |= {(here, there), (there, here)}
        one, two = memory.profile(other), memory.profile(number)
        if one.tells and two.tells:
            made.append(Near(one.report, two.report, one.event, two.event, probability(-odds)))
        if len(made) >= most:
            break
    return made
