"""What a person keeps at the desk: a second factor, and the tokens by which programs act for them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from markupsafe import Markup
from starlette.responses import RedirectResponse, Response

from harmledger.desk.factor import address_of, drawn
from harmledger.desk.people import Session
from harmledger.desk.tokens import SCOPES, USUAL_DAYS
from harmledger.desk.web.guard import may_change, signed_in, workplace
from harmledger.desk.web.showing import page

router = APIRouter()
Changer = Annotated[Session, Depends(may_change("look"))]
Text = Annotated[str, Form(max_length=200)]
_DAYS = (1, 7, 30, USUAL_DAYS, 366)


@router.get("/me")
def me_page(request: Request, session: Annotated[Session, Depends(signed_in)]) -> Response:
    """Show what is the person's own."""
    return own_page(request, session)


@router.post("/me/tokens")
def make_token(
    request: Request,
    session: Changer,
    name: Text = "",
    scopes: Annotated[list[str], Form()] = [],  # noqa: B006
    days: Annotated[int, Form()] = USUAL_DAYS,
) -> Response:
    """Make a token and show it, once."""
    desk = workplace(request)
    secret, made = desk.tokens.make(session.person, name, scopes, days)
    told = {"what": "token made", "name": made.name, "scopes": list(made.scopes), "days": days}
    desk.ledger.record_event("people", told, session.person.name)
    return own_page(request, session, secret)


@router.post("/me/tokens/revoke")
def revoke_token(request: Request, session: Changer, id: Text = "") -> Response:
    """End a token of one's own; an administrator ends anybody's."""
    desk = workplace(request)
    found = next((each for each in desk.tokens.of() if each.id == id), None)
    if found is None or (found.person != session.person.name and not session.person.may("people")):
        raise HTTPException(404)
    desk.tokens.revoke(id)
    told = {"what": "token revoked", "name": found.name, "of": found.person}
    desk.ledger.record_event("people", told, session.person.name)
    return RedirectResponse("/me", 303)


def own_page(request: Request, session: Session, secret: str = "", codes: list[str] | None = None) -> Response:
    """Return the page; with a token's secret, or recovery codes, that are shown this once."""
    desk = workplace(request)
    person, factors = session.person, desk.people.factors
    tokens = desk.tokens.of("" if person.may("people") else person.name)
    on, pending = factors.on(person.name), factors.pending(person.name)
    return page(
        request, "me.html.j2", session, tokens=tokens, secret=secret, days=_DAYS, usual=USUAL_DAYS, day_of=_day,
        now=desk.people.file.now(), scopes=[scope for scope, right in SCOPES.items() if person.may(right)],
        on=on, pending=pending, codes=codes or [], left=factors.left(person.name), required=factors.required,
        must=factors.required and not on,
        drawing=Markup(drawn(address_of(person.name, pending))) if pending else "",
    )  # fmt: skip


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, UTC).date().isoformat()
