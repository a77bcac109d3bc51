"""``harmledger desk``: the workbench in the browser, on this machine alone unless told otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.commands.opening import Where, opened, say

if TYPE_CHECKING:
    from harmledger.desk.workplace import Workplace

# Like "ledger" on a telephone's keys, and free on most machines.
PORT = 5334

Host = Annotated[str, typer.Option(metavar="ADDRESS", help="Answer there; beyond this machine by TLS alone.")]
Cert = Annotated[Path | None, typer.Option("--tls-cert", metavar="FILE", help="A certificate with its chain, as PEM.")]
Key = Annotated[Path | None, typer.Option("--tls-key", metavar="FILE", help="Its private key, as PEM.")]
Proxy = Annotated[
    str,
    typer.Option("--behind-proxy", metavar="ADDRESS", help="Answer this proxy alone, which speaks TLS and says so."),
]
Names = Annotated[
    list[str], typer.Option("--name", metavar="NAME", help="The name that browsers use; may be told several times.")
]


def desk(
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0 takes a free one.")] = PORT,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only show the address; open nothing.")] = False,
    host: Host = "127.0.0.1",
    tls_cert: Cert = None,
    tls_key: Key = None,
    behind_proxy: Proxy = "",
    names: Names = [],  # noqa: B006
    forget_factor: Annotated[
        str, typer.Option("--forget-factor", metavar="PERSON", help="Forget a person's second factor, and open.")
    ] = "",
    ledger: Where = "",
) -> None:
    """Open the desk: review what was read, in the browser, on this machine alone."""
    import webbrowser

    from harmledger.desk.binding import Wish, binding_of
    from harmledger.desk.serving import serve
    from harmledger.desk.workplace import Workplace

    binding = binding_of(Wish(host, port, tls_cert, tls_key, behind_proxy, names))
    with opened(ledger) as book:
        place = Workplace(book)
        try:
            if forget_factor:
                _forget(place, forget_factor)

            def ready(address: str) -> None:
                first = place.people.nobody()
                to = f"{address}/join/{place.people.invite('administrator')}" if first else address
                if first:
                    say("Nobody sits at this desk yet. This link makes its administrator, once, within 48 hours:")
                say(to)
                say("Control-C ends it.")
                if not no_browser and binding.proxy is None:
                    webbrowser.open(to)

            serve(place, binding, ready)
        finally:
            place.close()


def _forget(place: Workplace, name: str) -> None:
    from harmledger.errors import DeskError

    found = place.people.person(name)
    if found is None:
        raise DeskError(f"--forget-factor {name}: is nobody at this desk.")
    place.people.factors.forget(found.name)
    place.ledger.record_event("people", {"what": "second factor forgotten", "name": found.name})
    say(f"{found.name} signs in by the password alone now, and may enrol anew.")
