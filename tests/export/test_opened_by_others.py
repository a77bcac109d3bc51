"""Other programs open the files: libhxl, followthemoney, DuckDB, a GIS reader, LibreOffice."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from shutil import which

import duckdb
import pytest
from cases_made import MARLOW, Said, case, killed, total

from harmledger.counts import Count
from harmledger.export import Plan, export_cases
from harmledger.model import Case, Span, Victim
from harmledger.places import Place

NOWHERE = case([Said("2", Count(2), sources=("=cmd|'/c calc'!A0",))], "r3", place="=1+1", located=None)
TOTALS = [total(Said("987", Count(987)))]


def record() -> list[Case]:
    """Return cases with and without a point, with names, groups, an open end and text that a spreadsheet would run."""
    lina = Victim("r1", Span(0, 0), "Lina Probe", "killed", 9, "female", False)
    return [
        case(
            [
                Said("at least 14", Count(14, bound="at_least"), status="civilian"),
                Said("6", Count(6), group="children", part=True),
                Said("34", Count(34), "injured"),
                Said("40,000", Count(40_000, bound="about"), "displaced"),
            ],
            victims=(lina,),
            address="https://example.org/1",
            title="Market struck",
        ),
        killed(3, name="r2", located=Place("x", "دير المثال", 35.0, 36.5, "province_governorate", "SY")),
        NOWHERE,
    ]


_GROUP = "needs the dependency group: uv sync --group opened"


def written(form: str, folder: Path) -> Path:
    """Return an export of the record."""
    out = folder / f"x.{form}"
    export_cases(record(), TOTALS, Plan(form, out, at=1_900_000_000))
    return out


def test_libhxl_validates_the_tags(tmp_path: Path) -> None:
    """Tags parse, columns are found by them, and values are numbers and dates as HXL's own schema has them."""
    hxl = pytest.importorskip("hxl", reason=_GROUP)
    out = written("hxl", tmp_path)
    source = hxl.data(str(out), hxl.InputOptions(allow_local=True))
    assert all(column.tag for column in source.columns)
    rows = list(source)
    assert [row.get("#affected+killed+min-children-f-m") for row in rows] == ["14", "3", "2"]
    assert [row.get("#loc+name") for row in rows] == ["Marlow", "دير المثال", "'=1+1"]
    problems: list[str] = []
    valid = hxl.data(str(out), hxl.InputOptions(allow_local=True)).validate(
        callback=lambda error: problems.append(f"{error.rule.tag_pattern}: {error.value}")
    )
    assert valid, problems
    totals = list(hxl.data(str(tmp_path / "x.totals.csv"), hxl.InputOptions(allow_local=True)))
    assert [row.get("#indicator+num") for row in totals] == ["987"]


def test_followthemoney_takes_the_entities(tmp_path: Path) -> None:
    """Every entity has a known schema and only values that its properties take; references lead to entities."""
    model = pytest.importorskip("followthemoney", reason=_GROUP).model
    lines = [json.loads(line) for line in written("ftm", tmp_path).read_text(encoding="utf-8").splitlines()]
    known = {line["id"] for line in lines}
    for line in lines:
        schema = model.get(line["schema"])
        assert schema is not None
        assert schema.validate(line) is None
        proxy = model.get_proxy(line, cleaned=False)
        assert proxy.caption
        kept = {name: len(values) for name, values in proxy.to_dict()["properties"].items()}
        assert kept == {name: len(values) for name, values in line["properties"].items()}, "a value was not taken"
        for name in ("involved", "proof"):
            assert set(line["properties"].get(name, ())) <= known
    schemata = [line["schema"] for line in lines]
    assert (schemata.count("Event"), schemata.count("Article"), schemata.count("Person")) == (3, 3, 1)


def test_duckdb_reads_tables_and_lines(tmp_path: Path) -> None:
    """Columns have their types, in CSV by finding out, in Parquet as written; figures are the same everywhere."""
    csv, parquet, lines = (written(form, tmp_path) for form in ("csv", "parquet", "jsonl"))
    base = duckdb.connect()
    columns = "incident, killed_low, killed_high, killed_open, displaced_low, date_start, latitude"
    one = base.execute(f"SELECT {columns} FROM read_csv('{csv}') ORDER BY incident").fetchall()
    other = base.execute(f"SELECT {columns} FROM read_parquet('{parquet}') ORDER BY incident").fetchall()
    assert one == other
    assert one[0][1:5] == (14, None, True, 40_000)
    kinds = base.execute(f"SELECT record, count(*) FROM read_json('{lines}') GROUP BY 1 ORDER BY 1").fetchall()
    assert kinds == [("incident", 3), ("report", 4), ("running_total", 1)]
    totals = tmp_path / "x.totals.parquet"
    assert base.execute(f"SELECT value FROM read_parquet('{totals}')").fetchall() == [(987,)]
    for form in ("ged", "acled", "airwars", "sdg"):
        assert base.execute(f"SELECT count(*) FROM read_csv('{written(form, tmp_path)}')").fetchone()


def test_a_gis_reader_opens_the_layers(tmp_path: Path) -> None:
    """GDAL finds points where there are, features without a point too, and the tables' types."""
    import pyogrio

    for form, layer in (("geojson", None), ("gpkg", "incidents")):
        out = written(form, tmp_path)
        told = pyogrio.read_info(out, layer=layer)
        assert told["features"] == 3
        assert told["crs"] == "EPSG:4326"
        found, _, shapes, values = pyogrio.raw.read(out, layer=layer)
        by_name = dict(zip(found["fields"], values, strict=True))
        assert sorted(map(int, by_name["killed_low"])) == [2, 3, 14]
        assert sum(shape is None for shape in shapes) == 1
    told = pyogrio.list_layers(tmp_path / "x.gpkg")
    assert sorted(name for name, _ in told) == ["incidents", "running_totals"]
    assert pyogrio.read_info(tmp_path / "x.gpkg", layer="incidents")["total_bounds"] == pytest.approx(
        (36.5, 35.0, MARLOW.longitude, MARLOW.latitude)
    )


def test_geoparquet_says_where_its_points_are(tmp_path: Path) -> None:
    """The metadata names the column of points, and each is well-known binary of longitude and latitude."""
    import pyarrow.parquet
    from shapely import from_wkb

    table = pyarrow.parquet.read_table(written("parquet", tmp_path))
    told = json.loads(table.schema.metadata[b"geo"])
    assert told["primary_column"] == "geometry"
    points = [from_wkb(shape) for shape in table.column("geometry").to_pylist() if shape is not None]
    assert (points[0].x, points[0].y) == (MARLOW.longitude, MARLOW.latitude)
    assert table.column("geometry").null_count == 1


@pytest.mark.slow
@pytest.mark.skipif(
    which("soffice") is None, reason="LibreOffice is not installed: what it makes of cells is not tested"
)
def test_libreoffice_runs_no_cell(tmp_path: Path) -> None:
    """A spreadsheet shows the formula as text, keeps ids whole and makes no date of a name."""
    out = written("csv", tmp_path)
    home = f"-env:UserInstallation=file://{tmp_path}/office"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", "fods", "--outdir", str(tmp_path / "made"), str(out)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    sheet = next((tmp_path / "made").iterdir()).read_text(encoding="utf-8")
    assert "table:formula" not in sheet
    assert "=1+1" in sheet
    assert "40000" in sheet
