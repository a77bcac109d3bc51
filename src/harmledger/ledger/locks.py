"""A lock between processes on one machine, let go by the system when its holder ends, however it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harmledger.errors import LedgerError


@contextmanager
def lock(folder: Path, name: str = "ledger.lock") -> Iterator[None]:
    """Hold the lock of a folder while the block runs; wait for whoever holds it."""
    import fcntl

    try:
        # A new folder is its owner's alone.
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = (folder / name).open("a")
    except OSError as error:
        raise LedgerError(
            f"{folder}: may not be written ({error.strerror}), so nothing was done. Is the folder yours, or the disk "
            "read-only?"
        ) from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
