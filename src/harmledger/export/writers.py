"""Each format's writer: it takes cases that may be shown and fills files of a bundle."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from harmledger.export.files import Bundle
from harmledger.export.losses import Losses
from harmledger.export.plan import Plan
from harmledger.export.rows import Making, Sheet, Total
from harmledger.export.sheets import write_sheet
from harmledger.model import Case

Lines = Callable[[Iterable[Case], Iterable[Total], Losses], Iterator[bytes]]


class Writer(Protocol):
    """Writes one format."""

    meanings: dict[str, str]

    def write(self, bundle: Bundle, cases: Iterable[Case], totals: Iterable[Total], losses: Losses, plan: Plan) -> None:
        """Fill the files of a bundle."""


class SheetWriter:
    """Writes the tables of a sheet as CSV."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.meanings = sheet.meanings

    def write(self, bundle: Bundle, cases: Iterable[Case], totals: Iterable[Total], losses: Losses, plan: Plan) -> None:
        """Write the tables, the trace among them."""
        write_sheet(self.sheet, bundle, cases, totals, losses, plan.bom)


class LineWriter:
    """Writes bytes as they are made."""

    def __init__(self, lines: Lines, meanings: dict[str, str]) -> None:
        self.lines = lines
        self.meanings = meanings

    def write(self, bundle: Bundle, cases: Iterable[Case], totals: Iterable[Total], losses: Losses, plan: Plan) -> None:
        """Write the one file."""
        file = bundle.open(bundle.out)
        for line in self.lines(cases, totals, losses):
            file.write(line)


def writer_of(name: str, making: Making) -> Writer:
    """Return the writer of a format; what it needs is imported now and not before."""
    if name in _SHEETS:
        return SheetWriter(_SHEETS[name](making))
    return _OTHERS[name]()


def _ged(making: Making) -> Sheet:
    from harmledger.export.ged import Ged

    return Ged(making)


def _acled(making: Making) -> Sheet:
    from harmledger.export.acled import Acled

    return Acled(making)


def _airwars(making: Making) -> Sheet:
    from harmledger.export.airwars import Airwars

    return Airwars(making)


def _hxl(making: Making) -> Sheet:
    from harmledger.export.hxl import Hxl

    return Hxl(making)


def _sdg(making: Making) -> Sheet:
    from harmledger.export.sdg import Sdg

    return Sdg(making)


def _csv(making: Making) -> Sheet:
    from harmledger.export.flat import Flat

    return Flat(making)


def _jsonl() -> Writer:
    from harmledger.export.jsonl import json_lines

    return LineWriter(json_lines, {})


def _geojson() -> Writer:
    from harmledger.export.geojson import MEANINGS, geojson

    return LineWriter(geojson, dict(MEANINGS))


def _html() -> Writer:
    from harmledger.export.report.page import PageWriter

    return PageWriter()


def _pdf() -> Writer:
    from harmledger.export.report.paper import PaperWriter

    return PaperWriter()


def _parquet() -> Writer:
    from harmledger.export.parquet import ParquetWriter

    return ParquetWriter()


def _gpkg() -> Writer:
    from harmledger.export.geopackage import GeoPackageWriter

    return GeoPackageWriter()


def _ftm() -> Writer:
    from harmledger.export.ftm import MEANINGS, entities

    return LineWriter(entities, dict(MEANINGS))


_SHEETS = {"ged": _ged, "acled": _acled, "airwars": _airwars, "hxl": _hxl, "sdg": _sdg, "csv": _csv}
_OTHERS: dict[str, Callable[[], Writer]] = {
    "jsonl": _jsonl,
    "geojson": _geojson,
    "html": _html,
    "pdf": _pdf,
    "parquet": _parquet,
    "gpkg": _gpkg,
    "ftm": _ftm,
}
