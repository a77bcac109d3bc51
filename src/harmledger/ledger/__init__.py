"""The ledger: reports, judgements and all that was done with them, append-only, each line holding the one before."""

from harmledger.ledger.address import Address, address_of
from harmledger.ledger.asked import Hit, Search
from harmledger.ledger.chain import Head, Line
from harmledger.ledger.elsewhere import backup_ledger, copy_ledger, restore_ledger
from harmledger.ledger.face import Ledger
from harmledger.ledger.intake import Taken
from harmledger.ledger.opening import lock_new, open_ledger
from harmledger.ledger.verify import Finding, Verdict

__all__ = [
    "Address",
    "Finding",
    "Head",
    "Hit",
    "Ledger",
    "Line",
    "Search",
    "Taken",
    "Verdict",
    "address_of",
    "backup_ledger",
    "copy_ledger",
    "lock_new",
    "open_ledger",
    "restore_ledger",
]
