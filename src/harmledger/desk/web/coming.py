"""Coming in and going out: the one-time link, signing in and out, the language."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from harmledger.desk.catalogue import LANGUAGES
from harmledger.desk.people import HALF_S, LONGEST_S, Person, Session
from harmledger.desk.web.guard import COOKIE, HALF, LANGUAGE, keep, local, session_of, signed_in_changes, workplace
from harmledger.desk.web.showing import address, page
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
        person = desk.people.checked(name, password)
    except DeskError as error:
        return page(request, "sign_in.html.j2", None, 401, back=local(back), wrong=str(error), name=name)
    return _come_in(request, person, local(back))


@router.get("/sign-in/code")
def code_page(request: Request, back: str = "") -> Response:
    """Ask for the second factor."""
    return page(request, "code.html.j2", None, back=local(back), wrong="")


@router.post("/sign-in/code")
def code(request: Request, code: Annotated[str, Form(max_length=100)] = "", back: str = Form("")) -> Response:
    """Begin the session of somebody whose password was right."""
    desk = workplace(request)
    try:
        session = desk.people.finish(request.cookies.get(HALF, ""), code)
    except DeskError as error:
        return page(request, "code.html.j2", None, 401, back=local(back), wrong=str(error))
    desk.ledger.record_event("sign_in", {"what": "with a second factor"}, session.person.name)
    return _entered(request, session, local(back))


@router.post("/sign-out")
def sign_out(request: Request, session: Annotated[Session, Depends(signed_in_changes)]) -> Response:
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
    except DeskError as error:
        link = desk.people.link(token)
        return page(request, "join.html.j2", None, 422, link=link, wrong=str(error), name=name)
    desk.ledger.record_event("people", {"what": "joined", "name": person.name, "role": person.role}, person.name)
    # Whoever holds a link for a new password does not thereby hold the phone.
    return _come_in(request, person, "/")


@router.get("/language/{code}")
def language(request: Request, code: str, back: str = "/") -> Response:
    """Remember the language that the person chose."""
    answer = RedirectResponse(local(back), 303)
    if code in LANGUAGES:
        keep(request, answer, LANGUAGE, code, 365 * 86400)
    return answer


def _come_in(request: Request, person: Person, back: str) -> Response:
    desk = workplace(request)
    if desk.people.factors.on(person.name):
        answer = RedirectResponse(address("/sign-in/code", back=back if back != "/" else ""), 303)
        keep(request, answer, HALF, desk.people.half(person), HALF_S)
        return answer
    session = desk.people.begin(person)
    desk.ledger.record_event("sign_in", {}, person.name)
    return _entered(request, session, back)


def _entered(request: Request, session: Session, back: str) -> Response:
    answer = RedirectResponse(back, 303)
    answer.delete_cookie(HALF)
    keep(request, answer, COOKIE, session.token, LONGEST_S)
    return answer
