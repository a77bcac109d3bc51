"""Pages in the shape that was asked for, piece by piece as they are ready."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import orjson

from harmledger.show.page import Page, page_record, page_rows
from harmledger.show.records import csv_text, line
from harmledger.show.shapes import Shape


def written(pages: Iterable[Page], shape: Shape, explain: bool, width: int, colour: bool) -> Iterator[bytes]:
    """Yield the pages as bytes: for people, as one JSON list, as JSON lines, or as one row a claim."""
    if shape is Shape.table:
        from harmledger.show.terminal import page_view, printed

        for page in pages:
            yield printed(page_view(page, explain), width, colour).encode()
    elif shape is Shape.jsonl:
        for page in pages:
            yield line(page_record(page))
    elif shape is Shape.json:
        yield orjson.dumps([page_record(page) for page in pages], option=orjson.OPT_INDENT_2) + b"\n"
    else:
        headed = False
        for page in pages:
            table = csv_text(page_rows(page))
            yield (table.split("\n", 1)[1] if headed and table else table).encode()
            headed = headed or bool(table)
