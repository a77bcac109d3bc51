"""``harmledger export``: the record handed on, from the ledger or straight from report files."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.commands.opening import By, Jobs, Where, opened, say_error
from harmledger.errors import ExportError, ReportError

if TYPE_CHECKING:
    from harmledger.export import Done, Total
    from harmledger.export.redaction import Profile
    from harmledger.model import Case, Claim, Entry, Event, Incident, Report
    from harmledger.query import Query
    from harmledger.read import ReadOptions

    Found = tuple[Iterable[Case], Iterable[Total]]

Format = Annotated[
    str,
    typer.Argument(
        metavar="FORMAT",
        help="csv, jsonl, ged, acled, airwars, hxl, sdg, geojson, gpkg, parquet, ftm, html or pdf.",
    ),
]
Files = Annotated[
    list[str], typer.Argument(metavar="[FILE…]", help="Reports to export from; without any, the ledger is exported.")
]
Out = Annotated[Path, typer.Option(metavar="FILE", help="Where the export goes; its notes stand beside it.")]
Asked = Annotated[
    str, typer.Option("--query", metavar="QUERY", help='Such as: date:2030-05 place:"Tell Example" kind:killed.')
]
Profiled = Annotated[
    str, typer.Option("--profile", metavar="NAME", help="full, partners, public, or a .toml file of your own.")
]
Bom = Annotated[bool, typer.Option("--bom", help="Begin CSV files with the mark by which Excel knows UTF-8.")]
Title = Annotated[str, typer.Option(metavar="TEXT", help="Title of a report for people (html, pdf).")]
Published = Annotated[str, typer.Option(metavar="DATE", help="Publication date of reports that tell none.")]
Outlet = Annotated[str, typer.Option(metavar="NAME", help="Outlet of reports that tell none.")]
Input = Annotated[str, typer.Option(metavar="FORMAT", help="What the reports are in; found out if not told.")]


def export(
    format: Format,
    out: Out,
    files: Files = [],  # noqa: B006
    query: Asked = "",
    profile: Profiled = "full",
    by: By = "",
    bom: Bom = False,
    title: Title = "",
    ledger: Where = "",
    published: Published = "",
    outlet: Outlet = "",
    input_format: Input = "",
    jobs: Jobs = 0,
) -> None:
    """Hand the record on in a format of the field, with a note of what the format cannot carry."""
    from harmledger.dates import parse_day
    from harmledger.export import FORMATS
    from harmledger.export.redaction import read_profile
    from harmledger.query import Query
    from harmledger.read import ReadOptions, format_named

    if format not in FORMATS:
        told = "; ".join(f"{name} ({what})" for name, what in FORMATS.items())
        raise ExportError(f"{format!r} is no format. Formats: {told}.")
    asked, shown = Query.parse(query), read_profile(profile)
    wish = _Wish(format, out, asked, shown, by, bom, title)
    if not files:
        _tell(_from_ledger(wish, ledger))
        return
    failures = _Failures()
    options = ReadOptions(parse_day(published) if published else None, outlet or None, format_named(input_format))
    _tell(wish.write(_from_files(files, options, jobs, failures)))
    if failures.count:
        raise typer.Exit(1)


@dataclass(frozen=True)
class _Wish:
    """What was typed, ready to be written from one place or the other."""

    format: str
    out: Path
    query: Query
    profile: Profile
    by: str
    bom: bool
    title: str

    def write(self, found: Found, record: Callable[[Done], None] | None = None) -> Done:
        """Write the export."""
        from harmledger.export import Plan, export_cases
        from harmledger.home import home

        with _progress() as progress:
            plan = Plan(
                self.format, self.out, self.query, self.profile, self.by, int(time.time()), self.bom, home(),
                self.title, progress,
            )  # fmt: skip
            return export_cases(*found, replace(plan, record=record) if record else plan)

    def told(self, done: Done) -> dict[str, object]:
        """Return what the ledger keeps of an export."""
        return {
            "export": done.export,
            "format": self.format,
            "profile": self.profile.name,
            "query": str(self.query),
            "rows": done.rows,
            "incidents": done.incidents,
            "files": dict(done.digests),
        }


def _from_files(files: list[str], options: ReadOptions, jobs: int, failures: _Failures) -> Found:
    """Return the incidents and the running totals of report files, put together as ``harmledger incidents`` does."""
    from harmledger.batch import each_report, read_whole
    from harmledger.match import match_events
    from harmledger.read import read_reports
    from harmledger.reconcile import reconcile

    reports: dict[str, Report] = {}
    events: list[Event] = []
    loose: list[Claim] = []
    for report, made in each_report(read_whole, read_reports(files, options), jobs or None):
        if isinstance(made, ReportError):
            failures.tell(made)
        elif report is not None:
            claims, its_events = made
            reports[report.id] = report
            events += its_events
            loose += [claim for claim in claims if claim.scope == "cumulative"]
    incidents = match_events(events)
    return cases_of(incidents, reconcile(incidents), reports), totals_of(loose, reports)


def cases_of(incidents: Iterable[Incident], entries: Iterable[Entry], reports: dict[str, Report]) -> Iterator[Case]:
    """Yield each incident with its entry and its reports."""
    from harmledger.model import Case

    for incident, entry in zip(incidents, entries, strict=True):
        yield Case(incident, entry, tuple(reports[name] for name in incident.reports if name in reports))


def totals_of(claims: Iterable[Claim], reports: dict[str, Report]) -> Iterator[Total]:
    """Yield each running total with its report."""
    from harmledger.export import Total

    return (Total(claim, reports[claim.report]) for claim in claims)


def _from_ledger(wish: _Wish, where: str) -> Done:
    """Export what the ledger holds; the export is in the ledger before its files stand."""
    from harmledger.export.totals import totals_in

    with opened(where, wish.by) as book:
        if next(book.reports(), None) is None:
            raise ExportError(
                "The ledger holds no report. Take some in with `harmledger add FILE`, or name reports to export from."
            )
        for error in book.bring_up_to_date():
            say_error(str(error))

        def record(done: Done) -> None:
            book.record_event("export", wish.told(done))

        return wish.write((book.cases(), totals_in(book)), record)


def _tell(done: Done) -> None:
    """Say on standard error what was written, so that standard output stays free for pipes."""
    names = ", ".join(path.name for path in done.files)
    print(f"Export {done.export}: {done.rows} rows of {done.incidents} incidents. Written: {names}", file=sys.stderr)
    if done.withheld:
        why = "they are too few of their place and date for this profile"
        print(f"Withheld: {done.withheld} incidents, since {why}.", file=sys.stderr)


class _Failures:
    """The reports that could not be read: each is told at once."""

    def __init__(self) -> None:
        self.count = 0

    def tell(self, error: ReportError) -> None:
        """Print one line on standard error."""
        self.count += 1
        say_error(str(error))


@contextmanager
def _progress() -> Iterator[Callable[[int], None]]:
    """Show on a terminal how many incidents were taken; elsewhere nothing."""
    if not sys.stderr.isatty():
        yield lambda done: None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} incidents"), TimeElapsedColumn())
    with ExitStack() as stack:
        bar = stack.enter_context(Progress(*columns, console=Console(stderr=True), transient=True))
        task = bar.add_task("", total=None)
        yield lambda done: bar.update(task, completed=done)


__all__ = ["cases_of", "export", "totals_of"]
