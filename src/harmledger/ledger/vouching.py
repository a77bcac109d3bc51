"""Heads signed and timestamped, and held against the ledger again."""

from __future__ import annotations

from pathlib import Path

from harmledger.errors import LedgerError
from harmledger.ledger.chain import Line, now
from harmledger.ledger.face import Ledger
from harmledger.ledger.heads import SignedHead, read_key, signed
from harmledger.ledger.timestamps import KIND, Stamp, ask, check, read_roots


def sign_head(ledger: Ledger, key_file: Path, passphrase: str | None = None) -> SignedHead:
    """Return the head, signed: kept elsewhere, it shows later that no line up to it was changed."""
    head = ledger.head()
    return signed(read_key(key_file, passphrase), ledger.name(), head.number, head.hash, (ledger.by, now()))


def check_head(ledger: Ledger, head: SignedHead) -> None:
    """Raise LedgerError where the ledger no longer has the line that a signed head names."""
    if head.ledger != ledger.name():
        raise LedgerError(f"This head is of the ledger {head.ledger}, and this one is {ledger.name()}.")
    found = ledger.line(head.number)
    if found is None or found.hash != head.hash:
        raise LedgerError(
            f"Line {head.number} is not what {head.by} signed at {head.at}: lines up to it were changed, removed, "
            "added or moved since."
        )


def add_timestamp(ledger: Ledger, authority: str) -> Line:
    """Ask an authority (RFC 3161) to vouch for the time of the head, and record its answer. Uses the network."""
    head = ledger.head()
    return ledger.record(KIND, ask(authority, ledger.name(), head.number, head.hash), ledger.by)


def check_timestamps(ledger: Ledger, roots: Path) -> list[Stamp]:
    """Return what the ledger's timestamps prove, under the root certificates of a PEM file."""
    certificates, name = read_roots(roots), ledger.name()
    stamps = []
    for line in ledger.lines([KIND]):
        stamps.append(check(line, name, certificates))
        told = line.told
        covered = ledger.line(told["line"])
        if covered is None or covered.hash != told["hash"]:
            raise LedgerError(f"line {told['line']}: is not what was timestamped in line {line.number}.")
    return stamps
