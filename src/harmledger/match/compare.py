"""Two events compared: each comparison a number, with the words in which its reason is told."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from harmledger.match.distance import kilometres
from harmledger.match.profile import Profile
from harmledger.match.rarity import Rarity

_RARE_SHOWN = 5
# Cosines climb steeply at first: beyond a sixth of the words in common, more of them tell less.
_SOME_WORDS = 0.15
_MANY_WORDS = 0.35
_FINE = frozenset(("exact_location", "nearby_landmark", "street", "neighbourhood_area", "village", "town", "city"))
_FAR_KM = 60.0
# Within a week a toll seldom doubles; later reports tell of courts and names, and count other things.
_SOON = 7


@dataclass(frozen=True, slots=True)
class Compared:
    """The value of each comparison that says something, and the rare words both reports share."""

    values: Mapping[str, float]
    shared: tuple[str, ...]


def _words(one: Profile, other: Profile, rarity: Rarity) -> tuple[dict[str, float], tuple[str, ...]]:
    """Compare words: cosine over all, cosine over names, and the rarity of the rarest that both have."""
    of = rarity.of
    common = one.words.keys() & other.words.keys()
    dot = names = 0.0
    rare: list[tuple[float, str]] = []
    for word in common:
        weight = of(word)
        if weight < 1.0:
            continue
        both = one.words[word] * other.words[word] * weight * weight
        dot += both
        named = word in one.names and word in other.names
        if named:
            names += both
        if weight > 3.0:
            rare.append((weight, word))
    rare.sort(reverse=True)
    (whole, own), (other_whole, other_own) = _lengths(one, rarity), _lengths(other, rarity)
    cosine = dot / (whole * other_whole)
    names /= own * other_own
    values = {
        "words": min(cosine, _SOME_WORDS) / _SOME_WORDS,
        "more_words": min(max(0.0, cosine - _SOME_WORDS), _MANY_WORDS) / _MANY_WORDS,
        "names": min(names, _SOME_WORDS) / _SOME_WORDS,
        "more_names": min(max(0.0, names - _SOME_WORDS), _MANY_WORDS) / _MANY_WORDS,
        "rare_words": sum(weight for weight, _ in rare[:_RARE_SHOWN]) / _RARE_SHOWN,
    }
    return values, tuple(word for _, word in rare[:_RARE_SHOWN])


def _lengths(profile: Profile, rarity: Rarity) -> tuple[float, float]:
    """Return the length of a profile's words and that of its names, kept until the rarity of words changes."""
    kept = profile.lengths
    if kept is not None and kept[0] == rarity.age:
        return kept[1], kept[2]
    of, chosen = rarity.of, profile.names
    whole = own = 0.0
    for word, times in profile.words.items():
        weight = of(word)
        if weight < 1.0:
            continue
        square = (times * weight) ** 2
        whole += square
        if word in chosen:
            own += square
    profile.lengths = rarity.age, math.sqrt(whole) or 1.0, math.sqrt(own) or 1.0
    return profile.lengths[1], profile.lengths[2]


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
    here, there = one.located, other.located
    if here and there and here.precision in _FINE and there.precision in _FINE:
        far = kilometres((here.latitude, here.longitude), (there.latitude, there.longitude)) > _FAR_KM
        values["far_apart"] = float(far)
    return values


def _far(here: int | None, there: int | None) -> bool:
    """Tell whether two tolls are too far apart for one to grow into the other soon."""
    if here is None or there is None:
        return False
    low, high = sorted((here, there))
    return high - low >= 4 and high >= 2 * low


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


def compare(one: Profile, other: Profile, rarity: Rarity) -> Compared:
    """Return what two events have in common and what sets them apart."""
    values, shared = _words(one, other, rarity)
    values |= _times(one, other) | _scene(one, other) | _harm(one, other)
    if "within_45_days" in values and not values["within_45_days"]:
        values["words_late"] = values["more_words"]
    return Compared({name: value for name, value in values.items() if value}, shared)
