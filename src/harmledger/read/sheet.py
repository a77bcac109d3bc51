"""A table as a person sees it: headings and rows of text with their numbers, whatever program wrote it.

Nothing is taken for a field here; that is for whoever maps the columns. What was mended or left out on the way stands
in ``notes``, by a name that the desk has words for.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from harmledger.errors import ReportError
from harmledger.read.encoding import decode, refuse_binary
from harmledger.read.options import LONGEST_TEXT
from harmledger.read.workbook import MOST_ROWS, book_of, is_workbook


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number as a person counts them, the headings' row included."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be known of a table: which, and what it is about."""

    name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table. ``broken`` is the number of the row at which it breaks off, 0 where it does not."""

    headings: tuple[str, ...]
    rows: Sequence[Row]
    notes: tuple[Note, ...] = ()
    broken: int = 0


def sheet_of(data: bytes, where: str) -> Sheet:
    """Return the table of a file (CSV, TSV, XLSX, XLS, ODS); ReportError where it holds none.

    >>> sheet_of(b"Day;Town\\n2030-05-01;Tell Example", "t.csv").rows[0]
    Row(number=2, cells=('2030-05-01', 'Tell Example'))
    """
    if not data.strip():
        raise ReportError(where, "is empty.", "Was the whole file saved?")
    notes: list[Note] = []
    broken = 0
    if is_workbook(data):
        book = book_of(data, where)
        rows = [Row(number, tuple(cells)) for number, cells in enumerate(book.rows, 1)]
        if book.more:
            notes.append(Note("more_sheets", ", ".join(book.more)))
    else:
        refuse_binary(data, where)
        text, told = decode(data)
        notes += [Note("encoding", each) for each in told]
        rows, broken = _rows(text)
    head = next((place for place, row in enumerate(rows) if _filled(row)), None)
    if head is None:
        raise ReportError(where, "holds no row.", "Is it the right sheet? Its first row holds the headings.")
    headings = tuple(" ".join(cell.split()) for cell in rows[head].cells)
    body = [row for row in rows[head + 1 :] if _filled(row)]
    if not body:
        raise ReportError(where, "holds headings and no row below them.", "Is it the right sheet?")
    if len(body) > MOST_ROWS:
        raise ReportError(where, f"holds more than {MOST_ROWS:,} rows.", "Split it into several files.")
    seen = [heading.casefold() for heading in headings if heading]
    twice = dict.fromkeys(heading for heading in headings if heading and seen.count(heading.casefold()) > 1)
    if twice:
        notes.append(Note("twice", ", ".join(twice)))
    if any(len(row.cells) > len(headings) and any(row.cells[len(headings) :]) for row in body):
        notes.append(Note("beyond"))
    return Sheet(headings, body, tuple(notes), broken)


def _filled(row: Row) -> bool:
    return any(cell.strip() for cell in row.cells)


def _rows(text: str) -> tuple[list[Row], int]:
    """Return the rows of a delimited text, and the row at which it breaks off."""
    csv.field_size_limit(4 * LONGEST_TEXT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    rows: list[Row] = []
    try:
        for number, cells in enumerate(reader, 1):
            rows.append(Row(number, tuple(cells)))
            if len(rows) > MOST_ROWS + 2:
                break
    except csv.Error:
        return rows, len(rows) + 1
    return rows, 0


def _delimiter(text: str) -> str:
    head = text[:65_536].lstrip("\r\n").split("\n", 1)[0]
    return max(",;\t|", key=head.count)
