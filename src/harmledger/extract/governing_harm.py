"""The rules that tie a quantity to the word of harm that governs it."""

from __future__ import annotations

from dataclasses import dataclass

from harmledger.extract.harm import HarmWord
from harmledger.extract.scene import Scene


@dataclass(frozen=True, slots=True)
class Ruled:
    """The kind of harm that a quantity counts, the word that governs it, and the rule that says so."""

    kind: str
    word: HarmWord | None
    rule: str


def governed_kind(scene: Scene, position: int, previous: str) -> Ruled | None:
    """Return the kind of harm that a quantity counts by rule, and the word that governs it; None where no rule holds."""
    quantity, harms = scene.found[position], scene.harms
    start = quantity.bound_first if 0 <= quantity.bound_first < quantity.first else quantity.first
    after = next((h for h in scene.harms if h.first >= quantity.end), None)
    before = next((h for h in reversed(scene.harms) if h.last <= quantity.first), None)
    left = scene.path(max(before.last, start - 14), start, "") if before else []
    right = scene.path(quantity.end, min(after.first, quantity.end + 14), "") if after else []
    for word in harms:
        if quantity.first <= word.first < quantity.end and word.form in ("noun", "body", "ved", "adj", "die"):
            return Ruled(word.kind, word, "inside")
    plain = {"BE", "ADV", "QUO", ".", "NUM"}
    if after is not None and after.form in ("ved", "die", "adj", "shot", "noun", "base") and len(right) <= 4:
        if all(name in plain for name in right) and (after.form != "base" or not right):
            if after.form in ("ved", "adj", "shot", "noun") or after.kind != "damaged":
                return Ruled(after.kind, after, "right")
    if before is not None and before.form in ("base", "ing", "ved", "toll") and len(left) <= 4:
        if all(name in {"DET", "ADV", "QUO", ".", "TO", "OF", "NUM"} for name in left):
            return Ruled(before.kind, before, "left")
    return None
