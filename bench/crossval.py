"""The honest figures: each third of the annotated reports read by parts that were fitted on the other two.

    python bench/crossval.py                          found, core and full F1, by third, kind, field and style
    python bench/crossval.py --parts harm,status      only these are fitted anew; the rest as shipped (in sample)
    python bench/crossval.py --save build/apart.jsonl keep the run for bench/errors.py --against

Every learnt part is fitted anew unless ``--parts`` says otherwise. Word lists and rules are as they are; they were
written by people who had read thirds 1 and 2, so third 0 is the better witness. Needs scikit-learn (group ``train``).
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from gold import BENCHMARK, GoldReport, gold_reports, part, scorer
from refit import PARTS, fitted, in_place
from runs import CORE, FIELDS, FULL, Judge, Row, Tally, run, save, tallies, tally


def read_apart(reports: Sequence[GoldReport], judge: Judge, parts: Sequence[str] = PARTS) -> list[Row]:
    """Return a run in which no report was read by weights that had seen it."""
    rows: list[Row] = []
    for third in range(3):
        seen = [report for report in reports if part(report.reading.report) != third]
        with in_place(fitted(seen, parts)):
            rows += run([report for report in reports if part(report.reading.report) == third], judge)
    return rows


def figures(title: str, groups: Mapping[str, Tally]) -> str:
    """Return a table of groups with their precision, recall and the three F1.

    >>> print(figures("kind", {"killed": Tally(2, 2, 2, 1, 1, {})}))
    | kind | annotated | P | R | found F1 | core F1 | full F1 |
    |---|---|---|---|---|---|---|
    | killed | 2 | 1.000 | 1.000 | 1.000 | 0.500 | 0.500 |
    """
    lines = [f"| {title} | annotated | P | R | found F1 | core F1 | full F1 |", "|---|---|---|---|---|---|---|"]
    for name, told in groups.items():
        shares = [told.precision(), told.recall(), told.f1("found"), told.f1("core"), told.f1("full")]
        lines.append(f"| {name} | {told.annotated} | {' | '.join(f'{share:.3f}' for share in shares)} |")
    return "\n".join(lines)


def fields(runs: Mapping[str, Tally]) -> str:
    """Return a table of the share of found claims with each field as annotated, one column a run."""
    lines = [f"| field | {' | '.join(runs)} |", f"|---|{'---|' * len(runs)}"]
    lines += [f"| {name} | {' | '.join(f'{told.share(name):.3f}' for told in runs.values())} |" for name in FIELDS]
    return "\n".join(lines)


def costs(rows: Sequence[Row]) -> str:
    """Return a table of what each field costs whole claims: full F1 were it always right, and what it alone loses.

    >>> print(costs([Row("r", 0, "killed", 0, 1, "wrong", wrong={"place": "another"})]).splitlines()[2])
    | place | 1.000 | 1 |
    """
    counted = tally(rows)
    lines = ["| field | full F1 if always right | claims wrong in it alone |", "|---|---|---|"]
    for name in FULL:
        others = [other for other in FULL if other != name]
        right = sum(row.good(others) for row in rows)
        alone = right - sum(row.good(FULL) for row in rows)
        if alone:
            lines.append(f"| {name} | {2 * right / max(1, counted.annotated + counted.read):.3f} | {alone} |")
    both = sum(row.good(CORE) for row in rows)
    return "\n".join(
        [*lines, f"| all of them but what is counted | {2 * both / max(1, counted.annotated + counted.read):.3f} | |"]
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, read and print; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", default=",".join(PARTS), help="the learnt parts to fit anew, by comma")
    parser.add_argument("--save", type=Path, metavar="RUN.jsonl", help="keep the run")
    told = parser.parse_args(arguments)
    parts = [name for name in told.parts.split(",") if name]
    unknown = [name for name in parts if name not in PARTS]
    if unknown:
        parser.error(f"no learnt part is called {', '.join(unknown)}; there are {', '.join(PARTS)}")
    if not BENCHMARK.is_dir():
        print("The annotated reports are not here; nothing was measured. HARMLEDGER_BENCHMARK names their folder.")
        return 0
    judge, reports = scorer("score_claims"), gold_reports()
    rows = read_apart(reports, judge, parts)
    print(f"Fitted without the third that is read: {', '.join(parts) or 'nothing'}.")
    print(f"As shipped: {', '.join(name for name in PARTS if name not in parts) or 'no learnt part'}.\n")
    print(figures("", {"all": tally(rows)} | {f"third {name}": row for name, row in tallies(rows, "third").items()}))
    for by in ("kind", "style"):
        print("\n" + figures(by, tallies(rows, by)))
    print("\n" + fields({"right where found": tally(rows)}))
    print("\n" + costs(rows))
    if told.save:
        save(rows, told.save)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
