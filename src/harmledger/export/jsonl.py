"""Everything that is known, one JSON object a line: the form that loses nothing and that harmledger reads back.

Each line has a ``record``: "report" (with its text), "incident" (entry, claims, reasons) or "running_total". A report
stands before the first incident that rests on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from harmledger.export.flat import counts
from harmledger.export.losses import Losses
from harmledger.export.rows import Total
from harmledger.model import Case, Claim, Event, Report, Victim
from harmledger.show.records import claim_records, incident_record, line, report_record

VERSION = 1


def json_lines(cases: Iterable[Case], totals: Iterable[Total], losses: Losses) -> Iterator[bytes]:
    """Yield the lines of an export."""
    written: set[str] = set()
    for case in cases:
        for report in case.reports:
            if report.id not in written:
                written.add(report.id)
                yield line(report_line(report))
        losses.rows += 1
        yield line(incident_line(case))
    for total in totals:
        if total.report.id not in written:
            written.add(total.report.id)
            yield line(report_line(total.report))
        yield line(total_line(total))


def report_line(report: Report) -> dict[str, Any]:
    """Return a report with its text: what ``harmledger read --input-format jsonl`` takes."""
    return {"record": "report", **report_record(report), "text": report.text}


def incident_line(case: Case) -> dict[str, Any]:
    """Return an incident with its claims, figures, origins, victims and reasons."""
    entry, incident = case.entry, case.incident
    return {
        "record": "incident",
        "version": VERSION,
        **incident_record(entry),
        "best": dict(entry.best),
        "figures": {
            name: {"low": f.low, "high": f.high, "best": f.best, "claims": f.claims, "because": f.because}
            for name, f in counts(case).items()
        },
        "country": entry.located.country if entry.located else None,
        "place_name": entry.located.name if entry.located else None,
        "admin1": entry.located.admin1 if entry.located else None,
        "admin2": entry.located.admin2 if entry.located else None,
        "origins": [
            {"name": origin.name, "reports": origin.reports, "because": origin.because} for origin in entry.origins
        ],
        "left_out": [{"claim": o.claim, "field": o.field, "because": o.because} for o in entry.left_out],
        "contradictions": entry.contradictions,
        "warnings": entry.warnings,
        "victims": [_victim(victim) for victim in entry.victims],
        "former": incident.former,
        "together": incident.because,
        "told": [told for event in incident.events for told in _event(event, case)] or _claims(incident.claims, case),
    }


def total_line(total: Total) -> dict[str, Any]:
    """Return a running total, apart from every incident."""
    return {"record": "running_total", **_with_words(total.claim, claim_records([total.claim])[0], total.report.text)}


def _event(event: Event, case: Case) -> list[dict[str, Any]]:
    return _claims(event.claims, case)


def _claims(claims: Iterable[Claim], case: Case) -> list[dict[str, Any]]:
    texts = {report.id: report.text for report in case.reports}
    kept = list(claims)
    records = claim_records(kept)
    return [
        {**_with_words(claim, record, texts.get(claim.report, "")), "parent": claim.parent}
        for claim, record in zip(kept, records, strict=True)
    ]


def _with_words(claim: Claim, record: dict[str, Any], text: str) -> dict[str, Any]:
    return {**record, "words": claim.span.of(text), "sentence": claim.sentence.of(text)}


def _victim(victim: Victim) -> dict[str, Any]:
    return {
        "report": victim.report,
        "name": victim.name,
        "kind": victim.kind,
        "age": victim.age,
        "sex": victim.sex,
        "grown": victim.grown,
        "start": victim.span.start,
        "end": victim.span.end,
    }


def write_lines(lines: Iterable[bytes], file: Any) -> None:
    """Write lines as they come."""
    for each in lines:
        file.write(each)


def readable(record: dict[str, Any]) -> bytes:
    """Return a record with its parts on lines of their own, for eyes."""
    return orjson.dumps(record, option=orjson.OPT_INDENT_2) + b"\n"
