"""The last line that this machine saw, beside the ledger, so that lines taken off the end are missed."""

from __future__ import annotations

import json

from harmledger.ledger.address import Address
from harmledger.ledger.chain import Head

NAME = "ledger.head"


def remember(address: Address, head: Head) -> None:
    """Write down the last line. The line itself is recorded already: where this cannot be written, nothing is lost."""
    if head.number == 0:
        return
    path = address.notes / NAME
    part = path.with_suffix(f".head.{_mine()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps({"number": head.number, "hash": head.hash}))
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)


def recalled(address: Address) -> tuple[int, str] | None:
    """Return the number and hash of the last line that was seen; None where none was. ValueError where it is broken."""
    try:
        kept = json.loads((address.notes / NAME).read_text())
        return int(kept["number"]), str(kept["hash"])
    except FileNotFoundError:
        return None
    except (KeyError, TypeError, UnicodeDecodeError) as error:
        raise ValueError(str(error)) from error


def _mine() -> str:
    import os
    import threading

    return f"{os.getpid()}-{threading.get_ident()}"
