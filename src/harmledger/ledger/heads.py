"""The head of a ledger, signed and taken elsewhere: it stands for all lines before it.

Who holds a signed head can show later that no line up to it was changed, removed, added or moved: the ledger must
still have that line with that hash.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from harmledger.errors import LedgerError
from harmledger.ledger.canonical import canonical

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

FORMAT = "harmledger-head-1"


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head, who signed it and when, and the signature over all of that."""

    ledger: str
    number: int
    hash: str
    at: str
    by: str
    public_key: str
    signature: str = ""

    @property
    def statement(self) -> bytes:
        """What is signed."""
        return signed_part(self.ledger, self.number, self.hash, self.at, self.by)


def signed_part(ledger: str, number: int, hash_: str, at: str, by: str) -> bytes:
    """Return the bytes that a signature covers."""
    return canonical([FORMAT, ledger, number, hash_, at, by]).encode("utf-8")


def stamped_part(ledger: str, number: int, hash_: str) -> bytes:
    """Return the bytes that a timestamp covers."""
    return canonical([FORMAT, ledger, number, hash_]).encode("utf-8")


def new_key(path: Path, passphrase: str | None = None) -> str:
    """Make a key for signing, in a file for its owner alone, and return the public half in hexadecimal digits."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        KeySerializationEncryption,
        NoEncryption,
        PrivateFormat,
    )

    key = Ed25519PrivateKey.generate()
    lock: KeySerializationEncryption = BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()
    kept = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, lock)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise LedgerError(f"{path}: is there already. A key is never overwritten; name another file.") from error
    except OSError as error:
        raise LedgerError(f"{path}: could not be written ({error.strerror}).") from error
    with os.fdopen(handle, "wb") as file:
        file.write(kept)
    return key.public_key().public_bytes_raw().hex()


def read_key(path: Path, passphrase: str | None = None) -> Ed25519PrivateKey:
    """Return the key of a file."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(path.read_bytes(), passphrase.encode() if passphrase else None)
    except TypeError as error:
        raise LedgerError(f"{path}: is under a passphrase, or is not and was given one.") from error
    except (OSError, ValueError) as error:
        raise LedgerError(f"{path}: is no key that can be read ({error}).") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise LedgerError(f"{path}: is no Ed25519 key. Make one: harmledger ledger key FILE.")
    return key


def signed(key: Ed25519PrivateKey, ledger: str, number: int, hash_: str, told: tuple[str, str]) -> SignedHead:
    """Return a head signed by who and when ``told`` gives."""
    by, at = told
    public = key.public_key().public_bytes_raw().hex()
    signature = key.sign(signed_part(ledger, number, hash_, at, by)).hex()
    return SignedHead(ledger, number, hash_, at, by, public, signature)


def write_head(path: Path, head: SignedHead) -> None:
    """Write a signed head as JSON."""
    body = {"format": FORMAT, **{name: getattr(head, name) for name in SignedHead.__slots__}}
    try:
        path.write_text(json.dumps(body, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise LedgerError(f"{path}: could not be written ({error.strerror}).") from error


def read_head(path: Path) -> SignedHead:
    """Return the signed head of a file; LedgerError where its signature does not hold."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        head = SignedHead(**{name: told[name] for name in SignedHead.__slots__})
        key, signature = _public(head.public_key), bytes.fromhex(head.signature)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LedgerError(f"{path}: is no signed head ({error}).") from error
    from cryptography.exceptions import InvalidSignature

    try:
        key.verify(signature, head.statement)
    except InvalidSignature as error:
        raise LedgerError(f"{path}: its signature does not hold: it was changed since it was signed.") from error
    return head


def _public(told: str) -> Ed25519PublicKey:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    return Ed25519PublicKey.from_public_bytes(bytes.fromhex(told))
