"""The parties to the violence that a report names, and whether each is said to do it or to suffer it."""

from __future__ import annotations

from collections.abc import Mapping

from harmledger.extract.lexicon import Hit, lexicon
from harmledger.extract.reading import Reading, Token
from harmledger.extract.roles import DOER, FILLERS, Cues, Party, clash_near, role_of


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
        party.role = role_of(reading, cues, party, _next_subject(cues, tokens, found, number))
        if party.role == "attack" and party.form == "land":
            party.role = "land"
        if _among_themselves(reading, party):
            party.code, party.role, party.maybe = "multiple", "attack", None
        party.sentence = tokens[party.first].sentence
        party.words = _said(reading, cues, party)
        if party.form == "culprit" and party.role in {"named", "speaker", "held"} and not party.counted:
            party.role = "culprit"
        if party.form == "person" and (party.role != "agent" or _no_deed(reading, party)):
            continue
        if party.form == "court" and _nobody_yet(reading, party):
            continue
        if party.weak and party.role not in DOER | {"side", "sufferer"}:
            continue
        kept.append(party)
    _share_roles(reading, kept)
    return _join(reading, kept)


def _no_deed(reading: Reading, party: Party) -> bool:
    """Tell whether the word after a person is no violent verb of theirs: "found the teen behind a parked van"."""
    return reading.tokens[party.last].norm in _NO_DEEDS


def _nobody_yet(reading: Reading, party: Party) -> bool:
    """Tell whether it is nobody who was arrested or charged: "no one had been arrested", "no arrests were made"."""
    first = reading.sentence_of(party.first).first
    before = {token.norm for token in reading.tokens[max(first, party.first - 5) : party.first]}
    return bool(before & {"no", "nobody", "none", "not", "without"})


_NO_DEEDS = frozenset(
    ["behind", "left", "leaves", "leave", "used", "began", "engaged", "crossed", "opened", "continue"]
)


def _among_themselves(reading: Reading, party: Party) -> bool:
    """Tell whether a name stands for two sides: "rebel infighting", "rival cartels", "troops traded fire"."""
    tokens = reading.tokens
    after = tokens[party.last].norm if party.last < len(tokens) else ""
    return after in {"infighting", "traded", "exchanged"} or (
        party.first > 0 and tokens[party.first - 1].norm == "rival"
    )


def _said(reading: Reading, cues: Cues, party: Party) -> str:
    """Return a party's name with the words that make it the doer: "Israeli air strikes", "by gunmen"."""
    sentence = reading.sentence_of(party.first)
    first, last = party.first, party.last
    limit = min(sentence.last, party.last + 5)
    if party.role in {"agent", "agent far"}:
        last = min(cues.after.get(last, last + 1), sentence.last)
    elif party.role in {"attack", "by"}:
        end = last
        while end < limit and cues.at(end) & {"attack", "force", "between"}:
            found = "attack" in cues.at(end)
            end = cues.after[end]
            if found:
                last = end
                break
    if party.role == "by":
        near = [i for i in range(max(sentence.first, first - 6), first) if reading.tokens[i].norm == "by"]
        first = near[-1] if near else first
    return reading.words(first, last)


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
        while left > 0 and tokens[left - 1].norm in FILLERS:
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
            owner = _owner(reading, merged, party)
            if owner is not None:
                party.code, party.maybe = owner.code, None
                merged.append(party)
                continue
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


def _owner(reading: Reading, before: list[Party], group: Party) -> Party | None:
    """Return the party that a nameless group is part of: the SDF in "the SDF said four of its fighters were killed"."""
    tokens = reading.tokens
    start = reading.sentence_of(group.first).first
    if group.first <= start or tokens[group.first - 1].norm not in _THEIRS:
        return None
    return next((p for p in reversed(before[-_OWNERS:]) if p.first >= start and p.form in _NAMED), None)


_THEIRS = frozenset(["its", "their", "his", "our"])
_NAMED = frozenset(["name", "nation", "faceless"])
_OWNERS = 3


def _same_again(reading: Reading, start: int, end: int) -> bool:
    """Tell whether nothing but brackets and "or" stands between two names of one party: "Islamic State (ISIL)"."""
    gap = reading.tokens[start:end]
    return len(gap) <= 2 and all(token.norm in _AGAIN for token in gap)


def _beside(reading: Reading, name: Party, group: Party) -> bool:
    """Tell whether a nameless group follows a name at once, brackets aside: "Daesh militants", "(ISIS) terrorists"."""
    gap = reading.tokens[name.last : group.first]
    return not gap or (len(gap) <= 3 and all(token.norm in _CLOSES for token in gap))


_CLOSES = frozenset([")", "]", "-", "linked", "affiliated", "-linked", "-affiliated"])
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
            if 0 < len(gap) <= 4 and all(t.norm in _JOINED or t.norm in FILLERS for t in gap) and _and_or(gap):
                last.code, last.last, last.maybe = "multiple", party.last, None
                last.words = reading.words(last.first, party.last)
                continue
        if last is not None and _between_two(reading, last, party):
            last.role = party.role = "side"
            both = Party(last.first, party.last, "multiple", "clash", "attack")
            both.words, both.sentence = reading.words(last.first, party.last), last.sentence
            joined.append(both)
        joined.append(party)
    return joined


def _between_two(reading: Reading, first: Party, second: Party) -> bool:
    """Tell whether two parties are the two sides of "clashes between the army and rebels"."""
    tokens = reading.tokens
    gap = tokens[first.last : second.first]
    if first.sentence != second.sentence or not 0 < len(gap) <= 6 or not _and_or(gap):
        return False
    start = max(reading.sentence_of(first.first).first, first.first - 5)
    between = next((i for i in range(start, first.first) if tokens[i].norm == "between"), None)
    return between is not None and (first.role == "side" or clash_near(reading, between))


def _and_or(gap: list[Token]) -> bool:
    return any(token.norm in {"and", "or", "and/or", "/", "&"} for token in gap)


_JOINED = frozenset(["&", "and", "or", "and/or", "/", "the", "their", "its", "allied", ",", "backed", "by"])
