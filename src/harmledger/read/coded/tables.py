"""Files of coded incidents: the tables of the standards, and harmledger's own csv, jsonl and geojson."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from typing import Any

import orjson

from harmledger.errors import HarmledgerError, ReportError
from harmledger.model import Report
from harmledger.read.coded.hxl import hxl_row, is_tag_row
from harmledger.read.coded.lines import NOTE, coded_claims, text_of
from harmledger.read.coded.rows import Cells, Reading, acled_row, airwars_row, ged_row, incident_row
from harmledger.read.encoding import decode, refuse_binary
from harmledger.read.options import CODED, LONGEST_TEXT, Read, ReadOptions
from harmledger.standards import standard

_ROWS: Mapping[str, Reading] = {
    "ged": ged_row,
    "acled": acled_row,
    "airwars": airwars_row,
    "hxl": hxl_row,
    "incidents": incident_row,
}
# Columns without which a table is not of its format.
_NEEDED = {
    "ged": ("best", "date_start", "where_prec"),
    "acled": ("event_date", "fatalities", "event_type"),
    "airwars": ("code", "civilian_non_combatants_killed_min"),
    "incidents": ("incident", "date_start"),
    "hxl": (),
}
_APOSTROPHE = re.compile(r"^'")


def coded_reports(original: bytes, form: str, where: str, options: ReadOptions) -> Iterator[Read]:
    """Yield a report for each row; a row that cannot be read is a ReportError with its line, and the rest go on.

    ``options.outlet`` is the recorder whose work it is; it is the origin of what names no single source.
    """
    recorder = options.outlet or _recorder(form)
    read = _ROWS[form]
    for here, cells in _cells(original, form, where):
        if isinstance(cells, ReportError):
            yield here, cells
            continue
        digest = hashlib.sha256(orjson.dumps(dict(cells))).hexdigest()
        try:
            row = read(cells, here)
            name = f"{recorder}: {row.name}"
            report = Report(name, text_of(row, recorder), options.published, recorder, sha256=digest, notes=(NOTE,))
            coded_claims(report)  # what the table says wrongly is told here, with its line
        except ReportError as error:
            yield here, error
            continue
        except (HarmledgerError, ValueError) as error:
            yield here, ReportError(here, str(error))
            continue
        yield here, report


def _recorder(form: str) -> str:
    return "harmledger" if form == "incidents" else str(standard(form)["about"]["name"])


def _cells(original: bytes, form: str, where: str) -> Iterator[tuple[str, Cells | ReportError]]:
    head = original.lstrip(b"\xef\xbb\xbf \r\n\t")[:1]
    if form == "incidents" and head == b"{":
        yield from _json_cells(original, where)
        return
    try:
        refuse_binary(original, where)
    except ReportError as error:
        yield where, error
        return
    text, _ = decode(original)
    csv.field_size_limit(4 * LONGEST_TEXT)
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        headings = [heading.strip() for heading in next(rows, [])]
    except csv.Error as error:
        yield where, ReportError(f"{where}:1", f"is no table ({error}).", "Save it as CSV in UTF-8.")
        return
    missing = [name for name in _NEEDED[form] if name not in headings]
    if missing:
        yield where, ReportError(f"{where}:1", f"has no column {missing[0]!r}.", f"Is it a table of {form}?")
        return
    yield from _table_cells(rows, headings, form, where)


def _table_cells(rows: Any, headings: list[str], form: str, where: str) -> Iterator[tuple[str, Cells | ReportError]]:
    tagged = form != "hxl"
    while True:
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            yield where, ReportError(f"{where}:{rows.line_num}", f"breaks off ({error}).")
            return
        here = f"{where}:{rows.line_num}"
        if not tagged:
            # the row of hashtags names the columns, whatever stands above it
            if is_tag_row(row):
                headings, tagged = [tag.strip() for tag in row], True
            continue
        if any(cell.strip() for cell in row):
            cells = (_APOSTROPHE.sub("", cell.strip()) for cell in row)
            yield here, {name: cell for name, cell in zip(headings, cells, strict=False) if name}
    if not tagged:
        yield where, ReportError(where, "has no row of hashtags.", "HXL has one under its headings: #geo+lat, …")


def _json_cells(original: bytes, where: str) -> Iterator[tuple[str, Cells | ReportError]]:
    try:
        whole = orjson.loads(original.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError:
        yield from _json_lines(original, where)
        return
    if isinstance(whole, dict) and whole.get("type") == "FeatureCollection":
        for number, feature in enumerate(whole.get("features") or (), 1):
            yield f"{where}[{number}]", _feature(feature, f"{where}[{number}]")
    else:
        yield from _json_lines(original, where)


def _feature(feature: Any, where: str) -> Cells | ReportError:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        return ReportError(where, "is no feature with properties.")
    cells = _texts(feature["properties"])
    geometry = feature.get("geometry")
    if isinstance(geometry, dict) and geometry.get("type") == "Point" and isinstance(geometry["coordinates"], list):
        longitude, latitude, *_ = geometry["coordinates"]
        cells |= {"latitude": str(latitude), "longitude": str(longitude)}
    return cells


def _json_lines(original: bytes, where: str) -> Iterator[tuple[str, Cells | ReportError]]:
    for number, line in enumerate(original.removeprefix(b"\xef\xbb\xbf").splitlines(), 1):
        here = f"{where}:{number}"
        if not line.strip():
            continue
        try:
            record = orjson.loads(line)
        except orjson.JSONDecodeError as error:
            yield here, ReportError(here, f"is not JSON ({error.msg}).")
            continue
        if not isinstance(record, dict):
            yield here, ReportError(here, "is JSON but not an object.")
        elif record.get("record") == "incident":
            yield here, _flattened(record)


def _flattened(record: Mapping[str, Any]) -> Cells:
    """Return an incident of the full form as the columns of the flat one."""
    cells = _texts(record) | _texts({"country_code": record.get("country"), "location": record.get("place_name")})
    for name, known in (record.get("figures") or {}).items():
        cells |= _texts({f"{name}_low": known.get("low"), f"{name}_high": known.get("high")})
        cells[f"{name}_open"] = "true" if known.get("high") is None else "false"
    claims = [claim for claim in record.get("told") or () if isinstance(claim, dict)]
    for kind in ("killed", "injured"):
        told = {str(claim.get("status")) for claim in claims if claim.get("kind") == kind and not claim.get("parent")}
        cells[f"{kind}_status"] = told.pop() if len(told) == 1 else ("mixed" if len(told) > 1 else "")
    firsts = dict.fromkeys(claim["sources"][0] for claim in claims if claim.get("sources"))
    munitions = dict.fromkeys(name for claim in claims for name in claim.get("munitions") or ())
    return cells | {"sources": "; ".join(firsts), "munitions": "; ".join(munitions)}


def _texts(record: Mapping[str, Any]) -> dict[str, str]:
    kept = (str, int, float)
    return {
        name: str(value).lower() if isinstance(value, bool) else str(value)
        for name, value in record.items()
        if isinstance(value, kept)
    }


__all__ = ["CODED", "coded_reports"]
