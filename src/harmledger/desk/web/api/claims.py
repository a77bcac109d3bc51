"""Claims, and the running totals that belong to no incident."""

from __future__ import annotations

from collections.abc import Sequence
from sqlite3 import Row
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from harmledger.desk.judge import judged, seen_of
from harmledger.desk.queue import Wanted as Narrowed
from harmledger.desk.queue import narrowed, told_in
from harmledger.desk.record import condition
from harmledger.desk.slices import Order, slice_of
from harmledger.desk.web.api.asking import Desk, Name, Piece, Queried, Word, asked_in, lead_on
from harmledger.desk.web.api.door import Reader
from harmledger.desk.web.api.problems import Problem
from harmledger.desk.web.api.shapes import ClaimAlone, Claims, ClaimTold
from harmledger.desk.web.api.telling import claim_told, judgements_told
from harmledger.desk.workplace import Workplace
from harmledger.model import Claim

router = APIRouter(tags=["Claims"])
State = Literal["", "open", "accepted", "corrected", "rejected"]
Report = Annotated[int, Query(ge=0, le=2**31 - 1, description="Only those of the report with this number.")]


@router.get("/claims", response_model=Claims, summary="List claims")
def claims(
    request: Request,
    response: Response,
    desk: Desk,
    caller: Reader,
    query: Queried,
    piece: Piece,
    state: State = "",
    kind: Word = "",
    doubt: Word = "",
    place: Word = "",
    report: Report = 0,
) -> Claims:
    """List claims, the most doubtful first; with a question, those of the incidents that it finds."""
    fresh = desk.fresh.wait()
    where, values = narrowed(Narrowed(state, kind, doubt, place))
    if query:
        found_in, more = condition(query)
        where, values = f"{where} AND incident IN (SELECT id FROM incidents WHERE {found_in})", [*values, *more]
    if report:
        where, values = f"{where} AND number = ?", [*values, report]
    found = slice_of(desk.shelf, "claims", (where, values), Order("doubt", True), piece)
    desk.looked_through(caller, asked_in(request), [])
    items = [told for told, _ in _held(desk, found.rows)]
    return Claims(items=items, next=lead_on(request, response, found.next), up_to_date=fresh)


@router.get("/claims/{name}", response_model=ClaimAlone, summary="One claim")
def claim(desk: Desk, caller: Reader, name: Name) -> ClaimAlone:
    """Tell a claim: its sentence, its fields with what each was read from, and what persons judged of it."""
    desk.fresh.wait()
    rows = desk.shelf.rows("SELECT * FROM claims WHERE id = ?", [name])
    held = _held(desk, rows)
    if not held:
        raise Problem(404, f"{name}: is no claim of this ledger.")
    told, _ = held[0]
    desk.looked_through(caller, "claim", [told.report_id, name])
    done = judgements_told(judged(desk.ledger, [name]))
    return ClaimAlone(**told.model_dump(), judgements=done, seen=seen_of(desk.ledger, [name]))


@router.get("/totals", response_model=Claims, summary="List running totals")
def totals(request: Request, response: Response, desk: Desk, caller: Reader, query: Queried, piece: Piece) -> Claims:
    """List counts over several incidents. They are in no sum; a piece may be short and still lead to the next."""
    fresh = desk.fresh.wait()
    asked = ("scope = 'cumulative' AND state <> 'rejected'", list[object]())
    found = slice_of(desk.shelf, "claims", asked, Order("day", True), piece)
    desk.looked_through(caller, asked_in(request), [])
    items = [told for told, its in _held(desk, found.rows) if query.matches_claim(its)]
    return Claims(items=items, next=lead_on(request, response, found.next), up_to_date=fresh)


def _held(desk: Workplace, rows: Sequence[Row]) -> list[tuple[ClaimTold, Claim]]:
    """Return the claims of rows; those whose report was deleted meanwhile are gone."""
    told = told_in(desk.ledger, {row["number"] for row in rows})
    found = []
    for row in rows:
        report, by_id = told.get(row["number"], (None, {}))
        if report is not None and row["id"] in by_id:
            found.append((claim_told(by_id[row["id"]], report, row), by_id[row["id"]]))
    return found
