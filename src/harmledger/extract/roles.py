"""A party's part in its sentence: who does the harm and who suffers it, from the words around the name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from harmledger.extract.lexicon import lexicon
from harmledger.extract.reading import Reading, Token

Role = Literal[
    "by", "agent", "agent far", "attack", "blamed", "culprit", "land", "sufferer", "side", "speaker", "held", "named"
]
DOER: frozenset[str] = frozenset(["by", "agent", "agent far", "attack", "blamed", "culprit"])

FILLERS = frozenset(
    ["the", "a", "an", "its", "their", "alleged", "allegedly", "suspected", "so-called", "armed", '"', "'", "“", "”"]
    + ["some", "other", "foreign-backed", "foreign-sponsored", "foreign", "islamist", "takfiri", "terrorist", "local"]
    + ["forces", "units", "unit", "fighters", "elements", "gunmen", "allied", "pro-iranian", "iran-backed"]
    + ["notorious", "unidentified", "unknown", "masked", "both", "either", "of"]
)
_AUXILIARIES = frozenset(
    ["have", "has", "had", "also", "reportedly", "allegedly", "then", "later", "apparently", "now", "meantime"]
    + ["who", "that", "which", "and", "on", "again", "likely", "deliberately", "directly", "indiscriminately", "may"]
)
_PASSIVES = frozenset(["was", "were", "been", "are", "is", "being", "be", "got"])
_PARTICIPLES = frozenset(
    ["killed", "wounded", "injured", "dead", "executed", "captured", "arrested", "detained", "eliminated", "beheaded"]
    + ["shot", "targeted", "hit", "destroyed", "abducted", "kidnapped", "neutralized", "die", "died", "slain"]
)
_AFTER_PASSIVE = frozenset(
    ["in", "by", "during", "after", "on", "at", "as", "near", "while", "when", "across", "over", "inside", "outside"]
    + [
        "since",
        "around",
        "and",
        "or",
        ".",
        ",",
        ";",
        ":",
        "-",
        "were",
        "injured",
        "wounded",
        "amid",
        "from",
        "elsewhere",
    ]
)
_NUMBERS = frozenset(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "dozen"]
    + ["dozens", "scores", "hundreds", "thousands", "several", "many", "number", "most", "some", "thirteen", "fourteen"]
    + [
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "tens",
        "numbers",
    ]
)
_NO_CUE: frozenset[str] = frozenset()
_REACH = 9


@dataclass(slots=True)
class Party:
    """A party at tokens ``first`` to ``last`` (half-open), the code it stands for, and its part in the sentence.

    ``maybe`` is the named group that a word without a name ("the jihadists") may stand for instead of ``code``.
    """

    first: int
    last: int
    code: str
    form: str
    role: Role = "named"
    maybe: str | None = None
    counted: bool = False
    armed: bool = False
    weak: bool = False
    words: str = ""
    sentence: int = 0


class Cues:
    """The words around parties, looked up by where they start and where they end."""

    def __init__(self, tokens: list[Token]) -> None:
        self.starting: dict[int, frozenset[str]] = {}
        self.ending: dict[int, frozenset[str]] = {}
        self.after: dict[int, int] = {}
        for hit in lexicon("actor_cues").all(tokens):
            marks = _marks(hit.entry)
            self.starting[hit.first] = marks
            self.ending[hit.last] = marks
            self.after[hit.first] = hit.last

    def at(self, token: int) -> frozenset[str]:
        """Return the marks of the words that start at a token."""
        return self.starting.get(token, _NO_CUE)

    def before(self, token: int) -> frozenset[str]:
        """Return the marks of the words that end just before a token."""
        return self.ending.get(token, _NO_CUE)


_KNOWN_MARKS: dict[int, frozenset[str]] = {}


def _marks(entry: Mapping[str, Any]) -> frozenset[str]:
    key = id(entry)
    if key not in _KNOWN_MARKS:
        _KNOWN_MARKS[key] = frozenset(entry["marks"])
    return _KNOWN_MARKS[key]


def role_of(reading: Reading, cues: Cues, party: Party, following: int) -> Role:
    """Return a party's part in its sentence, from the words just before it and just after it."""
    sentence = reading.sentence_of(party.first)
    left = party.first - 1
    while left >= sentence.first and reading.tokens[left].norm in FILLERS and "held" not in cues.before(left + 1):
        left -= 1
    before = reading.tokens[left].norm if left >= sentence.first else ""
    marks = cues.before(left + 1) if left >= sentence.first else _NO_CUE
    near = cues.before(party.first) if party.first > sentence.first else _NO_CUE
    party.counted = before in _NUMBERS or (before[:1].isdigit() and before[:2] not in {"19", "20"})
    if "held" in marks or "held" in near:
        return "held"
    if before == "by":
        return "held" if _held_by(reading, cues, left, sentence.first) else "by"
    if "blame" in marks or "blame" in near:
        return "blamed"
    right, direct = _right(reading, cues, party, sentence.last, following)
    if right in {"attack", "sufferer", "blamed"}:
        return right
    hit = party.counted or "sufferer" in marks or "sufferer" in near
    if right in {"agent", "agent far"} and _governed(reading, party):
        right = "named"
    if right == "agent" and (direct or not hit):
        return "agent"
    if before == "from" and "attack" in cues.before(left):
        return "by"
    if before in {"with", "between", "against", "fighting", "battling", "fought"} and clash_near(reading, left):
        return "side"
    if right == "speaker" and (before in {"at", "on", "upon"} or not hit):
        return "blamed" if _owns_up(reading, party.last, sentence.last) else "speaker"
    return "sufferer" if hit else right


def _governed(reading: Reading, party: Party) -> bool:
    """Tell whether a verb after a name is not its own: "a blast near the army killed"."""
    tokens = reading.tokens
    start = reading.sentence_of(party.first).first
    place = party.first - 1
    while place > start and tokens[place].norm in {"the", "a", "an"}:
        place -= 1
    if place < start:
        return False
    if tokens[place].norm == "of":
        return place == start or tokens[place - 1].norm not in _TROOPS
    return tokens[place].norm in _BEFORE_OBJECT


_BEFORE_OBJECT = frozenset(
    ["near", "in", "at", "against", "with", "on", "for", "between", "among", "amid", "to", "targeting", "over", "into"]
)
_TROOPS = frozenset(
    [
        "units",
        "unit",
        "helicopters",
        "aircraft",
        "warplane",
        "artillery",
        "forces",
        "fighters",
        "group",
        "groups",
        "members",
        "militants",
        "terrorists",
        "snipers",
        "number",
    ]
    + ["dozens", "hundreds", "scores", "soldiers", "planes", "warplanes", "jets", "elements", "troops", "wing", "all"]
    + ["convoy", "most", "some", "one", "two", "faction", "factions", "branch", "affiliate", "gunmen", "tanks", "men"]
)


def _held_by(reading: Reading, cues: Cues, by: int, start: int) -> bool:
    """Tell whether the verb before "by" is of holding or telling, not of harm: "used as a prison by"."""
    for index in range(by - 1, max(start, by - 9) - 1, -1):
        if reading.tokens[index].norm in _HOLDING:
            return True
        if cues.at(index) & {"act", "attack"}:
            return False
    return False


def _owns_up(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a speaker says that it did it: "said in a statement that it had carried out the attack"."""
    norms = [token.norm for token in reading.tokens[start : min(end, start + 14)]]
    for index, norm in enumerate(norms[:-2]):
        if norm in {"it", "they"} and set(norms[index + 1 : index + 4]) & {"carried", "behind", "conducted", "staged"}:
            return True
    return False


_HOLDING = frozenset(
    ["used", "held", "controlled", "run", "occupied", "inhabited", "dominated", "populated", "backed", "supported"]
    + ["led", "ruled", "manned", "owned", "known", "called", "considered", "described", "reported", "published"]
    + ["released", "said", "posted", "designated", "denied", "condemned", "monitored", "given", "provided", "issued"]
    + ["declared", "announced", "signed", "negotiated", "brokered", "recruited", "trained", "funded", "armed", "made"]
)
_CLASH = ("clash", "fight", "battl", "combat", "confront", "fought", "infight", "firefight")


def clash_near(reading: Reading, token: int) -> bool:
    """Tell whether a word of fighting stands a little before a token: "clashes between"."""
    first = max(reading.sentence_of(token).first, token - 8)
    return any(reading.tokens[i].norm.startswith(_CLASH) for i in range(first, token + 1))


def _right(reading: Reading, cues: Cues, party: Party, end: int, following: int) -> tuple[Role, bool]:
    """Return the role that the words after a party give it, and whether they follow it at once."""
    tokens = reading.tokens
    position = party.last
    possessive = position < end and tokens[position].norm == "'s"
    ahead = position
    for _ in range(5):
        if ahead >= end:
            break
        marks = cues.at(ahead)
        if "attack" in marks and ("act" not in marks or not _object_after(reading, cues.after[ahead], end)):
            return "attack", True
        if "target" in marks:
            return "sufferer", True
        if "between" not in marks and "force" not in marks and tokens[ahead].norm not in _THIN:
            break
        ahead = cues.after.get(ahead, ahead + 1)
    if possessive:
        return "named", True
    while position < end and tokens[position].norm in _GROUP_NOUNS:
        position += 1
    after = position
    while position < end and tokens[position].norm in _AUXILIARIES and position < after + 4:
        position += 1
    direct = position == after
    if position >= end:
        return "named", direct
    if tokens[position].norm in _PASSIVES:
        later = {tokens[i].norm for i in range(position, min(end, position + 4))}
        if later & {"behind", "responsible", "blamed", "accused", "suspected"}:
            return "blamed", direct
        return ("sufferer" if any(w in _PARTICIPLES for w in later) else "named"), direct
    if tokens[position].norm in _PARTICIPLES and _ends_passive(reading, position + 1, end, party.counted):
        return "sufferer", direct
    marks = cues.at(position)
    if "act" in marks and "speech" not in marks:
        return "agent", direct
    if "speech" in marks:
        return "speaker", direct
    return _agent_far(reading, cues, position, min(end, following, position + _REACH)), False


_THIN = frozenset(["'s", '"', "'", "”", "“", "(", ")", "-"])


_GROUP_NOUNS = frozenset(["group", "groups", "movement", "organization", "organisation", "militia", "network", "wing"])


def _ends_passive(reading: Reading, after: int, end: int, counted: bool) -> bool:
    """Tell whether "killed" closes the clause ("29 rebels killed in"), rather than takes an object ("killed 12")."""
    if after >= end:
        return True
    word = reading.tokens[after].norm
    following = reading.tokens[after + 1].norm if after + 1 < end else ""
    if word in {"at", "over", "around"} and (following in {"least", "most"} or following[:1].isdigit()):
        return False
    return word in _AFTER_PASSIVE or (counted and word[:1].isalpha() and word not in _NUMBERS and word != "more")


def _object_after(reading: Reading, position: int, end: int) -> bool:
    """Tell whether a word that is a noun or a verb ("rebels attack a village") has an object."""
    return position < end and reading.tokens[position].norm in {"a", "an", "the", "at", "least", "more", "over"}


def _agent_far(reading: Reading, cues: Cues, start: int, end: int) -> Role:
    """Return "agent far" where a verb of violence follows before anything else that could be its doer."""
    for position in range(start, end):
        token = reading.tokens[position]
        if token.norm in _PASSIVES or token.norm in {".", ";", '"', "that", "said", "when", "as", "after"}:
            return "named"
        if token.norm in _PARTICIPLES and _ends_passive(reading, position + 1, end, False):
            return "named"
        if "act" in cues.at(position) and reading.tokens[position - 1].norm not in {"to", "the", "a", "an", "of", "in"}:
            return "agent far"
    return "named"
