"""The plain baseline of matching: TF-IDF cosine, a ten-day window, a tuned threshold, and whatever is linked is joined.

As strong as it gets without more: scikit-learn's TF-IDF over the whole text, with the threshold that gives the best
B-cubed F1 on the very reports that are measured, which flatters it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date

WINDOW = 10
THRESHOLDS = tuple(round(0.1 + 0.05 * step, 2) for step in range(17))
# Words in more than this part of the reports tell nothing and cost most of the time.
_COMMON = 0.1
_BLOCK = 2_000


def links(
    texts: Sequence[str], days: Sequence[date | None], least: float = THRESHOLDS[0]
) -> Iterator[tuple[float, int, int]]:
    """Yield the cosine and the numbers of each two texts, at most ten days apart, that reach ``least``."""
    import numpy as np
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectors = TfidfVectorizer(
        sublinear_tf=True, max_df=_COMMON if len(texts) > 5_000 else 1.0, min_df=2, dtype=np.float32
    )
    order = sorted(range(len(texts)), key=lambda number: days[number] or date.max)
    table = vectors.fit_transform(texts[number] for number in order)
    when = np.array([(days[number] or date.max).toordinal() for number in order])
    for start in range(0, len(order), _BLOCK):
        end = min(start + _BLOCK, len(order))
        first = int(np.searchsorted(when, when[start] - WINDOW))
        near = (table[start:end] @ table[first:end].T).tocoo()
        chosen = (near.data >= least) & (near.row + start > near.col + first)
        chosen &= when[near.row + start] - when[near.col + first] <= WINDOW
        for cosine, row, column in zip(near.data[chosen], near.row[chosen], near.col[chosen], strict=True):
            yield float(cosine), order[row + start], order[column + first]


def groups(number: int, chosen: Sequence[tuple[float, int, int]], least: float) -> list[list[int]]:
    """Return the numbers that links of at least so much join."""
    root = list(range(number))

    def of(one: int) -> int:
        while root[one] != one:
            root[one] = root[root[one]]
            one = root[one]
        return one

    for cosine, one, other in chosen:
        if cosine >= least:
            root[of(one)] = of(other)
    found: dict[int, list[int]] = defaultdict(list)
    for one in range(number):
        found[of(one)].append(one)
    return list(found.values())


def best(
    texts: Sequence[str], days: Sequence[date | None], score: Callable[[list[list[int]]], dict[str, float]]
) -> dict[str, float]:
    """Return the figures of the best threshold by B-cubed F1, and that threshold."""
    chosen = list(links(texts, days))
    told = [{"threshold": least, **score(groups(len(texts), chosen, least))} for least in THRESHOLDS]
    return max(told, key=lambda row: row["b_cubed"])
