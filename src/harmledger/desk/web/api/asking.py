"""What handlers of the API share: what may stand in an address, the question, and the piece that is asked for."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Path, Query, Request
from starlette.responses import Response

from harmledger.desk.record import coarse
from harmledger.desk.slices import Wanted
from harmledger.desk.tokens import Caller
from harmledger.desk.web.api.shapes import USUAL_LIMIT, Asked, Cursor, Limit
from harmledger.desk.web.guard import workplace
from harmledger.desk.workplace import Workplace
from harmledger.query import Query as Question

# No control character may stand in an id or in what is looked for; no database knows what to do with some.
PLAIN = r"^[^\u0000-\u001f\u007f]*$"
Name = Annotated[str, Path(min_length=1, max_length=200, pattern=PLAIN)]
Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
Word = Annotated[str, Query(max_length=100, pattern=PLAIN)]


def question(request: Request, query: Asked = "") -> Question:
    """Return the question that is asked; it is one with that of exports and the desk."""
    caller: Caller = request.state.caller
    return Question.parse(query) if caller.may("restricted") else coarse(Question.parse(query))


def piece(cursor: Cursor = "", limit: Limit = USUAL_LIMIT) -> Wanted:
    """Return which piece of a list is asked for."""
    return Wanted(cursor, limit)


Queried = Annotated[Question, Depends(question)]
Piece = Annotated[Wanted, Depends(piece)]
Desk = Annotated[Workplace, Depends(workplace)]


def lead_on(request: Request, response: Response, cursor: str) -> str | None:
    """Put the address of the next piece into the answer's headers; return its cursor, None at the end."""
    if not cursor:
        return None
    asked = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    response.headers["Link"] = f'<{request.url.path}?{urlencode([*asked, ("cursor", cursor)])}>; rel="next"'
    return cursor


def asked_in(request: Request) -> str:
    """Return what was asked for, as the log tells it."""
    path = request.url.path.removeprefix("/api")
    return f"{path}?{request.url.query}" if request.url.query else path
