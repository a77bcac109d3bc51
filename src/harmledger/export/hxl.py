"""HXL: a table for people with a row of hashtags under its headings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harmledger.export.figures import Figure, figure
from harmledger.export.flat import facts, total_facts
from harmledger.export.losses import Losses
from harmledger.export.rows import MAIN, Making, Row, Told, Total, high, low
from harmledger.export.sheets import TOTALS
from harmledger.model import Case
from harmledger.standards import standard


class Hxl:
    """Makes HXL rows by the columns of standards/hxl.toml."""

    def __init__(self, making: Making) -> None:
        rules = standard("hxl")
        self.columns = rules["column"]
        self.totals = rules["total"]
        self.tables: Mapping[str, tuple[str, ...]] = {
            MAIN: tuple(column["name"] for column in self.columns),
            TOTALS: tuple(column["name"] for column in self.totals),
        }
        self.tags: Mapping[str, tuple[str, ...]] = {
            MAIN: tuple(column["tag"] for column in self.columns),
            TOTALS: tuple(column["tag"] for column in self.totals),
        }
        self.meanings: dict[str, str] = dict(rules["losses"])

    def rows(self, case: Case, losses: Losses) -> Iterator[Row]:
        """Yield the one row of an incident."""
        known, cells = facts(case), dict[str, object]()
        open_end = False
        for column in self.columns:
            if "harm" in column:
                kind, group, end = column["harm"]
                found = figure(case, kind, group)
                cells[column["name"]] = _end(found, end)
                open_end = open_end or (found is not None and found.high is None)
            else:
                cells[column["name"]] = known[column["field"]]
        losses.lose("because")
        if open_end:
            losses.lose("killed, highest")
        if figure(case, "casualties") is not None:
            losses.lose("casualties")
        yield Row(case.entry.incident, case.entry.incident, cells)

    def total_row(self, total: Total) -> Row | None:
        """Return the row of a running total, in the table of totals."""
        known = total_facts(total)
        cells = {column["name"]: known[column["field"]] for column in self.totals}
        return Row(total.claim.id, "", cells, TOTALS)


def _end(found: Figure | None, end: str) -> Told | None:
    return low(found) if end == "low" else high(found)
