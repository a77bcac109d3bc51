"""The tables of docs/benchmark.md and docs/model-card.md, measured anew.

    python bench/figures.py              print them
    python bench/figures.py --write      put them into the pages, each between its marks
    python bench/figures.py --only styles,reliability

Takes some minutes: every learnt part is fitted three times. Needs scikit-learn (dependency group ``train``) and the
annotated reports.
"""

from __future__ import annotations

import argparse
import json
import re
import tomllib
from collections.abc import Callable, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import reliability
from causes import asked_with_annotated
from crossval import fields, figures, read_apart
from gate import with_empty_home
from gold import BENCHMARK, GoldReport, gold_reports, scorer
from harmledger.extract.counting import Engine
from harmledger.extract.engine import claims_of_reading, extract_claims
from harmledger.extract.reading import read_through
from harmledger.model import Report
from harmledger.show.records import claim_records
from refit import fitted, in_place
from runs import Row, Tally, run, tallies, tally

DOCS = Path(__file__).parents[1] / "docs"
PAGES = (DOCS / "benchmark.md", DOCS / "model-card.md")
PACKAGE = Path(__file__).parents[1] / "src" / "harmledger"
SENTENCES = Path(__file__).with_name("hard_sentences.toml")
SENTENCES_PUBLISHED = date(2031, 5, 9)


@cache
def _judge() -> Any:
    return scorer("score_claims")


@cache
def _shipped(engine: Engine = "learned") -> tuple[Row, ...]:
    return tuple(run(gold_reports(), _judge(), engine))


@cache
def _apart() -> tuple[Row, ...]:
    return tuple(read_apart(gold_reports(), _judge()))


def overall() -> str:
    """Return the figures of both ways of measuring, and of the engine of rules."""
    groups = {"shipped weights (in sample)": tally(_shipped()), "cross-validated": tally(_apart())}
    groups |= {f"cross-validated, third {name}": told for name, told in sorted(tallies(_apart(), "third").items())}
    return figures("read by", groups | {"engine `rules`": tally(_shipped("rules"))})


def kinds() -> str:
    """Return cross-validated figures by kind."""
    return figures("kind", tallies(_apart(), "kind"))


def styles() -> str:
    """Return figures by style of text, cross-validated."""
    return figures("style", tallies(_apart(), "style"))


def right_fields() -> str:
    """Return the share of found claims with each field right, in sample and not."""
    thirds = {f"third {name}": told for name, told in sorted(tallies(_apart(), "third").items())}
    return fields({"in sample": tally(_shipped()), "cross-validated": tally(_apart()), **thirds})


def shapes() -> str:
    """Return the share of annotated claims found, by how the count is written."""
    lines = ["| written as | annotated | found |", "|---|---|---|"]
    for name, told in tallies([row for row in _apart() if row.verdict != "spurious"], "shape").items():
        lines.append(f"| {name} | {told.annotated} | {told.recall():.3f} |")
    return "\n".join(lines)


def causes() -> str:
    """Return how many claims are missed and found wrongly, by cause."""
    lines = ["| what | cause | claims |", "|---|---|---|"]
    counted: dict[tuple[str, str], int] = {}
    for row in _apart():
        if row.cause:
            cause = "read as another kind" if row.cause.startswith("read as") else row.cause.split(",")[0]
            counted[row.verdict, cause] = counted.get((row.verdict, cause), 0) + 1
    for (verdict, cause), claims in sorted(counted.items(), key=lambda pair: (pair[0][0], -pair[1])):
        lines.append(f"| {verdict} | {cause} | {claims} |")
    return "\n".join(lines)


def held() -> str:
    """Return found figures on the project's own texts in other styles, which nothing was fitted on."""
    from own_sentences import held_reports, own_reports

    without = fitted(gold_reports(), ("harm",), own=False)
    rows = {"held styles, shipped weights": _found(held_reports())}
    with in_place(without):
        rows["held styles, weights of the annotated reports alone"] = _found(held_reports())
        rows["all own texts, weights of the annotated reports alone"] = _found([*own_reports(), *held_reports()])
    lines = ["| texts | counts | P | R | found F1 |", "|---|---|---|---|---|"]
    lines += [
        f"| {name} | {told.annotated} | {told.precision():.3f} | {told.recall():.3f} | {told.f1('found'):.3f} |"
        for name, told in rows.items()
    ]
    return "\n".join(lines)


def _found(reports: Sequence[GoldReport]) -> Tally:
    """Only what is counted is marked in these texts: nothing but finding is judged."""
    annotated = read = found = 0
    for report in reports:
        source = Report(report.reading.report, report.reading.text)
        records = claim_records(claims_of_reading(read_through(source), source))
        annotated, read = annotated + len(report.claims), read + len(records)
        found += len(_judge().pair(report.claims, records))
    return Tally(annotated, read, found, 0, 0, {})


def other_styles() -> str:
    """Return found, core, full and fields of the project's own dispatches that nothing was fitted on."""
    from annotated import held_dispatches

    rows = run(held_dispatches(), _judge())
    groups = {"dispatches kept apart": tally(rows)} | tallies(rows, "kind")
    return f"{figures('', groups)}\n\n{fields({'right where found': tally(rows)})}"


def held_fields() -> str:
    """Return the share right of place, actor and means on the project's own texts, with weights that never saw them."""
    import fit_blame
    import fit_where

    lines = ["| field | texts | counts | right |", "|---|---|---|---|"]
    with in_place(fitted(gold_reports(), ("where", "actor", "means"), own=False)):
        for field, name, reports in (
            ("place", "places.txt", fit_where.own_reports()),
            ("actor", "blame.txt", fit_blame.own_reports()),
            ("means", "blame.txt", fit_blame.own_reports()),
        ):
            right, asked = _asked(field, reports)
            lines.append(f"| {field} | `training/{name}` | {asked} | {right / asked:.3f} |")
    return "\n".join(lines)


def _asked(field: str, reports: Sequence[GoldReport]) -> tuple[int, int]:
    right = asked = 0
    for report in reports:
        for claim, value in zip(report.claims, asked_with_annotated(report.reading, report.drafts)[field], strict=True):
            if claim[field] != "?":
                asked += 1
                right += bool(_judge().attribute_right(field, claim, {field: value}, {}))
    return right, asked


def incidents() -> str:
    """Return the figures of the accuracy gate on the other corpora."""
    lines = ["| corpus | figure | value |", "|---|---|---|"]
    for corpus, measured in with_empty_home(BENCHMARK).items():
        if corpus != "claims":
            lines += [f"| {corpus} | {name} | {value:.3f} |" for name, value in measured.figures.items()]
    return "\n".join(lines)


def confidences() -> str:
    """Return the reliability table, cross-validated."""
    return reliability.table(_apart())


def read_sentence(text: str, field: str = "") -> list[str]:
    """Return what is read of one sentence, a line a count, with one field of it where told.

    >>> read_sentence("Shelling killed 14 people in Marlow.", "place")
    ['killed 14 (Marlow)']
    """
    lines = []
    for claim in claim_records(extract_claims(Report("sentence", text, SENTENCES_PUBLISHED))):
        told = claim[field] if field else None
        also = f" ({', '.join(told) if isinstance(told, list) else told or 'none'})" if field else ""
        lines.append(f"{claim['kind']} {'some' if claim['value'] is None else claim['value']}{also}")
    return lines


def examples() -> str:
    """Return the hard sentences that are still read wrongly."""
    lines = ["| sentence | a careful reader | is read as | why it is hard |", "|---|---|---|---|"]
    every = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))["sentence"]
    for hard in every:
        read = read_sentence(hard["text"], hard.get("field", ""))
        if read != hard["wanted"]:
            cells = [hard["text"], "; ".join(hard["wanted"]), "; ".join(read) or "nothing", hard["why"]]
            lines.append(f"| {' | '.join(cells)} |")
    wrong = len(lines) - 2
    return "\n".join([*lines, "", f"Of {len(every)} sentences that were written to be hard, {wrong} are read wrongly."])


def weights() -> str:
    """Return the size of each table of weights that ships."""
    lines = ["| table | bytes | weights |", "|---|---|---|"]
    tables = [*sorted((PACKAGE / "extract" / "weights").glob("*.json")), *sorted((PACKAGE / "match").glob("*.json"))]
    total = 0
    for path in tables:
        body = json.loads(path.read_text(encoding="utf-8"))
        listed = body.get("weights") or body.get("comparisons") or body.get("words") or {}
        total += path.stat().st_size
        lines.append(f"| `{path.relative_to(PACKAGE)}` | {path.stat().st_size:,} | {len(listed):,} |")
    return "\n".join([*lines, f"| all | {total:,} | |"])


TABLES: dict[str, Callable[[], str]] = {
    "overall": overall,
    "kinds": kinds,
    "fields": right_fields,
    "styles": styles,
    "shapes": shapes,
    "causes": causes,
    "held": held,
    "held-fields": held_fields,
    "other-styles": other_styles,
    "reliability": confidences,
    "incidents": incidents,
    "examples": examples,
    "weights": weights,
}


def put(page: str, name: str, table: str) -> str:
    """Return a page with a table between its marks; ValueError where the marks are missing.

    >>> put("<!-- figures: kinds -->old<!-- end -->", "kinds", "new").split()
    ['<!--', 'figures:', 'kinds', '-->', 'new', '<!--', 'end', '-->']
    """
    marks = re.compile(rf"(<!-- figures: {re.escape(name)} -->).*?(<!-- end -->)", re.DOTALL)
    if not marks.search(page):
        raise ValueError(f"The page has no place for {name}. Write <!-- figures: {name} --> and <!-- end --> into it.")
    return marks.sub(lambda found: f"{found[1]}\n\n{table}\n\n{found[2]}", page)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="put the tables into docs/")
    parser.add_argument("--only", default=",".join(TABLES), help="some tables, by comma")
    told = parser.parse_args(arguments)
    names = told.only.split(",")
    if set(names) - set(TABLES):
        parser.error(f"there are these tables: {', '.join(TABLES)}")
    if not BENCHMARK.is_dir() and set(names) - {"examples", "weights"}:
        print("The annotated reports are not here; nothing was measured. HARMLEDGER_BENCHMARK names their folder.")
        return 0
    for name in names:
        table = TABLES[name]()
        print(f"\n<!-- figures: {name} -->\n\n{table}\n\n<!-- end -->", flush=True)
        if told.write:
            _write(name, table)
    return 0


def _write(name: str, table: str) -> None:
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        if f"<!-- figures: {name} -->" in page:
            path.write_text(put(page, name, table), encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
