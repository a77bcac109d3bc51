"""Fit the weights of the choice of a claim's date and of its scope on the annotated reports.

    PYTHONPATH=bench:src python bench/fit_times.py when --folds 5     cross-validated shares, nothing written
    PYTHONPATH=bench:src python bench/fit_times.py when --write       fit on two thirds, write the weights

One third of the reports is kept aside; its share is printed last.
"""

from __future__ import annotations

import argparse
import json
import math
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import harmledger.extract
from gold import GoldReport, gold_reports, part
from harmledger.extract.scope import scope_signs
from harmledger.extract.when import choices_of

WEIGHTS = Path(harmledger.extract.__file__).parent / "weights"


@dataclass(frozen=True)
class Question:
    """One claim: the features of each answer, and which answers are right."""

    report: str
    answers: Sequence[frozenset[str]]
    right: frozenset[int]


def when_questions(report: GoldReport) -> list[Question]:
    """Return one question a claim; a claim whose annotated date no answer gives teaches nothing but counts as missed."""
    questions = []
    for claim, answers in zip(report.claims, choices_of(report.reading, report.drafts), strict=True):
        exact, loose = set(), set()
        for index, answer in enumerate(answers):
            start = answer.when.start.isoformat() if answer.when else None
            end = answer.when.end.isoformat() if answer.when and answer.when.end else None
            if start == claim["start_date"]:
                loose.add(index)
                if end == claim["end_date"]:
                    exact.add(index)
        questions.append(
            Question(report.reading.report, [answer.features for answer in answers], frozenset(exact or loose))
        )
    return questions


def scope_questions(report: GoldReport) -> list[Question]:
    """Return one question a claim: no sign speaks for "incident", all signs weigh for or against "cumulative"."""
    return [
        Question(report.reading.report, [frozenset(), signs], frozenset({int(claim["scope"] == "cumulative")}))
        for claim, signs in zip(report.claims, scope_signs(report.reading, report.drafts), strict=True)
    ]


def fit(questions: Sequence[Question], rounds: int, decay: float, seed: int = 1) -> dict[str, float]:
    """Return weights of a conditional log-linear choice, by AdaGrad with L2 decay."""
    weights: dict[str, float] = defaultdict(float)
    squared: dict[str, float] = defaultdict(lambda: 1e-6)
    order = [question for question in questions if question.right and len(question.answers) > len(question.right)]
    share: dict[str, float] = defaultdict(float)
    for question in order:
        share[question.report] += 1
    rng = random.Random(seed)
    for _ in range(rounds):
        rng.shuffle(order)
        for question in order:
            scores = [sum(weights[f] for f in answer) for answer in question.answers]
            top = max(scores)
            raised = [math.exp(score - top) for score in scores]
            total = sum(raised)
            wanted = sum(raised[i] for i in question.right)
            pull = share[question.report] ** -0.5
            gradient: dict[str, float] = defaultdict(float)
            for i, answer in enumerate(question.answers):
                step = raised[i] / total - (raised[i] / wanted if i in question.right else 0.0)
                for feature in answer:
                    gradient[feature] += step * pull
            for feature, slope in gradient.items():
                slope += decay * weights[feature]
                squared[feature] += slope * slope
                weights[feature] -= 0.2 * slope / math.sqrt(squared[feature])
    return weights


def share_right(questions: Sequence[Question], weights: Mapping[str, float]) -> float:
    """Return the share of questions whose best answer is right."""
    right = 0
    for question in questions:
        scores = [sum(weights.get(f, 0.0) for f in answer) for answer in question.answers]
        right += max(range(len(scores)), key=lambda i: scores[i]) in question.right
    return right / len(questions)


def cross_validated(questions: Sequence[Question], folds: int, rounds: int, decay: float) -> float:
    """Return the share right where each report is answered by weights that never saw it."""
    right = 0.0
    for fold in range(folds):
        held = [q for q in questions if crc32(q.report.encode()) // 3 % folds == fold]
        rest = [q for q in questions if crc32(q.report.encode()) // 3 % folds != fold]
        right += share_right(held, fit(rest, rounds, decay)) * len(held)
    return right / len(questions)


def main() -> None:
    """Fit, print shares, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=["when", "scope"])
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--decay", type=float, nargs="+", default=[0.003])
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    questions_of = when_questions if arguments.model == "when" else scope_questions
    seen: list[Question] = []
    aside: list[Question] = []
    for report in gold_reports():
        (seen if part(report.reading.report) else aside).extend(questions_of(report))
    print(
        f"{len(seen)} claims to fit, {len(aside)} kept aside; an answer is right for "
        f"{sum(bool(q.right) for q in seen) / len(seen):.3f}"
    )
    for decay in arguments.decay:
        print(f"decay {decay}: cross-validated {cross_validated(seen, arguments.folds, arguments.rounds, decay):.3f}")
    weights = fit(seen, arguments.rounds, arguments.decay[0])
    print(f"fitted {share_right(seen, weights):.3f}, kept aside {share_right(aside, weights):.3f}")
    if arguments.write:
        table = {feature: round(weight, 3) for feature, weight in sorted(weights.items()) if abs(weight) >= 0.02}
        path = WEIGHTS / f"{arguments.model}.json"
        path.write_text(
            json.dumps({"about": "bench/fit_times.py", "weights": table}, indent=1) + "\n", encoding="utf-8"
        )
        print(f"wrote {len(table)} weights to {path.name}")


if __name__ == "__main__":
    main()
