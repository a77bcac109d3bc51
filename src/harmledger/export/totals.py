"""The running totals of a ledger, each with its report, as exports show them beside the incidents."""

from __future__ import annotations

from collections.abc import Iterator

from harmledger.export.rows import Total
from harmledger.ledger import Ledger


def totals_in(book: Ledger) -> Iterator[Total]:
    """Yield the running totals in the order of the ledger."""
    for claims in book.claims_by_report():
        loose = [claim for claim in claims if claim.scope == "cumulative"]
        report = book.report(loose[0].report) if loose else None
        yield from (Total(claim, report) for claim in loose if report is not None)
