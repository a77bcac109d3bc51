"""Who may ask for what: hosts, origins, sessions, rights, CSRF tokens, and the headers on every answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from secrets import compare_digest
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Form, HTTPException, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from harmledger.desk.binding import Binding
from harmledger.desk.people import Session
from harmledger.desk.workplace import Workplace

COOKIE, LANGUAGE, HALF = "harmledger_desk", "harmledger_language", "harmledger_half"
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
        "font-src 'self'; worker-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}


class NotSignedIn(Exception):
    """Nobody is signed in."""


Answer = Callable[[Request], Awaitable[Response]]


async def guarded(request: Request, answer: Answer) -> Response:
    """Refuse requests meant for another host or sent by another site; put the headers on what is answered."""
    binding: Binding = request.app.state.binding
    if _host(request) not in binding.hosts:
        # A name that another site lets point here (DNS rebinding) must not read the desk.
        return refusal(request, 421, "This desk does not answer to that name.")
    if request.method not in ("GET", "HEAD"):
        origin = request.headers.get("origin", "")
        if origin and origin != f"{request.url.scheme}://{request.headers.get('host', '')}":
            return refusal(request, 403, "This form was sent by another site.")
    answered = await answer(request)
    for name, value in _HEADERS.items():
        answered.headers.setdefault(name, value)
    answered.headers.setdefault("Cache-Control", "no-store")
    if binding.secure:
        answered.headers["Strict-Transport-Security"] = "max-age=31536000"
    return answered


def _host(request: Request) -> str:
    try:
        return (urlsplit(f"//{request.headers.get('host', '')}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def keep(request: Request, answer: Response, cookie: str, value: str, seconds: int) -> None:
    """Give a cookie that no script reads and no other site sends; where all speak TLS, that never goes without."""
    secure = request.app.state.binding.secure
    answer.set_cookie(cookie, value, max_age=seconds, httponly=True, samesite="strict", secure=secure)


def refusal(request: Request, status: int, why: str) -> Response:
    """Return a refusal in a few words, to programs as a problem (RFC 9457)."""
    if not request.url.path.startswith("/api/"):
        return PlainTextResponse(why, status)
    told = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": why}
    return JSONResponse(told, status, media_type="application/problem+json")


def workplace(request: Request) -> Workplace:
    """Return the desk that the pages are of."""
    found: Workplace = request.app.state.workplace
    return found


class NoFactor(Exception):
    """Everybody needs a second factor, and this person has none yet."""


def signed_in(request: Request) -> Session:
    """Return the session of a request, whether or not a second factor is still missing."""
    found = workplace(request).people.session(request.cookies.get(COOKIE, ""))
    if found is None:
        raise NotSignedIn
    return found


def session_of(request: Request) -> Session:
    """Return the session of a request; NotSignedIn where there is none, NoFactor where a factor is missing."""
    found = signed_in(request)
    factors = workplace(request).people.factors
    if factors.required and not factors.on(found.person.name):
        raise NoFactor
    return found


def may(right: str) -> Callable[..., Session]:
    """Return what a handler depends on so that only persons with a right get in."""

    def allowed(session: Annotated[Session, Depends(session_of)]) -> Session:
        if not session.person.may(right):
            raise HTTPException(403)
        return session

    return allowed


def may_change(right: str) -> Callable[..., Session]:
    """Return the same for what changes anything: the form must carry the session's token."""

    entered = may(right)

    # As defaults: an annotation that names ``entered`` could not be resolved outside this function.
    def allowed(session: Session = Depends(entered), csrf: str = Form("", max_length=100)) -> Session:
        return _carried(session, csrf)

    return allowed


def signed_in_changes(session: Annotated[Session, Depends(signed_in)], csrf: str = Form("", max_length=100)) -> Session:
    """Return the session for changes that somebody without a needed second factor may make: to get one."""
    return _carried(session, csrf)


def _carried(session: Session, csrf: str) -> Session:
    if not compare_digest(csrf.encode(), session.csrf.encode()):
        raise HTTPException(403)
    return session


def local(back: str, otherwise: str = "/") -> str:
    """Return an address to go back to, if it is one of the desk's own.

    >>> local("/record?page=2"), local("//elsewhere.example"), local("https://elsewhere.example")
    ('/record?page=2', '/', '/')
    """
    parts = urlsplit(back)
    own = back.startswith("/") and not back.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    return back if own and back.isprintable() else otherwise
