"""Figures: bars made here, each leading to its incidents; the drawing and the numbers to save."""

from __future__ import annotations

import csv
import io
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from harmledger.desk import figures
from harmledger.desk.people import Session
from harmledger.desk.web.guard import may, workplace
from harmledger.desk.web.incidents import Question
from harmledger.desk.web.showing import page, templates, words_of
from harmledger.show.safe import cell

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
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[cell(value) for value in row] for row in figures.rows_of(found, by, kind)])
    return _file(out.getvalue(), "text/csv; charset=utf-8", f"{kind}-by-{by}.csv")


@router.get("/figures.svg")
def drawing(request: Request, session: Looker, query: Question, by: By = "month", kind: Kind = "killed") -> Response:
    """Give the drawing of a figure."""
    del session
    found = figures.figures(workplace(request).shelf, query, by, kind)
    text = (
        templates()
        .get_template("bars.svg.j2")
        .render(w=words_of(request), found=found, by=by, kind=kind, query=query, linked=False)
    )
    return _file(text, "image/svg+xml", f"{kind}-by-{by}.svg")


def _file(text: str, kind: str, name: str) -> Response:
    return Response(text, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
