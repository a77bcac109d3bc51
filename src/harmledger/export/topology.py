"""TopoJSON to degrees: borders that neighbours share stand in it once, as arcs of steps on a grid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Point = tuple[float, float]
Arc = tuple[Point, ...]


def arcs_of(topology: Mapping[str, Any]) -> list[Arc]:
    """Return the arcs in degrees, as longitudes and latitudes.

    >>> arcs_of({"transform": {"scale": [0.5, 0.5], "translate": [10, 20]}, "arcs": [[[0, 0], [2, 1]]]})
    [((10.0, 20.0), (11.0, 20.5))]
    """
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


def ring_of(numbers: Sequence[int], arcs: Sequence[Arc]) -> Arc:
    """Return the ring that arcs make one after the other; a number below zero is an arc taken backwards."""
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return tuple(points)


def outer_rings(geometry: Mapping[str, Any], arcs: Sequence[Arc]) -> Iterator[Arc]:
    """Yield the outer rings of an area; lakes and enclaves are left out."""
    polygons = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry.get("arcs", ())
    for polygon in polygons:
        yield ring_of(polygon[0], arcs)
