"""Events to groups, day by day: the surest link first, and two groups only where they agree as wholes.

Joining whatever is linked chains stories together as data grows. Here a link joins two groups only if the pairs
between them, taken together, speak for it. What was joined on one day never depends on later days, so that a day can
be added, and days can be taken back and played again, without touching those before.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Container, Sequence

from harmledger.match.constraints import Constraints
from harmledger.match.profile import Order
from harmledger.match.shelves import Shelf

# Of two large groups this many pairs speak for all; which ones is fixed, so that the same input gives the same groups.
_MOST_PAIRS = 36
# One pair cannot outweigh many: its log odds count no further than this.
_LEAST_ODDS, _MOST_ODDS = -4.0, 6.0

# Of many pairs the third that speaks most against is left out: a story told for weeks has reports that share little
# with its first day.
_MANY = 6


class Groups:
    """Events in groups. A group is kept as its joins in order, so that those of late days can be taken back.

    ``trees`` holds each group under its first event: events and, after the two groups that it put together, each join
    as -1 less the day it was made on. A join is as late as the latest of those it stands on, so that the last token
    tells. ``joined`` holds, by day, the groups that were last joined on it.
    """

    def __init__(
        self,
        trees: Shelf[list[int]],
        firsts: Shelf[int],
        joined: Shelf[list[int]],
        odds: Callable[[int, int], float],
        order: Callable[[int], Order],
        least: float,
    ) -> None:
        self._trees, self._firsts, self._joined = trees, firsts, joined
        self._stamps = sorted(int(day) for day in joined)
        self._odds, self._order, self._least = odds, order, least
        self.constraints = Constraints()
        self.touched: set[int] = set()
        self._listed: dict[int, list[int]] = {}

    def of(self, number: int) -> int | None:
        """Return the first event of the group that holds a number; None where it is in none."""
        return self._firsts.get(number)

    def members(self, first: int) -> list[int]:
        """Return the events of a group, in the order in which they came together."""
        listed = self._listed.get(first)
        if listed is None:
            listed = self._listed[first] = [token for token in self._trees[first] if token >= 0]
        return listed

    def all(self) -> list[int]:
        """Return the first event of every group."""
        return [int(key) for key in self._trees]

    def enter(self, number: int) -> None:
        """Let an event stand as a group of its own."""
        self._trees[number] = [number]
        self._firsts[number] = number
        self.touched.add(number)

    def leave(self, number: int) -> None:
        """Take an event out that stands by itself."""
        del self._trees[number]
        del self._firsts[number]
        self._listed.pop(number, None)
        self.touched.add(number)

    def cut(self, day: int, only: Container[int] | None = None) -> set[int]:
        """Take back the joins made on ``day`` or later; return the events of all groups that had any.

        With ``only``, of the groups of these events.
        """
        held: set[int] = set()
        for late in self._stamps[bisect_left(self._stamps, day) :]:
            left = []
            for first in self._joined[late]:
                if only is not None and first not in only:
                    left.append(first)
                elif (tree := self._trees.get(first)) is not None and tree[-1] < 0 and -1 - tree[-1] >= day:
                    held.update(self.members(first))
                    self._part(first, tree, day)
            if left:
                self._joined[late] = left
            else:
                self._joined.pop(late)
                self._stamps.remove(late)
        return held

    def _part(self, first: int, tree: Sequence[int], day: int) -> None:
        del self._trees[first]
        self._listed.pop(first, None)
        for part in _parts(tree, day):
            self._trees[part[0]] = part
            for number in part:
                if number >= 0:
                    self._firsts[number] = part[0]
                    self.touched.add(number)

    def play(self, numbers: Sequence[int], links: Shelf[dict[int, float]], opened: int) -> None:
        """Join what events, in their order, bring together; ``links`` are theirs to earlier ones.

        ``opened`` is the first day that is still open: no join counts as older.
        """
        for number in numbers:
            self._with_judged(number, opened)
        reached = [
            (-odds, self._order(other), self._order(number), other, number)
            for number in numbers
            for other, odds in links[number].items()
        ]
        for _, _, _, other, number in sorted(reached):
            here, there = self._firsts[other], self._firsts[number]
            if here != there and not self.barred(here, there) and self._agree(here, there):
                self._join(here, there, max(opened, self._order(number)[0]))

    def _with_judged(self, number: int, opened: int) -> None:
        # Those that a person put together with it and that came before stand in one group already.
        for other in self.constraints.linked(number):
            here, there = self.of(other), self._firsts[number]
            if here is not None and self._order(other) < self._order(number):
                if here != there:
                    self._join(here, there, max(opened, self._order(number)[0]))
                return

    def barred(self, here: int, there: int) -> bool:
        """Tell whether a person keeps two groups apart."""
        apart = self.constraints.apart
        if not apart:
            return False
        one, other = self.members(here), self.members(there)
        if len(one) > len(other):
            one, other = other, one
        within = set(other)
        return any(not within.isdisjoint(apart[member]) for member in one if member in apart)

    def _agree(self, here: int, there: int) -> bool:
        pairs = _sample(self.members(here), self.members(there))
        told = sorted(max(_LEAST_ODDS, min(_MOST_ODDS, self._odds(a, b))) for a, b in pairs)
        if len(told) >= _MANY:
            told = told[len(told) // 3 :]
        return sum(told) / len(told) > self._least

    def _join(self, one: int, other: int, day: int) -> None:
        """Put two groups together: the smaller to the larger, of two as large the later to the earlier."""
        large, small = sorted((one, other), key=self._order)
        if len(self._trees[small]) > len(self._trees[large]):
            large, small = small, large
        listed = self.members(large)
        moved = self.members(small)
        tree, added = self._trees[large], self._trees[small]
        # A join stands on the two that it puts together: it is as late as the latest of them.
        latest = min((-1 - day, *(part[-1] for part in (tree, added) if part[-1] < 0)))
        tree += added
        tree.append(latest)
        self._stamp(large, -1 - latest)
        listed += moved
        del self._trees[small]
        self._listed.pop(small, None)
        self._trees.touch(large)
        for number in moved:
            self._firsts[number] = large
        self.touched.add(large)

    def _stamp(self, first: int, day: int) -> None:
        """Remember on which day a group was last joined."""
        known = self._joined.get(day)
        if known is None:
            self._joined[day] = [first]
            insort(self._stamps, day)
        else:
            known.append(first)
            self._joined.touch(day)


def _parts(tree: Sequence[int], day: int) -> list[list[int]]:
    """Return the groups that are left of a tree without the joins made on ``day`` or later."""
    stack: list[list[list[int]]] = []
    for token in tree:
        if token >= 0:
            stack.append([[token]])
            continue
        small, large = stack.pop(), stack.pop()
        if -1 - token >= day:
            stack.append(large + small)
        else:
            large[0] += small[0]
            large[0].append(token)
            stack.append(large)
    return stack[0]


def _sample(here: Sequence[int], there: Sequence[int]) -> list[tuple[int, int]]:
    if len(here) * len(there) <= _MOST_PAIRS:
        return [(one, other) for one in here for other in there]
    side = int(_MOST_PAIRS**0.5)
    return [(one, other) for one in _spread(here, side) for other in _spread(there, side)]


def _spread(members: Sequence[int], number: int) -> list[int]:
    if len(members) <= number:
        return list(members)
    return [members[place * len(members) // number] for place in range(number)]
