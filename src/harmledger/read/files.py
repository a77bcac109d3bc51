"""Files, folders and standard input, read one after the other; a failure is handed on and the next one read."""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from harmledger.dates import parse_day
from harmledger.errors import ReportError
from harmledger.model import Report
from harmledger.read.coded import coded_reports
from harmledger.read.feed import feed_entries
from harmledger.read.html import page_of
from harmledger.read.json_lines import json_lines, json_list
from harmledger.read.options import CODED, LONGEST_TEXT, Format, Read, ReadOptions
from harmledger.read.pdf import pdf_text
from harmledger.read.records import check_length
from harmledger.read.sniff import by_bytes, by_name
from harmledger.read.table import table_rows
from harmledger.read.text import text_of
from harmledger.read.warc import warc_pages

STDIN = "-"
_WANTED = "It wants .txt, .html, .pdf, .jsonl, .json, .csv, .rss, .atom or .warc."
# No encoding needs more than four bytes a character; a page has its markup besides.
_BYTES_A_CHARACTER = {"text": 4, "html": 16, "feed": 16}


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes that a report was read from, as they came, and where they stood: a file, or a line of one.

    Of a table, a feed or a JSON list it is the whole file, which several reports then share.
    """

    where: str
    data: bytes


@dataclass(slots=True)
class _Kept:
    """What was read last, while reports are made of it."""

    data: bytes = b""

    def hold(self, data: bytes) -> None:
        """Remember what is read next."""
        self.data = data

    def each(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Pass lines on, remembering the one that is being read."""
        for line in lines:
            self.data = line
            yield line


@dataclass(frozen=True, slots=True)
class _Source:
    """One file to read: where it is, what messages call it, and the id of its report where it holds one only."""

    path: Path | None
    where: str
    name: str


def read_reports(paths: Iterable[str | Path], options: ReadOptions | None = None) -> Iterator[Report | ReportError]:
    """Yield a Report, or the ReportError that says why there is none, for each report in the files.

    A folder is walked in the order of its names, ``-`` is standard input. No two reports have the same id: a file's
    report is called by its name, or by its path where the name was taken; a second record with a taken id fails.
    """
    for found in read_originals(paths, options):
        yield found if isinstance(found, ReportError) else found[0]


def read_originals(
    paths: Iterable[str | Path], options: ReadOptions | None = None
) -> Iterator[tuple[Report, Original] | ReportError]:
    """Yield what ``read_reports`` yields, each report with the untouched bytes that it was read from."""
    options = options or ReadOptions()
    taken: dict[str, str] = {}
    for path in paths:
        for source in _sources(str(path)):
            if isinstance(source, ReportError):
                yield source
                continue
            kept = _Kept()
            for where, found in _guarded(source, options, kept):
                named = found if isinstance(found, ReportError) else _named(found, where, source, taken)
                yield named if isinstance(named, ReportError) else (named, Original(where, kept.data))


def read_report(path: str | Path, published: date | str | None = None, outlet: str | None = None) -> Report:
    """Return the one report of a file; ReportError where it cannot be read or holds several.

    ``published`` and ``outlet`` stand in for what the file does not tell, as in ReadOptions.

    >>> read_report("missing.txt")
    Traceback (most recent call last):
    harmledger.errors.ReportError: missing.txt: is not there. Is the name right?
    """
    day = parse_day(published) if isinstance(published, str) else published
    found = read_reports([path], ReadOptions(day, outlet))
    first = next(found, None)
    if first is None:
        raise ReportError(str(path), "holds no report.")
    if isinstance(first, ReportError):
        raise first
    if next(found, None) is not None:
        raise ReportError(str(path), "holds more than one report.", "Read it with read_reports.")
    return first


def _sources(given: str) -> Iterator[_Source | ReportError]:
    if given == STDIN:
        yield _Source(None, "standard input", "stdin")
        return
    path = Path(given)
    if not path.is_dir():
        yield _Source(path, given, path.name)
        return
    known = [p for p in sorted(path.rglob("*")) if p.is_file() and by_name(p.name) and not _hidden(p, path)]
    if not known:
        yield ReportError(given, "is a folder without reports.", _WANTED)
    for inner in known:
        yield _Source(inner, str(inner), inner.relative_to(path).as_posix())


def _hidden(path: Path, root: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(root).parts)


def _guarded(source: _Source, options: ReadOptions, kept: _Kept) -> Iterator[Read]:
    where = source.where
    try:
        yield from _reports(source, options, kept)
    except ReportError as error:
        yield where, error
    except FileNotFoundError:
        yield where, ReportError(where, "is not there.", "Is the name right?")
    except PermissionError:
        yield where, ReportError(where, "may not be read.", "Change its permissions.")
    except OSError as error:
        yield where, ReportError(where, f"could not be read ({error.strerror}).")


def _reports(source: _Source, options: ReadOptions, kept: _Kept) -> Iterator[Read]:
    form = options.format or _form(source)
    if form == "jsonl" and source.path:
        with source.path.open("rb") as lines:
            yield from json_lines(kept.each(lines), source.where, options)
        return
    if form == "warc":
        yield from _archive(source, options, kept)
        return
    original = _bytes(source, _BYTES_A_CHARACTER.get(form or ""))
    if not original.strip():
        raise ReportError(source.where, "is empty.", "Was the whole file saved?")
    kept.data = original
    form = form or by_bytes(original)
    if form == "jsonl":
        yield from json_lines(kept.each(original.splitlines(keepends=True)), source.where, options)
    elif form == "json":
        yield from json_list(original, source.where, options)
    elif form == "csv":
        yield from table_rows(original, source.where, options)
    elif form == "feed":
        yield from feed_entries(original, source.where, options)
    elif form == "warc":
        yield from warc_pages(io.BytesIO(original), source.where, options, kept.hold)
    elif form in CODED:
        yield from coded_reports(original, form, source.where, options)
    else:
        yield source.where, _single(form, original, source, options)


def _archive(source: _Source, options: ReadOptions, kept: _Kept) -> Iterator[Read]:
    """Read a web archive page by page: it may be larger than the memory."""
    with source.path.open("rb") if source.path else io.BytesIO(sys.stdin.buffer.read()) as stream:
        yield from warc_pages(stream, source.where, options, kept.hold)


def _form(source: _Source) -> Format | None:
    """Return the format that a file's name tells, or else its first bytes; None for a stream, which is read whole."""
    if source.path is None:
        return None
    named = by_name(source.name)
    if named:
        return named
    with source.path.open("rb") as file:
        return by_bytes(file.read(4096))


def _bytes(source: _Source, each: int | None) -> bytes:
    if source.path is None:
        return sys.stdin.buffer.read()
    size = source.path.stat().st_size
    if each and size > each * LONGEST_TEXT:
        raise ReportError(
            source.where,
            f"has {size:,} bytes, more than a report holds.",
            "Split it into its reports, one a file or one a JSON line.",
        )
    return source.path.read_bytes()


def _single(form: str, original: bytes, source: _Source, options: ReadOptions) -> Report:
    digest = hashlib.sha256(original).hexdigest()
    report = Report(source.name, "", options.published, options.outlet, sha256=digest)
    if form == "html":
        page = page_of(original, source.where)
        report = replace(
            report,
            text=page.text,
            published=options.published or page.published,
            outlet=options.outlet or page.outlet,
            address=page.address,
            title=page.title,
            notes=page.notes,
        )
    else:
        text, notes = (pdf_text if form == "pdf" else text_of)(original, source.where)
        report = replace(report, text=text, notes=notes)
    check_length(report.text, source.where)
    return report


def _named(report: Report, where: str, source: _Source, taken: dict[str, str]) -> Report | ReportError:
    """Keep ids apart: a file gives way by taking its path for its name, a record with a taken id is refused."""
    if report.id in taken and report.id == source.name:
        report = replace(report, id=source.where)
    if report.id in taken:
        return ReportError(where, f'has the id "{report.id}", as {taken[report.id]} has.', "Give it its own.")
    taken[report.id] = where
    return report
