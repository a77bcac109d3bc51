"""A seal over every byte of the SQLite file, so that a bit that flips where no record stands is found as well.

The chain covers the lines, and all other tables can be made again from them. But a database file has room between its
records. ``ledger.seal`` holds a CRC-32 of each page of the file as it stood after so many changes. It guards against
decay, not against a person: who can write the file can write the seal. Against persons there are signed heads.

Pages reach the main file only here: every connection runs with ``wal_autocheckpoint = 0``, and what a transaction
changed is read off the WAL before it is taken over, so that sealing costs what was changed, not the whole file.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import zlib
from array import array
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from harmledger.errors import LedgerError
from harmledger.ledger.locks import lock
from harmledger.ledger.store import Store

NAME = "ledger.seal"
_WAL_HEADER, _FRAME_HEADER = 32, 24
# Beyond this the WAL is taken over in the midst of a long intake.
LONGEST_WAL = 64_000_000


@dataclass(frozen=True, slots=True)
class Seal:
    """The checksums of a file's pages after ``changes`` transactions."""

    changes: int
    page_size: int
    checks: array[int]


class BrokenSeal(Exception):
    """The seal itself was changed."""


def seal_path(store: Store) -> Path:
    """Return where the seal is kept."""
    return store.address.notes / NAME


def read_seal(path: Path) -> Seal | None:
    """Return the seal; None where there is none, BrokenSeal where it is not what was written."""
    try:
        kept = path.read_bytes()
    except FileNotFoundError:
        return None
    body, told = kept[:-32], kept[-32:]
    if hashlib.sha256(body).digest() != told:
        raise BrokenSeal
    head, _, checks = body.partition(b"\n")
    settings = json.loads(head)
    found = array("I")
    found.frombytes(checks)
    return Seal(settings["changes"], settings["page_size"], found)


def _write_seal(path: Path, seal: Seal) -> None:
    head = json.dumps({"changes": seal.changes, "page_size": seal.page_size}).encode() + b"\n"
    body = head + seal.checks.tobytes()
    part = path.with_suffix(".seal.part")
    with part.open("wb") as file:
        file.write(body + hashlib.sha256(body).digest())
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def wal_size(store: Store) -> int:
    """Return how much waits to be taken over into the main file."""
    try:
        return _wal(store).stat().st_size
    except OSError:
        return 0


def renew(store: Store, whole: bool = False) -> bool:
    """Take the WAL over into the main file and seal what changed; False where that could not be done now.

    Where the file was changed by another program than this one, the seal is left as it is, and ``verify`` will look
    at all lines before it sets a new one over the ``whole`` file.
    """
    if store.postgres or store.frozen:
        return False
    path = seal_path(store)
    with lock(store.address.notes), store.holding() as (connection, other):
        changes = int(connection.exec_driver_sql("SELECT changes FROM head").scalar_one())
        try:
            old = None if whole else read_seal(path)
        except BrokenSeal:
            return False
        if old is not None and old.changes == changes:
            return True
        page_size = int(connection.exec_driver_sql("PRAGMA page_size").scalar_one())
        commits, pages = _in_wal(_wal(store), page_size)
        if old is None and not whole:
            return False
        if old is not None and commits < changes - old.changes:
            return False
        _, waiting, done = other.exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)").one()
        if waiting != done:
            return False
        checks = _checks(store.address.file, page_size, old.checks if old else None, pages)
        _write_seal(path, Seal(changes, page_size, checks))
    return True


def renew_when_long(store: Store) -> None:
    """Take the WAL over where it has grown long, as in an intake of many reports or a server that never closes."""
    if not store.postgres and wal_size(store) > LONGEST_WAL:
        # What was written is done; the seal can wait.
        with suppress(LedgerError, OSError):
            renew(store)


def _wal(store: Store) -> Path:
    return store.address.file.with_name(store.address.file.name + "-wal")


def _in_wal(path: Path, page_size: int) -> tuple[int, set[int]]:
    """Return how many transactions stand in the WAL, and which pages they changed."""
    commits, pages = 0, set[int]()
    try:
        with path.open("rb") as file:
            header = file.read(_WAL_HEADER)
            if len(header) < _WAL_HEADER:
                return 0, pages
            salts = header[16:24]
            while len(frame := file.read(_FRAME_HEADER)) == _FRAME_HEADER and frame[8:16] == salts:
                page, size = struct.unpack(">II", frame[:8])
                pages.add(page)
                commits += size != 0
                file.seek(page_size, os.SEEK_CUR)
    except FileNotFoundError:
        pass
    return commits, pages


def _checks(file: Path, page_size: int, old: array[int] | None, pages: set[int]) -> array[int]:
    with file.open("rb") as source:
        count = os.fstat(source.fileno()).st_size // page_size
        checks = array("I", old[:count]) if old is not None else array("I")
        known = len(checks)
        checks.extend([0] * (count - known))
        todo = sorted(page for page in pages if page <= known) if old is not None else []
        for page in [*todo, *range(known + 1, count + 1)]:
            source.seek((page - 1) * page_size)
            checks[page - 1] = zlib.crc32(source.read(page_size))
    return checks


def changed_pages(file: Path, seal: Seal) -> Iterator[int]:
    """Yield the pages that are not as they were sealed; one past the last where the file's length is not."""
    with file.open("rb") as source:
        for place, check in enumerate(seal.checks, 1):
            if zlib.crc32(source.read(seal.page_size)) != check:
                yield place
        if source.read(1):
            yield len(seal.checks) + 1
