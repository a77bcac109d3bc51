"""Whether a count is of one incident or a total over several incidents, places or days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from harmledger.extract.draft import Drafts, Found
from harmledger.extract.linear import weights
from harmledger.extract.reading import Reading, Sentence
from harmledger.extract.time_cues import Times, Told, times_of
from harmledger.model import Scope

_ONE = frozenset(["a", "an", "one", "another", "single", "the"])
_SIZES = ((10, "under 10"), (30, "10 to 29"), (100, "30 to 99"), (500, "100 to 499"), (2000, "500 to 1999"))
_CLOSE = 6
_BULLETS = frozenset("•*·+–-")
_OF_THE_FIGURE = (
    "'speech' word",
    "'meanwhile' word",
    "'earlier' word",
    "it stands",
    "a day of speaking",
    "'perfect' word",
) + ("any count", "a count of", "the bound is", "a figure", "no figure", "100 or more", "its whole: ")
_TOTALS = frozenset(
    [
        "attacks said to be separate",
        "a month or year, and no single attack",
        "a figure of 2000 or more",
        "a stretch of so many days in the sentence",
        "'since' and a time in the sentence",
    ]
    + [
        "the start of a war in the sentence",
        "the age of a war in the sentence",
        "100 or more displaced",
        "a count of affected",
    ]
)
_PLAIN = frozenset(["plainly a total", "large, and of no single attack"])
# How much the score of a whole counts beside that of its part.
WHOLE = 2.0


@dataclass(frozen=True, slots=True)
class _Sight:
    """What is seen of one report by all its drafts."""

    reading: Reading
    times: Times
    drafts: Drafts
    sentences: Sequence[int]
    cued: dict[int, tuple[list[int], list[str]]] = field(default_factory=dict)

    def of_sentence(self, sentence: Sentence) -> tuple[list[int], list[str]]:
        """Return the places of the cues that a sentence holds, and its signs of several attacks; worked out once."""
        if sentence.index not in self.cued:
            cues = self.times.cues
            places = [i for i in range(sentence.first, sentence.last) if cues[i] not in {"", "harm", "speech_noun"}]
            self.cued[sentence.index] = (places, list(_plurals(self, sentence.first, sentence.last)))
        return self.cued[sentence.index]


def scope_of(reading: Reading, drafts: Drafts, times: Times | None = None) -> list[Found[Scope]]:
    """Return for each draft whether it counts one incident or adds several up.

    A war's toll, "since April", "in the past month", "so far this year" and sums over several towns are cumulative;
    the scope that a draft carries already is not looked at. ``times`` spares reading them again.
    """
    return scopes_by(weights("scope"), reading, drafts, times)


def scopes_by(
    table: Mapping[str, float], reading: Reading, drafts: Drafts, times: Times | None = None
) -> list[Found[Scope]]:
    """Return what ``scope_of`` returns, by other weights; the fitting script measures with it."""
    signs_of = scope_signs(reading, drafts, times)
    scores = settled([sum(table.get(sign, 0.0) for sign in signs) for signs in signs_of], drafts)
    return [
        Found("cumulative" if score > 0 else "incident", _because(score > 0, signs, table))
        for score, signs in zip(scores, signs_of, strict=True)
    ]


def _because(total: bool, signs: frozenset[str], table: Mapping[str, float]) -> str:
    """Return the sign of the text, not of the figure alone, that weighs most for the answer."""
    telling = [sign for sign in signs - _PLAIN if not sign.startswith(_OF_THE_FIGURE)]
    side = 1 if total else -1
    best = max(telling, key=lambda sign: (table.get(sign, 0.0) * side, sign), default="")
    if best and table.get(best, 0.0) * side > 0:
        return best
    return "its kind and size" if total else "nothing near it tells of several incidents, places or days"


def settled(scores: Sequence[float], drafts: Drafts) -> list[float]:
    """Return the scores, those of one count told twice made one, and a part's drawn to its whole's.

    "38 killed" in the headline and in the body is one count: it cannot be a total in one and not in the other.
    """
    told: dict[tuple[str, int], list[int]] = {}
    for index, draft in enumerate(drafts):
        if draft.count.value is not None and draft.count.value > 2:
            told.setdefault((draft.kind, draft.count.value), []).append(index)
    result = list(scores)
    for indexes in told.values():
        shared = sum(scores[index] for index in indexes) / len(indexes)
        for index in indexes:
            result[index] = shared
    for index, draft in enumerate(drafts):
        if draft.parent is not None and 0 <= draft.parent < len(drafts):
            result[index] = (result[index] + WHOLE * result[draft.parent]) / (1 + WHOLE)
    return result


def scope_signs(reading: Reading, drafts: Drafts, times: Times | None = None) -> list[frozenset[str]]:
    """Return for each draft the signs that it is, or is not, a total, in words."""
    times = times_of(reading) if times is None else times
    sight = _Sight(reading, times, drafts, [reading.tokens[draft.first].sentence for draft in drafts])
    own = [_with_plain(set(_signs(sight, index))) for index in range(len(drafts))]
    sums = _sums(sight)
    for index, signs in enumerate(own):
        if index in sums:
            signs.add(f"it is the sum of {min(sums[index], 3)} later counts")
            if "several attacks in the sentence" in signs or "'places' word in the sentence" in signs:
                signs.add("the sum of later counts, over several attacks or places")
        parent = drafts[index].parent
        if parent is not None and 0 <= parent < len(own):
            signs.update(f"its whole: {sign}" for sign in _PLAIN & _with_plain(set(_signs(sight, parent))))
    return [frozenset(signs) for signs in own]


def _with_plain(signs: set[str]) -> set[str]:
    """Return the signs and, where one of them settles the matter by itself, that it is plainly a total."""
    if "a month or year in the sentence" in signs and "one attack in the sentence" not in signs:
        signs.add("a month or year, and no single attack")
    large = {"100 or more killed", "100 or more injured"} & signs and "one attack in the sentence" not in signs
    at_war = {"'war' word in the sentence", "'perfect' word in the sentence"} <= signs
    if _TOTALS & signs or at_war:
        signs.add("plainly a total")
    elif large:
        signs.add("large, and of no single attack")
    return signs


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
    if reading.tokens[sentence.first].text in _BULLETS:
        yield "it stands in a list"
    for i in times.by_sentence.get(sentence.index, []):
        yield from _time_signs(times.told[i], draft.first, draft.last)
    cued, plurals = sight.of_sentence(sentence)
    for place in cued:
        if draft.first <= place < draft.last:
            continue
        cue = times.cues[place]
        yield f"'{cue}' word in the sentence"
        if abs(place - draft.first) <= _CLOSE:
            yield f"'{cue}' word close by"
    yield from plurals


def _size(value: int | None) -> str:
    if value is None:
        return "no figure"
    return next((f"a figure {name}" for limit, name in _SIZES if value < limit), "a figure of 2000 or more")


def _time_signs(told: Told, first: int, last: int) -> Iterable[str]:
    side = "before" if told.mention.last <= first else "after"
    kind = _kind(told)
    yield f"{kind} in the sentence"
    days = told.mention.range.days if told.mention.range else None
    if days is not None and days >= 28 and told.mention.counted == 0:
        yield "a month or year in the sentence"
    yield f"{kind} {side} the count"
    gap = min(abs(first - told.mention.last), abs(told.mention.first - last))
    if gap <= _CLOSE:
        yield f"{kind} close by"


def _kind(told: Told) -> str:
    """Return what a time is, as far as totals go; "the past 24 hours" is told of one day's events."""
    if told.mention.since:
        return "'since' and a time"
    if told.dates == "start":
        return "the start of a war"
    if told.mention.counted > 1:
        return "a stretch of so many days"
    if told.dates == "speech":
        return "a day of speaking"
    if told.of_days or told.mention.counted:
        days = told.mention.range.days if told.mention.range else None
        return "two days or more" if told.mention.kind in {"date", "weekday"} and days != 1 else "a day"
    if told.mention.kind == "window":
        return "this or last week, month or year"
    return "the age of a war" if told.mention.kind == "age" else f"a {told.mention.kind}"


def _plurals(sight: _Sight, first: int, last: int) -> Iterable[str]:
    """Yield signs of one or several attacks: the number of their nouns, places joined by "and"."""
    tokens, cues = sight.reading.tokens, sight.times.cues
    several = one = joined = False
    for place in range(first, last):
        norm = tokens[place].norm
        if cues[place] == "attack" or norm == "shootings":
            several = several or (norm.endswith("s") and len(norm) > 4)
            one = (
                one
                or (place > first and tokens[place - 1].norm in _ONE)
                or (place > first + 1 and tokens[place - 2].norm in _ONE)
            )
        elif norm in {"and", ","} and first < place - 1 and place + 1 < last:
            joined = joined or _joins_places(sight, place)
        if norm.endswith("s") and cues[place] == "attack" and "several" in cues[max(first, place - 2) : place]:
            yield "attacks said to be separate"
    if several:
        yield "several attacks in the sentence"
    if one and not several:
        yield "one attack in the sentence"
    if joined:
        yield "places joined by 'and'"
    if joined and several:
        yield "several attacks and places joined"


def _joins_places(sight: _Sight, place: int) -> bool:
    """Return True for "in Kassala and Gedaref": capitalised words on both sides, after in, on or of."""
    tokens = sight.reading.tokens
    left, right = tokens[place - 1], tokens[place + 1]
    if not (left.capital and right.capital) or right.norm.endswith("day"):
        return False
    before = place - 1
    while before > 0 and place - before < 6 and (tokens[before].capital or tokens[before].text == ","):
        before -= 1
    return tokens[before].norm in {"in", "on", "near", "of", "around", "outside", "neighborhoods", "towns", "villages"}


def _sums(sight: _Sight) -> dict[int, int]:
    """Return the drafts whose figure is the sum of counts of its kind that follow, and of how many."""
    found: dict[int, int] = {}
    by_kind: dict[str, list[int]] = {}
    for index, draft in enumerate(sight.drafts):
        if draft.count.value:
            by_kind.setdefault(draft.kind, []).append(index)
    for indexes in by_kind.values():
        for place, index in enumerate(indexes):
            number = _parts(sight, index, indexes[place + 1 : place + 13])
            if number:
                found[index] = number
    return found


def _parts(sight: _Sight, index: int, later: Sequence[int]) -> int:
    """Return how many counts in other, later sentences add up to a draft's figure, each figure taken once; else 0."""
    total = sight.drafts[index].count.value or 0
    seen: set[int] = set()
    running, sentences = 0, set()
    for i in later:
        value = sight.drafts[i].count.value or 0
        if sight.drafts[i].parent is not None or value >= total or value in seen:
            continue
        if sight.sentences[i] == sight.sentences[index]:
            continue
        seen.add(value)
        running += value
        sentences.add(sight.sentences[i])
        if running >= total:
            return len(seen) if running == total and len(sentences) > 1 else 0
    return 0
