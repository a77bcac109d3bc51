"""The desk's shelf: one row a claim, an incident and a merge, so that a page of many is asked of a database.

It is a cache of what the ledger derives, in a file beside it, and may be thrown away: it is made again. It holds no
words of a report but the names of places. Beside a ledger under a passphrase it stays in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from harmledger.ledger.growing import SHELF as FILE

# Raised whenever the tables or what stands in them changes; an older file is thrown away.
SHAPE = 3
_TABLES = """
CREATE TABLE noted (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE claims (
    id TEXT PRIMARY KEY, number INTEGER NOT NULL, start INTEGER NOT NULL, kind TEXT NOT NULL, scope TEXT NOT NULL,
    place TEXT, day TEXT, confidence REAL, own TEXT NOT NULL, incident TEXT, disagree INTEGER NOT NULL DEFAULT 0,
    left_out INTEGER NOT NULL DEFAULT 0, doubt REAL NOT NULL, state TEXT NOT NULL, low INTEGER, high INTEGER);
CREATE INDEX claims_queue ON claims (state, doubt DESC, id);
CREATE INDEX claims_doubt ON claims (doubt DESC, id);
CREATE INDEX claims_report ON claims (number, start);
CREATE INDEX claims_incident ON claims (incident);
CREATE INDEX claims_scope ON claims (scope, kind, day);
CREATE TABLE incidents (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, title TEXT NOT NULL, admin1 TEXT NOT NULL, country TEXT NOT NULL,
    day_from TEXT, day_to TEXT, actor TEXT, means TEXT, grade TEXT NOT NULL, killed_low INTEGER, killed_high INTEGER,
    injured_low INTEGER, injured_high INTEGER, killed_open INTEGER NOT NULL, injured_open INTEGER NOT NULL,
    latitude REAL, longitude REAL, precision TEXT, doubt REAL NOT NULL, named TEXT NOT NULL, kinds TEXT NOT NULL,
    reports INTEGER NOT NULL, origins INTEGER NOT NULL, coarse TEXT NOT NULL,
    doubts TEXT NOT NULL);
CREATE INDEX incidents_day ON incidents (day_from, id);
CREATE INDEX incidents_killed ON incidents (killed_high, id);
CREATE INDEX incidents_injured ON incidents (injured_high, id);
CREATE INDEX incidents_doubt ON incidents (doubt, id);
CREATE INDEX incidents_title ON incidents (title, id);
CREATE INDEX incidents_grade ON incidents (grade, id);
CREATE TABLE merges (
    incident TEXT NOT NULL, report TEXT NOT NULL, other TEXT NOT NULL, subject TEXT NOT NULL, against TEXT NOT NULL,
    probability REAL NOT NULL, doubt REAL NOT NULL, judged TEXT NOT NULL);
CREATE INDEX merges_incident ON merges (incident);
CREATE INDEX merges_doubt ON merges (judged, doubt DESC);
CREATE TABLE formers (event TEXT PRIMARY KEY, incident TEXT NOT NULL);
CREATE INDEX formers_incident ON formers (incident);
CREATE TABLE readings (number INTEGER PRIMARY KEY);
"""


class Shelf:
    """The file, or the memory, that pages are asked of; one at a time may use it."""

    def __init__(self, folder: Path | None) -> None:
        self._lock = RLock()
        self._path = folder / FILE if folder else None
        self._connection = self._opened()

    def _opened(self) -> sqlite3.Connection:
        if self._path is not None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
        try:
            return self._made()
        except sqlite3.DatabaseError:
            if self._path is None:
                raise
            self._path.unlink(missing_ok=True)
            self._path.touch(mode=0o600)
            return self._made()

    def _made(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path or ":memory:", check_same_thread=False, isolation_level=None)
        connection.row_factory = sqlite3.Row
        connection.create_function("folded", 1, lambda text: " ".join(text.casefold().split()), deterministic=True)
        for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "secure_delete = ON", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        if connection.execute("PRAGMA user_version").fetchone()[0] != SHAPE:
            old = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            for (name,) in old:
                connection.execute(f'DROP TABLE "{name}"')
            connection.executescript(_TABLES)
            connection.execute(f"PRAGMA user_version = {SHAPE}")
        return connection

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the right to change the shelf: all of it is kept, or nothing."""
        with self._lock:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")

    def rows(self, question: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        """Return the rows that a question finds; values never stand in its text."""
        with self._lock:
            return self._connection.execute(question, values).fetchall()

    def one(self, question: str, values: Sequence[Any] = ()) -> Any:
        """Return the first cell of the first row; None where there is none."""
        found = self.rows(question, values)
        return found[0][0] if found else None

    def noted(self, name: str) -> str:
        """Return what was noted under a name."""
        return str(self.one("SELECT value FROM noted WHERE name = ?", [name]) or "")


def note(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Note something beside the rows it is about."""
    connection.execute("INSERT OR REPLACE INTO noted VALUES (?, ?)", [name, value])
