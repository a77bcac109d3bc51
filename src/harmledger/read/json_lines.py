"""JSON lines, one report a line, and JSON files with a list of reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import orjson

from harmledger.errors import ReportError
from harmledger.model import Report
from harmledger.read.encoding import decode
from harmledger.read.options import Read, ReadOptions
from harmledger.read.records import report_of

_SHAPE = 'One report a line: {"id": …, "text": …, "published": "YYYY-MM-DD" or null, "outlet": …}.'

# Lines of an export of harmledger that hold no report: its reports are taken back, the rest is made again from them.
_NO_REPORT = (b'{"record":"incident"', b'{"record":"running_total"')


def json_lines(lines: Iterable[bytes], where: str, options: ReadOptions) -> Iterator[Read]:
    """Yield the report of each line that holds one; a line that does not is a ReportError with its number."""
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip() and not line.startswith(_NO_REPORT):
            here = f"{where}:{number}"
            yield here, _line(line, here, options)


def json_list(original: bytes, where: str, options: ReadOptions) -> Iterator[Read]:
    """Yield the reports of a JSON file that holds one report or a list of them."""
    try:
        found = orjson.loads(original.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        # Many files named .json hold one object a line.
        lines = original.splitlines()
        if len(lines) > 1 and lines[0].strip().startswith(b"{") and lines[0].strip().endswith(b"}"):
            yield from json_lines(lines, where, options)
        else:
            yield where, ReportError(f"{where}:{error.lineno}", f"is not JSON ({error.msg}).", _SHAPE)
        return
    if isinstance(found, list):
        for number, record in enumerate(found, 1):
            here = f"{where}[{number}]"
            yield here, _record(record, here, orjson.dumps(record), options)
    else:
        yield where, _record(found, where, original, options)


def _line(line: bytes, where: str, options: ReadOptions) -> Report | ReportError:
    notes: tuple[str, ...] = ()
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        try:
            line.decode("utf-8")
            return ReportError(where, f"is not JSON ({error.msg}).", _SHAPE)
        except UnicodeDecodeError:
            mended, notes = decode(line)
        try:
            record = orjson.loads(mended)
        except orjson.JSONDecodeError:
            return ReportError(where, f"is not JSON ({error.msg}).", _SHAPE)
    return _record(record, where, line, options, notes)


def _record(
    record: Any, where: str, original: bytes, options: ReadOptions, notes: tuple[str, ...] = ()
) -> Report | ReportError:
    if not isinstance(record, dict):
        return ReportError(where, "is JSON but not an object.", _SHAPE)
    try:
        report = report_of(record, where, original, options)
    except ReportError as error:
        return error
    return replace(report, notes=notes) if notes else report
