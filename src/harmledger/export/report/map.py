"""The map of a report: Natural Earth's outlines and the incidents, as one SVG without any tiles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians, sqrt

from harmledger.export.figures import figure
from harmledger.export.reach import reach_of
from harmledger.export.world import outlines
from harmledger.model import Case

WIDTH, HEIGHT = 960.0, 560.0
_MARGIN, _LEAST_DEGREES = 0.18, 0.6
_METRES_A_DEGREE = 111_320.0
# Up to this precision a point is drawn as a dot; what is coarser is drawn as the area that it may be in.
_FINE = 8000


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the world that is drawn, longitudes shrunk as they are at its middle latitude."""

    west: float
    south: float
    east: float
    north: float

    @property
    def shrink(self) -> float:
        """How much shorter a degree of longitude is than one of latitude."""
        return max(0.05, cos(radians((self.south + self.north) / 2)))

    @property
    def scale(self) -> float:
        """Pixels to a degree of latitude."""
        return min(WIDTH / ((self.east - self.west) * self.shrink), HEIGHT / (self.north - self.south))

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where on the drawing a point lies."""
        middle_x, middle_y = (self.west + self.east) / 2, (self.south + self.north) / 2
        x = WIDTH / 2 + (longitude - middle_x) * self.shrink * self.scale
        return round(x, 1), round(HEIGHT / 2 - (latitude - middle_y) * self.scale, 1)

    def seen(self) -> tuple[float, float, float, float]:
        """Return the whole that the drawing shows: west, south, east, north."""
        half_x, half_y = WIDTH / 2 / self.scale / self.shrink, HEIGHT / 2 / self.scale
        middle_x, middle_y = (self.west + self.east) / 2, (self.south + self.north) / 2
        return middle_x - half_x, middle_y - half_y, middle_x + half_x, middle_y + half_y


@dataclass(frozen=True, slots=True)
class Spot:
    """Incidents that share a point. ``radius`` is that of the area they may be in, 0 for a plain dot."""

    x: float
    y: float
    size: float
    radius: float
    numbers: tuple[int, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that the page draws."""

    countries: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, float, float], ...]
    spots: tuple[Spot, ...]
    bar: tuple[float, str]


class Map:
    """Draws cases that have a point; ``without`` are the numbers of those that have none."""

    def __init__(self, cases: Sequence[Case]) -> None:
        placed = [(n, case) for n, case in enumerate(cases, 1) if case.entry.located is not None]
        self.placed = placed
        self.without = tuple(n for n, case in enumerate(cases, 1) if case.entry.located is None)

    @cached_property
    def frame(self) -> Frame:
        """The part of the world that holds every point and every area that is drawn, with a margin."""
        points = [point for _, case in self.placed for point in _around(case)]
        west, east = min(x for x, _ in points), max(x for x, _ in points)
        south, north = min(y for _, y in points), max(y for _, y in points)
        wide = max(east - west, _LEAST_DEGREES) * (1 + 2 * _MARGIN)
        tall = max(north - south, _LEAST_DEGREES) * (1 + 2 * _MARGIN)
        x, y = (west + east) / 2, (south + north) / 2
        return Frame(x - wide / 2, max(-89.0, y - tall / 2), x + wide / 2, min(89.0, y + tall / 2))

    def drawing(self) -> Drawing | None:
        """Return the drawing, None where no incident has a point."""
        if not self.placed:
            return None
        countries, names = self._countries()
        return Drawing(countries, names, tuple(self._spots()), self._bar())

    def _countries(self) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, float, float], ...]]:
        from shapely.geometry import MultiPolygon, Polygon, box

        view = box(*self.frame.seen())
        tolerance = 0.5 / self.frame.scale
        paths: list[tuple[str, str]] = []
        names: list[tuple[str, float, float]] = []
        for name, rings in outlines().items():
            parts = []
            for ring in rings:
                polygon = Polygon(ring)
                if polygon.intersects(view):
                    cut = polygon.buffer(0).intersection(view).simplify(tolerance)
                    parts += list(cut.geoms) if isinstance(cut, MultiPolygon) else [cut]
            shown = [part for part in parts if isinstance(part, Polygon) and not part.is_empty]
            if shown:
                paths.append((name, " ".join(self._path(part.exterior.coords) for part in shown)))
                largest = max(shown, key=lambda part: part.area)
                if largest.area > view.area * 0.01:
                    point = largest.representative_point()
                    names.append((name, *self.frame.at(point.x, point.y)))
        return tuple(paths), tuple(names)

    def _path(self, points: Iterable[tuple[float, ...]]) -> str:
        return "M" + "L".join(f"{x},{y}" for x, y in (self.frame.at(p[0], p[1]) for p in points)) + "Z"

    def _spots(self) -> Iterable[Spot]:
        groups: dict[tuple[float, float, str], list[tuple[int, Case]]] = {}
        for number, case in self.placed:
            place = case.entry.located
            assert place is not None
            groups.setdefault((place.longitude, place.latitude, place.precision), []).append((number, case))
        spots = []
        for (longitude, latitude, precision), members in groups.items():
            x, y = self.frame.at(longitude, latitude)
            killed = sum(found.low for _, case in members if (found := figure(case, "killed")) is not None)
            reach = reach_of(precision)  # type: ignore[arg-type]
            metres = self.frame.scale / _METRES_A_DEGREE * reach if reach and reach > _FINE else 0.0
            name = members[0][1].entry.located.name  # type: ignore[union-attr]
            told = f"{name}: {len(members)} incident{'s' if len(members) > 1 else ''}, {killed} killed or more"
            size = round(min(26.0, 5 + 1.6 * sqrt(killed)), 1)
            radius = round(min(metres, WIDTH), 1)
            spots.append(Spot(x, y, size, radius, tuple(number for number, _ in members), told))
        return sorted(spots, key=lambda spot: (-spot.radius, -spot.size))

    def _bar(self) -> tuple[float, str]:
        """Return a scale bar: its length on the drawing, and what it stands for."""
        a_kilometre = self.frame.scale / (_METRES_A_DEGREE / 1000)
        for kilometres in (1000, 500, 200, 100, 50, 20, 10, 5, 2, 1):
            if kilometres * a_kilometre <= WIDTH / 4:
                return round(kilometres * a_kilometre, 1), f"{kilometres} km"
        return round(a_kilometre, 1), "1 km"


def _around(case: Case) -> Iterable[tuple[float, float]]:
    """Return the corners of the area in which an incident may have been; its point alone where that is fine."""
    place = case.entry.located
    if place is None:
        return []
    reach = reach_of(place.precision) or 0
    half = reach / _METRES_A_DEGREE if reach > _FINE else 0.0
    wide = half / max(0.05, cos(radians(place.latitude)))
    return [(place.longitude - wide, place.latitude - half), (place.longitude + wide, place.latitude + half)]
