"""One record of a JSON lines file or a table becomes a Report; its own fields outrank the options."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from harmledger.dates import parse_day
from harmledger.errors import DateError, ReportError
from harmledger.model import Report
from harmledger.read.options import LONGEST_TEXT, ReadOptions


def report_of(record: Mapping[str, Any], where: str, original: bytes, options: ReadOptions) -> Report:
    """Return the report that a record holds; ReportError says which of its fields is wrong.

    The text is kept as it stands, whatever characters it holds: its offsets are the sender's too.
    """
    text = record.get("text")
    if text is None:
        raise ReportError(where, 'has no "text".', 'Each record needs {"id": …, "text": …}.')
    if not isinstance(text, str):
        raise ReportError(where, f'"text" is {_told(text)}, not a string.', "Put the report's plain text there.")
    if not text.strip():
        raise ReportError(where, '"text" is empty.', "Put the report's plain text there.")
    check_length(text, where)
    return Report(
        id=_identity(record.get("id"), where),
        text=text,
        published=_published(record.get("published"), where) or options.published,
        outlet=_words(record, "outlet", where) or options.outlet,
        address=_words(record, "address", where) or _words(record, "url", where),
        title=_words(record, "title", where),
        sha256=hashlib.sha256(original).hexdigest(),
    )


def check_length(text: str, where: str) -> None:
    """Raise ReportError where a text is longer than any report."""
    if len(text) > LONGEST_TEXT:
        raise ReportError(
            where,
            f"has {len(text):,} characters, more than a report holds ({LONGEST_TEXT:,}).",
            "Split it into its reports, one a file or one a JSON line.",
        )


def _identity(value: Any, where: str) -> str:
    if value is None or value == "":
        return where.rpartition("/")[2]
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return str(value)
    raise ReportError(where, f'"id" is {_told(value)}.', "Give a string or a number.")


def _published(value: Any, where: str) -> date | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise ReportError(where, f'"published" is {_told(value)}.', 'Write "YYYY-MM-DD", or null.')
    try:
        return parse_day(value)
    except DateError as error:
        raise ReportError(where, f'"published": {error}') from error


def _words(record: Mapping[str, Any], name: str, where: str) -> str | None:
    value = record.get(name)
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    raise ReportError(where, f'"{name}" is {_told(value)}.', "Write a string, or null.")


def _told(value: Any) -> str:
    names = {dict: "an object", list: "a list", bool: "true or false", int: "a number", float: "a number"}
    return names.get(type(value), type(value).__name__)
