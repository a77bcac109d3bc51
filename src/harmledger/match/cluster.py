"""Pairs to incidents: the surest first, and two groups only where they agree as wholes.

Joining whatever is linked chains stories together as data grows. Here a link joins two groups only if the pairs
between them, taken together, speak for it; a person's "same" and "not the same" come before any link.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

# Of two large groups this many pairs speak for all; which ones is fixed, so that the same input gives the same groups.
_MOST_PAIRS = 36
# One pair cannot outweigh many: its log odds count no further than this.
_LEAST_ODDS, _MOST_ODDS = -4.0, 6.0


class Groups:
    """Numbers gathered into groups that may be joined, never split."""

    def __init__(self, size: int) -> None:
        self._root = list(range(size))
        self.members: dict[int, list[int]] = {number: [number] for number in range(size)}
        self._barred: dict[int, set[int]] = {}

    def of(self, number: int) -> int:
        """Return the group that holds a number."""
        root = self._root
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    def bar(self, one: int, other: int) -> None:
        """Keep two numbers apart for good."""
        self._barred.setdefault(one, set()).add(other)
        self._barred.setdefault(other, set()).add(one)

    def barred(self, one: int, other: int) -> bool:
        """Tell whether anything in two groups must stay apart."""
        if not self._barred:
            return False
        there = set(self.members[other])
        return any(not there.isdisjoint(self._barred.get(member, ())) for member in self.members[one])

    def join(self, one: int, other: int) -> None:
        """Put two groups together."""
        small, large = sorted((one, other), key=lambda group: (len(self.members[group]), -group))
        self._root[small] = large
        self.members[large] += self.members.pop(small)


def _sample(here: Sequence[int], there: Sequence[int]) -> list[tuple[int, int]]:
    if len(here) * len(there) <= _MOST_PAIRS:
        return [(one, other) for one in here for other in there]
    side = int(_MOST_PAIRS**0.5)
    picked = [_spread(here, side), _spread(there, side)]
    return [(one, other) for one in picked[0] for other in picked[1]]


def _spread(members: Sequence[int], number: int) -> list[int]:
    if len(members) <= number:
        return list(members)
    return [members[place * len(members) // number] for place in range(number)]


def cluster(
    size: int,
    links: Mapping[tuple[int, int], float],
    odds: Callable[[int, int], float],
    least: float,
    same: Iterable[tuple[int, int]] = (),
    not_same: Iterable[tuple[int, int]] = (),
) -> Groups:
    """Return the groups of numbers 0 to ``size`` that links speak for.

    ``odds`` gives the log odds of any pair, linked or not; ``least`` is what the pairs between two groups must reach
    on average.
    """
    groups = Groups(size)
    for one, other in not_same:
        groups.bar(one, other)
    for one, other in same:
        here, there = groups.of(one), groups.of(other)
        if here != there and not groups.barred(here, there):
            groups.join(here, there)
    for one, other in sorted((pair for pair in links if links[pair] > least), key=lambda pair: (-links[pair], pair)):
        here, there = groups.of(one), groups.of(other)
        if here == there or groups.barred(here, there):
            continue
        pairs = _sample(groups.members[here], groups.members[there])
        if sum(max(_LEAST_ODDS, min(_MOST_ODDS, odds(a, b))) for a, b in pairs) / len(pairs) > least:
            groups.join(here, there)
    return groups
