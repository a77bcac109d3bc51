"""What a report's words for a place ask for: a name, what it is, and how the place told lies to it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import Literal

from harmledger.gazetteer.spelling import fold

Kind = Literal[
    "settlement", "village", "town", "city", "part", "camp", "landmark", "street", "district", "province", "country",
    "unknown",
]  # fmt: skip
Relation = Literal["at", "near", "direction", "between", "road", "countryside"]
COMPASS = {
    "north": 0,
    "northeast": 45,
    "east": 90,
    "southeast": 135,
    "south": 180,
    "southwest": 225,
    "west": 270,
    "northwest": 315,
}
_POINT = r"(?:north|south|east|west|central)(?:[- ]?(?:east|west))?(?:ern)?(?: and (?:north|south|east|west)(?:ern)?)?"
_KM = re.compile(
    rf"^(?:(?:about|around|some|roughly|nearly)\s+)?(?P<far>\d+(?:\.\d+)?)\s*(?P<unit>km|kilomet\w+|mi|miles?)\s+"
    rf"(?:(?:to\s+the\s+)?(?P<point>{_POINT})\s+)?(?:of|from|outside)\s+(?:the\s+)?(?P<rest>.+)$",
    re.I,
)
_DIRECTION = re.compile(
    rf"^(?:to\s+the\s+|in\s+the\s+|the\s+)?(?P<point>{_POINT})\s+(?:of|from)\s+(?:the\s+)?(?P<rest>.+)$", re.I
)
_BETWEEN = re.compile(r"^(?:.*\b)?between\s+(?:the\s+)?(?P<a>.+?)\s+and\s+(?P<b>.+)$", re.I)
_ROAD = re.compile(
    r"^(?:.*\b)?(?:road|highway|route|motorway)\s+(?:from|between|linking|connecting|that links)\s+(?:the\s+)?"
    r"(?P<a>.+?)\s+(?:to|and|with)\s+(?P<b>.+)$",
    re.I,
)
_ROAD_PAIR = re.compile(
    r"^(?:the\s+)?(?P<a>[\w' -]+?)\s*[-–—]\s*(?P<b>[\w' ]+?)\s+(?:road|highway|motorway|axis)$", re.I
)
_INSIDE = re.compile(r"^(?P<rest>.+?)\s+(?:in|inside)\s+(?:the\s+)?(?P<outer>.+)$")
_LEADING_POINT = re.compile(rf"^(?P<point>{_POINT})\s+(?P<rest>.+)$", re.I)
# Longer than any name with what is told around it; beyond it the words are a sentence or an attack on the patterns.
LONGEST_NAME = 200
_KILOMETRES = {"k": 1.0, "m": 1.609}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the words ask for. ``name`` is the bare name; ``others`` holds the second end of a road or of "between".

    ``refusal`` says why the words name no place of harm at all.
    """

    words: str
    name: str
    kind: Kind = "unknown"
    relation: Relation = "at"
    others: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    compass: str | None = None
    kilometres: float | None = None
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """The words of places.toml, compiled."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    kinds: Mapping[str, str]
    near: re.Pattern[str]
    countryside_before: re.Pattern[str]
    countryside_after: re.Pattern[str]
    institution: re.Pattern[str]
    demonyms: Mapping[str, str]


def _any(words: list[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))


@cache
def place_words() -> Words:
    """Return the words that go with names, read once."""
    table = tomllib.loads((resources.files(__package__) / "words.toml").read_text(encoding="utf-8"))
    kinds = {word: entry["kind"] for entry in table["noun"] for word in entry["words"]}
    nouns = _any(list(kinds))
    relation: dict[str, list[str]] = {entry["relation"]: entry["words"] for entry in table["relation"]}
    country = _any(relation["countryside"])
    return Words(
        re.compile(
            rf"^(?:the\s+)?(?:[a-z]+(?:ern|al)\s+|besieged\s+|rebel-held\s+|nearby\s+)?(?P<noun>{nouns})\s+(?:of\s+|called\s+|named\s+)?(?P<rest>.+)$",
            re.I,
        ),
        re.compile(rf"^(?P<rest>.+?)(?:['’]s)?\s+(?P<noun>{nouns})$", re.I),
        kinds,
        re.compile(rf"^(?:{_any(relation['near'])})\s+(?:the\s+)?(?P<rest>.+)$", re.I),
        re.compile(rf"^(?:the\s+)?(?:(?P<point>{_POINT})\s+)?(?:{country})\s+(?:of\s+)?(?:the\s+)?(?P<rest>.+)$", re.I),
        re.compile(rf"^(?P<rest>.+?)(?:['’]s)?\s+(?:(?P<point>{_POINT})\s+)?(?:{country})$", re.I),
        re.compile("|".join(entry["pattern"] for entry in table["institution"]), re.I),
        {word: code for code, words in table["demonyms"].items() for word in words},
    )


def read_words(words: str) -> Asked:
    """Return what the words ask for.

    >>> asked = read_words("the southern countryside of Idlib")
    >>> asked.name, asked.relation, asked.compass
    ('Idlib', 'countryside', 'southern')
    """
    text = " ".join(words.split()).strip(' .,;:()[]"“”')
    table = place_words()
    asked = Asked(words, text)
    if not fold(text) or len(text) > LONGEST_NAME:
        return replace(asked, refusal="is no name" if not fold(text) else "is too long for a name")
    if re.search(r"[- ](?:based|born|backed|held|led|controlled|aligned|allied)$", text, re.I):
        return replace(asked, refusal="says where someone comes from or who holds it, not where harm happened")
    if fold(text) in table.demonyms:
        return replace(asked, refusal="is a people or a nationality, not a place")
    if table.institution.search(text):
        return replace(asked, refusal="is an institution that bears a place's name")
    parts = [part.strip() for part in re.split(r",\s*|\s+\(|\)", text) if part.strip()]
    inner = parts[0]
    within = tuple(_bare(part) for part in parts[1:])
    ends = _ROAD.match(text) or _ROAD_PAIR.match(inner) or _BETWEEN.match(text)
    if ends:
        relation: Relation = "between" if ends.re is _BETWEEN else "road"
        return replace(asked, name=_bare(ends["a"]), others=(_bare(ends["b"]),), relation=relation)
    return replace(_relation(replace(asked, name=inner, within=within)), words=words)


def _relation(asked: Asked) -> Asked:
    table = place_words()
    text = re.sub(r"^(?:in|at|from|inside|on)\s+", "", asked.name, flags=re.I)
    if outer := _INSIDE.match(text):
        asked = replace(asked, within=(_bare(outer["outer"]), *asked.within))
        text = outer["rest"]
    if far := _KM.match(text):
        distance = float(far["far"]) * _KILOMETRES[far["unit"][0].lower()]
        relation: Relation = "direction" if far["point"] else "near"
        asked = replace(asked, relation=relation, kilometres=distance, compass=compass_of(far["point"]))
        return _named(replace(asked, name=far["rest"]))
    if told := _DIRECTION.match(text):
        return _named(replace(asked, name=told["rest"], relation="direction", compass=compass_of(told["point"])))
    if told := table.near.match(text):
        return _named(replace(asked, name=told["rest"], relation="near"))
    for pattern in (table.countryside_before, table.countryside_after):
        if told := pattern.match(text):
            return _named(replace(asked, name=told["rest"], relation="countryside", compass=told["point"]))
    return _named(replace(asked, name=text))


def _named(asked: Asked) -> Asked:
    """Take the nouns off a name: "the town of X", "X refugee camp", "X neighbourhood of Y", "X in Y"."""
    table = place_words()
    text = re.sub(r"^the\s+(?=[A-Z]|[a-z]+\s+of\s)", "", asked.name.strip())
    kind, within = asked.kind, asked.within
    if (held := re.match(r"^(?P<rest>.+?\w)\s+of\s+(?:the\s+)?(?P<outer>.+)$", text)) and table.after.match(
        held["rest"]
    ):
        text, within = held["rest"], (_bare(held["outer"]), *within)
    for pattern in (table.before, table.after):
        if (told := pattern.match(text)) and told["rest"].strip():
            noun = " ".join(told["noun"].lower().split())
            kind, text = table.kinds[noun], told["rest"].strip()  # type: ignore[assignment]
            break
    return replace(asked, name=text.strip(" ,"), kind=kind, within=within)


def _bare(words: str) -> str:
    return re.sub(r"^(?:the|in|of)\s+", "", words.strip(), flags=re.I)


def compass_of(point: str | None) -> str | None:
    """Return "northeast" of "north-eastern", None of what is no single point of the compass."""
    if not point:
        return None
    plain = re.sub(r"ern\b", "", point.lower()).replace("-", "").replace(" ", "")
    return plain if plain in COMPASS else None


def leading_point(name: str) -> tuple[str, str] | None:
    """Return ("north", "Hama") of "northern Hama", None where no point of the compass leads the name."""
    told = _LEADING_POINT.match(name)
    return (told["point"], told["rest"]) if told else None
