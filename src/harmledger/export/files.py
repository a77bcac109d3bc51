"""Files that are whole or not there: written beside their place, brought to the disk, then put in their place."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO

from harmledger.errors import ExportError


class Bundle:
    """The file that was asked for and those beside it. All are put in place together at the end, or none is.

    The main file is put in place last: where it stands, its side files stand too.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self._waiting: list[tuple[Path, Path, bool]] = []
        self._open: list[IO[bytes]] = []
        if out.is_dir():
            raise ExportError(f"{out}: is a folder. Name a file: --out {out}/record.csv.")

    def __enter__(self) -> Bundle:
        return self

    @property
    def placed(self) -> tuple[Path, ...]:
        """Return the files that are to stand, the main one first; private ones are not named."""
        places = [place for _, place, private in self._waiting if not private]
        return tuple(sorted(places, key=lambda place: (place != self.out, place.name)))

    def beside(self, suffix: str) -> Path:
        """Return the place of a side file: ``record.csv`` and ``.loss.txt`` give ``record.csv.loss.txt``."""
        return self.out.with_name(self.out.name + suffix)

    def side_table(self, name: str) -> Path:
        """Return the place of a side table: ``record.csv`` and ``victims`` give ``record.victims.csv``."""
        return self.out.with_name(f"{self.out.stem}.{name}.csv")

    def open(self, place: Path, private: bool = False) -> IO[bytes]:
        """Return a file to write that will stand at ``place``. It is nobody else's to read until then."""
        file = os.fdopen(os.open(self.path_for(place, private), os.O_WRONLY), "wb")
        self._open.append(file)
        return file

    def path_for(self, place: Path, private: bool = False) -> Path:
        """Return the path of an empty file to fill that will stand at ``place``."""
        try:
            handle, name = tempfile.mkstemp(prefix=f".{place.name}.", suffix=".part", dir=place.parent)
        except OSError as error:
            raise ExportError(
                f"{place}: could not be written ({error.strerror}). Is its folder there, and may you write in it?"
            ) from error
        os.close(handle)
        self._waiting.append((Path(name), place, private))
        return Path(name)

    def digests(self) -> dict[str, str]:
        """Return the SHA-256 of each file that is to stand, as it is now on the disk; private ones are not named."""
        for file in self._open:
            file.flush()
        return {place.name: _digest(part) for part, place, private in self._waiting if not private}

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            for file in self._open:
                file.close()
            if kind is None:
                self._put_in_place()
        except OSError as failed:
            raise ExportError(f"{self.out}: could not be written ({failed.strerror}). Is the disk full?") from failed
        finally:
            for part, _, _ in self._waiting:
                with suppress(FileNotFoundError):
                    part.unlink()

    def _put_in_place(self) -> None:
        mask = _mask()
        for part, _, private in self._waiting:
            _to_disk(part)
            part.chmod(0o600 if private else 0o666 & ~mask)
        # what stood here before under the same names belongs to an older export and must not stay beside a new one
        for part, place, _ in sorted(self._waiting, key=lambda each: each[1] == self.out):
            os.replace(part, place)
        for folder in {place.parent for _, place, _ in self._waiting}:
            _to_disk(folder)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _mask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
