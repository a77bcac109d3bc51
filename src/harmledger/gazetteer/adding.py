"""Adding a file to the index, whatever kind of gazetteer it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from harmledger.errors import GazetteerError
from harmledger.gazetteer.build import Builder, changing
from harmledger.gazetteer.records import Account, Progress, no_progress


@dataclass(frozen=True, slots=True)
class Telling:
    """What a person says about a file that it does not say itself."""

    columns: Mapping[str, str] = field(default_factory=dict)
    country: str = ""
    level: str = ""


def add_file(home: Path, path: Path, telling: Telling | None = None, progress: Progress = no_progress) -> Account:
    """Add a gazetteer file. Nothing changes if it cannot be used; what was there stays usable meanwhile."""
    if not path.is_file():
        raise GazetteerError(f"{path}: there is no such file.")
    from harmledger.gazetteer.seed import ensure_index

    telling = telling or Telling()
    reading = _read_as(path, telling)
    ensure_index(home, progress)
    account = Account(path.name)
    with changing(home) as builder:
        _add(builder, path, reading, telling, account, progress)
        if account.kept + account.merged == 0:
            why = "; ".join(account.sentences()) or "it is empty"
            raise GazetteerError(f"{path}: nothing in it could be used: {why}. The gazetteer is as it was.")
        builder.find_seats()
        builder.note(account)
    return account


def _read_as(path: Path, telling: Telling) -> str:
    ending = path.suffix.lower()
    if ending in (".geojson", ".json"):
        return "areas"
    if telling.columns or ending in (".csv", ".tsv"):
        return "table"
    from harmledger.gazetteer.geonames import shape_of

    return shape_of(path)


def _add(builder: Builder, path: Path, reading: str, telling: Telling, account: Account, progress: Progress) -> None:
    from harmledger.gazetteer import areas, geonames, tables

    if reading == "places":
        builder.add(account.source, geonames.places(path, account, progress), account)
    elif reading == "alternate names":
        builder.add_names(geonames.alternate_names(path, account, progress), account)
    elif reading in ("admin1 codes", "admin2 codes"):
        builder.add_area_names(geonames.admin_codes(path, account, progress), account)
    elif reading == "areas":
        builder.add(account.source, areas.read_areas(path, account, telling.country, telling.level), account)
    else:
        rows = list(tables.read_table(path, telling.columns, account, telling.country))
        builder.add(account.source, rows, account)
        # a table tells its areas by name, on each row
        areas_told = {(row.country, row.admin1, "", row.admin1) for row in rows if row.admin1}
        areas_told |= {(row.country, row.admin1, row.admin2, row.admin2) for row in rows if row.admin2}
        builder.add_area_names(sorted(areas_told), Account(account.source))
