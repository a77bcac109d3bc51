"""Small things noted of what is derived: its engine, and what it was made from."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from harmledger.ledger.tables import derived


def get(connection: Connection, name: str) -> bytes | None:
    """Return what was noted under a name."""
    found = connection.execute(select(derived.c.value).where(derived.c.name == name)).scalar()
    return bytes(found) if found is not None else None


def put(connection: Connection, name: str, value: bytes) -> None:
    """Note something under a name, in place of what was there."""
    connection.execute(delete(derived).where(derived.c.name == name))
    connection.execute(insert(derived).values(name=name, value=value))
