"""Which pairs are worth comparing: reports that share rare words, each with few others, however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from harmledger.match.profile import Profile
from harmledger.match.rarity import Rarity

# Rare words of a report that are looked up, and the latest reports with each that are met: 30 and 60 kept 96 of 100
# labelled pairs in reach on the dev reports.
_WORDS = 30
_LATEST = 60
_PAIRS = 40


class Candidates:
    """Meets each report with earlier ones that share its rarest words; the work for one report does not grow."""

    def __init__(self) -> None:
        self._with: dict[str, list[int]] = defaultdict(list)

    def meet(self, number: int, profile: Profile, rarity: Rarity) -> list[int]:
        """Return the numbers of earlier profiles to compare with, and file this one under its words."""
        scores: dict[int, float] = defaultdict(float)
        of = rarity.of
        weighed = {word: times * of(word) for word, times in profile.words.items()}
        rarest = sorted(weighed, key=lambda word: (-weighed[word], word))[: 2 * _WORDS]
        for word in rarest[:_WORDS]:
            weight = weighed[word] * of(word)
            for other in self._with.get(word, ())[-_LATEST:]:
                scores[other] += weight
        for word in rarest:
            filed = self._with[word]
            filed.append(number)
            if len(filed) > 2 * _LATEST:
                del filed[: len(filed) - _LATEST]
        best: Iterable[int] = sorted(scores, key=lambda other: (-scores[other], other))
        return list(best)[:_PAIRS]
