"""The place lexicons, folded into sets that a loop over tokens can ask."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from harmledger.extract.lexicon import lexicon
from harmledger.extract.reading import Token

PlaceKind = Literal[
    "building", "street", "neighbourhood", "area", "camp", "village", "town", "city", "district", "province",
    "territory", "country", "unknown",
]  # fmt: skip
Tie = Literal["in", "near", "on", "of", "from", "to", "hit", "seat", "none"]

# A name may begin with an article in lower case: "al-Bab", "ez-Zor"; or hold a capital after a hyphen: "us-Samad".
_INNER_CAPITAL = re.compile(r"[a-z]{1,3}['’]?[-‑][\"'’‘]?[^\W\d_a-z]")
# "US-led", "Idlib-based", "rebel-held": words about someone, not names of places.
_ABOUT = re.compile(
    r".+-(?:based|led|backed|held|born|controlled|affiliated|linked|sponsored|allied|aligned|run|owned|made|brokered|"
    r"funded|trained|inspired|besieged|occupied|administered|year|turkish|iraqi|syrian|lebanese|israeli|jordanian|"
    r"arab|kurdish|american|russian)$"
)
# "Kurdish-dominated", "Soviet-era": after the hyphen an English word in lower case.
_ABOUT_WORD = re.compile(r".+-[a-z]+(?:ed|ing|style|era|wide|origin|level|day|month|minute|mile|member|owned|born)$")
ARTICLES = frozenset(("al", "el", "ad", "ar", "as", "ash", "at", "az", "an", "ed", "er", "es", "esh", "et", "ez"))
# Small words inside a name: "Rio de Janeiro", "Deir al Balah".
JOINERS = ARTICLES - {"as", "at", "an"} | {"de", "la", "del", "da", "do", "dos", "das", "di", "du", "des", "las", "los"}


_FILES = (
    "place_cues", "place_bodies", "place_persons", "place_plain", "place_nots", "place_neighbours", "place_links",
    "place_events",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """Lower-case words by what they tell about the names beside them."""

    nouns: dict[str, PlaceKind]
    ties: dict[str, Tie]
    directions: frozenset[str]
    epithets: frozenset[str]
    bodies: frozenset[str]
    bodies_of: frozenset[str]
    titles: frozenset[str]
    speaks: frozenset[str]
    plain: frozenset[str]
    never: frozenset[str]
    nationalities: frozenset[str]
    houses: frozenset[str]
    parts: frozenset[str]
    struck: frozenset[str]
    folk: frozenset[str]
    taken: frozenset[str]
    seats: frozenset[str]
    carried: frozenset[str]
    firing: frozenset[str]
    measures: frozenset[str]
    heads: frozenset[str]
    turns: frozenset[str]
    opens: frozenset[str]
    war: frozenset[str]
    links: frozenset[str]
    whole: frozenset[str]
    events: frozenset[str]
    these: frozenset[str]
    fresh: frozenset[str]
    past: frozenset[str]
    several: frozenset[str]
    lists: frozenset[str]
    countries: frozenset[str]
    listed: frozenset[str]


@cache
def words() -> Words:
    """Return the word sets; they are read once."""
    used: dict[str, set[str]] = {}
    nouns: dict[str, PlaceKind] = {}
    ties: dict[str, Tie] = {}
    for name in _FILES:
        for entry in lexicon(name).entries:
            used.setdefault(entry["use"], set()).update(entry["words"])
            if entry["use"] == "noun":
                nouns.update(dict.fromkeys(entry["words"], entry["kind"]))
            elif entry["use"] == "tie":
                ties.update(dict.fromkeys(entry["words"], entry["tie"]))
    sets = {use: frozenset(phrases) for use, phrases in used.items()}
    countries = (word for entry in lexicon("places").entries if entry["kind"] == "country" for word in entry["words"])
    return Words(
        nouns=nouns,
        ties=ties,
        directions=sets["direction"],
        epithets=sets["epithet"],
        bodies=sets["body"],
        bodies_of=sets["body of"],
        titles=sets["title"],
        speaks=sets["speaks"],
        plain=sets["plain"],
        never=sets["never"],
        nationalities=sets["nationality"],
        houses=sets["house"],
        parts=sets["part"],
        struck=sets["struck"],
        folk=sets["folk"],
        taken=sets["taken"],
        seats=sets["seat"],
        carried=sets["carried"],
        firing=sets["firing"],
        measures=sets["measure"],
        heads=sets["head"],
        turns=sets["turn"],
        opens=sets["opening"],
        war=sets["war"],
        links=sets["link"],
        whole=sets["whole"],
        events=sets["event"],
        these=sets["these"],
        fresh=sets["fresh"],
        past=sets["past"],
        several=sets["several"],
        lists=sets["list"],
        countries=frozenset(countries),
        listed=frozenset(word for entry in lexicon("places").entries for word in entry["words"]),
    )


def is_name(token: Token) -> bool:
    """Return True where a token is written as a name: "Karun", "al-Bab", but not "US-led" or "al-".

    >>> is_name(Token("al-Bab", 0, 6, "al-bab", 0)), is_name(Token("US-led", 0, 6, "us-led", 0))
    (True, False)
    """
    text = token.text
    if not text[0].isupper() and not ("-" in text and _INNER_CAPITAL.match(text)):
        return False
    if "-" in text and _ABOUT_WORD.match(text):
        return False
    return not ("-" in text and _ABOUT.match(token.norm) and token.norm.split("-")[0] not in ARTICLES)


def fold(name: str) -> str:
    """Return the key by which two spellings in one report are one name: no articles, no apostrophes.

    >>> fold("Al-Nasr"), fold("al Nasr")
    ('nasr', 'nasr')
    """
    pieces = re.split(r"[^\w]+", re.sub(r"['’‘`ʼʿʾ]", "", name.lower()))
    kept = [piece for piece in pieces if piece and piece not in ARTICLES and piece != "the"]
    return " ".join(kept or [piece for piece in pieces if piece])
