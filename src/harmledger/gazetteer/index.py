"""The index as it is read: opened in milliseconds, never written, its answers kept while it is open."""

from __future__ import annotations

import sqlite3
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from harmledger.errors import GazetteerError
from harmledger.gazetteer.build import FORMAT, format_of, unpacked
from harmledger.gazetteer.records import Sort
from harmledger.gazetteer.spelling import Spelling, fold, spelling, without_article

_COLUMNS = "n, id, name, latitude, longitude, sort, country, admin1, admin2, population, seat, names"
# A key that stands for more places than this tells nothing; the largest are taken, as the likeliest in news.
_MOST = 400


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the index, with all its spellings."""

    n: int
    id: str
    name: str
    latitude: float
    longitude: float
    sort: Sort
    country: str
    admin1: str
    admin2: str
    population: int
    seat: int
    packed: str

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude."""
        return self.latitude, self.longitude

    @property
    def names(self) -> tuple[str, ...]:
        """Its spellings as its gazetteers write them."""
        return tuple(line.split("\t", 1)[0] for line in self.packed.split("\n"))

    def spellings(self) -> Sequence[Spelling]:
        """Return its names with their keys."""
        return _spellings(self.packed)


@lru_cache(maxsize=8192)
def _spellings(text: str) -> Sequence[Spelling]:
    return tuple(dict.fromkeys(found for _, found in unpacked(text)))


class Index:
    """Looks up places by key, id, area and point."""

    def __init__(self, path: Path) -> None:
        make = format_of(path)
        if make != FORMAT:
            what = "is no index of harmledger, or a broken one" if make is None else "was built by another version"
            raise GazetteerError(f"{path}: {what}. Delete it and run `harmledger gazetteer add` again for your files.")
        self.path = path
        # immutable: a change puts a new file in its place and never touches this one
        self._base = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._base.execute("PRAGMA cache_size=-8192")
        self.has = lru_cache(maxsize=200_000)(self._has)
        self.under = lru_cache(maxsize=4096)(self._under)
        self.area = lru_cache(maxsize=10_000)(self._area)
        self.border = lru_cache(maxsize=500)(self._border)
        self._drawn = self._base.execute("SELECT 1 FROM shapes LIMIT 1").fetchone() is not None

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def _has(self, key: str) -> bool:
        return self._base.execute("SELECT 1 FROM keys WHERE key=? LIMIT 1", (key,)).fetchone() is not None

    def _under(self, key: str) -> tuple[Entry, ...]:
        rows = self._base.execute(
            f"SELECT {_COLUMNS} FROM keys JOIN places USING (n) WHERE key=? ORDER BY population DESC LIMIT {_MOST}",
            (key,),
        )
        return tuple(_entry(row) for row in rows)

    def _area(self, country: str, admin1: str, admin2: str = "") -> Entry | None:
        if not admin1:
            return None
        sort = "area2" if admin2 else "area1"
        row = self._base.execute(
            f"SELECT {_COLUMNS} FROM places WHERE country=? AND sort=? AND admin1=? AND (?='' OR admin2=?)"
            " ORDER BY population DESC LIMIT 1",
            (country, sort, admin1, admin2, admin2),
        ).fetchone()
        return _entry(row) if row else None

    def points_in(self, area: Entry) -> list[tuple[float, float]]:
        """Return the points of the settlements that lie in an area."""
        rows = self._base.execute(
            "SELECT latitude, longitude FROM places WHERE country=? AND sort='settlement' AND admin1=?"
            " AND (?='' OR admin2=?)",
            (area.country, area.admin1, area.admin2 if area.sort != "area1" else "", area.admin2),
        )
        return rows.fetchall() if area.admin1 else []

    def knows(self, name: str) -> bool:
        """Return whether some place is spelt so, but for case, marks and the article."""
        folded = fold(name)
        return bool(folded) and (self.has("=" + folded) or self.has("=" + without_article(folded)))

    def by_id(self, identifier: str) -> Entry | None:
        """Return the place of an id."""
        row = self._base.execute(f"SELECT {_COLUMNS} FROM places WHERE id=?", (identifier,)).fetchone()
        return _entry(row) if row else None

    def spelt_like(self, name: str, countries: Container[str] = ()) -> list[Entry]:
        """Return the places that share a key with the name, each once.

        The loosest key is tried only where the others give nothing in the countries told, or, where none is told, no
        place spelt just so.
        """
        keys = _asked_keys(name)
        found = self.under_any(keys[:3])
        enough = any(e.country in countries for e in found) if countries else self.has(keys[0]) or self.has(keys[1])
        if enough:
            return found
        found = self.under_any(keys)
        if keys[2:] and countries and not any(e.country in countries for e in found):
            # a letter too many, as typists make them
            strict = keys[2][1:]
            fewer = {f"!{strict[:i]}{strict[i + 1 :]}" for i in range(len(strict))} if len(strict) > 3 else set()
            found = found + self.under_any(sorted(fewer))
        return found

    def spelt_so(self, name: str) -> list[Entry]:
        """Return every place spelt so but for case, marks and the article; where there is none, by its consonants."""
        keys = _asked_keys(name)
        return self.under_any(keys[:2]) or self.under_any(keys[2:3])

    def under_any(self, keys: Iterable[str]) -> list[Entry]:
        """Return the places under any of the keys, each once."""
        found: dict[int, Entry] = {}
        for key in keys:
            for entry in self.under(key):
                found.setdefault(entry.n, entry)
        return list(found.values())

    def _border(self, n: int) -> Any:
        """Return the drawn border of an area as a shape, None where it has none."""
        row = self._base.execute("SELECT wkb FROM shapes WHERE n=?", (n,)).fetchone() if self._drawn else None
        if row is None:
            return None
        from shapely import from_wkb

        return from_wkb(row[0])

    def holding(self, latitude: float, longitude: float) -> list[Entry]:
        """Return the areas with a drawn border around the point, smallest first."""
        if not self._drawn:
            return []
        rows = self._base.execute(
            f"SELECT {_COLUMNS}, wkb FROM shapes JOIN places USING (n)"
            " WHERE south<=? AND north>=? AND west<=? AND east>=?",
            (latitude, latitude, longitude, longitude),
        ).fetchall()
        if not rows:
            return []
        from shapely import from_wkb
        from shapely.geometry import Point

        inside = [
            (area.area, _entry(row[:-1]))
            for row in rows
            if (area := from_wkb(row[-1])).covers(Point(longitude, latitude))
        ]
        return [entry for _, entry in sorted(inside, key=lambda pair: pair[0])]

    def drawn(self, west: float, south: float, east: float, north: float, most: int) -> list[tuple[str, bytes]]:
        """Return the names and borders (WKB) of the areas with a drawn border in a part of the world, largest first."""
        if not self._drawn:
            return []
        return self._base.execute(
            "SELECT name, wkb FROM shapes JOIN places USING (n) WHERE shapes.south<=? AND shapes.north>=? AND "
            "shapes.west<=? AND shapes.east>=? "
            "ORDER BY (shapes.east - shapes.west) * (shapes.north - shapes.south) DESC LIMIT ?",
            (north, south, east, west, most),
        ).fetchall()

    def sources(self) -> list[tuple[str, int, int, str]]:
        """Return (file, places, rows skipped, day) of everything that was added."""
        return self._base.execute("SELECT name, kept, skipped, added FROM sources ORDER BY rowid").fetchall()

    def counts(self) -> list[tuple[str, int]]:
        """Return how many places each country has, most first."""
        return self._base.execute("SELECT country, count(*) FROM places GROUP BY country ORDER BY 2 DESC").fetchall()


def _asked_keys(name: str) -> list[str]:
    asked = spelling(name)
    keys = ["=" + asked.fold, "=" + without_article(asked.fold)]
    return keys + ["!" + asked.strict, "~" + asked.loose] if asked.strict else keys


def _entry(row: tuple[Any, ...]) -> Entry:
    return Entry(*row)
