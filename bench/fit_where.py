"""Fit the weights by which a place is chosen for a count of harm (weights/where.json).

Two conditional logits over the places of a report: the right ones should score above the others. The first asks each
count by itself, the second with what the first believes of the other counts (extract/where/agreement.py); it is fitted
on beliefs of weights that never saw the report, lest they be trusted more than they deserve. The counts are those that
the reader of counts finds, with all its slips.

    PYTHONPATH=bench:src python bench/fit_where.py            fit on thirds 1 and 2 and write
    PYTHONPATH=bench:src python bench/fit_where.py --all      fit on all thirds and write
    PYTHONPATH=bench:src python bench/fit_where.py --check    also fit without each third in turn and ask that third

Needs numpy and scipy, which scikit-learn brings (group ``train``).
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from gold import BENCHMARK, GoldReport, gold_reports, part, scorer
from harmledger.counts import Count
from harmledger.extract.counting import count_harm
from harmledger.extract.draft import Draft
from harmledger.extract.numbers import number_at
from harmledger.extract.reading import Reading, read_through
from harmledger.extract.scope import scope_of
from harmledger.extract.victims import parents_of
from harmledger.extract.where import _told, choose
from harmledger.extract.where.agreement import FIRST, Told, at_first, in_agreement, looks, shares
from harmledger.extract.where.around import Around
from harmledger.extract.where.mentions import find_mentions
from harmledger.extract.where.scene import Scene, scene
from harmledger.model import Report

OWN = Path(__file__).parent / "training" / "places.txt"
WEIGHTS = Path(__file__).parents[1] / "src/harmledger/extract/weights/where.json"
FOLDS, STEPS, RIDGE, RARE, RAREST, LEAST = 5, 150, 0.006, 10, 2, 0.005
_MARK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_SCORER = scorer("score_claims")
Table = dict[str, float]
Row = list[tuple[bool, Mapping[str, float]]]


@dataclass(frozen=True)
class Asked:
    """A report's places arranged for asking, what speaks for each alone, and the annotated place of some drafts."""

    view: Scene
    looks: Sequence[Around]
    alone: Sequence[Told]
    wanted: Mapping[int, str | None]

    def rows(self, told: Sequence[Told]) -> list[Row]:
        """Return one row for each draft with an annotated place: is it that place, and what speaks for it."""
        return [
            [(self.right(index, key), signs) for key, signs in told[index].items()] for index in sorted(self.wanted)
        ]

    def right(self, index: int, key: str | None) -> bool:
        """Tell whether a place is the annotated one, as the benchmark's scorer compares names."""
        words = _told(self.view, key, self.view.sentence_of[index]).words if key else None
        return bool(_SCORER.same_name(self.wanted[index], words))


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
    first, last = reading.token_at(claim["start"]), reading.token_at(claim["end"] - 1) + 1
    number = next((found for at in range(first, last) if (found := number_at(reading.tokens, at, last))), None)
    one = reading.tokens[first].norm in ("a", "an", "another")
    count = Count(number[1]) if number else Count(1) if one else Count(None, bound="vague")
    return Draft(first, last, claim["kind"], count, scope=claim["scope"])


def as_marked(report: GoldReport) -> Asked:
    """Return a report asked about the counts that are marked in it."""
    wanted = {index: claim["place"] for index, claim in enumerate(report.claims)}
    return _asked(report.reading, list(report.drafts), wanted)


def as_read(report: GoldReport) -> Asked:
    """Return a report asked about the counts that are found in it, where they are annotated too."""
    reading, counted = report.reading, count_harm(report.reading, "learned")
    drafts = [each.draft for each in counted]
    for draft, parent in zip(drafts, parents_of(reading, drafts, [each.quantity for each in counted]), strict=True):
        draft.parent = parent.value
    for draft, scope in zip(drafts, scope_of(reading, drafts), strict=True):
        draft.scope = scope.value
    read = [
        {
            "start": reading.tokens[draft.first].start,
            "end": reading.tokens[draft.last - 1].end,
            "kind": draft.kind,
            "value": draft.count.value,
        }
        for draft in drafts
    ]
    pairs = _SCORER.pair(report.claims, read)
    return _asked(reading, drafts, {found: report.claims[claim]["place"] for claim, found in pairs})


def _asked(reading: Reading, drafts: list[Draft], wanted: Mapping[int, str | None]) -> Asked:
    view = scene(reading, drafts, find_mentions(reading))
    around_them = looks(view)
    return Asked(view, around_them, at_first(view, around_them), wanted)


def parts_of(sign: str) -> set[str]:
    """Return a sign with the wider ones it is a case of; a case seen seldom leans on them.

    >>> sorted(parts_of("before, bare|1"))
    ['before', 'before, bare', 'before, bare|1', 'before|1']
    """
    left, _, right = sign.partition("|")
    lefts, rights = left.split(", "), right.split(", ") if right else []
    found = {sign, lefts[0], left, ", ".join(lefts[:2])}
    for each in (lefts[0], left):
        if rights:
            found |= {f"{each}|{right}", f"{each}|{rights[0]}"}
        if len(rights) > 1:
            found.add(f"{each}||{rights[1]}")
    return found


def fit(rows: Sequence[Row], ridge: float = RIDGE) -> Table:
    """Return the weights that put the right places first: a conditional logit, ridge on the signs and their parts."""
    useful = [row for row in rows if any(good for good, _ in row) and not all(good for good, _ in row)]
    often = Counter(name for row in useful for name in {name for _, told in row for name in told})
    names: dict[str, int] = {}
    at, sign, value, good, group = list[int](), list[int](), list[float](), list[bool](), list[int]()
    for number, row in enumerate(useful):
        for right, told in row:
            kept = {name: x for name, x in told.items() if often[name] >= RAREST}
            at.extend([len(good)] * len(kept))
            sign.extend(names.setdefault(name, len(names)) for name in kept)
            value.extend(kept.values())
            good.append(right)
            group.append(number)
    wide: dict[str, int] = {}
    pairs = [
        (index, wide.setdefault(each, len(wide)))
        for name, index in names.items()
        for each in parts_of(name)
        if each != name or often[name] >= RARE or len(parts_of(name)) == 1
    ]
    spread = sparse.csr_matrix((np.ones(len(pairs)), tuple(zip(*pairs, strict=True))), shape=(len(names), len(wide)))
    table = (sparse.csr_matrix((value, (at, sign)), shape=(len(good), len(names))) @ spread).tocsr()
    across, wanted, owner = table.T.tocsr(), np.array(good, dtype=float), np.array(group)

    def loss(weight: Any) -> tuple[float, Any]:
        scores = table @ weight
        top = np.full(len(useful), -np.inf)
        np.maximum.at(top, owner, scores)
        odds = np.exp(scores - top[owner])
        whole = np.bincount(owner, weights=odds)
        right = np.maximum(np.bincount(owner, weights=odds * wanted), 1e-12)
        pull = (odds / whole[owner] - odds * wanted / right[owner]) / len(useful)
        value = (np.log(whole) - np.log(right)).sum() / len(useful) + ridge / 2 * (weight @ weight)
        return float(value), across @ pull + ridge * weight

    found = spread @ minimize(loss, np.zeros(len(wide)), jac=True, method="L-BFGS-B", options={"maxiter": STEPS}).x
    return {name: float(found[index]) for name, index in names.items()}


def train(asked: Sequence[Asked]) -> Table:
    """Return the weights of both readings."""
    first = [each.rows(each.alone) for each in asked]
    # A text and itself without its commas are one text.
    fold = [crc32(each.view.reading.report.removesuffix("-bare").encode()[::-1]) % FOLDS for each in asked]
    alone = [
        fit([row for its, rows in zip(fold, first, strict=True) if its != held for row in rows])
        for held in range(FOLDS)
    ]
    second: list[Row] = []
    for its, each in zip(fold, asked, strict=True):
        believed = [shares(alone[its], told) for told in each.alone]
        second += each.rows(in_agreement(each.view, each.looks, each.alone, believed))
    return _named(fit([row for rows in first for row in rows])) | fit(second)


def _named(table: Table) -> Table:
    return {FIRST + name: weight for name, weight in table.items()}


def share(asked: Sequence[Asked], table: Table) -> float:
    """Return the share of the counts whose place is chosen as annotated."""
    right = total = 0
    for each in asked:
        keys = choose(each.view, table)
        right += sum(each.right(index, keys[index]) for index in each.wanted)
        total += len(each.wanted)
    return right / total


def main() -> None:
    """Fit and write; with --check also ask each third of weights that never saw it."""
    own = [as_marked(report) for report in own_reports()]
    thirds: dict[int, list[Asked]] = {0: [], 1: [], 2: []}
    for report in gold_reports():
        thirds[part(report.reading.report)].append(as_read(report))
    if "--check" in sys.argv:
        for third, asked in thirds.items():
            table = train([each for other, its in thirds.items() if other != third for each in its] + own)
            print(f"third {third}, fitted without it", round(share(asked, table), 4))
        print(
            "own reports, fitted without them",
            round(share(own, train([each for its in thirds.values() for each in its])), 4),
        )
    seen = thirds[1] + thirds[2] + (thirds[0] if "--all" in sys.argv else [])
    table = {name: round(weight, 3) for name, weight in sorted(train(seen + own).items())}
    for third, asked in thirds.items():
        print("third", third, round(share(asked, table), 4))
    about = {
        "what": "How strongly a sign speaks for a place as that of a count of harm; linear, the highest sum wins. "
        f"Signs that open with '{FIRST.strip()}' are of the first reading, each count by itself.",
        "source": f"Fitted by bench/fit_where.py on {len(seen)} annotated reports of {BENCHMARK.name} "
        "and on training/places.txt. No text is kept.",
    }
    kept = {name: weight for name, weight in table.items() if abs(weight) >= LEAST}
    WEIGHTS.write_text(json.dumps({"about": about, "weights": kept}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
