"""Which words of speech govern a count of harm, and so whom the report credits with it."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.credited import Credit, credits_of, quoted_on
from harmledger.extract.denials import role_of
from harmledger.extract.draft import Drafts, Found
from harmledger.extract.governing import governing
from harmledger.extract.reading import Reading

__all__ = ["attribute", "role_of"]


def attribute(reading: Reading, drafts: Drafts) -> list[Found[tuple[str, ...]]]:
    """Return for each count those whom its own sentence credits with it, the original speaker first.

    A sentence without a word of speech credits nobody, whatever stands before and after it; only a quotation that
    runs over several sentences keeps its speaker.
    """
    told = credits_of(reading)
    carried = quoted_on(reading, told)
    found: list[Found[tuple[str, ...]]] = []
    for draft in drafts:
        index = reading.sentence_of(draft.first).index
        row = told.get(index, [])
        credit = carried.get(index) or governing(reading.tokens, draft.first, row)
        found.append(_found(reading, credit, row))
    return found


def _found(reading: Reading, credit: Sequence[Credit], row: Sequence[Credit]) -> Found[tuple[str, ...]]:
    if not credit:
        return Found((), "the words of speech govern another clause" if row else "no word of speech in its sentence")
    names = tuple(dict.fromkeys(name for one in credit for name in one.names()))
    saying = credit[0].saying
    return Found(names, reading.words(saying.first, saying.last))
