"""From a row of the index to a place of the record: its name as shown, its precision, a point beside it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from harmledger.gazetteer.asking import COMPASS, Asked, compass_of
from harmledger.gazetteer.index import Entry
from harmledger.gazetteer.resolution import Resolution
from harmledger.gazetteer.spelling import fold
from harmledger.places import Precision

# People from whom a settlement is a city, a town.
CITY, TOWN = 100_000, 5_000
_FINE = ("exact_location", "nearby_landmark", "street", "neighbourhood_area", "village", "town", "city")


def shown_name(entry: Entry, asked: str = "") -> str:
    """Return a place's name in Latin letters where it has one; its own spelling as asked, if it is one of its names."""
    latin = [name for name in (entry.name, *entry.names) if fold(name)[:1].isascii()]
    if not latin:
        return entry.name
    folded = fold(asked) if any(fold(name) == fold(asked) for name in latin) else fold(latin[0])
    return min((name for name in latin if fold(name) == folded), key=lambda name: not name.isascii())


def side_of(points: Sequence[tuple[float, float]], compass: str) -> tuple[float, float] | None:
    """Return the middle of the third of an area's settlements that lie furthest to a point of the compass."""
    told = compass_of(compass)
    if told is None or len(points) < 3:
        return None
    angle = math.radians(COMPASS[told])
    north, east = math.cos(angle), math.sin(angle) * math.cos(math.radians(points[0][0]))
    furthest = sorted(points, key=lambda point: -(point[0] * north + point[1] * east))[: max(2, len(points) // 3)]
    return tuple(round(sum(p[axis] for p in furthest) / len(furthest), 5) for axis in (0, 1))  # type: ignore[return-value]


def precision_of(entry: Entry, kind: str = "unknown") -> Precision:
    """Return the precision of a place's own point; where its size is not known, the report's word for it stands."""
    fixed: dict[str, Precision] = {
        "part": "neighbourhood_area",
        "camp": "neighbourhood_area",
        "feature": "nearby_landmark",
        "area1": "province_governorate",
        "area2": "district",
        "area3": "subdistrict",
        "country": "country",
    }
    if entry.sort in fixed:
        return fixed[entry.sort]
    if kind == "province":
        return "province_governorate"
    if kind == "district":
        return "district"
    if entry.population >= CITY or entry.seat >= 2:
        return "city"
    if entry.population >= TOWN or entry.seat:
        return "town"
    if kind in ("village", "town"):
        return "town" if kind == "town" else "village"
    return "town" if kind == "city" else "village"


def beside(found: Resolution, asked: Asked) -> Resolution:
    """Return the point told from a found place: "10 km north of X" moves it, "near X" only widens it."""
    place = found.place
    assert place is not None
    latitude, longitude = place.latitude, place.longitude
    told = f"{asked.kilometres:g} km " if asked.kilometres else ""
    if asked.kilometres and asked.compass in COMPASS:
        angle = math.radians(COMPASS[asked.compass])
        latitude += asked.kilometres / 111.2 * math.cos(angle)
        longitude += asked.kilometres / (111.2 * max(0.1, math.cos(math.radians(latitude)))) * math.sin(angle)
    fine = place.precision in _FINE
    precision: Precision = "subdistrict" if fine else place.precision
    moved = replace(place, latitude=round(latitude, 5), longitude=round(longitude, 5), precision=precision)
    way = f"{told}{asked.compass or ''} of" if asked.relation == "direction" else f"{told}near"
    return replace(
        found, words=asked.words, status="beside", place=moved, precision=precision, relation=asked.relation,
        because=f"{' '.join(way.split())} {place.name}, not the place itself; {found.because}",
    )  # fmt: skip
