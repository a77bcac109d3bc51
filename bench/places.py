"""How well and how fast names become places, beside plain rapidfuzz WRatio over the same names.

    python bench/places.py [--dumps FOLDER] [--errors N]

Needs GeoNames dumps (``*.txt``) in the folder, by default ``../shared/gazetteer``; they are added to a home of their
own that is thrown away. Three measurements: the table of spellings (tests/gazetteer/spellings.tsv) on whole countries;
the same table put to WRatio; and, where the coded reports stand beside the checkout, how far the place of each report's
incident lies from the point that its recorder gave.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from gold import BENCHMARK, part, read_jsonl
from harmledger.gazetteer import Gazetteer, open_gazetteer
from harmledger.gazetteer.build import index_path
from harmledger.gazetteer.weighing import kilometres
from place_table import RIGHT_KM, Row, judge, read_rows

DUMPS = Path(__file__).parents[2] / "shared" / "gazetteer"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dumps", type=Path, default=DUMPS)
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="also print N errors of each kind")
    told = parser.parse_args()
    dumps = sorted(told.dumps.glob("*.txt"))
    if not dumps:
        sys.exit(f"{told.dumps}: no GeoNames dumps (*.txt) there. Name their folder with --dumps.")
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        _build(home, dumps)
        start = time.perf_counter()
        gazetteer = open_gazetteer(home)
        taken = (time.perf_counter() - start) * 1000
        print(f"open          {taken:.1f} ms, {index_path(home).stat().st_size / 1e6:.0f} MB")
        rows = read_rows()
        _table(gazetteer, rows, told.errors)
        _membership(gazetteer, rows)
        print(f"memory        {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most while asking")
        _wratio(gazetteer, rows)
        if (BENCHMARK / "coded" / "dev.jsonl").exists():
            _coded(home, told.errors)


def _build(home: Path, dumps: Sequence[Path]) -> None:
    """Add the dumps in processes of their own, so that the memory measured here is that of asking."""
    for told in (["list"], *(["add", str(dump)] for dump in dumps)):
        start = time.perf_counter()
        said = _run(home, "from harmledger.gazetteer.commands import app; app()", told)
        what = "first start" if told == ["list"] else said.splitlines()[0]
        print(f"{time.perf_counter() - start:5.1f} s  {what}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"memory        {peak:.0f} MB at most while adding")


def _run(home: Path, code: str, told: Sequence[str]) -> str:
    environment = {**os.environ, "HARMLEDGER_HOME": str(home)}
    command = [sys.executable, "-c", code, *told]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def _table(gazetteer: Gazetteer, rows: Sequence[Row], errors: int) -> None:
    for turn in ("cold", "warm"):
        start = time.perf_counter()
        verdict = judge(rows, gazetteer.resolve)
        taken = (time.perf_counter() - start) / len(rows) * 1000
        print(
            f"table {turn}    right {verdict.right:.3f} of {verdict.due}, wrong pins {verdict.false_pins:.3f} of "
            f"{verdict.rows}, {taken:.2f} ms a name"
        )
    for row, found in verdict.errors[:errors]:
        print(f"   {row.spelling} ({row.hint.countries}, {row.hint.within}): {found.status}, {found.because}")


def _membership(gazetteer: Gazetteer, rows: Sequence[Row]) -> None:
    names = [row.spelling for row in rows]
    for turn in ("cold", "warm"):
        start = time.perf_counter()
        for name in names:
            gazetteer.knows(name)
        print(f"knows {turn}    {(time.perf_counter() - start) / len(names) * 1e6:.1f} µs a name")


def _wratio(gazetteer: Gazetteer, rows: Sequence[Row]) -> None:
    """Give WRatio the same names of the same country, and the same right to refuse (a score under 90)."""
    from rapidfuzz import fuzz, process, utils

    base = gazetteer.index._base
    names: dict[str, tuple[list[str], list[tuple[float, float]]]] = {}
    for country in {str(next(iter(row.hint.countries))) for row in rows}:
        texts, points = [], []
        for latitude, longitude, packed in base.execute(
            "SELECT latitude, longitude, names FROM places WHERE country=? AND sort NOT IN ('area1','area2','country')",
            (country,),
        ):
            for line in packed.split("\n"):
                texts.append(utils.default_process(line.split("\t")[0]))
                points.append((latitude, longitude))
        names[country] = texts, points
    for least in (0, 90):
        right = wrong = 0
        start = time.perf_counter()
        for row in rows:
            texts, points = names[str(next(iter(row.hint.countries)))]
            best = process.extractOne(
                row.spelling, texts, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=least
            )
            hit = best is not None and row.point is not None and kilometres(points[best[2]], row.point) <= RIGHT_KM
            right, wrong = right + hit, wrong + (best is not None and not hit)
        taken = (time.perf_counter() - start) / len(rows) * 1000
        due = sum(row.point is not None for row in rows)
        print(
            f"WRatio >= {least:<3} right {right / due:.3f}, wrong pins {wrong / len(rows):.3f}, {taken:.1f} ms a name"
        )


def _coded(home: Path, errors: int) -> None:
    """Make the incidents of the coded reports as the command does, and measure how far their places lie."""
    coded = BENCHMARK / "coded" / "dev.jsonl"
    out = home / "incidents.jsonl"
    start = time.perf_counter()
    _run(home, "from harmledger.cli import main; main()", ["incidents", str(coded), "--apart", "--out", str(out)])
    taken = time.perf_counter() - start
    first: dict[str, dict[str, Any]] = {}
    for incident in read_jsonl(out):
        first.setdefault(str(incident["reports"][0]), incident)
    reports = [report for report in read_jsonl(coded) if report.get("geo")]
    for name, wanted in (("all", (0, 1, 2)), ("parts 1, 2", (1, 2)), ("part 0", (0,))):
        far = []
        for report in reports:
            if part(str(report["id"])) in wanted:
                found = first.get(str(report["id"]), {})
                told = found.get("latitude") is not None
                away = kilometres(tuple(report["geo"]), (found["latitude"], found["longitude"])) if told else math.inf
                far.append(away)
                if away > 10 and errors > 0 and wanted == (1, 2):
                    errors -= 1
                    print(f"   {report['id']}: {report.get('location')}; {found.get('place')}, {away:.0f} km")
        near, close = (sum(away <= km for away in far) / len(far) for km in (10, 2))
        print(f"coded {name:<10} within 2 km {close:.3f}, within 10 km {near:.3f} of {len(far)}")
    print(f"coded all in  {taken:.1f} s")


if __name__ == "__main__":
    main()
