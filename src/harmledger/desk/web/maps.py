"""The map's page, and what it draws."""

from __future__ import annotations

import gzip
import hashlib
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Path, Query, Request
from starlette.responses import Response

from harmledger.desk import borders, map_data
from harmledger.desk.people import Session
from harmledger.desk.web.guard import may, workplace
from harmledger.desk.web.incidents import Question
from harmledger.desk.web.showing import page, words_of

router = APIRouter()
Looker = Annotated[Session, Depends(may("look"))]
Degrees = Annotated[float, Query(ge=-360, le=360)]


# What changes with harmledger's version alone, and what a person may add places to meanwhile.
_LONG, _SOON = "private, max-age=86400", "private, max-age=60"


def _json(request: Request, data: bytes, cache: str = "no-store", tag: str = "") -> Response:
    """Return data, packed for a browser that can unpack it; ``tag`` names it for the next time it is asked for."""
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding, Cookie"}
    if tag:
        headers["ETag"] = tag
    if "gzip" in request.headers.get("accept-encoding", "") and len(data) > 1000:
        headers["Content-Encoding"] = "gzip"
        data = gzip.compress(data, 5, mtime=0)
    return Response(data, media_type="application/geo+json", headers=headers)


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
def countries(request: Request, session: Looker) -> Response:
    """Give the outlines of countries; they change with harmledger's version alone."""
    del session
    return _json(request, map_data.countries(), _LONG)


@router.get("/map/provinces.json")
def boxes(request: Request, session: Looker) -> Response:
    """Give which countries have borders inside them, and where they lie."""
    del session
    return _json(request, borders.boxes(), _LONG)


@router.get("/map/provinces/{code}.json")
def provinces(request: Request, session: Looker, code: Annotated[str, Path(pattern="^[A-Z]{3}$")]) -> Response:
    """Give the borders within a country."""
    del session
    found = borders.provinces(code)
    if found is None:
        raise HTTPException(404)
    return _json(request, found, _LONG)


@router.get("/map/added.json")
def added(request: Request, session: Looker, west: Degrees, south: Degrees, east: Degrees, north: Degrees) -> Response:
    """Give the borders of a part of the world that somebody added to the gazetteer."""
    del session
    return _json(request, borders.added(west, south, east, north), _SOON)


@router.get("/map/incidents.json")
def incidents(request: Request, session: Looker, query: Question) -> Response:
    """Give the incidents that have a point; nothing, where the browser holds them as they are."""
    shelf, words = workplace(request).shelf, words_of(request)
    exact = session.person.may("restricted")
    told = f"{map_data.state_of(shelf)} {query} {exact} {words.language}"
    tag = f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'
    # The page keeps them in its memory; on the disk nothing of the record is left.
    headers = {"ETag": tag, "Cache-Control": "no-store", "Vary": "Accept-Encoding, Cookie"}
    if request.headers.get("if-none-match", "").removeprefix("W/") == tag:
        return Response(status_code=304, headers=headers)
    return _json(request, map_data.incidents(shelf, query, words.term, exact), tag=tag)


@router.get("/map/areas.json")
def areas(request: Request, session: Looker, query: Question) -> Response:
    """Give the areas of imprecise places."""
    del session
    return _json(request, map_data.areas(workplace(request).shelf, query, words_of(request).term))


@router.get("/map/towns.json")
def towns(request: Request, session: Looker, west: Degrees, south: Degrees, east: Degrees, north: Degrees) -> Response:
    """Give the largest towns of a part of the world."""
    del session
    return _json(request, map_data.towns(west, south, east, north), _LONG)
