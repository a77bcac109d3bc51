"""The shapes that a page can be written in."""

from __future__ import annotations

from enum import StrEnum


class Shape(StrEnum):
    """How pages are written."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
