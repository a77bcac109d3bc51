"""The door of the API: a token and nothing else opens it, before a byte of what is sent is read."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Annotated

from fastapi import Depends, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from harmledger.desk.adding import MOST_BYTES
from harmledger.desk.tokens import SCOPES, Caller
from harmledger.desk.web.api.problems import Problem, answered
from harmledger.desk.workplace import Workplace

# What is open to all: how to use the API, and nothing of what the ledger holds.
OPEN = frozenset({"", "/", "/openapi.json"})
MOST_WRONG, WRONG_S = 10, 60
_ADDRESSES = 10_000
# What is sent elsewhere than to where reports go.
_MOST_ELSE = 65_536


class Door:
    """Lets callers in. A cookie opens nothing here, so that no page of another site can act in a person's name."""

    def __init__(self, app: ASGIApp, desk: Workplace) -> None:
        self.app, self._desk, self._wrong = app, desk, Wrong(desk.people.file.now)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        path = scope["path"].removeprefix(scope.get("root_path", "")) if scope["type"] == "http" else ""
        if scope["type"] == "http" and path not in OPEN:
            try:
                scope.setdefault("state", {})["caller"] = await self._caller(scope)
                _check_content(Headers(scope=scope), path)
            except Problem as problem:
                await answered(problem)(scope, receive, send)
                return
            receive = _counted(receive, _most(path))
        await self.app(scope, receive, send)

    async def _caller(self, scope: Scope) -> Caller:
        told = Headers(scope=scope).getlist("authorization")
        kind, _, secret = told[0].partition(" ") if len(told) == 1 else ("", "", "")
        asks = {"WWW-Authenticate": 'Bearer realm="harmledger"'}
        if kind.lower() != "bearer" or not secret.strip():
            raise Problem(401, "Send a token: Authorization: Bearer TOKEN.", "token", headers=asks)
        # A right token passes whatever others did from the same address; 256 bits are not guessed.
        found = await run_in_threadpool(self._desk.tokens.caller, secret.strip())
        if found is None:
            wait = self._wrong.count((scope.get("client") or ("",))[0])
            if wait:
                headers = {"Retry-After": str(wait)}
                raise Problem(429, "Too many wrong tokens from this address.", "busy", headers=headers)
            raise Problem(401, "This token is wrong, revoked or over.", "token", headers=asks)
        factors = self._desk.people.factors
        if factors.required and not factors.on(found.person.name):
            raise Problem(403, f"{found.person.name} needs a second factor first: the desk asks for it.", "scope")
        return found


class Wrong:
    """How many wrong tokens came from each address lately."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now, self._lock = now, Lock()
        self._told: dict[str, tuple[float, int]] = {}

    def count(self, address: str) -> int:
        """Count one more; return for how many seconds the address is refused, 0 where it is not."""
        with self._lock:
            now = self._now()
            since, number = self._told.get(address, (now, 0))
            if now - since >= WRONG_S:
                since, number = now, 0
            if len(self._told) >= _ADDRESSES:
                self._told.clear()
            self._told[address] = (since, number + 1)
            return max(1, int(since + WRONG_S - now)) if number >= MOST_WRONG else 0


def _check_content(headers: Headers, path: str) -> None:
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise Problem(415, "Send it as it is, without a Content-Encoding.")
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    told = headers.get("content-length", "0")
    if not told.isdecimal() or int(told) > _most(path):
        raise _too_much(path)
    if path in ("/reports", "/judgements") and "content-length" in headers and kind != "application/json":
        raise Problem(415, "Send application/json.")


def _most(path: str) -> int:
    return MOST_BYTES if path in ("/reports", "/files") else _MOST_ELSE


def _too_much(path: str) -> Problem:
    return Problem(413, f"More than {_most(path):,} bytes. Give it to `harmledger add`, or send it in parts.")


def _counted(receive: Receive, most: int) -> Receive:
    """Return what reads a body that does not tell its length, up to where it is too much."""
    read = 0

    async def counting() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            # The one error that FastAPI hands on while it reads a body.
            raise HTTPException(413, f"More than {most:,} bytes.")
        return message

    return counting


def may(right: str) -> Callable[..., Caller]:
    """Return what a handler depends on so that only callers with a right get in."""

    def allowed(request: Request) -> Caller:
        caller: Caller = request.state.caller
        if not caller.may(right):
            scope = next(scope for scope, its in SCOPES.items() if its == right)
            if scope not in caller.token.scopes:
                raise Problem(403, f"The token lacks the scope {scope!r}.", "scope")
            raise Problem(403, f"The role of {caller.person.name} no longer allows {scope!r}.", "scope")
        return caller

    return allowed


Looker = Annotated[Caller, Depends(may("look"))]
Reader = Annotated[Caller, Depends(may("restricted"))]
Judge = Annotated[Caller, Depends(may("judge"))]
Adder = Annotated[Caller, Depends(may("add"))]
