"""Judgements out and in: every verb that the ledger knows, each a line with person, reason and token."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import ConfigDict, Field
from starlette.responses import Response

from harmledger.desk.judge import every, known, seen_of
from harmledger.desk.slices import cursor_of, place_in
from harmledger.desk.web.api.asking import PLAIN, Desk, Name, Piece, asked_in, lead_on
from harmledger.desk.web.api.door import Judge, Reader
from harmledger.desk.web.api.problems import Fault, Problem
from harmledger.desk.web.api.shapes import Judgements, JudgementTold, Shape
from harmledger.desk.web.api.telling import judgements_told
from harmledger.errors import JudgedMeanwhile, LedgerError, QueryError
from harmledger.ledger.judging import Manner, check
from harmledger.model import Judgement, Verb

router = APIRouter(tags=["Judgements"])
Id = Annotated[str, Field(min_length=1, max_length=200, pattern=PLAIN)]
Words = Annotated[str, Field(max_length=2000, pattern=r"^[^\u0000]*$")]


class JudgementSent(Shape):
    """A judgement. What each verb needs stands in the documents; all but a note need a reason."""

    model_config = ConfigDict(strict=True)

    verb: Verb
    subject: Id = Field(description="The claim, incident, event or report; for `undo` the judgement.")
    other: Annotated[Id | None, Field(description="The second of `same_incident` and `not_same_incident`.")] = None
    field: Annotated[Id | None, Field(description="The field that `correct_claim` mends.")] = None
    value: Annotated[Words | None, Field(description="The right value, the grade, the place, or the note.")] = None
    reason: Words = ""
    seen: Annotated[int | None, Field(ge=0, le=2**31 - 1, description="`seen` of what was looked at.")] = None


class JudgementMade(JudgementTold):
    """A judgement as it was recorded; `seen` goes with the next one on the same subject."""

    seen: int
    up_to_date: bool


@router.get("/judgements", response_model=Judgements, summary="List judgements")
def judgements(
    request: Request,
    response: Response,
    desk: Desk,
    caller: Reader,
    piece: Piece,
    subject: Annotated[str, Query(max_length=200, pattern=PLAIN, description="Only those that name this.")] = "",
) -> Judgements:
    """List judgements in the order in which they were recorded, undone ones too."""
    told = every(desk.ledger, subject)
    start = 0
    if piece.cursor:
        (last,) = place_in(piece.cursor, 1)
        order = {done.judgement.id: place for place, done in enumerate(told)}
        if last not in order:
            raise QueryError("cursor: is none that an answer gave. Take it as it stands in `next`.")
        start = order[last] + 1
    found = told[start : start + piece.limit]
    desk.looked_through(caller, asked_in(request), [])
    on = cursor_of(found[-1].judgement.id) if start + piece.limit < len(told) else ""
    return Judgements(items=judgements_told(found), next=lead_on(request, response, on))


@router.get("/judgements/{name}", response_model=JudgementTold, summary="One judgement")
def judgement(desk: Desk, caller: Reader, name: Name) -> JudgementTold:
    """Tell a judgement by its id."""
    found = [done for done in every(desk.ledger) if done.judgement.id == name]
    if not found:
        raise Problem(404, f"{name}: is no judgement of this ledger.")
    desk.looked_through(caller, "judgement", [name])
    return judgements_told(found)[0]


@router.post("/judgements", response_model=JudgementMade, status_code=201, summary="Judge")
def judge(desk: Desk, caller: Judge, sent: JudgementSent) -> JudgementMade:
    """Record a judgement. With `seen`, 409 is told where anybody judged the same since, and nothing is recorded."""
    made = Judgement(
        sent.verb, sent.subject, sent.other, sent.value, caller.person.name, "", sent.reason.strip(), sent.field
    )
    desk.fresh.wait()
    names = [] if sent.verb == "undo" else [name for name in (sent.subject, sent.other) if name]
    gone = [name for name in names if not known(desk.ledger, desk.shelf, name)]
    if gone:
        faults = [Fault(where="body", what=f"There is no {name} here.") for name in gone]
        raise Problem(422, "It judges what the ledger does not hold; nothing was recorded.", "unknown-subject", faults)
    try:
        check(made)
        done = desk.ledger.judge(made, Manner(sent.seen, True, caller.token.name))
    except JudgedMeanwhile:
        raise
    except LedgerError as error:
        raise Problem(422, str(error)) from error
    fresh = desk.fresh.wait()
    told = JudgementTold(
        id=done.id, verb=done.verb, subject=done.subject, other=done.other, field=done.field, value=done.value,
        reason=done.reason, by=done.by, at=done.at, stands=True,
    )  # fmt: skip
    return JudgementMade(**told.model_dump(), seen=seen_of(desk.ledger, [done.subject]), up_to_date=fresh)
