"""Countries' outlines for the base map, and a point inside each; from Natural Earth, no network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

import orjson

from harmledger.export.topology import Arc, arcs_of, outer_rings
from harmledger.standards.countries import countries

Ring = Arc


@cache
def _topology() -> dict[str, Any]:
    found: dict[str, Any] = orjson.loads((resources.files(__package__) / "map" / "countries-50m.json").read_bytes())
    return found


@cache
def _arcs() -> Sequence[Ring]:
    return arcs_of(_topology())


@cache
def outlines() -> Mapping[str, tuple[Ring, ...]]:
    """Return each country's outer rings, as longitudes and latitudes, by its name in Natural Earth."""
    found: dict[str, list[Ring]] = {}
    for geometry in _topology()["objects"]["countries"]["geometries"]:
        found.setdefault(geometry["properties"]["name"], []).extend(outer_rings(geometry, _arcs()))
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
        for ring in outer_rings(geometry, _arcs())
        if len(ring) > 3
    ]
    if not parts:
        return None
    point = max(parts, key=lambda part: part.area).representative_point()
    return round(point.y, 4), round(point.x, 4)
