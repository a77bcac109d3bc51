"""Who was harmed: group, status, and the whole that a part belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from harmledger.extract.draft import Draft, Found
from harmledger.extract.quantities import Quantity
from harmledger.extract.reading import Reading, Sentence
from harmledger.model import Group, Status

MINOR = 18  # years; the age of majority of the Convention on the Rights of the Child, article 1
_INCLUDING = frozenset(("including", "included", "include", "includes", "among", "whom", "amongst"))
_LISTING = frozenset((",", "and", "&", ";", "as", "well", "or", "plus", "also", "at", "least"))


def group_of(reading: Reading, draft: Draft, quantity: Quantity) -> Found[Group]:
    """Return the group that the counted noun names; an age under 18 makes children, of whatever noun."""
    if draft.kind == "damaged":
        return Found("things", "what was damaged is counted")
    if quantity.age is not None and quantity.age < MINOR:
        return Found("children", f"aged {quantity.age}, under {MINOR}")
    noun = quantity.noun
    if noun is None or noun.kind != "person" or quantity.head is None:
        return Found("people", "no noun tells age or sex")
    tokens = reading.tokens
    end = quantity.end
    words = [tokens[i].norm for i in range(quantity.last, end)]
    head = tokens[quantity.head].norm
    if {"woman", "women"} & set(words) and {"child", "children"} & set(words):
        return Found("women_and_children", f"{' '.join(words)!r}")
    following = [t.norm for t in tokens[end : end + 2]]
    if (
        following[:1] == ["and"]
        and len(following) == 2
        and {head, following[1]} in ({"women", "children"}, {"children", "women"})
    ):
        return Found("women_and_children", f"'{head} and {following[1]}'")
    for word in words:
        if word in ("female",):
            return (
                Found("women", f"{word!r} before '{head}'")
                if noun.group in ("people", "men")
                else Found(noun.group, head)
            )  # type: ignore[arg-type]
        if word in ("male",) and noun.group == "people":
            return Found("men", f"{word!r} before '{head}'")
    if noun.group == "men" and any(word in ("boy", "boys") for word in words):
        return Found("children", "'boy'")
    return Found(noun.group, f"'{head}'")  # type: ignore[arg-type]


def status_of(draft: Draft, quantity: Quantity) -> Found[Status]:
    """Return whether the counted noun names civilians or combatants; unstated where it tells neither."""
    if draft.kind == "damaged":
        return Found("civilian", "a civilian structure")
    if quantity.age is not None and quantity.age < MINOR:
        return Found("civilian", "a child")
    if quantity.noun is None or quantity.noun.kind != "person":
        return Found("unstated")
    return Found(quantity.noun.status)  # type: ignore[arg-type]


def parents_of(reading: Reading, drafts: Sequence[Draft], found: Sequence[Quantity]) -> list[Found[int | None]]:
    """Return, for each draft, the draft whose victims include it; only where the words say so."""
    parents: list[Found[int | None]] = []
    for index, draft in enumerate(drafts):
        parents.append(_parent(reading, drafts, found, parents, index))
    return parents


def _parent(
    reading: Reading,
    drafts: Sequence[Draft],
    found: Sequence[Quantity],
    parents: Sequence[Found[int | None]],
    index: int,
) -> Found[int | None]:
    draft, quantity = drafts[index], found[index]
    tokens, sentence = reading.tokens, reading.sentence_of(draft.first)
    nearest = _window(reading, sentence)
    earlier = list(takewhile(lambda j: drafts[j].first >= nearest, range(index - 1, -1, -1)))
    start = quantity.bound_first if 0 <= quantity.bound_first < quantity.first else quantity.first
    before = [t.norm for t in tokens[max(sentence.first, start - 4) : start]]
    after = [t.norm for t in tokens[quantity.last : min(sentence.last, quantity.last + 3)]]
    if (
        quantity.form == "part"
        or (quantity.partitive and after[:1] != ["of"] and quantity.form == "vague")
        or (after[:2] in (["of", "them"], ["of", "whom"], ["of", "those"]))
    ):
        for j in earlier:
            if _compatible(drafts[j], draft) and parents[j].value is None:
                return Found(j, f"{reading.words(draft.first, quantity.end)!r} speaks of a whole told before")
    if before and (_INCLUDING & set(before[-3:])) and "killed" not in before[-1:]:
        word = next(w for w in reversed(before) if w in _INCLUDING)
        for j in earlier:
            if drafts[j].first >= sentence.first and _compatible(drafts[j], draft) and parents[j].value is None:
                return Found(j, f"{word!r} makes it a part")
        for j in earlier:
            if _compatible(drafts[j], draft) and parents[j].value is None:
                return Found(j, f"{word!r} makes it a part")
    if index and earlier:
        last = drafts[index - 1]
        if parents[index - 1].value is not None and last.kind == draft.kind and last.first >= sentence.first:
            between = [t.norm for t in tokens[found[index - 1].end : start]]
            if len(between) <= 4 and all(word in _LISTING for word in between) and quantity.noun is not None:
                return Found(parents[index - 1].value, "in one list with the part before it")
    return Found(None)


def _window(reading: Reading, sentence: Sentence) -> int:
    """Return the first token of the sentence before this one: a part and its whole stand no further apart."""
    return reading.sentences[max(0, sentence.index - 1)].first


def _compatible(whole: Draft, part: Draft) -> bool:
    if whole.kind != part.kind:
        return False
    if whole.count.value is not None and part.count.value is not None:
        return whole.count.value >= part.count.value and whole.count.value > 0
    return True
