"""Where harm happened: the place of each count, as the report names it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice

from harmledger.extract.draft import Drafts, Found
from harmledger.extract.linear import weights
from harmledger.extract.reading import Reading
from harmledger.extract.where.agreement import at_first, in_agreement, looks, of_first, score, shares
from harmledger.extract.where.mention import Mention
from harmledger.extract.where.mentions import find_mentions
from harmledger.extract.where.scene import Scene, scene
from harmledger.extract.where.words import PlaceKind, Tie
from harmledger.gazetteer.asking import leading_point
from harmledger.model import Span

# Places of a report that are looked up beside those of its counts; the first named tell the most.
MOST_LISTED = 40


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place as a report names it, with what the report says around it, for the gazetteer to resolve.

    ``words`` are the report's own ("Salmiya camp"), ``name`` is the bare name ("Salmiya"), ``within`` the wider places
    named with it, finest first, ``near`` those it is told to lie near or away from. ``tie`` is how the harm is tied to
    it, and "unknown" a ``kind`` that the report does not tell.
    """

    words: str
    name: str
    span: Span
    kind: PlaceKind
    tie: Tie = "none"
    within: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


def locate(
    reading: Reading, drafts: Drafts, known: Callable[[str], bool] | None = None
) -> list[Found[PlaceMention | None]]:
    """Return the place of each draft, None where the report names none.

    ``known`` says whether a gazetteer holds a name; it helps to tell places from persons and is not needed.
    """
    return locate_and_list(reading, drafts, known)[0]


def locate_and_list(
    reading: Reading, drafts: Drafts, known: Callable[[str], bool] | None = None
) -> tuple[list[Found[PlaceMention | None]], list[PlaceMention]]:
    """Return the place of each draft, and every place that the report names, since neighbours tell namesakes apart."""
    view = scene(reading, drafts, find_mentions(reading, known))
    found: list[Found[PlaceMention | None]] = []
    for index, key in enumerate(choose(view, weights("where"))):
        if key is None:
            found.append(Found(None, "no place is named for this harm"))
        else:
            sentence = view.sentence_of[index]
            found.append(Found(_told(view, key, sentence), _reason(view, key, sentence)))
    listed = [_told(view, key, mentions[0].sentence) for key, mentions in islice(view.named.items(), MOST_LISTED)]
    return found, listed


def place_words(reading: Reading, drafts: Drafts) -> list[Found[str | None]]:
    """Return the words of each draft's place."""
    return [Found(f.value.words if f.value else None, f.because) for f in locate(reading, drafts)]


def choose(view: Scene, table: Mapping[str, float]) -> list[str | None]:
    """Return the key of each draft's place, None for "not told": the one that scores best by a table of weights."""
    around_them, first = looks(view), of_first(table)
    alone = at_first(view, around_them)
    told = in_agreement(view, around_them, alone, [shares(first, each) for each in alone])
    return [max(each, key=lambda key: score(table, each[key])) for each in told]


def _mention(view: Scene, key: str, sentence: int) -> Mention:
    """Return the mention that stands for a place: in the draft's sentence, else the nearest before, else the first."""
    mentions = view.named[key]
    here = [m for m in view.by_sentence.get(sentence, ()) if m.key == key and not m.refers]
    before = bisect_left(mentions, sentence, key=lambda m: m.sentence)
    return here[0] if here else mentions[max(before - 1, 0)]


def _reason(view: Scene, key: str, sentence: int) -> str:
    """Say where the report names the place, in its own words with the word that ties it."""
    mention, reading = _mention(view, key, sentence), view.reading
    opening = reading.sentences[mention.sentence].first
    words = " ".join(reading.words(max(opening, mention.start - 1), max(mention.end, mention.last)).split())
    apart = sentence - mention.sentence
    if not apart:
        return f"'{words}' in its sentence"
    many = "one sentence" if abs(apart) == 1 else f"{abs(apart)} sentences"
    return f"'{words}', {many} {'before' if apart > 0 else 'after'}"


def _told(view: Scene, key: str, sentence: int) -> PlaceMention:
    """Return a place as its mention near a sentence tells it."""
    mentions, mention = view.named[key], _mention(view, key, sentence)
    fullest = max(mentions[:20], key=lambda m: (m.told_kind, len(m.within)))
    reading = view.reading
    start = reading.tokens[mention.first].start
    end = reading.tokens[_written_end(mention) - 1].end - (1 if mention.clipped else 0)
    return PlaceMention(
        reading.text[start:end],
        _name(reading, mention),
        Span(start, end),
        mention.kind if mention.told_kind or mention.kind != "unknown" else fullest.kind,
        mention.tie,
        tuple(dict.fromkeys(_wide_name(reading, outer) for m in (mention, fullest) for outer in _outward(m))),
        tuple(dict.fromkeys(_name(reading, other) for m in (mention, fullest) for other in m.near)),
    )


def _written_end(mention: Mention) -> int:
    """The noun is part of the words where the name alone would say something else: "Salmiya camp"."""
    if mention.end > mention.last and mention.kind in (
        "camp",
        "area",
        "district",
        "province",
        "city",
        "neighbourhood",
    ):
        return mention.end
    return mention.last


def _outward(mention: Mention) -> list[Mention]:
    found: list[Mention] = []
    waiting = list(mention.within)
    while waiting and len(found) < 6:
        outer = waiting.pop(0)
        if outer not in found:
            found.append(outer)
            waiting.extend(outer.within)
    return found


def _wide_name(reading: Reading, mention: Mention) -> str:
    """Return a wider place's name with the side of it that is told: "northern Maro"."""
    name = _name(reading, mention)
    told = f"{reading.tokens[mention.first - 1].norm} {name}" if mention.first and mention.direction else ""
    return told if told and leading_point(told) else name


def _name(reading: Reading, mention: Mention) -> str:
    words = reading.words(mention.first, mention.last)
    return words[:-1] if mention.clipped else words
