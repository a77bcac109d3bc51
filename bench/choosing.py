"""Fit a linear choice between answers: each answer has signs, each sign a weight, the heaviest answer wins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np


@dataclass(frozen=True)
class Question:
    """One claim of a report: the signs of each answer, and which answers are right."""

    report: str
    answers: Sequence[frozenset[str]]
    right: frozenset[int]


def fit(questions: Sequence[Question], decay: float, rounds: int = 150, least: int = 2) -> dict[str, float]:
    """Return the weights of a conditional log-linear choice with an L2 penalty.

    A report with many claims counts less a claim: its claims stand or fall together. Signs seen in fewer than
    ``least`` reports are left out.
    """
    order = [q for q in questions if q.right and len(q.answers) > len(q.right)]
    seen = Counter(sign for report in _signs_by_report(order).values() for sign in report)
    names = sorted(sign for sign, count in seen.items() if count >= least)
    number = {sign: index for index, sign in enumerate(names)}
    claims = Counter(q.report for q in order)
    rows, columns, groups, right, share = [], [], [], [], []
    row = 0
    for group, question in enumerate(order):
        for index, signs in enumerate(question.answers):
            for sign in signs:
                if sign in number:
                    rows.append(row)
                    columns.append(number[sign])
            groups.append(group)
            right.append(index in question.right)
            share.append(claims[question.report] ** -0.5)
            row += 1
    r, c, g = np.array(rows), np.array(columns), np.array(groups)
    wanted, size = np.array(right), np.array(share)
    weights = np.zeros(len(names))
    mean, spread = np.zeros(len(names)), np.zeros(len(names))
    for step in range(1, rounds + 1):
        scores = np.bincount(r, weights=weights[c], minlength=row)
        top = np.full(len(order), -np.inf)
        np.maximum.at(top, g, scores)
        raised = np.exp(scores - top[g])
        guess = raised / np.bincount(g, weights=raised)[g]
        good = raised * wanted
        slope = (guess - good / np.bincount(g, weights=good)[g]) * size
        gradient = np.bincount(c, weights=slope[r], minlength=len(names)) + decay * weights
        mean = 0.9 * mean + 0.1 * gradient
        spread = 0.99 * spread + 0.01 * gradient**2
        weights -= 0.06 * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    return {name: float(weight) for name, weight in zip(names, weights, strict=True)}


def _signs_by_report(questions: Sequence[Question]) -> dict[str, set[str]]:
    result: dict[str, set[str]] = {}
    for question in questions:
        result.setdefault(question.report, set()).update(*question.answers)
    return result


def chosen(question: Question, weights: Mapping[str, float]) -> int:
    """Return the index of the answer whose signs weigh most."""
    scores = [sum(weights.get(sign, 0.0) for sign in answer) for answer in question.answers]
    return max(range(len(scores)), key=lambda index: scores[index])


def share_right(questions: Sequence[Question], weights: Mapping[str, float]) -> float:
    """Return the share of questions whose heaviest answer is right."""
    return sum(chosen(question, weights) in question.right for question in questions) / len(questions)


def fold_of(report: str, folds: int) -> int:
    """Return the fold of a report, independent of the third that is kept aside."""
    return crc32(report[::-1].encode()) % folds


def cross_validated(questions: Sequence[Question], folds: int, decay: float) -> list[bool]:
    """Return for each question whether weights that never saw its report answer it right."""
    verdicts = [False] * len(questions)
    for fold in range(folds):
        weights = fit([q for q in questions if fold_of(q.report, folds) != fold], decay)
        for index, question in enumerate(questions):
            if fold_of(question.report, folds) == fold:
                verdicts[index] = chosen(question, weights) in question.right
    return verdicts
