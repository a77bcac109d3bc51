"""Where harm happened, and how finely that is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# Airwars' geolocation accuracy scale, fine to coarse, without its three "via Coalition" notes (field standard);
# "country" and "unknown" are added for what Airwars does not publish.
Precision = Literal[
    "exact_location",
    "nearby_landmark",
    "street",
    "neighbourhood_area",
    "village",
    "town",
    "city",
    "subdistrict",
    "district",
    "province_governorate",
    "country",
    "unknown",
]


@dataclass(frozen=True, slots=True)
class Place:
    """A named place with a point in WGS 84 degrees and the precision of that point.

    ``id`` is the gazetteer's own, prefixed with its name (``geonames:167611``).
    """

    id: str
    name: str
    latitude: float
    longitude: float
    precision: Precision
    country: str | None = None
    admin1: str | None = None
    admin2: str | None = None
