"""An open database: SQLite in WAL mode or PostgreSQL, reading at any time and one writer after the other.

A write is done when ``writing()`` has ended: SQLite runs with ``synchronous=FULL``, PostgreSQL with its default
``synchronous_commit``, so that what was reported as done outlives a power cut.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select, text, update
from sqlalchemy.exc import DBAPIError, OperationalError

from harmledger.errors import LedgerError
from harmledger.ledger.address import Address
from harmledger.ledger.canonical import canonical, digest
from harmledger.ledger.chain import Head
from harmledger.ledger.locks import lock
from harmledger.ledger.remembered import remember
from harmledger.ledger.tables import head

LATEST = "0002"
# How long a writer waits for another before it gives up and says so.
PATIENCE_S = 60


class Store:
    """The database of a ledger. ``key`` is that of a ledger under a passphrase."""

    def __init__(self, address: Address, key: bytes | None = None) -> None:
        self.address = address
        self.key = key
        self.wrote = False
        self.after_write: Callable[[Store], object] = _nothing
        self.frozen = address.folder is not None and _frozen(address.folder)

    @property
    def postgres(self) -> bool:
        """Whether it is a PostgreSQL database."""
        return self.address.url is not None

    @cached_property
    def engine(self) -> Engine:
        """The pool of connections."""
        return _postgres(self.address) if self.postgres else _sqlite(self.address.file, self.key, self.frozen)

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a view of the ledger that no writer changes while it is looked at."""
        with self._told_plainly(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give the one right to write; all of it is kept when the block ends, or nothing."""
        self.check_writable()
        options: dict[str, Any] = {"writing": True}
        if self.postgres:
            # What another writer did while this one waited for the row must be seen.
            options["isolation_level"] = "READ COMMITTED"
        with (
            self._told_plainly(),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            if self.postgres:
                # Waits for whoever holds the row; on SQLite BEGIN IMMEDIATE has waited already.
                connection.execute(select(head).with_for_update())
            yield connection
            last = self.head(connection)
            count_change(connection)
        self.wrote = True
        self.after_write(self)
        remember(self.address, last)

    def check_writable(self) -> None:
        """Raise LedgerError where the folder may not be written."""
        if self.frozen:
            raise LedgerError(f"{self.address}: may not be written, so nothing was recorded. The disk is read-only.")

    @contextmanager
    def holding(self) -> Iterator[tuple[Connection, Connection]]:
        """Keep writers out of a SQLite file without writing: give the connection that does, and another."""
        with (
            self._told_plainly(),
            self.engine.connect().execution_options(writing=True) as connection,
            self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as other,
        ):
            transaction = connection.begin()
            try:
                yield connection, other
            finally:
                transaction.rollback()

    def head(self, connection: Connection) -> Head:
        """Return the last line's number, hash and time."""
        row = connection.execute(select(head.c.number, head.c.hash, head.c.at)).one()
        return Head(row.number, row.hash, row.at)

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise LedgerError(_plainly(error, self.address)) from error


def _nothing(store: Store) -> None:
    """Do nothing after a write."""


def count_change(connection: Connection) -> None:
    """Count a transaction that wrote, and prove the row of the head, which no chain covers."""
    row = connection.execute(select(head)).one()
    changes = row.changes + 1
    connection.execute(update(head).values(changes=changes, proof=proof_of(row.number, row.hash, row.at, changes)))


def proof_of(number: int, hash_: str, at: str, changes: int) -> str:
    """Return the hash by which a change of the head's row is seen."""
    return digest(canonical([number, hash_, at, changes]).encode("utf-8"))


@contextmanager
def only_one(store: Store) -> Iterator[None]:
    """Hold a ledger's lock, for what must not be done by two at once: making it and renewing its seal."""
    if store.postgres:
        with store.engine.connect() as connection:
            connection.execute(text("SELECT pg_advisory_lock(7102019)"))
            try:
                yield
            finally:
                connection.execute(text("SELECT pg_advisory_unlock(7102019)"))
    else:
        with lock(store.address.notes):
            yield


def _sqlite(file: Path, key: bytes | None, frozen: bool) -> Engine:
    module: Any = import_module("sqlite3" if key is None else "sqlcipher3.dbapi2")
    where = f"file:{_quoted(file)}?immutable=1" if frozen else f"file:{_quoted(file)}"

    def connect() -> Any:
        made = module.connect(where, uri=True, timeout=PATIENCE_S, check_same_thread=False, isolation_level=None)
        if key is not None:
            made.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        try:
            made.execute("PRAGMA synchronous = FULL")
        except UnicodeDecodeError as error:  # SQLite quotes a damaged name of a table in its message
            made.close()
            raise module.DatabaseError("malformed database schema: a name in it is no text") from error
        made.execute("PRAGMA secure_delete = ON")
        made.execute("PRAGMA temp_store = MEMORY")
        # Pages go into the main file only where the seal is renewed with them (seal.py).
        made.execute("PRAGMA wal_autocheckpoint = 0")
        return made

    engine = create_engine("sqlite://", creator=connect, module=module, poolclass=_queue())

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writing")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _queue() -> Any:
    from sqlalchemy.pool import QueuePool

    return QueuePool


def _quoted(file: Path) -> str:
    return str(file.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _postgres(address: Address) -> Engine:
    try:
        import psycopg  # noqa: F401
    except ImportError as error:
        raise LedgerError(
            f"{address}: needs the library psycopg. Install it: pip install 'harmledger[postgres]'."
        ) from error
    url = str(address.url).replace("postgresql://", "postgresql+psycopg://", 1)
    return create_engine(url, isolation_level="REPEATABLE READ", pool_pre_ping=True)


def _frozen(folder: Path) -> bool:
    """Whether the folder may not be written; evidence is often read from such a disk."""
    return folder.is_dir() and not os.access(folder, os.W_OK)


def _plainly(error: DBAPIError, where: Address) -> str:
    told = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else type(error.orig).__name__
    known = (
        ("disk is full", "the disk is full, so this was not recorded; what was there before is whole. Make room."),
        ("No space left", "the disk is full, so this was not recorded; what was there before is whole. Make room."),
        ("readonly", "may not be written, so nothing was recorded. Is the folder or the disk read-only?"),
        ("unable to open", "could not be opened. Is the folder there, and yours to read?"),
        ("locked", f"another program has been writing for {PATIENCE_S} seconds. Try again when it is done."),
        ("not a database", "cannot be read: the passphrase is wrong, or the file is damaged."),
        ("malformed", "the file is damaged. `harmledger verify` tells where; restore a backup."),
    )
    for sign, sentence in known:
        if sign.casefold() in told.casefold():
            return f"{where}: {sentence}"
    if isinstance(error, OperationalError) and where.url is not None:
        return f"{where}: the server did not answer as it should ({told})."
    return f"{where}: {told}"
