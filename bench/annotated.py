"""Annotated reports beside the reviewed ones, for fitting: the project's own dispatches, and notes on corpus texts.

``training/dispatches.jsonl`` holds invented reports with all fields of their claims. ``training/notes.jsonl`` holds
claims on further reports of the benchmark's corpora, without a word of them: each span, place and source is an offset
into the corpus text, which stays where it stands. Both were annotated by language models by the benchmark's guideline.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from gold import BENCHMARK, GoldReport, gold_of, part, read_jsonl

TRAINING = Path(__file__).parent / "training"
OWN = TRAINING / "dispatches.jsonl"
NOTES = TRAINING / "notes.jsonl"


@cache
def own_dispatches() -> list[GoldReport]:
    """Return the project's own dispatches that may be learnt from: those of thirds 1 and 2."""
    return [report for report in _own() if part(report.reading.report)]


@cache
def held_dispatches() -> list[GoldReport]:
    """Return the project's own dispatches of third 0, never learnt from: they tell how other styles are read."""
    return [report for report in _own() if not part(report.reading.report)]


def _own() -> list[GoldReport]:
    return [gold_of(record) for record in read_jsonl(OWN)]


@cache
def noted_reports() -> list[GoldReport]:
    """Return the further reports of the corpora with their claims; none where the corpora are not here."""
    return [gold_of(record) for record in with_texts(read_jsonl(NOTES))] if BENCHMARK.is_dir() else []


def further_reports() -> list[GoldReport]:
    """Return all that may be learnt from beside the reviewed reports."""
    return [*own_dispatches(), *noted_reports()]


def with_texts(notes: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield the notes with the texts they are about, and with words instead of offsets."""
    for note in notes:
        source = _corpus(note["corpus"]).get(note["id"])
        if source is not None:
            claims = [_worded(source["text"], claim) for claim in note["claims"]]
            yield {**{key: source.get(key) for key in ("id", "text", "published", "outlet")}, "claims": claims}


@cache
def _corpus(name: str) -> Mapping[str, dict[str, Any]]:
    return {record["id"]: record for record in read_jsonl(BENCHMARK / name / "dev.jsonl")}


def _worded(text: str, claim: dict[str, Any]) -> dict[str, Any]:
    place = claim["place"]
    return {
        **claim,
        "place": text[place[0] : place[1]] if place else None,
        "sources": [text[start:end] for start, end in claim["sources"]],
    }


def as_note(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return an annotated report of a corpus as a note: its claims without a word of its text."""
    claims = []
    for claim in record["claims"]:
        place = claim["place"] and _nearest(record["text"], claim["place"], claim["start"])
        sources = [_nearest(record["text"], source, claim["start"]) for source in claim["sources"]]
        kept = {key: value for key, value in claim.items() if key not in ("number", "place", "sources")}
        claims.append({**kept, "place": place, "sources": sources})
    return {"corpus": record["corpus"], "id": record["id"], "claims": claims}


def _nearest(text: str, words: str, near: int) -> list[int]:
    """Return where some words stand nearest to an offset.

    >>> _nearest("Harn, Orlaw, Harn", "Harn", 12)
    [13, 17]
    """
    starts, start = [], text.find(words)
    while start >= 0:
        starts.append(start)
        start = text.find(words, start + 1)
    best = min(starts, key=lambda found: abs(found - near))
    return [best, best + len(words)]


def write_notes(records: list[dict[str, Any]]) -> None:
    """Write the notes on annotated reports of the corpora, one a line."""
    NOTES.write_text("".join(json.dumps(as_note(record)) + "\n" for record in records), encoding="utf-8")
