"""Which pairs are worth comparing: reports that share rare words, each with few others, however many there are."""

from __future__ import annotations

from collections.abc import Callable

from harmledger.match.profile import Order, Profile
from harmledger.match.shelves import Shelf

# Rare words of a report that are looked up, and the latest reports with each that are met: 30 and 60 kept 96 of 100
# labelled pairs in reach on the dev reports.
_WORDS = 30
_LATEST = 60
_PAIRS = 40


def _rarest(profile: Profile) -> list[str]:
    weights = profile.weighed()
    weighed = {word: times * weights[word] for word, times in profile.words.items()}
    return sorted(weighed, key=lambda word: (-weighed[word], word))[: 2 * _WORDS]


class Candidates:
    """Meets each report with earlier ones that share its rarest words; the work for one report does not grow.

    ``filed`` holds the numbers of the reports under each word, in their order; ``order`` tells that of a number.
    """

    def __init__(self, filed: Shelf[list[int]], order: Callable[[int], Order]) -> None:
        self._filed = filed
        self._order = order

    def meet(self, number: int, profile: Profile) -> list[int]:
        """Return the numbers of earlier profiles to compare with, and file this one under its words."""
        scores: dict[int, float] = {}
        weights, times = profile.weighed(), profile.words
        rarest = _rarest(profile)
        for word in rarest[:_WORDS]:
            weight = times[word] * weights[word] ** 2
            for other in (self._filed.get(word) or ())[-_LATEST:]:
                scores[other] = scores.get(other, 0.0) + weight
        for word in rarest:
            filed = self._filed.get(word)
            if filed is None:
                self._filed[word] = [number]
            else:
                filed.append(number)
                self._filed.touch(word)
        return self._best(scores)

    def _best(self, scores: dict[int, float]) -> list[int]:
        """Return the numbers with the highest scores; of those that tie for the last places, the earliest."""
        if len(scores) <= _PAIRS:
            return list(scores)
        least = sorted(scores.values(), reverse=True)[_PAIRS - 1]
        best = [other for other, score in scores.items() if score > least]
        tied = [other for other, score in scores.items() if score == least]
        if len(best) + len(tied) > _PAIRS:
            tied.sort(key=self._order)
        return best + tied[: _PAIRS - len(best)]

    def take_back(self, number: int, profile: Profile) -> None:
        """Unfile the report that was filed last."""
        for word in _rarest(profile):
            filed = self._filed[word]
            filed.pop()
            if filed:
                self._filed.touch(word)
            else:
                del self._filed[word]
