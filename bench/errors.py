"""The error browser: misses, spurious finds and wrong fields by cause, each with its sentence and what each stage did.

    python bench/errors.py                                   one page, build/errors.html, of thirds 1 and 2
    python bench/errors.py --text --field place --limit 5    the same as text, wrong places only, five a cause
    python bench/errors.py --text --kind damaged,missing     claims of some kinds only
    python bench/errors.py --text --own                      the same of the project's own dispatches, in many styles
    python bench/errors.py --save build/before.jsonl         keep the run; after a change:
    python bench/errors.py --against build/before.jsonl      what was gained and lost, claim by claim
    python bench/errors.py --run build/apart.jsonl           browse a saved run (bench/crossval.py --save) as it is

One third of the reports stays unread while one works on the others; ``--part 0`` shows it. The page needs no network.
Page and runs hold sentences of the annotated reports: keep them under ``build/``, which git ignores.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotated import held_dispatches, own_dispatches
from gold import BENCHMARK, gold_reports, part, scorer
from harmledger.model import Kind
from runs import FIELDS, Change, Row, compare, load, run, save, tally

BUILD = Path(__file__).parents[1] / "build"
KINDS: tuple[Kind, ...] = (
    "killed",
    "injured",
    "casualties",
    "missing",
    "detained",
    "displaced",
    "affected",
    "damaged",
)


@dataclass(frozen=True)
class Group:
    """Claims that went wrong in one way: ``what`` ("missed", "spurious", "wrong place") and the ``cause``."""

    what: str
    cause: str
    rows: Sequence[Row]


@dataclass(frozen=True)
class Wish:
    """What is to be shown."""

    parts: frozenset[int]
    kinds: frozenset[str]
    field: str | None = None

    def shows(self, row: Row) -> bool:
        """Tell whether a row is of the thirds and kinds asked for."""
        return row.third in self.parts and row.kind in self.kinds


def groups(rows: Sequence[Row], field: str | None = None) -> list[Group]:
    """Return the errors by what went wrong and by cause, the largest group of each first; only one field if told."""
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row.cause and field is None:
            found[row.verdict, row.cause].append(row)
        for name, cause in row.wrong.items():
            if field in (None, name):
                found[f"wrong {name}", cause].append(row)
    order = {what: index for index, what in enumerate(["missed", "spurious", *(f"wrong {name}" for name in FIELDS)])}
    arranged = sorted(found.items(), key=lambda pair: (order[pair[0][0]], -len(pair[1]), pair[0][1]))
    return [Group(what, cause, sorted(its, key=lambda row: row.shape)) for (what, cause), its in arranged]


def headline(rows: Sequence[Row]) -> str:
    """Return one line of figures."""
    told = tally(rows)
    shares = "  ".join(f"{name} {told.f1(name):.3f}" for name in ("found", "core", "full"))
    return f"{told.annotated} annotated, {told.read} read; F1 {shares}"


def differing(row: Row, what: str) -> str:
    """Return what was wanted and what was read, for one wrong field; empty for a miss or a spurious find."""
    if not what.startswith("wrong "):
        return ""
    name = what.removeprefix("wrong ")
    return f"annotated {row.wanted.get(name)!r}, read {row.read.get(name)!r}"


def as_text(rows: Sequence[Row], field: str | None, limit: int) -> Iterator[str]:
    """Yield the lines of the text form."""
    yield headline(rows)
    for group in groups(rows, field):
        yield f"\n== {group.what}: {group.cause} ({len(group.rows)})"
        for row in group.rows[:limit]:
            yield from _row_text(row, differing(row, group.what))
        if len(group.rows) > limit:
            yield f"   ... and {len(group.rows) - limit} more (--limit)"


def _row_text(row: Row, also: str) -> Iterator[str]:
    yield f"\n {row.report} [{row.kind}] {row.shape}{'; ' + also if also else ''}"
    yield "   " + " ".join(f"{row.before}[[{row.words}]]{row.after}".split())
    for step in row.steps:
        yield f"      {step}"


def changes_text(changes: Sequence[Change], limit: int) -> Iterator[str]:
    """Yield gains and losses, grouped by what changed."""
    for gain, title in ((True, "gains"), (False, "losses")):
        side = [change for change in changes if change.gain == gain]
        yield f"\n== {title}: {len(side)}"
        for what, its in by_what(side).items():
            yield f"-- {what} ({len(its)})"
            for change in its[:limit]:
                row = change.row
                yield f"   {row.report} [{row.kind}] {change.told}"
                yield "     " + " ".join(f"{row.before}[[{row.words}]]{row.after}".split())
            if len(its) > limit:
                yield f"   ... and {len(its) - limit} more (--limit)"


def by_what(changes: Sequence[Change]) -> Mapping[str, list[Change]]:
    """Return changes by what changed, the most frequent first."""
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        found[change.what].append(change)
    return dict(sorted(found.items(), key=lambda pair: -len(pair[1])))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run, show, keep; return the exit status."""
    told, wish = _asked(arguments)
    try:
        before = load(told.against) if told.against else None
        rows = load(told.run) if told.run else _measured(wish, told.engine, told.own)
    except (OSError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    if rows is None:
        print("The annotated reports are not here; nothing was read. HARMLEDGER_BENCHMARK names their folder.")
        return 0
    if told.save:
        save(rows, told.save)
    shown = [row for row in rows if wish.shows(row)]
    changes = None if before is None else compare([row for row in before if wish.shows(row)], shown)
    if told.text:
        lines = as_text(shown, wish.field, told.limit) if changes is None else changes_text(changes, told.limit)
        print("\n".join([headline(shown), *lines] if changes is not None else lines))
        return 0
    from errors_page import page

    told.out.parent.mkdir(parents=True, exist_ok=True)
    told.out.write_text(page(shown, wish.field, changes), encoding="utf-8")
    print(f"{headline(shown)}\n{told.out}")
    return 0


def _measured(wish: Wish, engine: str, own: bool) -> list[Row] | None:
    if not BENCHMARK.is_dir():
        return None
    found = [*own_dispatches(), *held_dispatches()] if own else gold_reports()
    reports = [report for report in found if part(report.reading.report) in wish.parts]
    return run(reports, scorer("score_claims"), "rules" if engine == "rules" else "learned")


def _asked(arguments: Sequence[str] | None) -> tuple[argparse.Namespace, Wish]:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", action="store_true", help="print text, write no page")
    parser.add_argument("--out", type=Path, default=BUILD / "errors.html", help="the page (build/errors.html)")
    parser.add_argument("--field", choices=FIELDS, help="only claims with this field wrong")
    parser.add_argument("--kind", default=",".join(KINDS), help="only these kinds, by comma")
    parser.add_argument("--part", default="1,2", help="which thirds of the reports, by comma (1,2)")
    parser.add_argument("--limit", type=int, default=3, help="claims shown of each cause, as text")
    parser.add_argument("--engine", choices=("learned", "rules"), default="learned")
    parser.add_argument("--run", type=Path, metavar="RUN.jsonl", help="browse a saved run, read nothing anew")
    parser.add_argument("--own", action="store_true", help="read the project's own dispatches, in many styles")
    parser.add_argument("--save", type=Path, metavar="RUN.jsonl", help="keep this run")
    parser.add_argument("--against", type=Path, metavar="RUN.jsonl", help="gains and losses against a saved run")
    told = parser.parse_args(arguments)
    kinds, thirds = frozenset(told.kind.split(",")), frozenset(told.part.split(","))
    if kinds - set(KINDS):
        parser.error(f"--kind: no kind is called {', '.join(sorted(kinds - set(KINDS)))}; there are {', '.join(KINDS)}")
    if thirds - {"0", "1", "2"}:
        parser.error(f"--part: {told.part} names no thirds; write 0, 1 or 2, or some of them by comma")
    return told, Wish(frozenset(map(int, thirds)), kinds, told.field)


if __name__ == "__main__":
    raise SystemExit(main())
