"""How the date of a claim agrees with the dates settled for the claims before it: neighbour, whole, twin."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.dates import DateRange
from harmledger.extract.when_choices import Choice, Page


def coherence(page: Page, index: int, answers: Sequence[Choice], before: Sequence[DateRange | None]) -> list[set[str]]:
    """Return for each answer how it agrees with what was settled for the claims before: neighbour, whole, twin.

    ``before`` holds the settled times of the drafts 0 to ``index`` - 1.
    """
    told: list[tuple[DateRange | None, str]] = []
    if index:
        last = before[index - 1]
        near = _nearness(page.sentences[index] - page.sentences[index - 1])
        between = "a time between" if _time_between(page, index) else "no time between"
        told.append((last, f"as the claim before, {near}, {between}"))
        if page.turned_since(page.sentences[index - 1], page.sentences[index]):
            told.append((last, f"as the claim before, turned since, {between}"))
        parted = ", a time between" if near == "same sentence" and between == "a time between" else ""
        told.append((last, f"as the claim before, {near}, {'dated' if last else 'not dated'}{parted}"))
    parent = page.drafts[index].parent
    if parent is not None and 0 <= parent < index:
        told.append((before[parent], "as its whole"))
    twin = _twin(page, index)
    if twin is not None:
        told.append((before[twin], "as its twin"))
    return [{feature for when, feature in told if when == answer.when} for answer in answers]


def _nearness(gap: int) -> str:
    return "same sentence" if gap == 0 else "next sentence" if gap == 1 else "later" if 0 < gap <= 3 else "far"


def _time_between(page: Page, index: int) -> bool:
    """Return True where a time of harm stands in the claim's sentence, not told yet when the claim before was read."""
    since = page.drafts[index - 1].first if page.sentences[index] == page.sentences[index - 1] else -1
    until = page.drafts[index].first if since >= 0 else len(page.reading.tokens)
    return any(told.dates != "speech" and since < told.mention.first < until for told in page.here(index))


def _twin(page: Page, index: int) -> int | None:
    """Return the first draft before of the same kind and figure, where that figure is above two."""
    draft = page.drafts[index]
    if not draft.count.value or draft.count.value <= 2:
        return None
    first = page.firsts.get((draft.kind, draft.count.value), index)
    return first if first < index else None
