"""The folder where harmledger keeps gazetteers, the ledger and its own notes."""

from __future__ import annotations

import os
from pathlib import Path


def home() -> Path:
    """Return ``HARMLEDGER_HOME``, or else the user's data folder for harmledger. It need not exist yet."""
    told = os.environ.get("HARMLEDGER_HOME")
    if told:
        return Path(told)
    shared = os.environ.get("XDG_DATA_HOME")
    return (Path(shared) if shared else Path.home() / ".local" / "share") / "harmledger"
