"""The desk's server, until it is stopped: on this machine alone, or beyond it as its binding allows."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from harmledger.desk.binding import CIPHERS, Binding
from harmledger.errors import DeskError

if TYPE_CHECKING:
    from harmledger.desk.workplace import Workplace


def serve(place: Workplace, binding: Binding, ready: Callable[[str], None]) -> None:
    """Serve the desk; ``ready`` is told its address once it may be opened."""
    import uvicorn

    from harmledger.desk.web.app import make_app

    listener = socket.socket(socket.AF_INET6 if ":" in binding.host else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((binding.host, binding.port))
    except OSError as error:
        listener.close()
        raise DeskError(
            f"{binding.host}, port {binding.port} cannot be used ({error.strerror}). Is the address one of this "
            "machine? Is a desk open already? Else choose: --port 0."
        ) from error
    listener.listen(128)
    ready(binding.address(listener.getsockname()[1]))
    # What proxies say is read in one place of our own, not by uvicorn. Browsers keep connections open, which must not
    # keep the desk from ending.
    config = uvicorn.Config(
        make_app(place, binding), log_level="warning", access_log=False, server_header=False, proxy_headers=False,
        ssl_certfile=binding.cert, ssl_keyfile=binding.key, ssl_ciphers=CIPHERS, timeout_graceful_shutdown=3,
    )  # fmt: skip
    uvicorn.Server(config).run(sockets=[listener])
