"""Fit the weights by which a place is chosen for a count of harm (weights/where.json).

A conditional logit over the places of a report: the right ones should score above the others. Each round reads the
reports with the weights of the round before, so that "the place chosen last" is as unreliable as it is in use.

    PYTHONPATH=bench:src python bench/fit_where.py            fit on all thirds and write
    PYTHONPATH=bench:src python bench/fit_where.py --check    fit on two thirds, ask the third, for each third
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from gold import BENCHMARK, GoldReport, gold_reports, part, scorer

from harmledger.extract.where import _told, choose_by
from harmledger.extract.where.features import Scene, scene
from harmledger.extract.where.mentions import find_mentions

same_name = scorer("score_claims").same_name
Table = dict[str, float]
Row = list[tuple[bool, Table]]
WEIGHTS = Path(__file__).parents[1] / "src/harmledger/extract/weights/where.json"
FOLDS, ROUNDS, STEPS, RATE, RIDGE, RARE = 4, 3, 120, 0.05, 0.003, 12


def views(reports: list[GoldReport]) -> list[Scene]:
    """Return each report's mentions arranged for asking."""
    return [scene(r.reading, r.drafts, find_mentions(r.reading)) for r in reports]


def read(view: Scene, table: Table, report: GoldReport) -> tuple[list[Row], int]:
    """Return one row a draft (right or not, features of each candidate), and how many the table gets right."""
    rows: list[Row] = []
    chosen: list[str | None] = []
    right = 0
    for index, claim in enumerate(report.claims):
        key, scored = choose_by(view, index, chosen, table)
        row: Row = []
        for other, told in scored.items():
            words = _told(view, other, view.sentence_of[index]).words if other else None
            row.append((bool(same_name(claim["place"], words)), told))
            right += other == key and row[-1][0]
        rows.append(row)
        chosen.append(key)
    return rows, right


def fit(rows: list[Row]) -> Table:
    """Return the weights that put the right places first: full-batch Adam on the conditional logit with a ridge."""
    useful = [row for row in rows if any(good for good, _ in row) and not all(good for good, _ in row)]
    often = Counter(name for row in useful for name in {name for _, told in row for name in told})
    names: dict[str, int] = {}
    feature, value, owner, good, group = [], [], [], [], []
    for number, row in enumerate(useful):
        row = [(right, {name: x for name, x in told.items() if often[name] >= RARE}) for right, told in row]
        for right, told in row:
            owner.extend([len(good)] * len(told))
            feature.extend(names.setdefault(name, len(names)) for name in told)
            value.extend(told.values())
            good.append(right)
            group.append(number)
    f, v, o = np.array(feature), np.array(value), np.array(owner)
    g, w = np.array(good, dtype=float), np.array(group)
    weight, speed, drift = np.zeros(len(names)), np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, STEPS + 1):
        scores = np.bincount(o, weights=weight[f] * v, minlength=len(g))
        odds = np.exp(np.clip(scores, -30, 30))
        whole = np.bincount(w, weights=odds)[w]
        right = np.bincount(w, weights=odds * g)[w]
        pull = odds * g / right - odds / whole
        slope = np.bincount(f, weights=pull[o] * v, minlength=len(names)) / len(useful) - RIDGE * weight
        drift = 0.9 * drift + 0.1 * slope
        speed = 0.99 * speed + 0.01 * slope**2
        weight += RATE * (drift / (1 - 0.9**step)) / (np.sqrt(speed / (1 - 0.99**step)) + 1e-8)
    return {name: float(weight[index]) for name, index in names.items()}


def train(reports: list[GoldReport], arranged: list[Scene]) -> Table:
    """Return weights after a few rounds of reading with the weights of the round before.

    What was "chosen last" is read with weights fitted on other reports, lest it be trusted more than it deserves.
    """
    tables: list[Table] = [{}] * FOLDS
    everything: Table = {}
    for turn in range(ROUNDS):
        rows = [read(v, tables[i % FOLDS], r)[0] for i, (r, v) in enumerate(zip(reports, arranged, strict=True))]
        everything = fit([row for report in rows for row in report])
        if turn < ROUNDS - 1:
            tables = [
                fit([row for i, report in enumerate(rows) if i % FOLDS != fold for row in report])
                for fold in range(FOLDS)
            ]
    return everything


def share(reports: list[GoldReport], arranged: list[Scene], table: Table) -> float:
    """Return the share of claims whose place is read as annotated."""
    right = sum(read(v, table, r)[1] for r, v in zip(reports, arranged, strict=True))
    return right / sum(len(r.claims) for r in reports)


def main() -> None:
    """Fit and write, or fit and check."""
    reports = gold_reports()
    arranged = views(reports)
    pick = lambda thirds: [i for i, r in enumerate(reports) if part(r.reading.report) in thirds]  # noqa: E731
    if "--check" in sys.argv:
        for held in (1, 2, 0) if "--all" in sys.argv else (1, 2):
            mine = pick({1, 2} - {held}) if held else pick({1, 2})
            table = train([reports[i] for i in mine], [arranged[i] for i in mine])
            for name, thirds in (("fitted on", {1, 2} - {held}), ("asked on", {held})):
                on = pick(thirds)
                print(name, sorted(thirds), round(share([reports[i] for i in on], [arranged[i] for i in on], table), 4))
        return
    thirds = {1, 2} if "--two" in sys.argv else {0, 1, 2}
    mine = pick(thirds)
    table = train([reports[i] for i in mine], [arranged[i] for i in mine])
    kept = {name: round(weight, 3) for name, weight in sorted(table.items()) if abs(weight) >= 0.02}
    about = {
        "what": "How strongly each feature speaks for a place as the place of a count of harm; a linear score, highest wins.",
        "source": f"Fitted by bench/fit_where.py on {len(mine)} annotated reports of the benchmark ({BENCHMARK.name}); no text of them is kept.",
    }
    WEIGHTS.write_text(json.dumps({"about": about, "weights": kept}, indent=1) + "\n", encoding="utf-8")
    for name, on in (("1,2", {1, 2}), ("0", {0})):
        ids = pick(on)
        print(name, round(share([reports[i] for i in ids], [arranged[i] for i in ids], kept), 4))


if __name__ == "__main__":
    main()
