"""Coming in and going out: the one-time link, signing in and out, the language."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from harmledger.desk.catalogue import LANGUAGES
from harmledger.desk.people import LONGEST_S, Session
from harmledger.desk.web.guard import COOKIE, LANGUAGE, local, may_change, session_of, workplace
from harmledger.desk.web.showing import page
from harmledger.errors import DeskError

router = APIRouter()
Text = Annotated[str, Form(max_length=200)]


@router.get("/")
def home(session: Annotated[Session, Depends(session_of)]) -> Response:
    """Lead to what the person's role is for."""
    return RedirectResponse("/queue" if session.person.may("judge") else "/record", 303)


@router.get("/sign-in")
def sign_in_page(request: Request, back: str = "") -> Response:
    """Show the form to sign in."""
    return page(request, "sign_in.html.j2", None, back=local(back), wrong="", name="")


@router.post("/sign-in")
def sign_in(
    request: Request, name: Text = "", password: Annotated[str, Form(max_length=1000)] = "", back: str = Form("")
) -> Response:
    """Begin a session."""
    desk = workplace(request)
    try:
        session = desk.people.sign_in(name, password)
    except DeskError as error:
        return page(request, "sign_in.html.j2", None, 401, back=local(back), wrong=str(error), name=name)
    desk.ledger.record_event("sign_in", {}, session.person.name)
    return _entered(session, local(back))


@router.post("/sign-out")
def sign_out(request: Request, session: Annotated[Session, Depends(may_change("look"))]) -> Response:
    """End the session."""
    workplace(request).people.sign_out(session)
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/join/{token}")
def join_page(request: Request, token: str) -> Response:
    """Show the form of a one-time link."""
    link = workplace(request).people.link(token)
    return page(request, "join.html.j2", None, 200 if link else 404, link=link, wrong="", name="")


@router.post("/join/{token}")
def join(
    request: Request, token: str, name: Text = "", password: Annotated[str, Form(max_length=1000)] = ""
) -> Response:
    """Make the person, and begin a session."""
    desk = workplace(request)
    try:
        person = desk.people.join(token, name, password)
        session = desk.people.sign_in(person.name, password)
    except DeskError as error:
        link = desk.people.link(token)
        return page(request, "join.html.j2", None, 422, link=link, wrong=str(error), name=name)
    desk.ledger.record_event("people", {"what": "joined", "name": person.name, "role": person.role}, person.name)
    return _entered(session, "/")


@router.get("/language/{code}")
def language(request: Request, code: str, back: str = "/") -> Response:
    """Remember the language that the person chose."""
    answer = RedirectResponse(local(back), 303)
    if code in LANGUAGES:
        answer.set_cookie(LANGUAGE, code, max_age=365 * 86400, samesite="strict", httponly=True)
    return answer


def _entered(session: Session, back: str) -> Response:
    answer = RedirectResponse(back, 303)
    answer.set_cookie(COOKIE, session.token, max_age=LONGEST_S, httponly=True, samesite="strict")
    return answer
