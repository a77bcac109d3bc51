"""Areas with drawn borders, out of GeoJSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from harmledger.errors import GazetteerError
from harmledger.gazetteer.records import Account, PlaceRow, Sort, point_problem

_NAMES = ("name", "name_en", "NAME", "shapeName", "ADM2_EN", "ADM1_EN", "adm2_en", "adm1_en", "wof:name")
_OTHERS = ("name_ar", "ADM2_AR", "ADM1_AR", "alternatenames", "other")
_CODES = ("id", "pcode", "shapeID", "ADM2_PCODE", "ADM1_PCODE", "wof:id")
_COUNTRIES = ("country", "ISO", "iso2", "ADM0_PCODE", "shapeGroup", "iso:country", "wof:country")
_LEVELS: Mapping[str, Sort] = {
    "1": "area1", "adm1": "area1", "region": "area1", "2": "area2", "adm2": "area2", "county": "area2", "3": "area3",
    "adm3": "area3", "country": "country", "0": "country", "neighbourhood": "part", "camp": "camp",
}  # fmt: skip


def read_areas(path: Path, account: Account, country: str = "", level: str = "") -> Iterator[PlaceRow]:
    """Yield the areas of a GeoJSON file; ``level`` says what they are where their properties do not (1, 2, 3)."""
    import orjson

    try:
        table = orjson.loads(path.read_bytes())
    except orjson.JSONDecodeError as error:
        raise GazetteerError(f"{path}: is no GeoJSON ({error}).") from error
    features = table.get("features") if isinstance(table, dict) else None
    if not isinstance(features, list):
        raise GazetteerError(f"{path}: is no GeoJSON FeatureCollection: it has no list of features.")
    for number, feature in enumerate(features, 1):
        row = _area(feature, number, account, country, level, path.stem)
        if row is not None:
            yield row


def _area(feature: Any, number: int, account: Account, country: str, level: str, stem: str) -> PlaceRow | None:
    from shapely.errors import GEOSException
    from shapely.geometry import mapping, shape
    from shapely.validation import make_valid

    properties = (feature.get("properties") if isinstance(feature, dict) else None) or {}
    name = _first(properties, _NAMES)
    if not name:
        account.skip("no name", number)
        return None
    try:
        area = shape(feature["geometry"])
        if area.is_empty:
            raise ValueError
        if not area.is_valid:
            area = make_valid(area)
            account.mend("a border that crosses itself")
        point = area.representative_point()
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, GEOSException):
        account.skip("no border that can be read", number)
        return None
    west, south, east, north = area.bounds
    problem = point_problem(south, west) or point_problem(north, east)
    if problem:
        account.skip(problem, number)
        return None
    code = (_first(properties, _COUNTRIES) or country).upper()
    identifier = _first(properties, _CODES) or str(feature.get("id") or name)
    told = _first(properties, ("level", "admin_level", "shapeType", "placetype", "wof:placetype")).lower() or level
    other = _first(properties, _OTHERS)
    return PlaceRow(
        f"{stem}:{identifier}", name, point.y, point.x, _LEVELS.get(told, "area2"), code[:2] or country,
        names=tuple(n.strip() for n in other.split(",") if n.strip()),
        shape=dict(mapping(area)) if area.geom_type.endswith("Polygon") else None,
    )  # fmt: skip


def _first(properties: Mapping[str, Any], keys: tuple[str, ...]) -> str:
    for key in keys:
        value = properties.get(key)
        if isinstance(value, str | int) and str(value).strip():
            return str(value).strip()
    return ""
