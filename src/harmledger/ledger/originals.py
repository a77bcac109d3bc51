"""The originals: the bytes of each file as it came, kept under the SHA-256 of its content.

On disk, new ones wait in ``incoming`` until the line that names them is recorded; then they move to their place. So a
program that is killed between the two leaves nothing behind that the ledger does not know, but in ``incoming``.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from threading import get_ident
from typing import Protocol

from sqlalchemy import Connection, delete, insert, select

from harmledger.errors import LedgerError
from harmledger.ledger.cipher import Cipher
from harmledger.ledger.tables import originals

_FORGOTTEN_S = 24 * 3600


class Originals(Protocol):
    """Where originals are kept."""

    def put(self, found: Mapping[str, bytes]) -> None:
        """Keep originals by their hash, before the transaction that records the lines which name them."""

    def put_with(self, connection: Connection, found: Mapping[str, bytes]) -> None:
        """Keep them within that transaction, where the database holds them."""

    def settle(self, hashes: Iterable[str]) -> None:
        """Tell that the lines which name these are recorded."""

    def get(self, sha256: str, connection: Connection) -> bytes | None:
        """Return an original's bytes as they are kept, unchecked; None where it is missing."""

    def drop(self, sha256: str, connection: Connection) -> None:
        """Take an original away for good."""

    def all(self, connection: Connection) -> Iterator[str]:
        """Yield the name of each that is kept; of a name that is none, the path."""


class Folder:
    """Originals as files: ``originals/ab/abcdef…``; encrypted, and under names that tell nothing, with a cipher."""

    def __init__(self, root: Path, cipher: Cipher | None) -> None:
        self.root = root
        self.incoming = root / "incoming"
        self.cipher = cipher

    def name(self, sha256: str) -> str:
        """Return the file's name for an original."""
        return self.cipher.name(sha256) if self.cipher else sha256

    def path(self, sha256: str) -> Path:
        """Return the place of an original."""
        name = self.name(sha256)
        return self.root / name[:2] / name

    def put(self, found: Mapping[str, bytes]) -> None:
        """Write each to ``incoming`` and onto the disk."""
        new = {sha256: data for sha256, data in found.items() if not self.path(sha256).exists()}
        if not new:
            return
        try:
            self.incoming.mkdir(parents=True, exist_ok=True)
            for sha256, data in new.items():
                self._write(sha256, data)
            _sync_folder(self.incoming)
            _sync_folder(self.root)
        except OSError as error:
            raise LedgerError(
                f"{self.root}: the original could not be kept ({error.strerror}), so its report was not recorded; what "
                "was there before is whole."
            ) from error

    def _write(self, sha256: str, data: bytes) -> None:
        whole = self.incoming / self.name(sha256)
        # Two programs, or two of the desk's requests, may bring the same original at the same moment.
        part = self.incoming / f"{whole.name}.{os.getpid()}-{get_ident()}.part"
        try:
            with part.open("wb") as file:
                file.write(self.cipher.seal(sha256, data) if self.cipher else data)
                file.flush()
                os.fsync(file.fileno())
            part.chmod(0o600)
            part.replace(whole)
        except OSError:
            part.unlink(missing_ok=True)
            raise

    def put_with(self, connection: Connection, found: Mapping[str, bytes]) -> None:
        """Do nothing: files are written before."""

    def settle(self, hashes: Iterable[str]) -> None:
        """Move each from ``incoming`` to its place; both places are looked into, so this may be done at any time."""
        for sha256 in hashes:
            waiting = self.incoming / self.name(sha256)
            path = self.path(sha256)
            try:
                path.parent.mkdir(exist_ok=True)
                waiting.replace(path)
            except FileNotFoundError:
                continue

    def get(self, sha256: str, connection: Connection) -> bytes | None:
        """Read it from its place or from ``incoming``; as it moves from there, its place is tried twice."""
        for path in (self.path(sha256), self.incoming / self.name(sha256), self.path(sha256)):
            try:
                data = path.read_bytes()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise LedgerError(f"{path}: could not be read ({error.strerror}).") from error
            return self.cipher.open(sha256, data, str(path)) if self.cipher else data
        return None

    def drop(self, sha256: str, connection: Connection) -> None:
        """Overwrite it and take it away. What a disk keeps of overwritten files is beyond any program."""
        for path in (self.path(sha256), self.incoming / self.name(sha256)):
            shred(path)

    def all(self, connection: Connection) -> Iterator[str]:
        """Yield the names of the files at their places."""
        for path in sorted(self.root.rglob("*")) if self.root.exists() else ():
            if self.incoming in path.parents or path == self.incoming or path.is_dir():
                continue
            yield path.name if path.parent == self.root / path.name[:2] else str(path)

    def waiting(self) -> list[Path]:
        """Return what stands in ``incoming``."""
        return sorted(self.incoming.iterdir()) if self.incoming.exists() else []

    def unsettle(self, known: Iterable[str]) -> None:
        """Move what no line names back to ``incoming``: in a backup it was taken in after the lines were copied."""
        names = {self.name(sha256) for sha256 in known}
        for path in sorted(self.root.glob("*/*")):
            if path.parent != self.incoming and path.is_file() and path.name not in names:
                self.incoming.mkdir(exist_ok=True)
                path.replace(self.incoming / path.name)

    def sweep(self, known: Iterable[str]) -> None:
        """Move what lines name to its place, and take away what nobody came back for within a day."""
        waiting = self.waiting()
        if not waiting:
            return
        names = {self.name(sha256): sha256 for sha256 in known}
        for path in waiting:
            if path.name in names:
                self.settle([names[path.name]])
            elif path.exists() and time.time() - path.stat().st_mtime > _FORGOTTEN_S:
                path.unlink(missing_ok=True)


class InDatabase:
    """Originals beside the lines, in the same transaction."""

    def put(self, found: Mapping[str, bytes]) -> None:
        """Do nothing: they are kept with the lines."""

    def put_with(self, connection: Connection, found: Mapping[str, bytes]) -> None:
        """Insert those that are not there."""
        there = set(connection.execute(select(originals.c.sha256).where(originals.c.sha256.in_(list(found)))).scalars())
        new = [{"sha256": sha256, "data": data} for sha256, data in found.items() if sha256 not in there]
        if new:
            connection.execute(insert(originals), new)

    def settle(self, hashes: Iterable[str]) -> None:
        """Do nothing."""

    def get(self, sha256: str, connection: Connection) -> bytes | None:
        """Read it."""
        data = connection.execute(select(originals.c.data).where(originals.c.sha256 == sha256)).scalar()
        return bytes(data) if data is not None else None

    def drop(self, sha256: str, connection: Connection) -> None:
        """Delete it."""
        connection.execute(delete(originals).where(originals.c.sha256 == sha256))

    def all(self, connection: Connection) -> Iterator[str]:
        """Yield the hashes."""
        yield from connection.execute(select(originals.c.sha256).order_by(originals.c.sha256)).scalars()


def shred(path: Path) -> None:
    """Overwrite a file and take it away, where it is there."""
    try:
        with path.open("r+b") as file:
            left = os.fstat(file.fileno()).st_size
            while left > 0:
                left -= file.write(b"\0" * min(left, 1 << 20))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
