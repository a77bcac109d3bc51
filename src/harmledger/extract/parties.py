"""The parties to the violence that a report names, and whether each is said to do it or to suffer it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from harmledger.extract.lexicon import Hit, lexicon
from harmledger.extract.reading import Reading, Token

Role = Literal[
    "by", "agent", "agent far", "attack", "blamed", "culprit", "land", "sufferer", "side", "speaker", "held", "named"
]
DOER: frozenset[str] = frozenset(["by", "agent", "agent far", "attack", "blamed", "culprit"])

_FILLERS = frozenset(
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


def parties_of(reading: Reading) -> list[Party]:
    """Return the parties of a report in the order of the text, each with its role.

    "Twelve rebels died when army shells fell": the rebels suffer, the army does it.
    """
    tokens = reading.tokens
    cues = Cues(tokens)
    hits = [hit for hit in lexicon("actors").all(tokens) if _stands(tokens, hit)]
    starts = frozenset(hit.first for hit in hits)
    found: list[Party] = []
    for hit in hits:
        form = hit.entry["form"]
        party = Party(hit.first, hit.last, hit.entry.get("actor") or hit.entry.get("side", ""), form)
        party.armed = bool(hit.entry.get("armed"))
        party.weak = bool(hit.entry.get("low") or hit.entry.get("country"))
        if form == "nation":
            sent = _force_after(reading, cues, hit.last, starts)
            if sent is None:
                continue
            party.form = "land" if hit.entry.get("land") and sent == hit.last else form
            party.last = sent
        found.append(party)
    _name_the_faceless(reading, found)
    kept = []
    for number, party in enumerate(found):
        party.role = _role(reading, cues, party, _next_subject(cues, tokens, found, number))
        if party.role == "attack" and party.form == "land":
            party.role = "land"
        party.words = reading.words(party.first, min(party.last + 1, reading.sentence_of(party.first).last))
        if party.form == "culprit" and party.role in {"named", "speaker", "held"} and not party.counted:
            party.role = "culprit"
        if party.form == "person" and party.role != "agent":
            continue
        if party.weak and party.role not in DOER | {"side", "sufferer"}:
            continue
        kept.append(party)
    _share_roles(reading, kept)
    return _join(reading, kept)


def _stands(tokens: list[Token], hit: Hit) -> bool:
    """Tell whether a hit is the party: "IS" is one, "is" is none; a name has a capital letter."""
    form = hit.entry["form"]
    if form == "none":
        return False
    if hit.phrase == "suspect" and hit.last < len(tokens) and tokens[hit.last].norm in _SUSPECTED:
        return False
    token = tokens[hit.first]
    if hit.last - hit.first > 1 or form not in {"name", "nation"} or hit.entry.get("low") or hit.entry.get("plain"):
        return True
    return token.text[:2].isupper() if len(hit.phrase) <= 3 else token.text != token.norm


def _next_subject(cues: Cues, tokens: list[Token], parties: list[Party], number: int) -> int:
    """Return where the next party stands that may be a subject of its own: not the rebels of "backed by rebels"."""
    for party in parties[number + 1 :]:
        left = party.first
        while left > 0 and tokens[left - 1].norm in _FILLERS:
            left -= 1
        if "held" not in cues.before(left) and "held" not in cues.before(party.first):
            return party.first
    return len(tokens)


_SUSPECTED = frozenset(["them", "that", "him", "her", "it", "he", "she", "they", "the", "a"])


def _force_after(reading: Reading, cues: Cues, start: int, starts: frozenset[int]) -> int | None:
    """Return the end of the force or attack that follows a nation's adjective, or None where none does."""
    limit = min(reading.sentence_of(start - 1).last, start + 5)
    position, reached, joined = start, None, False
    while position < limit:
        marks = cues.at(position)
        if "force" in marks:
            reached = start if joined else cues.after[position]
        elif "attack" in marks:
            return reached or start
        elif reading.tokens[position].norm in {"and", "or", "&"}:
            joined = joined or reached is None
            if joined and position + 1 in starts:
                return start
        elif "between" not in marks and reading.tokens[position].norm not in {"and", "or", "-", "'s", "&", '"'}:
            break
        position = cues.after.get(position, position + 1)
    return reached


def _name_the_faceless(reading: Reading, parties: list[Party]) -> None:
    """Give each party without a name the name beside it ("ISIL terrorists"), else what it stands for in this war."""
    setting = setting_of(reading)
    latest: str | None = None
    merged: list[Party] = []
    first = next((p.code for p in parties if p.armed), None)
    for party in parties:
        previous = merged[-1] if merged else None
        if party.form == "faceless":
            if previous is not None and previous.form in {"name", "nation"} and _beside(reading, previous, party):
                previous.last = party.last
                continue
            side = party.code
            party.code = FACELESS[side].get(setting, "other")
            party.maybe = (latest or first) if side in {"terrorists", "militants"} else None
        elif previous is not None and previous.form == "faceless" and _belongs(reading, previous.last, party.first):
            previous.code, previous.maybe, previous.form, previous.last = party.code, None, "name", party.last
            party.form = "gone"
        elif previous is not None and previous.code == party.code and _same_again(reading, previous.last, party.first):
            previous.last = party.last
            party.form = "gone"
        if party.armed:
            latest = party.code
        merged.append(party)
    parties[:] = [party for party in merged if party.form != "gone"]


def _same_again(reading: Reading, start: int, end: int) -> bool:
    """Tell whether nothing but brackets and "or" stands between two names of one party: "Islamic State (ISIL)"."""
    gap = reading.tokens[start:end]
    return len(gap) <= 2 and all(token.norm in _AGAIN for token in gap)


def _beside(reading: Reading, name: Party, group: Party) -> bool:
    """Tell whether a nameless group follows a name at once, brackets aside: "Daesh militants", "(ISIS) terrorists"."""
    gap = reading.tokens[name.last : group.first]
    return not gap or (len(gap) == 1 and gap[0].norm in {")", "]"})


_AGAIN = frozenset(["(", ")", "[", "]", "or", "/", "aka", "also", "the"])
_LINKS = frozenset(["from", "of", "the", "affiliated", "linked", "belonging", "to", "with", "loyal", "al-qaeda-linked"])
FACELESS: Mapping[str, Mapping[str, str]] = {
    "state": {"syria": "syrian_government", "israel": "israel", "turkey": "turkey", "iran": "iran"},
    "rebels": {"syria": "opposition"},
    "terrorists": {"syria": "opposition", "israel": "palestinian_groups"},
    "militants": {"syria": "opposition", "israel": "palestinian_groups"},
}


def _belongs(reading: Reading, start: int, end: int) -> bool:
    """Tell whether only "from the", "affiliated to", and the like stand between a nameless group and a name."""
    return start < end <= start + 4 and all(token.norm in _LINKS for token in reading.tokens[start:end])


def setting_of(reading: Reading) -> str:
    """Return the country that a report speaks of most ("syria"), or nothing where it names none."""
    counts: dict[str, int] = {}
    for hit in lexicon("settings").all(reading.tokens):
        if reading.tokens[hit.first].capital:
            setting = hit.entry["setting"]
            counts[setting] = counts.get(setting, 0) + 1
    return max(counts, key=lambda name: counts[name]) if counts else ""


def _role(reading: Reading, cues: Cues, party: Party, following: int) -> Role:
    """Return a party's part in its sentence, from the words just before it and just after it."""
    sentence = reading.sentence_of(party.first)
    left = party.first - 1
    while left >= sentence.first and reading.tokens[left].norm in _FILLERS and "held" not in cues.before(left + 1):
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
    if before in {"with", "between", "against", "fighting", "battling", "fought"} and _clash_near(reading, left):
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


def _clash_near(reading: Reading, token: int) -> bool:
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
    while position < end and tokens[position].norm in _AUXILIARIES and position < party.last + 4:
        position += 1
    direct = position == party.last
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


def _share_roles(reading: Reading, parties: list[Party]) -> None:
    """Give the first of two joined parties the role of the second: "Syrian and Russian jets struck"."""
    for first, second in zip(reversed(parties[:-1]), reversed(parties[1:]), strict=True):
        gap = reading.tokens[first.last : second.first]
        if 0 < len(gap) <= 3 and _and_or(gap):
            if not all(t.norm in _JOINED for t in gap):
                continue
            if first.role == "by" or second.role == "named":
                second.role = first.role
            elif first.role in {"named", "held"} or second.role == "by":
                first.role = second.role


def _join(reading: Reading, parties: list[Party]) -> list[Party]:
    """Make one party of two that are joined as doers: "Syrian or Russian jets" is either, "multiple"."""
    joined: list[Party] = []
    for party in parties:
        last = joined[-1] if joined else None
        if last is not None and last.role in DOER and party.role in DOER and last.code != party.code:
            gap = reading.tokens[last.last : party.first]
            if 0 < len(gap) <= 4 and all(t.norm in _JOINED or t.norm in _FILLERS for t in gap) and _and_or(gap):
                last.code, last.last, last.maybe = "multiple", party.last, None
                last.words = reading.words(last.first, party.last)
                continue
        joined.append(party)
    return joined


def _and_or(gap: list[Token]) -> bool:
    return any(token.norm in {"and", "or", "and/or", "/", "&"} for token in gap)


_JOINED = frozenset(["&", "and", "or", "and/or", "/", "the", "their", "its", "allied", ",", "backed", "by"])
