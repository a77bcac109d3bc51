"""Who may sit at the desk: names, roles, passwords, sessions. A file of its own beside the ledger, kept private.

A person comes in by a link that works once, made in the terminal for the first and by an administrator for the others.
Passwords are kept as argon2id hashes, sessions and links as SHA-256 of random tokens: the file opens no door by itself.
A second factor is in ``factor``.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from harmledger.desk.factor import Factors, key_beside
from harmledger.desk.people_file import PeopleFile, hash_of
from harmledger.errors import DeskError

# What each role may do. ``restricted`` is to see texts, names of victims and speakers, reasons and notes.
ROLES: Mapping[str, frozenset[str]] = {
    "administrator": frozenset({"look", "restricted", "judge", "add", "people"}),
    "editor": frozenset({"look", "restricted", "judge", "add"}),
    "reviewer": frozenset({"look", "restricted", "judge"}),
    "viewer": frozenset({"look", "restricted"}),
    "viewer_open": frozenset({"look"}),
}
IDLE_S, LONGEST_S = 2 * 3600, 12 * 3600
LINK_S = 48 * 3600
MOST_FAILURES, LOCKED_S = 5, 15 * 60
SHORTEST_PASSWORD = 12
HALF_S = 5 * 60
_TOO_MANY = "Too many wrong passwords or codes. Wait a quarter of an hour, or ask an administrator for a link."


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may sit at the desk."""

    name: str
    role: str
    stopped: bool = False
    locked_until: float = 0.0

    def may(self, right: str) -> bool:
        """Tell whether the person's role has a right."""
        return not self.stopped and right in ROLES[self.role]


@dataclass(frozen=True, slots=True)
class Session:
    """A person who has signed in. ``csrf`` goes into every form; ``token`` into the cookie and nowhere else."""

    token: str
    person: Person
    csrf: str


class People:
    """The file of people. ``now`` tells the time, so that tests need not wait."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.time, ledgers_key: bytes | None = None) -> None:
        self.file = PeopleFile(folder, now)
        self.factors = Factors(self.file, key_beside(folder, ledgers_key))
        self._rows, self._lock, self._now = self.file.rows, self.file.lock, self.file.now

    def close(self) -> None:
        """Let go of the file."""
        self.file.close()

    # Coming in

    def nobody(self) -> bool:
        """Tell whether there is no administrator yet."""
        return not self._rows("SELECT 1 FROM people WHERE role = 'administrator' AND stopped = 0 LIMIT 1")

    def invite(self, role: str, name: str = "", by: str = "") -> str:
        """Return the token of a link by which one person may come in, once; with a name, to set a new password."""
        if role not in ROLES:
            raise DeskError(f"{role!r} is no role. Roles: {', '.join(ROLES)}.")
        token = secrets.token_urlsafe(24)
        self._rows("DELETE FROM links WHERE until < ?", self._now())
        self._rows("INSERT INTO links VALUES (?, ?, ?, ?, ?)", hash_of(token), role, name, by, self._now() + LINK_S)
        return token

    def link(self, token: str) -> tuple[str, str] | None:
        """Return the role and the name of a link that still works."""
        found = self._rows("SELECT role, name FROM links WHERE token = ? AND until >= ?", hash_of(token), self._now())
        return (found[0]["role"], found[0]["name"]) if found else None

    def join(self, token: str, name: str, password: str) -> Person:
        """Make the person that a link is for, or give them a new password; the link is used up."""
        with self._lock:
            link = self.link(token)
            if link is None:
                raise DeskError("This link was used or is too old. Ask an administrator for a new one.")
            role, known = link
            name = known or " ".join(name.split())
            if not name or len(name) > 80 or not name.isprintable():
                raise DeskError("A name has 1 to 80 characters that can be seen.")
            if len(password) < SHORTEST_PASSWORD:
                raise DeskError(
                    f"A password has {SHORTEST_PASSWORD} characters or more. Several words make a good one."
                )
            if not known and self.person(name):
                raise DeskError(f"{name}: is taken. Choose another name.")
            self._rows("DELETE FROM links WHERE token = ?", hash_of(token))
            kept = _hasher().hash(password)
            if known:
                self._rows("UPDATE people SET password = ?, failures = 0, locked_until = 0 WHERE name = ?", kept, name)
                # Whoever needs a new password may have lost more than that.
                for table in ("sessions", "tokens"):
                    self._rows(f"DELETE FROM {table} WHERE person = ?", name)
            else:
                self._rows(
                    "INSERT INTO people (name, role, password, made) VALUES (?, ?, ?, ?)", name, role, kept, self._now()
                )
        return Person(name, role)

    def sign_in(self, name: str, password: str, code: str = "") -> Session:
        """Return a new session of somebody whose password, and where there is one whose second factor, is right."""
        person = self.checked(name, password)
        if self.factors.on(person.name):
            self.check_code(person, code)
        return self.begin(person)

    def checked(self, name: str, password: str) -> Person:
        """Return the person; DeskError, the same words for every cause, where name or password are wrong."""
        from argon2.exceptions import VerificationError

        name = " ".join(name.split())
        found = self._rows("SELECT * FROM people WHERE name = ?", name)
        row = found[0] if found else None
        if row is not None and row["locked_until"] > self._now():
            raise DeskError(_TOO_MANY)
        try:
            # An unknown name costs the same time, so that names cannot be found by the clock.
            _hasher().verify(row["password"] if row is not None else _nobodys(), password)
            right = row is not None and not row["stopped"]
        except VerificationError:
            right = False
        if not right or row is None:
            self._failed(row["name"] if row is not None else "")
            raise DeskError("Name or password is wrong.")
        return Person(row["name"], row["role"])

    def check_code(self, person: Person, code: str) -> None:
        """Raise DeskError where a code is wrong; wrong ones lock out as wrong passwords do, a used one is wrong."""
        with self._lock:
            found = self._rows("SELECT locked_until FROM people WHERE name = ?", person.name)
            if not found or found[0]["locked_until"] > self._now():
                raise DeskError(_TOO_MANY)
            if not self.factors.accepts(person.name, code):
                self._failed(person.name)
                raise DeskError("This code is wrong, or was used. Wait for the next one, or give a recovery code.")

    def _failed(self, name: str) -> None:
        with self._lock:
            found = self._rows("SELECT failures FROM people WHERE name = ?", name)
            if not found:
                return
            failures = found[0]["failures"] + 1
            until = self._now() + LOCKED_S if failures >= MOST_FAILURES else 0
            self._rows(
                "UPDATE people SET failures = ?, locked_until = ? WHERE name = ?",
                0 if until else failures, until, name,
            )  # fmt: skip

    def half(self, person: Person) -> str:
        """Return a token for whom only the code is still missing; a few minutes long it opens nothing but that door."""
        token = secrets.token_urlsafe(32)
        self._rows("DELETE FROM halves WHERE until < ?", self._now())
        self._rows("INSERT INTO halves VALUES (?, ?, ?)", hash_of(token), person.name, self._now() + HALF_S)
        return token

    def finish(self, half: str, code: str) -> Session:
        """Begin the session of somebody half in, with their code."""
        found = self._rows("SELECT person FROM halves WHERE token = ? AND until >= ?", hash_of(half), self._now())
        person = self.person(found[0]["person"]) if found else None
        if person is None or person.stopped:
            raise DeskError("That took too long. Sign in anew.")
        self.check_code(person, code)
        self._rows("DELETE FROM halves WHERE token = ?", hash_of(half))
        return self.begin(person)

    def begin(self, person: Person) -> Session:
        """Return a new session of a person who gave all that is asked for."""
        token, csrf, now = secrets.token_urlsafe(32), secrets.token_urlsafe(24), self._now()
        # Only now: a right password alone must not give new tries at the code.
        self._rows("UPDATE people SET failures = 0, locked_until = 0 WHERE name = ?", person.name)
        self._rows("DELETE FROM sessions WHERE seen < ? OR made < ?", now - IDLE_S, now - LONGEST_S)
        self._rows(
            "INSERT INTO sessions (token, person, csrf, made, seen) VALUES (?, ?, ?, ?, ?)",
            hash_of(token), person.name, csrf, now, now,
        )  # fmt: skip
        return Session(token, person, csrf)

    # Being there

    def session(self, token: str) -> Session | None:
        """Return the session of a cookie; None where it has ended."""
        now = self._now()
        found = self._rows(
            "SELECT s.csrf, s.seen, p.name, p.role FROM sessions s JOIN people p ON p.name = s.person "
            "WHERE s.token = ? AND s.seen >= ? AND s.made >= ? AND p.stopped = 0",
            hash_of(token), now - IDLE_S, now - LONGEST_S,
        )  # fmt: skip
        if not found:
            return None
        if found[0]["seen"] < now - 60:
            self._rows("UPDATE sessions SET seen = ? WHERE token = ?", now, hash_of(token))
        return Session(token, Person(found[0]["name"], found[0]["role"]), found[0]["csrf"])

    def sign_out(self, session: Session) -> None:
        """End a session."""
        self._rows("DELETE FROM sessions WHERE token = ?", hash_of(session.token))

    def tell(self, session: Session, words: str) -> None:
        """Keep a message for the next page that the person sees."""
        self._rows("UPDATE sessions SET told = ? WHERE token = ?", words[:1000], hash_of(session.token))

    def told(self, session: Session) -> str:
        """Return the message that waits, once."""
        found = self._rows("SELECT told FROM sessions WHERE token = ?", hash_of(session.token))
        if not found or not found[0]["told"]:
            return ""
        self._rows("UPDATE sessions SET told = '' WHERE token = ?", hash_of(session.token))
        return str(found[0]["told"])

    # What an administrator does

    def person(self, name: str) -> Person | None:
        """Return a person by name."""
        return next((each for each in self.all() if each.name.casefold() == name.casefold()), None)

    def all(self) -> list[Person]:
        """Return all people by name."""
        rows = self._rows("SELECT * FROM people ORDER BY name")
        return [Person(row["name"], row["role"], bool(row["stopped"]), row["locked_until"]) for row in rows]

    def change(self, name: str, role: str, stopped: bool) -> None:
        """Give a person another role, or stop or let in again; the last administrator stays one."""
        if role not in ROLES:
            raise DeskError(f"{role!r} is no role. Roles: {', '.join(ROLES)}.")
        with self._lock:
            others = self._rows(
                "SELECT 1 FROM people WHERE role = 'administrator' AND stopped = 0 AND name <> ? COLLATE NOCASE", name
            )
            if not others and (role != "administrator" or stopped):
                raise DeskError("This is the last administrator. Make another person one first.")
            self._rows("UPDATE people SET role = ?, stopped = ? WHERE name = ?", role, int(stopped), name)
            if stopped:
                for table in ("sessions", "tokens"):
                    self._rows(f"DELETE FROM {table} WHERE person = ? COLLATE NOCASE", name)


def _hasher() -> Any:
    from argon2 import PasswordHasher

    return PasswordHasher()


_unknown: list[str] = []


def _nobodys() -> str:
    if not _unknown:
        _unknown.append(_hasher().hash(secrets.token_urlsafe(16)))
    return _unknown[0]
