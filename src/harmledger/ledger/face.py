"""The ledger as other rooms and Python programs use it."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import select

from harmledger.errors import LedgerError, ReportError
from harmledger.ledger import judging
from harmledger.ledger.address import Address, address_of
from harmledger.ledger.canonical import canonical
from harmledger.ledger.cases import case_of, cases
from harmledger.ledger.chain import Draft, Head, Line
from harmledger.ledger.cipher import Cipher, is_locked, known_cipher, new_cipher, told_passphrase
from harmledger.ledger.deleting import delete_for_good, finish
from harmledger.ledger.derive import Progress, State, all_readings, bring_up_to_date, state_of
from harmledger.ledger.intake import Taken, report_of, take, take_all
from harmledger.ledger.lines import append, line_of, mentioning, read_lines
from harmledger.ledger.matching import events_of_ledger
from harmledger.ledger.originals import Folder, InDatabase, Originals
from harmledger.ledger.query import Hit, Query
from harmledger.ledger.rebuilding import Changes, rebuild, take_over
from harmledger.ledger.schema import prepare
from harmledger.ledger.seal import renew
from harmledger.ledger.search import find
from harmledger.ledger.store import Store
from harmledger.ledger.tables import lines, reports
from harmledger.ledger.verify import Verdict, verify
from harmledger.model import Case, Claim, Entry, Event, Incident, Judgement, Report
from harmledger.read import Original, ReadOptions, read_originals

# Kinds that the ledger itself writes; others are free for exports, views and what comes.
_OWN = frozenset(["opened", "report", "judgement", "judgements", "deletion", "engine"])


class Ledger:
    """An open ledger. Use ``open_ledger``, and ``with``, so that it is closed.

    What is asked of it is read as it stands at that moment; another program may write meanwhile. ``by`` is who acts.
    """

    def __init__(self, store: Store, cipher: Cipher | None, by: str) -> None:
        self.store = store
        self.by = by
        self.originals: Originals = (
            InDatabase() if store.address.folder is None else Folder(store.address.folder / "originals", cipher)
        )

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files or the server, and set the seal anew where anything was written."""
        try:
            if self.store.wrote:
                renew(self.store)
        finally:
            self.store.close()

    # What goes in

    def add(self, report: Report, original: bytes | None = None, by: str = "") -> Taken:
        """Take one report; its text stands in for an original that is not given."""
        data = original if original is not None else report.text.encode("utf-8", "surrogatepass")
        return take(self.store, self.originals, [(report, Original(report.id, data))], by or self.by)[0]

    def add_files(
        self, paths: Iterable[str | Path], options: ReadOptions | None = None, by: str = ""
    ) -> Iterator[Taken | ReportError]:
        """Take the reports of files and folders; each is yielded after it is on the disk."""
        return take_all(self.store, self.originals, read_originals(paths, options), by or self.by)

    def judge(self, judgement: Judgement) -> Judgement:
        """Record a judgement and return it with its id and time. It tells who and why."""
        return judging.judge(self.store, judgement)

    def judge_all(self, judgements: Sequence[Judgement], source: str, by: str = "") -> list[Judgement]:
        """Record judgements that come from elsewhere as one line, which can be undone as one."""
        return judging.judge_all(self.store, judgements, source, by or self.by)

    def record_event(self, kind: str, details: Mapping[str, Any], by: str = "", about: Sequence[str] = ()) -> Line:
        """Record that something was done with the record: an export, a view of a restricted field.

        ``details`` holds text, whole numbers, yes and no, lists and mappings of these; ``about`` names the reports,
        claims and incidents it bears on, so that their history tells of it.

        >>> ledger.record_event("export", {"format": "hxl", "incidents": 12}, by="amal")  # doctest: +SKIP
        """
        if kind in _OWN:
            raise LedgerError(f"{kind}: is a kind of line that the ledger writes itself.")
        body = {**details, "about": list(about)}
        try:
            canonical(body)
        except (TypeError, ValueError) as error:
            raise LedgerError(f"{kind}: details hold what a line cannot ({error}).") from error
        if not (by or self.by).strip():
            raise LedgerError(f"{kind}: does not tell who did it.")
        with self.store.writing() as connection:
            return append(self.store, connection, [Draft(kind, body, by or self.by)])[0]

    def delete(self, names: Sequence[str], reason: str, by: str = "") -> Line:
        """Take reports or judgements out for good. Who and why stay, the bytes go; there is no way back."""
        return delete_for_good(self.store, self.originals, names, by or self.by, reason)

    # What is there

    def verify(self) -> Verdict:
        """Compute everything again: lines, originals, what is searched; the findings tell what is not as it was."""
        return verify(self.store, self.originals)

    def head(self) -> Head:
        """Return the last line's number and hash, which stand for the whole ledger."""
        with self.store.reading() as connection:
            return self.store.head(connection)

    def lines(self, kinds: Sequence[str] = ()) -> Iterator[Line]:
        """Yield the ledger's lines in order."""
        with self.store.reading() as connection:
            yield from read_lines(connection, kinds)

    def history(self, name: str) -> list[Line]:
        """Return the lines that bear on a report, claim, incident or judgement."""
        with self.store.reading() as connection:
            return mentioning(connection, [name])

    def reports(self) -> Iterator[Report]:
        """Yield the reports in the order in which they were taken in."""
        for line in self.lines(["report"]):
            if line.body is not None:
                yield report_of(line)

    def report(self, name: str) -> Report:
        """Return a report by its id; LedgerError where there is none."""
        return report_of(self.report_line(name))

    def report_line(self, name: str) -> Line:
        """Return the line by which a report came in: it tells when, and who took it in."""
        with self.store.reading() as connection:
            asked = select(lines).join(reports, reports.c.number == lines.c.number).where(reports.c.id == name)
            row = connection.execute(asked).first()
        if row is None:
            raise LedgerError(f"{name}: is no report of this ledger. `harmledger search` finds reports by their words.")
        return line_of(row)

    def original(self, name: str) -> bytes:
        """Return the bytes that a report was read from, as they came."""
        sha256 = self.report_line(name).told["original"]
        with self.store.reading() as connection:
            data = self.originals.get(sha256, connection)
        if data is None:
            raise LedgerError(
                f"{name}: its original {sha256} is missing. Restore a backup; `harmledger verify` tells more."
            )
        return data

    def judgements(self) -> list[Judgement]:
        """Return all judgements in the order in which they were recorded, undone ones too."""
        with self.store.reading() as connection:
            return judging.all_judgements(connection)

    # What is derived

    def bring_up_to_date(self, jobs: int | None = 1, progress: Progress | None = None) -> list[ReportError]:
        """Read the reports that were not read yet and match anew; what follows does so by itself where it must.

        ``jobs`` None takes every core. Returned are the reports that could not be read through.
        """
        return bring_up_to_date(self.store, self.by, jobs, progress)

    def rebuild(self, jobs: int | None = 1, progress: Progress | None = None) -> Changes:
        """Read and match everything again, aside, and tell what that changes; ``take_over`` makes it so."""
        self.bring_up_to_date(jobs)
        return rebuild(self.store, jobs, progress)

    def take_over(self, changes: Changes, by: str = "") -> None:
        """Put what ``rebuild`` has shown in the place of what was there, and record that it was done."""
        take_over(self.store, changes, by or self.by)

    def state(self) -> State:
        """Return which engine made what is derived, and how many reports wait to be read."""
        return state_of(self.store)

    def claims(self, report: str | None = None) -> Iterator[Claim]:
        """Yield the claims of all reports, or of one."""
        self.bring_up_to_date()
        only = self.report_line(report).number if report else None
        with self.store.reading() as connection:
            for _, reading in all_readings(connection, only):
                yield from reading.claims

    def events(self) -> Iterator[Event]:
        """Yield what each report tells of each event."""
        self.bring_up_to_date()
        with self.store.reading() as connection:
            yield from events_of_ledger(connection)

    def incidents(self) -> Iterator[Incident]:
        """Yield the incidents that the reports and judgements make, by day."""
        return (case.incident for case in self.cases())

    def entries(self) -> Iterator[Entry]:
        """Yield what the record says of each incident."""
        return (case.entry for case in self.cases())

    def cases(self, query: Query | None = None) -> Iterator[Case]:
        """Yield each incident with its entry and reports, by day; of those alone that a query asks for."""
        self.bring_up_to_date()
        with self.store.reading() as connection:
            yield from cases(connection, query)

    def case(self, name: str) -> Case:
        """Return one incident by its id, or by one it had before a merge."""
        self.bring_up_to_date()
        with self.store.reading() as connection:
            found = case_of(connection, name)
        if found is None:
            raise LedgerError(f"{name}: is no incident of this ledger. `harmledger incidents` lists them.")
        return found

    def search(self, query: Query, limit: int | None = 20) -> list[Hit]:
        """Return the reports that a query asks for, the latest taken in first, each with the claims it asks for.

        Reports that were not read yet are found by their words alone.
        """
        with self.store.reading() as connection:
            return list(find(connection, query, limit))


@contextmanager
def _closing(store: Store) -> Iterator[None]:
    try:
        yield
    except BaseException:
        store.close()
        raise


def open_ledger(where: str | Path | None = None, passphrase: str | None = None, by: str = "") -> Ledger:
    """Open a ledger, and make it where there is none yet.

    ``where`` is a folder or ``postgresql://user@host/database``; else ``HARMLEDGER_LEDGER`` or the home folder is
    taken. A passphrase that is not given is taken from the environment. ``by`` is who acts: else ``HARMLEDGER_BY`` or
    the name of the user of this machine.

    >>> with open_ledger("/tmp/example") as ledger:  # doctest: +SKIP
    ...     ledger.add(read_report("dispatch.txt"))
    """
    address = address_of(where)
    cipher = _cipher(address, passphrase)
    store = Store(address, cipher.database if cipher else None)
    who = by or os.environ.get("HARMLEDGER_BY", "") or getpass.getuser()
    with _closing(store):
        prepare(store, who)
        ledger = Ledger(store, cipher, who)
        finish(store, ledger.originals)
    return ledger


def lock_new(where: str | Path, passphrase: str) -> None:
    """Make the keys for a ledger that is not there yet, which will stand under a passphrase. A lost one is lost."""
    address = address_of(where)
    if address.folder is None:
        raise LedgerError(f"{address}: a PostgreSQL ledger has no passphrase; encrypt its server's disk instead.")
    if address.file.exists() or is_locked(address.folder):
        raise LedgerError(
            f"{address}: holds a ledger already. To put it under a passphrase, copy it into a new folder: "
            "harmledger ledger copy FOLDER --locked."
        )
    new_cipher(address.folder, passphrase)


def _cipher(address: Address, passphrase: str | None) -> Cipher | None:
    if address.folder is None or not is_locked(address.folder):
        return None
    told = passphrase or told_passphrase()
    if told is None:
        raise LedgerError(
            f"{address}: is under a passphrase. Give it when asked, or by HARMLEDGER_PASSPHRASE or "
            "HARMLEDGER_PASSPHRASE_FILE. A lost passphrase is lost: nobody can open the ledger without it."
        )
    return known_cipher(address.folder, told)
