"""Time and memory of exports of many incidents: how many rows a second, and whether memory grows with their number.

    uv run python bench/export.py --rows 1000000 --format csv --profile full

The cases are made on the fly from one, each with ids, a day and a toll of its own: what is measured is the export.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from harmledger.counts import Count, CountRange
from harmledger.dates import DateRange
from harmledger.export import FORMATS, Plan, export_cases
from harmledger.export.redaction import SHIPPED, read_profile
from harmledger.match.incidents import incident_of
from harmledger.model import Case, Claim, Event, Report, Span
from harmledger.places import Place
from harmledger.reconcile.entry import entry_of

_TEXT = "14 people were killed in an air strike on Marlow, rescuers said."
_START = date(2011, 1, 1)


def cases(rows: int) -> Iterator[Case]:
    """Yield as many cases as asked for."""
    place = Place("x:1", "Marlow", 35.86, 36.81, "town", "SY", "Example Governorate")
    report = Report("r", _TEXT, _START, "Example Wire")
    claim = Claim(
        "c", "r", Span(0, 2), Span(0, len(_TEXT)), "killed", Count(14), "people", "civilian", "incident", "Marlow",
        place, DateRange.day(_START), "other", "airstrike", sources=("rescuers",),
    )  # fmt: skip
    event = Event("r", "r", (claim,), published=_START, outlet="Example Wire", text=_TEXT)
    incident = incident_of([event])
    entry = entry_of(incident)
    for number in range(rows):
        name = f"{number:016x}"
        day = DateRange.day(_START + timedelta(number % 5000))
        theirs = replace(claim, id=f"c{name}", report=name, when=day)
        its_event = replace(event, id=name, report=name, claims=(theirs,))
        toll = CountRange(number % 40 + 1, number % 40 + 1)
        yield Case(
            replace(incident, id=name, reports=(name,), claims=(theirs,), events=(its_event,)),
            replace(entry, incident=name, reports=(name,), claims=(theirs.id,), when=day, killed=toll),
            (replace(report, id=name),),
        )


def main() -> None:
    """Export once and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--format", choices=[name for name in FORMATS if name not in ("html", "pdf")], default="csv")
    parser.add_argument("--profile", choices=SHIPPED, default="full")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "record"
        started = time.perf_counter()
        done = export_cases(cases(asked.rows), (), Plan(asked.format, out, profile=read_profile(asked.profile)))
        seconds = time.perf_counter() - started
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{asked.format} {asked.profile}: {done.rows:,} rows in {seconds:.0f} s ({done.rows / seconds:,.0f} a second), "
        f"{size:,.0f} MB written, {peak:.0f} MB of memory at most"
    )


if __name__ == "__main__":
    main()
