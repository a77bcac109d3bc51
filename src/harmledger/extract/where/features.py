"""What speaks for and against each place of a report as the place of one count of harm.

A feature is a short phrase. What follows ``|`` narrows it: ``here, tie|in``. Weights are data (weights/where.json).
"""

from __future__ import annotations

from bisect import bisect_left

from harmledger.extract.where.around import Around
from harmledger.extract.where.mention import Mention
from harmledger.extract.where.scene import Scene, size_of


def features(view: Scene, look: Around, key: str) -> dict[str, float]:
    """Return what speaks for or against one place for one draft."""
    found = view.by_key[key]
    here = [m for m in view.by_sentence.get(look.at, ()) if m.key == key]
    best = min(here, key=lambda m: (m.outer, not m.firm, abs(m.first - look.draft.first))) if here else None
    size = size_of(best if best is not None and best.kind != "unknown" else found[0])
    scope = "total" if look.cumulative else "one"
    out: dict[str, float] = {f"size|{size}": 1.0, f"size, {scope}|{size}": 1.0}
    if best is not None:
        _same_sentence(out, look, best, size, scope, key)
    else:
        _elsewhere(out, view, look, key, size, scope)
    _report_wide(out, view, look, key, size, best is not None)
    _sections(out, view, look, key, size, "here" if best is not None else "away", scope)
    return out


def _sections(out: dict[str, float], view: Scene, look: Around, key: str, size: str, where: str, scope: str) -> None:
    said = look.said
    held = any(key in view.holders.get(other, ()) for other in look.here if other != key)
    if where == "here" and held:
        out[f"here, holds one told here|{size}"] = 1.0
        out["here, holds one told here"] = 1.0
    if look.head is not None:
        if look.head == key:
            out[f"heads it|{where}, {look.level}"] = 1.0
            out[f"heads it, {scope}"] = 1.0
            out["heads it"] = 1.0
        elif where == "away" and not any(look.head_at <= i <= look.at for i in view.places_of[key]):
            out["of another section"] = 1.0
    if look.setting == key:
        out[f"sets it|{where}, {look.level}"] = 1.0
        out[f"sets it, {scope}|{where}"] = 1.0
    elif look.set_here and look.setting not in view.holders.get(key, ()):
        out[f"set elsewhere|{where}"] = 1.0
        if look.said.fresh or look.said.opens or look.said.turns:
            out[f"set elsewhere, another|{where}"] = 1.0
    if look.lists:
        if held:
            out[f"holds one of a list|{where}"] = 1.0
        if look.city == key:
            out[f"the last city, a list|{where}"] = 1.0
            out["the last city, a list"] = 1.0
    elif look.city == key:
        out[f"the last city|{where}, {look.level}"] = 1.0
    for flag, name in (
        (said.event, "the attack"),
        (said.fresh, "another"),
        (said.past, "earlier"),
        (said.several, "several places"),
    ):
        if flag:
            out[f"{name}|{where}, {look.level}"] = 1.0
            out[f"{name}|{where}, {size}"] = 1.0
            if view.places_of[key][0] == 0:
                out[f"{name}, first sentence|{where}"] = 1.0
    if look.at == 0:
        out[f"opening|{where}, {size}"] = 1.0
        out[f"opening|{where}, {look.level}"] = 1.0
        if key in view.finest:
            out[f"opening, fine, {min(len(view.finest), 3)}|{where}, {look.level}"] = 1.0
    if size == "country" and key[:4] in said.peoples:
        out[f"its people, {scope}|{where}"] = 1.0
        out[f"its people, {look.size}|{where}"] = 1.0
        out[f"its people, {look.level}|{where}"] = 1.0


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
        {o.key for o in look.firm if min(m.first, look.draft.first) < o.first < max(m.first, look.draft.first)} - {key}
    )
    if between:
        out[f"here, {side}, places between|{min(between, 3)}"] = 1.0
    if m.first < look.said.speaker < look.draft.first:
        out["here, where the speaker is"] = 1.0
        out[f"here, where the speaker is|{size}"] = 1.0
        if look.after is not None and look.after != key:
            out["here, where the speaker is, a place after"] = 1.0
    low, high = sorted((m.first, look.draft.first))
    crossed = sum(low < turn < high for turn in look.said.turns)
    if crossed:
        out[f"here, across a turn|{side}"] = 1.0
    counts = sum(low < other < high for other in look.others)
    if counts:
        out[f"here, counts between, {side}|{min(counts, 2)}"] = 1.0
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
    if look.opening == key:
        out["here, first told"] = 1.0


def _elsewhere(out: dict[str, float], view: Scene, look: Around, key: str, size: str, scope: str) -> None:
    places = view.places_of[key]
    at = bisect_left(places, look.at)
    gap = look.at - places[at - 1] if at > 0 else 0
    ahead = places[at] - look.at if at < len(places) else 0
    empty = look.level
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
    inside = look.here & view.holders.get(key, set())
    if inside:
        out[f"not here, inside a place told here|{empty}"] = 1.0
        out[f"inside a place told here|{size}"] = 1.0
    if size in ("quarter", "town", "unknown", "city"):
        if mention.kind in look.said.some:
            out["a town, a village"] = 1.0
        if look.said.opens:
            out[f"not here, the sentence opens anew|{'before' if gap else 'after'}"] = 1.0
    if mention.kind in look.said.the or (look.said.the and mention.kind == "unknown"):
        out["the town, the city"] = 1.0


def _report_wide(out: dict[str, float], view: Scene, look: Around, key: str, size: str, here: bool) -> None:
    where = "here" if here else "away"
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
            out[f"first fine place|{where}, {look.level}"] = 1.0
            if len(view.fine) == 1:
                out[f"only fine place|{where}, {look.level}"] = 1.0
        elif key in view.fine[1:3]:
            out[f"second fine place|{where}, {look.level}"] = 1.0
        elif key not in view.fine:
            out[f"no fine place|{where}, {look.level}"] = 1.0
    if key in view.finest[:3]:
        number = (
            "only" if len(view.finest) == 1 else "first of two or three" if len(view.finest) <= 3 else "first of many"
        )
        if view.finest[0] != key:
            number = number.replace("first", "later")
        out[f"{number}, finest|{where}, {look.level}"] = 1.0
    if here and look.said.the and any(m.kind in look.said.the for m in found[:8]):
        out["the town, the city, told here"] = 1.0
    if all(m.dateline for m in found[:4]):
        out["only a dateline"] = 1.0
    if all(not m.firm for m in found[:8]):
        out[f"never firm|{where}"] = 1.0
    if look.roundup:
        out[f"one of many places|{where}"] = 1.0
    if look.said.whole:
        out[f"across the country|{size}"] = 1.0
    if look.said.capital and not here and any(m.capital for m in found[:8]):
        out["the capital"] = 1.0
    if look.size not in ("few", "vague"):
        out[f"number, {look.size}|{size}"] = 1.0
    if look.cumulative and look.said.war and here:
        out[f"war's toll, here|{size}"] = 1.0
    if look.cumulative and look.said.war:
        out[f"war's toll|{size}"] = 1.0
    if look.same and any(sentence in look.same for sentence in view.places_of[key][:20]):
        out["same count told there"] = 1.0
        out[f"same count told there, {look.level}|{size}"] = 1.0


def no_place(view: Scene, look: Around) -> dict[str, float]:
    """Return what speaks for "no place is told"."""
    scope = "total" if look.cumulative else "one"
    out = {f"none|{scope}": 1.0, f"none, {look.level}": 1.0, f"none, number|{look.size}": 1.0}
    if not view.fine:
        out["none, no fine place"] = 1.0
    else:
        out[f"none, some fine place|{scope}"] = 1.0
    if not any(m.firm for m in view.mentions):
        out["none, nothing firm"] = 1.0
    if look.said.whole:
        out["none, across the country"] = 1.0
    for flag, name in (
        (look.said.event, "the attack"),
        (look.said.fresh, "another"),
        (look.said.past, "earlier"),
        (look.said.several, "several places"),
        (look.said.listing, "a list"),
        (look.said.war, "war"),
        (bool(look.said.peoples), "a people"),
    ):
        if flag:
            out[f"none, {name}"] = 1.0
            out[f"none, {name}, {scope}"] = 1.0
            out[f"none, {name}, {look.level}"] = 1.0
    return out
