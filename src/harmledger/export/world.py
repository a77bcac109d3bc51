"""Countries' outlines for the base map, and a point inside each; from Natural Earth, no network."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import orjson

from harmledger.standards.countries import countries

Ring = tuple[tuple[float, float], ...]


@cache
def _topology() -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads((resources.files(__package__) / "map" / "countries-50m.json").read_bytes())
    return found


@cache
def _arcs() -> Sequence[Ring]:
    """Return the arcs in degrees: each is told as steps on a grid."""
    topology = _topology()
    (scale_x, scale_y), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in steps:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + west, y * scale_y + south))
        arcs.append(tuple(points))
    return arcs


def _ring(numbers: Sequence[int]) -> Ring:
    points: list[tuple[float, float]] = []
    for number in numbers:
        arc = _arcs()[number] if number >= 0 else _arcs()[~number][::-1]
        points += arc[1:] if points else arc
    return tuple(points)


def _rings(geometry: Mapping[str, Any]) -> Iterator[Ring]:
    """Yield the outer rings of a country; lakes and enclaves are not drawn."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", ())
    for polygon in polygons:
        yield _ring(polygon[0])


@cache
def outlines() -> Mapping[str, tuple[Ring, ...]]:
    """Return each country's outer rings, as longitudes and latitudes, by its name in Natural Earth."""
    found: dict[str, list[Ring]] = {}
    for geometry in _topology()["objects"]["countries"]["geometries"]:
        found.setdefault(geometry["properties"]["name"], []).extend(_rings(geometry))
    return MappingProxyType({name: tuple(rings) for name, rings in found.items()})


@cache
def centre_of(code: str | None) -> tuple[float, float] | None:
    """Return a point inside a country's largest part, as latitude and longitude; None where it has no outline.

    >>> centre_of("SY")[0] > 30
    True
    """
    from shapely.geometry import Polygon

    home = countries().get(code or "")
    if home is None:
        return None
    number = f"{home.numeric:03d}"
    parts = [
        Polygon(ring)
        for geometry in _topology()["objects"]["countries"]["geometries"]
        if geometry.get("id") == number or (home.code == "XK" and geometry["properties"]["name"] == "Kosovo")
        for ring in _rings(geometry)
        if len(ring) > 3
    ]
    if not parts:
        return None
    point = max(parts, key=lambda part: part.area).representative_point()
    return round(point.y, 4), round(point.x, 4)
