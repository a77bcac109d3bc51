"""Fit the weights by which a place is chosen for a count of harm (weights/where.json).

A conditional logit over the places of a report: the right ones should score above the others. Each round reads the
reports with the weights of the round before, so that "the place chosen last" is as unreliable as it is in use.

    PYTHONPATH=bench:src python bench/fit_where.py            fit on all thirds and write
    PYTHONPATH=bench:src python bench/fit_where.py --check    fit on two thirds, ask the third, for each third
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from gold import BENCHMARK, GoldReport, gold_reports, part, scorer
from harmledger.counts import Count
from harmledger.extract.draft import Draft
from harmledger.extract.reading import Reading, read_through
from harmledger.extract.where import _told, choose_by
from harmledger.extract.where.mentions import find_mentions
from harmledger.extract.where.scene import Scene, scene
from harmledger.model import Report

same_name = scorer("score_claims").same_name
OWN = Path(__file__).parent / "training" / "places.txt"
_MARK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
Table = dict[str, float]
Row = list[tuple[bool, Table]]
WEIGHTS = Path(__file__).parents[1] / "src/harmledger/extract/weights/where.json"
FOLDS, ROUNDS, STEPS, RATE, RIDGE, RARE = 4, 3, 120, 0.05, 0.003, 12


def own_reports() -> list[GoldReport]:
    """Return the project's own reports with marked places (training/places.txt), each also without its commas."""
    body = "\n".join(line for line in OWN.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    texts = re.split(r"\n\s*\n", body.strip())
    plain = [_marked(f"places-{number}", text) for number, text in enumerate(texts, 1)]
    return plain + [_marked(f"places-{number}-bare", _bare(text)) for number, text in enumerate(texts, 1)]


def _bare(source: str) -> str:
    """A text as it stands in a corpus that lost its commas, apostrophes and line ends."""
    return re.sub(r"\s*\n", " ", re.sub(r"[,'’]", "", source))


def _marked(name: str, source: str) -> GoldReport:
    text, claims, position = "", [], 0
    for match in _MARK.finditer(source):
        text += source[position : match.start()]
        kind, place, *scope = match[2].split("; ")
        span = {"start": len(text), "end": len(text) + len(match[1]), "kind": kind}
        claims.append(
            {**span, "place": None if place == "-" else place, "scope": "cumulative" if scope else "incident"}
        )
        text += match[1]
        position = match.end()
    reading = read_through(Report(name, text + source[position:]))
    return GoldReport(reading, claims, [_draft(reading, text, claim) for claim in claims])


def _draft(reading: Reading, text: str, claim: dict[str, Any]) -> Draft:
    number = re.search(r"\d+", text[claim["start"] : claim["end"]].replace(",", ""))
    count = Count(int(number[0])) if number else Count(None, bound="vague")
    first, last = reading.token_at(claim["start"]), reading.token_at(claim["end"] - 1) + 1
    return Draft(first, last, claim["kind"], count, scope=claim["scope"])


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
    feature, value, owner, good, group = list[int](), list[float](), list[int](), list[bool](), list[int]()
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


def cross_read(
    reports: list[GoldReport], arranged: list[Scene], own: list[GoldReport], own_views: list[Scene]
) -> float:
    """Return the share right when each fold is asked of weights fitted on the others and on the own reports."""
    fold = [crc32(b"x" + r.reading.report.encode()) % 5 for r in reports]
    right = 0.0
    for held in range(5):
        mine = [i for i, f in enumerate(fold) if f != held]
        asked = [i for i, f in enumerate(fold) if f == held]
        table = train([reports[i] for i in mine] + own, [arranged[i] for i in mine] + own_views)
        right += sum(read(arranged[i], table, reports[i])[1] for i in asked)
    return right / sum(len(r.claims) for r in reports)


def main() -> None:
    """Fit and write; with --check also cross-read. With --all the third that is kept aside is fitted on too."""
    own = own_reports()
    own_views = views(own)
    thirds = {number: [r for r in gold_reports() if part(r.reading.report) == number] for number in range(3)}
    worked, aside = thirds[1] + thirds[2], thirds[0]
    worked_views, aside_views = views(worked), views(aside)
    if "--check" in sys.argv:
        print("thirds 1 and 2, cross-read", round(cross_read(worked, worked_views, own, own_views), 4))
        table = train(worked, worked_views)
        print("own reports, fitted without them", round(share(own, own_views, table), 4))
    fitted, fitted_views = worked + own, worked_views + own_views
    if "--all" in sys.argv:
        fitted, fitted_views = fitted + aside, fitted_views + aside_views
    table = {name: round(weight, 3) for name, weight in sorted(train(fitted, fitted_views).items())}
    for name, asked, scenes in (("thirds 1 and 2", worked, worked_views), ("third 0", aside, aside_views)):
        print(name, round(share(asked, scenes, table), 4))
    about = {
        "what": "How strongly a feature speaks for a place as that of a count of harm; linear, the highest sum wins.",
        "source": f"Fitted by bench/fit_where.py on {len(fitted) - len(own)} annotated reports of {BENCHMARK.name} "
        "and on training/places.txt. No text is kept.",
    }
    kept = {name: weight for name, weight in table.items() if abs(weight) >= 0.02}
    WEIGHTS.write_text(json.dumps({"about": about, "weights": kept}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
