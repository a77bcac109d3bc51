"""Opening a ledger, and making one where there is none."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harmledger.errors import LedgerError
from harmledger.ledger.address import Address, address_of
from harmledger.ledger.backup import check_not_restoring
from harmledger.ledger.cipher import Cipher, is_locked, known_cipher, new_cipher, told_passphrase
from harmledger.ledger.deleting import finish
from harmledger.ledger.face import Ledger
from harmledger.ledger.schema import prepare
from harmledger.ledger.store import Store


@contextmanager
def _closing(store: Store) -> Iterator[None]:
    try:
        yield
    except BaseException:
        store.close()
        raise


def open_ledger(where: str | Path | None = None, passphrase: str | None = None, by: str = "") -> Ledger:
    """Open a ledger, and make it where there is none yet.

    ``where`` is a folder or ``postgresql://user@host/database``; else ``HARMLEDGER_LEDGER`` or the home folder is
    taken. A passphrase that is not given is taken from the environment. ``by`` is who acts: else ``HARMLEDGER_BY`` or
    the name of the user of this machine.

    >>> with open_ledger("/tmp/example") as ledger:  # doctest: +SKIP
    ...     ledger.add(read_report("dispatch.txt"))
    """
    address = address_of(where)
    if address.folder is not None:
        check_not_restoring(address.folder)
    cipher = _cipher(address, passphrase)
    store = Store(address, cipher.database if cipher else None)
    who = by or os.environ.get("HARMLEDGER_BY", "") or getpass.getuser()
    with _closing(store):
        prepare(store, who)
        ledger = Ledger(store, cipher, who)
        finish(store, ledger.originals)
    return ledger


@contextmanager
def copy_at(where: str | Path, passphrase: str | None, by: str) -> Iterator[Ledger]:
    """Open the place of a copy: empty, or one that was stopped."""
    address = address_of(where)
    if passphrase and address.folder is None:
        raise LedgerError(f"{address}: a PostgreSQL ledger has no passphrase; encrypt its server's disk instead.")
    if passphrase and address.folder and not is_locked(address.folder) and not address.file.exists():
        new_cipher(address.folder, passphrase)
    cipher = _cipher(address, passphrase)
    store = Store(address, cipher.database if cipher else None)
    with _closing(store):
        prepare(store, by, begin=False)
    with Ledger(store, cipher, by) as ledger:
        yield ledger


def lock_new(where: str | Path, passphrase: str) -> None:
    """Make the keys for a ledger that is not there yet, which will stand under a passphrase. A lost one is lost."""
    address = address_of(where)
    if address.folder is None:
        raise LedgerError(f"{address}: a PostgreSQL ledger has no passphrase; encrypt its server's disk instead.")
    if address.file.exists() or is_locked(address.folder):
        raise LedgerError(
            f"{address}: holds a ledger already. To put it under a passphrase, copy it into a new folder: "
            "harmledger ledger copy FOLDER --locked."
        )
    new_cipher(address.folder, passphrase)


def _cipher(address: Address, passphrase: str | None) -> Cipher | None:
    if address.folder is None or not is_locked(address.folder):
        return None
    told = passphrase or told_passphrase()
    if told is None:
        raise LedgerError(
            f"{address}: is under a passphrase. Give it when asked, or by HARMLEDGER_PASSPHRASE or "
            "HARMLEDGER_PASSPHRASE_FILE. A lost passphrase is lost: nobody can open the ledger without it."
        )
    return known_cipher(address.folder, told)
