"""Incidents that another recorder coded, read back out of the field's formats as reports with their claims given.

Such a report says in fixed lines what its row says. Its claims are taken from these lines, not found in prose, and from
there on it is like any other report: under its recorder's name, an origin like any other, that corroborates what others
tell or contradicts it.
"""

from __future__ import annotations

from harmledger.read.coded.lines import coded_claims, is_coded
from harmledger.read.coded.tables import CODED, coded_reports

__all__ = ["CODED", "coded_claims", "coded_reports", "is_coded"]
