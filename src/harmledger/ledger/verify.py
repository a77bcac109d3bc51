"""Is the ledger what it was? Every line, every original, and all that searching rests on, computed again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from harmledger.errors import LedgerError
from harmledger.ledger import seal as sealing
from harmledger.ledger import words
from harmledger.ledger.canonical import digest
from harmledger.ledger.chain import NO_LINE, Line, hash_of
from harmledger.ledger.facets import facets_of
from harmledger.ledger.facets import row_of as claim_row
from harmledger.ledger.intake import row_of
from harmledger.ledger.lines import mentioned, read_lines
from harmledger.ledger.made import Reading, unpacked
from harmledger.ledger.originals import Folder, Originals
from harmledger.ledger.remembered import recalled
from harmledger.ledger.store import Store, proof_of
from harmledger.ledger.tables import claims, mentions, readings, reports
from harmledger.ledger.tables import head as head_table

# A damaged file gives thousands of findings, which tell no more than the first.
_MOST = 200


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was recorded: where, and what."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was looked at, and what is wrong. ``notes`` tell what a person should know that is not wrong."""

    lines: int
    originals: int
    head: str
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


@dataclass(slots=True)
class _Walk:
    """What was seen on the way through the lines."""

    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    lines: int = 0
    last: str = NO_LINE
    at: str = ""
    hashes: dict[int, str] = field(default_factory=dict)
    taken_out: set[int] = field(default_factory=set)
    deleted: set[int] = field(default_factory=set)
    reports: dict[int, dict[str, Any]] = field(default_factory=dict)
    mentions: set[tuple[str, int]] = field(default_factory=set)
    words: Counter[str] = field(default_factory=Counter)

    def wrong(self, where: str, what: str) -> None:
        """Note a finding."""
        if len(self.findings) < _MOST:
            self.findings.append(Finding(where, what))


def verify(store: Store, originals: Originals) -> Verdict:
    """Compute everything again and tell what is wrong. Where all is well, a stale seal is set anew."""
    walk = _Walk()
    count = 0
    fresh = _bytes(store, walk) if not store.postgres else True
    try:
        with store.reading() as connection:
            if not store.postgres:
                _structure(connection, walk)
            _lines(store, connection, walk)
            _head(store, connection, walk)
            _search(connection, walk)
            count = _originals(connection, originals, walk)
    except (LedgerError, DBAPIError, ValueError, KeyError, TypeError) as error:
        walk.wrong(str(store.address), f"cannot be read to the end ({error}).")
    if not fresh and not walk.findings and not store.frozen:
        sealing.renew(store, whole=True)
        walk.notes.append("The seal was not fresh, as another program wrote into the file; it was set anew.")
    return Verdict(walk.lines, count, walk.last, tuple(walk.findings), tuple(walk.notes))


def _bytes(store: Store, walk: _Walk) -> bool:
    """Compare every page of a SQLite file with its seal; False where the seal is not fresh."""
    path = sealing.seal_path(store)
    with suppress(LedgerError, DBAPIError, OSError, ValueError):  # what is wrong with the file is told below
        sealing.renew(store)
    try:
        kept = sealing.read_seal(path)
    except sealing.BrokenSeal:
        walk.wrong(str(path), "was changed since it was written.")
        return True
    if kept is None:
        return False
    try:
        with store.reading() as connection:
            changes = connection.execute(text("SELECT changes FROM head")).scalar_one()
    except LedgerError as error:
        walk.wrong(str(store.address), str(error))
        changes = kept.changes
    if changes != kept.changes:
        return False
    for page in sealing.changed_pages(store.address.file, kept):
        walk.wrong(f"{store.address.file}, page {page}", "holds other bytes than were sealed.")
    return True


def _structure(connection: Connection, walk: _Walk) -> None:
    words.wake(connection)
    for told in connection.execute(text("PRAGMA integrity_check(20)")).scalars():
        if told != "ok":
            walk.wrong("database", str(told))


def _lines(store: Store, connection: Connection, walk: _Walk) -> None:
    for line in read_lines(connection):
        walk.lines += 1
        _line(line, walk)
        if line.body is None:
            walk.taken_out.add(line.number)
            continue
        walk.mentions |= {(subject, line.number) for subject in mentioned(line.kind, line.told)}
        if line.kind == "report":
            told = line.told
            walk.reports[line.number] = row_of(line.number, told)
            walk.words.update(words.words_of(told["text"]))
        elif line.kind == "deletion":
            walk.deleted |= set(line.told["lines"])
    for number in sorted(walk.taken_out - walk.deleted):
        walk.wrong(f"line {number}", "has lost what it held, and no deletion tells of it.")
    for number in sorted(walk.deleted - walk.taken_out):
        walk.wrong(f"line {number}", "is told to be deleted, but what it held is there.")


def _line(line: Line, walk: _Walk) -> None:
    where = f"line {line.number} ({line.kind}, {line.at})"
    expected = walk.lines if not walk.hashes else max(walk.hashes) + 1
    if line.number != expected:
        walk.wrong(where, f"stands where line {expected} should; lines are missing or were added.")
    if line.body is not None and digest(line.body.encode("utf-8")) != line.body_hash:
        walk.wrong(where, "its body was changed.")
    if hash_of(line.number, line.kind, line.at, line.by, line.body_hash, line.previous) != line.hash:
        walk.wrong(where, "its number, kind, time, person or hash was changed.")
    if line.previous != walk.last:
        walk.wrong(where, "does not follow the line before it: one of the two was changed, removed or moved.")
    if line.at < walk.at:
        walk.wrong(where, "is older than the line before it.")
    walk.last, walk.at = line.hash, line.at
    walk.hashes[line.number] = line.hash


def _head(store: Store, connection: Connection, walk: _Walk) -> None:
    head = store.head(connection)
    if (head.hash, head.at) != (walk.last, walk.at) or head.number != (max(walk.hashes) if walk.hashes else 0):
        walk.wrong("head", f"names line {head.number}, which is not the last that is there, or not as it was.")
    row = connection.execute(select(head_table)).one()
    if row.proof != proof_of(row.number, row.hash, row.at, row.changes):
        walk.wrong("head", "was changed.")
    try:
        seen = recalled(store.address)
    except ValueError:
        walk.wrong("ledger.head", "cannot be read; it was changed since it was written.")
        return
    if seen is not None and walk.hashes.get(seen[0]) != seen[1]:
        there = "is missing" if seen[0] not in walk.hashes else "has another hash now"
        walk.wrong(f"line {seen[0]}", f"was seen on this machine, and {there}. Was the ledger's end cut off?")


def _search(connection: Connection, walk: _Walk) -> None:
    rows = {row.number: row._asdict() for row in connection.execute(select(reports))}
    _compare("reports", rows, walk.reports, walk)
    named = {(row.subject, row.number) for row in connection.execute(select(mentions))}
    for subject, number in sorted(named ^ walk.mentions)[:_MOST]:
        walk.wrong(f"mention of {subject} in line {number}", "was added or is missing in the index.")
    _words(connection, words.WORDS, walk.words, walk)
    found: dict[str, dict[str, Any]] = {}
    facets: Counter[str] = Counter()
    for number, made in connection.execute(select(readings.c.number, readings.c.made)).yield_per(500):
        if number not in walk.reports:
            walk.wrong(f"reading of line {number}", "is of no report.")
        its_claims = unpacked(made, Reading).claims
        found.update((claim.id, claim_row(number, claim)) for claim in its_claims)
        facets.update(facets_of(its_claims))
    _compare("claims", {row.id: row._asdict() for row in connection.execute(select(claims))}, found, walk)
    _words(connection, words.FACETS, facets, walk)


def _compare(name: str, there: dict[Any, Any], right: dict[Any, Any], walk: _Walk) -> None:
    for key in sorted({key for key in there.keys() | right.keys() if there.get(key) != right.get(key)}, key=str):
        walk.wrong(f"{name}, {key}", "the table that is searched does not say what the ledger says.")


def _words(connection: Connection, name: str, right: Counter[str], walk: _Walk) -> None:
    there = dict(words.counts(connection, name))
    if there != dict(right):
        wrong = sorted(word for word in there.keys() | right.keys() if there.get(word) != right.get(word))
        walk.wrong(f"index of {name}", f"does not hold the words that the reports hold: {', '.join(wrong[:5])}.")


def _originals(connection: Connection, originals: Originals, walk: _Walk) -> int:
    named = {row["original"]: row["id"] for row in walk.reports.values()}
    for sha256, report in named.items():
        try:
            data = originals.get(sha256, connection)
        except LedgerError as error:
            walk.wrong(f"original of {report}", str(error))
            continue
        if data is None:
            walk.wrong(f"original of {report}", f"is missing ({sha256}).")
        elif digest(data) != sha256:
            walk.wrong(f"original of {report}", f"was changed: its bytes no longer give {sha256}.")
    names = {originals.name(sha256) for sha256 in named} if isinstance(originals, Folder) else set(named)
    for stray in _strays(connection, originals, names):
        walk.wrong(f"original {stray}", "is named by no line; it was added.")
    if isinstance(originals, Folder):
        waiting = [path for path in originals.waiting() if path.name not in names]
        if waiting:
            walk.notes.append(
                f"{len(waiting)} files wait in {originals.incoming} that no line names: an intake is under way or was "
                "stopped. They are taken away after a day."
            )
    return len(named)


def _strays(connection: Connection, originals: Originals, names: set[str]) -> Iterator[str]:
    return (name for name in originals.all(connection) if name not in names)
