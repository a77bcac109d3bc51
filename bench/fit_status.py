"""Fit the reader of status (civilian, combatant, unstated, mixed) on the annotated reports and write its weights.

python bench/fit_status.py            cross-validation by thirds of the reports, then the weights on all of them
python bench/fit_status.py --check    cross-validation only
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from gold import GoldReport, gold_reports, part
from harmledger.extract.draft import Draft
from harmledger.extract.linear import Linear
from harmledger.extract.quantities import Quantity, quantities
from harmledger.extract.status import LABELS, status_signals

WEIGHTS = Path(__file__).parents[1] / "src" / "harmledger" / "extract" / "weights" / "status.json"
STRENGTH = 0.3  # inverse of the ridge
RAREST = 3

Row = tuple[str, list[str], str]


def matched(report: GoldReport) -> tuple[list[Draft], list[Quantity], list[str]]:
    """Return the annotated drafts with their quantities and statuses, in the order they stand."""
    placed = [q for sentence in report.reading.sentences for q in quantities(report.reading, sentence)]
    rows = []
    place = {}
    for number, (claim, draft) in enumerate(zip(report.claims, report.drafts, strict=True)):
        near = [q for q in placed if q.first < draft.last and draft.first < q.last]
        if near:
            best = max(near, key=lambda q: (q.count.value == claim["value"], -q.first))
            rows.append((best.first, number, draft, best, claim["status"]))
    rows.sort(key=lambda row: row[:2])
    place = {row[1]: index for index, row in enumerate(rows)}
    for row in rows:
        row[2].parent = place.get(row[2].parent) if row[2].parent is not None else None
    return [row[2] for row in rows], [row[3] for row in rows], [row[4] for row in rows]


def rows_of(reports: Sequence[GoldReport]) -> list[Row]:
    """Return (report, signals, status) of each claim; the statuses told before are the annotated ones."""
    rows: list[Row] = []
    for report in reports:
        drafts, found, wanted = matched(report)
        for index, signals in enumerate(status_signals(report.reading, drafts, found)):
            signals.append(f"before={wanted[index - 1]}" if index else "before=nothing")
            parent = drafts[index].parent
            if parent is not None and parent < index:
                signals.append(f"whole={wanted[parent]}")
            if drafts[index].kind != "damaged":
                rows.append((report.reading.report, signals, wanted[index]))
    return rows


def fit(rows: Sequence[Row]) -> Linear:
    """Return a softmax regression, one weight a label and signal."""
    seen = Counter(signal for _, signals, _ in rows for signal in set(signals))
    table = DictVectorizer()
    matrix = table.fit_transform([{s: 1 for s in signals if seen[s] >= RAREST} for _, signals, _ in rows])
    regression = LogisticRegression(C=STRENGTH, max_iter=600).fit(matrix, [status for _, _, status in rows])
    weights = {}
    for label, row, start in zip(regression.classes_, regression.coef_, regression.intercept_, strict=True):
        for name, weight in zip(table.get_feature_names_out(), row, strict=True):
            total = float(weight) + (float(start) if name == "bias" else 0.0)
            if abs(total) >= 0.01:
                weights[f"{label}|{name}"] = round(total, 3)
    return Linear(weights)


def right(reader: Linear, rows: Sequence[Row]) -> float:
    """Return the share of claims whose status is read as annotated."""
    hits = 0
    for _, signals, wanted in rows:
        hits += wanted == max(LABELS, key=lambda label: reader.score([f"{label}|{s}" for s in signals]))
    return hits / len(rows)


def main() -> None:
    """Cross-validate, and write the weights unless told only to check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    rows = rows_of(gold_reports())
    for third in range(3):
        reader = fit([row for row in rows if part(row[0]) != third])
        print(f"third {third} kept apart: {right(reader, [row for row in rows if part(row[0]) == third]):.3f}")
    if not arguments.check:
        reader = fit(rows)
        body = {
            "about": "Weights of signals (extract/status.py) for the status of those harmed; written by "
            "bench/fit_status.py from annotated news and incident narratives (docs/model-card.md).",
            "bar": 0.0,
            "reliability": [],
            "weights": dict(sorted(reader.weights.items())),
        }
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).replace(',"', ',\n"')
        WEIGHTS.write_text(text + "\n", encoding="utf-8")
        print(f"all: {right(reader, rows):.3f} in sample; {len(reader.weights)} weights")


if __name__ == "__main__":
    main()
