"""Judgements as lines: each with person, time and reason; many brought in together are one line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, get_args

from sqlalchemy import Connection, func, select

from harmledger.errors import JudgedMeanwhile, LedgerError
from harmledger.ledger.chain import Draft, Line
from harmledger.ledger.lines import append, line_of, read_lines
from harmledger.ledger.store import Store
from harmledger.ledger.tables import lines, mentions
from harmledger.model import Judgement, Verb

KINDS = ("judgement", "judgements")
_VERBS = get_args(Verb)
_NEEDS = {
    "correct_claim": ("field", "value"),
    "same_incident": ("other",),
    "not_same_incident": ("other",),
    "place": ("value",),
    "grade": ("value",),
    "note": ("value",),
}


@dataclass(frozen=True, slots=True)
class Manner:
    """How a judgement comes in.

    ``seen`` is the last line that judged the same when the person looked: where another person has judged it since, or
    with ``strictly`` anybody, nothing is recorded. ``names`` are what was looked at, if not the judgement's subject.
    ``through`` names the token of a program that acts for the person.
    """

    seen: int | None = None
    strictly: bool = False
    through: str = ""
    names: Sequence[str] = ()


_AS_IT_COMES = Manner()


def judge(store: Store, judgement: Judgement, manner: Manner = _AS_IT_COMES) -> Judgement:
    """Record a judgement and return it with its id and time; JudgedMeanwhile where ``manner`` forbids it."""
    check(judgement)
    with store.writing() as connection:
        _check_undo(connection, [judgement])
        _check_seen(connection, manner.names or [judgement.subject], judgement.by, manner)
        body = _body(judgement) | ({"through": manner.through} if manner.through else {})
        (line,) = append(store, connection, [Draft("judgement", body, judgement.by)])
    return replace(judgement, id=f"J{line.number}", at=line.at)


def last_judged(connection: Connection, names: Sequence[str]) -> int:
    """Return the number of the last line that judged any of these; 0 where none did."""
    asked = (
        select(func.max(mentions.c.number))
        .join(lines, lines.c.number == mentions.c.number)
        .where(mentions.c.subject.in_(names), lines.c.kind.in_(KINDS))
    )
    return connection.execute(asked).scalar() or 0


def _check_seen(connection: Connection, names: Sequence[str], by: str, manner: Manner) -> None:
    last = last_judged(connection, names) if manner.seen is not None else 0
    if manner.seen is not None and last > manner.seen:
        line = line_of(connection.execute(select(lines).where(lines.c.number == last)).one())
        if manner.strictly or line.by != by:
            raise JudgedMeanwhile(line.by)


def judge_all(
    store: Store, judgements: Sequence[Judgement], source: str, by: str, manner: Manner = _AS_IT_COMES
) -> list[Judgement]:
    """Record many judgements as one line: all or none, and undone as one by its id.

    Each keeps its own person, time and reason where it tells them; ``source`` tells where they come from.
    """
    given = [
        replace(each, by=each.by or by, reason=each.reason or source if each.verb != "note" else each.reason)
        for each in judgements
    ]
    for place, each in enumerate(given, 1):
        check(each, f"{source}, judgement {place}")
    if not given:
        raise LedgerError(f"{source}: holds no judgement.")
    with store.writing() as connection:
        _check_undo(connection, given)
        _check_seen(connection, manner.names, by, manner)
        body = {"source": source, "judgements": [{**_body(each), "by": each.by, "at": each.at} for each in given]}
        (line,) = append(store, connection, [Draft("judgements", body, by)])
    return list(judgements_of(line))


def judgements_of(line: Line) -> Iterable[Judgement]:
    """Yield the judgements that a line holds, none where its body was taken out."""
    told = line.told
    if not told:
        return
    if line.kind == "judgement":
        yield Judgement(**_fields(told), by=line.by, at=line.at, id=f"J{line.number}")
        return
    for place, each in enumerate(told["judgements"], 1):
        yield Judgement(**_fields(each), by=each["by"], at=each["at"] or line.at, id=f"J{line.number}.{place}")


def all_judgements(connection: Connection) -> list[Judgement]:
    """Return all judgements in the order in which they were recorded.

    Undoing a line that brought in many is told here as undoing each of them, so that who reads them need not know.
    """
    made: list[Judgement] = []
    inside: dict[str, list[str]] = {}
    for line in read_lines(connection, KINDS):
        held = list(judgements_of(line))
        if line.kind == "judgements":
            inside[f"J{line.number}"] = [each.id for each in held]
        for each in held:
            if each.verb == "undo" and each.subject in inside:
                made += [
                    replace(each, subject=subject, id=f"{each.id}.{place}")
                    for place, subject in enumerate(inside[each.subject], 1)
                ]
            else:
                made.append(each)
    return made


def check(judgement: Judgement, where: str = "") -> None:
    """Raise LedgerError where a judgement lacks what its verb needs, or who and why, or asks for what cannot be."""
    from harmledger.judged import fault

    name = f"{where or 'judgement'} ({judgement.verb})"
    if judgement.verb not in _VERBS:
        raise LedgerError(f"{name}: is no judgement. There are {', '.join(_VERBS)}.")
    if not judgement.subject:
        raise LedgerError(f"{name}: does not tell what it judges. Give the id of a claim, report or incident.")
    for field in _NEEDS.get(judgement.verb, ()):
        if not getattr(judgement, field):
            raise LedgerError(f"{name}: lacks its {field}.")
    wrong = fault(judgement)
    if wrong is not None:
        raise LedgerError(f"{name}: {wrong}")
    if not judgement.by.strip():
        raise LedgerError(f"{name}: does not tell who judges. Say --by NAME.")
    if not judgement.reason.strip() and judgement.verb != "note":
        raise LedgerError(f"{name}: does not tell why. Say --why REASON; a later reader will ask.")


def _check_undo(connection: Connection, given: Sequence[Judgement]) -> None:
    undone = [each.subject for each in given if each.verb == "undo"]
    if not undone:
        return
    known = set()
    for line in read_lines(connection, KINDS):
        known.add(f"J{line.number}")
        known.update(each.id for each in judgements_of(line))
    for subject in undone:
        if subject not in known:
            raise LedgerError(f"{subject}: is no judgement of this ledger. `harmledger judge list` shows them.")


def _body(judgement: Judgement) -> dict[str, Any]:
    return {
        "verb": judgement.verb,
        "subject": judgement.subject,
        "other": judgement.other,
        "value": judgement.value,
        "field": judgement.field,
        "reason": judgement.reason,
    }


def _fields(told: dict[str, Any]) -> dict[str, Any]:
    return {name: told[name] for name in ("verb", "subject", "other", "value", "field", "reason")}
