"""Reports out, with their text and their original; and what their words find."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import dropwhile, islice
from typing import Annotated

from fastapi import APIRouter, Query, Request
from sqlalchemy import select
from starlette.responses import Response

from harmledger.desk.slices import cursor_of, number_in
from harmledger.desk.web.api.asking import PLAIN, Desk, Number, Piece, Word, asked_in, lead_on
from harmledger.desk.web.api.door import Reader
from harmledger.desk.web.api.problems import Problem
from harmledger.desk.web.api.shapes import Day, Hits, HitTold, ReportRow, Reports, ReportTold
from harmledger.desk.web.api.telling import report_row
from harmledger.desk.workplace import Workplace
from harmledger.ledger.asked import Search
from harmledger.ledger.chain import Line
from harmledger.ledger.intake import report_of
from harmledger.ledger.lines import line_of
from harmledger.ledger.search import find
from harmledger.ledger.tables import lines, reports
from harmledger.model import Kind, Report

router = APIRouter(tags=["Reports"])


@router.get("/reports", response_model=Reports, summary="List reports")
def report_list(
    request: Request,
    response: Response,
    desk: Desk,
    caller: Reader,
    piece: Piece,
    id: Annotated[str, Query(max_length=500, pattern=PLAIN, description="Only the report with this id.")] = "",
) -> Reports:
    """List reports in the order in which they were taken in, without their texts."""
    after = number_in(piece.cursor) if piece.cursor else 0
    asked = select(lines).join(reports, reports.c.number == lines.c.number).where(lines.c.number > after)
    if id:
        asked = asked.where(reports.c.id == id)
    with desk.ledger.store.reading() as connection:
        rows = connection.execute(asked.order_by(lines.c.number).limit(piece.limit + 1)).all()
    found = [line_of(row) for row in rows[: piece.limit]]
    desk.looked_through(caller, asked_in(request), [])
    on = cursor_of(found[-1].number) if len(rows) > piece.limit else ""
    items = [report_row(report_of(line), line) for line in found if line.body is not None]
    return Reports(items=items, next=lead_on(request, response, on))


@router.get("/reports/{number}", response_model=ReportTold, summary="One report")
def report(desk: Desk, caller: Reader, number: Number) -> ReportTold:
    """Tell a report with its text; offsets of claims count its Unicode characters."""
    desk.fresh.wait()
    line, found = _report(desk, number)
    desk.looked_through(caller, "report", [found.id])
    rows = desk.shelf.rows("SELECT id FROM claims WHERE number = ? ORDER BY start, id", [number])
    its = [str(row["id"]) for row in rows]
    return ReportTold(**report_row(found, line).model_dump(), text=found.text, claims=its)


@router.get(
    "/reports/{number}/original",
    summary="The original of a report",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}}},
)
def original(desk: Desk, caller: Reader, number: Number) -> Response:
    """Give the bytes that a report was read from, as they came."""
    _, found = _report(desk, number)
    desk.looked_through(caller, "original", [found.id])
    data = desk.ledger.original(found.id)
    return Response(data, media_type="application/octet-stream", headers={"Content-Disposition": "attachment"})


@router.get("/search", response_model=Hits, summary="Search reports")
def search(
    request: Request,
    response: Response,
    desk: Desk,
    caller: Reader,
    piece: Piece,
    words: Annotated[str, Query(max_length=500, pattern=PLAIN, description='As `harmledger search`: `"shell*"`.')] = "",
    place: Word = "",
    actor: Word = "",
    kind: Annotated[Kind | None, Query()] = None,
    since: Annotated[Day | None, Query(alias="from")] = None,
    until: Annotated[Day | None, Query(alias="to")] = None,
) -> Hits:
    """Find reports by their words and by what their claims tell, the latest taken in first."""
    desk.fresh.wait()
    before = number_in(piece.cursor) if piece.cursor else 2**31
    asked = Search(words, place, since, until, actor, kind)
    with desk.ledger.store.reading() as connection:
        later = dropwhile(lambda hit: hit.number >= before, find(connection, asked, None))
        found = list(islice(later, piece.limit + 1))
    shown = found[: piece.limit]
    desk.looked_through(caller, asked_in(request), [])
    known = {line.number: line for line in _lines(desk, [hit.number for hit in shown])}
    items = [
        HitTold(report=_row(known[hit.number]), claims=[claim.id for claim in hit.claims])
        for hit in shown
        if hit.number in known
    ]
    on = cursor_of(shown[-1].number) if len(found) > piece.limit else ""
    return Hits(items=items, next=lead_on(request, response, on))


def _row(line: Line) -> ReportRow:
    return report_row(report_of(line), line)


def _lines(desk: Workplace, numbers: Sequence[int]) -> Iterator[Line]:
    with desk.ledger.store.reading() as connection:
        for row in connection.execute(select(lines).where(lines.c.number.in_(numbers))):
            line = line_of(row)
            if line.body is not None:
                yield line


def _report(desk: Workplace, number: int) -> tuple[Line, Report]:
    line = desk.ledger.line(number)
    if line is None or line.kind != "report" or line.body is None:
        raise Problem(404, f"{number}: is the number of no report of this ledger, or it was deleted.")
    return line, report_of(line)
