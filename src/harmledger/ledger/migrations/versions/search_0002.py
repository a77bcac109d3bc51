"""Words for searching, and what the engine makes of the reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from harmledger.ledger.words import index_all, make_indexes

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables, and write down the words of the reports that are there already."""
    op.create_table(
        "readings",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("gazetteer", sa.Text, nullable=False),
        sa.Column("made", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "next_readings",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("engine", sa.Text, nullable=False),
        sa.Column("gazetteer", sa.Text, nullable=False),
        sa.Column("made", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "claims",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("day_from", sa.Text),
        sa.Column("day_to", sa.Text),
        sa.Column("place", sa.Text, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
    )
    op.create_index("claims_number", "claims", ["number"])
    op.create_index("claims_days", "claims", ["day_from", "day_to", "number"])
    op.create_table(
        "incidents",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("record", sa.LargeBinary, nullable=False),
    )
    op.create_index("incidents_day", "incidents", ["day", "id"])
    op.create_table(
        "incident_reports",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("incident", sa.Text, primary_key=True),
    )
    op.create_index("incident_reports_incident", "incident_reports", ["incident"])
    op.create_table(
        "derived",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("value", sa.LargeBinary, nullable=False),
    )
    connection = op.get_bind()
    make_indexes(connection)
    index_all(connection)
