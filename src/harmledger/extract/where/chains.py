"""Names that stand together: lists ("Karun, Maro and Delle"), chains from fine to wide ("Karun in Maro province")."""

from __future__ import annotations

from itertools import pairwise

from harmledger.extract.reading import Reading, Token
from harmledger.extract.where.mention import WIDTH, Mention
from harmledger.extract.where.words import PlaceKind, words

FARTHEST = 10  # tokens between two names of a chain: "Karun, some 12 kilometres (7 miles) north of Maro"
_AND = frozenset((",", "and", "or", "&", "/"))
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))


def share_in_lists(reading: Reading, mentions: list[Mention]) -> None:
    """Give names joined by "and", by commas or by nothing (where commas were lost) one tie, noun and strength."""
    group: list[Mention] = []
    ands = False
    for mention in mentions:
        gap = _between(reading.tokens, group[-1], mention) if group else None
        if gap is not None and _joined(gap, group[-1], mention):
            group.append(mention)
            ands = ands or not gap or "and" in gap or "or" in gap
            continue
        _settle(group, ands)
        group, ands = [mention], False
    _settle(group, ands)


def _between(tokens: list[Token], left: Mention, right: Mention) -> list[str] | None:
    if left.sentence != right.sentence or right.start - left.end > FARTHEST or right.start < left.end:
        return None
    return [tokens[i].norm for i in range(left.end, right.start)]


def _joined(gap: list[str], left: Mention, right: Mention) -> bool:
    if len(gap) > 3 or right.tie != "none":
        return False
    if not gap:
        return right.start == right.first and left.kind != "country" and right.kind == left.kind
    return all(word in _AND for word in gap) and WIDTH[right.kind] <= WIDTH[left.kind] + (2 if "and" in gap else 0)


def _settle(group: list[Mention], ands: bool) -> None:
    """Make a list of a group; names joined by commas alone are a chain ("Karun, Maro, Lower Sarin")."""
    plural = next((m for m in group if m.plural), None)
    if len(group) < 2 or not (ands or plural):
        return
    strength = max(m.strength for m in group)
    for rank, mention in enumerate(group):
        mention.rank, mention.many = rank, True
        if mention.tie == "none":
            mention.tie, mention.struck = group[0].tie, group[0].struck
        if plural is not None and not mention.told_kind:
            mention.kind, mention.told_kind = plural.kind, True
            mention.strength = 3.0
        mention.strength = max(mention.strength, strength - 1.0)


def share_kinds(mentions: list[Mention]) -> None:
    """Give a name without a noun the kind that the report gives it elsewhere."""
    kinds: dict[str, PlaceKind] = {}
    for mention in mentions:
        if mention.told_kind and (mention.key not in kinds or WIDTH[mention.kind] < WIDTH[kinds[mention.key]]):
            kinds[mention.key] = mention.kind
    for mention in mentions:
        if not mention.told_kind and mention.kind == "unknown" and mention.key in kinds:
            mention.kind = kinds[mention.key]


def chain(reading: Reading, mentions: list[Mention]) -> None:
    """Tie "X in Y", "X, Y", "Y's X" together: the wider one is ``outer`` and stands in the other's ``within``."""
    holder: dict[int, Mention] = {}
    for left, right in pairwise(mentions):
        gap = _between(reading.tokens, left, right)
        if gap is None or (right.many and right.rank > 0 and left.many):
            continue
        owned = (bool(gap) and gap[0] in _POSSESSIVE) or (not gap and left.clipped)
        tied = right.tie in ("in", "near", "of", "on") and bool(gap)
        if not owned and not _linked(gap[:-1] if tied else gap):
            continue
        if owned or (not gap and WIDTH[left.kind] > WIDTH[right.kind] and not right.many):
            _hold(right, left)
            if id(left) in holder:  # "X in Syria's Y": Y too holds X
                _hold(holder[id(left)], right)
        elif tied or WIDTH[right.kind] > WIDTH[left.kind] or (gap == [","] and not right.many):
            if WIDTH[left.kind] > max(WIDTH[right.kind], 6 if right.tie == "near" else 4):
                _hold(right, left)
            elif right.tie == "near":
                left.near.append(right)
                right.outer = left.kind not in ("building", "street")
            else:
                _hold(left, right)
                holder[id(right)] = left


def _linked(gap: list[str]) -> bool:
    """True where nothing but commas, distances and points of the compass stands between two names."""
    told = words()
    return all(
        word in told.links or word in told.directions or word == "also" or word == "of" or word[0].isdigit()
        for word in gap
    )


def _hold(inner: Mention, outer: Mention) -> None:
    inner.within.append(outer)
    if inner.tie == "none" and outer.end <= inner.start:
        inner.tie, inner.struck = outer.tie, outer.struck  # "in Syria's Karun", "in the Karun suburb of Maro"
    if inner.kind in ("building", "street"):
        if outer.tie in ("in", "of", "near", "none", "on") and inner.tie != "none":
            outer.tie, outer.struck = inner.tie, inner.struck
        return
    outer.outer = True
    outer.holds_many = outer.holds_many or inner.many
    if outer.tie in ("in", "of", "none") and inner.tie in ("to", "from", "seat"):
        outer.tie = inner.tie
