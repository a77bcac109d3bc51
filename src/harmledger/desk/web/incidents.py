"""The record: incidents as a table, each on its page, running totals apart, and the log."""

from __future__ import annotations

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Query, Request
from starlette.responses import RedirectResponse, Response

from harmledger.desk import record
from harmledger.desk.incident import sheet_of
from harmledger.desk.people import Session
from harmledger.desk.queue import Page, told_in
from harmledger.desk.rising import COLOURS, rising_of
from harmledger.desk.splitting import split
from harmledger.desk.web.guard import may, may_change, session_of, workplace
from harmledger.desk.web.showing import page, words_of
from harmledger.ledger.judging import Manner
from harmledger.query import Query as Asked

router = APIRouter()
Short = Annotated[str, Query(max_length=100)]
Number = Annotated[int, Query(alias="page", ge=1, le=1_000_000)]
_TOTALS = 25


def asked_for(
    q: Annotated[str, Query(max_length=500)] = "",
    place: Short = "",
    since: Annotated[str, Query(alias="from", max_length=10)] = "",
    until: Annotated[str, Query(alias="to", max_length=10)] = "",
    kind: Short = "",
    actor: Short = "",
    means: Short = "",
    grade: Short = "",
) -> Asked:
    """Return the question of a page: what was typed, narrowed by the fields beside it."""
    parts = [q]
    if since or until:
        parts.append(f"date:{since}..{until}")
    place = place.replace('"', "").strip()
    told = (("place", place), ("kind", kind), ("actor", actor), ("means", means), ("grade", grade))
    for name, value in told:
        if value:
            parts.append(f'{name}:"{value}"')
    return Asked.parse(" ".join(parts))


def question(session: Annotated[Session, Depends(session_of)], query: Annotated[Asked, Depends(asked_for)]) -> Asked:
    """Return the question as the person's role may ask it."""
    return query if session.person.may("restricted") else record.coarse(query)


Question = Annotated[Asked, Depends(question)]


@router.get("/record")
def record_page(
    request: Request,
    session: Annotated[Session, Depends(may("look"))],
    query: Question,
    sort: Short = "day",
    down: bool = False,
    doubt: Short = "",
    number: Number = 1,
) -> Response:
    """Show the incidents."""
    desk = workplace(request)
    fresh = desk.fresh.wait()
    found = record.record_page(desk.shelf, query, record.Order(sort, down, doubt), number)
    sums = record.sums(desk.shelf, query, doubt)
    return page(
        request,
        "record.html.j2",
        session,
        query=query,
        sort=sort,
        down=down,
        doubt=doubt,
        doubts=record.DOUBTS,
        found=found,
        sums=sums,
        fresh=fresh,
    )


@router.get("/incident/{name}")
def incident_page(request: Request, name: str, session: Annotated[Session, Depends(may("look"))]) -> Response:
    """Show one incident."""
    return _incident(request, name, session, False)


@router.post("/incident/{name}/names")
def names(request: Request, name: str, session: Annotated[Session, Depends(may_change("restricted"))]) -> Response:
    """Show one incident with the names of its victims; that is logged."""
    workplace(request).looked(session, "names of victims", [name])
    return _incident(request, name, session, True)


@router.post("/incident/{name}/split")
def split_off(
    request: Request,
    name: str,
    session: Annotated[Session, Depends(may_change("judge"))],
    event: Annotated[list[str], Form(max_length=1000)] = [],  # noqa: B006
    reason: Annotated[str, Form(max_length=2000)] = "",
    seen: Annotated[int | None, Form()] = None,
) -> Response:
    """Part some reports from an incident; what stays is shown, with a link to what went."""
    desk, words = workplace(request), words_of(request)
    sheet = sheet_of(desk.ledger, desk.shelf, name)
    if sheet is None:
        raise HTTPException(404)
    manner = Manner(seen, names=sheet.names)
    stays = split(desk.ledger, sheet.case, event, reason, session.person.name, manner)
    desk.fresh.wait()
    desk.people.tell(session, words("say.done", what=words("split.done")))
    return RedirectResponse(f"/incident/{stays}", 303)


def _incident(request: Request, name: str, session: Session, with_names: bool) -> Response:
    desk = workplace(request)
    fresh = desk.fresh.wait()
    sheet = sheet_of(desk.ledger, desk.shelf, name)
    if sheet is None:
        raise HTTPException(404)
    if session.person.may("restricted"):
        desk.looked(session, "incident", [sheet.case.entry.incident])
    return page(
        request,
        "incident.html.j2",
        session,
        sheet=sheet,
        entry=sheet.case.entry,
        names=with_names,
        fresh=fresh,
        rising=rising_of(sheet.case),
        colours=COLOURS,
        linked=True,
        title="",
    )


@router.get("/totals")
def totals_page(
    request: Request, session: Annotated[Session, Depends(may("restricted"))], number: Number = 1
) -> Response:
    """Show the running totals, which belong to no incident."""
    desk = workplace(request)
    desk.fresh.wait()
    where = "scope = 'cumulative' AND state NOT IN ('rejected', 'aside')"
    total = desk.shelf.one(f"SELECT count(*) FROM claims WHERE {where}") or 0
    rows = desk.shelf.rows(
        f"SELECT * FROM claims WHERE {where} ORDER BY day DESC, id LIMIT {_TOTALS} OFFSET ?", [(number - 1) * _TOTALS]
    )
    told = told_in(desk.ledger, {row["number"] for row in rows})
    items: list[Any] = [
        (row, told[row["number"]][0], told[row["number"]][1][row["id"]])
        for row in rows
        if row["number"] in told and row["id"] in told[row["number"]][1]
    ]
    return page(request, "totals.html.j2", session, found=Page(items, number, total, _TOTALS))


@router.get("/log")
def log_page(request: Request, session: Annotated[Session, Depends(may("people"))], before: int = 0) -> Response:
    """Show the ledger's last lines: who did what."""
    desk = workplace(request)
    last = desk.ledger.head().number
    top = min(before, last + 1) if before > 0 else last + 1
    lines = [line for n in range(top - 1, max(0, top - 51), -1) if (line := desk.ledger.line(n)) is not None]
    told = [(line, _about(line.body)) for line in lines]
    return page(request, "log.html.j2", session, lines=told, next=max(0, top - 50) if top > 51 else 0)


def _about(body: str | None) -> str:
    if body is None:
        return ""
    told = json.loads(body)
    parts = [
        told.get(name)
        for name in ("verb", "subject", "field", "value", "reason", "id", "what", "name", "role", "at", "through")
    ]
    about = [*filter(None, parts), *told.get("about", ())]
    return " · ".join(str(part) for part in about)[:300]
