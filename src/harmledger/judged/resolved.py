"""What persons judged, resolved into what stands: what was undone is gone, of two that contradict the later stays.

Judgements are data from outside: one that makes no sense (a verb, a field or a value that nobody knows) is kept as
unplaced with its reason, and changes nothing else. Nothing is folded into what it judges; a corrected claim keeps its
id and says what it read before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import MappingProxyType
from typing import get_args

from harmledger import vocabulary
from harmledger.errors import HarmledgerError
from harmledger.judged.mending import BLANK, FIELDS, Places, mended, point, shown
from harmledger.model import Claim, Judgement, Verb

VERBS: tuple[str, ...] = get_args(Verb)
_PAIRS = ("same_incident", "not_same_incident")
_FIRST = datetime(1, 1, 1, tzinfo=UTC)
_CORRECTED = "corrected by "


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A judgement that could not be applied, and why. It is shown, never lost."""

    judgement: Judgement
    because: str


_Of = Mapping[str, Judgement]
_NONE: Mapping[str, Judgement] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Standing:
    """The judgements that stand, by what they are about; the earliest first where there are several.

    ``pairs`` are those on same and not the same. ``about`` holds places, grades and notes by their subject.
    """

    rejected: Mapping[str, Judgement] = field(default_factory=lambda: _NONE)
    confirmed: Mapping[str, Judgement] = field(default_factory=lambda: _NONE)
    corrected: Mapping[str, tuple[Judgement, ...]] = field(default_factory=lambda: MappingProxyType({}))
    pairs: tuple[Judgement, ...] = ()
    about: Mapping[str, tuple[Judgement, ...]] = field(default_factory=lambda: MappingProxyType({}))
    unplaced: tuple[Unplaced, ...] = ()

    def on(self, verb: Verb, names: Iterable[str]) -> list[Judgement]:
        """Return the judgements of one verb on any of these names (an incident's id and former ids), in time order."""
        found = [judgement for name in names for judgement in self.about.get(name, ()) if judgement.verb == verb]
        return sorted(found, key=moment)

    def last(self, verb: Verb, names: Iterable[str]) -> Judgement | None:
        """Return the latest judgement of one verb on any of these names."""
        found = self.on(verb, names)
        return found[-1] if found else None


def moment(judgement: Judgement) -> datetime:
    """Return when a judgement was made; one without a readable time counts as made before all others.

    >>> moment(Judgement("note", "x", at="2021-06-01T12:00:00+02:00")).isoformat()
    '2021-06-01T10:00:00+00:00'
    """
    try:
        read = datetime.fromisoformat(judgement.at.strip())
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError, AttributeError):
        return _FIRST


def fault(judgement: Judgement) -> str | None:
    """Return what is wrong with a judgement by itself, in words that tell what to do; None where nothing is.

    >>> fault(Judgement("grade", "4f2a", value="splendid"))
    "a grade cannot be 'splendid'. It is one of: confirmed, fair, weak, contested, discounted."
    """
    verb, value = judgement.verb, judgement.value or ""
    if verb not in VERBS:
        return f"nobody knows the verb {verb!r}. It is one of: {', '.join(VERBS)}."
    if not judgement.subject:
        return f"{verb} names no subject."
    if verb in _PAIRS and not judgement.other:
        return f"{verb} needs two incidents, events or reports; the other is missing."
    try:
        if verb == "correct_claim":
            mended(BLANK, judgement.field or "", value)
        elif verb == "place" and point(value) is None and ":" not in value:
            return f"a place is a gazetteer's id (geonames:167611) or “latitude,longitude”, not {value!r}."
    except HarmledgerError as error:
        return str(error)
    if verb == "grade" and value not in vocabulary.labels("grade"):
        return f"a grade cannot be {value!r}. It is one of: {', '.join(vocabulary.labels('grade'))}."
    if verb == "note" and not (value or judgement.reason):
        return "the note is empty."
    return None


def standing(judgements: Sequence[Judgement]) -> Standing:
    """Return the judgements that stand, and those that make no sense.

    An undone undo brings back what it took. Time decides between two, and the order given where times are equal.

    >>> told = [Judgement("reject_claim", "c", at="2021-06-01", id="j1"), Judgement("undo", "j1", at="2021-06-02")]
    >>> dict(standing(told).rejected)
    {}
    """
    unplaced = [Unplaced(judgement, why) for judgement in judgements if (why := fault(judgement)) is not None]
    bad = {id(each.judgement) for each in unplaced}
    ordered = sorted((judgement for judgement in judgements if id(judgement) not in bad), key=moment)
    kept, lost = _less_undone(ordered)
    unplaced += lost
    claims: dict[str, dict[str, Judgement]] = {"reject_claim": {}, "confirm_claim": {}}
    corrections: dict[str, dict[str, Judgement]] = {}
    about: dict[str, list[Judgement]] = {}
    pairs: list[Judgement] = []
    for judgement in kept:
        subject = judgement.subject
        if judgement.verb in claims:
            for verb in claims:
                claims[verb].pop(subject, None)
            claims[judgement.verb][subject] = judgement
        elif judgement.verb == "correct_claim":
            claims["reject_claim"].pop(subject, None)  # who mends a claim wants it in
            corrections.setdefault(subject, {})[FIELDS[judgement.field or ""]] = judgement
        elif judgement.verb in _PAIRS:
            pairs.append(judgement)
        else:
            about.setdefault(subject, []).append(judgement)
    return Standing(
        claims["reject_claim"],
        claims["confirm_claim"],
        {claim: tuple(by_field.values()) for claim, by_field in corrections.items()},
        tuple(pairs),
        {subject: tuple(told) for subject, told in about.items()},
        tuple(unplaced),
    )


def _less_undone(ordered: Sequence[Judgement]) -> tuple[list[Judgement], list[Unplaced]]:
    """Return the judgements that no standing undo takes back, less the undos, and the undos that find nothing."""
    known = {judgement.id for judgement in ordered if judgement.id}
    undone: set[str] = set()
    lost: list[Unplaced] = []
    # From the last to the first, so that an undo which is itself undone has no effect.
    for judgement in reversed(ordered):
        if judgement.verb != "undo" or judgement.id in undone:
            continue
        if judgement.subject not in known or judgement.subject == judgement.id:
            lost.append(Unplaced(judgement, f"there is no judgement {judgement.subject!r} to undo."))
        else:
            undone.add(judgement.subject)
    return [each for each in ordered if each.verb != "undo" and not (each.id and each.id in undone)], lost


def corrected(claim: Claim, stands: Standing, places: Places | None = None) -> Claim:
    """Return a claim as persons corrected it; ``because`` tells for each field who, from what to what, and why.

    To correct twice changes nothing more. The claim as it was extracted stays with who holds it.
    """
    for judgement in stands.corrected.get(claim.id, ()):
        name = FIELDS[judgement.field or ""]
        new = mended(claim, name, judgement.value or "", places)
        before, after = shown(claim, name), shown(new, name)
        if before == after and is_corrected(claim, name):
            continue
        why = f"{_CORRECTED}{who(judgement)}: {before} → {after}: {judgement.reason or 'no reason given'}"
        claim = replace(new, because={**claim.because, name: why})
    return claim


def is_corrected(claim: Claim, name: str) -> bool:
    """Tell whether a person corrected this field of a claim."""
    return claim.because.get(name, "").startswith(_CORRECTED)


def corrections_of(claims: Iterable[Claim]) -> list[str]:
    """Return what persons corrected of claims, a line for each field."""
    return [
        f"{claim.id} {name}: {why}"
        for claim in claims
        for name, why in claim.because.items()
        if why.startswith(_CORRECTED)
    ]


def who(judgement: Judgement) -> str:
    """Return who judged, in words."""
    return judgement.by or "a person"


def said(judgement: Judgement, verb: str) -> str:
    """Return a judgement as a reason: "rejected by R: a misprint"."""
    return f"{verb} by {who(judgement)}: {judgement.reason or 'no reason given'}"


def not_found(stands: Standing, known: Callable[[str], bool]) -> list[Unplaced]:
    """Return the judgements whose subject, or other, is nothing that ``known`` knows."""
    claims = [*stands.rejected.values(), *stands.confirmed.values()]
    for each in stands.corrected.values():
        claims += each
    told = [*claims, *(judgement for each in stands.about.values() for judgement in each), *stands.pairs]
    found = []
    for judgement in told:
        gone = [name for name in (judgement.subject, judgement.other) if name and not known(name)]
        if gone:
            found.append(Unplaced(judgement, f"there is no {' and no '.join(gone)} here (any more)."))
    return found
