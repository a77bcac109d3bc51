"""harmledger: from reports of armed violence to an attributed record of harm.

Four hops: reports are read, claims are extracted, incidents are matched, a record is reconciled.

    from harmledger import extract_claims, match_incidents, read_report, reconcile

    report = read_report("dispatch.txt", published="2019-08-29")
    record = reconcile(match_incidents([(report, extract_claims(report))]))

Each name is imported when it is first used, so that importing harmledger costs little.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

# At once, unlike the others: the room has the name of its verb, and whichever is imported last would keep it.
from harmledger.reconcile import reconcile as reconcile

if TYPE_CHECKING:
    from harmledger.counts import Count as Count
    from harmledger.counts import CountRange as CountRange
    from harmledger.dates import DateRange as DateRange
    from harmledger.errors import HarmledgerError as HarmledgerError
    from harmledger.errors import ReportError as ReportError
    from harmledger.extract.engine import extract_claims as extract_claims
    from harmledger.gazetteer import Gazetteer as Gazetteer
    from harmledger.gazetteer import open_gazetteer as open_gazetteer
    from harmledger.match import match_incidents as match_incidents
    from harmledger.model import Claim as Claim
    from harmledger.model import Entry as Entry
    from harmledger.model import Incident as Incident
    from harmledger.model import Report as Report
    from harmledger.model import Span as Span
    from harmledger.places import Place as Place
    from harmledger.read import ReadOptions as ReadOptions
    from harmledger.read import read_report as read_report
    from harmledger.read import read_reports as read_reports

_ROOM_OF = {
    "read_report": "read",
    "read_reports": "read",
    "extract_claims": "extract.engine",
    "open_gazetteer": "gazetteer",
    "Gazetteer": "gazetteer",
    "match_incidents": "match",
    "ReadOptions": "read",
    "Report": "model",
    "Span": "model",
    "Claim": "model",
    "Incident": "model",
    "Entry": "model",
    "Count": "counts",
    "CountRange": "counts",
    "DateRange": "dates",
    "Place": "places",
    "HarmledgerError": "errors",
    "ReportError": "errors",
}
__all__ = sorted([*_ROOM_OF, "reconcile"])


def __getattr__(name: str) -> Any:
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'harmledger' has no attribute {name!r}")
    return getattr(import_module(f"harmledger.{_ROOM_OF[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *_ROOM_OF])
