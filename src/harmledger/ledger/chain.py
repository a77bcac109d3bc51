"""The chain: numbered lines, each holding the hash of the line before it.

A line's hash covers its number, kind, time, person, the hash of its body and the hash of the line before. The body
itself may be taken out by a deletion: its hash stays, so the chain holds. Every body has 128 random bits as ``salt``,
so that nobody can find out what was taken out by hashing guesses.
"""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from harmledger.ledger.canonical import Body, canonical, digest, encoded

FORMAT = "harmledger-line-1"
NO_LINE = "0" * 64


@dataclass(frozen=True, slots=True)
class Draft:
    """What is to be recorded, and who does it."""

    kind: str
    body: Body
    by: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger. ``body`` is None where a deletion took it out."""

    number: int
    kind: str
    at: str
    by: str
    body: str | None
    body_hash: str
    previous: str
    hash: str

    @property
    def told(self) -> dict[str, Any]:
        """What the body holds; empty where it was taken out."""
        return json.loads(self.body) if self.body is not None else {}


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of a chain, which stands for all before it."""

    number: int = 0
    hash: str = NO_LINE
    at: str = ""


def hash_of(number: int, kind: str, at: str, by: str, body_hash: str, previous: str) -> str:
    """Return the hash of a line from its parts."""
    parts = canonical([FORMAT, number, kind, at, by, body_hash, previous])
    return digest(parts.encode("utf-8"))


def link(head: Head, draft: Draft, at: str) -> Line:
    """Return the line that a draft becomes after ``head``. Times never run backwards, whatever a clock says."""
    at = max(at, head.at)
    where = f"{draft.kind} by {draft.by}"
    body = canonical({**draft.body, "salt": secrets.token_hex(16)})
    body_hash = digest(encoded(body, where))
    encoded(draft.by, where)
    number = head.number + 1
    return Line(
        number,
        draft.kind,
        at,
        draft.by,
        body,
        body_hash,
        head.hash,
        hash_of(number, draft.kind, at, draft.by, body_hash, head.hash),
    )


def now() -> str:
    """Return this moment in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")
