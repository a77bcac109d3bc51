"""Two readings of the places of a report: each count by itself, then in the light of what the others were given.

Counts of one event have one place, and the sentence that names it best may stand before or after: a headline tells the
province, the body the village. So each count is first asked alone, which gives every place a share; then it is asked
again, and the shares that the places have with its neighbours, with counts of the same number and with the whole
report speak too.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from harmledger.extract.where.around import Around, around
from harmledger.extract.where.features import features, no_place
from harmledger.extract.where.scene import Scene, candidates

FIRST = "alone: "  # opens the names of the weights of the first reading
# The table split last and what came of it: reports are read one after the other with the same table.
_SPLIT: list[tuple[Mapping[str, float], dict[str, float]]] = []
LEAST = 0.01  # the share of belief from which a place is asked about again
Told = dict[str | None, dict[str, float]]
Shares = Mapping[str | None, float]


def looks(view: Scene) -> list[Around]:
    """Return what is true of each draft whatever its place."""
    return [around(view, index) for index in range(len(view.drafts))]


def at_first(view: Scene, around_them: Sequence[Around]) -> list[Told]:
    """Return what speaks for each place of each draft by itself; None stands for "not told"."""
    found: list[Told] = []
    for index, look in enumerate(around_them):
        told: Told = {None: no_place(view, look)}
        for key in candidates(view, index):
            told[key] = features(view, look, key)
        found.append(told)
    return found


def score(table: Mapping[str, float], told: Mapping[str, float]) -> float:
    """Return the weighed sum of what speaks for a place."""
    return sum(table[feature] * value for feature, value in told.items() if feature in table)


def of_first(table: Mapping[str, float]) -> dict[str, float]:
    """Return the weights of the first reading out of a table of both, under the names of the signs.

    >>> of_first({"alone: here|firm": 1.0, "here|firm": 2.0})
    {'here|firm': 1.0}
    """
    if not _SPLIT or _SPLIT[-1][0] is not table:
        named = {name[len(FIRST) :]: weight for name, weight in table.items() if name.startswith(FIRST)}
        _SPLIT[:] = [(table, named)]
    return _SPLIT[-1][1]


def shares(table: Mapping[str, float], told: Told) -> dict[str | None, float]:
    """Return how much of the belief each place has by a table of weights; the shares of a draft add up to 1."""
    scores = {key: score(table, each) for key, each in told.items()}
    top = max(scores.values())
    raised = {key: math.exp(value - top) for key, value in scores.items()}
    whole = sum(raised.values())
    return {key: value / whole for key, value in raised.items()}


def in_agreement(
    view: Scene, around_them: Sequence[Around], alone: Sequence[Told], believed: Sequence[Shares]
) -> list[Told]:
    """Return what speaks for each place when the other drafts' first readings are known."""
    mass: dict[str | None, float] = {}
    counted = 0
    for draft, share in zip(view.drafts, believed, strict=True):
        if draft.scope != "cumulative":
            counted += 1
            for key, value in share.items():
                mass[key] = mass.get(key, 0.0) + value
    whole = {key: value / counted for key, value in mass.items()} if counted else {}
    return [_second(view, look, index, alone[index], believed, whole) for index, look in enumerate(around_them)]


def _second(view: Scene, look: Around, index: int, alone: Told, believed: Sequence[Shares], whole: Shares) -> Told:
    neighbours = _neighbours(view, look, index)
    own = believed[index]
    top = max(own, key=lambda key: own[key])
    best = max(whole, key=lambda key: whole[key], default=None)
    # Places that nothing speaks for stay out; the rest are few.
    keys = {key: None for key in alone if own[key] > LEAST or whole.get(key, 0.0) > LEAST}
    for others, _ in neighbours.values():
        for other in others:
            leader = max(believed[other], key=lambda key: believed[other][key])
            if leader is not None and leader in view.by_key:
                keys[leader] = None
    found: Told = {}
    for key in keys:
        out = dict(alone[key]) if key in alone else features(view, look, str(key))
        share = own.get(key, 0.0)
        out["share alone"] = math.log(share + 0.02)
        where = "none" if key is None else "here" if key in look.here else "away"
        for name, (others, words) in neighbours.items():
            if others:
                value = sum(believed[other].get(key, 0.0) for other in others) / len(others)
                for word in words:
                    out[f"{name}, {word}"] = value
                out[f"{name}|{where}"] = value
        scope = "total" if look.cumulative else "one"
        out[f"of the report, {scope}|{where}"] = whole.get(key, 0.0)
        out[f"of the report, {look.level}"] = whole.get(key, 0.0)
        if look.at == 0:
            out[f"of the report, opening|{where}"] = whole.get(key, 0.0)
        if key == best:
            out[f"first of the report, {scope}|{where}"] = 1.0
            if look.at == 0:
                out[f"first of the report, opening|{where}"] = 1.0
        if key is not None and top is not None and top != key:
            if top in view.holders.get(key, ()):
                out[f"inside the one alone, {scope}|{where}"] = 1.0
            elif key in view.holders.get(top, ()):
                out[f"holds the one alone, {scope}|{where}"] = 1.0
        found[key] = out
    return found


def _neighbours(view: Scene, look: Around, index: int) -> dict[str, tuple[list[int], list[str]]]:
    """Return the drafts that may tell of the same event, by how they stand to a draft, each with narrowing words."""
    draft, at, drafts = view.drafts[index], look.at, view.drafts
    scope = "total" if look.cumulative else "one"
    turn = ["a turn"] if look.said.opens or look.said.turns else []
    turn += [
        name
        for flag, name in ((look.said.event, "event"), (look.said.fresh, "fresh"), (look.said.past, "past"))
        if flag
    ]
    found: dict[str, tuple[list[int], list[str]]] = {}
    here = view.in_sentence[at]
    found["before it here"] = [i for i in here if i < index and drafts[i].scope == draft.scope], [*turn, look.level]
    found["after it here"] = [i for i in here if i > index and drafts[i].scope == draft.scope], [*turn, look.level]
    earlier = index - 1
    while earlier >= 0 and view.sentence_of[earlier] == at:
        earlier -= 1
    if earlier >= 0:
        gap = "next" if at - view.sentence_of[earlier] == 1 else "far"
        same = "alike" if drafts[earlier].scope == draft.scope else "unlike"
        found["the last told"] = [earlier], [f"{gap}, {scope}, {same}", f"{gap}, {look.level}", *turn]
    later = index + 1
    while later < len(drafts) and view.sentence_of[later] == at:
        later += 1
    if later < len(drafts):
        gap = "next" if view.sentence_of[later] - at == 1 else "far"
        same = "alike" if drafts[later].scope == draft.scope else "unlike"
        found["the next told"] = [later], [f"{gap}, {scope}, {same}", f"{gap}, {look.level}"]
    twins = [i for i in view.same_count.get((draft.kind, draft.count.value), ())[:12] if i != index]
    found["twins before"] = [i for i in twins if i < index and view.sentence_of[i] != at], [scope, look.level]
    found["twins after"] = [i for i in twins if i > index and view.sentence_of[i] != at], [scope, look.level]
    if draft.parent is not None and 0 <= draft.parent < len(drafts) and draft.parent != index:
        found["its whole"] = [draft.parent], [look.level]
    return found
