"""Who may sit at the desk: an administrator invites, changes and stops people."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from harmledger.desk.people import ROLES, Session
from harmledger.desk.web.guard import may, may_change, workplace
from harmledger.desk.web.showing import page

router = APIRouter()
Changer = Annotated[Session, Depends(may_change("people"))]
Text = Annotated[str, Form(max_length=200)]


@router.get("/people")
def people_page(request: Request, session: Annotated[Session, Depends(may("people"))]) -> Response:
    """Show who there is."""
    return _page(request, session)


@router.post("/people/invite")
def invite(request: Request, session: Changer, role: Text = "", name: Text = "") -> Response:
    """Make a one-time link, for a new person or for a new password."""
    desk = workplace(request)
    known = desk.people.person(name) if name else None
    if name and known is None:
        raise HTTPException(404)
    token = desk.people.invite(known.role if known else role, known.name if known else "", session.person.name)
    desk.ledger.record_event(
        "people", {"what": "invited", "name": known.name if known else "", "role": known.role if known else role},
        session.person.name,
    )  # fmt: skip
    link = f"{request.url.scheme}://{request.headers['host']}/join/{token}"
    return _page(request, session, link)


@router.post("/people/change")
def change(
    request: Request, session: Changer, name: Text, role: Text, stopped: Annotated[bool, Form()] = False
) -> Response:
    """Give a person another role, stop them, or let them in again."""
    desk = workplace(request)
    if desk.people.person(name) is None:
        raise HTTPException(404)
    desk.people.change(name, role, stopped)
    desk.ledger.record_event(
        "people", {"what": "stopped" if stopped else "changed", "name": name, "role": role}, session.person.name
    )
    return RedirectResponse("/people", 303)


def _page(request: Request, session: Session, link: str = "") -> Response:
    people = workplace(request).people
    return page(
        request, "people.html.j2", session, everyone=people.all(), roles=ROLES, link=link,
        factors=people.factors.everybody(), required=people.factors.required,
    )  # fmt: skip
