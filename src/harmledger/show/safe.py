"""Text from reports made harmless for a terminal or a spreadsheet; what it hides is shown, never obeyed."""

from __future__ import annotations

import re

# Control characters (terminal escapes among them), marks that turn the direction of text around, and marks without
# width: each is shown by its number. Line ends inside a quoted sentence become spaces first.
_HIDDEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_SPACE = re.compile(r"[ \t\r\n\x0b\x0c\x85\u2028\u2029]+")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def visible(text: str) -> str:
    """Return one line with every hidden or controlling character spelt out.

    >>> visible("14\\u202e killed\\x1b[2J")
    '14<U+202E> killed<U+001B>[2J'
    """
    return _HIDDEN.sub(lambda match: f"<U+{ord(match.group()):04X}>", _SPACE.sub(" ", text))


def cell(value: object) -> str:
    """Return a spreadsheet cell that no program takes for a formula.

    >>> cell("=HYPERLINK(1)"), cell(-3), cell(None)
    ("'=HYPERLINK(1)", '-3', '')
    """
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return str(value)
