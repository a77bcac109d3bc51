"""The project's own marked sentences (training/sentences.txt) as annotated reports: styles that the corpus lacks."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from gold import GoldReport
from harmledger.counts import Count
from harmledger.extract.draft import Draft
from harmledger.extract.reading import read_through
from harmledger.model import Kind, Report

TRAINING = Path(__file__).parent / "training"
LEARNT = ("sentences.txt", "styles.txt")
HELD = ("held_styles.txt",)
_MARK = re.compile(r"\[([^\]]+)\]\((\w+)\)")


def own_reports() -> list[GoldReport]:
    """Return the marked reports that may be learnt from."""
    return [report for name in LEARNT for report in marked_file(TRAINING / name)]


def held_reports() -> list[GoldReport]:
    """Return the marked reports that are never learnt from."""
    return [report for name in HELD for report in marked_file(TRAINING / name)]


def marked_file(path: Path) -> list[GoldReport]:
    """Return the reports of one file, none where it is absent.

    ``[14](killed)`` is a claim, ``[his wife](none)`` a person who is not counted; a blank line ends a report.
    """
    if not path.exists():
        return []
    body = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    texts = [text for text in re.split(r"\n\s*\n", body.strip()) if text]
    return [marked(f"{path.stem}-{number}", text) for number, text in enumerate(texts, 1)]


def marked(name: str, source: str) -> GoldReport:
    """Return a marked text as a report with its claims; only span and kind are annotated."""
    text, spans, position = "", [], 0
    for match in _MARK.finditer(source):
        text += source[position : match.start()]
        if match[2] != "none":
            spans.append((len(text), len(text) + len(match[1]), match[2]))
        text += match[1]
        position = match.end()
    text += source[position:]
    reading = read_through(Report(name, text))
    drafts = [
        Draft(reading.token_at(start), reading.token_at(end - 1) + 1, cast("Kind", kind), Count(None, bound="vague"))
        for start, end, kind in spans
    ]
    claims = [{"start": start, "end": end, "kind": kind, "value": None} for start, end, kind in spans]
    return GoldReport(reading, claims, drafts)
