"""Whether a count is of one incident or a total over several incidents, places or days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from harmledger.extract.draft import Drafts, Found
from harmledger.extract.linear import weights
from harmledger.extract.reading import Reading
from harmledger.extract.time_cues import Times, Told, times_of
from harmledger.model import Scope

_SIZES = ((10, "under 10"), (30, "10 to 29"), (100, "30 to 99"), (500, "100 to 499"), (2000, "500 to 1999"))
_CLOSE = 6


@dataclass(frozen=True, slots=True)
class _Sight:
    """What is seen of one report by all its drafts."""

    reading: Reading
    times: Times
    drafts: Drafts
    sentences: Sequence[int]


def scope_of(reading: Reading, drafts: Drafts) -> list[Found[Scope]]:
    """Return for each draft whether it counts one incident or adds several up.

    A war's toll, "since April", "in the past month", "so far this year" and sums over several towns are cumulative;
    the scope that a draft carries already is not looked at.
    """
    table = weights("scope")
    found: list[Found[Scope]] = []
    for signs in scope_signs(reading, drafts):
        score = sum(table.get(sign, 0.0) for sign in signs)
        leading = max(signs, key=lambda sign: (table.get(sign, 0.0) * (1 if score > 0 else -1), sign))
        found.append(Found("cumulative" if score > 0 else "incident", f"above all because: {leading}"))
    return found


def scope_signs(reading: Reading, drafts: Drafts) -> list[frozenset[str]]:
    """Return for each draft the signs that it is, or is not, a total, in words."""
    times = times_of(reading)
    sight = _Sight(reading, times, drafts, [reading.tokens[draft.first].sentence for draft in drafts])
    own = [set(_signs(sight, index)) for index in range(len(drafts))]
    sums = _sums(sight)
    for index, signs in enumerate(own):
        if index in sums:
            signs.add(f"it is the sum of {sums[index]} later counts")
        parent = drafts[index].parent
        if parent is not None and 0 <= parent < len(own):
            signs.update(f"its whole: {sign}" for sign in _signs(sight, parent))
    return [frozenset(signs) for signs in own]


def _signs(sight: _Sight, index: int) -> Iterable[str]:
    draft, reading, times = sight.drafts[index], sight.reading, sight.times
    sentence = reading.sentences[sight.sentences[index]]
    yield "any count"
    yield f"a count of {draft.kind}"
    yield f"the bound is {draft.count.bound}"
    yield _size(draft.count.value)
    if draft.count.value is not None and draft.count.value >= 100:
        yield f"100 or more {draft.kind}"
    if sentence.index == 0:
        yield "it stands in the first sentence"
    for i in times.by_sentence.get(sentence.index, []):
        yield from _time_signs(times.told[i], draft.first, draft.last)
    for place in range(sentence.first, sentence.last):
        cue = times.cues[place]
        if cue and cue not in {"harm", "speech_noun"}:
            yield f"'{cue}' word in the sentence"
            if abs(place - draft.first) <= _CLOSE:
                yield f"'{cue}' word close by"
    yield from _plurals(sight, sentence.first, sentence.last)


def _size(value: int | None) -> str:
    if value is None:
        return "no figure"
    return next((f"a figure {name}" for limit, name in _SIZES if value < limit), "a figure of 2000 or more")


def _time_signs(told: Told, first: int, last: int) -> Iterable[str]:
    side = "before" if told.mention.last <= first else "after"
    if told.mention.since:
        kind = "'since' and a time"
    elif told.dates == "start":
        kind = "the start of a war"
    elif told.of_days:
        kind = "a day of speaking" if told.dates == "speech" else "a day"
    else:
        kind = f"a {told.mention.kind}"
    yield f"{kind} in the sentence"
    yield f"{kind} {side} the count"
    gap = min(abs(first - told.mention.last), abs(told.mention.first - last))
    if gap <= _CLOSE:
        yield f"{kind} close by"
    days = told.mention.range.days if told.mention.range else None
    if days is not None and days > 1 and kind != "a day of speaking":
        yield "a time of several days in the sentence"


def _plurals(sight: _Sight, first: int, last: int) -> Iterable[str]:
    """Yield signs of several attacks: plural nouns of attack, several capitalised places after "in"."""
    for place in range(first, last):
        token = sight.reading.tokens[place]
        if sight.times.cues[place] == "attack" and token.norm.endswith("s") and len(token.norm) > 4:
            yield "several attacks in the sentence"
            return


def _sums(sight: _Sight) -> dict[int, int]:
    """Return the drafts whose figure is the sum of two or three counts of the kind that follow, and how many."""
    found: dict[int, int] = {}
    by_kind: dict[str, list[int]] = {}
    for index, draft in enumerate(sight.drafts):
        if draft.count.value:
            by_kind.setdefault(draft.kind, []).append(index)
    for indexes in by_kind.values():
        for place, index in enumerate(indexes):
            total = sight.drafts[index].count.value
            later = [
                i
                for i in indexes[place + 1 : place + 9]
                if sight.drafts[i].parent is None and sight.drafts[i].count.value != total
            ]
            running = 0
            for number, i in enumerate(later, 1):
                running += sight.drafts[i].count.value or 0
                if running == total and number >= 2:
                    found[index] = number
                    break
                if running > (total or 0):
                    break
    return found
