"""Workbooks (XLSX, XLS, ODS) to rows of text, in a process of its own.

A workbook is a program's memory written down: a small one can claim a million columns, unpack to gigabytes, or break
the library that reads it. So the reading is done by a child with little memory and time. What it breaks is the child.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime, time

from harmledger.errors import ReportError

MOST_ROWS = 200_000
MOST_COLUMNS = 500
_MOST_MEMORY = 3_000_000_000
_MOST_SECONDS = 120
_MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


@dataclass(frozen=True, slots=True)
class Book:
    """The first sheet that holds anything, as rows of text; ``more`` names the other sheets that do."""

    sheet: str
    rows: list[list[str]]
    more: tuple[str, ...] = ()


def is_workbook(data: bytes) -> bool:
    """Tell whether these are the bytes of a workbook, by how they begin."""
    return data.startswith(_MAGIC)


def book_of(data: bytes, where: str) -> Book:
    """Return a workbook's first sheet; ReportError where it cannot be read within bounds."""
    import orjson

    command = [sys.executable, "-m", "harmledger.read.workbook"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=_MOST_SECONDS, check=False)
    except subprocess.TimeoutExpired:
        raise ReportError(where, "takes too long to read.", "Save the sheet as CSV in UTF-8.") from None
    if done.returncode != 0:
        raise ReportError(
            where, "is no workbook that can be read: broken, under a password, or too large.",
            "Save the sheet as CSV in UTF-8.",
        )  # fmt: skip
    told = orjson.loads(done.stdout)
    return Book(told["sheet"], told["rows"], tuple(told["more"]))


def text_of_cell(value: object) -> str:
    """Return a cell as a person would type it: whole numbers without a point, days as YYYY-MM-DD.

    >>> text_of_cell(14.0), text_of_cell(35.864), text_of_cell(date(2030, 5, 17)), text_of_cell("=1+1")
    ('14', '35.864', '2030-05-17', '=1+1')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _read(data: bytes) -> bytes:
    import io

    import orjson
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    found: list[list[str]] = []
    sheet, more = "", []
    for name in book.sheet_names:
        there = book.get_sheet_by_name(name)
        if not there.height:
            continue
        if sheet:
            more.append(name)
            continue
        sheet = name
        # From the first row that holds anything; one more than is taken in, so that the rest is missed.
        rows = there.to_python(skip_empty_area=True, nrows=MOST_ROWS + 2)
        found = [[text_of_cell(value) for value in row[:MOST_COLUMNS]] for row in rows]
    return orjson.dumps({"sheet": sheet, "rows": found, "more": more})


def _main() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, ValueError, OSError):
        # Not on every system; the limit of time stays.
        pass
    sys.stdout.buffer.write(_read(sys.stdin.buffer.read()))


if __name__ == "__main__":
    _main()
