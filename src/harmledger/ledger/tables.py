"""The tables of a ledger, the same on SQLite and PostgreSQL.

``lines`` is the ledger. All other tables are made from it, and can be thrown away and made again: ``reports``,
``mentions`` and the words for searching with each line, and the derived ones (``readings``, ``claims``, ``incidents``)
by the engine.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

tables = MetaData()

lines = Table(
    "lines",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("body", Text),
    Column("body_hash", Text, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Index("lines_kind", "kind", "number"),
)

# One row. ``changes`` counts the transactions that wrote anything, so that a seal knows whether it is still fresh;
# ``proof`` is a hash of the rest of the row.
head = Table(
    "head",
    tables,
    Column("id", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("hash", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("changes", BigInteger, nullable=False),
    Column("proof", Text, nullable=False),
)

# PostgreSQL keeps the originals beside the lines, as a team's machines share no folder; SQLite leaves it empty.
originals = Table(
    "originals",
    tables,
    Column("sha256", Text, primary_key=True),
    Column("data", LargeBinary, nullable=False),
)

reports = Table(
    "reports",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("original", Text, nullable=False),
    Column("published", Text),
    Column("outlet", Text),
    Index("reports_original", "original"),
    Index("reports_published", "published", "number"),
)

mentions = Table(
    "mentions",
    tables,
    Column("subject", Text, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
)

# What the engine read in a report: its claims and events as compressed JSON, and the gazetteer it was read with.
readings = Table(
    "readings",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("gazetteer", Text, nullable=False),
    Column("made", LargeBinary, nullable=False),
)

# What another engine read, until it is taken over.
next_readings = Table(
    "next_readings",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("engine", Text, nullable=False),
    Column("gazetteer", Text, nullable=False),
    Column("made", LargeBinary, nullable=False),
)

# What claims are found by; place and actor as folded words.
claims = Table(
    "claims",
    tables,
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("day_from", Text),
    Column("day_to", Text),
    Column("place", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Index("claims_number", "number"),
    Index("claims_days", "day_from", "day_to", "number"),
)

# Incidents with their entries. ``digest`` tells what one was made from, so that only changed ones are made again.
incidents = Table(
    "incidents",
    tables,
    Column("id", Text, primary_key=True),
    Column("day", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Index("incidents_day", "day", "id"),
)

incident_reports = Table(
    "incident_reports",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("incident", Text, primary_key=True),
    Index("incident_reports_incident", "incident"),
)

# What was made from what: the engine that was taken over, the last line that incidents were made from.
derived = Table(
    "derived",
    tables,
    Column("name", Text, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)
