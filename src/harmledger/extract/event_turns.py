"""Where a report turns from one event to another, and where it says that it keeps to the same."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.calendar_words import month_of, weekday_of
from harmledger.extract.reading import Reading, Sentence, Token

# The ways a sentence turns away; the others keep to what was told before.
AWAY = frozenset({"elsewhere", "another place", "a new attack"})

_OPENING = 7
# No heading is longer.
_HEADING = 12
_PLACED = frozenset(["in", "near", "at", "outside", "around", "from", "north", "south", "east", "west", "of", "across"])
_BETWEEN = frozenset(
    ["the", "northern", "southern", "eastern", "western", "central", "neighbouring", "nearby", "of"]
) | {
    "city",
    "town",
    "village",
    "province",
    "district",
    "area",
    "countryside",
    "capital",
    "suburb",
    "'s",
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


def hours_open_lines(reading: Reading) -> int:
    """Return how many lines begin, or end their heading, with an hour: "17:42 – Two killed", "@post · 09:40"."""
    lines: dict[int, bool] = {}
    for sentence in reading.sentences:
        if sentence.line not in lines:
            tokens = reading.tokens[sentence.first : sentence.last]
            short = len(tokens) <= _HEADING
            lines[sentence.line] = _hour(tokens[:6]) or (short and _hour(tokens[-6:]))
    return sum(lines.values())


def _hour(tokens: Sequence[Token]) -> bool:
    for a, sign, b in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if sign.text in ":.h" and len(b.text) == 2 and a.text.isdigit() and b.text.isdigit() and a.end == sign.start:
            return int(a.text) < 24 and int(b.text) < 60 and sign.end == b.start
    return False
