"""Fit the reader of harm counts on annotated reports and write its weights.

    python bench/fit_harm.py            cross-validation by thirds of the reports, then the weights on all of them
    python bench/fit_harm.py --check    cross-validation only

It learns from the benchmark's dev reports and from the project's own marked texts (training/). The texts held in
training/held_styles.txt are never learnt from: they tell how it reads other styles. Needs scikit-learn (dependency
group ``train``); the fitted weights need nothing but this package.
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
from harmledger.extract.counting import NONE, Signals, scenes, weigh
from harmledger.extract.linear import Linear
from harmledger.extract.scene import Scene
from harmledger.extract.signals import look_at, signals
from own_sentences import held_reports, own_reports

WEIGHTS = Path(__file__).parents[1] / "src" / "harmledger" / "extract" / "weights" / "harm.json"
STRENGTH = 0.3  # inverse of the ridge; 0.1 to 1.0 gave the same F1 within 0.005
RAREST = 2  # a signal seen in fewer questions is left out
BAR = (
    -0.2
)  # the score above which the answer is yes; of -0.5 to 0, where counts and tolls kept apart are read best together

Page = tuple[GoldReport, list[Scene], dict[tuple[int, int], str]]
Verdict = tuple[str, str, float]


def pages(reports: Sequence[GoldReport]) -> list[Page]:
    """Return each report with its scenes and the annotated kind of each quantity (scene, position)."""
    return [(report, found := scenes(report.reading), answers(report, found)) for report in reports]


def answers(report: GoldReport, found: Sequence[Scene]) -> dict[tuple[int, int], str]:
    """Return the annotated kind of each quantity: a claim goes to the quantity that overlaps it and has its value."""
    kinds: dict[tuple[int, int], str] = {}
    placed = [(s, p, q) for s, scene in enumerate(found) for p, q in enumerate(scene.found)]
    for claim, draft in zip(report.claims, report.drafts, strict=True):
        near = [
            (q.count.value == claim["value"], min(q.last, draft.last) - max(q.first, draft.first), s, p)
            for s, p, q in placed
            if q.first < draft.last and draft.first < q.last and (s, p) not in kinds
        ]
        if near:
            _, _, s, p = max(near)
            kinds[s, p] = claim["kind"]
    return kinds


def fit(chosen: Sequence[Page], of: Signals = signals) -> Linear:
    """Return the model fitted on some reports; the kind before a quantity is the annotated one."""
    rows: list[list[str]] = []
    right: list[bool] = []
    for _, found, kinds in chosen:
        for s, scene in enumerate(found):
            previous = ""
            for p in range(len(scene.found)):
                look, wanted = look_at(scene, p, previous), kinds.get((s, p), NONE)
                for kind in scene.asked(previous if previous != NONE else ""):
                    rows.append(of(look, kind))
                    right.append(kind == wanted)
                previous = wanted
    return Linear(fitted(rows, right, STRENGTH), BAR)


def fitted(rows: Sequence[Sequence[str]], right: Sequence[bool], strength: float) -> dict[str, float]:
    """Return the weights of a ridge logistic regression over signals seen at least RAREST times."""
    seen = Counter(signal for row in rows for signal in set(row))
    table = DictVectorizer()
    matrix = table.fit_transform([{s: 1 for s in row if seen[s] >= RAREST} for row in rows])
    regression = LogisticRegression(C=strength, max_iter=600).fit(matrix, right)
    weights = {
        str(name): round(float(weight), 3)
        for name, weight in zip(table.get_feature_names_out(), regression.coef_[0], strict=True)
        if abs(weight) >= 0.005
    }
    # Every row holds the signal "bias", so the intercept can live in its weight.
    weights["bias"] = round(weights.get("bias", 0.0) + float(regression.intercept_[0]), 3)
    return weights


def tried(reader: Linear, chosen: Sequence[Page], of: Signals = signals) -> list[Verdict]:
    """Return (read, annotated, score) for every quantity of some reports, read as in earnest."""
    verdicts = []
    plain = Linear(reader.weights, reader.bar, ((-100.0, -100.0), (100.0, 100.0)))
    for _, found, kinds in chosen:
        for s, scene in enumerate(found):
            previous = ""
            for p in range(len(scene.found)):
                previous, score = weigh(look_at(scene, p, previous), plain, of)
                verdicts.append((previous, kinds.get((s, p), NONE), score or 0.0))
    return verdicts


def f1(verdicts: Sequence[Verdict]) -> float:
    """Return F1 over the quantities that count harm."""
    hits = sum(read == want != NONE for read, want, _ in verdicts)
    return (
        2 * hits / max(1, sum(read != NONE for read, _, _ in verdicts) + sum(want != NONE for _, want, _ in verdicts))
    )


def reliability(verdicts: Sequence[Verdict], bins: int = 8) -> list[tuple[float, float]]:
    """Return (mean score, share right) of equal parts of the claims found, made to rise."""
    found = sorted((score, read == want) for read, want, score in verdicts if read != NONE)
    size = max(1, len(found) // bins)
    points: list[tuple[float, float]] = []
    for start in range(0, len(found) - size + 1, size):
        piece = found[start : start + size]
        share = sum(right for _, right in piece) / len(piece)
        floor = points[-1][1] if points else 0.0
        points.append((round(sum(score for score, _ in piece) / len(piece), 2), round(max(share, floor), 3)))
    return points


def main() -> None:
    """Cross-validate, and write the weights unless told only to check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    read, own, held = pages(gold_reports()), pages(own_reports()), pages(held_reports())
    apart: list[Verdict] = []
    for third in range(3):
        reader = fit([page for page in read if part(page[0].reading.report) != third] + own)
        verdicts = tried(reader, [page for page in read if part(page[0].reading.report) == third])
        print(f"third {third} kept apart: F1 {f1(verdicts):.3f} over {len(verdicts)} quantities")
        apart += verdicts
    print(f"all thirds: F1 {f1(apart):.3f}")
    for score, share in reliability(apart):
        print(f"  score {score:+.2f}: right {share:.2f}")
    reader = fit(read + own)
    if held:
        print(f"other styles, never learnt from: F1 {f1(tried(reader, held)):.3f}")
        print(f"  the same without the project's own texts: F1 {f1(tried(fit(read), held)):.3f}")
    if not arguments.check:
        WEIGHTS.write_text(_written(reader, reliability(apart)), encoding="utf-8")
        print(f"{len(reader.weights)} signals, {WEIGHTS.stat().st_size} bytes")


def _written(reader: Linear, points: Sequence[tuple[float, float]]) -> str:
    body = {
        "about": "Weights of signals (extract/signals.py) for 'this quantity counts harm of that kind'; written by "
        "bench/fit_harm.py from annotated news, incident narratives and the project's own texts (docs/model-card.md).",
        "bar": reader.bar,
        "reliability": points,
        "weights": dict(sorted(reader.weights.items())),
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).replace(',"', ',\n"') + "\n"


if __name__ == "__main__":
    main()
