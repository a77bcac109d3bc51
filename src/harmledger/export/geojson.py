"""GeoJSON (RFC 7946): one feature an incident; one of which no point is known has no geometry and is still there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

import orjson

from harmledger.export.flat import flat
from harmledger.export.losses import Losses
from harmledger.export.reach import reach_of
from harmledger.export.rows import Told, Total
from harmledger.model import Case
from harmledger.show.safe import visible


def geojson(cases: Iterable[Case], totals: Iterable[Total], losses: Losses) -> Iterator[bytes]:
    """Yield a feature collection, one feature a line."""
    yield b'{"type":"FeatureCollection","features":[\n'
    first = True
    for case in cases:
        yield (b"" if first else b",\n") + orjson.dumps(feature(case))
        first = False
        losses.rows += 1
        losses.lose("because")
        if case.entry.located is None:
            losses.lose("geometry")
    for _ in totals:
        losses.lose_total()
    yield b"\n]}\n"


def feature(case: Case) -> dict[str, object]:
    """Return one incident. ``accuracy_m`` tells how far around its point it may have happened."""
    place = case.entry.located
    properties = {name: _json(value) for name, value in flat(case).items() if name not in ("latitude", "longitude")}
    properties["accuracy_m"] = reach_of(place.precision) if place else None
    properties["killed_because"] = case.entry.because.get("killed")
    geometry = None
    if place is not None:
        geometry = {"type": "Point", "coordinates": [round(place.longitude, 6), round(place.latitude, 6)]}
    return {"type": "Feature", "id": case.entry.incident, "geometry": geometry, "properties": properties}


def _json(value: object) -> object:
    if isinstance(value, Told):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    return visible(value) if isinstance(value, str) else value


MEANINGS = {
    "because": "Of the reasons only those of the grade and of the deaths are carried.",
    "geometry": "No point is known: the feature has no geometry, and its place is told in words.",
    "running totals": "Totals over several incidents are no features; csv, jsonl and html have them.",
}
