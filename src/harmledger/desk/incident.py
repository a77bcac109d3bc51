"""One incident as the desk shows it: figures that lead to sentences, origins, reasons, and what was judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from harmledger.desk.judge import Done, judged, seen_of
from harmledger.desk.report import quoted
from harmledger.desk.shelf import Shelf
from harmledger.export.figures import Figure
from harmledger.export.flat import counts
from harmledger.export.report.figures_view import View, view_of
from harmledger.judged import standing
from harmledger.ledger import Ledger
from harmledger.ledger.cases import case_of
from harmledger.ledger.chain import Line
from harmledger.ledger.judging import all_judgements
from harmledger.ledger.tables import reports
from harmledger.model import Case
from harmledger.reconcile.persons import names_of

_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that an incident's page shows. ``numbers`` are the lines of its reports, by id."""

    case: Case
    view: View
    figures: Mapping[str, Figure]
    numbers: Mapping[str, int]
    merges: Sequence[Mapping[str, object]]
    judgements: Sequence[Done]
    history: Sequence[Line]
    seen: int
    heaviest: float
    apart: Sequence[Mapping[str, object]] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The ids that the incident has or had."""
        return (self.case.incident.id, *(event.id for event in self.case.incident.events))


def sheet_of(ledger: Ledger, shelf: Shelf, name: str) -> Sheet | None:
    """Return the sheet of an incident by its id, now or before a merge or split; None where there is none."""
    name = shelf.one("SELECT incident FROM formers WHERE event = ?", [name]) or name
    with ledger.store.reading() as connection:
        case = case_of(connection, name) if len(name) >= 8 else None
        if case is None:
            return None
        asked = select(reports.c.id, reports.c.number).where(reports.c.id.in_(case.incident.reports))
        numbers = {row.id: row.number for row in connection.execute(asked)}
    names = list(names_of(case.incident))
    merges = [dict(row) for row in shelf.rows("SELECT * FROM merges WHERE incident = ?", [case.incident.id])]
    subjects = [*names, *(str(merge[end]) for merge in merges for end in ("subject", "against"))]
    done = judged(ledger, [*subjects, *(claim.id for claim in case.incident.claims)])
    weights = [abs(weight) for link in case.incident.links for _, weight in link.weights]
    return Sheet(
        case,
        _short(case, view_of(case, 1)),
        counts(case),
        numbers,
        merges,
        done,
        ledger.history(case.incident.id),
        seen_of(ledger, [case.incident.id, *(event.id for event in case.incident.events)]),
        max(weights, default=1.0) or 1.0,
        _apart(ledger, shelf, case),
    )


def _apart(ledger: Ledger, shelf: Shelf, case: Case) -> list[Mapping[str, object]]:
    """Return the incidents that persons keep apart from this one: where what was split off is now."""
    with ledger.store.reading() as connection:
        pairs = standing(all_judgements(connection)).pairs
    own = {*names_of(case.incident), *(event.id for event in case.incident.events)}
    found: dict[str, Mapping[str, object]] = {}
    for pair in pairs:
        other = pair.other if pair.subject in own else pair.subject if pair.other in own else None
        if pair.verb != "not_same_incident" or other is None:
            continue
        rows = shelf.rows(
            "SELECT i.id, i.title, i.day_from, i.killed_low, i.killed_high, i.killed_open FROM formers f "
            "JOIN incidents i ON i.id = f.incident WHERE f.event = ?",
            [other],
        )
        if rows and rows[0]["id"] != case.incident.id:
            found[rows[0]["id"]] = dict(rows[0])
    return list(found.values())


def _short(case: Case, view: View) -> View:
    """Return a view whose quotes fit a page: of a sentence without end, what stands around the number."""
    claims = {claim.id: claim for claim in case.incident.claims}
    texts = {report.id: report.text for report in case.reports}
    quotes = []
    for quote in view.quotes:
        claim = claims[quote.claims[0]]
        long = claim.sentence.end - claim.sentence.start > _LONGEST
        quotes.append(replace(quote, sentence=quoted(texts[claim.report], claim)) if long else quote)
    return replace(view, quotes=tuple(quotes))
