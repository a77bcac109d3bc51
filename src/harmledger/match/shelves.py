"""What matching remembers, in memory or beside it in one file that is read only where it is asked.

A year's record is not loaded to add a day to it: each shelf fetches what is looked up, keeps it, and writes what was
changed when it is saved. The file is a cache: thrown away, it is built again from reports and judgements.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Generic, TypeVar

from harmledger.errors import MatchingStateError
from harmledger.match.plain import dumped, loaded

Value = TypeVar("Value")
Key = str | int

# Raised whenever what is stored, or how a match is made, changes: a file of another version is built anew.
VERSION = 3
_APPLICATION = 0x48_4C_4D_54  # "HLMT"
_TABLE = "CREATE TABLE shelf (name TEXT, key, value BLOB NOT NULL, PRIMARY KEY (name, key)) WITHOUT ROWID"


class Shelf(Generic[Value]):
    """A mapping that fetches from the file what it does not hold. What is changed in place must be ``touch``ed."""

    def __init__(
        self,
        name: str,
        file: sqlite3.Connection | None = None,
        pack: Callable[[Any], bytes] = dumped,
        unpack: Callable[[bytes], Any] = loaded,
    ) -> None:
        self.name = name
        self._file = file
        self._pack, self._unpack = pack, unpack
        self._held: dict[Key, Value | None] = {}
        self._changed: set[Key] = set()

    def get(self, key: Key) -> Value | None:
        """Return the value under a key, or None."""
        try:
            return self._held[key]
        except KeyError:
            if self._file is None:
                return None
        row = self._file.execute("SELECT value FROM shelf WHERE name = ? AND key = ?", (self.name, key)).fetchone()
        value: Value | None = self._unpack(row[0]) if row is not None else None
        self._held[key] = value
        return value

    def __getitem__(self, key: Key) -> Value:
        value = self.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def __contains__(self, key: Key) -> bool:
        return self.get(key) is not None

    def __setitem__(self, key: Key, value: Value) -> None:
        self._held[key] = value
        if self._file is not None:
            self._changed.add(key)

    def touch(self, key: Key) -> None:
        """Remember that the value under a key was changed in place."""
        if self._file is not None:
            self._changed.add(key)

    def __delitem__(self, key: Key) -> None:
        if self._file is None:
            del self._held[key]
        else:
            self._held[key] = None
            self._changed.add(key)

    def pop(self, key: Key) -> Value | None:
        """Remove a key and return what stood there."""
        value = self.get(key)
        if value is not None:
            del self[key]
        return value

    def __iter__(self) -> Iterator[Key]:
        """Yield every key; the one thing that takes time for all that is stored."""
        if self._file is not None:
            for (key,) in self._file.execute("SELECT key FROM shelf WHERE name = ?", (self.name,)).fetchall():
                if key not in self._held:
                    yield key
        yield from [key for key, value in self._held.items() if value is not None]

    def save(self) -> None:
        """Write what was changed; the caller holds the transaction."""
        if self._file is None:
            return
        gone = [(self.name, key) for key in self._changed if self._held.get(key) is None]
        kept = [
            (self.name, key, self._pack(value)) for key in self._changed if (value := self._held.get(key)) is not None
        ]
        self._file.executemany("DELETE FROM shelf WHERE name = ? AND key = ?", gone)
        self._file.executemany("INSERT OR REPLACE INTO shelf VALUES (?, ?, ?)", kept)
        self._changed.clear()

    def forget(self) -> None:
        """Let go of what is in the file as it stands, so that a long run does not fill the memory."""
        if self._file is not None and not self._changed:
            self._held.clear()


def open_file(path: Path, weights: str) -> sqlite3.Connection:
    """Return the file of a saved record, made where there is none.

    MatchingStateError where it is another program's, another version's, or was made with other ``weights``.
    """
    try:
        file = sqlite3.connect(path, isolation_level=None)
        file.execute("PRAGMA busy_timeout = 5000")
        found = file.execute("PRAGMA application_id").fetchone()[0]
        version = file.execute("PRAGMA user_version").fetchone()[0]
        if not found and not file.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            file.execute("BEGIN IMMEDIATE")
            file.execute(_TABLE)
            file.execute(f"PRAGMA application_id = {_APPLICATION}")
            file.execute(f"PRAGMA user_version = {VERSION}")
            file.execute("INSERT INTO shelf VALUES ('about', 'weights', ?)", (dumped(weights),))
            file.execute("COMMIT")
        elif found != _APPLICATION or version != VERSION:
            raise MatchingStateError(f"{path}: is no saved matching of this version. {_REMEDY}")
        row = file.execute("SELECT value FROM shelf WHERE name = 'about' AND key = 'weights'").fetchone()
        if row is None or loaded(row[0]) != weights:
            raise MatchingStateError(f"{path}: was made with other weights. {_REMEDY}")
    except sqlite3.Error as error:
        raise MatchingStateError(f"{path}: cannot be used ({error}). {_REMEDY}") from error
    return file


_REMEDY = "Delete it; it is built again from the reports and judgements."
