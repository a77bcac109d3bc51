"""Alembic's way in: it is handed an open connection, and each migration is one transaction."""

from __future__ import annotations

from alembic import context

from harmledger.ledger.tables import tables

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables,
    transactional_ddl=True,
    version_table="ledger_version",
)
with context.begin_transaction():
    context.run_migrations()
