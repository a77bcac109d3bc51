"""The places that a report's counts name, looked up together in the gazetteer."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.where import PlaceMention
from harmledger.gazetteer import Gazetteer, Hint, Mention, Resolution

# The reader's word for a place, as the gazetteer asks for it; what is not here has the same name in both.
_KINDS = {"building": "landmark", "neighbourhood": "part", "area": "part", "territory": "province"}


def place_on_map(
    mentions: Sequence[PlaceMention | None], gazetteer: Gazetteer, text: str
) -> list[Resolution | None]:
    """Return where each place named is, None for no place; the places of one report settle each other's namesakes."""
    asked: dict[PlaceMention, Mention] = {}
    for mention in mentions:
        if mention is not None and mention not in asked:
            asked[mention] = Mention(mention.words, _hint(mention))
    settled = dict(zip(asked, gazetteer.resolve_report(list(asked.values()), text), strict=True)) if asked else {}
    return [settled[mention] if mention is not None else None for mention in mentions]


def _hint(mention: PlaceMention) -> Hint:
    relation = "near" if mention.tie == "near" else "at"
    return Hint(mention.within, mention.near, (), _KINDS.get(mention.kind, mention.kind), relation)
