"""Page chrome in copied text: lines of embed ids, buttons and notices are blanked, so that every offset stays."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Any

# No line of chrome is longer; a longer line is never tried, which keeps the time linear.
_LONGEST = 300


@cache
def chrome_entries() -> list[dict[str, Any]]:
    """Return the reviewed kinds of chrome lines, each with its pattern and an example."""
    source = resources.files(__package__) / "chrome.toml"
    entries: list[dict[str, Any]] = tomllib.loads(source.read_text(encoding="utf-8"))["entry"]
    return entries


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{entry['pattern']})" for entry in chrome_entries()), re.IGNORECASE)


def is_chrome(line: str) -> bool:
    """Tell whether a whole line belongs to the page and not to the report.

    >>> is_chrome("4410020030001 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"), is_chrome("14 killed")
    (True, False)
    """
    stripped = line.strip()
    return 0 < len(stripped) <= _LONGEST and _pattern().fullmatch(stripped) is not None


def blank_chrome(text: str) -> tuple[str, tuple[str, ...]]:
    """Put spaces for each line of chrome; a note says how many."""
    lines = text.split("\n")
    found = [index for index, line in enumerate(lines) if is_chrome(line)]
    if not found:
        return text, ()
    for index in found:
        lines[index] = " " * len(lines[index])
    return "\n".join(lines), (f"Page chrome was left out (read as spaces): {len(found)} line{'s' * (len(found) > 1)}.",)


def without_chrome(text: str) -> str:
    """Return the text with the lines of chrome taken out; for text that has no offsets yet."""
    return "\n".join(line for line in text.split("\n") if not is_chrome(line))
