"""Ids that are an export's own: two exports share none, and only who holds the key can lead one back."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Callable
from hashlib import sha256

Kept = Callable[[str, str, str], None]


class Names:
    """Gives ids of the record a new name each, by a key that is made for one export and thrown away.

    ``keep`` is told each name once, with what it stands for, so that the recorder can still lead a figure back. The
    ids of a record are hashes of what they name: without a key, who has the reports could make them again.
    """

    def __init__(self, keep: Kept | None = None, key: bytes | None = None) -> None:
        self._key = key if key is not None else secrets.token_bytes(32)
        self._keep = keep

    def of(self, kind: str, name: str) -> str:
        """Return the new name of an incident, a report or a claim."""
        made = self.quiet(kind, name)
        if self._keep is not None:
            self._keep(kind, made, name)
        return made

    def quiet(self, kind: str, name: str) -> str:
        """Return the new name without having it kept."""
        told = f"{kind}\0{name}".encode("utf-8", "surrogatepass")
        return hmac.new(self._key, told, sha256).hexdigest()[:16]
