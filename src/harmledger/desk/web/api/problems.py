"""What goes wrong, told to programs as RFC 9457 asks: ``application/problem+json`` with a type, a status and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import orjson
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict, Field
from starlette.responses import Response

from harmledger.errors import HarmledgerError, JudgedMeanwhile, LedgerError
from harmledger.show.safe import visible

MEDIA = "application/problem+json"
# The types that a program may want to tell apart; for all others the status says enough.
TYPES: Mapping[str, str] = {
    "judged-meanwhile": "Somebody judged the same since `seen`. Read it again, and judge again if you still want to.",
    "unknown-subject": "A judgement names a claim, report, incident or judgement that the ledger does not hold.",
    "unreadable": "Nothing in what was sent could be read as a report; `errors` tells why.",
    "scope": "The token's scopes, or the role of its person, do not allow this.",
    "token": "There is no token, or it is wrong, revoked or over.",
    "busy": "Ask again after as many seconds as `Retry-After` says.",
}
_MOST_ERRORS = 100


class Fault(BaseModel):
    """One thing that is wrong, and where."""

    model_config = ConfigDict(frozen=True)
    where: str = Field(description="The field or the file, such as `body.verb` or `news.jsonl:14`.")
    what: str


class ProblemTold(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(frozen=True)
    type: str = Field(description="`about:blank`, or where this kind of problem is described.")
    title: str
    status: int
    detail: str
    errors: list[Fault] = []


class Problem(Exception):
    """A request that is refused. ``kind`` is one of TYPES, or "" where the status says enough."""

    def __init__(
        self, status: int, detail: str, kind: str = "", faults: Sequence[Fault] = (), headers: Mapping[str, str] = {}
    ) -> None:
        super().__init__(detail)
        self.status, self.detail, self.kind, self.faults, self.headers = status, detail, kind, faults, headers


def answered(problem: Problem) -> Response:
    """Return the answer that tells of a problem."""
    told: dict[str, Any] = {
        "type": f"/api/#problem-{problem.kind}" if problem.kind else "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "detail": _clean(problem.detail),
    }
    if problem.faults:
        told["errors"] = [
            {"where": _clean(fault.where), "what": _clean(fault.what)} for fault in problem.faults[:_MOST_ERRORS]
        ]
    return Response(orjson.dumps(told), problem.status, dict(problem.headers), MEDIA)


def _clean(text: str) -> str:
    return visible(text.encode("utf-8", "replace").decode())[:2000]


def of_validation(error: RequestValidationError) -> Problem:
    """Return what a request of a wrong shape is told; its values are not repeated."""
    faults = [Fault(where=".".join(map(str, each["loc"])), what=str(each["msg"])) for each in error.errors()]
    return Problem(422, "The request does not have the shape that is asked for; `errors` tells where.", "", faults)


def of_error(error: HarmledgerError) -> Problem:
    """Return what an error of ours is told as."""
    if isinstance(error, JudgedMeanwhile):
        return Problem(409, str(error), "judged-meanwhile")
    if isinstance(error, LedgerError):
        return Problem(503, str(error), "busy", headers={"Retry-After": "5"})
    return Problem(422, str(error).replace("--query", "query"))
