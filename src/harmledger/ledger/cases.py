"""Incidents with all they rest on, out of what is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, func, select

from harmledger.ledger.asked import Search
from harmledger.ledger.intake import report_of
from harmledger.ledger.lines import line_of
from harmledger.ledger.made import Settled, unpacked, whole
from harmledger.ledger.search import find
from harmledger.ledger.tables import incident_reports, incidents, lines
from harmledger.model import Case, Report

_AT_ONCE = 100


def cases(connection: Connection, query: Search | None = None) -> Iterator[Case]:
    """Yield the cases by day and id; of those alone with a claim that the query asks for."""
    wanted = _wanted(connection, query) if query is not None and query != Search() else None
    names = connection.execute(select(incidents.c.id).order_by(incidents.c.day, incidents.c.id)).scalars().all()
    if wanted is not None:
        names = [name for name in names if name in wanted]
    for start in range(0, len(names), _AT_ONCE):
        part = names[start : start + _AT_ONCE]
        for case in _cases(connection, part):
            if wanted is None or _asked_for(case, wanted[case.incident.id]):
                yield case


def case_of(connection: Connection, name: str) -> Case | None:
    """Return the case of an incident's id, now or before a merge, or of how it begins where only one begins so."""
    found = connection.execute(select(incidents.c.id).where(incidents.c.id.startswith(name)).limit(2)).scalars().all()
    if len(found) == 1 or name in found:
        return next(iter(_cases(connection, [name if name in found else found[0]])))
    for case in cases(connection) if not found else ():
        if any(former.startswith(name) for former in case.incident.former):
            return case
    return None


def count(connection: Connection) -> int:
    """Return how many incidents there are."""
    return connection.execute(select(func.count()).select_from(incidents)).scalar_one()


def _wanted(connection: Connection, query: Search) -> dict[str, set[str]]:
    """Return, by incident, the claims and reports that a query finds."""
    found: dict[int, set[str]] = {}
    only_words = query == Search(words=query.words)
    for hit in find(connection, query, None):
        found[hit.number] = {hit.report} if only_words else {claim.id for claim in hit.claims}
    wanted: dict[str, set[str]] = {}
    numbers = list(found)
    for start in range(0, len(numbers), 500):
        part = numbers[start : start + 500]
        for row in connection.execute(select(incident_reports).where(incident_reports.c.number.in_(part))):
            wanted.setdefault(row.incident, set()).update(found[row.number])
    return wanted


def _asked_for(case: Case, wanted: set[str]) -> bool:
    return any(name in wanted for name in case.incident.reports) or any(c.id in wanted for c in case.incident.claims)


def _cases(connection: Connection, names: Sequence[str]) -> Iterator[Case]:
    kept = {
        row.id: unpacked(row.record, Settled)
        for row in connection.execute(select(incidents.c.id, incidents.c.record).where(incidents.c.id.in_(names)))
    }
    numbers = select(incident_reports.c.number).where(incident_reports.c.incident.in_(names))
    known: dict[str, Report] = {}
    for row in connection.execute(select(lines).where(lines.c.number.in_(numbers))):
        line = line_of(row)
        if line.body is not None:
            report = report_of(line)
            known[report.id] = report
    texts = {name: report.text for name, report in known.items()}
    for name in names:
        if name in kept:
            incident = whole(kept[name].incident, texts)
            its_reports = tuple(known[each] for each in incident.reports if each in known)
            yield Case(incident, kept[name].entry, its_reports)
