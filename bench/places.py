"""How well and how fast names become places, beside plain rapidfuzz WRatio over the same names.

    python bench/places.py [--dumps FOLDER] [--errors N]

Needs GeoNames dumps (``*.txt``) in the folder, by default ``../shared/gazetteer``; they are added to a home of their
own that is thrown away. Three measurements: the table of spellings (tests/gazetteer/spellings.tsv) on whole countries;
the same table put to WRatio; and, where the coded reports stand beside the checkout, how far the first place named in the
head of each report lies from the point its recorder gave.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from gold import BENCHMARK, part, read_jsonl
from harmledger.extract.reading import read_through
from harmledger.extract.where.mention import Mention as Found
from harmledger.extract.where.mentions import find_mentions
from harmledger.gazetteer import Gazetteer, Hint, Mention, open_gazetteer
from harmledger.gazetteer.build import index_path
from harmledger.gazetteer.weighing import kilometres
from harmledger.model import Report
from place_table import RIGHT_KM, Row, judge, read_rows

DUMPS = Path(__file__).parents[2] / "shared" / "gazetteer"
# Sentences of a report from which the proxy takes its places.
_HEAD = 4


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
            _coded(gazetteer, told.errors)


def _build(home: Path, dumps: Sequence[Path]) -> None:
    """Add the dumps in processes of their own, so that the memory measured here is that of asking."""
    for told in (["list"], *(["add", str(dump)] for dump in dumps)):
        start = time.perf_counter()
        code = "from harmledger.gazetteer.commands import app; app()"
        environment = {**os.environ, "HARMLEDGER_HOME": str(home)}
        ran = subprocess.run(
            [sys.executable, "-c", code, *told], env=environment, capture_output=True, text=True, check=True
        )
        what = "first start" if told == ["list"] else ran.stdout.splitlines()[0]
        print(f"{time.perf_counter() - start:5.1f} s  {what}")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"memory        {peak:.0f} MB at most while adding")


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


def _coded(gazetteer: Gazetteer, errors: int) -> None:
    reports = [report for report in read_jsonl(BENCHMARK / "coded" / "dev.jsonl") if report.get("geo")]
    for name, wanted in (("parts 1, 2", (1, 2)), ("part 0", (0,))):
        far = []
        start = time.perf_counter()
        for report in reports:
            if part(str(report["id"])) in wanted:
                away = _away(gazetteer, report["text"], tuple(report["geo"]))
                far.append(away)
                if away > 10 and errors > 0 and wanted != (0,):
                    errors -= 1
                    print(f"   {report['id']}: {report.get('location')}, {away:.0f} km")
        taken = (time.perf_counter() - start) / len(far) * 1000
        near, close = (sum(away <= km for away in far) / len(far) for km in (10, 2))
        print(
            f"coded {name:<10} within 2 km {close:.3f}, within 10 km {near:.3f} of {len(far)}, {taken:.0f} ms a report"
        )


def _away(gazetteer: Gazetteer, text: str, point: tuple[float, float]) -> float:
    """Return how far the first fine place of a report's head lies from its point; places of a told kind come first."""
    reading = read_through(Report("r", text))

    def named(mention: Found) -> str:
        words = reading.words(mention.first, mention.last)
        return words[:-1] if mention.clipped else words

    mentions = [
        Mention(named(m), Hint(tuple(map(named, m.within)), tuple(map(named, m.near)), kind=m.kind))
        for m in find_mentions(reading, gazetteer.knows)
        if m.sentence < _HEAD
    ]
    found = gazetteer.resolve_report(mentions, text)
    pins = [
        (
            (r.precision in ("province_governorate", "district"), m.hint.kind == "unknown" and not m.hint.within, i),
            r.place,
        )
        for i, (m, r) in enumerate(zip(mentions, found, strict=True))
        if r.place is not None and r.precision != "country"
    ]
    if not pins:
        return float("inf")
    place = min(pins, key=lambda pin: pin[0])[1]
    return kilometres(point, (place.latitude, place.longitude))


if __name__ == "__main__":
    main()
