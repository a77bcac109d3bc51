"""What persons said of "same" and "not the same", as sets of events that belong together and that stay apart.

Who is the same as one is the same as all of its set, and two sets that are kept apart are so wholly. The latest word
comes first: an earlier one that contradicts it is told as overruled.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from harmledger.judged import Unplaced, moment, said
from harmledger.model import Judgement

Members = frozenset[int]
_NOBODY: Members = frozenset()


@dataclass(frozen=True, slots=True)
class Constraints:
    """For each event that a person judged: those it belongs with (itself too), and those it stays apart from."""

    together: dict[int, Members] = field(default_factory=dict)
    apart: dict[int, Members] = field(default_factory=dict)
    words: dict[tuple[int, int], str] = field(default_factory=dict)
    unplaced: tuple[Unplaced, ...] = ()

    def changed(self, before: Constraints) -> set[int]:
        """Return the events that other constraints hold for than before."""
        numbers = self.together.keys() | before.together.keys()
        return {
            number
            for number in numbers
            if self.together.get(number) != before.together.get(number)
            or self.apart.get(number, _NOBODY) != before.apart.get(number, _NOBODY)
        }

    def linked(self, number: int) -> Members:
        """Return the events that a person put together with this one."""
        return self.together.get(number, _NOBODY)


class _Sets:
    """Events in sets that join, and sets that may not."""

    def __init__(self) -> None:
        self.root: dict[int, int] = {}
        self.members: dict[int, set[int]] = {}
        self.barred: dict[int, set[int]] = {}

    def of(self, number: int) -> int:
        if number not in self.root:
            self.root[number] = number
            self.members[number] = {number}
            self.barred[number] = set()
        return self.root[number]

    def join(self, one: int, other: int) -> bool:
        """Put two sets together; False where they may not."""
        here, there = self.of(one), self.of(other)
        if here == there:
            return True
        if there in self.barred[here]:
            return False
        if len(self.members[here]) < len(self.members[there]):
            here, there = there, here
        for number in self.members[there]:
            self.root[number] = here
        self.members[here] |= self.members.pop(there)
        for other_set in self.barred.pop(there):
            self.barred[other_set].discard(there)
            self.barred[other_set].add(here)
            self.barred[here].add(other_set)
        return True

    def part(self, one: int, other: int) -> bool:
        """Keep two sets apart; False where they are one."""
        here, there = self.of(one), self.of(other)
        if here == there:
            return False
        self.barred[here].add(there)
        self.barred[there].add(here)
        return True


def constraints_of(pairs: Sequence[Judgement], number_of: Callable[[str], int | None]) -> Constraints:
    """Return what judgements on pairs ask for; ``number_of`` finds an event by its id, a report's or an incident's."""
    sets = _Sets()
    words: dict[tuple[int, int], str] = {}
    unplaced: list[Unplaced] = []
    for judgement in sorted(pairs, key=moment, reverse=True):
        one, other = number_of(judgement.subject), number_of(judgement.other or "")
        if one is None or other is None:
            gone = judgement.subject if one is None else judgement.other
            unplaced.append(Unplaced(judgement, f"there is no report, event or incident {gone!r} here (any more)."))
        elif one == other:
            unplaced.append(Unplaced(judgement, "names the same event twice."))
        elif judgement.verb == "same_incident":
            if sets.join(one, other):
                words.setdefault((min(one, other), max(one, other)), said(judgement, "judged the same incident"))
            else:
                unplaced.append(Unplaced(judgement, "overruled: a later judgement keeps the two apart."))
        elif sets.part(one, other):
            words.setdefault((min(one, other), max(one, other)), said(judgement, "judged not the same incident"))
        else:
            unplaced.append(Unplaced(judgement, "overruled: a later judgement puts the two together."))
    frozen = {root: frozenset(members) for root, members in sets.members.items()}
    apart = {root: _NOBODY.union(*(frozen[other] for other in sets.barred[root])) for root in frozen}
    return Constraints(
        {number: frozen[root] for number, root in sets.root.items()},
        {number: apart[root] for number, root in sets.root.items() if apart[root]},
        words,
        tuple(reversed(unplaced)),
    )
