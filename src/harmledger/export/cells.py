"""Cells that no program takes for anything but what they say.

A text that a spreadsheet would run as a formula gets an apostrophe before it; control characters and marks that turn
the direction of text are spelt out; texts that a spreadsheet would turn into a date or drop zeros of ("3-4", "1/2",
"007", "2E5") get an apostrophe too. Reading back takes the apostrophe off. Numbers and ISO dates go as they are.
"""

from __future__ import annotations

import re
from datetime import date

from harmledger.show.safe import visible

# An apostrophe of its own is doubled, so that taking one off gives back what stood.
_FORMULA = re.compile(r"[=+\-@\t\r'＝＋－＠]")
_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_TURNED = re.compile(
    rf"\d{{1,4}}\s*[-/.:]\s*\d{{1,4}}(?:\s*[-/.:]\s*\d{{1,4}})?|0\d+|\d+(?:\.\d+)?[eE][+-]?\d+|\d{{16,}}"
    rf"|\d{{1,2}}[ -]?(?:{_MONTH})[a-z]*(?:[ -]?\d{{2,4}})?|(?:{_MONTH})[a-z]*[ -]?\d{{1,4}}",
    re.IGNORECASE,
)


def safe_cell(value: object) -> str:
    """Return a cell's text.

    >>> safe_cell("=HYPERLINK(1)"), safe_cell("3-4"), safe_cell(-3), safe_cell(None), safe_cell(date(2030, 5, 1))
    ("'=HYPERLINK(1)", "'3-4", '-3', '', '2030-05-01')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.6f}".rstrip("0").rstrip(".")
    if isinstance(value, (int, date)):
        return str(value)
    text = visible(str(value)).strip()
    if _FORMULA.match(text) or _TURNED.fullmatch(text):
        return f"'{text}"
    return text


def plain_cell(text: str) -> str:
    """Return what a cell held before it was made safe.

    >>> plain_cell("'=HYPERLINK(1)"), plain_cell("Tell Example")
    ('=HYPERLINK(1)', 'Tell Example')
    """
    return text[1:] if text.startswith("'") else text
