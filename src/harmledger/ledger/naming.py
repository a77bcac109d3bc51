"""From what a person types to what the ledger calls it."""

from __future__ import annotations

from sqlalchemy import Connection, select

from harmledger.errors import LedgerError
from harmledger.ledger.aside import reports_of
from harmledger.ledger.cases import case_of
from harmledger.ledger.tables import claims, incidents, reports


def full_name(connection: Connection, told: str) -> str:
    """Return the id of the report, claim or incident that is meant; claims and incidents by how they begin too."""
    if connection.execute(select(reports.c.id).where(reports.c.id == told)).first():
        return told
    if told.startswith("import:") and reports_of(connection, told):
        return told
    found: set[str] = set()
    if told:
        for column in (claims.c.id, incidents.c.id):
            found.update(connection.execute(select(column).where(column.startswith(told, autoescape=True))).scalars())
    if told in found:
        return told
    if len(found) == 1:
        return found.pop()
    if found:
        raise LedgerError(f"{told}: {len(found)} claims and incidents begin so. Give more of the id.")
    case = case_of(connection, told) if told else None
    if case is None:
        raise LedgerError(
            f"{told!r} is no report, claim or incident of this ledger. `harmledger search` finds reports and shows "
            "their claims."
        )
    return next(former for former in case.incident.former if former.startswith(told))
