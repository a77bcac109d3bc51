"""Fit the weights of the choice of a claim's date and of its scope on the annotated reports.

    PYTHONPATH=bench:src python bench/fit_times.py scope --validate --decay 0.3 1
    PYTHONPATH=bench:src python bench/fit_times.py when --decay 2 --write

Weights are fitted on two thirds of the reports; the share on the third kept aside is printed last. Fit the scope first:
dates are fitted with the scope that the program reads. Dates are fitted on the project's own dispatches too, at half
the weight: they tell of more ways to date harm, and are less like what is read most. Scope is not, for it then reads
the annotated reports worse (bench/annotated.py says which dispatches are never learnt from).
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from zlib import crc32

import harmledger.extract
from annotated import own_dispatches
from gold import GoldReport, gold_reports, part
from harmledger.dates import DateRange
from harmledger.extract.draft import Draft
from harmledger.extract.scope import scope_of, scope_signs, scopes_by
from harmledger.extract.when import dates_by
from harmledger.extract.when_choices import choices, page_of
from harmledger.extract.when_coherence import coherence

ENOUGH = 3
# How much a claim of our own dispatches counts beside one of the annotated reports.
OWN = 0.5
WEIGHTS = Path(harmledger.extract.__file__).parent / "weights"


@dataclass(frozen=True)
class Question:
    """One claim: the features of each answer, which answers are right, and which of those have the right end too."""

    report: str
    answers: Sequence[frozenset[str]]
    right: frozenset[int]
    best: frozenset[int] = frozenset()
    weight: float = 1.0


def when_questions(report: GoldReport, weight: float = 1.0) -> list[Question]:
    """Return one question a claim, each in the light of the annotated times of those before it."""
    page = page_of(report.reading, report.drafts)
    settled: list[DateRange | None] = []
    questions = []
    for index, claim in enumerate(report.claims):
        answers = choices(page, index)
        loose = frozenset(i for i, answer in enumerate(answers) if _start(answer.when) == claim["start_date"])
        exact = frozenset(i for i in loose if _end(answers[i].when) == claim["end_date"])
        agreed = coherence(page, index, answers, settled)
        features = [answer.features | also for answer, also in zip(answers, agreed, strict=True)]
        questions.append(Question(report.reading.report, features, loose, exact, weight))
        settled.append(answers[min(exact or loose)].when if loose else None)
    return questions


def _start(when: DateRange | None) -> str | None:
    return when.start.isoformat() if when else None


def _end(when: DateRange | None) -> str | None:
    return when.end.isoformat() if when and when.end else None


def scope_questions(report: GoldReport) -> list[Question]:
    """Return one question a claim: no sign speaks for "incident", all signs weigh for or against "cumulative"."""
    return [
        Question(report.reading.report, [frozenset(), signs], frozenset({int(claim["scope"] == "cumulative")}))
        for claim, signs in zip(report.claims, scope_signs(report.reading, report.drafts), strict=True)
    ]


def fit(questions: Sequence[Question], rounds: int, decay: float) -> dict[str, float]:
    """Return the weights of a conditional log-linear choice with an L2 penalty, by full-batch Adam.

    A report with many claims counts less a claim: its claims stand or fall together.
    """
    weights: dict[str, float] = defaultdict(float)
    mean: dict[str, float] = defaultdict(float)
    spread: dict[str, float] = defaultdict(float)
    known = _known(questions)
    order = [
        replace(question, answers=[answer & known for answer in question.answers])
        for question in questions
        if question.right and len(question.answers) > len(question.right)
    ]
    share: dict[str, float] = defaultdict(float)
    for question in order:
        share[question.report] += 1
    for step in range(1, rounds + 1):
        gradient: dict[str, float] = defaultdict(float)
        for question in order:
            _pull(question, weights, question.weight * share[question.report] ** -0.5, gradient)
        for feature, slope in gradient.items():
            slope += decay * weights[feature]
            mean[feature] = 0.9 * mean[feature] + 0.1 * slope
            spread[feature] = 0.99 * spread[feature] + 0.01 * slope * slope
            size = mean[feature] / (1 - 0.9**step)
            weights[feature] -= 0.05 * size / (math.sqrt(spread[feature] / (1 - 0.99**step)) + 1e-6)
    return weights


def _known(questions: Sequence[Question]) -> frozenset[str]:
    """Return the features that ``ENOUGH`` reports or more show; what one report alone shows is that report's own."""
    reports: dict[str, set[str]] = defaultdict(set)
    for question in questions:
        for answer in question.answers:
            for feature in answer:
                reports[feature].add(question.report)
    return frozenset(feature for feature, shown in reports.items() if len(shown) >= ENOUGH)


def _pull(question: Question, weights: Mapping[str, float], share: float, gradient: dict[str, float]) -> None:
    """Add one question's slope of the log-loss."""
    scores = [sum(weights.get(f, 0.0) for f in answer) for answer in question.answers]
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised)
    wants = question.best or question.right
    wanted = sum(raised[i] for i in wants)
    for i, answer in enumerate(question.answers):
        slope = raised[i] / total - (raised[i] / wanted if i in wants else 0.0)
        for feature in answer:
            gradient[feature] += slope * share


def right_in(report: GoldReport, model: str, weights: Mapping[str, float]) -> int:
    """Return how many claims of a report the model answers right, each in the light of its own answers before."""
    if model == "scope":
        found = [scope.value for scope in scopes_by(weights, report.reading, report.drafts)]
        return sum(scope == claim["scope"] for scope, claim in zip(found, report.claims, strict=True))
    dates = [_start(found.value) for found in dates_by(weights, report.reading, report.drafts)]
    return sum(start == claim["start_date"] for start, claim in zip(dates, report.claims, strict=True))


def share_right(reports: Sequence[GoldReport], model: str, weights: Mapping[str, float]) -> float:
    """Return the share of claims answered right."""
    return sum(right_in(report, model, weights) for report in reports) / sum(len(report.claims) for report in reports)


def cross_validated(reports: Sequence[GoldReport], model: str, rounds: int, decay: float) -> float:
    """Return the share right where each report is answered by weights that never saw it; five folds, cut three ways."""
    shares, own = [], own_questions(model)
    for cut in range(3):
        for fold in range(5):
            held = [r for r in reports if crc32(f"{cut}{r.reading.report}".encode()) // 3 % 5 == fold]
            rest = [r for r in reports if crc32(f"{cut}{r.reading.report}".encode()) // 3 % 5 != fold]
            weights = fit([*(q for r in rest for q in QUESTIONS[model](r)), *own], rounds, decay)
            shares.append((share_right(held, model, weights), sum(len(r.claims) for r in held)))
    return sum(share * size for share, size in shares) / sum(size for _, size in shares)


QUESTIONS: dict[str, Callable[[GoldReport], list[Question]]] = {"when": when_questions, "scope": scope_questions}


def main() -> None:
    """Fit, print shares, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model", choices=sorted(QUESTIONS))
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--decay", type=float, nargs="+", default=[1.0])
    parser.add_argument("--validate", action="store_true", help="also cross-validate each decay")
    parser.add_argument(
        "--all", action="store_true", help="fit on the third kept aside too: nothing is left to check by"
    )
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    reports = [replace(report, drafts=with_read_scope(report)) for report in gold_reports() if report.claims]
    seen = [report for report in reports if arguments.all or part(report.reading.report)]
    aside = [report for report in reports if not part(report.reading.report)]
    for decay in arguments.decay if arguments.validate else []:
        share = cross_validated(seen, arguments.model, arguments.rounds, decay)
        print(f"decay {decay}: cross-validated {share:.3f}", flush=True)
    asked = [q for report in seen for q in QUESTIONS[arguments.model](report)]
    weights = fit([*asked, *own_questions(arguments.model)], arguments.rounds, arguments.decay[0])
    print(
        f"fitted {share_right(seen, arguments.model, weights):.3f}, "
        f"kept aside {share_right(aside, arguments.model, weights):.3f}"
    )
    if arguments.write:
        table = {feature: round(weight, 3) for feature, weight in sorted(weights.items()) if abs(weight) >= 0.02}
        path = WEIGHTS / f"{arguments.model}.json"
        path.write_text(
            json.dumps({"about": "bench/fit_times.py", "weights": table}, indent=1) + "\n", encoding="utf-8"
        )
        print(f"wrote {len(table)} weights to {path.name}")


def own_questions(model: str) -> list[Question]:
    """Return the questions that the project's own dispatches ask of a model; none of the scope."""
    if model != "when":
        return []
    reports = [replace(report, drafts=with_read_scope(report)) for report in own_dispatches() if report.claims]
    return [question for report in reports for question in when_questions(report, OWN)]


def with_read_scope(report: GoldReport) -> list[Draft]:
    """Return the drafts with the scope that the program reads, which is what its dates are read with."""
    scopes = scope_of(report.reading, report.drafts)
    return [replace(draft, scope=found.value) for draft, found in zip(report.drafts, scopes, strict=True)]


if __name__ == "__main__":
    main()
