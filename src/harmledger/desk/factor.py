"""The second factor: codes of six digits that an app on a person's phone shows, and recovery codes for when it is lost.

The secret that phone and desk share must be known to the desk, so that it cannot be hashed as passwords are. It is
sealed (AES-256-GCM, bound to its person) by a key that stands in no database: that of the ledger's passphrase where
there is one, else ``desk-people.key`` beside the file of people, for its owner's eyes alone. A copy of the file of
people by itself gives nobody a code.
"""

from __future__ import annotations

import hmac
import secrets
from pathlib import Path
from urllib.parse import quote

from harmledger.desk.people_file import PeopleFile, hash_of
from harmledger.errors import DeskError

KEY_FILE = "desk-people.key"
STEP_S = 30
RECOVERY_CODES = 10
# A phone's clock may be half a minute off, either way.
_WINDOW = 1
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def key_beside(folder: Path, ledgers: bytes | None) -> bytes:
    """Return the key that seals secrets: from that of a ledger under a passphrase, else from a file of its own."""
    if ledgers is not None:
        return hmac.new(ledgers, b"harmledger desk second factor", "sha256").digest()
    path = folder / KEY_FILE
    try:
        if not path.exists():
            path.touch(mode=0o600)
            path.write_bytes(secrets.token_bytes(32))
        key = path.read_bytes()
    except OSError as error:
        raise DeskError(f"{path}: the key of second factors could not be read ({error.strerror}).") from error
    if len(key) != 32:
        raise DeskError(f"{path}: is no key of 32 bytes. Restore it, or remove it and let everybody enrol anew.")
    return key


class Factors:
    """The second factors of a file of people."""

    def __init__(self, file: PeopleFile, key: bytes) -> None:
        self._rows, self._lock, self._now, self._key = file.rows, file.lock, file.now, key

    # Enrolling

    def begin(self, person: str) -> None:
        """Make a secret for a person; it counts from when a code of it was given."""
        if self.on(person):
            raise DeskError("The second factor is on already. Turn it off first, to use another phone.")
        import pyotp

        secret = pyotp.random_base32(32)
        self._rows("INSERT OR REPLACE INTO factors VALUES (?, ?, 0, 0)", person, self._seal(person, secret))

    def pending(self, person: str) -> str | None:
        """Return the secret that waits for its first code; None where there is none."""
        found = self._rows("SELECT sealed FROM factors WHERE person = ? AND confirmed = 0", person)
        return self._open(person, found[0]["sealed"]) if found else None

    def confirm(self, person: str, code: str) -> list[str]:
        """Turn the factor on with a first code, and return the recovery codes, which are told this once."""
        with self._lock:
            if self.pending(person) is None:
                raise DeskError("Begin anew: there is no secret that waits for a code.")
            if not self._right(person, code):
                raise DeskError("This code is not right. Is the phone's clock? Wait for the next code, and try that.")
            self._rows("UPDATE factors SET confirmed = 1 WHERE person = ?", person)
            return self.new_codes(person)

    def new_codes(self, person: str) -> list[str]:
        """Return new recovery codes; the old ones open nothing any more."""
        codes = [
            "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))
            for _ in range(RECOVERY_CODES)
        ]
        with self._lock:
            self._rows("DELETE FROM recovery WHERE person = ?", person)
            for code in codes:
                self._rows("INSERT INTO recovery VALUES (?, ?)", person, hash_of(_plain(code)))
        return codes

    def forget(self, person: str) -> None:
        """Turn the factor off, and forget its secret and codes."""
        for table in ("factors", "recovery"):
            self._rows(f"DELETE FROM {table} WHERE person = ?", person)

    # Asking

    def on(self, person: str) -> bool:
        """Tell whether a person must give a code."""
        return bool(self._rows("SELECT 1 FROM factors WHERE person = ? AND confirmed = 1", person))

    def everybody(self) -> frozenset[str]:
        """Return who has a second factor."""
        rows = self._rows("SELECT person FROM factors WHERE confirmed = 1")
        return frozenset(str(row["person"]) for row in rows)

    def left(self, person: str) -> int:
        """Return how many recovery codes a person has left."""
        return int(self._rows("SELECT count(*) AS n FROM recovery WHERE person = ?", person)[0]["n"])

    def accepts(self, person: str, code: str) -> bool:
        """Tell whether a code is right, and use it up: no code, of the phone or for recovery, is right twice."""
        with self._lock:
            if not self.on(person):
                return False
            if self._right(person, code):
                return True
            used = self._rows(
                "DELETE FROM recovery WHERE person = ? AND hash = ? RETURNING 1", person, hash_of(_plain(code))
            )
            return bool(used)

    def _right(self, person: str, code: str) -> bool:
        import pyotp

        told = "".join(code.split())
        if len(told) != 6 or not (told.isascii() and told.isdecimal()):
            return False
        row = self._rows("SELECT sealed, step FROM factors WHERE person = ?", person)[0]
        made = pyotp.TOTP(self._open(person, row["sealed"]))
        now = int(self._now() // STEP_S)
        for step in range(now - _WINDOW, now + _WINDOW + 1):
            if step > row["step"] and hmac.compare_digest(made.generate_otp(step), told):
                self._rows("UPDATE factors SET step = ? WHERE person = ?", step, person)
                return True
        return False

    # For all

    @property
    def required(self) -> bool:
        """Tell whether everybody must have one."""
        return bool(self._rows("SELECT 1 FROM settings WHERE name = 'factor_required' AND value = 'yes'"))

    def require(self, wanted: bool) -> None:
        """Let everybody need one, or not."""
        self._rows("INSERT OR REPLACE INTO settings VALUES ('factor_required', ?)", "yes" if wanted else "no")

    # The secret

    def _seal(self, person: str, secret: str) -> bytes:
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(12)
        return nonce + AESGCM(self._key).encrypt(nonce, secret.encode(), person.casefold().encode())

    def _open(self, person: str, sealed: bytes) -> str:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            return AESGCM(self._key).decrypt(sealed[:12], sealed[12:], person.casefold().encode()).decode()
        except InvalidTag as error:
            raise DeskError(
                "The second factor was sealed with another key, and cannot be checked. "
                "`harmledger desk --forget-factor NAME` lets the person enrol anew."
            ) from error


def address_of(person: str, secret: str) -> str:
    """Return the address that a QR code tells an app.

    >>> address_of("Amal Haddad", "ABCD")
    'otpauth://totp/harmledger:Amal%20Haddad?secret=ABCD&issuer=harmledger'
    """
    return f"otpauth://totp/harmledger:{quote(person, safe='')}?secret={secret}&issuer=harmledger"


def drawn(address: str) -> str:
    """Return the QR code of an address as SVG, without a style of its own."""
    import segno

    return str(segno.make(address, micro=False, error="m").svg_inline(scale=5, dark="#000", light="#fff", border=4))


def _plain(code: str) -> str:
    return "".join(letter for letter in code.lower() if letter.isalnum())[:64]
