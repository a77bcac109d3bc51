"""GeoNames dumps: a country's places, alternate names, and admin codes, as plain text or zipped."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

from harmledger.errors import GazetteerError
from harmledger.gazetteer.records import Account, PlaceRow, Progress, Sort, no_progress, point_problem

COLUMNS = 19
# A country dump is up to some 100 MB, all countries 1.5 GB; a zip that grows more than this many times is no dump.
LARGEST = 3_000_000_000
_MOST_GROWTH = 100
_SEATS = {"PPLC": 3, "PPLA": 2, "PPLA2": 1}
_PARTS = frozenset(("PPLX", "PPLL"))
_CAMPS = frozenset(("CMP", "CMPL", "CMPRF", "CMPQ", "CMPMN"))
_AREAS: dict[str, Sort] = {"ADM1": "area1", "ADM2": "area2", "ADM3": "area3", "ADM4": "area3", "ADM5": "area3"}
# Historical and abandoned places are names that no report of today means.
_GONE = frozenset(("PPLH", "PPLQ", "PPLW", "ADM1H", "ADM2H", "ADM3H", "PPLCH"))
_COUNTRIES = frozenset(("PCLI", "PCLD", "PCLS", "PCLF", "PCL", "PCLIX", "TERR"))
Shape = Literal["places", "alternate names", "admin1 codes", "admin2 codes"]


@contextmanager
def dump_lines(path: Path, progress: Progress = no_progress) -> Iterator[Iterator[tuple[int, list[str] | None]]]:
    """Open a dump, zipped or not, and give its lines as (number, columns); None for a line that is not UTF-8."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            member = _member(path, archive)
            with archive.open(member) as file:
                yield _lines(file, member.file_size, progress)
    elif path.suffix.lower() == ".zip":
        raise GazetteerError(f"{path}: is no zip file or a broken one. Download it again.")
    else:
        with path.open("rb") as file:
            yield _lines(file, path.stat().st_size, progress)


def _member(path: Path, archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    texts = [i for i in archive.infolist() if i.filename.endswith(".txt") and "readme" not in i.filename.lower()]
    if not texts:
        raise GazetteerError(f"{path}: holds no .txt file. A GeoNames zip holds one, such as SY.txt.")
    member = max(texts, key=lambda info: info.file_size)
    if member.file_size > LARGEST or member.file_size > _MOST_GROWTH * max(member.compress_size, 10_000):
        raise GazetteerError(
            f"{path}: {member.filename} would grow from {member.compress_size:,} to {member.file_size:,} bytes; "
            "no GeoNames dump does. Nothing of it was read."
        )
    return member


def _lines(file: IO[bytes], size: int, progress: Progress) -> Iterator[tuple[int, list[str] | None]]:
    reader = io.BufferedReader(file, 1 << 20) if isinstance(file, io.RawIOBase) else file
    done = 0
    number = 0
    while line := reader.readline(1 << 20):
        number += 1
        done += len(line)
        if done > LARGEST:
            raise GazetteerError(
                f"more than {LARGEST:,} bytes came out at line {number}; no GeoNames dump is so large."
            )
        if number % 5000 == 0:
            progress(done, size)
        try:
            text = line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError:
            yield number, None
            continue
        yield number, text.rstrip("\r\n").split("\t")
    progress(size, size)


def shape_of(path: Path) -> Shape:
    """Return what kind of GeoNames file this is, by the columns of its first lines. GazetteerError if none of them."""
    with dump_lines(path) as lines:
        for number, columns in lines:
            if number > 200:
                break
            if columns is None or columns == [""] or columns[0].startswith("#"):
                continue
            width = len(columns)
            if width == COLUMNS and columns[0].isdigit():
                return "places"
            if 4 <= width <= 10 and columns[0].isdigit() and columns[1].isdigit():
                return "alternate names"
            if width == 4 and columns[0].count(".") == 1:
                return "admin1 codes"
            if width == 4 and columns[0].count(".") == 2:
                return "admin2 codes"
    raise GazetteerError(
        f"{path}: is no GeoNames dump. Expected {COLUMNS} tab-separated columns in UTF-8 (or alternate names, or admin "
        "codes). For another table name its columns: --column name=… --column latitude=… --column longitude=…"
    )


def places(path: Path, account: Account, progress: Progress = no_progress) -> Iterator[PlaceRow]:
    """Yield the places of a country dump; what cannot be used is counted in ``account``."""
    with dump_lines(path, progress) as lines:
        for number, columns in lines:
            row = _place(columns, number, account)
            if row is not None:
                yield row


def _place(columns: list[str] | None, number: int, account: Account) -> PlaceRow | None:
    if columns is None:
        account.skip("not UTF-8", number)
        return None
    if columns == [""]:
        return None
    if len(columns) != COLUMNS:
        account.skip(f"not {COLUMNS} columns", number)
        return None
    identifier, name, ascii_name, others, latitude, longitude, category, code = columns[:8]
    if not identifier.isdigit() or not (name or ascii_name).strip():
        account.skip("no id or no name", number)
        return None
    try:
        point = float(latitude), float(longitude)
    except ValueError:
        account.skip("coordinates are not numbers", number)
        return None
    problem = point_problem(*point)
    if problem:
        account.skip(problem, number)
        return None
    sort = _sort(category, code)
    if sort is None:
        account.skip(
            "neither settlement nor area (streams, hills, farms)" if code not in _GONE else "historical", number
        )
        return None
    population = int(columns[14]) if columns[14].isdigit() else 0
    names = tuple(n for n in (ascii_name, *others.split(",")) if n and n != name)
    known = identifier if identifier != "0" else f"{columns[8]}-{latitude}-{longitude}"
    return PlaceRow(
        f"geonames:{known}", name or ascii_name, *point, sort, columns[8].upper(), columns[10], columns[11],
        population, _SEATS.get(code, 0), names,
    )  # fmt: skip


def _sort(category: str, code: str) -> Sort | None:
    if code in _GONE:
        return None
    if category == "P":
        return "part" if code in _PARTS else "settlement"
    if code in _CAMPS:
        return "camp"
    if category == "A":
        return "country" if code in _COUNTRIES else _AREAS.get(code)
    if code in ("RGN", "AREA", "ISL", "MT", "MTS", "VAL", "PEN", "DAM", "HSP", "AIRP", "AIRB", "SQR", "UNIV", "RSV"):
        return "feature"
    return None


def alternate_names(path: Path, account: Account, progress: Progress = no_progress) -> Iterator[tuple[str, str]]:
    """Yield (place id, name) of an alternate names file; links, codes and historical names are left out."""
    not_names = {"link", "post", "iata", "icao", "faac", "wkdt", "unlc", "abbr", "phon", "tcid"}
    with dump_lines(path, progress) as lines:
        for number, columns in lines:
            if columns is None or len(columns) < 4 or not columns[1].isdigit():
                account.skip("not an alternate name", number)
            elif columns[2] in not_names or (len(columns) > 7 and columns[7] == "1"):
                account.skip("a link, a code or a historical name", number)
            elif columns[3].strip():
                yield f"geonames:{columns[1]}", columns[3]


def admin_codes(path: Path, account: Account, progress: Progress = no_progress) -> Iterator[tuple[str, str, str, str]]:
    """Yield (country, admin1 code, admin2 code or "", name) of admin1CodesASCII.txt or admin2Codes.txt."""
    with dump_lines(path, progress) as lines:
        for number, columns in lines:
            codes = columns[0].split(".") if columns else []
            if columns is None or len(columns) != 4 or len(codes) not in (2, 3):
                account.skip("not an admin code", number)
            else:
                yield codes[0], codes[1], codes[2] if len(codes) == 3 else "", columns[1]
