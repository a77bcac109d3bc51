"""What a person may say about the files before they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from harmledger.errors import ReportError
from harmledger.model import Report

Format = Literal[
    "text", "html", "pdf", "jsonl", "json", "csv", "feed", "warc", "ged", "acled", "airwars", "hxl", "incidents"
]
# Tables of incidents that were coded already; no file is taken for one unless it is said to be.
CODED: tuple[Format, ...] = ("ged", "acled", "airwars", "hxl", "incidents")
FORMATS: tuple[Format, ...] = get_args(Format)
FIELDS = ("id", "text", "published", "outlet", "address", "title")

# Where a report was found (file, and line where it has one), and what came of reading it.
Read = tuple[str, Report | ReportError]

# Some 350,000 words, the length of a very long book; a longer "report" is an archive or a broken file, and reading it
# whole would need more memory than a small machine has.
LONGEST_TEXT = 2_000_000


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """Settings of one reading.

    ``published`` and ``outlet`` stand in for what a report does not say of itself: a field of a JSON line or a table
    outranks them, a date found on a page does not. ``columns`` maps our field names to a table's column headings.
    ``format`` is found out from the name and the first bytes where it is None.
    """

    published: date | None = None
    outlet: str | None = None
    format: Format | None = None
    columns: Mapping[str, str] = field(default_factory=dict)


def format_named(told: str) -> Format | None:
    """Return the format that a person named; None where none was named, ReportError where there is no such."""
    form = next((known for known in FORMATS if known == told), None)
    if told and form is None:
        raise ReportError("--input-format", f"{told!r} is none of {', '.join(FORMATS)}.")
    return form


def columns_of(pairs: Sequence[str]) -> dict[str, str]:
    """Return the column map that ``field=heading`` pairs spell.

    >>> columns_of(["text=Body", "published=Date of news"])
    {'text': 'Body', 'published': 'Date of news'}
    """
    columns: dict[str, str] = {}
    for pair in pairs:
        name, equals, heading = pair.partition("=")
        if not equals or name.strip() not in FIELDS or not heading.strip():
            raise ReportError(
                f"--column {pair}", f"is not field=heading with a field of {', '.join(FIELDS)}.", "Try text=Body."
            )
        columns[name.strip()] = heading.strip()
    return columns
