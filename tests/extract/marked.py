"""Drafts from a text whose counts of killed stand in double square brackets: "[[two]] were killed"."""

from __future__ import annotations

import re
from datetime import date

from harmledger.counts import Count
from harmledger.extract.draft import Draft
from harmledger.extract.reading import Reading, read_through
from harmledger.model import Kind, Report, Scope

_NUMBERS = {"a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "nine": 9, "ten": 10}


def marked(text: str, published: date, scope: Scope = "incident", kind: Kind = "killed") -> tuple[Reading, list[Draft]]:
    """Return the text without its brackets, read through, and a draft for each of them."""
    spans: list[tuple[int, int]] = []
    plain = ""
    for piece in re.split(r"(\[\[.*?\]\])", text):
        words = piece[2:-2] if piece.startswith("[[") else piece
        if words != piece:
            spans.append((len(plain), len(plain) + len(words)))
        plain += words
    reading = read_through(Report("r", plain, published))
    drafts = []
    for start, end in spans:
        first, last = reading.token_at(start), reading.token_at(end - 1) + 1
        words = plain[start:end].replace(",", "")
        value = int(words) if words.isdigit() else _NUMBERS.get(words.lower())
        count = Count(value) if value is not None else Count(None, bound="vague")
        drafts.append(Draft(first, last, kind, count, scope=scope))
    return reading, drafts
