"""From what the ledger derives to the rows of the shelf; only what changed is shelved anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import Connection, select

from harmledger.desk.doubts import doubt, doubts_of, weights
from harmledger.desk.shelf import Shelf, note
from harmledger.gazetteer.spelling import fold
from harmledger.judged import Standing, corrected, standing
from harmledger.ledger import Ledger
from harmledger.ledger.aside import reports_aside
from harmledger.ledger.derive import Progress
from harmledger.ledger.judging import all_judgements
from harmledger.ledger.made import Reading, Settled, unpacked
from harmledger.ledger.noted import get
from harmledger.ledger.tables import incidents, lines, readings
from harmledger.model import Claim, Entry, Incident
from harmledger.query import NONE

_AT_ONCE = 500
# From here on a merge is in doubt: a probability between an eighth and seven eighths.
_TOSS_UP = 0.25
# Lines of other kinds change nothing that is derived.
_BEARING = ("report", "judgement", "judgements", "deletion", "engine")
_FINE = ("village", "town", "city", "subdistrict", "district", "province_governorate", "country")


def refresh(
    ledger: Ledger, shelf: Shelf, progress: Progress | None = None, read: bool = True, anew: bool = False
) -> bool:
    """Bring the shelf up to what the ledger holds now; tell whether anything had to be done.

    Without ``read``, reports that were not read yet wait; ``anew`` looks for such even where no line was added.
    """
    head = ledger.head().number
    last = int(shelf.noted("head") or 0)
    if head == last and not anew:
        return False
    if last and not anew:
        with ledger.store.reading() as connection:
            asked = select(lines.c.number).where(lines.c.number > last, lines.c.kind.in_(_BEARING)).limit(1)
            if connection.execute(asked).first() is None:
                with shelf.writing() as there:
                    note(there, "head", str(head))
                return False
    ledger.bring_up_to_date(progress=progress, read=read)
    head = ledger.head().number
    with ledger.store.reading() as connection:
        engine = (get(connection, "engine") or b"").decode()
        stands = standing(all_judgements(connection))
        with shelf.writing() as there:
            if engine != shelf.noted("engine"):
                for table in ("claims", "incidents", "merges", "formers", "readings"):
                    there.execute(f"DELETE FROM {table}")
            _claims(connection, there, stands)
            _incidents(connection, there, stands)
            note(there, "engine", engine)
            note(there, "changed", str(head))
            note(there, "head", str(head))
    return True


# Claims


def _claims(connection: Connection, there: sqlite3.Connection, stands: Standing) -> None:
    known = {row[0] for row in there.execute("SELECT number FROM readings")}
    now = set(connection.execute(select(readings.c.number)).scalars())
    for number in known - now:
        there.execute("DELETE FROM claims WHERE number = ?", [number])
        there.execute("DELETE FROM readings WHERE number = ?", [number])
    todo = now - known
    aside = set(reports_aside(connection, stands))
    shelved = {row[0] for row in there.execute("SELECT DISTINCT number FROM claims WHERE state = 'aside'")}
    todo |= now & (aside ^ shelved)
    states = _states(stands)
    shown = {
        row["id"]: row["state"]
        for row in there.execute("SELECT id, state FROM claims WHERE state NOT IN ('open', 'aside')")
    }
    changed = {name for name in states.keys() | shown.keys() if states.get(name) != shown.get(name)}
    # What was corrected twice has the same state and another value.
    changed |= set(stands.corrected)
    for part in _parts(sorted(changed)):
        marks = ",".join("?" * len(part))
        todo |= {row[0] for row in there.execute(f"SELECT number FROM claims WHERE id IN ({marks})", part)}
    for part in _parts(sorted(todo)):
        asked = select(readings.c.number, readings.c.made).where(readings.c.number.in_(part))
        for row in connection.execute(asked):
            held = there.execute("SELECT id, incident, disagree, left_out FROM claims WHERE number = ?", [row.number])
            before = {each["id"]: tuple(each)[1:] for each in held.fetchall()}
            there.execute("DELETE FROM claims WHERE number = ?", [row.number])
            there.executemany(
                f"INSERT INTO claims VALUES ({','.join('?' * 16)})",
                [
                    _claim_row(
                        row.number,
                        corrected(claim, stands),
                        "aside" if row.number in aside else states.get(claim.id, "open"),
                        before.get(claim.id),
                    )
                    for claim in unpacked(row.made, Reading).claims
                ],
            )
            there.execute("INSERT OR REPLACE INTO readings VALUES (?)", [row.number])


def _states(stands: Standing) -> dict[str, str]:
    states = dict.fromkeys(stands.corrected, "corrected")
    states |= dict.fromkeys(stands.confirmed, "accepted")
    states |= dict.fromkeys(stands.rejected, "rejected")
    return states


def _claim_row(number: int, claim: Claim, state: str, before: tuple[str | None, int, int] | None) -> tuple[object, ...]:
    own = doubts_of(claim)
    incident, disagree, left_out = before or (None, 0, 0)
    more = (("disagree",) if disagree else ()) + (("left_out",) if left_out else ())
    count = claim.count
    return (
        claim.id,
        number,
        claim.span.start,
        claim.kind,
        claim.scope,
        fold(claim.place or ""),
        claim.when.start.isoformat() if claim.when else None,
        claim.confidence,
        " ".join(own),
        incident,
        disagree,
        left_out,
        doubt(claim.confidence, own + more),
        state,
        count.value,
        count.high if count.high is not None else count.value,
    )


# Incidents


def _incidents(connection: Connection, there: sqlite3.Connection, stands: Standing) -> None:
    del stands
    known = {row["id"]: row["digest"] for row in there.execute("SELECT id, digest FROM incidents")}
    now = {row.id: row.digest for row in connection.execute(select(incidents.c.id, incidents.c.digest))}
    gone = [name for name in known if name not in now]
    changed = [name for name, digest in now.items() if known.get(name) != digest]
    for part in _parts([*gone, *changed]):
        marks = ",".join("?" * len(part))
        there.execute(f"DELETE FROM incidents WHERE id IN ({marks})", part)
        there.execute(f"DELETE FROM merges WHERE incident IN ({marks})", part)
        there.execute(f"DELETE FROM formers WHERE incident IN ({marks})", part)
        there.execute(
            f"UPDATE claims SET incident = NULL, disagree = 0, left_out = 0 WHERE incident IN ({marks})", part
        )
    for part in _parts(changed):
        asked = select(incidents.c.id, incidents.c.record).where(incidents.c.id.in_(part))
        for row in connection.execute(asked):
            made = unpacked(row.record, Settled)
            values = _incident_row(now[row.id], made.incident, made.entry)
            there.execute(f"INSERT INTO incidents VALUES ({','.join('?' * len(values))})", values)
            there.executemany("INSERT INTO merges VALUES (?,?,?,?,?,?,?,?)", list(_merge_rows(made.incident)))
            names = dict.fromkeys([made.incident.id, *(event.id for event in made.incident.events)])
            there.executemany("INSERT OR REPLACE INTO formers VALUES (?,?)", [(n, made.incident.id) for n in names])
            _tell_claims(there, made)


def _tell_claims(there: sqlite3.Connection, made: Settled) -> None:
    entry = made.entry
    quarrel = {field for field, told in entry.tolls.items() if told.high is not None and told.high != told.low}
    left = {out.claim for out in entry.left_out}
    by = weights()
    there.executemany(
        "UPDATE claims SET incident = ?, disagree = ?, left_out = ? WHERE id = ?",
        [
            (
                made.incident.id,
                int(claim.kind in quarrel and len(made.incident.reports) > 1),
                int(claim.id in left),
                claim.id,
            )
            for claim in made.incident.claims
        ],
    )
    own = " + ".join(f"{by[name]} * (instr(' ' || own || ' ', ' {name} ') > 0)" for name in by if name not in _NOT_OWN)
    there.execute(
        f"UPDATE claims SET doubt = {by['unsure']} * (1 - coalesce(confidence, 0.5)) + {own} "
        f"+ {by['disagree']} * disagree + {by['left_out']} * left_out WHERE incident = ?",
        [made.incident.id],
    )


_NOT_OWN = ("unsure", "disagree", "left_out")


def _incident_row(digest: str, incident: Incident, entry: Entry) -> tuple[object, ...]:
    place, when = entry.located, entry.when
    killed, injured = entry.killed, entry.injured
    title = place.name if place else (entry.place or "")
    coarse = title if place and place.precision in _FINE else (place.admin2 or place.admin1 or "" if place else "")
    return (
        incident.id,
        digest,
        title,
        (place.admin1 if place else None) or "",
        (place.country if place else None) or "",
        when.start.isoformat() if when else None,
        (when.end.isoformat() if when.end else "9999-12-31") if when else None,
        entry.actor or NONE,
        entry.means or NONE,
        entry.grade,
        killed.low if killed else None,
        (killed.low if killed.high is None else killed.high) if killed else None,
        injured.low if injured else None,
        (injured.low if injured.high is None else injured.high) if injured else None,
        int(killed is not None and killed.high is None),
        int(injured is not None and injured.high is None),
        place.latitude if place else None,
        place.longitude if place else None,
        place.precision if place else None,
        _doubt(incident, entry),
        _named(incident, entry),
        " ".join(sorted(_kinds(incident, entry))),
        len(incident.reports),
        len(entry.origins),
        coarse,
        _doubts(incident, entry),
    )


def _kinds(incident: Incident, entry: Entry) -> set[str]:
    told: set[str] = {claim.kind for claim in incident.claims if claim.role != "denied"}
    return told | {kind for kind in ("killed", "injured") if getattr(entry, kind) is not None}


def _doubt(incident: Incident, entry: Entry) -> float:
    """Return how much of an incident a person should doubt: quarrels, a merge in doubt, no point, no day."""
    return (
        0.5 * min(len(entry.contradictions), 2)
        + _merge_doubt(incident)
        + 0.2 * (entry.located is None)
        + 0.2 * (entry.when is None)
        + 0.1 * bool(entry.warnings)
    )


def _merge_doubt(incident: Incident) -> float:
    return max((1 - abs(2 * link.probability - 1) for link in incident.links if link.judged is None), default=0.0)


def _doubts(incident: Incident, entry: Entry) -> str:
    """Return the names of what there is to doubt, each between spaces."""
    told = {
        "quarrel": bool(entry.contradictions),
        "merge": _merge_doubt(incident) >= _TOSS_UP,
        "no_point": entry.located is None,
        "no_day": entry.when is None,
        "warning": bool(entry.warnings),
    }
    return f" {' '.join(name for name, there in told.items() if there)} "


def asked_name(name: str) -> str:
    """Return a place's name as the shared Query compares it."""
    return " ".join(name.casefold().split()).replace("|", " ")


def _named(incident: Incident, entry: Entry) -> str:
    """Return every name that a question for a place may ask for, each between bars."""
    names: dict[str, None] = {asked_name(entry.place or ""): None}
    for place in [entry.located, *(claim.located for claim in incident.claims)]:
        if place is not None:
            told = (place.name, place.admin1, place.admin2, place.country)
            names.update((asked_name(name), None) for name in told if name)
    names.update((asked_name(claim.place), None) for claim in incident.claims if claim.place)
    return f"|{'|'.join(name for name in names if name)}|"


def _merge_rows(incident: Incident) -> Iterator[tuple[object, ...]]:
    of_report: Mapping[str, str] = {event.report: event.id for event in incident.events}
    for link in incident.links:
        doubted = 1 - abs(2 * link.probability - 1)
        subject, against = of_report.get(link.report, link.report), of_report.get(link.other, link.other)
        yield (
            incident.id, link.report, link.other, subject, against, link.probability, doubted, link.judged or ""
        )  # fmt: skip


def _parts(names: Sequence[object]) -> Iterator[list[object]]:
    for start in range(0, len(names), _AT_ONCE):
        yield list(names[start : start + _AT_ONCE])
