"""Whose own people a claim counts: the SDF's in "the SDF said four of its fighters were killed"."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.draft import Draft
from harmledger.extract.passages import Scene
from harmledger.extract.roles import Party


def victims_of(scene: Scene, draft: Draft, here: Sequence[Party]) -> Party | None:
    """Return the party whose own people the draft counts ("12 ISIL fighters"), if any."""
    for party in here:
        if draft.last - 1 <= party.first <= draft.last + 3 and party.role not in {"by", "attack", "blamed"}:
            between = {token.norm for token in scene.reading.tokens[draft.last : party.first]}
            if not between & _BREAKS:
                return party
    return _losing(scene, draft, here) or _whose_men(scene, draft, here)


def _losing(scene: Scene, draft: Draft, here: Sequence[Party]) -> Party | None:
    """Return the party that lost those counted: "YPG forces lost eight men"."""
    tokens = scene.reading.tokens
    if draft.first == 0 or tokens[draft.first - 1].norm not in {"lost", "loses", "losing"}:
        return None
    return next((p for p in reversed(here) if p.last <= draft.first and draft.first - p.last <= _LOSERS), None)


def _whose_men(scene: Scene, draft: Draft, here: Sequence[Party]) -> Party | None:
    """Return the party whose own people are counted without its name: "the SDF mourned four of its men"."""
    tokens = scene.reading.tokens
    sentence = scene.reading.sentence_of(draft.first)
    after = range(draft.last, min(sentence.last - 1, draft.last + 3))
    theirs = next((i for i in after if tokens[i].norm in {"its", "their", "his", "our"}), None)
    if theirs is None or tokens[theirs + 1].norm not in _MEN or tokens[theirs - 1].norm != "of":
        return None
    named = [party for party in here if party.last <= draft.first and party.form in {"name", "nation", "faceless"}]
    if not named:
        named = [p for p in scene.parties_in.get(sentence.index - 1, []) if p.form in {"name", "nation", "faceless"}]
    return next((p for p in reversed(named) if p.role == "speaker"), named[0] if named else None)


_LOSERS = 6
_MEN = frozenset(
    ["men", "fighters", "members", "soldiers", "troops", "own", "forces", "militants", "combatants", "comrades"]
    + ["personnel", "officers", "ranks", "people", "gunmen", "elements", "martyrs", "warriors", "guards"]
)


_BREAKS = frozenset(
    ["in", "after", "by", "when", "as", "was", "were", "killed", "died", "dead", "wounded", "injured", "on", "during"]
    + ["and", "from", "said", "while", "near", "at", "since", "with", "to", "have", "had", "has", ",", ".", "people"]
    + ["civilians", "children", "women"]
)
