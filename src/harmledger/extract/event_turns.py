"""Where a report turns from one event to another, and where it says that it keeps to the same."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.calendar_words import month_of, weekday_of
from harmledger.extract.reading import Reading, Sentence, Token

# The ways a sentence turns away; the others keep to what was told before.
AWAY = frozenset({"elsewhere", "another place", "a new attack"})

_OPENING = 7
_PLACED = frozenset(["in", "near", "at", "outside", "around", "from", "north", "south", "east", "west", "of", "across"])
_BETWEEN = frozenset(["the", "northern", "southern", "eastern", "western", "central", "neighbouring", "nearby", "of"]) | {
    "city", "town", "village", "province", "district", "area", "countryside", "capital", "suburb", "'s",
}
_ELSEWHERE = frozenset(["elsewhere", "meanwhile", "separately", "meantime"])
_SEPARATE = frozenset(["separate", "another", "other", "similar"])
_DEFINITE = frozenset(["the", "this", "that", "these", "both"])
_INDEFINITE = frozenset(["a", "an", "another", "two", "three", "several"])
_THE_HARMED = frozenset(["dead", "victims", "wounded", "injured", "bodies", "toll", "deceased", "slain", "survivors"])


def turn_of(reading: Reading, cues: Sequence[str], sentence: Sentence) -> str:
    """Return "elsewhere", "another place", "a new attack", "the same attack", "the same victims", or ""."""
    tokens = reading.tokens
    opening = tokens[sentence.first : min(sentence.first + _OPENING, sentence.last)]
    norms = [token.norm for token in opening]
    if _ELSEWHERE & set(norms[:4]) or norms[:3] == ["for", "its", "part"] or norms[:3] == ["in", "a", "separate"]:
        return "elsewhere"
    if _names_a_place(opening):
        return "another place"
    for i in range(sentence.first, sentence.last - 1):
        following = {cues[j] for j in range(i + 1, min(i + 4, sentence.last))}
        norm = tokens[i].norm
        if norm in _DEFINITE and tokens[i + 1].norm in _THE_HARMED:
            return "the same victims"
        if "attack" in following and norm in _DEFINITE:
            return "the same attack"
        if "attack" in following and norm in _INDEFINITE:
            return "a new attack"
    return ""


def _names_a_place(opening: Sequence[Token]) -> bool:
    """Return True for "In Damascus", "In the city of Aleppo", "North of the capital", not for "In March"."""
    if not opening or opening[0].norm not in _PLACED:
        return False
    for token in opening[1:]:
        if token.capital:
            return month_of(token) is None and weekday_of(token) is None
        if token.norm == "capital":
            return True
        if token.norm not in _BETWEEN and token.norm not in _PLACED:
            return False
    return False
