"""Tokens: how a program acts at the desk for a person, with no more than some of the person's rights, for a while.

A token is shown once, when it is made; only its SHA-256 is kept. What it may do is what its scopes and the person's
role both allow: a person who becomes a viewer judges through no token made before.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Row

from harmledger.desk.people import Person
from harmledger.desk.people_file import PeopleFile, hash_of
from harmledger.errors import DeskError

# The right that each scope stands for. Nothing here stands for "people": no program says who may do what.
SCOPES: Mapping[str, str] = {"read": "look", "restricted": "restricted", "judge": "judge", "add": "add"}
LONGEST_DAYS, USUAL_DAYS = 366, 90
MOST = 50
_DAY_S = 86_400
# So that a token in a file or a log is known for what it is.
_MARK = "hl_"


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret. ``until`` and ``used`` are seconds since 1970."""

    id: str
    person: str
    name: str
    scopes: tuple[str, ...]
    until: float
    used: float | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """A program with a token, and the person it acts for."""

    person: Person
    token: Token

    def may(self, right: str) -> bool:
        """Tell whether the token's scopes and the person's role both allow something."""
        return self.person.may(right) and right in {SCOPES[scope] for scope in self.token.scopes}


class Tokens:
    """The tokens of a file of people."""

    def __init__(self, file: PeopleFile) -> None:
        self._rows, self._lock, self._now = file.rows, file.lock, file.now

    def make(self, person: Person, name: str, scopes: Sequence[str], days: int = USUAL_DAYS) -> tuple[str, Token]:
        """Return a new token's secret, which is told this once, and the token."""
        name = " ".join(name.split())
        if not name or len(name) > 60 or not name.isprintable():
            raise DeskError("A token's name has 1 to 60 characters that can be seen: what it is for.")
        told = tuple(scope for scope in SCOPES if scope in scopes)
        if not told or set(told) != set(scopes):
            raise DeskError(f"A token has one or more of the scopes {', '.join(SCOPES)}.")
        over = [scope for scope in told if not person.may(SCOPES[scope])]
        if over:
            raise DeskError(f"{person.name} may not do what the scope {over[0]!r} stands for.")
        if not 1 <= days <= LONGEST_DAYS:
            raise DeskError(f"A token lasts 1 to {LONGEST_DAYS} days.")
        secret, now = _MARK + secrets.token_urlsafe(32), self._now()
        made = Token(secrets.token_hex(4), person.name, name, told, now + days * _DAY_S)
        with self._lock:
            mine = self.of(person.name)
            if any(each.name.casefold() == name.casefold() for each in mine):
                raise DeskError(f"{name}: is the name of another token of yours. Revoke that one, or choose another.")
            if len(mine) >= MOST:
                raise DeskError(f"A person has {MOST} tokens at most. Revoke those that are no longer used.")
            self._rows(
                "INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
                hash_of(secret), made.id, person.name, name, " ".join(told), now, made.until,
            )  # fmt: skip
        return secret, made

    def caller(self, secret: str) -> Caller | None:
        """Return who calls with a token; None where it is none, is over, or its person was stopped."""
        now = self._now()
        found = self._rows(
            "SELECT t.*, p.role, p.name AS of FROM tokens t JOIN people p ON p.name = t.person "
            "WHERE t.hash = ? AND t.until >= ? AND p.stopped = 0",
            hash_of(secret), now,
        )  # fmt: skip
        if not found:
            return None
        row = found[0]
        if row["used"] is None or row["used"] < now - 60:
            self._rows("UPDATE tokens SET used = ? WHERE hash = ?", now, row["hash"])
        return Caller(Person(row["of"], row["role"]), _token(row))

    def of(self, person: str = "") -> list[Token]:
        """Return the tokens of a person, or of everybody; those that are over, too."""
        where, values = ("WHERE person = ?", [person]) if person else ("", [])
        return [_token(row) for row in self._rows(f"SELECT * FROM tokens {where} ORDER BY person, name", *values)]

    def revoke(self, name: str) -> Token | None:
        """End a token by its id; None where there is none."""
        found = self._rows("SELECT * FROM tokens WHERE id = ?", name)
        self._rows("DELETE FROM tokens WHERE id = ?", name)
        return _token(found[0]) if found else None


def _token(row: Row) -> Token:
    return Token(row["id"], row["person"], row["name"], tuple(row["scopes"].split()), row["until"], row["used"])
