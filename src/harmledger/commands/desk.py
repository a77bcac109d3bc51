"""``harmledger desk``: the workbench in the browser, on this machine alone."""

from __future__ import annotations

from typing import Annotated

import typer

from harmledger.commands.opening import Where, opened, say

# Like "ledger" on a telephone's keys, and free on most machines.
PORT = 5334


def desk(
    port: Annotated[int, typer.Option(min=0, max=65535, metavar="N", help="The port; 0 takes a free one.")] = PORT,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only show the address; open nothing.")] = False,
    ledger: Where = "",
) -> None:
    """Open the desk: review what was read, in the browser, on this machine alone."""
    import webbrowser

    from harmledger.desk.serving import serve
    from harmledger.desk.workplace import Workplace

    with opened(ledger) as book:
        place = Workplace(book)
        try:

            def ready(address: str) -> None:
                first = place.people.nobody()
                to = f"{address}/join/{place.people.invite('administrator')}" if first else address
                if first:
                    say("Nobody sits at this desk yet. This link makes its administrator, once, within 48 hours:")
                say(to)
                say("Control-C ends it.")
                if not no_browser:
                    webbrowser.open(to)

            serve(place, port, ready)
        finally:
            place.close()
