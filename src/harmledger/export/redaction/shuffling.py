"""Cases put in an order that tells nothing, whatever their number: sorted by their new names, in files.

The new names are keyed hashes, so that their order is chance's; two exports of one record have two orders.
"""

from __future__ import annotations

import heapq
import pickle
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import IO

from harmledger.model import Case

_CHUNK = 10_000


class Shuffled:
    """Cases kept in temporary files, already redacted; may be gone through again and again."""

    def __init__(self, cases: Iterable[Case], folder: Path) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix=".harmledger-", dir=folder)
        self._files: list[Path] = []
        todo = iter(cases)
        while chunk := sorted(islice(todo, _CHUNK), key=_name):
            path = Path(self._folder.name) / f"{len(self._files)}.part"
            with path.open("wb") as file:
                for case in chunk:
                    pickle.dump(case, file, protocol=pickle.HIGHEST_PROTOCOL)
            self._files.append(path)

    def __iter__(self) -> Iterator[Case]:
        files = [path.open("rb") for path in self._files]
        try:
            yield from heapq.merge(*map(_loaded, files), key=_name)
        finally:
            for file in files:
                file.close()

    def close(self) -> None:
        """Delete the files."""
        self._folder.cleanup()


def _name(case: Case) -> str:
    return case.entry.incident


def _loaded(file: IO[bytes]) -> Iterator[Case]:
    while True:
        try:
            case = pickle.load(file)
        except EOFError:
            return
        yield case
