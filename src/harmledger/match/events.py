"""Claims of one report gathered into the events it tells of, the event that the report is about first.

Repeated mentions (headline and body) stay together; running totals join none; a count with another day, a place far
away, or words that set it apart ("in a separate attack") opens an event of its own.
"""

from __future__ import annotations

import hashlib
import re
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from harmledger.extract.reading import Reading, read_through
from harmledger.extract.statements import statements
from harmledger.extract.victims_named import victims_named
from harmledger.extract.voices import speakers
from harmledger.match.context import context_of
from harmledger.match.distance import kilometres
from harmledger.match.unnumbered import unnumbered
from harmledger.model import Claim, Event, Report, Span

# Two counts of one event may be dated a day apart (night, time zones); strikes of two days are two events.
_DAYS_APART = 1
# Beyond this, two places are not one scene; province centres stand far from their towns, so only fine points count.
_FAR_KM = 40.0
# Two towns this far apart are two scenes where the words turn to another place, or tell another means or attacker.
_OTHER_TOWN_KM = 5.0
_TURNS = re.compile(
    r"(?:also|meanwhile|separately|elsewhere|further|in addition|on the same day|the same day)\b", re.IGNORECASE
)
_FINE = frozenset(("exact_location", "nearby_landmark", "street", "neighbourhood_area", "village", "town", "city"))
_APART = re.compile(
    r"\b(?:separate(?:ly)?|elsewhere|(?:in )?(?:another|a different|an earlier|a previous|a second|a third) "
    r"(?:\w+ ){0,2}(?:attack|strike|airstrike|air strike|raid|incident|shooting|bombing|explosion|blast|clash|"
    r"ambush))\b",
    re.IGNORECASE,
)
# A year's list in one report has thousands of events; a count is held against the first and the latest of them.
_MOST_GROUPS = 20
_MOST_HEARD = 40
_ANSWERS = ("denial", "responsibility", "unblamed")
# A report that counts nobody may still be about an event that others count.
_VIOLENCE = re.compile(
    r"\b(?:shot|shoot\w*|gun(?:man|men|fire|shots?)|kill\w*|murder\w*|homicide|wound\w*|attack\w*|bomb\w*|strikes?"
    r"|airstrikes?|shell(?:ed|ing)|explosions?|blast|abduct\w*|kidnap\w*|hostages?|martyr\w*|massacre)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Group:
    claims: list[Claim] = field(default_factory=list)
    apart: bool = False

    def takes(self, claim: Claim, turns: bool) -> bool:
        """Tell whether a count may be of this event; ``turns`` where its sentence opens by turning to another."""
        return all(_together(claim, other, turns) for other in self.claims[-40:])


def _span_of(claim: Claim) -> tuple[date, date] | None:
    when = claim.when
    if when is None or when.end is None or (when.end - when.start).days > 6:
        return None
    return when.start, when.end


def _together(one: Claim, other: Claim, turns: bool) -> bool:
    """Tell whether nothing sets two counts apart in time or place."""
    days, others = _span_of(one), _span_of(other)
    if days and others:
        gap = max((days[0] - others[1]).days, (others[0] - days[1]).days)
        if gap > _DAYS_APART:
            return False
    here, there = one.located, other.located
    if here and there and here.precision in _FINE and there.precision in _FINE:
        told_apart = turns or (_differ(one.means, other.means) and _differ(one.actor, other.actor))
        apart = kilometres((here.latitude, here.longitude), (there.latitude, there.longitude))
        return apart <= (_OTHER_TOWN_KM if told_apart else _FAR_KM)
    # Without two points, the words must do: another place or another attacker after a turn is another event.
    return not (turns and (_other_name(one.place, other.place) or _differ(one.actor, other.actor)))


def _other_name(one: str | None, other: str | None) -> bool:
    if not one or not other:
        return False
    here, there = one.casefold(), other.casefold()
    return here not in there and there not in here


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other and "multiple" not in (one, other)


def events_of(report: Report, claims: Sequence[Claim], reading: Reading | None = None) -> list[Event]:
    """Return the events of one report, the one it is about first; none where it tells of no violence.

    An event of which nothing is counted may join others; it makes no incident by itself.

    ``reading`` is the report read through, where the caller has it already.
    """
    read = reading if reading is not None else read_through(report)
    groups = _gather(report, [claim for claim in claims if claim.scope == "incident"])
    victims, mentions = victims_named(read), unnumbered(report)
    told = [(victim.span, victim.kind) for victim in victims] + [(mention.span, mention.kind) for mention in mentions]
    if not groups:
        if not mentions and not victims and not _VIOLENCE.search(report.text):
            return []
        groups = [_Group()]
    # Where a report tells of several events, it does not say of which a voice without a count speaks.
    heard = _heard(read, _of_totals(claims)) if len(groups) == 1 else ()
    answers = tuple(s for s in statements(read) if s.topic in _ANSWERS)[:_MOST_HEARD]
    first = groups[0]
    groups.sort(key=lambda group: -_weight(group, first))
    aside = [claim.sentence for group in groups[1:] for claim in group.claims]
    held = {claim.sentence for claim in groups[0].claims}
    main_only = sorted({span.start: span.end for span in aside if span not in held}.items())
    return [
        Event(
            _name(report, group.claims, number),
            report.id,
            tuple(group.claims),
            tuple(v for v in victims if not _inside(v.span, main_only)) if number == 0 else (),
            tuple(u for u in mentions if not _inside(u.span, main_only)) if number == 0 else (),
            number == 0,
            report.published,
            report.outlet,
            report.text,
            () if group.claims else context_of(read, told),
            heard if number == 0 else (),
            answers if number == 0 else (),
        )
        for number, group in enumerate(groups)
    ]


def _of_totals(claims: Sequence[Claim]) -> frozenset[int]:
    """Return where sentences begin that tell a running total and nothing of one event."""
    one = {claim.sentence.start for claim in claims if claim.scope == "incident"}
    return frozenset(claim.sentence.start for claim in claims) - one


def _heard(read: Reading, totals: frozenset[int]) -> tuple[str, ...]:
    """Return who speaks, in their own words, in sentences that tell of violence; who only hands words on does not."""
    text = read.text
    told = [
        (s.start, s.end) for s in read.sentences if s.start not in totals and _VIOLENCE.search(text, s.start, s.end)
    ]
    return tuple(
        voice.name
        for voice in speakers(read)
        if not voice.handed_on and any(_inside(span, told) for span in voice.heard)
    )[:_MOST_HEARD]


def _gather(report: Report, claims: Sequence[Claim]) -> list[_Group]:
    groups: list[_Group] = []
    by_id: dict[str, _Group] = {}
    for claim in claims:
        whole = by_id.get(claim.parent or "")
        if whole is None:
            apart = _set_apart(report.text, claim)
            turns = bool(_TURNS.match(report.text, claim.sentence.start))
            near = groups if len(groups) <= _MOST_GROUPS else [groups[0], *groups[-_MOST_GROUPS:]]
            fitting = [group for group in near if group.takes(claim, turns)]
            if apart:
                same = [g for g in fitting if g.apart and g.claims[-1].sentence == claim.sentence]
                fitting = same
            whole = fitting[0] if fitting else _Group(apart=apart)
            if not fitting:
                groups.append(whole)
        whole.claims.append(claim)
        by_id[claim.id] = whole
    return groups


def _set_apart(text: str, claim: Claim) -> bool:
    """Tell whether words before the count, in its sentence, set it apart from what was told before."""
    return bool(_APART.search(text, claim.sentence.start, claim.span.end))


def _weight(group: _Group, first: _Group) -> float:
    harm = sum(claim.kind in ("killed", "injured", "casualties", "detained") for claim in group.claims)
    return harm + 0.2 * len(group.claims) + (2.5 if group is first else 0.0) - (1.0 if group.apart else 0.0)


def _inside(span: Span, others: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a span starts inside one of the others, which are sorted and lie apart."""
    place = bisect_right(others, (span.start, sys.maxsize)) - 1
    return place >= 0 and span.start < others[place][1]


def _name(report: Report, claims: Sequence[Claim], number: int) -> str:
    """Return an id that stays as long as the report and its place among the report's events stay."""
    told = "" if number == 0 else (claims[0].id if claims else str(number))
    return hashlib.sha256(f"{report.id}\x1f{told}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
