"""The map's page, and what it draws."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from harmledger.desk import map_data
from harmledger.desk.people import Session
from harmledger.desk.web.guard import may, workplace
from harmledger.desk.web.incidents import Question
from harmledger.desk.web.showing import page, words_of

router = APIRouter()
Looker = Annotated[Session, Depends(may("look"))]
Degrees = Annotated[float, Query(ge=-360, le=360)]


def _json(data: bytes, cache: str = "no-store") -> Response:
    return Response(data, media_type="application/geo+json", headers={"Cache-Control": cache})


@router.get("/map")
def map_page(request: Request, session: Looker, query: Question) -> Response:
    """Show the incidents on a map, and beside it those without a point."""
    desk = workplace(request)
    fresh = desk.fresh.wait()
    beside, total = map_data.unplaced(desk.shelf, query)
    return page(
        request, "map.html.j2", session, query=query, beside=beside, beside_total=total,
        bounds=map_data.bounds(desk.shelf, query), fresh=fresh,
    )  # fmt: skip


@router.get("/map/countries.json")
def countries(session: Looker) -> Response:
    """Give the outlines of countries; they change with harmledger's version alone."""
    del session
    return _json(map_data.countries(), "private, max-age=86400")


@router.get("/map/incidents.json")
def incidents(request: Request, session: Looker, query: Question) -> Response:
    """Give the incidents that have a point."""
    exact = session.person.may("restricted")
    return _json(map_data.incidents(workplace(request).shelf, query, words_of(request).term, exact))


@router.get("/map/areas.json")
def areas(request: Request, session: Looker, query: Question) -> Response:
    """Give the areas of imprecise places."""
    del session
    return _json(map_data.areas(workplace(request).shelf, query, words_of(request).term))


@router.get("/map/towns.json")
def towns(session: Looker, west: Degrees, south: Degrees, east: Degrees, north: Degrees) -> Response:
    """Give the largest towns of a part of the world."""
    del session
    return _json(map_data.towns(west, south, east, north), "private, max-age=86400")
