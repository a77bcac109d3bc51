"""The places of a report, arranged so that each count of harm can be asked for its own."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from harmledger.extract.draft import Drafts
from harmledger.extract.reading import Reading
from harmledger.extract.where.mention import Mention
from harmledger.extract.where.words import PlaceKind

REACH = 8  # sentences back and forth in which a place is looked for, beside the first and commonest
CROWD = 60  # most mentions looked at on each side
MANY = 50  # fine places kept track of; past four, a report is a round-up
SIZES: dict[PlaceKind, str] = {
    "neighbourhood": "quarter", "area": "quarter", "camp": "quarter", "village": "town", "town": "town", "city": "city",
    "district": "district", "province": "province", "territory": "country", "country": "country",
    "building": "building", "street": "building", "unknown": "unknown",
}  # fmt: skip


def size_of(mention: Mention) -> str:
    """Return how large a place is, by its kind; "a Karun suburb" is no finer than Karun."""
    size = SIZES[mention.kind]
    return "city" if mention.known_city and size in ("quarter", "town", "unknown") and mention.kind != "camp" else size


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one sentence that bear on places. ``turns`` are tokens at which it goes over to something else.

    What stands before ``speaker`` tells who speaks and where, not where anything happened.
    """

    speaker: int
    turns: tuple[int, ...]
    the: frozenset[str]
    some: frozenset[str]
    war: bool
    opens: bool
    whole: bool
    capital: bool
    event: bool
    fresh: bool
    past: bool
    several: bool
    listing: bool
    peoples: frozenset[str]


@dataclass(slots=True)
class Scene:
    """The mentions of a report by sentence and by name (``key``), and its drafts by sentence and by count.

    ``order`` holds the keys as they first stand in the text, ``common`` the six most often named. ``holders`` tells
    which places a place was said to lie in. ``fine`` are cities and what is smaller, told with a tie of their own;
    ``finest`` those smaller than a city. ``named`` are the mentions of a place by its name. ``heads`` and ``settings``
    tell the place that heads or sets what a sentence opens.
    """

    reading: Reading
    drafts: Drafts
    mentions: list[Mention]
    by_sentence: dict[int, list[Mention]] = field(default_factory=dict)
    by_key: dict[str, list[Mention]] = field(default_factory=dict)
    named: dict[str, list[Mention]] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)
    share: Counter[str] = field(default_factory=Counter)
    common: list[str] = field(default_factory=list)
    places_of: dict[str, list[int]] = field(default_factory=dict)
    sentence_of: list[int] = field(default_factory=list)
    same_count: dict[tuple[object, ...], list[int]] = field(default_factory=dict)
    inner_somewhere: set[str] = field(default_factory=set)
    outer_somewhere: set[str] = field(default_factory=set)
    in_sentence: dict[int, list[int]] = field(default_factory=dict)
    holders: dict[str, set[str]] = field(default_factory=dict)
    fine: list[str] = field(default_factory=list)
    finest: list[str] = field(default_factory=list)
    said: dict[int, Said] = field(default_factory=dict)
    heads: dict[int, str] = field(default_factory=dict)
    settings: dict[int, str] = field(default_factory=dict)


def scene(reading: Reading, drafts: Drafts, mentions: list[Mention]) -> Scene:
    """Return the mentions arranged for asking."""
    made = Scene(reading, drafts, mentions)
    for mention in mentions:
        made.by_sentence.setdefault(mention.sentence, []).append(mention)
        if mention.key not in made.by_key:
            made.order.append(mention.key)
        made.by_key.setdefault(mention.key, []).append(mention)
        if not mention.refers:
            made.named.setdefault(mention.key, []).append(mention)
        made.share[mention.key] += 1
        if mention.outer:
            made.outer_somewhere.add(mention.key)
        if mention.within:
            made.inner_somewhere.add(mention.key)
    _arrange_fine(made)
    _arrange_sections(made)
    made.common = [key for key, _ in made.share.most_common(6)]
    made.places_of = {key: [m.sentence for m in found] for key, found in made.by_key.items()}
    for index, draft in enumerate(drafts):
        at = reading.tokens[draft.first].sentence
        made.sentence_of.append(at)
        made.in_sentence.setdefault(at, []).append(index)
        if draft.count.value is not None and draft.count.value > 1:
            made.same_count.setdefault((draft.kind, draft.count.value), []).append(index)
    return made


def _arrange_fine(made: Scene) -> None:
    """Note which places lie in which, and which fine places are told with a tie of their own."""
    for mention in made.mentions:
        waiting, steps = list(mention.within + mention.near), 0
        while waiting and steps < 8:
            outer = waiting.pop()
            steps += 1
            if outer.key != mention.key:
                made.holders.setdefault(mention.key, set()).add(outer.key)
            waiting.extend(outer.within)
        size = size_of(mention)
        fine = size in ("quarter", "town", "unknown", "city", "district") and not mention.outer
        if fine and mention.firm and mention.key not in made.fine and len(made.fine) < MANY:
            made.fine.append(mention.key)
            if size != "city":
                made.finest.append(mention.key)


def _arrange_sections(made: Scene) -> None:
    """Note the place that heads what follows ("Karun Army units ..."), or sets it ("In Karun province terrorists")."""
    tokens = made.reading.tokens
    for at, mentions in made.by_sentence.items():
        sentence, first = made.reading.sentences[at], mentions[0]
        wide = SIZES[first.kind] in ("city", "province", "district", "country", "unknown", "town")
        if not wide:
            continue
        if first.start == sentence.first and first.tie == "none" and not first.dateline:
            following = tokens[first.end] if first.end < sentence.last else None
            if following is None or following.text in (":", "/") or (first.listed and following.capital):
                made.heads[at] = first.key
        elif first.start - sentence.first <= 3 and first.tie == "in" and SIZES[first.kind] != "country":
            made.settings[at] = first.key


def candidates(view: Scene, index: int) -> list[str]:
    """Return the keys of the places that a draft might have, nearest first; a bounded number."""
    at = view.sentence_of[index]
    keys: dict[str, None] = {}
    for step in range(REACH + 1):
        for sentence in (at - step, at + step):
            for mention in view.by_sentence.get(sentence, ())[:CROWD]:
                keys[mention.key] = None
        if len(keys) > CROWD:
            break
    for key in view.order[:4] + view.common:
        keys[key] = None
    return list(keys)
