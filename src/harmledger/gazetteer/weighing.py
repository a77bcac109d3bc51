"""How well a place of the index fits a name and what is told around it. All weights stand here, in one list."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz.distance import Levenshtein

from harmledger.gazetteer.index import Entry
from harmledger.gazetteer.spelling import Spelling, rough, spelling, without_article


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of a resolution. A score is the likeness of the spelling (0 to 1) and what the context adds to it."""

    strict: float = 0.35
    loose: float = 0.20
    letters: float = 0.45
    inside: float = 0.10
    inside_district: float = 0.13
    beside: float = 0.05
    outside: float = -0.30
    near: float = 0.12
    near_km: float = 40.0
    far: float = -0.15
    country: float = 0.08
    other_country: float = -0.45
    size: float = 0.12
    seat: float = 0.05
    own_name: float = 0.05
    area: float = -0.05
    country_name: float = 0.25
    same_kind: float = 0.05
    other_kind: float = -0.04
    least_likeness: float = 0.80
    # of names with three consonants or fewer, which many names share, where no wider or near place speaks for it
    least_likeness_short: float = 0.90
    least_score: float = 0.90
    margin: float = 0.04


WEIGHTS = Weights()
_WIDE = ("area1", "area2", "area3", "country")
# Two rows of one name closer than this are one place in two gazetteers, or a town and its own quarter.
SAME_PLACE_KM = 6.0


@dataclass(frozen=True, slots=True)
class Area:
    """A wider place told, as every place of the index that its name may mean; ``compass`` is the side of it told.

    ``borders`` are the drawn borders of those that have one, by their number in the index.
    """

    name: str
    entries: tuple[Entry, ...]
    compass: str | None = None
    borders: Mapping[int, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Context:
    """What is known around a name: wider places told, points near it, the countries the report is about."""

    within: Sequence[Area] = ()
    near: Sequence[tuple[str, float, float]] = ()
    countries: Mapping[str, float] = field(default_factory=dict)
    kind: str = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that may be meant, with its score and the reasons; ``told`` is what the places around add to it."""

    entry: Entry
    likeness: float
    score: float
    because: tuple[str, ...]
    told: float = 0.0


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance of two (latitude, longitude) pairs in degrees."""
    p1, l1, p2, l2 = map(math.radians, (*a, *b))
    h = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin((l2 - l1) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))


def likeness(asked: Spelling, bare: str, entry: Entry) -> tuple[float, str]:
    """Return how alike a name and the closest of a place's spellings are, 1.0 for the same, and that spelling."""
    best, closest = 0.0, ""
    across, across_name = 0.0, ""
    same_script = False
    for known in entry.spellings():
        if known.fold == asked.fold:
            return 1.0, known.fold
        alike = _alike(asked, bare, known)
        if bool(known.norm) == bool(asked.norm):
            same_script = same_script or bool(known.strict)
            if alike > best:
                best, closest = alike, known.fold
        elif alike > across:
            across, across_name = alike, known.fold
    return (best, closest) if same_script else (across, across_name)


def _alike(asked: Spelling, bare: str, known: Spelling) -> float:
    if not known.strict or not asked.strict:
        return 0.0
    if asked.norm == known.norm and without_article(known.fold) == bare:
        return 0.99
    strict = Levenshtein.normalized_similarity(asked.strict, known.strict)
    if strict < 0.5:
        return 0.0
    if asked.norm and known.norm:
        if asked.norm == known.norm:
            return 0.97
        letters = 0.5 * Levenshtein.normalized_similarity(asked.norm, known.norm)
        letters += 0.5 * Levenshtein.normalized_similarity(rough(asked.norm), rough(known.norm))
    elif asked.norm or known.norm:  # one of them in Arabic letters: only consonants can be compared
        shortest = min(len(asked.strict), len(known.strict))
        return (0.86 if shortest > 3 else 0.80 if shortest == 3 else 0.74) * (1.0 if strict == 1.0 else strict * 0.85)
    else:
        letters = Levenshtein.normalized_similarity(asked.fold, known.fold)
    loose = Levenshtein.normalized_similarity(asked.loose, known.loose)
    return 0.96 * (WEIGHTS.strict * strict + WEIGHTS.loose * loose + WEIGHTS.letters * letters)


def weigh(name: str, entries: Iterable[Entry], context: Context, weights: Weights = WEIGHTS) -> list[Candidate]:
    """Return the places that may be meant, likeliest first; those spelt too differently are left out."""
    asked = spelling(name)
    bare = without_article(asked.fold)
    found = []
    for entry in entries:
        if _abroad(entry, asked, context):
            continue
        alike, closest = likeness(asked, bare, entry)
        if alike < 0.6 or (entry.sort == "country" and alike < 0.97):
            continue
        because = ["spelt so" if alike == 1.0 else f'spelt like "{closest}" ({alike:.2f})']
        score = alike
        score += _standing(asked, entry, alike, weights)
        told = 0.0
        for add, reason in _around(entry, context, weights):
            told += add
            if reason:
                because.append(reason)
        score += told
        for add, reason in _otherwise(entry, context, weights):
            score += add
            if reason:
                because.append(reason)
        found.append(Candidate(entry, alike, score, tuple(because), told))
    return sorted(found, key=lambda c: (-c.score, -c.entry.population, c.entry.n))


def _abroad(entry: Entry, asked: Spelling, context: Context) -> bool:
    """True for a place in a country the report is not about, unless it is spelt just so and worth showing."""
    if not context.countries or entry.country in context.countries or entry.sort == "country":
        return False
    return f"\t{asked.fold}\t" not in entry.packed


def _standing(asked: Spelling, entry: Entry, alike: float, weights: Weights) -> float:
    """Return what a place adds by itself: how far the name is its own, and, where spelt so, how large it is."""
    keyed = [known for known in entry.spellings() if known.strict]
    own = sum(known.strict == asked.strict for known in keyed) / len(keyed) if keyed else 0.0
    score = weights.own_name * own
    if entry.sort not in _WIDE:
        score += (weights.size * _size(entry) + weights.seat * min(entry.seat, 1)) * max(0.0, (alike - 0.8) / 0.2)
    return score


def _size(entry: Entry) -> float:
    """Return 0 for a thousand people or an unknown number, 1 for a million: a world city needs no context."""
    return max(0.0, min(1.0, math.log10(max(entry.population, 1) / 1000) / 3))


def _around(entry: Entry, context: Context, weights: Weights) -> Iterable[tuple[float, str]]:
    yield from _areas(entry, context, weights)
    if context.near and entry.sort != "country":
        away = sorted((kilometres(entry.point, point[1:]), point[0]) for point in context.near)[:3]
        nearest, name = away[0]
        if nearest > 150:
            add = weights.far * min(1.0, (nearest - 150) / 350) * (1 - _size(entry))
        else:
            add = weights.near * sum(math.exp(-km / weights.near_km) for km, _ in away) / len(away)
        yield add, f"{nearest:.0f} km from {name}" if abs(add) > 0.02 else ""


def _otherwise(entry: Entry, context: Context, weights: Weights) -> Iterable[tuple[float, str]]:
    if context.countries:
        share = context.countries.get(entry.country, 0.0)
        top = max(context.countries.values())
        if entry.sort == "country":
            pass  # a country may be told in a report on another
        elif share:
            yield weights.country * share / top, f"in {entry.country}, which the report is about"
        else:
            yield (
                weights.other_country * min(1.0, top) * (1 - _size(entry)),
                f"in {entry.country}, which the report is not about",
            )
    yield from _kind(entry, context.kind, weights)


def _areas(entry: Entry, context: Context, weights: Weights) -> Iterable[tuple[float, str]]:
    for area in context.within:
        best, reason = weights.outside, f"not in {area.name}"
        for outer in area.entries:
            border = area.borders.get(outer.n)
            if border is None:
                add, why = _in_area(entry, outer, area.name, weights)
            else:
                add, why = _in_border(entry, border, area.name, weights)
            if add > best:
                best, reason = add, why
        if area.entries:
            yield best, reason


def _in_border(entry: Entry, border: Any, name: str, weights: Weights) -> tuple[float, str]:
    from shapely.geometry import Point

    outside = border.distance(Point(entry.longitude, entry.latitude))
    if outside == 0:
        return weights.inside_district, f"within the border of {name}"
    # a tenth of a degree: borders are drawn coarsely
    return (weights.beside, f"at the border of {name}") if outside < 0.1 else (weights.outside, f"not in {name}")


def _in_area(entry: Entry, outer: Entry, name: str, weights: Weights) -> tuple[float, str]:
    if outer.sort == "country":
        if outer.country == entry.country:
            return weights.beside, f"in {name}"
        return weights.outside, f"not in {name}"
    same = outer.country == entry.country
    if same and outer.sort == "area2" and outer.admin2 and outer.admin2 == entry.admin2:
        return weights.inside_district, f"in {name} district"
    if same and outer.sort == "area1" and outer.admin1 and outer.admin1 == entry.admin1:
        return weights.inside, f"in {name}"
    apart = kilometres(entry.point, outer.point)
    if apart <= 30 and outer.sort not in ("area1", "country"):
        return weights.inside, f"{apart:.0f} km from {name}"
    if apart <= 60:
        return weights.beside, f"{apart:.0f} km from {name}"
    return weights.outside, f"{apart:.0f} km from {name}"


def _kind(entry: Entry, kind: str, weights: Weights) -> Iterable[tuple[float, str]]:
    is_area = entry.sort in _WIDE
    if kind in ("province", "district"):
        right = entry.sort == ("area1" if kind == "province" else "area2")
        yield (weights.same_kind if right else weights.other_kind), ""
    elif kind == "country":
        yield (weights.same_kind + weights.country_name if entry.sort == "country" else weights.other_kind), ""
    elif kind == "camp":
        camp = entry.sort == "camp" or any(
            "camp" in known.fold.split() or "مخيم" in known.fold for known in entry.spellings()
        )
        yield (weights.same_kind if camp else 0.0), "a camp" if camp else ""
    elif entry.sort == "country":
        yield weights.country_name, ""
    elif is_area:
        yield weights.area, ""


def apart(a: Candidate, b: Candidate) -> bool:
    """Return whether two candidates are different places: far from each other and neither the area of the other.

    First-level areas of one name in one country are one area that two gazetteers tell of, wherever they put its middle.
    """
    if a.entry.sort == b.entry.sort == "area1" and a.entry.country == b.entry.country and _share_a_name(a, b):
        return False
    if a.entry.sort in _WIDE or b.entry.sort in _WIDE:
        same_area = a.entry.country == b.entry.country and a.entry.admin1 == b.entry.admin1
        if same_area or (a.entry.country == b.entry.country and "country" in (a.entry.sort, b.entry.sort)):
            return False
    return kilometres(a.entry.point, b.entry.point) > SAME_PLACE_KM


def _share_a_name(a: Candidate, b: Candidate) -> bool:
    folds = {each.fold for each in a.entry.spellings()}
    return any(each.fold in folds for each in b.entry.spellings())
