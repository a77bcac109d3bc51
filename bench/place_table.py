"""The table of spellings (tests/gazetteer/spellings.tsv): read, and held against a gazetteer."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from harmledger.gazetteer import Gazetteer, Hint, Resolution
from harmledger.gazetteer.weighing import kilometres

TABLE = Path(__file__).parents[1] / "tests" / "gazetteer" / "spellings.tsv"
# One place stands in the dumps with points this far apart.
RIGHT_KM = 6.0


@dataclass(frozen=True)
class Row:
    """A spelling with its context and the place it means; no point where "not known" is the right answer."""

    spelling: str
    hint: Hint
    id: str
    point: tuple[float, float] | None
    note: str


@dataclass(frozen=True)
class Verdict:
    """Shares over the table. ``false_pins`` are pins on a wrong place, of all rows."""

    right: float
    due: int
    false_pins: float
    rows: int
    errors: tuple[tuple[Row, Resolution], ...]


def read_rows(path: Path = TABLE) -> list[Row]:
    """Return the rows of the table."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_row(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _row(row: dict[str, str]) -> Row:
    within, near = (tuple(filter(None, row[field].split("|"))) for field in ("within", "near"))
    point = (float(row["latitude"]), float(row["longitude"])) if row["latitude"] else None
    return Row(row["spelling"], Hint(within, near, (row["country"],)), row["id"], point, row["note"])


def judge(rows: Sequence[Row], resolve: Callable[[str, Hint], Resolution]) -> Verdict:
    """Resolve every row. A pin counts where it claims to be the place itself; a wider place that stands in does not."""
    right = due = wrong = 0
    errors = []
    for row in rows:
        found = resolve(row.spelling, row.hint)
        pin = found.place if found.status == "found" else None
        hit = (
            pin is not None
            and row.point is not None
            and (pin.id == f"geonames:{row.id}" or kilometres((pin.latitude, pin.longitude), row.point) <= RIGHT_KM)
        )
        due += row.point is not None
        right += hit
        wrong += pin is not None and not hit
        if not hit and (row.point is not None or pin is not None):
            errors.append((row, found))
    return Verdict(right / due, due, wrong / len(rows), len(rows), tuple(errors))


def resolver(gazetteer: Gazetteer) -> Callable[[str, Hint], Resolution]:
    """Return what ``judge`` asks."""
    return gazetteer.resolve
