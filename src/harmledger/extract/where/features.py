"""What speaks for and against each place of a report as the place of one count of harm.

A feature is a short phrase. What follows ``|`` narrows it: ``same sentence, tie|in``. Weights are data (weights/where.json).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

from harmledger.extract.draft import Draft, Drafts
from harmledger.extract.reading import Reading
from harmledger.extract.where.mention import Mention
from harmledger.extract.where.words import PlaceKind, words

REACH = 8  # sentences back and forth in which a place is looked for, beside the report's first and commonest places
CROWD = 60  # most mentions looked at on each side
_SIZES: dict[PlaceKind, str] = {
    "neighbourhood": "quarter", "area": "quarter", "camp": "quarter", "village": "town", "town": "town", "city": "city",
    "district": "district", "province": "province", "territory": "country", "country": "country", "building": "building",
    "street": "building", "unknown": "unknown",
}  # fmt: skip
_TURNS = frozenset(("while", "but", "whereas", "meanwhile", ";", "elsewhere", "separately", "similarly"))
_OPENS = frozenset("meanwhile elsewhere separately also another similarly earlier previously".split())
_WAR = frozenset(
    """war conflict uprising revolution crisis crackdown since began erupted years unrest turmoil overall nationwide countrywide
    country""".split()
)
_BACK: dict[str, tuple[str, ...]] = {
    "city": ("city",), "town": ("town", "village", "unknown"), "village": ("village", "town", "unknown"),
    "camp": ("camp",), "neighborhood": ("neighbourhood", "area"), "neighbourhood": ("neighbourhood", "area"),
    "district": ("district", "neighbourhood"), "province": ("province",), "country": ("country",),
    "area": ("area", "neighbourhood", "unknown"), "region": ("province", "area", "territory"), "governorate": ("province",), "oblast": ("province",),
}  # fmt: skip


@dataclass(slots=True)
class Scene:
    """The mentions of a report, by sentence and by name."""

    reading: Reading
    drafts: Drafts
    mentions: list[Mention]
    by_sentence: dict[int, list[Mention]] = field(default_factory=dict)
    by_key: dict[str, list[Mention]] = field(default_factory=dict)
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


def scene(reading: Reading, drafts: Drafts, mentions: list[Mention]) -> Scene:
    """Return the mentions arranged for asking."""
    made = Scene(reading, drafts, mentions)
    for mention in mentions:
        made.by_sentence.setdefault(mention.sentence, []).append(mention)
        if mention.key not in made.by_key:
            made.order.append(mention.key)
        made.by_key.setdefault(mention.key, []).append(mention)
        made.share[mention.key] += 1
        if mention.outer:
            made.outer_somewhere.add(mention.key)
        if mention.within:
            made.inner_somewhere.add(mention.key)
    _arrange_fine(made)
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
        fine = _SIZES[mention.kind] in ("quarter", "town", "unknown", "city", "district") and not mention.outer
        if fine and mention.firm and mention.key not in made.fine and len(made.fine) < 50:
            made.fine.append(mention.key)
            if _SIZES[mention.kind] != "city":
                made.finest.append(mention.key)


def candidates(view: Scene, index: int, chosen: list[str | None]) -> list[str]:
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
    draft = view.drafts[index]
    for other in (index - 1, draft.parent):
        if other is not None and 0 <= other < index and chosen[other] is not None:
            keys[str(chosen[other])] = None
    return list(keys)


@dataclass(slots=True)
class Around:
    """What is true of a draft's sentence whatever the place, worked out once for a draft."""

    draft: Draft
    at: int
    cumulative: bool
    war: bool
    empty: str
    turns: list[int]
    back: frozenset[str]
    before: str | None
    after: str | None
    first_key: str | None
    same: frozenset[int]
    lead: str | None
    parent: str | None
    lead_far: str
    twin: str | None
    some: frozenset[str]
    here: frozenset[str]
    solid: list[Mention]
    opens: bool
    lists: bool
    whole: bool
    capital: bool
    roundup: bool
    huge: str


def around(view: Scene, index: int, chosen: list[str | None]) -> Around:
    """Look at a draft's sentence once."""
    draft, at = view.drafts[index], view.sentence_of[index]
    sentence = view.reading.sentences[at]
    tokens = view.reading.tokens
    norms = [tokens[i].norm for i in range(sentence.first, sentence.last)]
    here = view.by_sentence.get(at, ())
    firm = [m for m in here if m.firm]
    sizes = {_SIZES[m.kind] for m in firm}
    level = "bare" if not sizes else "wide" if sizes <= {"country", "province"} else "city"
    if sizes & {"quarter", "town", "unknown", "district"}:
        level = "told"
    turns = [sentence.first + i for i, norm in enumerate(norms) if norm in _TURNS]
    kinds: set[str] = set()
    some: set[str] = set()
    for i, norm in enumerate(norms[:-1]):
        if norm in ("the", "that", "this", "same"):
            noun = norms[i + 1]
            if noun in ("same", "divided", "besieged", "nearby") and i + 2 < len(norms):
                noun = norms[i + 2]
            if noun in _BACK and not (i + 2 < len(norms) and norms[i + 2] == "of"):
                kinds.update(_BACK[noun])
    for i, norm in enumerate(norms):
        if norm in ("a", "an"):
            for noun in norms[i + 1 : i + 5]:
                if noun in _BACK:
                    some.update(_BACK[noun])
                    break
    nearest_before = next((m.key for m in reversed(firm) if m.first < draft.first), None)
    nearest_after = next((m.key for m in firm if m.first > draft.first and not m.outer), None)
    same = (
        {view.sentence_of[i] for i in view.same_count.get((draft.kind, draft.count.value), ())[:12]} - {at}
        if draft.count.value is not None
        else set()
    )
    lead, far = None, "none"
    if index > 0:
        lead = chosen[index - 1]
        gap = at - view.sentence_of[index - 1]
        far = "here" if gap == 0 else "next" if gap == 1 else "far"
    twin = None
    for other in view.same_count.get((draft.kind, draft.count.value), ())[:12]:
        if other < index:
            twin = chosen[other]
    parent = chosen[draft.parent] if draft.parent is not None and 0 <= draft.parent < index else None
    return Around(
        draft, at, draft.scope == "cumulative", sum(norm in _WAR for norm in norms) > 0, level, turns,
        frozenset(kinds), nearest_before, nearest_after, firm[0].key if firm else None, frozenset(same), lead, parent, far, twin,
        frozenset(some), frozenset(m.key for m in here), firm, any(norm in _OPENS for norm in norms[:4]), sum(m.many and _SIZES[m.kind] == "quarter" for m in here) > 1,
        _says(norms, ("across", "the", "country")) or "nationwide" in norms or "countrywide" in norms,
        _capital(norms), len(view.finest) > 4,
        _magnitude(draft),
    )  # fmt: skip


def _says(norms: list[str], phrase: tuple[str, ...]) -> bool:
    return any(tuple(norms[i : i + len(phrase)]) == phrase for i in range(len(norms) - len(phrase) + 1))


def _capital(norms: list[str]) -> bool:
    """True for "the capital", "the Syrian capital", but not "the provincial capital"."""
    return any(
        norm == "capital" and i > 0 and (norms[i - 1] == "the" or norms[i - 1] in words().nationalities)
        for i, norm in enumerate(norms)
    )


def _magnitude(draft: Draft) -> str:
    value = draft.count.value
    if value is None:
        return "vague"
    return "few" if value < 100 else "hundreds" if value < 1000 else "thousands" if value < 10000 else "a war's"


def features(view: Scene, look: Around, key: str) -> dict[str, float]:
    """Return what speaks for or against one place for one draft."""
    found = view.by_key[key]
    here = [m for m in view.by_sentence.get(look.at, ()) if m.key == key]
    best = min(here, key=lambda m: (m.outer, not m.firm, abs(m.first - look.draft.first))) if here else None
    size = _SIZES[(best or found[0]).kind if best is None or best.kind != "unknown" else found[0].kind]
    scope = "total" if look.cumulative else "one"
    out: dict[str, float] = {f"size|{size}": 1.0, f"size, {scope}|{size}": 1.0}
    if best is not None:
        _same_sentence(out, look, best, size, scope, key)
    else:
        _elsewhere(out, view, look, key, size, scope)
    _report_wide(out, view, look, key, size, best is not None)
    return out


def _same_sentence(out: dict[str, float], look: Around, m: Mention, size: str, scope: str, key: str) -> None:
    manner = "firm" if m.firm else "loose"
    out[f"here|{manner}"] = 1.0
    out[f"here, {manner}, {scope}|{size}"] = 1.0
    out[f"here, tie|{m.tie}"] = 1.0
    after = m.first > look.draft.first
    side = "after" if after else "before"
    distance = abs(m.first - look.draft.first)
    out[f"here, {side}|{'6' if distance <= 6 else '15' if distance <= 15 else '30' if distance <= 30 else 'far'}"] = 1.0
    between = len(
        {o.key for o in look.solid if min(m.first, look.draft.first) < o.first < max(m.first, look.draft.first)} - {key}
    )
    if between:
        out[f"here, {side}, places between|{min(between, 3)}"] = 1.0
    low, high = sorted((m.first, look.draft.first))
    crossed = sum(low < turn < high for turn in look.turns)
    if crossed:
        out[f"here, across a turn|{side}"] = 1.0
    if m.outer:
        out["here, outer"] = 1.0
        if m.holds_many:
            out["here, holds a list"] = 1.0
    if m.within:
        out["here, within another"] = 1.0
    if m.near:
        out["here, near another"] = 1.0
    if m.many:
        out["here, in a list"] = 1.0
        if m.rank:
            out["here, later in a list"] = 1.0
        if look.cumulative:
            out["here, in a list, total"] = 1.0
    if look.after == key:
        out["here, nearest after"] = 1.0
        if look.before is None:
            out["here, nearest after, none before"] = 1.0
    if look.before == key:
        out["here, nearest before"] = 1.0
        if look.after is None:
            out["here, nearest before, none after"] = 1.0
    if look.first_key == key:
        out["here, first told"] = 1.0


def _elsewhere(out: dict[str, float], view: Scene, look: Around, key: str, size: str, scope: str) -> None:
    places = view.places_of[key]
    at = bisect_left(places, look.at)
    gap = look.at - places[at - 1] if at > 0 else 0
    ahead = places[at] - look.at if at < len(places) else 0
    empty = look.empty
    out[f"not here, {empty}"] = 1.0
    out[f"not here, {scope}|{size}"] = 1.0
    if gap:
        step = "1" if gap == 1 else "2" if gap == 2 else "4" if gap <= 4 else "9" if gap <= 9 else "far"
        out[f"before, {empty}|{step}"] = 1.0
        if look.roundup:
            out[f"before, one of many|{step}"] = 1.0
        mention = view.by_key[key][at - 1]
        out[f"before, tie|{mention.tie}"] = 1.0
        if mention.outer:
            out["before, outer"] = 1.0
        if mention.many:
            out["before, in a list"] = 1.0
        last = view.by_sentence.get(look.at - 1) or view.by_sentence.get(look.at - 2) or []
        if last and last[0].key == key:
            out["before, first of the last told"] = 1.0
    else:
        step = "1" if ahead == 1 else "2" if ahead == 2 else "4" if ahead <= 4 else "far"
        out[f"after only, {empty}|{step}"] = 1.0
        mention = view.by_key[key][at]
        out[f"after only, tie|{mention.tie}"] = 1.0
        if mention.outer:
            out["after only, outer"] = 1.0
    if look.lists and size == "city":
        out["not here, quarters listed here"] = 1.0
    inside = view.holders.get(key, frozenset()) & look.here
    if inside:
        out[f"not here, inside a place told here|{empty}"] = 1.0
        out[f"inside a place told here|{size}"] = 1.0
    if size in ("quarter", "town", "unknown", "city"):
        if mention.kind in look.some:
            out["a town, a village"] = 1.0
        if look.opens:
            out[f"not here, the sentence opens anew|{'before' if gap else 'after'}"] = 1.0
    if mention.kind in look.back or (look.back and mention.kind == "unknown"):
        out["the town, the city"] = 1.0


def _report_wide(out: dict[str, float], view: Scene, look: Around, key: str, size: str, here: bool) -> None:
    where = "here" if here else "away"
    scope = "total" if look.cumulative else "one"
    found = view.by_key[key]
    if key in view.outer_somewhere:
        out[f"outer somewhere|{where}"] = 1.0
    if key in view.inner_somewhere:
        out[f"inner somewhere|{where}"] = 1.0
    if view.order[0] == key:
        out[f"first place of the report|{where}"] = 1.0
    elif key in view.order[1:3]:
        out[f"second or third place of the report|{where}"] = 1.0
    if view.places_of[key][0] == 0:
        out[f"in the first sentence|{where}"] = 1.0
    out[f"share|{where}"] = len(found) / len(view.mentions)
    if view.common[0] == key:
        out[f"commonest|{where}"] = 1.0
    if any(m.tie in ("in", "on", "hit", "near") and not m.outer for m in found[:6]):
        out[f"ever tied|{where}"] = 1.0
    if view.fine:
        if view.fine[0] == key:
            out[f"first fine place|{where}, {look.empty}"] = 1.0
            if len(view.fine) == 1:
                out[f"only fine place|{where}, {look.empty}"] = 1.0
        elif key in view.fine[1:3]:
            out[f"second fine place|{where}, {look.empty}"] = 1.0
        elif key not in view.fine:
            out[f"no fine place|{where}, {look.empty}"] = 1.0
    if key in view.finest[:3]:
        number = (
            "only" if len(view.finest) == 1 else "first of two or three" if len(view.finest) <= 3 else "first of many"
        )
        if view.finest[0] != key:
            number = number.replace("first", "later")
        out[f"{number}, finest|{where}, {look.empty}"] = 1.0
    if here and look.back and any(m.kind in look.back for m in found[:8]):
        out["the town, the city, told here"] = 1.0
    if all(m.dateline for m in found[:4]):
        out["only a dateline"] = 1.0
    if all(not m.firm for m in found[:8]):
        out[f"never firm|{where}"] = 1.0
    if look.roundup:
        out[f"one of many places|{where}"] = 1.0
    if look.whole:
        out[f"across the country|{size}"] = 1.0
    if look.capital and any(m.capital for m in found[:8]):
        out[f"the capital|{where}"] = 1.0
    if look.huge not in ("few", "vague"):
        out[f"number, {look.huge}|{size}"] = 1.0
    if look.cumulative and look.war and here:
        out[f"war's toll, here|{size}"] = 1.0
    if look.cumulative and look.war:
        out[f"war's toll|{size}"] = 1.0
    if look.same and any(sentence in look.same for sentence in view.places_of[key][:20]):
        out["same count told there"] = 1.0
        out[f"same count told there, {look.empty}|{size}"] = 1.0
    if look.lead == key:
        out[f"last chosen, {look.lead_far}|{where}"] = 1.0
        if look.cumulative:
            out[f"last chosen, total|{look.lead_far}"] = 1.0
        out[f"last chosen, {look.empty}|{look.lead_far}"] = 1.0
        if look.roundup:
            out[f"last chosen, one of many|{look.lead_far}"] = 1.0
        if look.opens:
            out[f"last chosen, the sentence opens anew|{look.lead_far}"] = 1.0
        if look.turns:
            out[f"last chosen, a turn|{look.lead_far}"] = 1.0
    if look.parent == key:
        out["its whole's place"] = 1.0
    if look.twin == key:
        out["same count's place"] = 1.0


def no_place(view: Scene, look: Around) -> dict[str, float]:
    """Return what speaks for "no place is told"."""
    scope = "total" if look.cumulative else "one"
    out = {f"none|{scope}": 1.0, f"none, {look.empty}": 1.0, f"none, number|{look.huge}": 1.0}
    if not view.fine:
        out["none, no fine place"] = 1.0
    if not any(m.firm for m in view.mentions):
        out["none, nothing firm"] = 1.0
    if look.whole:
        out["none, across the country"] = 1.0
    if look.lead_far != "none" and look.lead is None:
        out["none, as the last"] = 1.0
    return out
