"""``harmledger add``, ``report``, ``history``, ``search``: reports into the ledger, and found again."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from harmledger.commands.opening import By, Jobs, Where, count, opened, progress, say, say_error
from harmledger.errors import LedgerError, ReportError

if TYPE_CHECKING:
    from harmledger.ledger import Ledger, Line
    from harmledger.ledger.asked import Search

# More new reports than this are counted, not named.
_A_FEW = 10


def add(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE…", help="Files, folders, saved feeds, web archives; - is standard input."),
    ],
    ledger: Where = "",
    by: By = "",
    later: Annotated[
        bool, typer.Option("--later", help="Only take the reports in; read them when they are asked for.")
    ] = False,
    published: Annotated[str, typer.Option(metavar="DATE", help="Publication date of reports that tell none.")] = "",
    outlet: Annotated[str, typer.Option(metavar="NAME", help="Outlet of reports that tell none.")] = "",
    input_format: Annotated[
        str, typer.Option(metavar="FORMAT", help="What the files are; found out if not told.")
    ] = "",
    columns: Annotated[
        list[str], typer.Option("--column", metavar="FIELD=HEADING", help="Where a table keeps a field.")
    ] = [],  # noqa: B006
    jobs: Jobs = 0,
) -> None:
    """Take reports into the ledger, their originals untouched; the same report again is taken once."""
    from harmledger.dates import parse_day
    from harmledger.read import ReadOptions, columns_of, format_named

    day = parse_day(published) if published else None
    options = ReadOptions(day, outlet or None, format_named(input_format), columns_of(columns))
    with opened(ledger, by) as book:
        failed = _take(book, files, options)
        if not later:
            with progress("Reading") as shown:
                errors = book.bring_up_to_date(jobs or None, shown)
            for error in errors:
                say_error(str(error))
            failed += len(errors)
            _tell_state(book)
    if failed:
        raise typer.Exit(1)


def _take(book: Ledger, files: list[str], options: object) -> int:
    from harmledger.read import ReadOptions

    assert isinstance(options, ReadOptions)
    new: list[tuple[str, int]] = []
    known = failed = 0
    try:
        with progress("Taking in") as shown:
            for item in book.add_files(files, options):
                if isinstance(item, ReportError):
                    say_error(str(item))
                    failed += 1
                elif item.new:
                    new.append((item.report.id, item.number))
                    if len(new) <= _A_FEW:
                        say(f"line {item.number}: {item.report.id}")
                else:
                    known += 1
                shown(len(new) + known + failed, 0)
    finally:
        # What was taken in is on record even where the rest was stopped.
        if new:
            names = [PurePath(file).name or file for file in files]
            details = {"files": names, "new": len(new), "known": known, "failed": failed}
            book.record_event("import", {**details, "first": new[0][1], "last": new[-1][1]})
    if len(new) > _A_FEW:
        say(f"… and {len(new) - _A_FEW:,} more, to line {new[-1][1]:,}")
    told = [f"{count(len(new), 'report')} taken in"]
    told += [f"{known:,} there already"] if known else []
    told += [f"{failed:,} could not be read"] if failed else []
    say(", ".join(told) + ".")
    return failed


def _tell_state(book: Ledger) -> None:
    state = book.state()
    if not state.same_engine:
        say(
            f"{count(state.waiting, 'report')} wait: what is there was read by a former engine ({state.engine}). "
            "`harmledger rebuild` shows what this one changes."
        )


def report(
    name: Annotated[str, typer.Argument(metavar="REPORT", help="The report's id.")],
    ledger: Where = "",
    by: By = "",
    text: Annotated[bool, typer.Option("--text", help="Show its text too.")] = False,
    original: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the untouched bytes that it came as into a new file.")
    ] = None,
) -> None:
    """Show where a report comes from, who took it in and when, and what was read in it."""
    from harmledger.show.words import claim_words

    with opened(ledger, by) as book:
        line = book.report_line(name)
        told = line.told
        say(f"{told['id']}: line {line.number}, taken in {line.at} by {line.by}")
        for field in ("title", "outlet", "published", "address", "file"):
            if told[field]:
                say(f"  {field}: {told[field]}")
        say(f"  original: SHA-256 {told['original']}")
        for note in told["notes"]:
            say(f"  cleaned: {note}")
        if original is not None:
            _write_new(original, book.original(name))
        if text:
            for row in told["text"].splitlines():
                say(row)
            return
        for claim in book.claims(name):
            say(f"  {claim.id[:8]}  {claim_words(claim, told['text'])}")


def _write_new(file: Path, data: bytes) -> None:
    try:
        with file.open("xb") as out:
            out.write(data)
    except FileExistsError as error:
        raise LedgerError(f"{file}: is there already, and is not overwritten. Name another file.") from error
    except OSError as error:
        raise LedgerError(f"{file}: could not be written ({error.strerror}).") from error


def history(
    name: Annotated[str, typer.Argument(metavar="ID", help="A report, claim, incident or judgement.")],
    ledger: Where = "",
) -> None:
    """Show all that was done with a report, claim or incident, and who did it when."""
    from harmledger.ledger.naming import full_name

    with opened(ledger) as book:
        found = book.history(name)
        if not found:
            with book.store.reading() as connection:
                found = book.history(full_name(connection, name))
        if not found:
            say(f"Nothing was done with {name}.")
        for line in found:
            say(told_line(line))


def told_line(line: Line) -> str:
    """Return a line of the ledger for a person."""
    body = line.told
    if line.body is None:
        what = "deleted since"
    elif line.kind == "judgement":
        parts = [body["verb"].replace("_", " "), body["subject"], body["other"], body["field"], body["value"]]
        what = " ".join(part for part in parts if part) + (f": {body['reason']}" if body["reason"] else "")
    elif line.kind == "judgements":
        what = f"{len(body['judgements'])} judgements from {body['source']}"
    elif line.kind == "report":
        what = body["id"]
    else:
        what = ", ".join(f"{key} {value}" for key, value in body.items() if key not in ("salt", "token") and value)
    return f"{line.number:>6}  {line.at[:19].replace('T', ' ')}  {line.by}  {line.kind}: {what}"


def search(
    words: Annotated[
        list[str], typer.Argument(metavar="[WORD…]", help='All must stand there; "side by side", begin*.')
    ] = [],  # noqa: B006
    ledger: Where = "",
    place: Annotated[str, typer.Option(metavar="NAME", help="Words of the place of harm.")] = "",
    since: Annotated[str, typer.Option(metavar="DATE", help="Harm on this day or later.")] = "",
    until: Annotated[str, typer.Option(metavar="DATE", help="Harm on this day or earlier.")] = "",
    actor: Annotated[str, typer.Option(metavar="NAME", help="Who is blamed.")] = "",
    kind: Annotated[str, typer.Option(metavar="KIND", help="killed, injured, detained, …")] = "",
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="Show at most so many reports.")] = 20,
) -> None:
    """Find reports by their words, and by place, day, actor and kind of what they tell."""
    from harmledger.show.words import claim_words

    query = _query(" ".join(words), place, (since, until), actor, kind)
    with opened(ledger) as book:
        hits = book.search(query, limit)
        for hit in hits:
            line = book.report_line(hit.report)
            told = line.told
            about = " · ".join(filter(None, [told["outlet"], told["published"], told["title"]]))
            say(f"{hit.report}  {about}")
            for claim in hit.claims:
                say(f"  {claim.id[:8]}  {claim_words(claim, told['text'])}")
        say(
            f"{count(len(hits), 'report')}."
            if len(hits) < limit
            else f"The latest {limit:,} reports; --limit shows more."
        )


def _query(words: str, place: str, days: tuple[str, str], actor: str, kind: str) -> Search:
    from harmledger.dates import parse_day
    from harmledger.ledger.asked import Search
    from harmledger.model import Kind

    known = next((each for each in get_args(Kind) if each == kind), None)
    if kind and known is None:
        raise LedgerError(f"--kind {kind}: is none of {', '.join(get_args(Kind))}.")
    since, until = (parse_day(day) if day else None for day in days)
    return Search(words, place, since, until, actor, known)
