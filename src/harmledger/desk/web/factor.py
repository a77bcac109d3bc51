"""The second factor: turning it on and off, recovery codes, and what an administrator may do about that of others."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from harmledger.desk.people import Session
from harmledger.desk.web.guard import may_change, signed_in_changes, workplace
from harmledger.desk.web.me import own_page
from harmledger.errors import DeskError

router = APIRouter()
# Who must have a factor and has none yet gets no further than here.
Own = Annotated[Session, Depends(signed_in_changes)]
Changer = Annotated[Session, Depends(may_change("people"))]
Code = Annotated[str, Form(max_length=100)]


@router.post("/me/factor/begin")
def begin(request: Request, session: Own, password: Annotated[str, Form(max_length=1000)] = "") -> Response:
    """Make a secret, for somebody who still knows the password."""
    desk = workplace(request)
    desk.people.checked(session.person.name, password)
    desk.people.factors.begin(session.person.name)
    return RedirectResponse("/me", 303)


@router.post("/me/factor/confirm")
def confirm(request: Request, session: Own, code: Code = "") -> Response:
    """Turn the factor on, and show the recovery codes, once."""
    desk = workplace(request)
    codes = desk.people.factors.confirm(session.person.name, code)
    _log(request, session, "second factor on", session.person.name)
    return own_page(request, session, codes=codes)


@router.post("/me/factor/codes")
def codes(request: Request, session: Own, code: Code = "") -> Response:
    """Show new recovery codes, once; the old ones open nothing any more."""
    desk = workplace(request)
    desk.people.check_code(session.person, code)
    made = desk.people.factors.new_codes(session.person.name)
    _log(request, session, "new recovery codes", session.person.name)
    return own_page(request, session, codes=made)


@router.post("/me/factor/off")
def off(request: Request, session: Own, code: Code = "") -> Response:
    """Turn one's own factor off."""
    desk = workplace(request)
    if desk.people.factors.required:
        raise DeskError("An administrator wants everybody at this desk to have a second factor.")
    desk.people.check_code(session.person, code)
    desk.people.factors.forget(session.person.name)
    _log(request, session, "second factor off", session.person.name)
    return RedirectResponse("/me", 303)


@router.post("/people/factor/reset")
def reset(request: Request, session: Changer, name: Annotated[str, Form(max_length=200)] = "") -> Response:
    """Forget the factor of somebody who lost phone and codes."""
    desk = workplace(request)
    found = desk.people.person(name)
    if found is None:
        raise HTTPException(404)
    desk.people.factors.forget(found.name)
    _log(request, session, "second factor forgotten", found.name)
    return RedirectResponse("/people", 303)


@router.post("/people/factor/require")
def require(request: Request, session: Changer, wanted: Annotated[bool, Form()] = False) -> Response:
    """Let everybody need one, or not."""
    workplace(request).people.factors.require(wanted)
    _log(request, session, "second factor required" if wanted else "second factor not required", "")
    return RedirectResponse("/people", 303)


def _log(request: Request, session: Session, what: str, name: str) -> None:
    workplace(request).ledger.record_event("people", {"what": what, "name": name}, session.person.name)
