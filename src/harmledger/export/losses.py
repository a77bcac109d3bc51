"""What a format could not carry, by column and number of rows; the note stands beside the export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

TOTALS = "running totals"


class Losses:
    """Counts what was lost while rows are made. ``rows`` counts the rows that were written.

    >>> losses = Losses({"high": "An open end has no column."})
    >>> losses.lose("high"); losses.rows = 3
    >>> print(list(losses.lines())[-1])
    high: 1 of 3 rows. An open end has no column.
    """

    def __init__(self, meanings: dict[str, str] | None = None) -> None:
        self.meanings = dict(meanings or {})
        self.lost: Counter[str] = Counter()
        self.empty: Counter[str] = Counter()
        self.left_out: Counter[str] = Counter()
        self.rows = 0
        self.totals = 0

    def lose_total(self) -> None:
        """Count a running total that the format has no place for."""
        self.totals += 1

    def lose(self, column: str) -> None:
        """Count a row in which a column says less than the record."""
        self.lost[column] += 1

    def leave_out(self, why: str) -> None:
        """Count an incident that has no row."""
        self.left_out[why] += 1

    def count_empty(self, columns: Iterable[str]) -> None:
        """Count the columns that a row leaves empty because nothing is told."""
        self.empty.update(columns)

    def lines(self) -> Iterator[str]:
        """Yield the note, one line a column."""
        for why, count in self.left_out.most_common():
            yield f"incidents without a row: {count}. {why}"
        for column in {**self.meanings, **self.lost}:
            if column == TOTALS and self.totals:
                yield f"{column}: {self.totals} not carried. {self.meanings.get(column, '')}".rstrip()
            if self.lost[column]:
                yield f"{column}: {self.lost[column]} of {self.rows} rows. {self.meanings.get(column, '')}".rstrip()

    def empty_lines(self) -> Iterator[str]:
        """Yield the columns that stand empty, with the number of rows."""
        for column, count in sorted(self.empty.items(), key=lambda pair: (-pair[1], pair[0])):
            yield f"{column}: empty in {count} of {self.rows} rows"
