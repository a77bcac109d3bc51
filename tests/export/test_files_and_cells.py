"""Cells that are only text, files that are whole or not there, and as many rows as there are in little memory."""

from __future__ import annotations

import csv
import io
import tracemalloc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from cases_made import Said, case, killed
from hypothesis import given
from hypothesis import strategies as st

from harmledger.counts import Count
from harmledger.errors import ExportError
from harmledger.export import FORMATS, Plan, export_cases
from harmledger.export.cells import plain_cell, safe_cell
from harmledger.export.redaction import read_profile
from harmledger.model import Case
from harmledger.query import Query


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+49", "'+49"),
        ("-Nasr", "'-Nasr"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'=1"),
        ("＝1", "'＝1"),
        ("3-4", "'3-4"),
        ("1/2", "'1/2"),
        ("12 May", "'12 May"),
        ("May-12", "'May-12"),
        ("007", "'007"),
        ("2E5", "'2E5"),
        ("12345678901234567", "'12345678901234567"),
        ("'", "''"),
        ("14\u202e killed\x1b[2J", "14<U+202E> killed<U+001B>[2J"),
        ("Tell Example", "Tell Example"),
        ("Mayfield", "Mayfield"),
        ("May", "May"),
        (date(2030, 5, 1), "2030-05-01"),
        (-3, "-3"),
        (35.5, "35.5"),
        (None, ""),
        (True, "true"),
    ],
)
def test_no_cell_is_taken_for_anything_else(value: object, cell: str) -> None:
    """Formulas, dates that were none, lost zeros and turned text: each is shown as it was written."""
    assert safe_cell(value) == cell


@given(st.text(max_size=40))
def test_a_cell_reads_back(text: str) -> None:
    """What was defused comes back, but for what is hidden or between words."""
    from harmledger.show.safe import visible

    assert plain_cell(safe_cell(text)) == visible(text).strip()
    out = io.StringIO()
    csv.writer(out).writerow([safe_cell(text)])
    assert safe_cell(text)[:1] not in set("=+-@\t\r")


@pytest.mark.parametrize("form", [name for name in FORMATS if name != "pdf"])
def test_an_export_cut_off_leaves_nothing(form: str, tmp_path: Path) -> None:
    """Where the record breaks off half way, the old file stands as it was and no part of a new one is there."""
    out = tmp_path / "x.out"
    out.write_text("old")

    def broken() -> Iterator[Case]:
        yield killed(3)
        raise RuntimeError("the disk of the ledger went away")

    with pytest.raises(RuntimeError):
        export_cases(broken(), (), Plan(form, out))
    assert out.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["x.out"]


def test_where_nothing_can_be_written_is_said(tmp_path: Path) -> None:
    """A folder that is not there, and a folder for a file, are told with what to do."""
    with pytest.raises(ExportError, match="Is its folder there"):
        export_cases([], (), Plan("csv", tmp_path / "no" / "x.csv"))
    with pytest.raises(ExportError, match="is a folder"):
        export_cases([], (), Plan("csv", tmp_path))
    with pytest.raises(ExportError, match="is no format"):
        export_cases([], (), Plan("xls", tmp_path / "x.xls"))


def test_excel_gets_its_mark(tmp_path: Path) -> None:
    """With the option every CSV begins with the mark, without it none does."""
    for bom in (True, False):
        export_cases([killed(3)], (), Plan("airwars", tmp_path / "x.csv", bom=bom))
        tables = list(tmp_path.glob("*.csv"))
        assert len(tables) == 6
        assert all(path.read_bytes().startswith(b"\xef\xbb\xbf") is bom for path in tables)


@pytest.mark.parametrize("form", ["csv", "ged", "acled", "jsonl", "geojson", "parquet", "gpkg"])
def test_memory_does_not_grow_with_the_record(form: str, tmp_path: Path) -> None:
    """Ten times the rows take the same memory: nothing is kept."""
    one = case([Said("14", Count(14), status="civilian")])

    def most(number: int) -> int:
        tracemalloc.start()
        export_cases((one for _ in range(number)), (), Plan(form, tmp_path / "x.out"))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    most(10)
    assert most(3000) < most(300) * 3 + 4_000_000


def test_progress_is_told(tmp_path: Path) -> None:
    """Each incident that was taken is told of."""
    seen: list[int] = []
    export_cases([killed(n) for n in range(1, 4)], (), Plan("csv", tmp_path / "x.csv", progress=seen.append))
    assert seen == [1, 2, 3]


@given(st.sampled_from(("full", "partners", "public")))
def test_an_empty_record_is_an_empty_export(name: str) -> None:
    """A query that finds nothing gives files with headings, not an error."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "x.csv"
        done = export_cases([], (), Plan("csv", out, Query.parse("place:Nowhere"), read_profile(name)))
        assert done.rows == 0
        assert out.read_text().count("\n") == 1
