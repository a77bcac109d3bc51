"""The places that a report's counts name, looked up together in the gazetteer."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.where import PlaceMention
from harmledger.gazetteer import Gazetteer, Hint, Mention, Resolution

# The reader's word for a place, as the gazetteer asks for it; what is not here has the same name in both.
_KINDS = {"building": "landmark", "neighbourhood": "part", "area": "part", "territory": "province"}


def place_on_map(
    mentions: Sequence[PlaceMention | None], others: Sequence[PlaceMention], gazetteer: Gazetteer, text: str
) -> list[Resolution | None]:
    """Return where each place named is, None for no place.

    ``others`` are the further places that the report names: they tell its country and the town of a quarter.
    """
    named = {mention for mention in mentions if mention is not None}
    if not named:
        return [None] * len(mentions)
    asked = sorted(named | set(others), key=lambda mention: (mention.span.start, mention.words))
    found = gazetteer.resolve_report([Mention(m.words, _hint(m, m in named)) for m in asked], text)
    settled = dict(zip(asked, found, strict=True))
    return [settled[mention] if mention is not None else None for mention in mentions]


def _hint(mention: PlaceMention, of_harm: bool) -> Hint:
    """Return what is told around a place. "Near" moves the harm away from it, and says nothing of the place itself."""
    relation = "near" if of_harm and mention.tie == "near" else "at"
    return Hint(mention.within, mention.near, (), _KINDS.get(mention.kind, mention.kind), relation)
