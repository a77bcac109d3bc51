"""The record handed on: in the field's formats, redacted where it must be, each figure leading back to its claims.

>>> from harmledger.export import Plan, export_cases
>>> export_cases(cases, (), Plan("ged", Path("record.csv")))          # doctest: +SKIP
"""

from __future__ import annotations

from harmledger.export.plan import FORMATS, Done, Plan
from harmledger.export.rows import Total
from harmledger.export.run import export_cases

__all__ = ["FORMATS", "Done", "Plan", "Total", "export_cases"]
