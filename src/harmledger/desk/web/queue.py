"""The queue's pages: claims, and merges."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from harmledger.desk import queue
from harmledger.desk.people import Session
from harmledger.desk.web.guard import may, workplace
from harmledger.desk.web.showing import address, page

router = APIRouter()
Short = Annotated[str, Query(max_length=100)]
Number = Annotated[int, Query(ge=1, le=1_000_000)]


def _wanted(
    state: Short = "open", kind: Short = "", doubt: Short = "", place: Short = "", scope: Short = ""
) -> queue.Wanted:
    return queue.Wanted("" if state == "all" else state, kind, doubt, place, scope)


@router.get("/queue")
def queue_page(
    request: Request,
    session: Annotated[Session, Depends(may("restricted"))],
    wanted: Annotated[queue.Wanted, Depends(_wanted)],
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> Response:
    """Show the claims that wait."""
    desk = workplace(request)
    fresh = desk.fresh.wait()
    found = queue.claims_page(desk.ledger, desk.shelf, wanted, number)
    desk.looked(session, "queue", [])
    return page(
        request, "queue.html.j2", session, wanted=wanted, found=found, counts=queue.counts(desk.shelf), fresh=fresh
    )


@router.get("/queue/next")
def next_page(
    request: Request,
    session: Annotated[Session, Depends(may("restricted"))],
    wanted: Annotated[queue.Wanted, Depends(_wanted)],
    after: Short = "",
) -> Response:
    """Lead to the first claim that waits."""
    del session
    desk = workplace(request)
    desk.fresh.wait()
    found = queue.next_claim(desk.shelf, wanted, after)
    return RedirectResponse(address(f"/report/{found[0]}", claim=found[1]) if found else "/queue", 303)


@router.get("/merges")
def merges_page(
    request: Request,
    session: Annotated[Session, Depends(may("restricted"))],
    judged: bool = False,
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> Response:
    """Show the merges that are most in doubt."""
    desk = workplace(request)
    fresh = desk.fresh.wait()
    found = queue.merges_page(desk.shelf, number, judged)
    return page(request, "merges.html.j2", session, found=found, judged=judged, nearly=False, fresh=fresh)


@router.get("/merges/nearly")
def nearly_page(
    request: Request,
    session: Annotated[Session, Depends(may("restricted"))],
    number: Annotated[int, Query(alias="page", ge=1, le=1_000_000)] = 1,
) -> Response:
    """Show the pairs that were nearly put together."""
    desk = workplace(request)
    fresh = desk.fresh.wait()
    found = queue.nearly_page(desk.ledger, desk.shelf, number)
    return page(request, "merges.html.j2", session, found=found, judged=False, nearly=True, fresh=fresh)
