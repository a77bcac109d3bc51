"""What a noun names: people (of which group and status), a civilian thing, something that is no harm, or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from harmledger.extract.lexicon import lexicon
from harmledger.extract.reading import Token

NounClass = Literal["person", "thing", "other"]


@dataclass(frozen=True, slots=True)
class Noun:
    """The class of a noun, and what its entry tells (``group``, ``status``) where a lexicon has it."""

    kind: NounClass
    group: str = "people"
    status: str = "unstated"
    listed: bool = False


def singulars(word: str) -> tuple[str, ...]:
    """Return the singular forms that a plural could come from, the word itself first."""
    forms = [word]
    if word.endswith("ies") and len(word) > 4:
        forms.append(word[:-3] + "y")
    if word.endswith("es") and len(word) > 4:
        forms.append(word[:-2])
    if word.endswith("s") and not word.endswith("ss") and len(word) > 3:
        forms.append(word[:-1])
    if word.endswith("men"):
        forms.append(word[:-3] + "man")
    return tuple(forms)


@cache
def _list(name: str) -> frozenset[str]:
    text = (resources.files(__package__) / "lexicons" / "en" / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


@cache
def _listed() -> dict[str, Noun]:
    nouns: dict[str, Noun] = {}
    for entry in lexicon("things").entries:
        for word in entry["words"]:
            nouns[word] = Noun("thing" if entry["civil"] else "other", "things", "unstated", True)
    for entry in lexicon("victims").entries:
        for word in entry["words"]:
            nouns[word] = Noun("person", entry["group"], entry["status"], True)
    return nouns


def _from(entry: Mapping[str, Any]) -> Noun:
    return Noun("person", entry["group"], entry["status"], True)


@cache
def _noun_of(word: str) -> Noun | None:
    known = _listed().get(word)
    if known is not None:
        return known
    if "-" in word:
        # "ex-soldier", "schoolbus-driver": the last part is the head.
        return _noun_of(word.rsplit("-", 1)[1]) if not word.endswith("-") else None
    for form in singulars(word):
        if form in _listed():
            return _listed()[form]
    for form in singulars(word):
        if form in _list("persons"):
            return Noun("person")
    for form in singulars(word):
        if form in _list("structures"):
            return Noun("thing", "things")
    return None


def noun_of(token: Token) -> Noun | None:
    """Return what a token names as a noun, or None where no list has it. Bounded: long tokens are none."""
    return _noun_of(token.norm) if len(token.norm) <= 24 and token.word else None
