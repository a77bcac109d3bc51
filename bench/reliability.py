"""Do the confidences mean what they say? Claims by confidence, beside the share of them that is annotated.

    python bench/reliability.py                        each third read by parts fitted on the other two, then the table
    python bench/reliability.py --run build/apart.jsonl   the table of a run kept by bench/crossval.py --save
    python bench/reliability.py --shipped              with the shipped weights, which flatters: they saw these reports

A confidence of 0.9 should be right nine times in ten. The confidences of a third are measured within the other two
(folds of them), so that neither the weights nor the confidences have seen what they are asked about.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from crossval import read_apart
from gold import BENCHMARK, gold_reports, scorer
from runs import CORE, Row, load, run

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.01)


@dataclass(frozen=True)
class Bin:
    """Claims of like confidence: how many, what they promise on average, and what share is right, is right in core."""

    low: float
    high: float
    claims: int
    promised: float
    right: float
    core: float


def reliability(rows: Sequence[Row], edges: Sequence[float] = EDGES) -> list[Bin]:
    """Return the bins that hold claims, the least confident first. Misses have no confidence and are in no bin."""
    read = [row for row in rows if row.confidence is not None]
    bins = []
    for low, high in pairwise(edges):
        its = [row for row in read if row.confidence is not None and low <= row.confidence < high]
        if its:
            size = len(its)
            promised = sum(row.confidence or 0.0 for row in its) / size
            right, core = sum(row.good() for row in its) / size, sum(row.good(CORE) for row in its) / size
            bins.append(Bin(low, min(high, 1.0), size, promised, right, core))
    return bins


def gap(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error: how far promise and share lie apart, over all claims."""
    return sum(abs(one.promised - one.right) * one.claims for one in bins) / max(1, sum(one.claims for one in bins))


def caught(rows: Sequence[Row], share: float) -> float:
    """Return what part of the spurious finds a reviewer meets who reads that share of claims, least confident first."""
    read = sorted((row for row in rows if row.confidence is not None), key=lambda row: row.confidence or 0.0)
    spurious = sum(row.verdict == "spurious" for row in read)
    return sum(row.verdict == "spurious" for row in read[: round(share * len(read))]) / max(1, spurious)


def table(rows: Sequence[Row]) -> str:
    """Return the reliability table with its summary."""
    bins = reliability(rows)
    lines = ["| confidence | claims | promised | right | right with value, group, scope |", "|---|---|---|---|---|"]
    lines += [
        f"| {one.low:.2f} to {one.high:.2f} | {one.claims} | {one.promised:.3f} | {one.right:.3f} | {one.core:.3f} |"
        for one in bins
    ]
    shares = ", ".join(f"the least sure {share:.0%} hold {caught(rows, share):.0%}" for share in (0.1, 0.2, 0.3))
    return "\n".join([*lines, "", f"Expected calibration error {gap(bins):.3f}. Of the spurious finds {shares}."])


def main(arguments: Sequence[str] | None = None) -> int:
    """Read and print; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--run", type=Path, metavar="RUN.jsonl", help="the table of a saved run")
    parser.add_argument("--shipped", action="store_true", help="read with the shipped weights")
    told = parser.parse_args(arguments)
    if told.run is None and not BENCHMARK.is_dir():
        print("The annotated reports are not here; nothing was measured. HARMLEDGER_BENCHMARK names their folder.")
        return 0
    if told.run is not None:
        rows = load(told.run)
    elif told.shipped:
        rows = run(gold_reports(), scorer("score_claims"))
    else:
        rows = read_apart(gold_reports(), scorer("score_claims"))
    print(table(rows))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
