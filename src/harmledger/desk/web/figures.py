"""Figures: bars made here, each leading to its incidents; the drawing and the numbers to save."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from harmledger.desk import figures
from harmledger.desk.people import Session
from harmledger.desk.web import saving
from harmledger.desk.web.guard import may, workplace
from harmledger.desk.web.incidents import Question
from harmledger.desk.web.showing import page
from harmledger.query import Query

router = APIRouter()
Looker = Annotated[Session, Depends(may("look"))]
By = Literal["month", "place", "actor", "means"]
Kind = Literal["killed", "injured"]


@router.get("/figures")
def figures_page(
    request: Request, session: Looker, query: Question, by: By = "month", kind: Kind = "killed"
) -> Response:
    """Show a figure."""
    desk = workplace(request)
    fresh = desk.fresh.wait()
    found = figures.figures(desk.shelf, query, by, kind)
    return page(request, "figures.html.j2", session, found=found, query=query, by=by, kind=kind, fresh=fresh)


@router.get("/figures.csv")
def numbers(request: Request, session: Looker, query: Question, by: By = "month", kind: Kind = "killed") -> Response:
    """Give the numbers of a figure."""
    del session
    found = figures.figures(workplace(request).shelf, query, by, kind)
    return saving.saved_csv(figures.rows_of(found, by, kind), f"{kind}-by-{by}")


@router.get("/figures.svg")
def drawing(request: Request, session: Looker, query: Question, by: By = "month", kind: Kind = "killed") -> Response:
    """Give the drawing of a figure."""
    del session
    return saving.saved_svg(_drawn(request, query, by, kind), f"{kind}-by-{by}")


@router.get("/figures.png")
def picture(request: Request, session: Looker, query: Question, by: By = "month", kind: Kind = "killed") -> Response:
    """Give the drawing of a figure as a picture."""
    del session
    return saving.saved_png(request, _drawn(request, query, by, kind), f"{kind}-by-{by}")


def _drawn(request: Request, query: Query, by: By, kind: Kind) -> str:
    found = figures.figures(workplace(request).shelf, query, by, kind)
    return saving.svg(request, "bars.svg.j2", found=found, by=by, kind=kind, query=query)
