"""From what a person did at the desk to a judgement in the ledger; and what was judged of a thing, with what stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from harmledger.desk.shelf import Shelf
from harmledger.desk.splitting import SOURCE
from harmledger.errors import LedgerError
from harmledger.ledger import Ledger
from harmledger.ledger.judging import KINDS, Manner, all_judgements, judgements_of, last_judged
from harmledger.ledger.lines import mentioning
from harmledger.ledger.naming import full_name
from harmledger.model import Judgement

# The fields of a claim that a person corrects at the desk, and the list each must be of ("" is free).
CORRECTED = {
    "count": "", "kind": "kind", "group": "group", "status": "status", "scope": "scope", "role": "role", "place": "",
    "date": "", "actor": "actor", "means": "means", "munitions": "", "sources": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """A judgement with whether it still stands; ``split`` counts the pairs of a split, which is shown as one."""

    judgement: Judgement
    stands: bool
    split: int = 0


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
    splits = {f"J{line.number}" for line in told if str(line.told.get("source", "")).startswith(SOURCE)}
    found: list[Done] = []
    for each in reversed(held):
        if each.verb == "undo" or (each.subject not in mine and each.other not in mine):
            continue
        whole = each.id.partition(".")[0]
        if whole not in splits:
            found.append(Done(each, each.id not in undone))
        elif found and found[-1].judgement.id == whole:
            last = found[-1]
            found[-1] = Done(last.judgement, last.stands or each.id not in undone, last.split + 1)
        else:
            found.append(Done(replace(each, id=whole), each.id not in undone, 1))
    return found


def every(ledger: Ledger, subject: str = "") -> list[Done]:
    """Return all judgements in the order of the ledger, or those that name something, with whether they stand."""
    with ledger.store.reading() as connection:
        told = all_judgements(connection)
    undone = _undone(told)
    return [Done(each, each.id not in undone) for each in told if not subject or subject in (each.subject, each.other)]


def known(ledger: Ledger, shelf: Shelf, name: str) -> bool:
    """Tell whether the ledger holds what a judgement may name: by its whole id, now or before a merge."""
    if shelf.one("SELECT 1 FROM merges WHERE ? IN (subject, against)", [name]):
        return True
    with ledger.store.reading() as connection:
        try:
            return full_name(connection, name) == name
        except LedgerError:
            return False


def _undone(every: Sequence[Judgement]) -> set[str]:
    """Return the ids of judgements that a standing undo takes back."""
    undone: set[str] = set()
    for each in reversed(every):
        if each.verb == "undo" and each.id not in undone:
            undone.add(each.subject)
    return undone
