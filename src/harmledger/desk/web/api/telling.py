"""From what the desk holds to the shapes of the API; what a caller may not see is left out here, once for all."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from sqlite3 import Row

from harmledger.desk.incident import Sheet
from harmledger.desk.judge import Done
from harmledger.desk.queue import doubts_in
from harmledger.desk.web.api.shapes import (
    ClaimTold,
    IncidentRow,
    IncidentTold,
    JudgementTold,
    LeftOut,
    Link,
    Origin,
    Place,
    Range,
    ReportRow,
    Toll,
    Weight,
)
from harmledger.ledger.chain import Line
from harmledger.model import Claim, Report
from harmledger.model import Link as Merge
from harmledger.query import NONE

_OPEN_END = "9999-12-31"
# What the fields of an incident's own page hold for a caller without restricted fields: nothing.
WITHHELD = ("because", "claims", "reports", "origins", "left_out", "contradictions", "warnings", "links", "notes",
            "judgements", "persons_named")  # fmt: skip


def place_told(row: Row | None, full: bool) -> Place:
    """Return the place of an incident's row; without the right to restricted fields a coarse one."""
    if row is None:
        return Place(name=None, admin1=None, country=None, latitude=None, longitude=None, precision=None)
    digits = 5 if full else 1
    return Place(
        name=(row["title"] if full else row["coarse"]) or None,
        admin1=row["admin1"] or None,
        country=row["country"] or None,
        latitude=round(row["latitude"], digits) if row["latitude"] is not None else None,
        longitude=round(row["longitude"], digits) if row["longitude"] is not None else None,
        precision=row["precision"],
    )


def incident_row(row: Row, full: bool) -> IncidentRow:
    """Return an incident as it stands in a list."""
    return IncidentRow(
        id=row["id"],
        place=place_told(row, full),
        date_start=_day(row["day_from"]),
        date_end=_day(row["day_to"]),
        killed=_range(row, "killed"),
        injured=_range(row, "injured"),
        kinds=row["kinds"].split(),
        actor=None if row["actor"] == NONE else row["actor"],
        means=None if row["means"] == NONE else row["means"],
        grade=row["grade"],
        reports=row["reports"],
        origins=row["origins"],
        doubt=round(row["doubt"], 4),
    )


def _range(row: Row, kind: str) -> Range | None:
    if row[f"{kind}_low"] is None:
        return None
    return Range(low=row[f"{kind}_low"], high=None if row[f"{kind}_open"] else row[f"{kind}_high"])


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told and told != _OPEN_END else None


def incident_told(sheet: Sheet, row: Row | None, full: bool) -> IncidentTold:
    """Return an incident with all it rests on."""
    entry, incident = sheet.case.entry, sheet.case.incident
    tolls = {
        name: Toll(
            low=figure.low,
            high=figure.high,
            best=figure.best,
            claims=list(figure.claims) if full else None,
            because=figure.because if full else None,
        )
        for name, figure in sheet.figures.items()
    }
    told = IncidentTold(
        id=entry.incident,
        former=list(incident.former) if full else [],
        place=place_told(row, full),
        date_start=entry.when.start if entry.when else None,
        date_end=entry.when.end if entry.when else None,
        tolls=tolls,
        actor=entry.actor,
        means=entry.means,
        grade=entry.grade,
        withheld=[],
        because=dict(entry.because),
        claims=list(entry.claims),
        reports=sorted(sheet.numbers.values()),
        origins=[Origin(name=o.name, reports=list(o.reports), because=o.because) for o in entry.origins],
        left_out=[LeftOut(claim=o.claim, field=o.field, because=o.because) for o in entry.left_out],
        contradictions=list(entry.contradictions),
        warnings=list(entry.warnings),
        links=[_link(link) for link in incident.links],
        notes=list(entry.notes),
        judgements=judgements_told(sheet.judgements),
        persons_named=len(entry.victims),
        seen=sheet.seen,
    )
    return told if full else told.model_copy(update={**dict.fromkeys(WITHHELD), "withheld": list(WITHHELD)})


def _link(link: Merge) -> Link:
    weights = [Weight(because=because, weight=weight) for because, weight in link.weights]
    return Link(report=link.report, other=link.other, probability=link.probability, weights=weights, judged=link.judged)


def judgements_told(done: Iterable[Done]) -> list[JudgementTold]:
    """Return judgements with whether they stand."""
    return [
        JudgementTold(
            id=each.judgement.id,
            verb=each.judgement.verb,
            subject=each.judgement.subject,
            other=each.judgement.other,
            field=each.judgement.field,
            value=each.judgement.value,
            reason=each.judgement.reason,
            by=each.judgement.by,
            at=each.judgement.at,
            stands=each.stands,
        )
        for each in done
    ]


def claim_told(claim: Claim, report: Report, row: Row) -> ClaimTold:
    """Return a claim with its sentence and what the shelf knows of it."""
    place = claim.located
    return ClaimTold(
        id=claim.id,
        report=row["number"],
        report_id=report.id,
        start=claim.span.start,
        end=claim.span.end,
        sentence=claim.sentence.of(report.text)[:_LONGEST],
        words=claim.span.of(report.text)[:_LONGEST],
        kind=claim.kind,
        value=claim.count.value,
        high=claim.count.high,
        bound=claim.count.bound,
        group=claim.group,
        status=claim.status,
        scope=claim.scope,
        place=claim.place,
        place_id=place.id if place else None,
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        precision=place.precision if place else None,
        start_date=claim.when.start if claim.when else None,
        end_date=claim.when.end if claim.when else None,
        actor=claim.actor,
        means=claim.means,
        munitions=list(claim.munitions),
        sources=list(claim.sources),
        role=claim.role,
        parent=claim.parent,
        confidence=claim.confidence,
        because=dict(claim.because),
        engine=claim.engine,
        state=row["state"],
        doubts=list(doubts_in(row)),
        incident=row["incident"],
    )


# A "sentence" of a hostile report may be as long as the report; a list of claims is not.
_LONGEST = 2000


def report_row(report: Report, line: Line) -> ReportRow:
    """Return where a report comes from, and who took it in."""
    return ReportRow(
        number=line.number,
        id=report.id,
        published=report.published,
        outlet=report.outlet,
        address=report.address,
        title=report.title,
        sha256=report.sha256,
        notes=list(report.notes),
        taken_at=line.at,
        taken_by=line.by,
    )
