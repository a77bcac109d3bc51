"""What a report tells of its attacks, sentence by sentence: the parties, the means, and where the talk turns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum, inf
from typing import TypeVar

from harmledger.extract.draft import Draft, Drafts
from harmledger.extract.lexicon import lexicon
from harmledger.extract.parties import parties_of
from harmledger.extract.reading import Reading
from harmledger.extract.roles import DOER, Party

_SHIFTS = 4
_LAND_BACK = 4
_MOST = 12
_Placed = TypeVar("_Placed", Party, "Way")


@dataclass(slots=True)
class Way:
    """Words that tell how harm was done. ``code`` is the means, or None where the word is open ("bombing")."""

    first: int
    last: int
    code: str | None
    open: str | None
    sure: bool
    words: str
    sentence: int
    mutual: bool = False


@dataclass(slots=True)
class Scene:
    """The parties and ways of a report by sentence, with the cues that turn the talk to another event.

    ``first_doing`` is the first sentence in which a party does harm.
    """

    reading: Reading
    parties: list[Party]
    ways: list[Way]
    parties_in: dict[int, list[Party]] = field(default_factory=dict)
    ways_in: dict[int, list[Way]] = field(default_factory=dict)
    _first_ways: dict[str, Way] | None = None
    _doers_in: dict[int, list[Party]] = field(default_factory=dict)
    first_doers: dict[str, Party] = field(default_factory=dict)
    turns: set[int] = field(default_factory=set)
    war_words: set[int] = field(default_factory=set)
    unclear: set[int] = field(default_factory=set)
    first_doing: float = inf
    first_named: dict[str, Party] = field(default_factory=dict)
    roles: dict[str, set[str]] = field(default_factory=dict)
    lands: dict[int, str] = field(default_factory=dict)
    main_land: str = ""

    def land_at(self, sentence: int) -> str:
        """Return the land that a sentence tells of, else the one told of a little before, else the report's."""
        for place in range(sentence, max(-1, sentence - _LAND_BACK), -1):
            if place in self.lands:
                return self.lands[place]
        return self.main_land

    def doers_in(self, sentence: int) -> list[Party]:
        """Return the parties that a sentence says do harm."""
        return self._doers_in.get(sentence, [])

    def first_ways(self, code: str) -> list[Way]:
        """Return the first way of a means that the report tells, if any."""
        if self._first_ways is None:
            self._first_ways = {}
            for way in self.ways:
                self._first_ways.setdefault(way.code or "", way)
        return [self._first_ways[code]] if code in self._first_ways else []

    def add_doer(self, party: Party) -> None:
        """Note a party that is said to do harm. A sentence keeps a few: more are a list, not a sentence."""
        row = self._doers_in.setdefault(self.reading.tokens[party.first].sentence, [])
        if len(row) < _MOST:
            row.append(party)
        self.first_doers.setdefault(party.code, party)


_latest: tuple[Reading, Scene] | None = None


def scene_of(reading: Reading) -> Scene:
    """Return what a report tells of its attacks. The latest reading's is kept: two stages ask for it in turn."""
    global _latest
    kept = _latest
    if kept is not None and kept[0] is reading:
        return kept[1]
    scene = Scene(reading, parties_of(reading), [])
    _find_ways(scene)
    for party in scene.parties:
        sentence = reading.tokens[party.first].sentence
        scene.parties_in.setdefault(sentence, []).append(party)
        scene.first_named.setdefault(party.code, party)
        scene.roles.setdefault(party.code, set()).add(party.role)
        if party.role in DOER:
            scene.add_doer(party)
            scene.first_doing = min(scene.first_doing, sentence)
    _find_lands(scene)
    for sentence, ways in scene.ways_in.items():
        scene.ways_in[sentence] = _settle(reading, ways)
    _latest = (reading, scene)
    return scene


def turns_of(reading: Reading) -> set[int]:
    """Return the sentences that turn to another event than the one before ("elsewhere", "on Monday")."""
    return scene_of(reading).turns


def _find_ways(scene: Scene) -> None:
    reading = scene.reading
    tokens = reading.tokens
    for hit in lexicon("means").all(tokens):
        entry = hit.entry
        cue = entry.get("cue")
        sentence = reading.sentence_of(hit.first)
        if cue is None:
            way = Way(
                hit.first,
                hit.last,
                entry.get("means"),
                entry.get("open"),
                bool(entry.get("sure")),
                reading.words(hit.first, hit.last),
                sentence.index,
                bool(entry.get("mutual")),
            )
            scene.ways.append(way)
            scene.ways_in.setdefault(sentence.index, []).append(way)
        elif cue == "shift":
            if hit.first - sentence.first < _SHIFTS:
                scene.turns.add(sentence.index)
        elif cue == "war":
            scene.war_words.add(sentence.index)
        else:
            scene.unclear.add(sentence.index)


def _find_lands(scene: Scene) -> None:
    """Note the land that each sentence tells of, names of parties aside."""
    tokens = scene.reading.tokens
    taken = {place for party in scene.parties for place in range(party.first, party.last)}
    counts: dict[str, int] = {}
    for hit in lexicon("settings").all(tokens):
        if hit.first in taken or not tokens[hit.first].capital:
            continue
        land = hit.entry.get("land", hit.entry["setting"])
        counts[land] = counts.get(land, 0) + 1
        scene.lands.setdefault(tokens[hit.first].sentence, land)
    scene.main_land = max(counts, key=lambda name: counts[name]) if counts else "no known land"


def _settle(reading: Reading, ways: list[Way]) -> list[Way]:
    """Return the ways of a sentence, two joined ones made one, and shells that carried gas read as gas.

    "Air strikes and rockets killed 9" is several means; "shells filled with chlorine" is one.
    """
    if any(way.code == "chemical" for way in ways):
        ways = [way for way in ways if way.code not in {"shelling", "airstrike"}]
    settled: list[Way] = []
    for way in ways:
        last = settled[-1] if settled else None
        if last is not None and last.sure and way.sure and last.code != way.code and way.first - last.last <= 2:
            between = {token.norm for token in reading.tokens[last.last : way.first]}
            if between & {"and", "or", "and/or", "&", "/"} and not {last.code, way.code} & _NEVER_JOINED:
                both = reading.words(last.first, way.last)
                settled[-1] = Way(last.first, way.last, "multiple", None, True, both, way.sentence)
                continue
        settled.append(way)
    return settled


_NEVER_JOINED = frozenset(["clashes", "execution", None])


def around(items: Sequence[_Placed], draft: Draft) -> Sequence[_Placed]:
    """Return the few parties or ways of a sentence that stand nearest to a count."""
    if len(items) <= _MOST:
        return items
    place = bisect_left(items, draft.first, key=lambda item: item.first)
    return items[max(0, place - _MOST // 2) : place + _MOST // 2]


def gap(draft: Draft, first: int, last: int) -> tuple[str, int]:
    """Return on which side of a count some words stand, and how many tokens lie between."""
    if last <= draft.first:
        return "before", draft.first - last
    return "after", max(0, first - draft.last)


def bucket(distance: int) -> str:
    """Return a distance in words a person reads."""
    return "at once" if distance <= 3 else "close" if distance <= 7 else "near" if distance <= 18 else "far"


def twins(drafts: Drafts) -> list[list[int]]:
    """Return for each draft the other drafts that tell the same count again: same kind, same figure above 2."""
    told: dict[tuple[str, int, int | None], list[int]] = {}
    for index, draft in enumerate(drafts):
        if draft.count.value is not None and draft.count.value > 2:
            told.setdefault((draft.kind, draft.count.value, draft.count.high), []).append(index)
    result: list[list[int]] = [[] for _ in drafts]
    for indexes in told.values():
        if 1 < len(indexes) <= 12:
            for index in indexes:
                result[index] = [other for other in indexes if other != index]
    return result


@dataclass(frozen=True, slots=True)
class Said:
    """Words of a report and the sentence they stand in."""

    words: str
    sentence: int


@dataclass(slots=True)
class Answer:
    """One possible value with the signs that speak for it, and the words they were read from, best first."""

    value: str | None
    signs: set[str] = field(default_factory=set)
    words: list[Said] = field(default_factory=list)


def because(answer: Answer, sentence: int) -> str:
    """Return the words an answer was read from, and how far from the count's sentence they stand.

    >>> because(Answer("israel", words=[Said("Israeli air strike", 2)]), 4)
    'Israeli air strike, two sentences before'
    """
    if not answer.words or answer.value is None:
        return ""
    said = min(answer.words, key=lambda said: said.sentence != sentence)
    away = said.sentence - sentence
    if away == 0:
        return said.words
    size = "a sentence" if abs(away) == 1 else f"{_FEW.get(abs(away), abs(away))} sentences"
    return f"{said.words}, {size} {'after' if away > 0 else 'before'}"


_FEW = {2: "two", 3: "three", 4: "four", 5: "five", 6: "six", 7: "seven", 8: "eight", 9: "nine", 10: "ten"}


def best(answers: Iterable[Answer], table: Mapping[str, float]) -> Answer:
    """Return the answer whose signs weigh most; of two alike, the first."""
    return max(answers, key=lambda answer: fsum([table[sign] for sign in answer.signs if sign in table]))


def share_signs(drafts: Drafts, answers: Sequence[dict[str | None, Answer]], lent: Sequence[str]) -> None:
    """Lend a draft the ``lent`` signs of its whole and of the same count told elsewhere, marked as such."""
    wanted = frozenset(lent)
    close = [{value: answer.signs & wanted for value, answer in table.items()} for table in answers]
    for index, others in enumerate(twins(drafts)):
        lenders: list[tuple[str, int]] = [("told again", other) for other in others]
        parent = drafts[index].parent
        if parent is not None and 0 <= parent < len(drafts) and parent != index:
            lenders.append(("its whole", parent))
        for why, other in lenders:
            for value, signs in close[other].items():
                if signs:
                    answer = answers[index].setdefault(value, Answer(value))
                    answer.signs.update(f"{why}, {sign}" for sign in signs)
                    answer.words.extend(answers[other][value].words[:1])
