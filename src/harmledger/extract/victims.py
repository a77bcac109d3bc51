"""Who was harmed: the group, and the whole that a part belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import cast

from harmledger.extract.draft import Draft, Found
from harmledger.extract.nouns import noun_of
from harmledger.extract.quantities import Quantity
from harmledger.extract.reading import Reading, Sentence
from harmledger.model import Group

_UNTOLD = "no noun tells age or sex"
MINOR = 18  # years; the age of majority of the Convention on the Rights of the Child, article 1
_INCLUDING = frozenset(("including", "included", "include", "includes", "among", "whom", "amongst"))
_FURTHEST = 40  # drafts: a whole told further back than this is not looked for
_LISTING = frozenset((",", "and", "&", ";", "as", "well", "or", "plus", "also", "at", "least"))


def group_of(reading: Reading, draft: Draft, quantity: Quantity) -> Found[Group]:
    """Return the group that the counted noun names; an age under 18 makes children, of whatever noun.

    Where the quantity's own words tell none, what is said of it does: "six of the dead were children".
    """
    if draft.kind == "damaged":
        return Found("things", "what was damaged is counted")
    if quantity.age is not None and quantity.age < MINOR:
        return Found("children", f"aged {quantity.age}, under {MINOR}")
    own = _named_group(reading, quantity)
    if own.value == "people":
        return _said_group(reading, quantity) or own
    if own.value == "children" and quantity.head is not None:
        head = reading.tokens[quantity.head].norm
        ages = [quantity.age] if quantity.age is not None else _ages_told(reading, quantity)
        if head in _GROWN and ages and min(ages) >= MINOR:
            return Found(_GROWN[head], f"'{head}', aged {', '.join(map(str, ages))}")
    return own


def _ages_told(reading: Reading, quantity: Quantity) -> list[int]:
    """Return the ages told of a number of sons or daughters named after it, one a head; none where fewer are told.

    "his three sons, Ravi (25), Anil (21) and Sunil (20)"; "two daughters: a 30-year-old, Nila, and a 25-year-old".
    """
    wanted = quantity.count.value or 0
    if not 0 < wanted <= _MOST_NAMED:
        return []
    tokens, limit = reading.tokens, reading.sentence_of(quantity.first).last
    ages: list[int] = []
    for index in range(quantity.end, min(limit, quantity.end + _AGES_WITHIN * wanted)):
        norm = tokens[index].norm
        if norm in _OTHER_KIN:
            break
        if norm.isdecimal() and len(norm) <= 3 and _tells_age(reading, index, limit):
            ages.append(int(norm))
            if len(ages) == wanted:
                return ages
    return []


def _tells_age(reading: Reading, index: int, limit: int) -> bool:
    tokens = reading.tokens
    before = tokens[index - 1].norm
    after = [token.norm for token in tokens[index + 1 : min(limit, index + 4)]]
    in_brackets = before == "(" and (after[:1] == [")"] or after[:1] == ["years"])
    between_commas = before == "," and after[:1] in ([","], ["and"], [";"], ["."])
    return in_brackets or between_commas or after[:1] in (["-"], ["year"]) or "old" in after


# Sons and daughters who are told to be of age.
_GROWN: dict[str, Group] = {
    "son": "men",
    "sons": "men",
    "daughter": "women",
    "daughters": "women",
    "child": "people",
    "children": "people",
}
_OTHER_KIN = frozenset(("wife", "husband", "mother", "father", "brother", "sister", "grandson", "granddaughter"))
_MOST_NAMED = 8
_AGES_WITHIN = 14  # tokens a head
_WITH_CHILDREN = frozenset(("women", "woman", "children", "child"))


def _named_group(reading: Reading, quantity: Quantity) -> Found[Group]:
    noun, tokens = quantity.noun, reading.tokens
    if noun is None or noun.kind != "person" or quantity.head is None:
        return Found("people", _UNTOLD)
    words = [tokens[i].norm for i in range(quantity.last, quantity.end)]
    head = tokens[quantity.head].norm
    following = [token.norm for token in tokens[quantity.end : quantity.end + 2]]
    pair = {head, following[1]} if len(following) == 2 and following[0] in ("and", "or") else set()
    if {"women", "children"} <= pair | set(words):
        return Found("women_and_children", "'women and children'")
    if "female" in words and noun.group in ("people", "men"):
        return Found("women", f"'female' before '{head}'")
    if "male" in words and noun.group == "people":
        return Found("men", f"'male' before '{head}'")
    if {"boy", "boys", "girl", "girls", "child", "infant", "teenage", "minor"} & set(words):
        return Found("children", f"'{' '.join(words)}'")
    return Found(cast("Group", noun.group), f"'{head}'")


def share_groups(drafts: Sequence[Draft]) -> None:
    """Give a part of whom nothing is told the group of its whole: "263 girls were taken, of whom 41 escaped"."""
    for draft in drafts:
        whole = drafts[draft.parent] if draft.parent is not None else None
        untold = draft.group == "people" and draft.because.get("group") == _UNTOLD
        if whole is not None and untold and whole.group in ("children", "women", "men"):
            draft.group = whole.group
            draft.because["group"] = f"part of a count of {whole.group}"


# "six of them children", "four of whom, all minors,"
_TAKEN_UP = frozenset(("of", "them", "whom", "these", "those", "which", "the", "dead", "victims", "killed", "wounded"))
_BEFORE_THE_GROUP = frozenset(
    ("a", "an", "the", "and", "or", ",", "all", "mostly", "also", "young", "elderly", "believed", "thought", "to", "be")
    + ("reportedly", "said", "still", "small", "little", "innocent", "civilian", "school")
)


def _said_group(reading: Reading, quantity: Quantity) -> Found[Group] | None:
    """Return the group that the predicate or the words just after the quantity name, or None."""
    tokens, limit = reading.tokens, reading.sentence_of(quantity.first).last
    position = quantity.end
    while position < limit and tokens[position].norm in _TAKEN_UP:
        position += 1
    part = quantity.form == "part" or quantity.partitive or quantity.noun is None
    if part and quantity.form != "article":
        at_once = _group_at(reading, position, limit)
        if at_once is not None:
            return at_once
    verb = next(
        (i for i in range(position, min(limit, position + 7)) if tokens[i].norm in ("were", "was", "are", "is")), None
    )
    if verb is None:
        return None
    if not part and tokens[verb - 1].norm not in ("killed", "dead", "injured", "wounded", "victims"):
        return None
    return _group_at(reading, verb + 1, limit)


def _group_at(reading: Reading, start: int, limit: int) -> Found[Group] | None:
    """Return the group that the nouns at a token name ("all women and children"), or None."""
    seen: list[str] = []
    for index in range(start, min(limit, start + 5)):
        noun = noun_of(reading.tokens[index])
        if noun is not None and noun.listed and noun.kind == "person":
            seen.append(noun.group if noun.group != "women_and_children" else "women")
        elif reading.tokens[index].norm not in _BEFORE_THE_GROUP:
            break
    if {"women", "children"} <= set(seen):
        return Found("women_and_children", "said to be women and children")
    if seen and seen[0] in ("women", "children", "men"):
        return Found(cast("Group", seen[0]), f"said to be {seen[0]}")
    return None


def parents_of(reading: Reading, drafts: Sequence[Draft], found: Sequence[Quantity]) -> list[Found[int | None]]:
    """Return, for each draft, the draft whose victims include it; only where the words say so."""
    parents: list[Found[int | None]] = []
    for index in range(len(drafts)):
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
    near = before[-3:] if before[-1:] not in (["were"], ["was"]) else before  # "among the dead were"
    if before and (_INCLUDING & set(near)) and "killed" not in before[-1:]:
        word = next(w for w in reversed(before) if w in _INCLUDING)
        for j in earlier:
            if drafts[j].first >= sentence.first and _compatible(drafts[j], draft) and parents[j].value is None:
                return Found(j, f"{word!r} makes it a part")
        for j in earlier:
            if _compatible(drafts[j], draft) and parents[j].value is None:
                return Found(j, f"{word!r} makes it a part")
    among = _among(reading, drafts, found, index, parents)
    if among is not None:
        return among
    if index and earlier:
        last = drafts[index - 1]
        if _apposed(reading, drafts, found, parents, index):
            return Found(index - 1, "told right after the whole, as its parts")
        if parents[index - 1].value is not None and last.kind == draft.kind and last.first >= sentence.first:
            between = [t.norm for t in tokens[found[index - 1].end : start]]
            if len(between) <= 4 and all(word in _LISTING for word in between) and quantity.noun is not None:
                return Found(parents[index - 1].value, "in one list with the part before it")
    return Found(None)


def _among(
    reading: Reading,
    drafts: Sequence[Draft],
    found: Sequence[Quantity],
    index: int,
    parents: Sequence[Found[int | None]],
) -> Found[int | None] | None:
    """Return the whole of "six children were among the 19 dead" and "of those killed, six were children"."""
    draft, quantity = drafts[index], found[index]
    tokens, sentence = reading.tokens, reading.sentence_of(draft.first)
    after = [token.norm for token in tokens[quantity.end : min(sentence.last, quantity.end + 9)]]
    if "among" in after and not {"killed", "died", "wounded", "injured"} & set(after[: after.index("among")]):
        if index + 1 < len(drafts):
            following = drafts[index + 1]
            at = quantity.end + after.index("among")
            if at < following.first <= at + 5 and following.first < sentence.last and _compatible(following, draft):
                return Found(index + 1, "'among' makes it a part of the count that follows")
        return _last_whole(drafts, parents, index, "'among' makes it a part of a whole told before")
    opening = [token.norm for token in tokens[max(sentence.first, draft.first - 6) : draft.first]]
    partitive = [token.norm for token in tokens[quantity.last : min(sentence.last, quantity.last + 4)]]
    for words in (opening, partitive):
        whole = words[:1] == ["of"] and {"those", "dead", "killed", "victims", "wounded", "injured"} & set(words[1:])
        if whole and quantity.form in ("digits", "word", "one"):
            return _last_whole(drafts, parents, index, f"'{' '.join(words[:3])}' makes it a part")
    return None


def _last_whole(
    drafts: Sequence[Draft], parents: Sequence[Found[int | None]], index: int, because: str
) -> Found[int | None] | None:
    for j in range(index - 1, max(-1, index - 1 - _FURTHEST), -1):
        if parents[j].value is None and _compatible(drafts[j], drafts[index]):
            return Found(j, because)
    return None


def _apposed(
    reading: Reading,
    drafts: Sequence[Draft],
    found: Sequence[Quantity],
    parents: Sequence[Found[int | None]],
    index: int,
) -> bool:
    """True for "six members of a family, four children and two women": a group told right after a count of people."""
    whole, part, quantity = drafts[index - 1], drafts[index], found[index]
    if whole.kind != part.kind or whole.count.value is None or part.count.value is None or parents[index - 1].value:
        return False
    if whole.group != "people" or part.group not in ("children", "women", "men", "women_and_children"):
        return False
    if part.count.value >= whole.count.value or found[index - 1].noun is None:
        return False
    tokens = reading.tokens
    between = [token.norm for token in tokens[found[index - 1].end : quantity.first]]
    ends = bool(between) and between[-1] in (",", "–", "—", "-", "(", ":")
    return ends and len(between) <= 9 and not {"and", "killed", "injured", "wounded", "while"} & set(between)


def _window(reading: Reading, sentence: Sentence) -> int:
    """Return the first token of the sentence before this one: a part and its whole stand no further apart."""
    return reading.sentences[max(0, sentence.index - 1)].first


def _compatible(whole: Draft, part: Draft) -> bool:
    if whole.kind != part.kind:
        return False
    if whole.count.value is not None and part.count.value is not None:
        return whole.count.value >= part.count.value and whole.count.value > 0
    return True
