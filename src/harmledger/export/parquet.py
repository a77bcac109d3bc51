"""GeoParquet: the flat columns with a point as WKB, and the running totals in a file beside it."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from harmledger.errors import ExportError
from harmledger.export.files import Bundle
from harmledger.export.flat import MEANINGS, columns, flat, total_columns, total_facts
from harmledger.export.losses import Losses
from harmledger.export.plan import Plan
from harmledger.export.rows import Told, Total
from harmledger.model import Case

_BATCH = 500
_REMEDY = "Install it with `pip install 'harmledger[parquet]'`."


class ParquetWriter:
    """Writes the record as GeoParquet 1.1, in batches."""

    def __init__(self) -> None:
        self.meanings = dict(MEANINGS)

    def write(self, bundle: Bundle, cases: Iterable[Case], totals: Iterable[Total], losses: Losses, plan: Plan) -> None:
        """Write the incidents, then the running totals."""
        rows = (_case_row(case, losses) for case in cases)
        _fill(bundle.path_for(bundle.out), columns(), rows, True)
        place = bundle.out.with_name(f"{bundle.out.stem}.totals.parquet")
        _fill(bundle.path_for(place), total_columns(), map(total_facts, totals), False)


def _case_row(case: Case, losses: Losses) -> dict[str, object]:
    losses.rows += 1
    losses.lose("because")
    if case.entry.victims:
        losses.lose("victims")
    return flat(case)


def _fill(path: Path, held: dict[str, type], rows: Iterator[dict[str, object]], geo: bool) -> None:
    arrow, parquet = _arrow()
    kinds = {str: arrow.string(), int: arrow.int64(), float: arrow.float64(), date: arrow.date32(), bool: arrow.bool_()}
    fields = [arrow.field(name, kinds[kind]) for name, kind in held.items()]
    if geo:
        fields.append(arrow.field("geometry", arrow.binary()))
    schema = arrow.schema(fields, metadata={b"geo": _geo()} if geo else None)
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := list(islice(rows, _BATCH)):
            made: dict[str, list[object]] = {name: [_plain(row.get(name)) for row in batch] for name in held}
            if geo:
                made["geometry"] = [point(row.get("longitude"), row.get("latitude")) for row in batch]
            writer.write_batch(arrow.RecordBatch.from_pydict(made, schema=schema))


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ExportError(f"parquet needs pyarrow, which is not installed. {_REMEDY}") from error
    return pyarrow, pyarrow.parquet


def _geo() -> bytes:
    column = {"encoding": "WKB", "geometry_types": ["Point"], "crs": None}
    # a missing crs is longitude and latitude in WGS 84, as GeoParquet 1.1 has it; null would be "not known"
    del column["crs"]
    return orjson.dumps({"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}})


def point(longitude: object, latitude: object) -> bytes | None:
    """Return a point as well-known binary, None where there is none."""
    if not isinstance(longitude, float) or not isinstance(latitude, float):
        return None
    return struct.pack("<BIdd", 1, 1, longitude, latitude)


def _plain(cell: object) -> object:
    if isinstance(cell, Told):
        return cell.value
    return cell.encode("utf-8", "replace").decode() if isinstance(cell, str) else cell
