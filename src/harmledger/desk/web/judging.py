"""Every judgement comes in here: one form, one line of the ledger, and back to where the person was."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from harmledger.desk.judge import record
from harmledger.desk.people import Session
from harmledger.desk.web.guard import local, may_change, workplace
from harmledger.desk.web.showing import words_of
from harmledger.model import Judgement

router = APIRouter()
Text = Annotated[str, Form(max_length=2000)]


@router.post("/judge")
def judge(
    request: Request,
    session: Annotated[Session, Depends(may_change("judge"))],
    verb: Text,
    subject: Text,
    other: Text = "",
    field: Text = "",
    value: Text = "",
    reason: Text = "",
    seen: Annotated[int | None, Form()] = None,
    back: Text = "/",
) -> Response:
    """Record a judgement."""
    desk, words = workplace(request), words_of(request)
    made = Judgement(
        verb,  # type: ignore[arg-type]
        subject.strip(),
        other.strip() or None,
        value.strip() if value.strip() or verb == "correct_claim" else None,
        session.person.name,
        "",
        reason.strip(),
        field or None,
    )
    done = record(desk.ledger, made, seen)
    desk.fresh.wait()
    desk.people.tell(session, words("say.done", what=words(f"verb.{done.verb}")))
    return RedirectResponse(local(back), 303)
