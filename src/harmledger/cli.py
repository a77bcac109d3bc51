"""The command ``harmledger``. What it needs is imported when a command runs, so that it starts at once."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from harmledger.commands.desk import desk
from harmledger.commands.export import export
from harmledger.commands.ledger import add_ledger_commands
from harmledger.commands.opening import output as _output
from harmledger.commands.tokens import app as token
from harmledger.errors import HarmledgerError, ReportError
from harmledger.gazetteer.commands import app as gazetteer
from harmledger.show.shapes import Shape

if TYPE_CHECKING:
    from harmledger.model import Report
    from harmledger.read import ReadOptions

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Turn reports on armed violence into an attributed record of harm to people.",
)

app.add_typer(gazetteer, name="gazetteer")
app.command()(export)
app.command()(desk)
app.add_typer(token, name="token")
add_ledger_commands(app)

Files = Annotated[list[str], typer.Argument(metavar="FILE…", help="Files or folders; - is standard input.")]
OptionalFiles = Annotated[list[str], typer.Argument(metavar="[FILE…]", help="Files or folders; - is standard input.")]
Published = Annotated[str, typer.Option(metavar="DATE", help="Publication date of reports that tell none.")]
Outlet = Annotated[str, typer.Option(metavar="NAME", help="Outlet of reports that tell none.")]
Input = Annotated[
    str, typer.Option(metavar="FORMAT", help="text, html, pdf, jsonl, json, csv, feed or warc; found out if not told.")
]
Columns = Annotated[list[str], typer.Option("--column", metavar="FIELD=HEADING", help="Where a table keeps a field.")]
Out = Annotated[Path | None, typer.Option(metavar="FILE", help="Write here instead of standard output.")]
Jobs = Annotated[int, typer.Option(min=0, metavar="N", help="Processes to use; 0 is one a core.")]


Item = TypeVar("Item")
Made = TypeVar("Made")
# Progress is shown for more reports than this.
_A_FEW = 5


def _version(asked: bool) -> None:
    if asked:
        from importlib.metadata import version

        typer.echo(f"harmledger {version('harmledger')}")
        raise typer.Exit


@app.callback()
def _harmledger(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None: ...


@app.command()
def claims(
    files: Files,
    out: Out = None,
    published: Published = "",
    outlet: Outlet = "",
    input_format: Input = "",
    columns: Columns = [],  # noqa: B006
    jobs: Jobs = 0,
) -> None:
    """Write every claim of harm in the reports as JSON lines."""
    from harmledger.batch import claims_of, each_report
    from harmledger.show.records import claim_records, line

    failures = Failures()
    with _output(out) as file:
        found = _reading(files, _options(published, outlet, input_format, columns))
        made = _progress(each_report(claims_of, found, jobs or None))
        for its_claims in failures.without(result for _, result in made):
            file.writelines(map(line, claim_records(its_claims)))
    failures.end()


@app.command()
def incidents(
    files: Files,
    out: Out = None,
    apart: Annotated[bool, typer.Option(help="Make each report's incidents from that report alone.")] = False,
    published: Published = "",
    outlet: Outlet = "",
    input_format: Input = "",
    columns: Columns = [],  # noqa: B006
    jobs: Jobs = 0,
) -> None:
    """Write the incidents that the reports tell of, with their tolls, as JSON lines."""
    from harmledger.batch import each_report, entries_apart, events_found
    from harmledger.match import match_events
    from harmledger.reconcile import reconcile
    from harmledger.show.records import incident_record, line

    failures = Failures()
    with _output(out) as file:
        found = _reading(files, _options(published, outlet, input_format, columns))
        if apart:
            records = _progress(each_report(entries_apart, found, jobs or None))
            for entries in failures.without(made for _, made in records):
                file.writelines(line(incident_record(entry)) for entry in entries)
        else:
            its_events = failures.without(made for _, made in _progress(each_report(events_found, found, jobs or None)))
            entries = reconcile(match_events(list(chain.from_iterable(its_events))))
            file.writelines(line(incident_record(entry)) for entry in entries)
    failures.end()


@app.command()
def read(
    files: OptionalFiles = [],  # noqa: B006
    sample: Annotated[bool, typer.Option("--sample", help="Read the invented dispatch that comes along.")] = False,
    format: Annotated[Shape, typer.Option(help="What to write.")] = Shape.table,
    explain: Annotated[bool, typer.Option(help="Say for each field what it was read from.")] = False,
    out: Out = None,
    published: Published = "",
    outlet: Outlet = "",
    input_format: Input = "",
    columns: Columns = [],  # noqa: B006
    jobs: Jobs = 0,
) -> None:
    """Show who was harmed, where, when, by whom and who says so; each number with its sentence."""
    from harmledger import last_read
    from harmledger.batch import each_report, page_of
    from harmledger.home import home
    from harmledger.show.writing import written

    failures = Failures()
    options = _options(published, outlet, input_format, columns)
    with ExitStack() as open_now:
        if sample:
            files, options = _sample(open_now)
        elif not files:
            raise ReportError("harmledger read", "was given no file.", "Name one, or try --sample.")
        last_read.remember(home(), files, options)
        made = _progress(each_report(page_of, _reading(files, options), jobs or None))
        pages = failures.without(page for _, page in made)
        colour = out is None and _colour()
        file = open_now.enter_context(_output(out))
        file.writelines(written(pages, format, explain, _width(), colour))
    failures.end()


@app.command("explain")
def explain_claim(
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="The claim's id, or how it begins.")],
    files: OptionalFiles = [],  # noqa: B006
    published: Published = "",
    outlet: Outlet = "",
    input_format: Input = "",
    columns: Columns = [],  # noqa: B006
) -> None:
    """Show one claim: its sentence with the number marked, and why each field was read as it was.

    Without files it looks in those that `harmledger read` was last given.
    """
    from harmledger import last_read
    from harmledger.batch import claims_of, each_report
    from harmledger.home import home
    from harmledger.show.terminal import explained, printed

    options = _options(published, outlet, input_format, columns)
    if not files:
        files, options = last_read.recall(home())
    failures = Failures()
    found = []
    for report, made in each_report(claims_of, _reading(files, options)):
        if isinstance(made, ReportError):
            failures.tell(made)
        elif report:
            found += [(one, report) for one in made if one.id.startswith(claim)]
    if not found:
        raise ReportError(claim, "is no claim in these reports.", "`harmledger read` shows each claim's id.")
    for one, report in found:
        sys.stdout.write(printed(explained(one, report), _width(), _colour()))
    failures.end()


@app.command("incident")
def show_incident(
    incident: Annotated[str, typer.Argument(metavar="INCIDENT", help="The incident's id, or how it begins.")],
    files: Files,
    published: Published = "",
    outlet: Outlet = "",
    input_format: Input = "",
    columns: Columns = [],  # noqa: B006
    jobs: Jobs = 0,
) -> None:
    """Show one incident of many reports: its ranges, origins, what was left out, and the reasons for each merge."""
    from harmledger.batch import each_report, events_found
    from harmledger.match import match_events
    from harmledger.reconcile import reconcile
    from harmledger.show.one_incident import incident_view
    from harmledger.show.terminal import printed

    failures = Failures()
    found = _reading(files, _options(published, outlet, input_format, columns))
    its_events = failures.without(made for _, made in _progress(each_report(events_found, found, jobs or None)))
    matched = match_events(list(chain.from_iterable(its_events)))
    asked = [one for one in matched if any(name.startswith(incident) for name in (one.id, *one.former))]
    if not asked:
        raise ReportError(incident, "is no incident of these reports.", "`harmledger incidents` writes each one's id.")
    for one, entry in zip(asked, reconcile(asked), strict=True):
        sys.stdout.write(printed(incident_view(one, entry), _width(), _colour()))
    failures.end()


class Failures:
    """The reports that could not be read: each is told at once, and the exit status remembers."""

    def __init__(self) -> None:
        self.count = 0

    def tell(self, error: ReportError) -> None:
        """Print one line on standard error."""
        from harmledger.show.safe import visible

        self.count += 1
        print(visible(str(error)), file=sys.stderr)

    def without(self, made: Iterable[Made | ReportError]) -> Iterator[Made]:
        """Yield what was made and tell what failed."""
        for item in made:
            if isinstance(item, ReportError):
                self.tell(item)
            else:
                yield item

    def end(self) -> None:
        """Leave with status 1 where anything failed."""
        if self.count:
            raise typer.Exit(1)


def _sample(open_now: ExitStack) -> tuple[list[str], ReadOptions]:
    from harmledger.read import ReadOptions
    from harmledger.samples import OUTLET, PUBLISHED, sample_file

    return [str(open_now.enter_context(sample_file()))], ReadOptions(PUBLISHED, OUTLET)


def _width() -> int:
    """Lines of more than 100 characters tire the eye."""
    return min(get_terminal_size((100, 24)).columns, 100) if sys.stdout.isatty() else 100


def _colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def _options(published: str, outlet: str, input_format: str, columns: list[str]) -> ReadOptions:
    from harmledger.dates import parse_day
    from harmledger.read import ReadOptions, columns_of, format_named

    day = parse_day(published) if published else None
    return ReadOptions(day, outlet or None, format_named(input_format), columns_of(columns))


def _reading(files: Iterable[str], options: ReadOptions) -> Iterator[Report | ReportError]:
    from harmledger.read import read_reports

    return read_reports(files, options)


def _progress(items: Iterable[Item]) -> Iterator[Item]:
    """Pass items on; from a few on, a terminal shows how many there were."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} reports"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None, visible=False)
        for count, item in enumerate(items, 1):
            progress.update(task, completed=count, visible=count > _A_FEW)
            yield item


def main() -> None:
    """Run the command; what goes wrong is one line on standard error and exit status 1."""
    from harmledger.show.safe import visible

    try:
        app()
    except HarmledgerError as error:
        print(visible(str(error)), file=sys.stderr)
        sys.exit(1)
    except BrokenPipeError:
        # Who reads our output has seen enough ("| head"). Standard output must not be flushed once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
