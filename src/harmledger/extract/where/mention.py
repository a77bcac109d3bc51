"""A mention of a place in a report, as the stages of ``where`` hand it on."""

from __future__ import annotations

from dataclasses import dataclass, field

from harmledger.extract.where.words import PlaceKind, Tie

# How wide a kind of place is. Of two names tied together the wider one holds the other.
WIDTH: dict[PlaceKind, int] = {
    "building": 0, "street": 0, "neighbourhood": 2, "area": 2, "camp": 2, "village": 2, "town": 3, "unknown": 3,
    "city": 4, "district": 5, "province": 6, "territory": 7, "country": 8,
}  # fmt: skip


@dataclass(slots=True)
class Mention:
    """One place named at tokens ``first`` to ``last`` (half-open).

    ``start`` and ``end`` also hold its noun and the words between ("the besieged town of"). ``key`` is the folded name
    by which mentions are one place. ``tie`` is how the sentence ties what happened to it, ``struck`` whether a word of
    attack stands just before. ``outer``: it only tells where a finer place lies. ``rank``: its place in a list, if
    ``many``. ``strength``: how surely its neighbours show a place. ``clipped``: its possessive lost the apostrophe.
    ``known_city``: the lists have it as a city, whatever noun goes with it: "a Karun suburb" names no suburb.
    ``refers``: it does not name the place, it points to it: "the town".
    """

    first: int
    last: int
    start: int
    end: int
    sentence: int
    key: str
    kind: PlaceKind = "unknown"
    tie: Tie = "none"
    listed: bool = False
    told_kind: bool = False
    plural: bool = False
    direction: bool = False
    struck: bool = False
    strength: float = 0.0
    outer: bool = False
    rank: int = 0
    many: bool = False
    holds_many: bool = False
    clipped: bool = False
    dateline: bool = False
    base: bool = False
    capital: bool = False
    known_city: bool = False
    refers: bool = False
    within: list[Mention] = field(default_factory=list)
    near: list[Mention] = field(default_factory=list)

    @property
    def firm(self) -> bool:
        """True where it is tied to what happens, not only named."""
        return self.tie in ("in", "near", "on", "of", "hit")
