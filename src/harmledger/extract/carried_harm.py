"""Rules that carry the kind of harm over from what was counted or named before: parts, lists, companions."""

from __future__ import annotations

from harmledger.extract.beside import FAR, LIST, Place, Ruled, by

_VERBAL = frozenset(("ved", "adj", "shot", "die"))
_PARTS = frozenset(("including", "include", "included", "includes", "mostly", "mainly", "namely", "comprising"))
_THIRD = frozenset(("second", "third", "fourth", "fifth", "sixth"))
_ALONG = ("along with", "alongside", "together with", "in addition to", "as well as")


def part(place: Place) -> Ruled | None:
    """ "..., including two children", "five of them women", "(131 men, 52 women)": a part of what was just counted."""
    if not place.previous or not place.position:
        return None
    last = place.scene.found[place.position - 1]
    near = place.norms(max(last.end, place.start - 2), place.start)
    parted = bool(near) and (near[-1] in _PARTS or (near[0] == "among" and near[-1] in ("them", "whom", "these")))
    parted = parted or (bool(near) and near[-1] == "(" and place.start - last.end <= 2)
    words = place.norms(place.quantity.first, place.quantity.end + 2)
    parted = parted or "of them" in (joined := " ".join(words)) or "of whom" in joined or "of those" in joined
    return _carried(place, "part") if parted and place.start - last.end <= FAR else None


def listed(place: Place) -> Ruled | None:
    """ "killed 14 soldiers and two drivers": the kind of the quantity before is carried over "and" and commas."""
    if not place.previous or not place.position:
        return None
    last = place.scene.found[place.position - 1]
    if place.start - last.end > LIST:
        return None
    names = place.names(last.end, place.start)
    norms = place.norms(last.end, place.start)
    plain = ("AND", "ADV", "DET", ".", "CAP", "COL", "NUM", "OF", "INC", "BY", "IN", "QUO")
    linked = "addition" in norms or norms[:3] == ["as", "well", "as"]
    if any(name not in plain for name in names) and not linked:
        return None
    if any(place.breaks(i) for i in range(last.end, place.start)) or (
        names and not linked and not any(name in ("AND", "COL", "INC") for name in names)
    ):
        return None
    mine, other = place.quantity.noun, last.noun
    if not names and (mine is None or other is None):
        return None  # only full nouns stand side by side where a text lost its commas
    if mine is not None and other is not None and mine.kind != other.kind:
        return None
    return _carried(place, "listed")


def along(place: Place) -> Ruled | None:
    """ "was killed along with his wife and two sons"."""
    word = place.before
    if word is None or place.start - word.last > FAR or word.form not in _VERBAL:
        return None
    norms = place.norms(word.last, place.start)
    joined = " ".join(norms)
    if not any(words in joined for words in _ALONG):
        return None
    named = ("CAP", "DET", "AND", ".", "NUM", "COL", "ADV", "BY", "IN", "TO", "OF", "QUO")
    return by(word, "along") if all(name in named for name in place.names(word.last, place.start)) else None


def one_by_one(place: Place) -> Ruled | None:
    """ "three were killed, one in Aleth, a second in Boran": the parts of a count, told by place."""
    quantity = place.quantity
    if not place.previous or quantity.noun is not None or quantity.form not in ("one", "word", "digits", "article"):
        return None
    last = place.scene.found[place.position - 1]
    names = place.names(last.end, place.start)
    if (any(name in ("SAY", "END", "H") for name in names[1:]) and place.position < 2) or len(names) > LIST + 4:
        return None
    beyond = place.norm(quantity.end)
    if quantity.form == "article":
        return _carried(place, "part") if beyond in _THIRD else None
    return _carried(place, "part") if beyond in ("in", "at", "near") else None


def _carried(place: Place, rule: str) -> Ruled:
    harms = place.scene.harms
    behind = next((h for h in reversed(harms) if h.last <= place.quantity.first and h.kind == place.previous), None)
    ahead = next((h for h in harms if h.first >= place.quantity.end and h.kind == place.previous), None)
    return Ruled(place.previous, behind or ahead, rule)
