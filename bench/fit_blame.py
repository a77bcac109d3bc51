"""Fit the weights of the choice of a claim's actor and means on the annotated reports.

    PYTHONPATH=bench:src python bench/fit_blame.py actor              cross-validated shares, nothing written
    PYTHONPATH=bench:src python bench/fit_blame.py actor --write      fit on two thirds, write the weights

One third of the reports is kept aside; its share is printed last.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import harmledger.extract
from choosing import Question, cross_validated, fit, share_right
from gold import GoldReport, gold_reports, part
from harmledger.counts import Count
from harmledger.extract.actors import actor_answers, blame
from harmledger.extract.draft import Draft
from harmledger.extract.means import means_answers
from harmledger.extract.reading import read_through
from harmledger.model import Kind, Report

WEIGHTS = Path(harmledger.extract.__file__).parent / "weights"


OWN = Path(__file__).parent / "training" / "blame.txt"
_MARK = re.compile(r"\[([^\]]+)\]\((\w+)(\+?), (\S+), (\S+)\)")


def own_reports() -> list[GoldReport]:
    """Return the reports of ``training/blame.txt`` with their marks as claims."""
    lines = [line for line in OWN.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    blocks = re.split(r"\n\s*\n", "\n".join(lines).strip())
    return [_own(f"own-{number}", block) for number, block in enumerate(blocks)]


def _own(name: str, block: str) -> GoldReport:
    text, position = "", 0
    marks: list[tuple[int, int, re.Match[str]]] = []
    for mark in _MARK.finditer(block):
        text += block[position : mark.start()]
        marks.append((len(text), len(text) + len(mark[1]), mark))
        text, position = text + mark[1], mark.end()
    reading = read_through(Report(name, text + block[position:]))
    drafts: list[Draft] = []
    claims = []
    for start, end, mark in marks:
        figure = re.search(r"\d[\d,]*", mark[1])
        count = Count(int(figure[0].replace(",", ""))) if figure else Count(None, bound="vague")
        kind: Kind = mark[2]  # type: ignore[assignment]
        first, last = reading.token_at(start), reading.token_at(end - 1) + 1
        drafts.append(Draft(first, last, kind, count, scope="cumulative" if mark[3] else "incident"))
        told = {"-": None}
        claims.append({"actor": told.get(mark[4], mark[4]), "means": told.get(mark[5], mark[5])})
    return GoldReport(reading, claims, drafts)


def questions(report: GoldReport, field: str, own: bool = True) -> list[Question]:
    """Return one question a claim. The means are asked with the annotated actor, or with the one read (``own``)."""
    if field == "actor":
        asked = actor_answers(report.reading, report.drafts)
    else:
        actors = (
            [told.value for told in blame(report.reading, report.drafts)]
            if own
            else [claim["actor"] for claim in report.claims]
        )
        asked = means_answers(report.reading, report.drafts, actors)
    result = []
    for claim, answers in zip(report.claims, asked, strict=True):
        listed = list(answers.values())
        right = frozenset(i for i, answer in enumerate(listed) if answer.value == claim[field])
        result.append(Question(report.reading.report, [frozenset(answer.signs) for answer in listed], right))
    return result


def main() -> None:
    """Fit, print shares, and write the weights where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("field", choices=["actor", "means"])
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--decay", type=float, nargs="+", default=[1.0])
    parser.add_argument("--write", action="store_true")
    parser.add_argument(
        "--all", action="store_true", help="fit on the third kept aside too: nothing is left to check by"
    )
    arguments = parser.parse_args()
    seen: list[Question] = []
    aside: list[Question] = []
    for report in gold_reports():
        (seen if part(report.reading.report) else aside).extend(questions(report, arguments.field))
    own = [question for report in own_reports() for question in questions(report, arguments.field)]
    print(
        f"{len(seen)} claims to fit, {len(aside)} kept aside; an answer is right for "
        f"{sum(bool(q.right) for q in seen) / len(seen):.3f}"
    )
    if arguments.folds:
        for decay in arguments.decay:
            verdicts = cross_validated([*seen, *own], arguments.folds, decay)
            annotated, written = verdicts[: len(seen)], verdicts[len(seen) :]
            print(
                f"decay {decay}: cross-validated {sum(annotated) / len(annotated):.3f}, "
                f"on the project's own reports {sum(written) / len(written):.3f}"
            )
    bare = fit(seen, arguments.decay[0])
    print(f"own reports by weights that saw none of them {share_right(own, bare):.3f}")
    weights = fit([*seen, *own], arguments.decay[0])
    print(f"fitted {share_right(seen, weights):.3f}, kept aside {share_right(aside, weights):.3f}")
    if arguments.all:
        weights = fit([*seen, *aside, *own], arguments.decay[0])
    if arguments.write:
        table = {sign: round(weight, 3) for sign, weight in sorted(weights.items()) if abs(weight) >= 0.02}
        path = WEIGHTS / f"{arguments.field}.json"
        path.write_text(
            json.dumps({"about": "bench/fit_blame.py", "weights": table}, indent=1) + "\n", encoding="utf-8"
        )
        print(f"wrote {len(table)} weights to {path.name}")


if __name__ == "__main__":
    main()
