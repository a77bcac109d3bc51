"""GeoPackage 1.3: a SQLite file that every GIS opens, with a layer of incidents and a table of running totals."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, date, datetime

from harmledger.export.files import Bundle
from harmledger.export.flat import MEANINGS, columns, flat, total_columns, total_facts
from harmledger.export.losses import Losses
from harmledger.export.parquet import point
from harmledger.export.plan import Plan
from harmledger.export.rows import Told, Total
from harmledger.model import Case

_APPLICATION, _VERSION = 0x47504B47, 10300
_WGS84 = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]'
)
_TYPES = {str: "TEXT", int: "INTEGER", float: "REAL", date: "DATE", bool: "BOOLEAN"}
_TABLES = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
  srs_id INTEGER REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL PRIMARY KEY REFERENCES gpkg_contents(table_name),
  column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL
  REFERENCES gpkg_spatial_ref_sys(srs_id), z TINYINT NOT NULL, m TINYINT NOT NULL);
"""
_SYSTEMS = (
    ("Undefined cartesian", -1, "NONE", -1, "undefined", None),
    ("Undefined geographic", 0, "NONE", 0, "undefined", None),
    ("WGS 84", 4326, "EPSG", 4326, _WGS84, None),
)


class GeoPackageWriter:
    """Writes the record as one GeoPackage."""

    def __init__(self) -> None:
        self.meanings = dict(MEANINGS)

    def write(self, bundle: Bundle, cases: Iterable[Case], totals: Iterable[Total], losses: Losses, plan: Plan) -> None:
        """Write both layers."""
        changed = datetime.fromtimestamp(plan.at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        with closing(sqlite3.connect(bundle.path_for(bundle.out))) as base:
            base.execute(f"PRAGMA application_id={_APPLICATION}")
            base.execute(f"PRAGMA user_version={_VERSION}")
            base.executescript(_TABLES)
            base.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", _SYSTEMS)
            _create(base, "incidents", columns(), True)
            _create(base, "running_totals", total_columns(), False)
            bounds = _Bounds()
            held = columns()
            marks = ",".join("?" * (len(held) + 1))
            base.executemany(
                f"INSERT INTO incidents (geom, {_names(held)}) VALUES ({marks})",
                (_row(case, held, bounds, losses) for case in cases),
            )
            held = total_columns()
            base.executemany(
                f"INSERT INTO running_totals ({_names(held)}) VALUES ({','.join('?' * len(held))})",
                ([_plain(total_facts(total).get(name)) for name in held] for total in totals),
            )
            layers = (
                ("incidents", "features", "Incidents", "", changed, *bounds.told(), 4326),
                ("running_totals", "attributes", "Running totals", "", changed, None, None, None, None, None),
            )
            base.executemany("INSERT INTO gpkg_contents VALUES (?,?,?,?,?,?,?,?,?,?)", layers)
            base.execute("INSERT INTO gpkg_geometry_columns VALUES ('incidents','geom','POINT',4326,0,0)")
            base.commit()


class _Bounds:
    """The box around all points."""

    def __init__(self) -> None:
        self._x: list[float] = []
        self._y: list[float] = []

    def take(self, x: float, y: float) -> None:
        self._x = [min([x, *self._x]), max([x, *self._x])]
        self._y = [min([y, *self._y]), max([y, *self._y])]

    def told(self) -> tuple[float | None, ...]:
        if not self._x:
            return None, None, None, None
        return self._x[0], self._y[0], self._x[1], self._y[1]


def _create(base: sqlite3.Connection, table: str, held: dict[str, type], geo: bool) -> None:
    fields = ", ".join(f'"{name}" {_TYPES[kind]}' for name, kind in held.items())
    geom = "geom POINT, " if geo else ""
    base.execute(f"CREATE TABLE {table} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {geom}{fields})")


def _names(held: dict[str, type]) -> str:
    return ", ".join(f'"{name}"' for name in held)


def _row(case: Case, held: dict[str, type], bounds: _Bounds, losses: Losses) -> list[object]:
    losses.rows += 1
    losses.lose("because")
    if case.entry.victims:
        losses.lose("victims")
    row = flat(case)
    place = case.entry.located
    shape = None
    if place is not None:
        bounds.take(place.longitude, place.latitude)
        # GP, version 0, flags: little-endian, no envelope; then the reference system and the point
        shape = struct.pack("<2sBBi", b"GP", 0, 1, 4326) + (point(float(place.longitude), float(place.latitude)) or b"")
    return [shape, *(_plain(row.get(name)) for name in held)]


def _plain(cell: object) -> object:
    if isinstance(cell, Told):
        return cell.value
    if isinstance(cell, date):
        return cell.isoformat()
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell
