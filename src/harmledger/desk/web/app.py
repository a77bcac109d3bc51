"""The application: every page's router, and what is answered where something goes wrong."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from harmledger.desk.binding import Binding
from harmledger.desk.web import (
    adding,
    coming,
    factor,
    figures,
    importing,
    incidents,
    judging,
    maps,
    me,
    people,
    queue,
    reports,
    timeline,
)
from harmledger.desk.web.api.app import make_api
from harmledger.desk.web.guard import NoFactor, NotSignedIn, guarded, local, refusal, signed_in, workplace
from harmledger.desk.web.proxied import Proxied
from harmledger.desk.web.showing import address, page, said, words_of
from harmledger.desk.workplace import Workplace
from harmledger.errors import HarmledgerError


def make_app(desk: Workplace, binding: Binding | None = None) -> FastAPI:
    """Return the desk's application, for this machine alone if not told otherwise."""
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None)
    app.state.workplace = desk
    app.state.binding = binding or Binding()
    app.middleware("http")(guarded)
    if app.state.binding.proxy is not None:
        app.add_middleware(Proxied, proxy=app.state.binding.proxy)
    rooms = (coming, queue, reports, judging, incidents, maps, figures, adding, importing, me, factor, people, timeline)
    for room in rooms:
        app.include_router(room.router)
    app.mount("/api", make_api(desk), name="api")
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.add_exception_handler(NotSignedIn, _sign_in)
    app.add_exception_handler(NoFactor, _to_factor)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _refused)
    app.add_exception_handler(HarmledgerError, _wrong)
    return app


async def _sign_in(request: Request, error: Exception) -> Response:
    del error
    back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    if request.method != "GET":
        back = ""
    return RedirectResponse(address("/sign-in", back=back if back != "/" else ""), 303)


async def _to_factor(request: Request, error: Exception) -> Response:
    del request, error
    return RedirectResponse("/me", 303)


async def _refused(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 422
    if request.url.path.startswith("/api/"):
        # An address that not even the mount of the API takes, such as one with a line's end in it.
        return refusal(request, status, HTTPStatus(status).phrase)
    session = workplace(request).people.session(request.cookies.get("harmledger_desk", ""))
    return page(request, "refused.html.j2", session, status)


async def _wrong(request: Request, error: Exception) -> Response:
    """Tell what went wrong on the page that the form was sent from; nothing of it was recorded."""
    try:
        session = signed_in(request)
    except NotSignedIn:
        return await _sign_in(request, error)
    if request.method == "GET":
        return page(request, "refused.html.j2", session, 400, why=said(words_of(request), error))
    form = await request.form()
    workplace(request).people.tell(session, f"! {said(words_of(request), error)}")
    return RedirectResponse(local(str(form.get("back", "")), "/"), 303)
