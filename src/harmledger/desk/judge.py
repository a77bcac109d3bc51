"""From what a person did at the desk to a judgement in the ledger; and what was judged of a thing, with what stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select

from harmledger.desk.shelf import Shelf
from harmledger.ledger import Ledger
from harmledger.ledger.cases import case_of
from harmledger.ledger.judging import KINDS, Manner, all_judgements, judgements_of, last_judged
from harmledger.ledger.lines import mentioning
from harmledger.ledger.tables import reports
from harmledger.model import Judgement

# The fields of a claim that a person corrects at the desk, and the list each must be of ("" is free).
CORRECTED = {
    "count": "", "kind": "kind", "group": "group", "status": "status", "scope": "scope", "role": "role", "place": "",
    "date": "", "actor": "actor", "means": "means", "munitions": "", "sources": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """A judgement with whether it still stands."""

    judgement: Judgement
    stands: bool


def seen_of(ledger: Ledger, names: Sequence[str]) -> int:
    """Return the last line that judged any of these, for a form to carry, so that nobody judges past another."""
    with ledger.store.reading() as connection:
        return last_judged(connection, names)


def record(ledger: Ledger, judgement: Judgement, seen: int | None) -> Judgement:
    """Record a judgement; JudgedMeanwhile where another person judged the same since ``seen``, and nothing is."""
    return ledger.judge(judgement, Manner(None if judgement.verb == "undo" else seen))


def judged(ledger: Ledger, names: Iterable[str]) -> list[Done]:
    """Return what persons judged of these things, the latest first, undone ones too."""
    with ledger.store.reading() as connection:
        told = [line for line in mentioning(connection, list(names)) if line.kind in KINDS]
        held = [each for line in told for each in judgements_of(line)]
        every = all_judgements(connection) if held else []
    undone = _undone(every)
    mine = set(names)
    return [
        Done(each, each.id not in undone)
        for each in reversed(held)
        if each.verb != "undo" and (each.subject in mine or each.other in mine)
    ]


def every(ledger: Ledger, subject: str = "") -> list[Done]:
    """Return all judgements in the order of the ledger, or those that name something, with whether they stand."""
    with ledger.store.reading() as connection:
        told = all_judgements(connection)
    undone = _undone(told)
    return [Done(each, each.id not in undone) for each in told if not subject or subject in (each.subject, each.other)]


def known(ledger: Ledger, shelf: Shelf, name: str) -> bool:
    """Tell whether there is a claim, incident, event or report of a name, now or before a merge."""
    for question in (
        "SELECT 1 FROM claims WHERE id = ?", "SELECT 1 FROM incidents WHERE id = ?",
        "SELECT 1 FROM merges WHERE ? IN (subject, against)",
    ):  # fmt: skip
        if shelf.one(question, [name]):
            return True
    with ledger.store.reading() as connection:
        if connection.execute(select(reports.c.number).where(reports.c.id == name)).first():
            return True
        case = case_of(connection, name) if len(name) >= 8 else None
    return case is not None and name in (case.incident.id, *case.incident.former)


def _undone(every: Sequence[Judgement]) -> set[str]:
    """Return the ids of judgements that a standing undo takes back."""
    undone: set[str] = set()
    for each in reversed(every):
        if each.verb == "undo" and each.id not in undone:
            undone.add(each.subject)
    return undone
