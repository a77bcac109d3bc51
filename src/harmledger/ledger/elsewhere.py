"""A ledger in another place: copied, backed up, restored."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree

from sqlalchemy import select

from harmledger.errors import LedgerError
from harmledger.ledger.address import Address, address_of
from harmledger.ledger.backup import BackedUp, backup_folder, fresh_folder, replace_ledger, unpack
from harmledger.ledger.copying import copy_lines
from harmledger.ledger.derive import Progress
from harmledger.ledger.face import Ledger
from harmledger.ledger.opening import copy_at, open_ledger
from harmledger.ledger.originals import Folder
from harmledger.ledger.tables import reports
from harmledger.ledger.verify import Verdict


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back: how many lines, where, and where what was there before lies now."""

    lines: int
    where: str
    aside: Path | None


def copy_ledger(
    ledger: Ledger, where: str | Path, passphrase: str | None = None, progress: Progress | None = None
) -> Verdict:
    """Copy everything to another place and verify it there; a copy that was stopped goes on.

    With a passphrase the copy stands under it.
    """
    with copy_at(where, passphrase, ledger.by) as target:
        if not ledger.store.frozen and target.head().number == 0:
            ledger.record_event("copy", {"to": str(target.store.address)})
        return copy_lines(ledger.store, ledger.originals, target.store, target.originals, progress)


def backup_ledger(ledger: Ledger, file: Path, passphrase: str | None = None) -> BackedUp:
    """Write the whole ledger into one file, while others write. It stands under the ledger's passphrase.

    A PostgreSQL ledger is backed up as a SQLite one, under ``passphrase`` where one is given.
    """
    if not ledger.store.postgres:
        return backup_folder(ledger.store, file)
    folder = fresh_folder(file.absolute().parent)
    try:
        with copy_at(folder, passphrase, ledger.by) as target:
            verdict = copy_lines(ledger.store, ledger.originals, target.store, target.originals)
            if not verdict.whole:
                raise LedgerError(f"{ledger.store.address}: {verdict.findings[0]} A broken ledger is not backed up.")
            return backup_folder(target.store, file)
    finally:
        rmtree(folder, ignore_errors=True)


def restore_ledger(
    file: Path, where: str | Path | None = None, passphrase: str | None = None, by: str = ""
) -> Restored:
    """Put a backup in the place of a ledger, after it was unpacked beside it and verified. What was there is kept.

    Into PostgreSQL it goes only where the database is empty.
    """
    address = address_of(where)
    folder = fresh_folder(address.notes)
    try:
        unpack(file, folder)
        with open_ledger(folder, passphrase, by) as fresh:
            _without_later_originals(fresh)
            verdict = fresh.verify()
            if not verdict.whole:
                raise LedgerError(f"{file}: {verdict.findings[0]} Nothing was replaced.")
            if address.folder is None:
                return Restored(verdict.lines, _restore_into(fresh, address), None)
            fresh.record_event("restore", {"backup": file.name, "line": fresh.head().number})
        aside = replace_ledger(folder, address.folder)
    finally:
        rmtree(folder, ignore_errors=True)
    return Restored(verdict.lines, str(address), aside)


def _without_later_originals(fresh: Ledger) -> None:
    """Set aside originals that others took in while the backup was made, after its lines were copied."""
    if isinstance(fresh.originals, Folder):
        with fresh.store.reading() as connection:
            fresh.originals.unsettle(connection.execute(select(reports.c.original)).scalars().all())


def _restore_into(fresh: Ledger, address: Address) -> str:
    assert address.url is not None
    verdict = copy_ledger(fresh, address.url)
    if not verdict.whole:
        raise LedgerError(f"{address}: {verdict.findings[0]}")
    return str(address)
