"""The queue: claims and merges most in need of eyes first, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from harmledger.desk.shelf import Shelf
from harmledger.gazetteer.spelling import fold
from harmledger.judged import Standing, corrected, standing
from harmledger.ledger import Ledger
from harmledger.ledger.intake import report_of
from harmledger.ledger.judging import all_judgements
from harmledger.ledger.lines import line_of
from harmledger.ledger.made import Reading, unpacked
from harmledger.ledger.nearly import nearly
from harmledger.ledger.tables import lines, readings
from harmledger.model import Claim, Report

PAGE = 25
STATES = ("open", "accepted", "corrected", "rejected", "aside")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the queue is narrowed to; nothing told narrows nothing."""

    state: str = "open"
    kind: str = ""
    doubt: str = ""
    place: str = ""
    scope: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A claim in the queue with its report and why it stands where it does."""

    claim: Claim
    report: Report
    number: int
    state: str
    doubts: tuple[str, ...]
    incident: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of something: what stands on it, which it is, how many things there are in all."""

    items: Sequence[Any]
    number: int
    total: int
    size: int = PAGE

    @property
    def last(self) -> int:
        """The number of the last page, from 1."""
        return max(1, -(-self.total // self.size))


def claims_page(ledger: Ledger, shelf: Shelf, wanted: Wanted, number: int) -> Page:
    """Return a page of claims, the most doubtful first."""
    where, values = narrowed(wanted)
    total = shelf.one(f"SELECT count(*) FROM claims WHERE {where}", values) or 0
    number = max(1, min(number, max(1, -(-total // PAGE))))
    rows = shelf.rows(
        f"SELECT * FROM claims WHERE {where} ORDER BY doubt DESC, id LIMIT {PAGE} OFFSET {(number - 1) * PAGE}", values
    )
    told = told_in(ledger, {row["number"] for row in rows})
    items = []
    for row in rows:
        report, claims = told.get(row["number"], (None, {}))
        if report is not None and row["id"] in claims:
            items.append(
                Waiting(claims[row["id"]], report, row["number"], row["state"], doubts_in(row), row["incident"])
            )
    return Page(items, number, total)


def next_claim(shelf: Shelf, wanted: Wanted, after: str = "") -> tuple[int, str] | None:
    """Return the report's line and the id of the first claim that waits, other than one."""
    where, values = narrowed(wanted)
    found = shelf.rows(
        f"SELECT number, id FROM claims WHERE {where} AND id <> ? ORDER BY doubt DESC, id LIMIT 1", [*values, after]
    )
    return (found[0]["number"], found[0]["id"]) if found else None


def merges_page(shelf: Shelf, number: int, judged: bool = False) -> Page:
    """Return a page of merges, those nearest to a toss-up first."""
    where = "judged <> ''" if judged else "judged = ''"
    total = shelf.one(f"SELECT count(*) FROM merges WHERE {where}") or 0
    number = max(1, min(number, max(1, -(-total // PAGE))))
    rows = shelf.rows(
        "SELECT m.*, i.title, i.day_from, i.killed_low, i.killed_high, i.killed_open FROM merges m "
        f"JOIN incidents i ON i.id = m.incident WHERE {where} ORDER BY m.doubt DESC, m.incident, m.report, m.other "
        f"LIMIT {PAGE} OFFSET {(number - 1) * PAGE}"
    )
    return Page(rows, number, total)


def nearly_page(ledger: Ledger, shelf: Shelf, number: int) -> Page | None:
    """Return a page of pairs that were nearly put together, the nearest first; None where nothing is kept of them."""
    pairs = nearly(ledger.store)
    if pairs is None:
        return None
    asked = "SELECT i.* FROM formers f JOIN incidents i ON i.id = f.incident WHERE f.event = ?"
    found = []
    for pair in pairs:
        one, other = shelf.rows(asked, [pair.event]), shelf.rows(asked, [pair.other_event])
        if one and other and one[0]["id"] != other[0]["id"]:
            found.append((pair, one[0], other[0]))
    number = max(1, min(number, max(1, -(-len(found) // PAGE))))
    return Page(found[(number - 1) * PAGE : number * PAGE], number, len(found))


def counts(shelf: Shelf) -> dict[str, int]:
    """Return how many claims wait and were judged, and how many merges wait."""
    found = dict.fromkeys(STATES, 0)
    found.update((row[0], row[1]) for row in shelf.rows("SELECT state, count(*) FROM claims GROUP BY state"))
    found["merges"] = shelf.one("SELECT count(*) FROM merges WHERE judged = ''") or 0
    return found


def doubts_in(row: Any) -> tuple[str, ...]:
    """Return the reasons for doubt that a row of the shelf tells."""
    more = [name for name in ("disagree", "left_out") if row[name]]
    unsure = ["unsure"] if (row["confidence"] if row["confidence"] is not None else 0.5) < 0.8 else []
    return (*unsure, *more, *row["own"].split())


def narrowed(wanted: Wanted) -> tuple[str, list[object]]:
    """Return what a list of claims is narrowed to as a condition, with its values."""
    parts: list[str] = ["1"]
    values: list[object] = []
    for column in ("state", "kind", "scope"):
        told = getattr(wanted, column)
        if told:
            parts.append(f"{column} = ?")
            values.append(told)
    if wanted.doubt in ("disagree", "left_out"):
        parts.append(f"{wanted.doubt} = 1")
    elif wanted.doubt == "unsure":
        parts.append("coalesce(confidence, 0.5) < 0.8")
    elif wanted.doubt:
        parts.append("instr(' ' || own || ' ', ?) > 0")
        values.append(f" {wanted.doubt} ")
    if wanted.place:
        parts.append("instr(place, ?) > 0")
        values.append(fold(wanted.place))
    return " AND ".join(parts), values


def told_in(ledger: Ledger, numbers: set[int]) -> dict[int, tuple[Report, dict[str, Claim]]]:
    """Return reports by their lines, each with its claims as persons corrected them."""
    found: dict[int, tuple[Report, dict[str, Claim]]] = {}
    with ledger.store.reading() as connection:
        stands: Standing = standing(all_judgements(connection))
        asked = select(lines, readings.c.made).join(readings, readings.c.number == lines.c.number)
        for row in connection.execute(asked.where(lines.c.number.in_(numbers))):
            line = line_of(row)
            if line.body is not None:
                claims = (corrected(claim, stands) for claim in unpacked(row.made, Reading).claims)
                found[row.number] = (report_of(line), {claim.id: claim for claim in claims})
    return found
