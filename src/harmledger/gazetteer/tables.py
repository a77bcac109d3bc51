"""Places out of a CSV with a column map: p-code lists, a project's own list of camps, hospitals or spellings."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path

from harmledger.errors import GazetteerError
from harmledger.gazetteer.records import Account, PlaceRow, Sort, point_problem

FIELDS = ("id", "name", "other", "latitude", "longitude", "country", "admin1", "admin2", "population", "sort")
_NEEDED = ("name", "latitude", "longitude")
# The headings that p-code lists and other tables of places use, tried where no --column names one.
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "pcode", "p-code", "admin4pcode", "adm4_pcode", "loc_pcode", "geonameid"),
    "name": ("name", "name_en", "admin4name_en", "adm4_en", "loc_name", "location", "village", "settlement"),
    "other": ("other", "name_ar", "admin4name_ar", "adm4_ar", "alternate_names", "other_names", "alternatenames"),
    "latitude": ("latitude", "lat", "y", "latitude_y"),
    "longitude": ("longitude", "lon", "lng", "long", "x", "longitude_x"),
    "country": ("country", "country_code", "iso2", "iso", "admin0pcode", "adm0_pcode"),
    "admin1": ("admin1", "admin1name_en", "adm1_en", "governorate", "province", "oblast", "state"),
    "admin2": ("admin2", "admin2name_en", "adm2_en", "district"),
    "population": ("population", "pop"),
    "sort": ("sort", "type", "kind"),
}
_SORTS: Mapping[str, Sort] = {
    "neighbourhood": "part", "neighborhood": "part", "quarter": "part", "part": "part", "camp": "camp",
    "refugee camp": "camp", "hospital": "feature", "school": "feature", "landmark": "feature", "feature": "feature",
}  # fmt: skip


def read_table(path: Path, columns: Mapping[str, str], account: Account, country: str = "") -> Iterator[PlaceRow]:
    """Yield the places of a CSV. ``columns`` maps a field to its heading; unknown ones are found by usual headings."""
    text, encoding = _text(path)
    if encoding != "utf-8":
        account.mend(f"the whole file was not UTF-8, so it was read as {encoding}; check the names")
    first = text[:4096]
    delimiter = max(",;\t", key=first.split("\n", 1)[0].count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    where = headings(path, list(rows.fieldnames or []), columns)
    swapped = _swapped(path, text, delimiter, where)
    if swapped:
        raise GazetteerError(
            f"{path}: the columns of latitude ({where['latitude']}) and longitude ({where['longitude']}) look swapped. "
            f"Say --column latitude={where['longitude']} --column longitude={where['latitude']}."
        )
    try:
        for row in rows:
            found = _place(row, where, rows.line_num, account, country, path.stem)
            if found is not None:
                yield found
    except csv.Error as error:
        raise GazetteerError(f"{path}:{rows.line_num}: is no CSV ({error}). Save it as CSV in UTF-8.") from error


def _text(path: Path) -> tuple[str, str]:
    content = path.read_bytes()
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "cp1256"):
        try:
            return content.decode(encoding), "utf-8" if encoding == "utf-8-sig" else encoding
        except UnicodeDecodeError:
            continue
    raise GazetteerError(f"{path}: is neither UTF-8, UTF-16 nor Windows-1256 text. Save it as CSV in UTF-8.")


def headings(path: Path, present: list[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return field to heading. GazetteerError where a told heading is missing or a needed field has none."""
    by_name = {heading.strip().lower(): heading for heading in present if heading}
    where: dict[str, str] = {}
    for field, heading in columns.items():
        if field not in FIELDS:
            raise GazetteerError(f'There is no field "{field}". Fields are {", ".join(FIELDS)}.')
        if heading.strip().lower() not in by_name:
            raise GazetteerError(f'{path}: has no column "{heading}". Its columns are {", ".join(present)}.')
        where[field] = by_name[heading.strip().lower()]
    for field, usual in _HEADINGS.items():
        if field not in where:
            found = next((by_name[heading] for heading in usual if heading in by_name), None)
            if found is not None:
                where[field] = found
    missing = [field for field in _NEEDED if field not in where]
    if missing:
        told = " ".join(f"--column {field}=…" for field in missing)
        raise GazetteerError(
            f"{path}: no column for {', '.join(missing)}. Name it: {told} (it has {', '.join(present)})."
        )
    return where


def _swapped(path: Path, text: str, delimiter: str, where: Mapping[str, str]) -> bool:
    """True where most latitudes are none but would be with the columns exchanged."""
    bad = seen = 0
    for row in csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter):
        try:
            latitude, longitude = float(row[where["latitude"]]), float(row[where["longitude"]])
        except (TypeError, ValueError):
            continue
        seen += 1
        bad += not -90 <= latitude <= 90 and -90 <= longitude <= 90
        if seen >= 200:
            break
    return bad > seen / 2


def _place(
    row: Mapping[str, str], where: Mapping[str, str], line: int, account: Account, country: str, stem: str
) -> PlaceRow | None:
    told = {field: (row.get(heading) or "").strip() for field, heading in where.items()}
    if not told["name"]:
        account.skip("no name", line)
        return None
    try:
        latitude, longitude = (float(told[field].replace(",", ".")) for field in ("latitude", "longitude"))
    except ValueError:
        account.skip("coordinates are missing or not numbers", line)
        return None
    problem = point_problem(latitude, longitude)
    if problem:
        account.skip(problem, line)
        return None
    code = told.get("country", "")
    code = code[:2].upper() if len(code) in (2, 3) else country
    identifier = told.get("id") or f"{told['name']}@{latitude:.4f},{longitude:.4f}"
    population = told.get("population", "").replace(",", "")
    others = tuple(name.strip() for name in told.get("other", "").replace(";", "|").split("|") if name.strip())
    return PlaceRow(
        f"{stem}:{identifier}", told["name"], latitude, longitude,
        _SORTS.get(told.get("sort", "").lower(), "settlement"),
        code or country, told.get("admin1", ""), told.get("admin2", ""), int(population) if population.isdigit() else 0,
        names=others,
    )  # fmt: skip
