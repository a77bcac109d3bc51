"""Pairs of reports that were nearly put together, out of what matching keeps beside the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from harmledger.ledger.growing import LOCK, Growing
from harmledger.ledger.locks import lock
from harmledger.ledger.noted import get
from harmledger.ledger.store import Store

if TYPE_CHECKING:
    from harmledger.match.nearly import Near


def nearly(store: Store, most: int = 200) -> list[Near] | None:
    """Return the pairs nearest to the bar and below it; None where no matching is kept, as under a passphrase."""
    if store.key is not None or store.frozen:
        return None
    with lock(store.address.notes, LOCK):
        with store.reading() as connection:
            noted = get(connection, "matched")
        growing = Growing(store, noted)
        try:
            return growing.matcher.nearly(most) if growing.exact else None
        finally:
            growing.close()
