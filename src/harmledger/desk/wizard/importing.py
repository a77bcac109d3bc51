"""Spreadsheets on their way in: uploaded, mapped, checked, taken in, and set aside again as one.

An upload waits in memory, for its person alone, until it is taken in or another hour has passed. Each import is a line
of the ledger that tells the file, its hash and its columns; "import:57" names it in judgements.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from secrets import token_hex
from threading import Lock
from typing import Any

from harmledger.desk.adding import Adding, Batch, safe_name
from harmledger.desk.wizard.cells import DayOrder, Trouble
from harmledger.desk.wizard.columns import Columns, What, fields, guessed, lacking, letter
from harmledger.desk.wizard.rows import Made, Plan, made_of
from harmledger.errors import DeskError
from harmledger.judged import standing
from harmledger.ledger import Ledger
from harmledger.ledger.aside import counted, import_name
from harmledger.ledger.canonical import digest
from harmledger.ledger.judging import all_judgements
from harmledger.model import Judgement, Report
from harmledger.read import Original
from harmledger.read.sheet import Note, Sheet, sheet_of

_KEPT_S = 3600
_MOST_UPLOADS = 4
PREVIEW = 8
# So many rows with trouble are shown one by one; how many there are is always told.
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Checked:
    """What comes of a table by a plan. ``kept_out`` counts the rows that cannot be taken in, ``left_out`` single cells.

    ``by_trouble`` counts the troubles of each name; ``lacks`` are fields for which no column is named yet.
    """

    good: int
    kept_out: int
    left_out: int
    by_trouble: Sequence[tuple[str, int]]
    shown: Sequence[Made]
    preview: Sequence[Made]
    lacks: Sequence[str]


@dataclass(slots=True)
class Upload:
    """A spreadsheet that waits for its columns."""

    id: str
    by: str
    name: str
    data: bytes
    sheet: Sheet
    plan: Plan
    at: float
    checked: Checked | None = None

    @property
    def headings(self) -> list[tuple[int, str]]:
        """The columns as a person picks them: the place, and the heading with its letter."""
        return [(place, f"{letter(place)} · {words or '–'}") for place, words in enumerate(self.sheet.headings)]

    def heading(self, name: str) -> str:
        """Return the heading of a field's column, as ``headings`` has it; empty where there is none."""
        place = self.plan.columns.get(name)
        return self.headings[place][1] if place is not None else ""

    def examples(self, name: str) -> list[str]:
        """Return what stands in the first rows of a field's column, shortened."""
        place = self.plan.columns.get(name)
        if place is None:
            return []
        cells = (row.cells[place] for row in self.sheet.rows[:50] if place < len(row.cells))
        return [cell[:80] for cell in cells if cell.strip()][:3]

    @property
    def notes(self) -> Sequence[Note]:
        """What is to be known of the table."""
        return self.sheet.notes


@dataclass(frozen=True, slots=True)
class Import:
    """An import on record, with how many reports it brought and the judgement that sets it aside, if one stands."""

    number: int
    at: str
    by: str
    file: str
    what: str
    reports: int
    aside: Judgement | None = None

    @property
    def name(self) -> str:
        """The name by which it is judged."""
        return import_name(self.number)


@dataclass
class Importing:
    """The spreadsheets that wait, and those that came in."""

    ledger: Ledger
    adding: Adding
    _uploads: dict[str, Upload] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def upload(self, name: str, data: bytes, what: What, by: str) -> Upload:
        """Take an upload and guess its columns; ReportError where it is no table."""
        shown = safe_name(name) or "table"
        sheet = sheet_of(data, shown)
        plan = Plan(what, guessed(what, sheet.headings), table=shown)
        made = Upload(token_hex(8), by, shown, data, sheet, plan, time.monotonic())
        with self._lock:
            late = time.monotonic() - _KEPT_S
            kept = [each for each in self._uploads.values() if each.at > late][-_MOST_UPLOADS + 1 :]
            self._uploads = {each.id: each for each in [*kept, made]}
        return made

    def of(self, name: str, by: str) -> Upload | None:
        """Return a person's upload; None where there is none, or it has waited too long."""
        found = self._uploads.get(name)
        late = found is not None and time.monotonic() - found.at > _KEPT_S
        return found if found is not None and found.by == by and not late else None

    def drop(self, upload: Upload) -> None:
        """Forget an upload."""
        with self._lock:
            self._uploads.pop(upload.id, None)

    def settle(self, upload: Upload, plan: Plan) -> None:
        """Read the table by another plan from now on; DeskError where one column is named twice."""
        if any(not 0 <= place < len(upload.sheet.headings) for place in plan.columns.values()):
            raise DeskError("There is no such column. Choose again.", "import.no_column")
        twice = [place for place, times in Counter(plan.columns.values()).items() if times > 1]
        if twice:
            name = upload.headings[twice[0]][1]
            raise DeskError(f"Column {name} is chosen for two fields. Keep it for one.", "import.twice", column=name)
        upload.plan = replace(plan, table=upload.name)
        upload.checked = None

    def check(self, upload: Upload) -> Checked:
        """Return what comes of every row; read once for each plan."""
        if upload.checked is None:
            upload.checked = checked(upload.sheet, upload.plan)
        return upload.checked

    def take(self, upload: Upload) -> Batch:
        """Take the good rows in beside the pages; DeskError where something is still lacking."""
        found = self.check(upload)
        if found.lacks:
            raise DeskError("Choose the columns that are still missing first.", "import.lacking")
        if not found.good:
            raise DeskError("No row can be taken in as the columns are chosen.", "import.no_good")
        plan = upload.plan
        line = self.ledger.record_event(
            "import",
            {
                "file": upload.name,
                "original": digest(upload.data),
                "what": plan.what,
                "columns": {name: upload.sheet.headings[place] for name, place in plan.columns.items()},
                "outlet": plan.outlet,
                "rows": found.good,
                "kept_out": found.kept_out,
            },
            upload.by,
        )
        self.drop(upload)
        return self.adding.take_in(_originals(upload), upload.by, found.good, line.number)

    def list(self, most: int = 20) -> list[Import]:
        """Return the imports on record, the latest first."""
        with self.ledger.store.reading() as connection:
            found = counted(connection)[-most:]
            stands = standing(all_judgements(connection))
            return [
                Import(
                    line.number, line.at, line.by, str(line.told.get("file", "")), str(line.told.get("what", "")),
                    number,
                    stands.last("set_aside", [import_name(line.number)]),
                )
                for line, number in reversed(found)
            ]  # fmt: skip


def _originals(upload: Upload) -> Iterator[tuple[Report, Original]]:
    for made in _made(upload.sheet, upload.plan):
        if made.report is not None:
            yield made.report, Original(upload.name, upload.data)


def _made(sheet: Sheet, plan: Plan) -> Iterator[Made]:
    """Yield what comes of each row; a second row with the id of another is kept out."""
    taken: set[str] = set()
    for row in sheet.rows:
        made = made_of(row, plan)
        if made.report is not None:
            name = made.report.id
            if name in taken:
                made = replace(made, report=None, troubles=(*made.troubles, Trouble("taken_id", "id", name[:60])))
            taken.add(name)
        yield made


def checked(sheet: Sheet, plan: Plan) -> Checked:
    """Return what comes of a table: the first good rows as they would be read, and the first with trouble."""
    lacks = list(lacking(plan.what, plan.columns))
    if plan.what == "incidents" and not plan.outlet.strip():
        lacks.append("recorder")
    good = kept_out = left_out = 0
    names: Counter[str] = Counter()
    shown: list[Made] = []
    preview: list[Made] = []
    for made in _made(sheet, plan) if not [name for name in lacks if name != "recorder"] else ():
        names.update(trouble.name for trouble in made.troubles)
        if made.report is None:
            kept_out += 1
        else:
            good += 1
            left_out += len(made.troubles)
            if len(preview) < PREVIEW:
                preview.append(made)
        if made.troubles and len(shown) < MOST_SHOWN:
            shown.append(made)
    return Checked(good, kept_out, left_out, names.most_common(), shown, preview, lacks)


def plan_of(what: What, told: dict[str, Any], before: Plan) -> Plan:
    """Return the plan that a form tells: ``column_<field>`` holds the place of a column, or nothing."""
    from harmledger.dates import parse_day

    columns: dict[str, int] = {}
    for name in fields(what):
        value = str(told.get(f"column_{name}", "")).strip()
        if value.isdigit() and len(value) < 6:
            columns[name] = int(value)
    orders: dict[str, DayOrder] = {"dmy": "dmy", "mdy": "mdy"}
    published = str(told.get("published", "")).strip()
    return replace(
        before,
        columns=columns,
        order=orders.get(str(told.get("order", "")), ""),
        outlet=" ".join(str(told.get("outlet", "")).split())[:200],
        published=parse_day(published) if published else None,
    )


__all__ = ["Columns", "Import", "Importing", "Upload", "checked", "plan_of"]
