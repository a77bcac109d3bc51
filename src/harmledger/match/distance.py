"""Great-circle distance."""

from __future__ import annotations

import math

_RADIUS_KM = 6371.0088


def kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two (latitude, longitude) points in degrees.

    >>> round(kilometres((0.0, 0.0), (0.0, 1.0)))
    111
    """
    (p1, l1), (p2, l2) = [(math.radians(latitude), math.radians(longitude)) for latitude, longitude in (one, other)]
    height = math.sin((p2 - p1) / 2) ** 2 + math.cos(p1) * math.cos(p2) * math.sin((l2 - l1) / 2) ** 2
    return 2 * _RADIUS_KM * math.asin(min(1.0, math.sqrt(height)))
