"""Incidents: a list by the shared question, each with all it rests on, and the persons named on asking."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from harmledger.desk.incident import Sheet, sheet_of
from harmledger.desk.record import SORTS, condition
from harmledger.desk.slices import Order, slice_of
from harmledger.desk.web.api.asking import Desk, Name, Piece, Queried, lead_on
from harmledger.desk.web.api.door import Looker, Reader
from harmledger.desk.web.api.problems import Problem
from harmledger.desk.web.api.shapes import Incidents, IncidentTold, Named, Names
from harmledger.desk.web.api.telling import incident_row, incident_told
from harmledger.desk.workplace import Workplace

router = APIRouter(tags=["Incidents"])
Sort = Literal["day", "place", "killed", "injured", "grade", "doubt", "actor", "means", "reports"]


@router.get("/incidents", response_model=Incidents, summary="List incidents")
def incidents(
    request: Request,
    response: Response,
    desk: Desk,
    caller: Looker,
    query: Queried,
    piece: Piece,
    sort: Sort = "day",
    down: Annotated[bool, Query(description="The highest, or the latest, first.")] = False,
) -> Incidents:
    """List the incidents that a question finds; those that do not tell what is sorted by come last."""
    fresh = desk.fresh.wait()
    full = caller.may("restricted")
    # Sorted by its exact name, a place would tell where in the alphabet it stands.
    column = "coarse" if sort == "place" and not full else SORTS[sort]
    found = slice_of(desk.shelf, "incidents", condition(query), Order(column, down), piece)
    items = [incident_row(row, full) for row in found.rows]
    return Incidents(items=items, next=lead_on(request, response, found.next), up_to_date=fresh)


@router.get("/incidents/{name}", response_model=IncidentTold, summary="One incident")
def incident(desk: Desk, caller: Looker, name: Name) -> IncidentTold:
    """Tell an incident, by its id now or before a merge: tolls with their claims, origins, reasons, judgements."""
    sheet = _sheet(desk, name)
    full = caller.may("restricted")
    if full:
        desk.looked_through(caller, "incident", [sheet.case.entry.incident])
    rows = desk.shelf.rows("SELECT * FROM incidents WHERE id = ?", [sheet.case.entry.incident])
    return incident_told(sheet, rows[0] if rows else None, full)


@router.get("/incidents/{name}/names", response_model=Names, summary="The persons an incident names")
def names(desk: Desk, caller: Reader, name: Name) -> Names:
    """Tell whom reports name as harmed in an incident; asking is logged with the person and the token."""
    sheet = _sheet(desk, name)
    desk.looked_through(caller, "names of victims", [sheet.case.entry.incident])
    return Names(
        items=[
            Named(report=each.report, name=each.name, kind=each.kind, age=each.age, sex=each.sex)
            for each in sheet.case.entry.victims
        ]
    )


def _sheet(desk: Workplace, name: str) -> Sheet:
    desk.fresh.wait()
    sheet = sheet_of(desk.ledger, desk.shelf, name)
    if sheet is None:
        raise Problem(404, f"{name}: is no incident of this ledger, now or before a merge.")
    return sheet
