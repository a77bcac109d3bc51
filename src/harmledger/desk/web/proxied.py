"""Behind a proxy: who may ask, and what is believed of what the proxy says."""

from __future__ import annotations

from ipaddress import ip_address

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from harmledger.desk.binding import Network


class Proxied:
    """Answers the proxy alone, and only where it says that whoever asks speaks TLS to it.

    Of what it says, the last value of each header is its own; the others come from whoever asks.
    """

    def __init__(self, app: ASGIApp, proxy: Network) -> None:
        self.app, self._proxy = app, proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "http":
            why = self._wrong(scope)
            if why:
                await PlainTextResponse(why, 403)(scope, receive, send)
                return
            scope = {**scope, "scheme": "https", "client": (_last(scope, "x-forwarded-for") or scope["client"][0], 0)}
        await self.app(scope, receive, send)

    def _wrong(self, scope: Scope) -> str:
        try:
            asking = ip_address((scope.get("client") or ("",))[0])
        except ValueError:
            return "This desk answers its proxy alone."
        own = getattr(asking, "ipv4_mapped", None) or asking
        if own.version != self._proxy.version or own not in self._proxy:
            return "This desk answers its proxy alone."
        if _last(scope, "x-forwarded-proto").lower() != "https":
            return "The proxy must speak TLS, and say so: X-Forwarded-Proto: https."
        return ""


def _last(scope: Scope, header: str) -> str:
    told = Headers(scope=scope).getlist(header)
    return told[-1].split(",")[-1].strip()[:100] if told else ""
