"""The accuracy gate: no figure may fall below what is pinned, unless someone says so.

    python bench/gate.py                 measure and compare; exit status 1 where a figure fell
    python bench/gate.py --pin           write the new figures down, where none of them fell
    python bench/gate.py --pin --lower   write them down although some fell; the diff then shows it to the reviewer

The figures stand in bench/pinned.toml with a digest of each corpus: figures over other texts cannot be compared. The
corpora stay beside the checkout (see bench/gold.py); without them there is nothing to measure, and the gate says so.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gold import BENCHMARK, read_jsonl, scorer

PINNED = Path(__file__).with_name("pinned.toml")
# Figures are pinned to four places; what is smaller is rounding.
ROUNDING = 0.00005


@dataclass(frozen=True)
class Measured:
    """The digest of a corpus and the figures measured on it."""

    digest: str
    figures: Mapping[str, float]


def compare(pinned: Mapping[str, Measured], measured: Mapping[str, Measured]) -> list[str]:
    """Return one line for each figure that fell, is missing, or was measured on other texts.

    >>> compare({"claims": Measured("d", {"found": 0.9})}, {"claims": Measured("d", {"found": 0.8})})
    ['claims: found fell from 0.9000 to 0.8000']
    """
    faults = []
    for corpus, before in pinned.items():
        now = measured.get(corpus)
        if now is None:
            faults.append(f"{corpus}: was not measured")
        elif now.digest != before.digest:
            faults.append(f"{corpus}: the texts have changed since the figures were pinned; pin them anew with --lower")
        else:
            faults += _fallen(corpus, before.figures, now.figures)
    return faults


def _fallen(corpus: str, before: Mapping[str, float], now: Mapping[str, float]) -> Iterator[str]:
    for name, figure in before.items():
        if name not in now:
            yield f"{corpus}: {name} was not measured"
        elif now[name] < figure - ROUNDING:
            yield f"{corpus}: {name} fell from {figure:.4f} to {now[name]:.4f}"


def read_pinned(path: Path) -> dict[str, Measured]:
    """Return the pinned figures; none where nothing was pinned yet."""
    if not path.exists():
        return {}
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: Measured(row["digest"], row["figures"]) for name, row in table.items()}


def write_pinned(path: Path, measured: Mapping[str, Measured]) -> None:
    """Write the figures down."""
    lines = [
        "# Written by bench/gate.py --pin; a figure that is lower than before needs --lower and a reason in the log."
    ]
    for corpus, row in measured.items():
        lines += ["", f"[{corpus}]", f'digest = "{row.digest}"', "", f"[{corpus}.figures]"]
        lines += [f'"{name}" = {figure:.4f}' for name, figure in row.figures.items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def measure(benchmark: Path) -> dict[str, Measured]:
    """Run the extraction over every corpus and let the benchmark's own scorers judge."""
    corpora: dict[str, tuple[str, Callable[[Path], dict[str, float]]]] = {
        "claims": ("gold/dev.jsonl", _claims),
        "incidents": ("coded/dev.jsonl", _incidents),
        "matching": ("matching/dev.jsonl", _matching),
    }
    return {
        corpus: Measured(hashlib.sha256((benchmark / file).read_bytes()).hexdigest(), figures(benchmark / file))
        for corpus, (file, figures) in corpora.items()
    }


def _claims(path: Path) -> dict[str, float]:
    from harmledger.batch import claims_of
    from harmledger.show.records import claim_records

    result, _ = scorer("score_claims").score(read_jsonl(path), _records(path, claims_of, claim_records))
    return {name: float(result[name]["f1"]) for name in ("found", "core", "full")}


def _incidents(path: Path) -> dict[str, float]:
    from harmledger.batch import entries_apart
    from harmledger.show.records import incident_record

    records = _records(path, entries_apart, lambda entries: map(incident_record, entries))
    result, _ = scorer("score_incidents").score(read_jsonl(path), records)
    return {name: float(row["share"]) for name, row in result.items()}


def _matching(path: Path) -> dict[str, float]:
    from harmledger.batch import events_found
    from harmledger.match import match_events
    from harmledger.reconcile import reconcile
    from harmledger.show.records import incident_record

    events = _records(path, events_found, lambda its_events: its_events)
    records = [incident_record(entry) for entry in reconcile(match_events(events))]
    result = scorer("score_matching").score(read_jsonl(path), records)
    tolls = {f"{name} right": float(row["share"]) for name, row in result["tolls"].items()}
    return {"b-cubed": float(result["b-cubed"]["f1"]), "pairs": float(result["pairs"]["f1"]), **tolls}


def _records(path: Path, make: Callable[[Any], Any], show: Callable[[Any], Iterable[Any]]) -> list[Any]:
    from harmledger.batch import each_report
    from harmledger.errors import ReportError
    from harmledger.read import read_reports

    records: list[Any] = []
    for _, made in each_report(make, read_reports([path])):
        if isinstance(made, ReportError):
            raise made
        records += show(made)
    return records


def table(pinned: Mapping[str, Measured], measured: Mapping[str, Measured]) -> str:
    """Return every figure beside the pinned one."""
    rows = []
    for corpus, now in measured.items():
        before = pinned[corpus].figures if corpus in pinned else {}
        for name, figure in now.figures.items():
            change = f"{figure - before[name]:+.4f}" if name in before else "new"
            rows.append(f"{corpus:<10} {name:<28} {figure:.4f}  {change}")
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None, path: Path = PINNED, benchmark: Path = BENCHMARK) -> int:
    """Measure, compare, pin; return the exit status."""
    parser = argparse.ArgumentParser(description="Hold the accuracy against the pinned figures.")
    parser.add_argument("--pin", action="store_true", help="write the new figures down")
    parser.add_argument("--lower", action="store_true", help="with --pin: even where a figure fell")
    told = parser.parse_args(arguments)
    if not benchmark.is_dir():
        print("The annotated reports are not here; nothing was measured. HARMLEDGER_BENCHMARK names their folder.")
        return 0
    pinned, measured = read_pinned(path), with_empty_home(benchmark)
    print(table(pinned, measured))
    faults = compare(pinned, measured)
    for fault in faults:
        print(fault, file=sys.stderr)
    if told.pin and (not faults or told.lower):
        write_pinned(path, measured)
        return 0
    return 1 if faults else 0


def with_empty_home(benchmark: Path) -> dict[str, Measured]:
    """What a user has imported into a gazetteer must not change the figures."""
    with tempfile.TemporaryDirectory() as home:
        before = os.environ.get("HARMLEDGER_HOME")
        os.environ["HARMLEDGER_HOME"] = home
        try:
            return measure(benchmark)
        finally:
            if before is None:
                del os.environ["HARMLEDGER_HOME"]
            else:
                os.environ["HARMLEDGER_HOME"] = before


if __name__ == "__main__":
    sys.exit(main())
