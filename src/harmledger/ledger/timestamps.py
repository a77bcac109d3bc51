"""A time that an authority vouches for (RFC 3161): the ledger's head was there before it.

The authority sees a hash, nothing of the ledger. What it answers is a line, so that the proof stays with what it
proves. Asking needs the network, and happens only by the command that says so.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harmledger.errors import LedgerError
from harmledger.ledger.chain import Line
from harmledger.ledger.heads import stamped_part

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

KIND = "timestamp"
_PATIENCE_S = 30
_LONGEST = 1_000_000


@dataclass(frozen=True, slots=True)
class Stamp:
    """A timestamp that holds: the line it covers, and when the authority saw it."""

    line: int
    at: datetime
    authority: str


def ask(authority: str, ledger: str, number: int, hash_: str) -> dict[str, Any]:
    """Ask an authority for the time, and return the body of the line that keeps its answer."""
    from urllib.error import URLError
    from urllib.request import Request, urlopen

    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder, decode_timestamp_response

    if not authority.startswith(("https://", "http://")):
        raise LedgerError(f"{authority}: is no address of a timestamp authority. Write https://….")
    message = stamped_part(ledger, number, hash_)
    asked = TimestampRequestBuilder().data(message).hash_algorithm(HashAlgorithm.SHA256).build()
    request = Request(authority, asked.as_bytes(), {"Content-Type": "application/timestamp-query"})
    try:
        with urlopen(request, timeout=_PATIENCE_S) as answer:
            token = answer.read(_LONGEST)
    except (URLError, OSError, ValueError) as error:
        raise LedgerError(f"{authority}: gave no timestamp ({error}). Nothing was recorded.") from error
    try:
        found = decode_timestamp_response(token)
        good = found.status == 0 and found.tst_info.nonce == asked.nonce
        good = good and found.tst_info.message_imprint.message == asked.message_imprint.message
    except ValueError as error:
        raise LedgerError(f"{authority}: its answer is no timestamp ({error}). Nothing was recorded.") from error
    if not good:
        raise LedgerError(f"{authority}: refused, or answered to another question. Nothing was recorded.")
    return {
        "line": number,
        "hash": hash_,
        "authority": authority,
        "token": base64.b64encode(token).decode("ascii"),
    }


def check(line: Line, ledger: str, roots: list[Certificate]) -> Stamp:
    """Return what a line's timestamp proves; LedgerError where it does not hold under the given root certificates."""
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    told = line.told
    try:
        found = decode_timestamp_response(base64.b64decode(told["token"], validate=True))
        builder = VerifierBuilder()
        for root in roots:
            builder = builder.add_root_certificate(root)
        builder.build().verify_message(found, stamped_part(ledger, told["line"], told["hash"]))
    except (VerificationError, ValueError) as error:
        raise LedgerError(f"line {line.number}: its timestamp does not hold ({error}).") from error
    return Stamp(told["line"], found.tst_info.gen_time, told["authority"])


def read_roots(path: Path) -> list[Certificate]:
    """Return the certificates of a PEM file."""
    from cryptography.x509 import load_pem_x509_certificates

    try:
        return load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise LedgerError(f"{path}: holds no certificate that can be read ({error}).") from error
