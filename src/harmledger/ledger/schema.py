"""Making a ledger's tables, and bringing older ones up to date, each step whole or not at all."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, insert, inspect, text

from harmledger.errors import LedgerError
from harmledger.ledger.chain import NO_LINE, Draft
from harmledger.ledger.seal import renew, renew_when_long, seal_path
from harmledger.ledger.store import LATEST, Store, count_change, only_one
from harmledger.ledger.tables import head


def version(store: Store) -> str | None:
    """Return the version of the tables; None where there are none yet."""
    with store.reading() as connection:
        return _version(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("ledger_version"):
        return None
    found = connection.execute(text("SELECT version_num FROM ledger_version")).scalar()
    return str(found) if found else None


def prepare(store: Store, by: str, begin: bool = True) -> None:
    """Make the tables where there are none, bring older ones up to date, and refuse those of a later harmledger.

    A new ledger begins with a line that names it, unless it is to become the copy of another.
    """
    from harmledger.ledger.lines import append

    found = version(store) if store.postgres or store.address.file.exists() else None
    store.after_write = renew_when_long
    if found == LATEST:
        return
    if found is not None and found > LATEST:
        raise LedgerError(
            f"{store.address}: was written by a later harmledger (tables {found}, this one knows {LATEST}). Upgrade."
        )
    if store.frozen:
        raise LedgerError(f"{store.address}: holds no ledger of this version, and none can be made: it is read-only.")
    with only_one(store):
        if not store.postgres:
            with store.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA journal_mode = WAL")
                connection.exec_driver_sql("BEGIN")
        upgrade(store)
        fresh = not store.postgres and not seal_path(store).exists() and found is None
        with store.writing() as connection:
            if begin and store.head(connection).number == 0:
                append(store, connection, [Draft("opened", {"ledger": str(uuid4()), "format": 1}, by)])
    if fresh:
        renew(store, whole=True)


def upgrade(store: Store, revision: str = "head") -> None:
    """Run the migrations up to ``revision`` in one transaction each."""
    from alembic import command
    from alembic.config import Config

    with store.engine.connect().execution_options(writing=True) as connection, connection.begin():
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        if not connection.execute(text("SELECT count(*) FROM head")).scalar():
            connection.execute(insert(head).values(id=1, number=0, hash=NO_LINE, at="", changes=0, proof=""))
        count_change(connection)
