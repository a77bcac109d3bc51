"""The application under ``/api``: its routers, and what is answered where something goes wrong."""

from __future__ import annotations

from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from harmledger.desk.web.api import claims, handing_on, incidents, intake, judgements, reports
from harmledger.desk.web.api.document import document, documents
from harmledger.desk.web.api.door import Door
from harmledger.desk.web.api.problems import Fault, Problem, ProblemTold, answered, of_error, of_validation
from harmledger.desk.workplace import Workplace
from harmledger.errors import HarmledgerError

_REFUSALS = {
    400: "No JSON, or not in UTF-8",
    405: "Not with this method",
    401: "No token, or a wrong one",
    403: "Not for this token",
    404: "Nothing there",
    409: "Somebody else was first",
    413: "More than the API takes at once",
    415: "Not the content type that is asked for",
    421: "Not the name of this desk",
    422: "Not understood",
    429: "Too much at once",
    503: "The ledger could not do it now",
}


def make_api(desk: Workplace) -> FastAPI:
    """Return the application that is mounted at ``/api``."""
    refusals: dict[int | str, dict[str, Any]] = {
        code: {"model": ProblemTold, "description": words} for code, words in _REFUSALS.items()
    }
    api = FastAPI(
        title="harmledger",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses=refusals,
        dependencies=[Depends(_only_known)],
    )
    api.state.workplace = desk
    for room in (reports, intake, claims, incidents, judgements, handing_on):
        api.include_router(room.router)
    api.include_router(documents)
    api.openapi = lambda: document(api)  # type: ignore[method-assign]
    api.add_middleware(Door, desk=desk)
    for kind in (Problem, HTTPException, RequestValidationError, HarmledgerError, Exception):
        api.add_exception_handler(kind, _told)
    return api


def _only_known(request: Request) -> None:
    """Refuse what no call asks for: a question under a misspelt name would be answered with everything."""
    path = getattr(request.scope.get("route"), "path", "")
    call = request.app.openapi()["paths"].get(path, {}).get(request.method.lower(), {})
    asked = {each["name"] for each in call.get("parameters", ()) if each["in"] == "query"}
    told = [name for name, _ in request.query_params.multi_items()]
    faults = [
        Fault(where=f"query.{name}", what="Nothing of this name is asked for.") for name in told if name not in asked
    ]
    faults += [Fault(where=f"query.{name}", what="Is told twice.") for name in asked if told.count(name) > 1]
    if faults:
        raise Problem(422, "The address asks for what this call does not know; `errors` tells what.", "", faults)


async def _told(request: Request, error: Exception) -> Response:
    if isinstance(error, Problem):
        return answered(error)
    if isinstance(error, RequestValidationError):
        return answered(of_validation(error))
    if isinstance(error, HarmledgerError):
        return answered(of_error(error))
    if isinstance(error, HTTPException):
        headers = dict(error.headers or {})
        if error.status_code == 405:
            headers["Allow"] = ", ".join(_methods(request))
        return answered(Problem(error.status_code, str(error.detail), headers=headers))
    return answered(Problem(500, "Something broke; the desk's terminal tells more. Nothing recorded is lost."))


def _methods(request: Request) -> list[str]:
    """Return the methods of an address; several routes share one."""
    found: set[str] = set()
    todo = list(request.app.routes)
    while todo:
        route = todo.pop()
        todo += getattr(getattr(route, "original_router", None), "routes", [])
        if getattr(route, "methods", None) and route.matches(request.scope)[0] is not Match.NONE:
            found |= route.methods
    return sorted(found)
