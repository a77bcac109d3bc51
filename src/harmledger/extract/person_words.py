"""What a word does in the name of a person: title, part of a place, given name of a sex, word of kinship."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal

from harmledger.extract.lexicon import lexicon
from harmledger.extract.reading import Token
from harmledger.extract.speaker_phrases import words_of

Sex = Literal["female", "male"]

PARTICLES = frozenset(
    [
        "abu",
        "abou",
        "umm",
        "um",
        "bin",
        "ibn",
        "bint",
        "abd",
        "al",
        "el",
        "de",
        "da",
        "di",
        "del",
        "la",
        "van",
        "von",
        "der",
        "dos",
        "le",
    ]
)
FEMININE_ALIASES = frozenset(("umm", "um", "hajja", "hajjah"))
ARABIC = re.compile(r"(?:al|el|ad|ar|as|at|az|an|ash)-[^\W\d_]", re.IGNORECASE)


@cache
def word_use(word: str) -> str:
    """Return what a word is beside a name ("title", "not_name" ...); empty where it may be part of one."""
    for entry in lexicon("name_words").entries:
        if word in entry["words"]:
            return str(entry["use"])
    kin = kinship(word) is not None and word not in PARTICLES and word not in FEMININE_ALIASES
    never = word in words_of("not_names", "never") and given_sex(word) is None
    return "not_name" if kin or never else ""


@cache
def given_sex(word: str) -> Sex | None:
    """Return the sex that a given name tells, or None where it is unknown or borne by both."""
    for entry in lexicon("given_names").entries:
        if word in entry["words"]:
            sex: Sex | None = None if entry["sex"] == "both" else entry["sex"]
            return sex
    return None


def _borne_by_both(word: str) -> bool:
    return any(word in entry["words"] for entry in lexicon("given_names").entries if entry["sex"] == "both")


def sex_by_ending(tokens: Sequence[Token], first: int, last: int) -> Sex | None:
    """Return the sex that the ending of an Arabic given name tells, where no list has the name.

    Only for names that show themselves Arabic by an article or a name of honour further on. The names of men that end
    in "a" (Hamza) are in the list, as those of women that end otherwise (Hind).
    """
    rest = tokens[first + 1 : last]
    if not any(
        ARABIC.match(token.text) or token.norm in ("abu", "abou", "bin", "ibn", "abdel", "abdul") for token in rest
    ):
        return None
    head = tokens[first].norm.replace("'", "")
    if head.startswith(("abd", "abdul")):
        return "male"  # "servant of", with a name of God
    if len(head) < 3 or "-" in head or _borne_by_both(head):
        return None
    return "female" if head.endswith(("a", "ah", "aa", "ya", "een")) else "male"


@cache
def _kinship() -> dict[str, tuple[Sex | None, bool | None]]:
    return {
        word: (entry.get("sex"), entry.get("grown")) for entry in lexicon("kinship").entries for word in entry["words"]
    }


def kinship(word: str) -> tuple[Sex | None, bool | None] | None:
    """Return (sex, grown) that a word of kinship tells, or None where it is no such word."""
    return _kinship().get(word)


def nameable(token: Token) -> bool:
    """Tell whether a word is written as part of a name."""
    if ARABIC.match(token.text):
        return True
    if token.norm.endswith("-old"):
        return False
    return token.capital and token.word and not word_use(token.norm) and not token.text.isupper()
