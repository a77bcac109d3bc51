"""A report's page: its text with every number marked, and the chosen claim beside it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from harmledger.desk.judge import judged, seen_of
from harmledger.desk.people import Session
from harmledger.desk.queue import told_in
from harmledger.desk.report import part_of
from harmledger.desk.web.guard import may, workplace
from harmledger.desk.web.showing import address, page

router = APIRouter()


@router.get("/report/{number}")
def report_page(
    request: Request,
    number: int,
    session: Annotated[Session, Depends(may("restricted"))],
    claim: Annotated[str, Query(max_length=100)] = "",
    part: Annotated[int, Query(ge=1, le=100_000)] = 1,
) -> Response:
    """Show a report."""
    desk = workplace(request)
    fresh = desk.fresh.wait()
    found = told_in(desk.ledger, {number}).get(number) if abs(number) < 2**31 else None
    if found is None:
        raise HTTPException(404)
    report, by_id = found
    desk.looked(session, "report", [report.id])
    here = part_of(report.text, list(by_id.values()), part, claim)
    chosen = by_id.get(claim) or (here.claims[0] if here.claims else None)
    rows = desk.shelf.rows("SELECT * FROM claims WHERE number = ?", [number])
    shelved = {row["id"]: row for row in rows}
    order = [each.id for each in here.claims]
    place = order.index(chosen.id) if chosen is not None and chosen.id in order else 0
    return page(
        request,
        "report.html.j2",
        session,
        number=number,
        report=report,
        part=here,
        chosen=chosen,
        shelved=shelved,
        earlier=order[place - 1] if place > 0 else "",
        later=order[place + 1] if place + 1 < len(order) else "",
        judgements=judged(desk.ledger, [chosen.id]) if chosen else [],
        seen=seen_of(desk.ledger, [chosen.id]) if chosen else 0,
        fresh=fresh,
    )


@router.get("/claim/{name}")
def claim_page(request: Request, name: str, session: Annotated[Session, Depends(may("restricted"))]) -> Response:
    """Lead to the sentence that makes a claim."""
    del session
    found = workplace(request).shelf.one("SELECT number FROM claims WHERE id = ?", [name])
    if found is None:
        raise HTTPException(404)
    return RedirectResponse(address(f"/report/{found}", claim=name), 303)
