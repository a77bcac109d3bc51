"""Long lists a piece at a time, for programs: each piece leads to the next by what its last row is sorted by.

A page number would skip or repeat rows when others come in between; the place of the last row does not.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

from harmledger.desk.shelf import Shelf
from harmledger.errors import QueryError

MOST, USUAL = 200, 50
_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Slice:
    """A piece of a list. ``next`` asks for the piece after it, "" where there is none."""

    rows: Sequence[Any]
    next: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What a table of the shelf is sorted by, and then by id; rows without a value come last."""

    column: str
    down: bool = False


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which piece: after which cursor, and how long at most."""

    cursor: str = ""
    limit: int = USUAL


def cursor_of(*place: str | int | float | None) -> str:
    """Return a cursor that holds a place in a list.

    >>> place_in(cursor_of("day_from", "2030-05-01", "a1"), 3)
    ['day_from', '2030-05-01', 'a1']
    """
    return base64.urlsafe_b64encode(json.dumps(place).encode()).decode().rstrip("=")


def place_in(cursor: str, parts: int) -> list[Any]:
    """Return the place that a cursor holds; QueryError for one that no answer gave."""
    wrong = QueryError("cursor: is none that an answer gave. Take it as it stands in `next`.")
    try:
        if len(cursor) > _LONGEST:
            raise wrong
        held = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        place = json.loads(held.decode())
    except (binascii.Error, ValueError, RecursionError):
        raise wrong from None
    if not isinstance(place, list) or len(place) != parts or not all(map(_plain, place)):
        raise wrong
    return place


def number_in(cursor: str) -> int:
    """Return the number that a cursor holds."""
    (number,) = place_in(cursor, 1)
    if not isinstance(number, int):
        raise QueryError("cursor: is none that an answer gave. Take it as it stands in `next`.")
    return number


def _plain(part: object) -> bool:
    if isinstance(part, bool):
        return False
    if isinstance(part, int):
        return abs(part) < 2**53
    if isinstance(part, str):
        return part.isprintable()
    return part is None or (isinstance(part, float) and isfinite(part))


def slice_of(shelf: Shelf, table: str, asked: tuple[str, list[object]], order: Order, wanted: Wanted) -> Slice:
    """Return a piece of the rows that a condition finds; ``table`` and the order are names of our own."""
    where, values = asked
    column, direction, beyond = order.column, *(("DESC", "<") if order.down else ("ASC", ">"))
    told, more = "1", list[object]()
    if wanted.cursor:
        by, value, name = place_in(wanted.cursor, 3)
        if by != _named(order) or not isinstance(name, str):
            raise QueryError("cursor: belongs to another order. Ask for the first piece anew.")
        if value is None:
            told, more = f"{column} IS NULL AND id > ?", [name]
        else:
            told = f"({column} {beyond} ? OR ({column} = ? AND id > ?) OR {column} IS NULL)"
            more = [value, value, name]
    rows = shelf.rows(
        f"SELECT * FROM {table} WHERE {where} AND {told} ORDER BY {column} IS NULL, {column} {direction}, id LIMIT ?",
        [*values, *more, wanted.limit + 1],
    )
    if len(rows) <= wanted.limit:
        return Slice(rows)
    last = rows[wanted.limit - 1]
    return Slice(rows[: wanted.limit], cursor_of(_named(order), last[column], last["id"]))


def _named(order: Order) -> str:
    return f"-{order.column}" if order.down else order.column
