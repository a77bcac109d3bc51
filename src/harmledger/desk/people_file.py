"""The file in which people, sessions, links and tokens are kept, beside the ledger and private to its owner."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import RLock
from typing import Any

from harmledger.errors import DeskError

FILE = "desk-people.db"
_TABLES = """
CREATE TABLE IF NOT EXISTS people (
    name TEXT PRIMARY KEY COLLATE NOCASE, role TEXT NOT NULL, password TEXT NOT NULL, made REAL NOT NULL,
    stopped INTEGER NOT NULL DEFAULT 0, failures INTEGER NOT NULL DEFAULT 0, locked_until REAL NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS sessions (
    token TEXT PRIMARY KEY, person TEXT NOT NULL, csrf TEXT NOT NULL, made REAL NOT NULL, seen REAL NOT NULL,
    told TEXT NOT NULL DEFAULT '');
CREATE TABLE IF NOT EXISTS links (
    token TEXT PRIMARY KEY, role TEXT NOT NULL, name TEXT NOT NULL, by TEXT NOT NULL, until REAL NOT NULL);
CREATE TABLE IF NOT EXISTS tokens (
    hash TEXT PRIMARY KEY, id TEXT NOT NULL UNIQUE, person TEXT NOT NULL COLLATE NOCASE, name TEXT NOT NULL,
    scopes TEXT NOT NULL, made REAL NOT NULL, until REAL NOT NULL, used REAL, UNIQUE (person, name));
CREATE TABLE IF NOT EXISTS factors (
    person TEXT PRIMARY KEY COLLATE NOCASE, sealed BLOB NOT NULL, confirmed INTEGER NOT NULL DEFAULT 0,
    step INTEGER NOT NULL DEFAULT 0);
CREATE TABLE IF NOT EXISTS recovery (
    person TEXT NOT NULL COLLATE NOCASE, hash TEXT NOT NULL, PRIMARY KEY (person, hash));
CREATE TABLE IF NOT EXISTS halves (token TEXT PRIMARY KEY, person TEXT NOT NULL, until REAL NOT NULL);
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class PeopleFile:
    """An open file of people; one at a time may use it. ``now`` tells the time, so that tests need not wait."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / FILE
        try:
            path.touch(mode=0o600)
            self._connection = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._connection.row_factory = sqlite3.Row
            self._connection.execute("PRAGMA secure_delete = ON")
            self._connection.executescript(_TABLES)
        except (OSError, sqlite3.Error) as error:
            raise DeskError(
                f"{path}: the file of people could not be opened ({error}). Is its folder yours?"
            ) from error
        self.lock = RLock()
        self.now = now

    def close(self) -> None:
        """Let go of the file."""
        with self.lock:
            self._connection.close()

    def rows(self, question: str, *values: Any) -> Sequence[sqlite3.Row]:
        """Return the rows of a question, or change what it changes; values never stand in its text."""
        with self.lock:
            return self._connection.execute(question, values).fetchall()


def hash_of(token: str) -> str:
    """Return what is kept of a random token: nobody finds the token by it."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
