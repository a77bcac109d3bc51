"""Every learnt part fitted anew on some of the reports, and put in place of the shipped weights for a while.

A model reads well what it was fitted on. What it reads of reports that it never saw is the honest figure; so each
third of the annotated reports is read by parts that were fitted on the other two thirds and on the project's own marked
texts. Word lists and rules stay as they are: they were written by people who had read thirds 1 and 2.
"""

from __future__ import annotations

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import harmledger.extract
from annotated import further_reports
from gold import GoldReport
from harmledger.extract import linear
from harmledger.extract.linear import Linear

# The order matters: each is fitted in the light of what those before it read.
PARTS = ("harm", "status", "scope", "when", "actor", "means", "where")
# The decay that the shipped weights were fitted with (see the commands in docs/model-card.md).
DECAY = {"scope": 1.0, "when": 2.0, "actor": 1.0, "means": 1.0}
ROUNDS = 100

Models = Mapping[str, Linear]


@contextmanager
def in_place(models: Models) -> Iterator[None]:
    """Let the stages read with these models, the shipped ones for the rest; the shipped ones are back afterwards."""
    for found in pkgutil.walk_packages(harmledger.extract.__path__, "harmledger.extract."):
        importlib.import_module(found.name)
    shipped_model, shipped_weights = linear.model, linear.weights

    def model(name: str) -> Linear:
        return models[name] if name in models else shipped_model(name)

    def weights(name: str) -> Mapping[str, float]:
        return models[name].weights if name in models else shipped_weights(name)

    swaps: dict[Callable[..., Any], Callable[[str], Any]] = {shipped_model: model, shipped_weights: weights}
    replaced: list[tuple[Any, str, Any]] = []
    for name, module in list(sys.modules.items()):
        if name.startswith("harmledger.extract") or name == "trace_counts":
            for word in ("model", "weights"):
                known = getattr(module, word, None)
                if callable(known) and known in swaps:
                    replaced.append((module, word, known))
                    setattr(module, word, swaps[known])
    try:
        yield
    finally:
        for module, word, known in replaced:
            setattr(module, word, known)


def fitted(reports: Sequence[GoldReport], parts: Sequence[str] = PARTS, own: bool = True) -> dict[str, Linear]:
    """Return the parts fitted on these reports and, where ``own``, on the project's own marked texts.

    Needs scikit-learn (dependency group ``train``). Nothing is written.
    """
    models: dict[str, Linear] = {}
    for part in PARTS:
        if part in parts:
            with in_place(models):
                models[part] = _FIT[part](_fresh(reports), own)
    return models


def _fresh(reports: Sequence[GoldReport]) -> list[GoldReport]:
    """Return the reports with drafts of their own: some fitting scripts put parents in their own order."""
    return [replace(report, drafts=[replace(draft) for draft in report.drafts]) for report in reports]


def _further(own: bool) -> list[GoldReport]:
    return _fresh(further_reports()) if own else []


def _harm(reports: Sequence[GoldReport], own: bool) -> Linear:
    """The reader of counts, with a confidence measured within the reports it is fitted on, fold by fold."""
    import fit_harm
    from choosing import fold_of
    from own_sentences import own_reports

    read = fit_harm.pages(reports)
    also = fit_harm.pages([*own_reports(), *_further(own)]) if own else []
    apart: list[Any] = []
    for fold in range(3):
        inner = fit_harm.fit([page for page in read if fold_of(page[0].reading.report, 3) != fold] + also)
        apart += fit_harm.tried(inner, [page for page in read if fold_of(page[0].reading.report, 3) == fold])
    whole = fit_harm.fit(read + also)
    return Linear(whole.weights, whole.bar, tuple(fit_harm.reliability(apart)))


def _status(reports: Sequence[GoldReport], own: bool) -> Linear:
    import fit_status

    return fit_status.fit(fit_status.rows_of([*reports, *_further(own)]))


def _scope(reports: Sequence[GoldReport], own: bool) -> Linear:
    import fit_times

    asked = [question for report in reports for question in fit_times.scope_questions(report)]
    return Linear(fit_times.fit(asked, ROUNDS, DECAY["scope"]))


def _when(reports: Sequence[GoldReport], own: bool) -> Linear:
    import fit_times

    told = [replace(report, drafts=fit_times.with_read_scope(report)) for report in reports if report.claims]
    asked = [question for report in told for question in fit_times.when_questions(report)]
    if own:
        asked += fit_times.own_questions("when")
    return Linear(fit_times.fit(asked, ROUNDS, DECAY["when"]))


def _blame(field: str) -> Callable[[Sequence[GoldReport], bool], Linear]:
    def fit(reports: Sequence[GoldReport], own: bool) -> Linear:
        import choosing
        import fit_blame

        chosen = [*reports, *(fit_blame.own_reports() if own else []), *_further(own)]
        asked = [question for report in chosen for question in fit_blame.questions(report, field)]
        return Linear(choosing.fit(asked, DECAY[field]))

    return fit


def _where(reports: Sequence[GoldReport], own: bool) -> Linear:
    import fit_where

    asked = [fit_where.as_read(report) for report in reports]
    also = [fit_where.as_marked(report) for report in fit_where.own_reports()] if own else []
    return Linear(fit_where.train(asked + also))


_FIT: dict[str, Callable[[Sequence[GoldReport], bool], Linear]] = {
    "harm": _harm,
    "status": _status,
    "scope": _scope,
    "when": _when,
    "actor": _blame("actor"),
    "means": _blame("means"),
    "where": _where,
}
