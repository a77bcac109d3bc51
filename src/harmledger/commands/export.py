"""``harmledger export``: the record handed on, from the ledger or straight from report files."""

from __future__ import annotations

import getpass
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from harmledger.errors import ExportError, ReportError

if TYPE_CHECKING:
    from harmledger.export import Done, Total
    from harmledger.export.redaction import Profile
    from harmledger.model import Case, Claim, Entry, Event, Incident, Report
    from harmledger.query import Query

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
By = Annotated[str, typer.Option(metavar="NAME", help="Who exports, for the ledger; your login name if not told.")]
Bom = Annotated[bool, typer.Option("--bom", help="Begin CSV files with the mark by which Excel knows UTF-8.")]
Title = Annotated[str, typer.Option(metavar="TEXT", help="Title of a report for people (html, pdf).")]
Published = Annotated[str, typer.Option(metavar="DATE", help="Publication date of reports that tell none.")]
Outlet = Annotated[str, typer.Option(metavar="NAME", help="Outlet of reports that tell none.")]
Input = Annotated[str, typer.Option(metavar="FORMAT", help="What the reports are in; found out if not told.")]
Jobs = Annotated[int, typer.Option(min=0, metavar="N", help="Processes to use; 0 is one a core.")]


def export(
    format: Format,
    out: Out,
    files: Files = [],  # noqa: B006
    query: Asked = "",
    profile: Profiled = "full",
    by: By = "",
    bom: Bom = False,
    title: Title = "",
    published: Published = "",
    outlet: Outlet = "",
    input_format: Input = "",
    jobs: Jobs = 0,
) -> None:
    """Hand the record on in a format of the field, with a note of what the format cannot carry."""
    from harmledger.export import FORMATS
    from harmledger.export.redaction import read_profile
    from harmledger.query import Query

    if format not in FORMATS:
        told = "; ".join(f"{name} ({what})" for name, what in FORMATS.items())
        raise ExportError(f"{format!r} is no format. Formats: {told}.")
    asked, shown = Query.parse(query), read_profile(profile)
    person = by or _login()
    wish = _Wish(format, out, asked, shown, person, bom, title)
    if files:
        failures, options = _Failures(), _options(published, outlet, input_format)
        done = wish.write(_from_files(files, options, jobs, failures))
        _tell(done)
        if failures.count:
            raise typer.Exit(1)
    else:
        _tell(_from_ledger(wish))


class _Wish:
    """What was typed, ready to be written from one place or the other."""

    def __init__(self, format: str, out: Path, query: Query, profile: Profile, by: str, bom: bool, title: str) -> None:
        self.format, self.out, self.query, self.profile = format, out, query, profile
        self.by, self.bom, self.title = by, bom, title

    def write(self, found: Found) -> Done:
        """Write the export."""
        from harmledger.export import Plan, export_cases
        from harmledger.home import home

        with _progress() as progress:
            plan = Plan(
                self.format, self.out, self.query, self.profile, self.by, int(time.time()), self.bom, home(),
                self.title, progress,
            )  # fmt: skip
            return export_cases(*found, plan)


def _from_files(files: list[str], options: object, jobs: int, failures: _Failures) -> Found:
    """Return the incidents and the running totals of report files, put together as ``harmledger incidents`` does."""
    from harmledger.batch import each_report
    from harmledger.match import match_events
    from harmledger.read import read_reports
    from harmledger.reconcile import reconcile

    reports: dict[str, Report] = {}
    events: list[Event] = []
    loose: list[Claim] = []
    for report, made in each_report(told_of, read_reports(files, options), jobs or None):  # type: ignore[arg-type]
        if isinstance(made, ReportError):
            failures.tell(made)
        elif report is not None:
            reports[report.id] = report
            events += made[0]
            loose += made[1]
    incidents = match_events(events)
    return cases_of(incidents, reconcile(incidents), reports), totals_of(loose, reports)


def told_of(report: Report) -> tuple[list[Event], list[Claim]]:
    """Return the events that a report tells of, and its running totals."""
    from harmledger.batch import claims_of
    from harmledger.match import events_of

    claims = claims_of(report)
    return events_of(report, claims), [claim for claim in claims if claim.scope == "cumulative"]


def cases_of(incidents: Iterable[Incident], entries: Iterable[Entry], reports: dict[str, Report]) -> Iterator[Case]:
    """Yield each incident with its entry and its reports."""
    from harmledger.model import Case

    for incident, entry in zip(incidents, entries, strict=True):
        yield Case(incident, entry, tuple(reports[name] for name in incident.reports if name in reports))


def totals_of(claims: Iterable[Claim], reports: dict[str, Report]) -> Iterator[Total]:
    """Yield each running total with its report."""
    from harmledger.export import Total

    return (Total(claim, reports[claim.report]) for claim in claims)


def _from_ledger(wish: _Wish) -> Done:
    raise ExportError("harmledger export: was given no file. Name the reports to export from.")


def _tell(done: Done) -> None:
    """Say on standard error what was written, so that standard output stays free for pipes."""
    names = ", ".join(path.name for path in done.files)
    print(f"Export {done.export}: {done.rows} rows of {done.incidents} incidents. Written: {names}", file=sys.stderr)


class _Failures:
    """The reports that could not be read: each is told at once."""

    def __init__(self) -> None:
        self.count = 0

    def tell(self, error: ReportError) -> None:
        """Print one line on standard error."""
        from harmledger.show.safe import visible

        self.count += 1
        print(visible(str(error)), file=sys.stderr)


def _options(published: str, outlet: str, input_format: str) -> object:
    from harmledger.dates import parse_day
    from harmledger.read import FORMATS, ReadOptions

    form = next((known for known in FORMATS if known == input_format), None)
    if input_format and form is None:
        raise ReportError("--input-format", f"{input_format!r} is none of {', '.join(FORMATS)}.")
    return ReadOptions(parse_day(published) if published else None, outlet or None, form)


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


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


__all__ = ["cases_of", "export", "told_of", "totals_of"]
