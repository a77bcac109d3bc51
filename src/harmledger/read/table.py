"""Tables (CSV, TSV): one report a row, its columns found by their headings or by a column map."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace

from harmledger.errors import ReportError
from harmledger.read.encoding import decode, refuse_binary
from harmledger.read.options import FIELDS, LONGEST_TEXT, Read, ReadOptions
from harmledger.read.records import report_of

# Headings under which people keep these fields, tried in this order, in any case.
_HEADINGS = {
    "id": ("id", "report", "report_id", "ref", "reference", "unit_id"),
    "text": ("text", "body", "content", "article", "article_content", "full_text", "notes", "description", "summary"),
    "published": ("published", "published_at", "publication_date", "date_published", "date", "article_date"),
    "outlet": ("outlet", "publisher", "newspaper", "source"),
    "address": ("address", "url", "link", "source_url"),
    "title": ("title", "headline", "article_title"),
}


def table_rows(original: bytes, where: str, options: ReadOptions) -> Iterator[Read]:
    """Yield the report of each row; the first row holds the headings."""
    try:
        refuse_binary(original, where)
        text, notes = decode(original)
        lines = io.StringIO(text, newline="")
        csv.field_size_limit(4 * LONGEST_TEXT)
        rows = csv.reader(lines, delimiter=_delimiter(text))
        places = _places(next(rows, []), where, options)
    except ReportError as error:
        yield where, error
        return
    except csv.Error as error:
        yield where, ReportError(f"{where}:1", f"is no table ({error}).", "Save it as CSV in UTF-8.")
        return
    for here, found in _reports(rows, places, where, options):
        yield here, found if isinstance(found, ReportError) else replace(found, notes=notes)


def _reports(rows: Iterator[list[str]], places: dict[str, int], where: str, options: ReadOptions) -> Iterator[Read]:
    line = 2
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield where, ReportError(f"{where}:{line}", f"breaks off ({error}).", "Is a quotation mark left open?")
            return
        here, line = f"{where}:{line}", rows.line_num + 1  # type: ignore[attr-defined]
        if not any(cell.strip() for cell in row):
            continue
        record = {
            name: row[place].strip() if name != "text" else row[place]
            for name, place in places.items()
            if place < len(row)
        }
        try:
            yield here, report_of(record, here, "\x1f".join(row).encode(), options)
        except ReportError as error:
            yield here, error


def _delimiter(text: str) -> str:
    head = text[:65_536].split("\n", 1)[0]
    return max(",;\t|", key=head.count)


def _places(headings: Sequence[str], where: str, options: ReadOptions) -> dict[str, int]:
    known = {heading.strip().casefold(): place for place, heading in reversed(list(enumerate(headings)))}
    places: dict[str, int] = {}
    for name in FIELDS:
        asked = options.columns.get(name)
        if asked is not None and asked.casefold() not in known:
            raise ReportError(f"{where}:1", f'has no column "{asked}".', f"It has: {', '.join(headings)}.")
        wanted = (asked.casefold(),) if asked is not None else _HEADINGS[name]
        found = next((known[heading] for heading in wanted if heading in known), None)
        if found is not None and found not in places.values():
            places[name] = found
    if "text" not in places:
        told = ", ".join(headings) or "none"
        raise ReportError(f"{where}:1", "has no column with the text.", f"Name it: --column text=… (columns: {told}).")
    return places
