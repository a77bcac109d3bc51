"""The range that one report tells for one event: the lowest and the highest figure that stands in it.

The report's own summary, where it first counts the dead, is the low end: an early partial toll that the text overtakes
is none. Higher figures that others are quoted with raise the high end where the summary leaves it open ("at least").
Where nothing is counted, persons named are; where none is named, "others were injured" is two, "a man was shot" one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from harmledger.counts import CountRange
from harmledger.match.figures import Figure, figures
from harmledger.model import Event, Group, Kind, LeftOut, Victim

# A figure that stands further down than this is no summary of the report.
_SUMMARY = 700
# A quoted toll more than this many times the report's own is of something larger.
_MOST_TIMES = 4
# Of the dead, so many must be named for their ages to count for more than what a sum leaves over.
_NEARLY = 0.95


@dataclass(frozen=True, slots=True)
class Told:
    """A range with its reason, the ids of the claims it rests on, and what was left out."""

    range: CountRange
    because: str
    claims: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    sure: bool = True


def _words(event: Event, figure: Figure) -> str:
    first, last = figure.claims[0], figure.claims[-1]
    quoted = " ".join(event.text[first.span.start : last.span.end].split())
    who = ", ".join(figure.sources) or event.outlet or "the report"
    return f"{who}: “{quoted[:80]}”"


def _ids(chosen: Sequence[Figure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(claim.id for figure in chosen for claim in figure.claims))


def settle(event: Event, stated: Sequence[Figure], field: str) -> Told | None:
    """Return the range that a report's figures leave standing, or None where it states none."""
    whole = [f for f in stated if not f.partial] or list(stated[:1])
    if not whole:
        return None
    counted = [f for f in whole if not f.vague]
    lead = whole[0] if (not whole[0].vague or not counted) else counted[0]
    opening = stated[0]
    if opening.partial and not whole[0].partial and opening.at < min(lead.at, _SUMMARY) and opening.low >= lead.low:
        lead = opening
    if lead.vague or lead not in (whole[0], opening):
        return _from_vague(event, whole, lead, field)
    raised = [f for f in counted if f is not lead and f.top > lead.top and _raises(lead, f)]
    high = max([lead.top, *(f.top for f in raised)])
    standing = [lead, *(f for f in raised if f.top == high)]
    left = tuple(
        LeftOut(claim.id, field, why) for f in stated for claim in f.claims if (why := _why_out(lead, high, f))
    )
    because = "; ".join(_words(event, f) for f in standing[:3])
    open_end = lead.high is None and high == lead.low
    return Told(CountRange(lead.low, None if open_end else high), because, _ids(standing), left)


def _raises(lead: Figure, other: Figure) -> bool:
    """Tell whether a higher figure extends the range: the summary leaves it open and another speaker states it."""
    return lead.high is None and bool(other.sources) and other.top <= max(_MOST_TIMES * lead.low, lead.low + 3)


def _why_out(lead: Figure, high: int, other: Figure) -> str:
    if other is lead or (lead.low <= other.top <= high and not other.partial):
        return ""
    if other.partial:
        return "counts a part of the dead only"
    if other.early or other.top < lead.low:
        return "overtaken: the report's own summary counts more"
    return "higher than the report's summary, which is not left open"


def _from_vague(event: Event, whole: Sequence[Figure], lead: Figure, field: str) -> Told:
    """Return the range of a summary in vague words: they bound it together with the figures stated below."""
    vague = whole[0]
    if lead is vague:
        return Told(CountRange(vague.low, vague.high), _words(event, vague), _ids([vague]))
    low, high = min(lead.low, vague.low), max(lead.top, vague.top)
    if vague.low < lead.low:
        low, high = (lead.low, lead.top) if vague.top < lead.low else (lead.low, vague.top)
    return Told(CountRange(low, high), f"{_words(event, vague)}; {_words(event, lead)}", _ids([vague, lead]))


def _named(event: Event, victims: Sequence[Victim]) -> Told:
    names = ", ".join(victim.name for victim in victims[:12])
    return Told(CountRange(len(victims), len(victims)), f"named: {names}", sure=False)


def told_whole(event: Event, kind: Kind) -> Told | None:
    """Return how many a report tells as killed or injured in all, or None where it tells of none."""
    settled = settle(event, figures(event, kind), kind)
    named = [victim for victim in event.victims if victim.kind == kind]
    if settled is not None:
        late = not any(claim.id in settled.claims and claim.span.start < _SUMMARY for claim in event.claims)
        if not (late and len(named) > settled.range.low):
            return settled
    if named:
        return _named(event, named)
    mentions = [mention for mention in event.unnumbered if mention.kind == kind]
    if not mentions:
        return settled
    several = any(mention.several for mention in mentions)
    if kind == "injured" and not several and _dead_told(event):
        return settled  # "he was shot" tells of him who died
    first = next(mention for mention in mentions if mention.several == several)
    number = 2 if several else 1
    quoted = " ".join(first.span.of(event.text).split())
    return Told(CountRange(number, number), f"no number told: “{quoted[:80]}”", sure=False)


def _all_named(event: Event, whole: Told, group: Group, left: int) -> bool:
    """Tell whether a report names nearly all of its dead, and fewer of a group by age than would be left over."""
    dead = sum(victim.kind == "killed" for victim in event.victims)
    named = _named_of(event, group)
    return dead >= _NEARLY * whole.range.low and 0 < len(named) < left and all(victim.grown for victim in named)


def remainder(event: Event, group: Group, whole: Told | None, others: Sequence[Told | None]) -> Told | None:
    """Return the dead of the one group that no sentence counts: what the whole leaves over the other groups.

    Only where the report counts the whole and both other groups in numbers, and something is left over.
    """
    if whole is None or not whole.sure or not all(other is not None and other.sure for other in others):
        return None
    counted = [other.range.low for other in others if other is not None]
    left = whole.range.low - sum(counted)
    if left <= 0 or _all_named(event, whole, group, left):
        return None
    because = f"{whole.range.low} killed less {' and '.join(str(number) for number in counted)} of the other groups"
    claims = tuple(claim for told in (whole, *others) if told is not None for claim in told.claims)
    return Told(CountRange(left, left), because, claims, sure=False)


def _dead_told(event: Event) -> bool:
    kinds = {claim.kind for claim in event.claims} | {victim.kind for victim in event.victims}
    return "killed" in kinds | {mention.kind for mention in event.unnumbered}


def _named_of(event: Event, group: Group) -> list[Victim]:
    """Return the dead of a group that are named.

    Women and men are grown: where any of them is told to be, those of untold age are in no group. Where none is, as
    where a report gives bare names, all but children count.
    """
    dead = [victim for victim in event.victims if victim.kind == "killed"]
    if group == "children":
        return [victim for victim in dead if victim.grown is False]
    of_sex = [v for v in dead if v.sex == ("female" if group == "women" else "male") and v.grown is not False]
    return [victim for victim in of_sex if victim.grown] or of_sex


def _fits(part: Figure, whole: Told | None) -> bool:
    """Tell whether a part may belong to a whole: it is no larger, or no much larger than one that is left open."""
    if whole is None:
        return True
    top = whole.range.high
    return part.low <= (top if top is not None else max(_MOST_TIMES * whole.range.low, whole.range.low + 3))


def _room_for(event: Event, whole: Told) -> bool:
    """Tell whether a whole has room for all of the dead that are named with an age or a sex."""
    told = [v for v in event.victims if v.kind == "killed" and (v.grown is not None or v.sex is not None)]
    return len(told) <= whole.range.low


def _of_others(event: Event, part: Figure, group: Group) -> bool:
    """Tell whether those counted are named just after, with ages that set them in another group.

    "Three brothers, Omar (16), Sami (13) and Ali (2)" are no three men.
    """
    last = part.claims[-1]
    told = event.text[last.span.end : last.sentence.end]
    here = [victim for victim in event.victims if victim.name in told]
    whole = [v for v in here if not any(v.name in other.name for other in here if other is not v)]
    first = [v.grown for v in sorted(whole, key=lambda v: told.find(v.name))[: part.low] if v.grown is not None]
    grown = group in ("women", "men")
    return part.low > 0 and len(first) == part.low and grown not in first


def told_group(event: Event, group: Group, whole: Told | None) -> Told | None:
    """Return how many children, women or men a report tells as killed, or None where it tells of none.

    A sub-count never exceeds its whole: what does is left out.
    """
    stated = figures(event, "killed", group)
    top = None if whole is None or whole.range.high is None else whole.range.high
    fitting = [f for f in stated if _fits(f, whole) and not _of_others(event, f, group)]
    settled = settle(event, [replace(f, partial=False) for f in fitting], f"{group}_killed")
    named = _named_of(event, group)
    if top is not None:
        named = named[:top]
    if settled is None:
        return _named(event, named) if named else None
    used = [claim for claim in event.claims if claim.id in settled.claims]
    sentences = {claim.sentence for claim in event.claims if whole is not None and claim.id in whole.claims}
    summed = any(claim.sentence in sentences for claim in used)
    alone = whole is None or whole.range.low <= settled.range.low
    more = len(named) > settled.range.low and all(victim.grown for victim in named)
    if more and whole is not None and group != "children" and _room_for(event, whole):
        return _named(event, named)
    if summed or alone:
        return settled
    if len(named) > settled.range.low:
        return _named(event, named)
    return replace(settled, sure=False)
