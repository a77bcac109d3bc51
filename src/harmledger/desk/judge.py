"""From what a person did at the desk to a judgement in the ledger; and what was judged of a thing, with what stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from harmledger.errors import DeskError
from harmledger.ledger import Ledger
from harmledger.ledger.judging import KINDS, all_judgements, judgements_of
from harmledger.ledger.lines import mentioning
from harmledger.ledger.tables import lines, mentions
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
    asked = (
        select(func.max(mentions.c.number))
        .join(lines, lines.c.number == mentions.c.number)
        .where(mentions.c.subject.in_(names), lines.c.kind.in_(KINDS))
    )
    with ledger.store.reading() as connection:
        return connection.execute(asked).scalar() or 0


def record(ledger: Ledger, judgement: Judgement, seen: int | None) -> Judgement:
    """Record a judgement; DeskError where another person judged the same since ``seen``, and nothing is recorded."""
    if seen is not None and judgement.verb != "undo":
        last = seen_of(ledger, [judgement.subject])
        if last > seen:
            line = ledger.line(last)
            who = line.by if line else "?"
            if line is not None and who != judgement.by:
                raise DeskError(
                    f"{who} judged this while you looked at it. Look again: nothing of yours was recorded.",
                    "say.judged_meanwhile", who=who,
                )  # fmt: skip
    return ledger.judge(judgement)


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


def _undone(every: Sequence[Judgement]) -> set[str]:
    """Return the ids of judgements that a standing undo takes back."""
    undone: set[str] = set()
    for each in reversed(every):
        if each.verb == "undo" and each.id not in undone:
            undone.add(each.subject)
    return undone
