"""The figures of one incident as exports need them: by kind and group, each with the claims it rests on.

What the record has (the entry's ranges) stands. For kinds that the entry has no range of, the claims are combined as
the record would: parts never added to their whole, running totals left out, denied counts left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from harmledger.counts import CountRange, combine
from harmledger.model import Case, Claim, Group, Kind

ENTRY_FIELDS: Mapping[tuple[str, str], str] = {
    ("killed", "people"): "killed",
    ("injured", "people"): "injured",
    ("killed", "children"): "children_killed",
    ("killed", "women"): "women_killed",
    ("killed", "men"): "men_killed",
}
# What the record makes of a word without a figure where no better is known: "several" is two or more.
_VAGUE = CountRange(2, None)


@dataclass(frozen=True, slots=True)
class Figure:
    """A range with one best figure, the claims it rests on and why it stands. ``high`` None is an open end."""

    low: int
    high: int | None
    best: int
    claims: tuple[str, ...] = ()
    because: str = ""

    @property
    def top(self) -> int:
        """Return the highest figure that is stated: an open end has no other."""
        return max(self.low, self.best) if self.high is None else self.high


def figure(case: Case, kind: Kind, group: Group = "people") -> Figure | None:
    """Return how many of a group an incident harmed in one way, None where nothing is told.

    ``people`` is the whole, whoever they are; for what is damaged it is the things.
    """
    field = ENTRY_FIELDS.get((kind, group), kind if group == "people" else f"{group}_{kind}")
    recorded = getattr(case.entry, field, None) or case.entry.tolls.get(field)
    claims = supporting(case, kind, group)
    names = tuple(claim.id for claim in claims)
    if isinstance(recorded, CountRange):
        best = case.entry.best.get(field, recorded.low)
        top = recorded.low if recorded.high is None else recorded.high
        best = min(max(best, recorded.low), max(top, recorded.low) if recorded.high is not None else max(best, top))
        return Figure(recorded.low, recorded.high, best, names, case.entry.because.get(field, ""))
    if field in ENTRY_FIELDS.values():
        return None
    known = combined(claims)
    if known is None:
        return None
    words = "; ".join(dict.fromkeys(claim.sources[0] for claim in claims if claim.sources))
    return Figure(known.low, known.high, known.low, names, words and f"said by {words}")


def supporting(case: Case, kind: Kind, group: Group = "people") -> list[Claim]:
    """Return the claims that a figure may rest on, in the order of the reports."""
    left = {out.claim for out in case.entry.left_out}
    told = [
        claim
        for claim in case.incident.claims
        if claim.kind == kind and claim.role != "denied" and claim.scope == "incident" and claim.id not in left
    ]
    if group != "people":
        return [claim for claim in told if claim.group == group]
    ids = {claim.id for claim in told}
    return [claim for claim in told if claim.parent not in ids]


def combined(claims: Sequence[Claim]) -> CountRange | None:
    """Return the range of several claims; "none" beside a figure widens no range, as in the record's own."""
    return combine(map(range_of, [claim for claim in claims if claim.count.value != 0] or claims))


def range_of(claim: Claim) -> CountRange:
    """Return the range that one claim states; a vague word is two or more."""
    count = claim.count
    if count.value is None:
        return _VAGUE
    if count.bound == "at_most":
        return CountRange(count.value, count.value)
    return CountRange(count.value, None if count.bound == "at_least" else count.high or count.value)


def fighters(case: Case, kind: Kind = "killed") -> Figure | None:
    """Return the fighters told apart from civilians, whom the record's range of an incident leaves out."""
    claims = supporting(case, kind)
    if not any(claim.status == "civilian" for claim in claims):
        return None
    theirs = [claim for claim in claims if claim.status == "combatant"]
    known = combined(theirs)
    if known is None:
        return None
    return Figure(known.low, known.high, known.low, tuple(c.id for c in theirs), "fighters, told apart from civilians")


def who_was_harmed(case: Case, kinds: Iterable[Kind] = ("killed", "injured", "casualties")) -> str:
    """Return "civilians", "fighters", "both" or "" for not told, as the reports call those harmed."""
    told = set()
    for kind in kinds:
        for claim in supporting(case, kind):
            if claim.status == "civilian" or claim.group in ("children", "women_and_children"):
                told.add("civilians")
            elif claim.status == "combatant":
                told.add("fighters")
            elif claim.status == "mixed":
                told |= {"civilians", "fighters"}
    return "both" if len(told) == 2 else next(iter(told), "")


def kinds_told(case: Case) -> tuple[Kind, ...]:
    """Return the kinds of harm that an incident tells, killed first."""
    order: tuple[Kind, ...] = (
        "killed", "injured", "casualties", "missing", "detained", "displaced", "affected", "damaged",
    )  # fmt: skip
    return tuple(kind for kind in order if figure(case, kind) is not None)


def words_of(case: Case, claim: Claim) -> str:
    """Return the words of a claim's count, "" where its report is not at hand."""
    text = next((report.text for report in case.reports if report.id == claim.report), "")
    return claim.span.of(text)


def sentence_of(case: Case, claim: Claim) -> str:
    """Return the sentence of a claim on one line, "" where its report is not at hand."""
    text = next((report.text for report in case.reports if report.id == claim.report), "")
    return " ".join(claim.sentence.of(text).split())
