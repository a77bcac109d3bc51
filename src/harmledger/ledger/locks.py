"""A lock between processes on one machine, let go by the system when its holder ends, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def lock(folder: Path, name: str = "ledger.lock") -> Iterator[None]:
    """Hold the lock of a folder while the block runs; wait for whoever holds it."""
    import fcntl

    folder.mkdir(parents=True, exist_ok=True)
    with (folder / name).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
