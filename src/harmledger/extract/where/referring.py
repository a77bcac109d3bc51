"""Places spoken of without their names: "in the capital", "shells fell on the town"."""

from __future__ import annotations

from bisect import bisect_left

from harmledger.extract.reading import Reading
from harmledger.extract.where.mention import Mention
from harmledger.extract.where.neighbours import tie_before
from harmledger.extract.where.words import PlaceKind, words

# What a noun after "the" may point back to.
_POINTS_TO: dict[str, tuple[PlaceKind, ...]] = {
    "city": ("city",),
    "town": ("town", "unknown"),
    "village": ("village",),
    "camp": ("camp",),
    "neighborhood": ("neighbourhood",),
    "neighbourhood": ("neighbourhood",),
}
_FAR = 12  # sentences back to which "the town" may point
_BETWEEN = frozenset(("same", "divided", "besieged", "rebel-held", "government-held", "northern", "southern"))


def refer(reading: Reading, mentions: list[Mention]) -> list[Mention]:
    """Return the mentions with those that only point to one, each under the name that it points to."""
    if not mentions:
        return mentions
    tokens, told = reading.tokens, words()
    capitals = {m.key for m in mentions if m.capital and m.known_city}
    taken = {at for m in mentions for at in range(m.start, max(m.end, m.last))}
    starts = [m.first for m in mentions]
    found: list[Mention] = []
    for sentence in reading.sentences:
        for at in range(sentence.first, sentence.last - 1):
            if tokens[at].norm != "the" or at in taken:
                continue
            noun = at + 1
            while noun < sentence.last - 1 and (
                tokens[noun].norm in _BETWEEN or tokens[noun].norm in told.nationalities
            ):
                noun += 1
            following = tokens[noun + 1] if noun + 1 < sentence.last else None
            if noun in taken or (following is not None and following.norm in ("of", "-")):
                continue
            key: str | None = None
            kind: PlaceKind = "unknown"
            if tokens[noun].norm == "capital" and len(capitals) == 1:
                key, kind = next(iter(capitals)), "city"
            elif tokens[noun].norm in _POINTS_TO:
                kinds = _POINTS_TO[tokens[noun].norm]
                last = bisect_left(starts, at)
                before = mentions[max(0, last - 30) : last]
                near = (m for m in reversed(before) if m.sentence >= sentence.index - _FAR)
                to = next((m for m in near if m.kind in kinds), None)
                key, kind = (to.key, to.kind) if to is not None else (None, kind)
            if key is not None:
                mention = Mention(at, noun + 1, at, noun + 1, sentence.index, key, kind, refers=True)
                tie_before(tokens, sentence.first, mention, told)
                if mention.firm:
                    mention.listed = mention.known_city = kind == "city"
                    found.append(mention)
    return sorted([*mentions, *found], key=lambda m: m.first) if found else mentions
