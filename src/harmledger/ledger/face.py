"""The ledger as other rooms and Python programs use it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from sqlalchemy import func, select

from harmledger.errors import LedgerError, ReportError
from harmledger.ledger import judging
from harmledger.ledger.aside import reports_aside
from harmledger.ledger.asked import Hit, Search
from harmledger.ledger.canonical import Body, canonical
from harmledger.ledger.cases import case_of, cases
from harmledger.ledger.chain import Draft, Head, Line
from harmledger.ledger.cipher import Cipher
from harmledger.ledger.deleting import delete_for_good
from harmledger.ledger.derive import Progress, State, all_readings, bring_up_to_date, state_of
from harmledger.ledger.intake import Taken, report_of, take, take_all
from harmledger.ledger.lines import append, line_of, mentioning, read_lines
from harmledger.ledger.matching import events_of_ledger
from harmledger.ledger.originals import Folder, InDatabase, Originals
from harmledger.ledger.rebuilding import Changes, rebuild, take_over
from harmledger.ledger.seal import renew
from harmledger.ledger.search import find
from harmledger.ledger.store import Store
from harmledger.ledger.tables import claims, incidents, lines, reports
from harmledger.ledger.verify import Verdict, verify
from harmledger.model import Case, Claim, Entry, Event, Incident, Judgement, Report
from harmledger.read import Original, ReadOptions, read_originals

# Kinds that the ledger itself writes; others are free for exports, views and what comes.
_OWN = frozenset(["opened", "report", "judgement", "judgements", "deletion", "engine", "timestamp"])


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
                # All that was written is done; a seal that cannot be set now is set by the next.
                with suppress(LedgerError, OSError):
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
        return self.take_in(read_originals(paths, options), by)

    def take_in(
        self, found: Iterable[tuple[Report, Original] | ReportError], by: str = ""
    ) -> Iterator[Taken | ReportError]:
        """Take reports with the bytes that each was read from; each is yielded after it is on the disk."""
        return take_all(self.store, self.originals, found, by or self.by)

    def judge(self, judgement: Judgement, manner: judging.Manner | None = None) -> Judgement:
        """Record a judgement and return it with its id and time. It tells who and why."""
        return judging.judge(self.store, judgement, manner or judging.Manner())

    def judge_all(
        self, judgements: Sequence[Judgement], source: str, by: str = "", manner: judging.Manner | None = None
    ) -> list[Judgement]:
        """Record judgements that come from elsewhere as one line, which can be undone as one."""
        return judging.judge_all(self.store, judgements, source, by or self.by, manner or judging.Manner())

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
        return self.record(kind, body, by or self.by)

    def record(self, kind: str, body: Body, by: str) -> Line:
        """Record a line of any kind; other rooms take ``record_event``."""
        with self.store.writing() as connection:
            return append(self.store, connection, [Draft(kind, body, by)])[0]

    def delete(self, names: Sequence[str], reason: str, by: str = "") -> Line:
        """Take reports or judgements out for good. Who and why stay, the bytes go; there is no way back."""
        return delete_for_good(self.store, self.originals, names, by or self.by, reason)

    def name(self) -> str:
        """Return the random name that the ledger was given when it was made."""
        return str(next(self.lines(["opened"])).told["ledger"])

    def line(self, number: int) -> Line | None:
        """Return a line by its number; None where there is none."""
        with self.store.reading() as connection:
            row = connection.execute(select(lines).where(lines.c.number == number)).first()
        return line_of(row) if row is not None else None

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

    def last_lines(self, number: int) -> list[Line]:
        """Return the last so many lines, in order."""
        with self.store.reading() as connection:
            rows = connection.execute(select(lines).order_by(lines.c.number.desc()).limit(number)).all()
        return [line_of(row) for row in reversed(rows)]

    def counts(self) -> dict[str, int]:
        """Return how many reports, judgements, claims and incidents there are."""
        judged = select(func.count()).select_from(lines).where(lines.c.kind.in_(judging.KINDS))
        with self.store.reading() as connection:
            told = {
                "report": connection.execute(select(func.count()).select_from(reports)).scalar_one(),
                "judgement": connection.execute(judged).scalar_one(),
                "claim": connection.execute(select(func.count()).select_from(claims)).scalar_one(),
                "incident": connection.execute(select(func.count()).select_from(incidents)).scalar_one(),
            }
        return told

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

    def bring_up_to_date(
        self, jobs: int | None = 1, progress: Progress | None = None, read: bool = True
    ) -> list[ReportError]:
        """Read the reports that were not read yet and match anew; what follows does so by itself where it must.

        ``jobs`` None takes every core. Returned are the reports that could not be read through. What ``progress``
        raises stops the reading after what was kept. Without ``read``, reports wait and judgements are matched.
        """
        return bring_up_to_date(self.store, self.by, jobs, progress, read)

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

    def claims_by_report(self) -> Iterator[tuple[Claim, ...]]:
        """Yield the claims of each report that was read and is not set aside, in the order of the ledger."""
        from harmledger.judged import standing

        with self.store.reading() as connection:
            aside = reports_aside(connection, standing(judging.all_judgements(connection)))
            for number, reading in all_readings(connection):
                if number not in aside:
                    yield reading.claims

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

    def cases(self, query: Search | None = None) -> Iterator[Case]:
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

    def search(self, query: Search, limit: int | None = 20) -> list[Hit]:
        """Return the reports that a query asks for, the latest taken in first, each with the claims it asks for.

        Reports that were not read yet are found by their words alone.
        """
        with self.store.reading() as connection:
            return list(find(connection, query, limit))
