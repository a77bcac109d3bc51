"""The places that a report names."""

from __future__ import annotations

from collections.abc import Callable

from harmledger.extract.lexicon import lexicon
from harmledger.extract.reading import Reading
from harmledger.extract.where.chains import chain, share_in_lists, share_kinds
from harmledger.extract.where.evidence import ENOUGH, speaks, strength
from harmledger.extract.where.mention import Mention
from harmledger.extract.where.names import LONGEST_NAME, Name, find_names
from harmledger.extract.where.neighbours import look_around
from harmledger.extract.where.referring import refer
from harmledger.extract.where.words import words


def find_mentions(reading: Reading, known: Callable[[str], bool] | None = None) -> list[Mention]:
    """Return the mentions of places in a report, in order.

    A name counts as a place where its own words or its neighbours say so somewhere in the report; then every
    mention of it counts. ``known`` says whether a gazetteer holds a name.
    """
    told = words()
    drafts: list[Mention] = []
    against: dict[str, float] = {}
    for name in find_names(reading, known):
        if name.body or name.last - name.first > LONGEST_NAME + 2 or _speaks_or_fights(reading, name):
            continue
        mention = look_around(reading, name, told)
        if name.person or speaks(reading, mention, told):
            against[mention.key] = against.get(mention.key, 0.0) + 3.0
            if not name.listed:
                continue
        mention.strength = strength(reading.tokens, reading.sentences[mention.sentence].last, mention, name, told)
        drafts.append(mention)
    _mend_possessives(drafts)
    share_in_lists(reading, drafts)
    kept = _believed(drafts, against)
    share_kinds(kept)
    chain(reading, kept)
    return refer(reading, kept)


def _speaks_or_fights(reading: Reading, name: Name) -> bool:
    """True for the name of an outlet or of a party, which no list of places has."""
    if name.listed:
        return False
    for file in ("outlets", "actors"):
        hit = lexicon(file).at(reading.tokens, name.first, name.last)
        if hit is not None and hit.last == name.last:
            return True
    return False


def _mend_possessives(mentions: list[Mention]) -> None:
    """ "Karuns" is "Karun's" without its apostrophe where the report also names Karun."""
    keys = {mention.key for mention in mentions}
    for mention in mentions:
        if not mention.listed and mention.key.endswith("s") and mention.key[:-1] in keys:
            mention.key, mention.clipped = mention.key[:-1], True


def _believed(mentions: list[Mention], against: dict[str, float]) -> list[Mention]:
    """Return the mentions of the names that are places by the evidence of the whole report."""
    weight: dict[str, float] = {}
    for mention in mentions:
        weight[mention.key] = max(weight.get(mention.key, 0.0), mention.strength) + 0.25 * min(mention.strength, 2)
    return [m for m in mentions if m.listed or weight[m.key] - against.get(m.key, 0.0) >= ENOUGH]
