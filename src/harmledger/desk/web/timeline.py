"""The record on a line of time, and one incident on its own; each with its table, and to save."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, HTTPException, Request
from starlette.responses import Response

from harmledger.desk import rising, timeline
from harmledger.desk.incident import Sheet, sheet_of
from harmledger.desk.people import Session
from harmledger.desk.web import saving
from harmledger.desk.web.guard import may, workplace
from harmledger.desk.web.incidents import Question
from harmledger.desk.web.showing import page

router = APIRouter()
Looker = Annotated[Session, Depends(may("look"))]
Form = Literal["svg", "png", "csv"]


@router.get("/timeline")
def timeline_page(request: Request, session: Looker, query: Question) -> Response:
    """Show the record on a line of time."""
    desk = workplace(request)
    fresh = desk.fresh.wait()
    found = timeline.timeline(desk.shelf, query)
    return page(
        request, "timeline.html.j2", session, found=found, query=query, full=session.person.may("restricted"),
        fresh=fresh,
    )  # fmt: skip


@router.get("/timeline.{form}")
def timeline_file(request: Request, session: Looker, query: Question, form: Form) -> Response:
    """Give the line's drawing or its numbers."""
    found = timeline.timeline(workplace(request).shelf, query)
    if form == "csv":
        return saving.saved_csv(timeline.rows_of(found), "timeline")
    text = saving.svg(request, "line.svg.j2", found=found, query=query, full=session.person.may("restricted"))
    return saving.saved_svg(text, "timeline") if form == "svg" else saving.saved_png(request, text, "timeline")


@router.get("/incident/{name}/timeline.{form}")
def rising_file(
    request: Request, name: str, session: Annotated[Session, Depends(may("restricted"))], form: Form
) -> Response:
    """Give the drawing of one incident's line, or its numbers."""
    desk = workplace(request)
    sheet = sheet_of(desk.ledger, desk.shelf, name)
    if sheet is None:
        raise HTTPException(404)
    desk.looked(session, "incident", [sheet.case.entry.incident])
    found = rising.rising_of(sheet.case)
    file = f"incident-{sheet.case.entry.incident[:12]}"
    if form == "csv":
        return saving.saved_csv(rising.rows_of(found), file)
    text = saving.svg(request, "rising.svg.j2", rising=found, colours=rising.COLOURS, title=_title(sheet))
    return saving.saved_svg(text, file) if form == "svg" else saving.saved_png(request, text, file)


def _title(sheet: Sheet) -> str:
    entry = sheet.case.entry
    return " · ".join(filter(None, (sheet.view.title, str(entry.when or ""), entry.incident[:12])))
