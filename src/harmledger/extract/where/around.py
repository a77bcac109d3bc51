"""What a draft's own sentence says about its place, whatever the place may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from harmledger.extract.draft import Draft
from harmledger.extract.harm import CLASSES
from harmledger.extract.lexicon import lexicon
from harmledger.extract.where.mention import Mention
from harmledger.extract.where.scene import Said, Scene, size_of
from harmledger.extract.where.words import words

ROUND_UP = 4  # fine places past which a report tells of many events
_ALSO_TURNS = frozenset(("meanwhile", "elsewhere", "separately", "similarly"))
# What "the town" may stand for, and what "a town" may turn out to be.
_STANDS_FOR: dict[str, tuple[str, ...]] = {
    "city": ("city",),
    "town": ("town", "village", "unknown"),
    "village": ("village", "town", "unknown"),
    "camp": ("camp",),
    "neighborhood": ("neighbourhood", "area"),
    "neighbourhood": ("neighbourhood", "area"),
    "suburb": ("neighbourhood", "area", "town"),
    "quarter": ("neighbourhood",),
    "district": ("district", "neighbourhood"),
    "area": ("area", "neighbourhood", "unknown"),
    "region": ("province", "area", "territory"),
    "province": ("province",),
    "governorate": ("province",),
    "oblast": ("province",),
    "country": ("country",),
}


@dataclass(frozen=True, slots=True)
class Around:
    """What is true of a draft whatever its place.

    ``level`` is how finely its sentence tells a place: "told", "city", "wide" (a province or a country) or "bare".
    ``before``, ``after`` and ``opening`` are the keys of the nearest and of the first place tied to what happens.
    ``same`` are the sentences of drafts with the same count. ``size`` is the magnitude of its number.
    """

    draft: Draft
    at: int
    cumulative: bool
    said: Said
    level: str
    firm: tuple[Mention, ...]
    here: frozenset[str]
    before: str | None
    after: str | None
    opening: str | None
    same: frozenset[int]
    lists: bool
    roundup: bool
    size: str
    head: str | None
    head_at: int
    setting: str | None
    set_here: bool
    city: str | None
    others: tuple[int, ...]


def around(view: Scene, index: int) -> Around:
    """Look around a draft."""
    draft, at = view.drafts[index], view.sentence_of[index]
    here = view.by_sentence.get(at, [])
    firm = tuple(m for m in here if m.firm)
    twins = view.same_count.get((draft.kind, draft.count.value), [])[:12]
    head_at = max((i for i in view.heads if i <= at), default=-1)
    head = view.heads.get(head_at)
    set_at = max((i for i in view.settings if head_at <= i <= at), default=-1)
    setting = view.settings.get(set_at)
    city = next(
        (m.key for i in range(at, max(-1, at - 12), -1) for m in view.by_sentence.get(i, ()) if size_of(m) == "city"),
        None,
    )
    return Around(
        draft=draft,
        at=at,
        cumulative=draft.scope == "cumulative",
        said=_said(view, at),
        level=_level(firm),
        firm=firm,
        here=frozenset(m.key for m in here),
        before=next((m.key for m in reversed(firm) if m.first < draft.first), None),
        after=next((m.key for m in firm if m.first > draft.first and not m.outer), None),
        opening=firm[0].key if firm else None,
        same=frozenset(view.sentence_of[i] for i in twins) - {at},
        lists=sum(m.many and size_of(m) == "quarter" for m in here) > 1,
        roundup=len(view.finest) > ROUND_UP,
        size=_magnitude(draft),
        head=head,
        head_at=head_at,
        setting=setting,
        set_here=set_at == at,
        city=city,
        others=tuple(view.drafts[i].first for i in view.in_sentence[at] if i != index),
    )


def _level(firm: tuple[Mention, ...]) -> str:
    sizes = {size_of(m) for m in firm}
    if not sizes:
        return "bare"
    if sizes & {"quarter", "town", "unknown", "district"}:
        return "told"
    return "wide" if sizes <= {"country", "province"} else "city"


def _said(view: Scene, at: int) -> Said:
    """Return what a sentence says; it is read once however many counts it holds."""
    if at in view.said:
        return view.said[at]
    sentence = view.reading.sentences[at]
    norms = [view.reading.tokens[i].norm for i in range(sentence.first, sentence.last)]
    the, some = set[str](), set[str]()
    for i, norm in enumerate(norms):
        if norm in ("the", "that", "this", "same"):
            noun = next(
                (word for word in norms[i + 1 : i + 3] if word not in ("same", "divided", "besieged", "nearby")), ""
            )
            if noun in _STANDS_FOR and norms[i + 2 : i + 3] != ["of"]:
                the.update(_STANDS_FOR[noun])
        elif norm in ("a", "an"):
            some.update(_STANDS_FOR.get(next((word for word in norms[i + 1 : i + 5] if word in _STANDS_FOR), ""), ()))
    told, line = words(), f" {' '.join(norms)} "
    said = Said(
        speaker=sentence.first + _speaker(norms),
        turns=tuple(sentence.first + i for i, norm in enumerate(norms) if norm in told.turns or norm in _ALSO_TURNS),
        the=frozenset(the),
        some=frozenset(some),
        war=any(
            norm in told.war and (i == 0 or not view.reading.tokens[sentence.first + i].capital)
            for i, norm in enumerate(norms)
        ),
        opens=any(norm in told.opens for norm in norms[:4]),
        whole=any(f" {phrase} " in line for phrase in told.whole),
        event=any(
            norm in told.events and not told.these.isdisjoint(norms[max(0, i - 2) : i]) for i, norm in enumerate(norms)
        ),
        fresh=any(norm in told.fresh for norm in norms),
        past=any(norm in told.past for norm in norms),
        several=any(
            norm in told.nouns and norm.endswith("s") and any(word in told.several for word in norms[max(0, i - 4) : i])
            for i, norm in enumerate(norms)
        ),
        listing=any(norm in told.lists for norm in norms),
        # "Syrian Observatory" is a body's name and tells no place.
        peoples=frozenset(
            norm[:4]
            for i, norm in enumerate(norms)
            if norm in told.nationalities
            and (i + 1 == len(norms) or not view.reading.tokens[sentence.first + i + 1].capital)
        ),
        capital=any(
            norm == "capital" and i > 0 and (norms[i - 1] == "the" or norms[i - 1] in told.nationalities)
            for i, norm in enumerate(norms)
        ),
    )
    view.said[at] = said
    return said


def _speaker(norms: Sequence[str]) -> int:
    """Return where the words about who speaks end: "the civil defence in Karun province said ...", 0 for none."""
    for i, norm in enumerate(norms):
        if CLASSES.get(norm) == "SAY":
            return i
        if norm in _happens():
            return 0
    return 0


@cache
def _happens() -> frozenset[str]:
    """Return the words of harm and of attacks: past one of them a sentence tells what happened."""
    entries = lexicon("time_cues").entries
    return frozenset(word for entry in entries if entry["role"] in ("harm", "attack") for word in entry["words"])


def _magnitude(draft: Draft) -> str:
    value = draft.count.value
    if value is None:
        return "vague"
    return "few" if value < 100 else "hundreds" if value < 1000 else "thousands" if value < 10000 else "a war's"
