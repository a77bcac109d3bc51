"""How a ledger does as it grows: time and size per report at the first 1,000 and at 100,000, and how fast it finds.

    uv run python bench/ledger.py --reports 100000
    uv run python bench/ledger.py --reports 100000 --ledger postgresql://postgres@127.0.0.1:5432/bench

The dispatches are invented, about 1,500 characters each, with words as unevenly spread as a language's. ``--read`` says
how many of them the engine reads (it is the slow part, and takes the same for each); facets are searched over these.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from harmledger.ledger import Ledger, Search, open_ledger
from harmledger.ledger.derive import keep, read_these, read_waiting
from harmledger.ledger.intake import take_all
from harmledger.ledger.made import Reading
from harmledger.ledger.originals import InDatabase
from harmledger.model import Report
from harmledger.read import Original

TOWNS = ("Marlow", "Orsk", "Velden", "Karsk", "Tamar", "Ridley", "Sorano", "Tell Example", "Upper Vale", "Harrow Gate")
BLAMED = ("Government forces", "Gunmen", "Russian jets", "Rebels", "Unknown attackers", "The army")
FIRST = date(2028, 1, 1)


def _vocabulary(chance: random.Random) -> list[str]:
    sounds = ("ka", "ro", "mi", "te", "lu", "sha", "ben", "dor", "val", "ist", "um", "eri", "po", "gan", "fil")
    return ["".join(chance.choices(sounds, k=chance.randint(2, 4))) for _ in range(30_000)]


def dispatches(count: int) -> Iterator[tuple[Report, Original]]:
    """Yield invented dispatches, the same every time."""
    chance = random.Random(7)
    words = _vocabulary(chance)
    weights = [1 / (place + 3) for place in range(len(words))]
    filler = chance.choices(words, weights, k=400_000)
    for number in range(count):
        day = FIRST + timedelta(days=number % 900)
        town = TOWNS[number % len(TOWNS)]
        start = chance.randrange(len(filler) - 220)
        told = " ".join(filler[start : start + 190])
        text = (
            f"{BLAMED[number % len(BLAMED)]} shelled {town} on {day:%d %B %Y}, killing {number % 40 + 2} people, "
            f"police post {number} said. At least {number % 9 + 3} were wounded, the hospital said."
            f"\n\n{told.capitalize()}.\n"
        )
        report = Report(f"wire-{number:06}", text, day, f"Outlet {number % 50}")
        yield report, Original(report.id, text.encode())


def _size(where: str, ledger: Ledger) -> int:
    if ledger.store.postgres:
        with ledger.store.reading() as connection:
            return int(connection.exec_driver_sql("SELECT pg_database_size(current_database())").scalar_one())
    return sum(
        path.stat().st_size for path in Path(where).rglob("*") if path.is_file() and "originals" not in path.parts
    )


def _search(ledger: Ledger, queries: list[tuple[str, Search]]) -> None:
    for name, query in queries:
        times = []
        for _ in range(7):
            start = time.perf_counter()
            found = ledger.search(query)
            times.append((time.perf_counter() - start) * 1000)
        print(
            f"  {name:<42} {statistics.median(times):7.1f} ms, slowest {max(times):.1f} ({len(found)} shown)",
            flush=True,
        )


def main() -> None:
    """Fill a ledger and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=100_000)
    parser.add_argument("--read", type=int, default=None, help="how many the engine reads; all if not told")
    parser.add_argument("--ledger", default="", help="where; a temporary folder if not told")
    parser.add_argument("--repeat", action="store_true", help="read only --read; all others get the claims of these")
    parser.add_argument("--quick", action="store_true", help="keep no originals: for the times of searching alone")
    parser.add_argument("--match", action="store_true", help="match what was read, and add one more day")
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        where = told.ledger or folder
        with open_ledger(where, by="bench") as ledger:
            empty = _size(where, ledger)
            if told.quick:
                ledger.originals = InDatabase()
                ledger.originals.put_with = lambda connection, found: None  # type: ignore[method-assign]
            start = time.perf_counter()
            done = 0
            marks: dict[int, tuple[float, int]] = {}
            for done, _ in enumerate(take_all(ledger.store, ledger.originals, dispatches(told.reports), "bench"), 1):
                if done in (1000, told.reports) or done % 10_000 == 0:
                    now = time.perf_counter()
                    marks[done] = (now - start, _size(where, ledger) - empty)
                    print(
                        f"{done:>8,} taken in, {now - start:8.1f} s, {marks[done][1] / done:8.0f} bytes each",
                        flush=True,
                    )
            first, whole = marks[1000], marks[done]
            tail = [mark for mark in marks if mark >= done - 10_000 and mark < done]
            base = marks[tail[0]] if tail else (0.0, 0)
            step = done - (tail[0] if tail else 0)
            print(
                f"a report: {first[0]:.2f} ms and {first[1] / 1000:.0f} bytes in the first 1,000; "
                f"{(whole[0] - base[0]) / step * 1000:.2f} ms and {(whole[1] - base[1]) / step:.0f} bytes in the "
                f"last {step:,}"
            )
            _search(
                ledger,
                [
                    ("a word of one report", Search(f"post {done // 2}")),
                    ("a word of every report", Search("hospital")),
                    ("two common words", Search("hospital wounded")),
                    ("words side by side", Search('"the hospital said"')),
                    ("beginning of a word", Search("hosp*")),
                    ("a word of none", Search("nowhereatall")),
                    ("common words that never meet", Search("hospital nowhereatall")),
                ],
            )
            count = told.reports if told.read is None else told.read
            if told.repeat:
                _repeat(ledger, count)
                _search_claims(ledger)
            elif count:
                _read(ledger, count)
                _search_claims(ledger)
            if told.match:
                _match(ledger)


def _read(ledger: Ledger, count: int) -> None:
    start = time.perf_counter()

    def progress(done: int, total: int) -> None:
        if done % 10_000 == 0:
            print(f"{done:>8,} read, {time.perf_counter() - start:8.1f} s", flush=True)
        if done >= count:
            raise KeyboardInterrupt

    with suppress(KeyboardInterrupt):
        read_waiting(ledger.store, "bench", os.cpu_count(), progress)
    print(f"read, {(time.perf_counter() - start) / count * 1000:.1f} ms a report")


def _repeat(ledger: Ledger, count: int) -> None:
    """Read the first so many, and give their claims to all others in turn, under ids of their own."""
    numbers = [line.number for line in ledger.lines(["report"])]
    read = [reading for _, reading in read_these(ledger.store, numbers[:count], os.cpu_count())]
    for start in range(0, len(numbers), 500):
        found = {}
        for number in numbers[start : start + 500]:
            reading = read[number % len(read)]
            if isinstance(reading, Reading):
                its = tuple(replace(claim, id=f"{claim.id[:10]}{number:06}") for claim in reading.claims)
                found[number] = Reading(its, ())
        with ledger.store.writing() as connection:
            keep(connection, found, "bench")


def _search_claims(ledger: Ledger) -> None:
    day = FIRST + timedelta(days=400)
    _search(
        ledger,
        [
            ("kind", Search(kind="killed")),
            ("place", Search(place="Marlow")),
            ("place of two words and kind", Search(place="Tell Example", kind="injured")),
            ("actor", Search(actor="russia")),
            ("a day", Search(since=day, until=day)),
            ("a month", Search(since=day, until=day + timedelta(days=30))),
            ("a year and a place", Search(place="Orsk", since=day, until=day + timedelta(days=365))),
            ("since a day", Search(since=day)),
            ("until a day, long ago", Search(until=FIRST + timedelta(days=3))),
            (
                "words, place, month, actor and kind",
                Search("hospital", "Velden", day, day + timedelta(30), "russia", "killed"),
            ),
            ("a common word and a day", Search("hospital", since=day, until=day)),
        ],
    )


def _match(ledger: Ledger) -> None:
    for name in ("everything matched", "the same again"):
        start = time.perf_counter()
        ledger.bring_up_to_date()
        print(f"{name}: {time.perf_counter() - start:.1f} s", flush=True)
    for number, found in enumerate(dispatches(10_000)):
        if number < 9_900:
            continue
        report = found[0]
        ledger.add(Report(f"late-{report.id}", "Late: " + report.text, FIRST + timedelta(days=901), report.outlet))
    start = time.perf_counter()
    ledger.bring_up_to_date()
    print(f"a day of 100 reports more, read and matched: {time.perf_counter() - start:.1f} s", flush=True)


if __name__ == "__main__":
    main()
