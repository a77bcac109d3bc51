"""Splitting an incident: what some of its reports tell belongs elsewhere; one entry in the ledger, undone as one.

Underneath are judgements "not the same", one for each pair of a report that goes and one that stays. Those that go are
put together as matching finds them: to say that they are one incident is another judgement.
"""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.errors import DeskError
from harmledger.ledger import Ledger
from harmledger.ledger.judging import Manner
from harmledger.model import Case, Judgement

# How the entry that holds a split tells what it is; the incident's id follows.
SOURCE = "split of "
MOST_PAIRS = 5000


def split(ledger: Ledger, case: Case, going: Sequence[str], reason: str, by: str, manner: Manner | None = None) -> str:
    """Part the events ``going`` from the others of an incident; return the id of one that stays.

    JudgedMeanwhile where ``manner`` forbids it.
    """
    events = [event.id for event in case.incident.events]
    gone = [name for name in events if name in set(going)]
    stay = [name for name in events if name not in set(going)]
    if not gone or set(going) - set(events):
        raise DeskError("Choose the reports that belong elsewhere first.", "split.none")
    if not stay:
        raise DeskError("All reports were chosen; some must stay, else there is nothing to part.", "split.all")
    if not reason.strip():
        raise DeskError("Say why they belong elsewhere; a later reader will ask.", "split.why")
    if len(gone) * len(stay) > MOST_PAIRS:
        raise DeskError(
            f"These are {len(gone) * len(stay)} pairs, more than {MOST_PAIRS}. Split off fewer reports at a time.",
            "split.many",
        )
    pairs = [Judgement("not_same_incident", one, other, by=by, reason=reason.strip()) for one in gone for other in stay]
    ledger.judge_all(pairs, f"{SOURCE}{case.incident.id}", by, manner)
    return stay[0]
