"""Words for searching: lower case, without marks, Arabic vowels, hamza and tatweel; the forms of alef are one letter."""

from __future__ import annotations

from sqlalchemy import Connection

from harmledger.model import Report


def index_report(connection: Connection, number: int, report: Report) -> None:
    """Write down the words of a report."""
