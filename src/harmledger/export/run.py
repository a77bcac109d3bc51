"""One export from end to end: redact, ask, make coarser what is few, write, put in place."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

from harmledger.errors import ExportError
from harmledger.export.files import Bundle
from harmledger.export.losses import Losses
from harmledger.export.notes import note
from harmledger.export.plan import FORMATS, Done, Plan
from harmledger.export.redaction import Names, Redactor
from harmledger.export.redaction.shuffling import Shuffled
from harmledger.export.redaction.small_cells import SmallCells
from harmledger.export.rows import Making, Total
from harmledger.export.writers import writer_of
from harmledger.model import Case


def export_cases(cases: Iterable[Case], totals: Iterable[Total], plan: Plan) -> Done:
    """Write the incidents that a plan asks for. Cases are taken one by one and not kept.

    What a query asks is answered by what the profile shows: a question for a town finds nothing where towns are
    withheld, so that asking tells no more than reading.
    """
    if plan.format not in FORMATS:
        raise ExportError(f"{plan.format!r} is no format. Formats: {', '.join(FORMATS)}.")
    plan.profile.check(plan.query)
    export = secrets.token_hex(6)
    writer = writer_of(plan.format, Making(plan.at))
    losses = Losses(writer.meanings)
    counted = _Counted(plan)
    with ExitStack() as open_now:
        bundle = open_now.enter_context(Bundle(plan.out))
        redactor = Redactor(plan.profile, Names(_keeper(plan, bundle, export)))
        redacted = map(redactor.case, counted.each(cases))
        asked = counted.counting(case for case in redacted if plan.query.matches(case))
        shown, cells = _in_order(asked, plan, open_now)
        theirs = (redactor.total(total) for total in totals)
        wanted = (total for total in theirs if plan.query.matches_claim(total.claim))
        writer.write(bundle, shown, wanted, losses, plan)
        withheld = cells.left_out if cells else 0
        text = note(plan, losses, counted.asked, withheld, export)
        bundle.open(bundle.beside(".loss.txt")).write(text.encode())
        done = Done(export, losses.rows, counted.asked, withheld, bundle.placed, bundle.digests(), text)
        plan.record(done)
    return done


class _Counted:
    """Counts incidents as they pass, and shows progress."""

    def __init__(self, plan: Plan) -> None:
        self.asked = 0
        self._plan = plan

    def each(self, cases: Iterable[Case]) -> Iterator[Case]:
        for number, case in enumerate(cases, 1):
            self._plan.progress(number)
            yield case

    def counting(self, cases: Iterable[Case]) -> Iterator[Case]:
        for case in cases:
            self.asked += 1
            yield case


def _in_order(cases: Iterator[Case], plan: Plan, open_now: ExitStack) -> tuple[Iterable[Case], SmallCells | None]:
    """Return the cases as they are written: as they come, or where anything is withheld in an order of chance."""
    if not plan.profile.redacts:
        return cases, None
    shuffled = Shuffled(cases, plan.out.absolute().parent)
    open_now.callback(shuffled.close)
    if plan.profile.minimum_cell <= 1:
        return shuffled, None
    cells = SmallCells(plan.profile.minimum_cell)
    cells.count(shuffled)
    return cells.shown(shuffled, plan.query), cells


def _keeper(plan: Plan, bundle: Bundle, export: str) -> Callable[[str, str, str], None] | None:
    """Return what keeps the names of a redacted export for its recorder, in a file that nobody else may read."""
    if plan.home is None or not plan.profile.redacts:
        return None
    folder = plan.home / "exports"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = bundle.open(names_file(plan.home, export), private=True)
    file.write(b"kind,in the export,in the record\n")

    def keep(kind: str, made: str, name: str) -> None:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow((kind, made, name))
        file.write(out.getvalue().encode("utf-8", "replace"))

    return keep


def names_file(home: Path, export: str) -> Path:
    """Return where the names of a redacted export are kept."""
    return home / "exports" / f"{export}.names.csv"
