"""Tables written as CSV, row by row, with their trace and their count of losses."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from harmledger.export.cells import safe_cell
from harmledger.export.files import Bundle
from harmledger.export.losses import Losses
from harmledger.export.rows import MAIN, Row, Sheet, Told, Total
from harmledger.model import Case

_TRACE = ("table", "row", "column", "figure", "incident", "claims", "because")
_BOM = b"\xef\xbb\xbf"
TOTALS = "totals"


class Table:
    """One CSV file that is being written."""

    def __init__(self, file: IO[bytes], columns: Sequence[str], bom: bool, tags: Sequence[str] = ()) -> None:
        self._file = file
        self.columns = tuple(columns)
        if bom:
            file.write(_BOM)
        self.write(columns)
        if tags:
            self._line(tags)

    def write(self, cells: Sequence[object]) -> None:
        """Write one row of cells, each made safe."""
        self._line([safe_cell(cell) for cell in cells])

    def _line(self, cells: Sequence[str]) -> None:
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerow(cells)
        self._file.write(out.getvalue().encode("utf-8", "replace"))


def write_sheet(
    sheet: Sheet, bundle: Bundle, cases: Iterable[Case], totals: Iterable[Total], losses: Losses, bom: bool = False
) -> None:
    """Write a format's tables: the main one in its place, the others and the trace beside it."""
    tables: dict[str, Table] = {}
    for name, columns in sheet.tables.items():
        place = bundle.out if name == MAIN else bundle.side_table(name)
        tables[name] = Table(bundle.open(place), columns, bom, sheet.tags.get(name, ()))
    trace = Table(bundle.open(bundle.beside(".trace.csv")), _TRACE, bom)
    for row in _rows(sheet, cases, totals, losses):
        table = tables[row.table]
        table.write([_plain(row.cells.get(column)) for column in table.columns])
        if row.table == MAIN:
            losses.rows += 1
            losses.count_empty(column for column in table.columns if row.cells.get(column) is None)
        for column, cell in row.cells.items():
            if isinstance(cell, Told):
                claims = "; ".join(cell.claims)
                trace.write([row.table or "main", row.id, column, cell.value, row.incident, claims, cell.because])


def _rows(sheet: Sheet, cases: Iterable[Case], totals: Iterable[Total], losses: Losses) -> Iterator[Row]:
    for case in cases:
        yield from sheet.rows(case, losses)
    for total in totals:
        row = sheet.total_row(total)
        if row is None:
            losses.lose_total()
        else:
            yield row


def _plain(cell: object) -> object:
    return cell.value if isinstance(cell, Told) else cell
