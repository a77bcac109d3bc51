"""Fit the weights by which a place is chosen for a count of harm (weights/where.json).

A conditional logit over the places of a report: the right ones should score above the others. Each round reads the
reports with the weights of the round before, so that "the place chosen last" is as unreliable as it is in use.

    PYTHONPATH=bench:src python bench/fit_where.py            fit on all thirds and write
    PYTHONPATH=bench:src python bench/fit_where.py --check    fit on two thirds, ask the third, for each third
"""

from __future__ import annotations

import json
import math
import random
import sys
from collections import defaultdict
from pathlib import Path

from gold import BENCHMARK, GoldReport, gold_reports, part, scorer

from harmledger.extract.where import _told
from harmledger.extract.where.features import Scene, around, candidates, features, scene
from harmledger.extract.where.mentions import find_mentions

Table = dict[str, float]
Row = list[tuple[bool, Table]]
WEIGHTS = Path(__file__).parents[1] / "src/harmledger/extract/weights/where.json"
ROUNDS, EPOCHS, RATE, RIDGE = 3, 12, 0.08, 0.015


def views(reports: list[GoldReport]) -> list[Scene]:
    """Return each report's mentions arranged for asking."""
    return [scene(r.reading, r.drafts, find_mentions(r.reading)) for r in reports]


def read(view: Scene, table: Table, report: GoldReport) -> tuple[list[Row], int]:
    """Return one row a draft (right or not, features of each candidate), and how many the table gets right."""
    same = scorer("score_claims").same_name
    rows: list[Row] = []
    chosen: list[str | None] = []
    right = 0
    for index, claim in enumerate(report.claims):
        look = around(view, index, chosen)
        row: Row = []
        best: tuple[float, bool, str] | None = None
        for key in candidates(view, index, chosen):
            told = features(view, look, key)
            good = bool(same(claim["place"], _told(view, key, view.sentence_of[index]).words))
            row.append((good, told))
            score = sum(table.get(name, 0.0) * value for name, value in told.items())
            if best is None or score > best[0]:
                best = (score, good, key)
        rows.append(row)
        chosen.append(best[2] if best else None)
        right += best[1] if best else claim["place"] is None
    return rows, right


def fit(rows: list[Row], seed: int = 7) -> Table:
    """Return weights that put the right places first, by stochastic gradient (AdaGrad) with a ridge."""
    table: Table = defaultdict(float)
    speed: Table = defaultdict(lambda: 1e-6)
    useful = [row for row in rows if any(good for good, _ in row) and not all(good for good, _ in row)]
    shuffler = random.Random(seed)
    for _ in range(EPOCHS):
        shuffler.shuffle(useful)
        for row in useful:
            scores = [sum(table[name] * value for name, value in told.items()) for _, told in row]
            top = max(scores)
            odds = [math.exp(score - top) for score in scores]
            whole = sum(odds)
            good_whole = sum(odd for odd, (good, _) in zip(odds, row, strict=True) if good)
            slope: Table = defaultdict(float)
            for odd, (good, told) in zip(odds, row, strict=True):
                pull = (odd / good_whole if good else 0.0) - odd / whole
                if abs(pull) > 1e-4:
                    for name, value in told.items():
                        slope[name] += pull * value
            for name, value in slope.items():
                step = value - RIDGE * table[name]
                speed[name] += step * step
                table[name] += RATE * step / math.sqrt(speed[name]) * 3
    return dict(table)


def train(reports: list[GoldReport], arranged: list[Scene]) -> Table:
    """Return weights after a few rounds of reading with the weights of the round before."""
    table: Table = {}
    for _ in range(ROUNDS):
        rows = [row for r, v in zip(reports, arranged, strict=True) for row in read(v, table, r)[0]]
        table = fit(rows)
    return table


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
