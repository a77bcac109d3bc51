"""A ledger under a passphrase: keys by Argon2id, originals by AES-256-GCM, the database by SQLCipher.

Nothing in the folder tells what is in the ledger but ``ledger.key``, which holds the settings of Argon2id, a random
salt, and a sealed word by which a wrong passphrase is known. A lost passphrase is lost, and all under it.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from harmledger.errors import LedgerError
from harmledger.ledger.canonical import canonical

NAME = "ledger.key"
VARIABLE = "HARMLEDGER_PASSPHRASE"
NEW_VARIABLE = "HARMLEDGER_NEW_PASSPHRASE"
_WORD = b"harmledger"
# RFC 9106's second choice, for machines that cannot spare 2 GiB: 64 MiB, three passes, four lanes.
_SETTINGS = {"time_cost": 3, "memory_cost": 65536, "parallelism": 4}


@dataclass(frozen=True, slots=True)
class Cipher:
    """The keys of an open ledger."""

    database: bytes
    files: bytes
    names: bytes

    def name(self, sha256: str) -> str:
        """Return a name for an original that does not tell whether a known file is here."""
        return hmac.new(self.names, sha256.encode(), "sha256").hexdigest()

    def seal(self, sha256: str, data: bytes) -> bytes:
        """Return an original encrypted, bound to its hash so that two cannot be exchanged."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(12)
        return nonce + AESGCM(self.files).encrypt(nonce, data, sha256.encode())

    def open(self, sha256: str, sealed: bytes, where: str) -> bytes:
        """Return what ``seal`` was given; LedgerError where one bit of it was changed."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            return AESGCM(self.files).decrypt(sealed[:12], sealed[12:], sha256.encode())
        except (InvalidTag, ValueError) as error:
            raise LedgerError(f"{where}: was changed since it was kept, and cannot be decrypted.") from error


def is_locked(folder: Path) -> bool:
    """Whether a ledger stands under a passphrase."""
    return (folder / NAME).exists()


def new_cipher(folder: Path, passphrase: str) -> Cipher:
    """Make the keys of a new ledger and write down what is needed to make them again."""
    if not passphrase:
        raise LedgerError("The passphrase is empty. Choose a long one, and keep it where you will find it.")
    salt = secrets.token_bytes(16)
    master = _master(passphrase, salt, _SETTINGS)
    cipher = _keys(master)
    kept: dict[str, object] = {**_SETTINGS, "kdf": "argon2id", "salt": salt.hex(), "format": 1}
    kept["check"] = cipher.seal(canonical(kept), _WORD).hex()
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{NAME}.part"
    with part.open("w") as file:
        json.dump(kept, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(folder / NAME)
    return cipher


def known_cipher(folder: Path, passphrase: str) -> Cipher:
    """Make the keys of a ledger that is there; LedgerError where the passphrase is wrong."""
    where = folder / NAME
    try:
        kept = json.loads(where.read_text())
        settings = {name: int(kept[name]) for name in _SETTINGS}
        salt, check = bytes.fromhex(kept["salt"]), bytes.fromhex(kept.pop("check"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise LedgerError(
            f"{where}: cannot be read ({error}). Without it the ledger cannot be opened; take it from a backup."
        ) from error
    cipher = _keys(_master(passphrase, salt, settings))
    try:
        cipher.open(canonical(kept), check, str(where))
    except LedgerError:
        raise LedgerError(
            f"{folder}: the passphrase is wrong, or {NAME} was changed. Nobody can open the ledger without it."
        ) from None
    return cipher


def told_passphrase() -> str | None:
    """Return the passphrase that the environment or a file tells; None where neither does."""
    return _told(VARIABLE)


def new_passphrase() -> str | None:
    """Return the passphrase that the environment or a file tells for a ledger that is to be made."""
    return _told(NEW_VARIABLE)


def _told(variable: str) -> str | None:
    told = os.environ.get(variable)
    if told:
        return told
    file = os.environ.get(f"{variable}_FILE")
    if not file:
        return None
    try:
        return Path(file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise LedgerError(f"{variable}_FILE={file}: could not be read ({error}).") from error


def _master(passphrase: str, salt: bytes, settings: dict[str, int]) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(passphrase.encode("utf-8"), salt, hash_len=32, type=Type.ID, **settings)


def _keys(master: bytes) -> Cipher:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

    made = [HKDFExpand(SHA256(), 32, b"harmledger " + use).derive(master) for use in (b"database", b"files", b"names")]
    return Cipher(*made)
