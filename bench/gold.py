"""The annotated reports, where they stand beside the checkout, and the harness that asks one stage for one field.

Nothing of the benchmark's texts is copied into the project. ``HARMLEDGER_BENCHMARK`` names the folder; the default is
``../shared/benchmark``.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import util
from pathlib import Path
from types import ModuleType
from typing import Any
from zlib import crc32

from harmledger.counts import Count
from harmledger.dates import parse_day
from harmledger.extract.draft import Draft, Drafts, Found
from harmledger.extract.reading import Reading, read_through
from harmledger.model import Report

BENCHMARK = Path(os.environ.get("HARMLEDGER_BENCHMARK", Path(__file__).parents[2] / "shared" / "benchmark"))


@dataclass(frozen=True)
class GoldReport:
    """A report with its reviewed claims and the drafts that a perfect reader of counts would hand to the stages."""

    reading: Reading
    claims: Sequence[dict[str, Any]]
    drafts: Drafts


def scorer(name: str) -> ModuleType:
    """Return the benchmark's own scorer (``score_claims``) as a module."""
    spec = util.spec_from_file_location(name, BENCHMARK / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def gold_reports(name: str = "gold/dev.jsonl") -> list[GoldReport]:
    """Return the annotated reports, each read through, with gold counts as drafts (harm and head unknown)."""
    return [gold_of(record) for record in read_jsonl(BENCHMARK / name)]


def gold_of(record: Mapping[str, Any]) -> GoldReport:
    """Return an annotated report, read through, with its counts as drafts."""
    published = parse_day(record["published"]) if record.get("published") else None
    reading = read_through(Report(str(record["id"]), record["text"], published, record.get("outlet")))
    drafts = []
    for claim in record["claims"]:
        first, last = reading.token_at(claim["start"]), reading.token_at(claim["end"] - 1) + 1
        drafts.append(
            Draft(
                first,
                max(last, first + 1),
                claim["kind"],
                Count(claim["value"], claim["high"], claim["bound"]),
                group=claim["group"],
                status=claim["status"],
                scope=claim["scope"],
                parent=claim["parent"],
            )
        )
    return GoldReport(reading, record["claims"], drafts)


def ask(
    reports: Iterable[GoldReport],
    field: str,
    stage: Callable[[Reading, Drafts], Sequence[Found[Any]]],
    show: int = 0,
    out: Any = sys.stdout,
) -> float:
    """Give a stage the gold counts and return the share of claims whose ``field`` it reads as annotated.

    ``show`` prints that many errors with their sentence, the number in brackets. The verdict is the scorer's own.
    """
    verdict = scorer("score_claims").attribute_right
    right = seen = 0
    for report in reports:
        for claim, draft, found in zip(report.claims, report.drafts, stage(report.reading, report.drafts), strict=True):
            value = found.value
            if hasattr(value, "isoformat"):
                value = value.isoformat()
            if isinstance(value, tuple):
                value = list(value)
            good = verdict(field, claim, {field: value}, {})
            right, seen = right + bool(good), seen + 1
            if not good and show > 0:
                show -= 1
                sentence = report.reading.sentence_of(draft.first)
                text = report.reading.text
                print(
                    f"{report.reading.report} published {report.reading.published}: wanted {claim[field]!r}, "
                    f"read {value!r} ({found.because})\n   {text[sentence.start : claim['start']]}"
                    f"[[{text[claim['start'] : claim['end']]}]]{text[claim['end'] : sentence.end]}",
                    file=out,
                )
    return right / seen if seen else 0.0


def part(report: str) -> int:
    """Return the third (0, 1, 2) of the dev reports that a report belongs to; one third is kept aside while working."""
    return crc32(report.encode()) % 3
