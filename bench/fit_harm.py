"""Fit the reader of harm counts on the annotated reports and write its weights.

    python bench/fit_harm.py            cross-validation by thirds of the reports, then the weights on all of them
    python bench/fit_harm.py --check    cross-validation only

Needs scikit-learn (dependency group ``train``); the fitted weights need nothing but this package.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from gold import GoldReport, gold_reports, part
from harmledger.extract.classifier import Classifier
from harmledger.extract.counting import NONE, scenes
from harmledger.extract.signals import Scene, signals
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

WEIGHTS = Path(__file__).parents[1] / "src" / "harmledger" / "extract" / "weights" / "harm.json"
STRENGTH = 0.5  # inverse of the ridge; 0.3 to 1.0 gave the same F1 within 0.002
RAREST = 2  # a signal seen in fewer quantities is left out

Page = tuple[GoldReport, list[Scene], dict[tuple[int, int], str]]


def pages(reports: Sequence[GoldReport]) -> list[Page]:
    """Return each report with its scenes and the annotated kind of each quantity (scene, position)."""
    return [(report, found := list(scenes(report.reading)), answers(report, found)) for report in reports]


def answers(report: GoldReport, found: Sequence[Scene]) -> dict[tuple[int, int], str]:
    """Return the annotated kind of each quantity; each claim goes to the quantity that overlaps it and has its value."""
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


def fit(chosen: Sequence[Page]) -> Classifier:
    """Return the classifier fitted on some reports; the kind before a quantity is the annotated one."""
    rows: list[list[str]] = []
    labels: list[str] = []
    for _, found, kinds in chosen:
        for s, scene in enumerate(found):
            previous = ""
            for p in range(len(scene.found)):
                rows.append(signals(scene, p, previous)[0])
                previous = kinds.get((s, p), NONE)
                labels.append(previous)
    return fitted(rows, labels)


def fitted(rows: Sequence[Sequence[str]], labels: Sequence[str], strength: float = STRENGTH) -> Classifier:
    """Return a softmax regression over signals seen at least RAREST times."""
    seen = Counter(signal for row in rows for signal in set(row))
    table = DictVectorizer()
    matrix = table.fit_transform([{s: 1 for s in row if seen[s] >= RAREST} for row in rows])
    model = LogisticRegression(C=strength, max_iter=600).fit(matrix, labels)
    names = table.get_feature_names_out()
    coefficients = model.coef_ if len(model.classes_) > 2 else [-model.coef_[0], model.coef_[0]]
    weights = {
        str(name): [round(float(row[i]), 3) for row in coefficients]
        for i, name in enumerate(names)
        if max(abs(float(row[i])) for row in coefficients) >= 0.01
    }
    # Every row holds the signal "bias", so the intercept can live in its weight.
    start = model.intercept_ if len(model.classes_) > 2 else [-model.intercept_[0], model.intercept_[0]]
    weights["bias"] = [
        round(weight + float(base), 3)
        for weight, base in zip(weights.get("bias", [0.0] * len(start)), start, strict=True)
    ]
    return Classifier(tuple(str(label) for label in model.classes_), weights)


def tried(model: Classifier, chosen: Sequence[Page]) -> list[tuple[str, str, float]]:
    """Return (read, annotated, probability) for every quantity of some reports, read as in earnest."""
    verdicts = []
    for _, found, kinds in chosen:
        for s, scene in enumerate(found):
            previous = ""
            for p in range(len(scene.found)):
                previous, chance = model.choose(signals(scene, p, previous)[0])
                verdicts.append((previous, kinds.get((s, p), NONE), chance))
    return verdicts


def f1(verdicts: Sequence[tuple[str, str, float]]) -> float:
    """Return F1 over the quantities that count harm."""
    hits = sum(read == want != NONE for read, want, _ in verdicts)
    return (
        2 * hits / max(1, sum(read != NONE for read, _, _ in verdicts) + sum(want != NONE for _, want, _ in verdicts))
    )


def reliability(verdicts: Sequence[tuple[str, str, float]], bins: int = 6) -> list[tuple[float, float]]:
    """Return (mean probability, share right) of equal parts of the claims found, made to rise."""
    found = sorted((chance, read == want) for read, want, chance in verdicts if read != NONE)
    size = max(1, len(found) // bins)
    points: list[tuple[float, float]] = []
    for start in range(0, len(found) - size + 1, size):
        piece = found[start : start + size]
        share = sum(right for _, right in piece) / len(piece)
        points.append(
            (round(sum(c for c, _ in piece) / len(piece), 3), round(max(share, points[-1][1] if points else 0), 3))
        )
    return points


def main() -> None:
    """Cross-validate, and write the weights unless told only to check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    read = pages(gold_reports())
    apart: list[tuple[str, str, float]] = []
    for third in range(3):
        model = fit([page for page in read if part(page[0].reading.report) != third])
        verdicts = tried(model, [page for page in read if part(page[0].reading.report) == third])
        print(f"third {third} kept apart: F1 {f1(verdicts):.3f} over {len(verdicts)} quantities")
        apart += verdicts
    print(f"all thirds: F1 {f1(apart):.3f}")
    for chance, share in reliability(apart):
        print(f"  probability {chance:.2f}: right {share:.2f}")
    if not arguments.check:
        model = fit(read)
        body = {
            "about": "Softmax weights of signals (extract/signals.py) for the kind of harm a quantity counts; written by "
            "bench/fit_harm.py from annotated news and incident narratives (docs/model-card.md).",
            "labels": model.labels,
            "reliability": reliability(apart),
            "weights": dict(sorted(model.weights.items())),
        }
        WEIGHTS.write_text(
            json.dumps(body, ensure_ascii=False, separators=(",", ":")).replace('],"', '],\n"') + "\n", encoding="utf-8"
        )
        print(f"{len(model.weights)} signals, {WEIGHTS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
