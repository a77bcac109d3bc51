"""Two events compared: each comparison a number, with the words in which its reason is told."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from harmledger.match.distance import kilometres
from harmledger.match.profile import COMMON, Profile

_RARE_SHOWN = 5
_RARE = 3.0
# Cosines climb steeply at first: beyond a sixth of the words in common, more of them tell less.
_SOME_WORDS = 0.15
_MANY_WORDS = 0.35
_FAR_KM = 60.0
# Within a week a toll seldom doubles; later reports tell of courts and names, and count other things.
_SOON = 7


@dataclass(frozen=True, slots=True)
class Compared:
    """The value of each comparison that says something, and the rare words both reports share."""

    values: Mapping[str, float]
    shared: tuple[str, ...]


def _words(one: Profile, later: Profile) -> tuple[dict[str, float], tuple[str, ...]]:
    """Compare words: cosine over all, cosine over names, and the rarity of the rarest that both have.

    Words weigh what they weighed on the day of the later event.
    """
    weights, times, others = later.weighed(), later.words, one.words
    dot = names = 0.0
    rare: list[tuple[float, str]] = []
    for word in times.keys() & others.keys():
        weight = weights[word]
        if weight < COMMON:
            continue
        both = others[word] * times[word] * weight * weight
        dot += both
        if word in one.names and word in later.names:
            names += both
        if weight > _RARE:
            rare.append((weight, word))
    rare.sort(reverse=True)
    cosine = dot / (one.length * later.length)
    names /= one.own_length * later.own_length
    values = {
        "words": min(cosine, _SOME_WORDS) / _SOME_WORDS,
        "more_words": min(max(0.0, cosine - _SOME_WORDS), _MANY_WORDS) / _MANY_WORDS,
        "names": min(names, _SOME_WORDS) / _SOME_WORDS,
        "more_names": min(max(0.0, names - _SOME_WORDS), _MANY_WORDS) / _MANY_WORDS,
        "rare_words": sum(weight for weight, _ in rare[:_RARE_SHOWN]) / _RARE_SHOWN,
    }
    return values, tuple(word for _, word in rare[:_RARE_SHOWN])


def _times(one: Profile, other: Profile) -> dict[str, float]:
    values: dict[str, float] = {}
    if one.published is None or other.published is None:
        values["undated"] = 1.0
    else:
        gap = abs(one.published - other.published)
        values["days_between"] = math.log1p(gap)
        for limit in (1, 4, 12, 45):
            values[f"within_{limit}_days"] = float(gap <= limit)
    if one.day is None or other.day is None:
        values["day_untold"] = 1.0
        return values
    gap = abs(one.day - other.day)
    values["same_day"] = float(gap == 0)
    values["days_off"] = float(1 < gap <= 7)
    values["days_far_off"] = float(gap > 7)
    return values


def _scene(one: Profile, other: Profile) -> dict[str, float]:
    values: dict[str, float] = {}
    if one.places and other.places:
        values["same_place"] = float(bool(one.places & other.places))
        values["other_place"] = 1.0 - values["same_place"]
    if one.streets and other.streets:
        values["same_street"] = float(bool(one.streets & other.streets))
        values["other_street"] = 1.0 - values["same_street"]
    if one.point and other.point:
        values["far_apart"] = float(kilometres(one.point, other.point) > _FAR_KM)
    return values


def _far(here: int | None, there: int | None) -> bool:
    """Tell whether two tolls are too far apart for one to grow into the other soon."""
    if here is None or there is None:
        return False
    low, high = sorted((here, there))
    return high - low >= 4 and high >= 2 * low


def _off(here: int | None, there: int | None) -> bool:
    """Tell whether two tolls differ by more than sources on one event usually do."""
    if here is None or there is None:
        return False
    low, high = sorted((here, there))
    return high - low >= 3 and high >= 1.25 * low


def _harm(one: Profile, other: Profile) -> dict[str, float]:
    values: dict[str, float] = {}
    for field in ("killed", "injured"):
        here, there = getattr(one, field), getattr(other, field)
        if here is not None and there is not None:
            values[f"same_{field}"] = float(here == there)
            values[f"other_{field}"] = float(here != there)
    soon = one.published is not None and other.published is not None and abs(one.published - other.published) <= _SOON
    if soon and (_far(one.killed, other.killed) or _far(one.injured, other.injured)):
        values["tolls_far_apart"] = 1.0
    if _off(one.killed, other.killed) and _off(one.injured, other.injured):
        values["both_tolls_off"] = 1.0
    if one.taken is not None and other.taken is not None:
        values["same_taken"] = float(one.taken == other.taken)
    if one.hours and other.hours:
        values["same_hour"] = float(bool(one.hours & other.hours))
        values["other_hour"] = 1.0 - values["same_hour"]
    if one.ages and other.ages:
        values["same_age"] = float(bool(one.ages & other.ages))
        values["other_ages"] = 1.0 - values["same_age"]
    if one.victims and other.victims:
        values["same_victims"] = math.log1p(len(one.victims & other.victims))
        values["other_victims"] = float(not one.victims & other.victims)
    return values


def compare(one: Profile, other: Profile) -> Compared:
    """Return what two events have in common and what sets them apart; ``one`` is the earlier by its order."""
    values, shared = _words(one, other)
    values |= _times(one, other) | _scene(one, other) | _harm(one, other)
    if "within_45_days" in values and not values["within_45_days"]:
        values["words_late"] = values["more_words"]
    return Compared({name: value for name, value in values.items() if value}, shared)
