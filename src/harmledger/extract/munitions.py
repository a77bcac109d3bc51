"""What was fired, dropped or set off: "12 vacuum rockets", "barrel bombs", "a car bomb"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harmledger.counts import Count
from harmledger.extract.draft import Draft, Drafts, Found
from harmledger.extract.lexicon import Hit, lexicon
from harmledger.extract.numbers import number_at
from harmledger.extract.passages import turns_of
from harmledger.extract.reading import Reading, Token

# Words that may stand between a figure and the name of a munition ("12 homemade vacuum rockets").
_BETWEEN = 2
# "shell shocked", "drone footage", "bomb disposal": the name of a thing that is no munition here.
_NOT_BEFORE = frozenset(
    ["casing", "casings", "shocked", "companies", "company", "footage", "video", "videos", "scientist"]
    + ["launcher", "disposal", "squad", "experts", "expert", "clearance", "defence", "defense", "warning"]
    + ["sirens", "siren", "threat", "positions", "position", "test", "tests", "programme", "program", "depot"]
    + ["depots", "factory", "permit", "license", "destroyer", "battery", "batteries", "unit", "units"]
    + ["operator", "operators", "worker", "workers", "alert", "fields", "equipped-vehicles"]
)
_MODIFIERS = frozenset(
    ["other", "more", "additional", "homemade", "home-made", "improvised", "guided", "unguided", "powerful"]
    + ["heavy", "large", "small", "huge", "such", "rc", "live", "russian", "iranian", "american", "israeli"]
    + ["syrian", "turkish", "chinese", "soviet", "north-korean", "suspected", "unexploded", "air-dropped"]
    + ["explosive", "consecutive", "medium-range", "long-range", "short-range", "remote-controlled"]
)
_NOT_AFTER = frozenset(["intercepted", "downed", "seized", "confiscated", "discovered", "recovered", "sea", "egg"])
_ONE = frozenset(["a", "an", "one", "another"])


@dataclass(frozen=True, slots=True)
class Munition:
    """A munition named at tokens ``first`` to ``last`` (half-open).

    ``type`` is its name in the singular, ``words`` the report's own, ``count`` how many are told of, if any.
    """

    first: int
    last: int
    type: str
    words: str
    count: Count | None = None
    many: str = ""

    @property
    def label(self) -> str:
        """Return what a recorder would note: "12 vacuum rockets", or the bare type."""
        figure = self.count.value if self.count else None
        return self.type if figure is None or figure < 2 else f"{figure:,} {self.many}"


def munitions(reading: Reading) -> list[Munition]:
    """Return the munitions that a report names, in the order of the text.

    "Jets fired 12 vacuum rockets": one mention, type "vacuum rocket", count 12.
    """
    tokens = reading.tokens
    found: list[Munition] = []
    for hit in lexicon("munitions").all(tokens):
        if _stands(tokens, hit):
            start, count = _count_before(reading, hit.first)
            one = reading.tokens[hit.last - 1].norm[-1] != "s"
            if one and count is not None and count.value != 1:
                start, count = hit.first, None  # "killed two in a rocket attack", "25 dead Grad fire"
            entry = hit.entry
            words = reading.words(start, hit.last)
            found.append(Munition(hit.first, hit.last, entry["type"], words, count, entry["many"]))
    return found


def _stands(tokens: Sequence[Token], hit: Hit) -> bool:
    """Tell whether a name is of a munition that was used: no "bomb disposal", no "seized 12 rockets"."""
    following = tokens[hit.last].norm if hit.last < len(tokens) else ""
    before = {token.norm for token in tokens[max(0, hit.first - 3) : hit.first]}
    same = hit.last < len(tokens) and tokens[hit.last].sentence == tokens[hit.first].sentence
    return not (same and following in _NOT_BEFORE) and not before & _NOT_AFTER


def _count_before(reading: Reading, first: int) -> tuple[int, Count | None]:
    """Return where the count of a munition starts, and the count; the munition's own start where none is told."""
    tokens = reading.tokens
    start = reading.sentence_of(first).first
    for index in range(first - 1, max(start, first - 2 - _BETWEEN) - 1, -1):
        norm = tokens[index].norm
        if norm in _ONE:
            return index, Count(1)
        if norm == "of" and index > start and tokens[index - 1].norm in {"dozens", "scores", "hundreds", "tens"}:
            return index - 1, Count(None, bound="vague")
        figure = number_at(tokens, index, first)
        if figure is not None and not (1900 <= figure[1] <= 2100 and len(tokens[index].text) == 4):
            whole = number_at(tokens, index - 1, first) if index > start else None
            return (index - 1, Count(whole[1])) if whole and whole[0] == figure[0] else (index, Count(figure[1]))
        if norm not in _MODIFIERS and not norm.endswith("-made"):
            break
    return first, None


_GOES_ON = frozenset(("he", "she", "it", "they", "the", "these", "those", "this", "that"))


def munitions_of(reading: Reading, drafts: Drafts) -> list[Found[tuple[str, ...]]]:
    """Return for each draft the munitions told of its attack: those of its sentence, else of the sentence beside it.

    The sentence before goes first, then the one after, which must go on about the same ("He said the raids dropped")
    and count no harm of its own. A sentence that turns to another event ("elsewhere", "on Monday") shares nothing with
    the one before it.
    """
    tokens = reading.tokens
    named: dict[int, list[Munition]] = {}
    for munition in munitions(reading):
        named.setdefault(tokens[munition.first].sentence, []).append(munition)
    if not named:
        return [Found(()) for _ in drafts]
    turns = turns_of(reading)
    counted = {tokens[draft.first].sentence for draft in drafts}
    after = {
        place: row
        for place, row in named.items()
        if place not in counted and place not in turns and tokens[reading.sentences[place].first].norm in _GOES_ON
    }
    return [_told(named, after, turns, tokens[draft.first].sentence, draft) for draft in drafts]


def _told(
    named: dict[int, list[Munition]],
    after: dict[int, list[Munition]],
    turns: set[int],
    sentence: int,
    draft: Draft,
) -> Found[tuple[str, ...]]:
    if draft.kind in {"affected", "displaced", "detained"} or draft.scope == "cumulative":
        near = named.get(sentence, [])
    else:
        before = [] if sentence in turns else named.get(sentence - 1, [])
        near = named.get(sentence) or before or after.get(sentence + 1, [])
    kinds = {munition.type for munition in near}
    chosen: dict[str, Munition] = {}
    for munition in near:
        if any(munition.type != kind and kind.endswith(f" {munition.type}") for kind in kinds):
            continue
        kept = chosen.get(munition.type)
        if kept is None or (munition.count is not None and kept.count is None):
            chosen[munition.type] = munition
    labels = tuple(munition.label for munition in chosen.values())
    return Found(labels, "; ".join(munition.words for munition in chosen.values()))
