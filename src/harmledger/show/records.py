"""Model objects as plain records, for JSON, JSON lines and CSV; the keys and their order are a contract."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import orjson

from harmledger.counts import CountRange
from harmledger.model import Claim, Entry, Report, Statement, Victim
from harmledger.places import Place
from harmledger.show.safe import cell

Record = dict[str, Any]


def line(record: Record) -> bytes:
    """Return a record as one line of JSON, keys in their own order."""
    return orjson.dumps(record) + b"\n"


def claim_records(claims: Sequence[Claim]) -> list[Record]:
    """Return one report's claims as records; ``parent`` is an index into them."""
    index = {claim.id: place for place, claim in enumerate(claims)}
    return [_claim(claim, index.get(claim.parent) if claim.parent else None) for claim in claims]


def _claim(claim: Claim, parent: int | None) -> Record:
    return {
        "id": claim.id,
        "report": claim.report,
        "start": claim.span.start,
        "end": claim.span.end,
        "kind": claim.kind,
        "value": claim.count.value,
        "high": claim.count.high,
        "bound": claim.count.bound,
        "group": claim.group,
        "status": claim.status,
        "scope": claim.scope,
        "place": claim.place,
        "start_date": claim.when.start.isoformat() if claim.when else None,
        "end_date": claim.when.end.isoformat() if claim.when and claim.when.end else None,
        "actor": claim.actor,
        "means": claim.means,
        "munitions": list(claim.munitions),
        "sources": list(claim.sources),
        "role": claim.role,
        "parent": parent,
        "sentence_start": claim.sentence.start,
        "sentence_end": claim.sentence.end,
        **_located(claim.located),
        "confidence": claim.confidence,
        "because": dict(claim.because),
        "engine": claim.engine,
    }


def _located(place: Place | None) -> Record:
    return {
        "place_id": place.id if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "precision": place.precision if place else None,
    }


def incident_record(entry: Entry) -> Record:
    """Return what the record says of one incident."""
    return {
        "incident": entry.incident,
        "reports": list(entry.reports),
        "killed": _range(entry.killed),
        "injured": _range(entry.injured),
        "children_killed": _range(entry.children_killed),
        "women_killed": _range(entry.women_killed),
        "men_killed": _range(entry.men_killed),
        "date_start": entry.when.start.isoformat() if entry.when else None,
        "date_end": entry.when.end.isoformat() if entry.when and entry.when.end else None,
        "place": entry.place,
        **_located(entry.located),
        "actor": entry.actor,
        "means": entry.means,
        "grade": entry.grade,
        "claims": list(entry.claims),
        "because": dict(entry.because),
    }


def _range(counted: CountRange | None) -> Record | None:
    return None if counted is None else {"low": counted.low, "high": counted.high}


def report_record(report: Report) -> Record:
    """Return where a report comes from, without its text."""
    return {
        "id": report.id,
        "published": report.published.isoformat() if report.published else None,
        "outlet": report.outlet,
        "address": report.address,
        "title": report.title,
        "sha256": report.sha256,
        "notes": list(report.notes),
    }


def statement_record(statement: Statement, text: str) -> Record:
    """Return a statement beside the harm, with its sentence."""
    return {
        "topic": statement.topic,
        "place": statement.place,
        "sources": list(statement.sources),
        "denied_by": list(statement.denied_by),
        "start": statement.span.start,
        "end": statement.span.end,
        "sentence": statement.span.of(text),
    }


def victim_record(victim: Victim) -> Record:
    """Return a person named as harmed."""
    return {
        "name": victim.name,
        "kind": victim.kind,
        "age": victim.age,
        "sex": victim.sex,
        "start": victim.span.start,
        "end": victim.span.end,
    }


def csv_text(records: Iterable[Mapping[str, Any]]) -> str:
    """Return records as a table with headings; lists are joined by semicolons, and no cell is a formula."""
    rows = list(records)
    if not rows:
        return ""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow([cell(_flat(value)) for value in row.values()])
    return out.getvalue()


def _flat(value: Any) -> Any:
    if isinstance(value, Mapping):
        return "; ".join(f"{name}: {why}" for name, why in value.items())
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return value
