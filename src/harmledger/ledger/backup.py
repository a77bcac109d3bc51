"""A ledger in one file, made while others write, and put back only after it was verified.

The file is a tar archive: the database, its originals, the settings of its key where it has one, and last a list of
every file's SHA-256. It stands under the same passphrase as the ledger. A PostgreSQL ledger is backed up as a SQLite
one, since that is what can be opened anywhere.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from harmledger.errors import LedgerError
from harmledger.ledger import cipher
from harmledger.ledger.address import FILE
from harmledger.ledger.chain import now
from harmledger.ledger.deleting import alone
from harmledger.ledger.locks import lock
from harmledger.ledger.store import Store

MANIFEST = "backup.json"
FORMAT = "harmledger-backup-1"
RESTORING = "ledger.restoring"
# What belongs to a ledger in its folder; gazetteers and other things there are not touched.
_PARTS = (FILE, f"{FILE}-wal", f"{FILE}-shm", "ledger.seal", "ledger.head", cipher.NAME, "originals")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class BackedUp:
    """What was written: how many files, and how many bytes."""

    files: int
    bytes: int


def backup_folder(store: Store, target: Path) -> BackedUp:
    """Write the ledger of a folder into one file. Others may write meanwhile; what they add later is not in it."""
    folder = store.address.notes
    part = target.with_name(f"{target.name}.part")
    sums: dict[str, str] = {}
    try:
        with alone(store), part.open("wb") as raw:
            with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as archive:
                # Pages reach the main file only under this lock; the WAL beside it may grow, and its whole
                # transactions up to here are what the backup holds.
                with lock(folder), store.reading() as connection:
                    store.head(connection)
                    for name in (FILE, f"{FILE}-wal"):
                        if (folder / name).exists():
                            sums[name] = _add(archive, folder / name, name)
                if (folder / cipher.NAME).exists():
                    sums[cipher.NAME] = _add(archive, folder / cipher.NAME, cipher.NAME)
                for path in _originals(folder / "originals"):
                    name = path.relative_to(folder).as_posix()
                    try:
                        sums[name] = _add(archive, path, name)
                    except FileNotFoundError:
                        # It moved from "incoming" to its place while we looked.
                        settled = folder / "originals" / path.name[:2] / path.name
                        if settled.exists() and settled.relative_to(folder).as_posix() not in sums:
                            name = settled.relative_to(folder).as_posix()
                            sums[name] = _add(archive, settled, name)
                told = json.dumps({"format": FORMAT, "at": now(), "files": sums}, indent=1).encode()
                entry = tarfile.TarInfo(MANIFEST)
                entry.size = len(told)
                archive.addfile(entry, io.BytesIO(told))
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise LedgerError(
            f"{target}: the backup could not be written ({error.strerror}). The ledger is whole."
        ) from error
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return BackedUp(len(sums), target.stat().st_size)


def _originals(root: Path) -> Iterator[Path]:
    """Yield what waits first: it may move to its place meanwhile, and is met there."""
    waiting = sorted((root / "incoming").glob("*")) if (root / "incoming").exists() else []
    yield from (path for path in waiting if path.is_file() and not path.name.endswith(".part"))
    for path in sorted(root.rglob("*")) if root.exists() else ():
        if path.is_file() and path.parent.name != "incoming":
            yield path


class _Summed:
    """A file that is hashed while it is read, up to a size that was settled before: it may be growing."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.left = os.fstat(file.fileno()).st_size
        self.sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        data = self.file.read(self.left if size < 0 else min(size, self.left))
        self.left -= len(data)
        self.sum.update(data)
        return data


def _add(archive: tarfile.TarFile, path: Path, name: str) -> str:
    with path.open("rb") as file:
        source = _Summed(file)
        entry = tarfile.TarInfo(name)
        entry.size = source.left
        archive.addfile(entry, source)
        return source.sum.hexdigest()


def unpack(file: Path, folder: Path) -> None:
    """Unpack a backup into an empty folder and compare every file with the list; LedgerError where one differs."""
    found: dict[str, str] = {}
    told: dict[str, object] = {}
    try:
        with tarfile.open(file, "r:") as archive:
            for entry in archive:
                name = _safe(entry, file)
                source = archive.extractfile(entry)
                assert source is not None
                if name == MANIFEST:
                    told = json.loads(source.read())
                    continue
                found[name] = _write(source, folder / name)
    except (tarfile.TarError, ValueError, EOFError) as error:
        raise LedgerError(
            f"{file}: is no backup of a ledger, or is damaged ({error}). Nothing was replaced."
        ) from error
    except OSError as error:
        raise LedgerError(f"{file}: could not be unpacked ({error.strerror}). Nothing was replaced.") from error
    if told.get("format") != FORMAT or FILE not in found:
        raise LedgerError(f"{file}: is no backup of a ledger, or its end is missing. Nothing was replaced.")
    if told["files"] != found:
        listed = told["files"] if isinstance(told["files"], dict) else {}
        wrong = sorted(n for n in found.keys() | listed.keys() if found.get(n) != listed.get(n))
        raise LedgerError(f"{file}: {wrong[0]} is not what was backed up. Nothing was replaced.")


def is_locked_backup(file: Path) -> bool:
    """Whether a backup stands under a passphrase; False for what is no backup, which ``unpack`` tells."""
    try:
        with tarfile.open(file, "r:") as archive:
            return any(entry.name == cipher.NAME for entry, _ in zip(archive, range(3), strict=False))
    except (OSError, tarfile.TarError):
        return False


def _safe(entry: tarfile.TarInfo, file: Path) -> str:
    """Return an entry's name; LedgerError where it is none of a ledger's files: an archive may come from anybody."""
    path = PurePosixPath(entry.name)
    known = entry.name in (*_PARTS, MANIFEST) or path.parts[0] == "originals"
    if not entry.isfile() or path.is_absolute() or ".." in path.parts or not known:
        raise LedgerError(f"{file}: holds {entry.name!r}, which no backup of a ledger does. Nothing was replaced.")
    return entry.name


def _write(source: IO[bytes], path: Path) -> str:
    made = hashlib.sha256()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        while data := source.read(_CHUNK):
            made.update(data)
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return made.hexdigest()


def replace_ledger(fresh: Path, folder: Path) -> Path | None:
    """Put a verified ledger in the place of another, which is moved aside and kept. Return where it lies now.

    A note stands in the folder while this goes on, so that a ledger that is half replaced is never taken for whole.
    """
    note = folder / RESTORING
    if not note.exists():
        name = f"replaced-{now().replace(':', '').replace('.', '')[:17]}"
        old = [each for each in _PARTS if (folder / each).exists()]
        part = folder / f"{RESTORING}.part"
        part.write_text(json.dumps({"aside": name, "old": old}))
        part.replace(note)
    told = json.loads(note.read_text())
    aside = folder / told["aside"]
    for name in _PARTS:
        here = folder / name
        if name in told["old"] and not (aside / name).exists():
            aside.mkdir(exist_ok=True)
            here.replace(aside / name)
        elif here.is_dir():
            shutil.rmtree(here)  # of the restore that was stopped, as is the file below
        else:
            here.unlink(missing_ok=True)
    for name in _PARTS:
        if (fresh / name).exists():
            (fresh / name).replace(folder / name)
    note.unlink()
    for path in folder.glob("restoring-*"):
        shutil.rmtree(path, ignore_errors=True)
    return aside if aside.exists() else None


def check_not_restoring(folder: Path) -> None:
    """Raise LedgerError where a restore was stopped half way."""
    note = folder / RESTORING
    if note.exists():
        raise LedgerError(
            f"{folder}: a restore was stopped half way. Run `harmledger restore` again with the same backup; what was "
            "there before lies in a folder replaced-… there."
        )


def fresh_folder(folder: Path) -> Path:
    """Return a new folder on the same disk as a ledger."""
    folder.mkdir(parents=True, exist_ok=True)
    return Path(tempfile.mkdtemp(prefix="restoring-", dir=folder))
