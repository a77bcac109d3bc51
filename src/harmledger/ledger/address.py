"""Where a ledger is kept: a folder with a SQLite file and the originals, or a PostgreSQL database."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from harmledger.errors import LedgerError
from harmledger.home import home

FILE = "ledger.db"
VARIABLE = "HARMLEDGER_LEDGER"


@dataclass(frozen=True, slots=True)
class Address:
    """One of ``folder`` and ``url`` is set. ``notes`` is the folder for the small files beside the ledger."""

    folder: Path | None
    url: str | None
    notes: Path

    @property
    def file(self) -> Path:
        """The SQLite file."""
        assert self.folder is not None
        return self.folder / FILE

    def __str__(self) -> str:
        """Show where it is, never a password."""
        if self.url is None:
            return str(self.folder)
        parts = urlsplit(self.url)
        host = f"{parts.hostname or ''}{f':{parts.port}' if parts.port else ''}"
        return f"postgresql://{host}{parts.path}"


def address_of(told: str | Path | None = None) -> Address:
    """Return the ledger's address: what was told, else ``HARMLEDGER_LEDGER``, else the home folder.

    >>> str(address_of("postgresql://amal:secret@records.example/harm"))
    'postgresql://records.example/harm'
    """
    where = str(told) if told else os.environ.get(VARIABLE, "") or str(home())
    if "://" not in where:
        path = Path(where).expanduser()
        folder = path.parent if path.name == FILE else path
        return Address(folder, None, folder)
    scheme = where.partition("://")[0]
    if scheme not in ("postgresql", "postgres"):
        raise LedgerError(f"{scheme}://…: is no ledger's address. Name a folder, or postgresql://user@host/database.")
    url = "postgresql" + where[len(scheme) :]
    address = Address(None, url, home())
    name = hashlib.sha256(str(address).encode()).hexdigest()[:16]
    return Address(None, url, home() / "servers" / name)
