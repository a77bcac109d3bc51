"""The desk's server: on this machine alone, until it is stopped."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from harmledger.errors import DeskError

if TYPE_CHECKING:
    from harmledger.desk.workplace import Workplace

_HOST = "127.0.0.1"


def serve(place: Workplace, port: int, ready: Callable[[str], None]) -> None:
    """Serve the desk; ``ready`` is told its address once it may be opened."""
    import uvicorn

    from harmledger.desk.web.app import make_app

    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((_HOST, port))
    except OSError as error:
        listener.close()
        raise DeskError(
            f"Port {port} cannot be used ({error.strerror}). Is a desk open already? Else choose: --port 0."
        ) from error
    listener.listen(128)
    ready(f"http://{_HOST}:{listener.getsockname()[1]}")
    server = uvicorn.Server(uvicorn.Config(make_app(place), log_level="warning", access_log=False, server_header=False))
    server.run(sockets=[listener])
