"""The figures that a report states for one event and one kind of harm, each with the claims it rests on.

Counts of groups told side by side ("two men and a woman") are added within their sentence; sub-counts ("including
three children") never are. Vague words become the ranges that recorders use: "several" is two or more, "dozens" 12 to
24, "hundreds" 100 to 200.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from harmledger.judged import is_corrected
from harmledger.model import Claim, Event, Group, Kind

_EARLY = re.compile(
    r"\b(?:initial(?:ly)?|at first|first report\w*|early|earlier|preliminary|previously|so far)\b",
    re.IGNORECASE,
)
_RISES = re.compile(r"\b(?:ris(?:e|en|ing)|rose|climb\w*|increas\w*|(?:went|gone) up|jump\w*|grew)\b", re.IGNORECASE)
_AMONG = re.compile(
    r"\b(?:members of|from the|of the)\b.{0,40}\b(?:among|included)|\bamong (?:those|the)\b"
    r"|\bof (?:whom|them|these|those)\b",
    re.IGNORECASE,
)
_OF_THEM = re.compile(r"\s*of (?:whom|them)\b", re.IGNORECASE)
_VAGUE: tuple[tuple[re.Pattern[str], int, int | None], ...] = (
    (re.compile(r"\bdozens? (?:of|and)?\b.*hundred|hundreds", re.IGNORECASE), 100, 200),
    (re.compile(r"\bthousands", re.IGNORECASE), 1000, 2000),
    (re.compile(r"\b(?:dozens|scores|many|tens)\b", re.IGNORECASE), 12, 24),
    (re.compile(r".", re.IGNORECASE), 2, 2),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that one sentence states. ``high`` None is open ("at least"); ``vague`` came from a word."""

    low: int
    high: int | None
    claims: tuple[Claim, ...]
    vague: bool = False
    early: bool = False
    partial: bool = False

    @property
    def top(self) -> int:
        """Return the highest figure stated."""
        return self.low if self.high is None else self.high

    @property
    def at(self) -> int:
        """Return where in the text it stands."""
        return self.claims[0].span.start

    @property
    def sources(self) -> tuple[str, ...]:
        """Return who is credited with it; empty where the report speaks in its own voice."""
        return self.claims[0].sources


def _ends(claim: Claim, text: str) -> tuple[int, int | None, bool]:
    count = claim.count
    if is_corrected(claim, "value") and count.value is not None:  # a person's figure, whatever the text says
        return count.value, None if count.bound == "at_least" else count.high or count.value, False
    if count.value is None:
        words = claim.span.of(text)
        low, high = next((low, high) for pattern, low, high in _VAGUE if pattern.search(words))
        return low, high, True
    if count.high is not None:
        return count.value, count.high, False
    if count.bound == "at_least":
        more = re.search(
            r"\b(?:more than|over|upwards of|exceed\w*)\b", text[max(0, claim.span.start - 24) : claim.span.end]
        )
        low = count.value + (1 if more else 0)
        return low, None, False
    return count.value, count.value, False


def _less_appositions(run: Sequence[Claim], text: str) -> list[Claim]:
    """Return a run less the groups that only spell its whole out: "six people, four children and two women"."""
    head, rest = run[0], run[1:]
    if not rest or head.count.value is None or len(rest) > 4:
        return list(run)
    joined = text[head.span.end : rest[0].span.start]
    told = sum(claim.count.value or 0 for claim in rest)
    if told <= head.count.value and not re.search(r"\b(?:and|along|as)\b", joined):
        return [head]
    return list(run)


def _figure(claims: Sequence[Claim], text: str) -> Figure:
    ends = [_ends(claim, text) for claim in claims]
    low = sum(low for low, _, _ in ends)
    high = None if any(high is None for _, high, _ in ends) else sum(high or 0 for _, high, _ in ends)
    first, last = claims[0], claims[-1]
    before = text[first.sentence.start : last.span.end + 30]
    sentence = first.sentence.of(text)
    early = bool(_EARLY.search(before)) or bool(_RISES.search(text[last.span.end : last.span.end + 60]))
    partial = bool(_AMONG.search(sentence)) and first.group == "people"
    return Figure(low, high, tuple(claims), any(vague for _, _, vague in ends), early, partial)


def _side_by_side(one: Claim, other: Claim, text: str) -> bool:
    """Tell whether two counts stand in one list, so that they add up: "two men and a woman"."""
    if one.sentence != other.sentence or other.span.start - one.span.end > 60:
        return False
    between = text[one.span.end : other.span.start]
    if _OF_THEM.match(text, other.span.end):
        return False  # "two women, one of whom was pregnant"
    if re.search(r"\b(?:or|including|among|said|while|but|to|another source|of (?:whom|them))\b|[;.:(–—]", between):
        return False
    return bool(re.search(r",|\band\b|\balong with\b|\bas well as\b", between))


def figures(event: Event, kind: Kind, group: Group | None = None) -> list[Figure]:
    """Return what an event's claims state for a kind, in the order of the text.

    With ``group`` the counts of that group, sub-counts or not; without, the whole: sub-counts left out, groups told
    side by side added up.
    """
    counted = [c for c in event.claims if c.kind == kind and c.role != "denied" and c.count.value != 0]
    if group is not None:
        chosen = [c for c in counted if c.group == group and c.status != "combatant"]
        return [_figure(run, event.text) for run in _runs(chosen, event.text, False)]
    ids = {c.id for c in counted}
    whole = [c for c in counted if c.parent is None or c.parent not in ids]
    civilian = any(c.status == "civilian" for c in whole)
    if civilian:
        whole = [c for c in whole if c.status != "combatant"]
    runs = _runs(whole, event.text, True)
    plain = [run for run in runs if any(c.group == "people" for c in run)]
    return [_figure(_less_appositions(run, event.text), event.text) for run in (plain or runs)]


def _runs(claims: Sequence[Claim], text: str, mixed: bool) -> list[list[Claim]]:
    runs: list[list[Claim]] = []
    for claim in sorted(claims, key=lambda c: c.span.start):
        last = runs[-1][-1] if runs else None
        if last is not None and _side_by_side(last, claim, text) and (mixed or last.parent == claim.parent):
            runs[-1].append(claim)
        else:
            runs.append([claim])
    return runs
