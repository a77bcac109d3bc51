"""What an export is asked with, and the formats there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from harmledger.export.redaction.profile import Profile, read_profile
from harmledger.query import Query

FORMATS = {
    "csv": "one flat row an incident, with a table of running totals",
    "jsonl": "everything, one JSON object a line; harmledger reads it back",
    "ged": "UCDP GED, 49 columns",
    "acled": "ACLED, 31 columns",
    "airwars": "Airwars incidents with their side tables",
    "hxl": "HXL, a row of hashtags under the headings",
    "sdg": "SDG 16.1.2, one row a victim or group",
    "geojson": "GeoJSON, for maps",
    "gpkg": "GeoPackage, for GIS",
    "parquet": "GeoParquet, for analysis",
    "ftm": "FollowTheMoney entities",
    "html": "a report for people, one file that works offline",
    "pdf": "the same report as PDF",
}


def _no_progress(done: int) -> None:
    """Show nothing."""


@dataclass(frozen=True, slots=True)
class Done:
    """What an export did: how many rows were written, of how many incidents, and which files stand where.

    ``withheld`` incidents were too few of their place and date to be shown. ``digests`` are the SHA-256 of the files by
    their names, ``note`` the text of the note beside them.
    """

    export: str
    rows: int
    incidents: int
    withheld: int
    files: tuple[Path, ...]
    digests: Mapping[str, str]
    note: str


def _no_record(done: Done) -> None:
    """Keep no record."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One export: its format, where it goes, what is asked for, for whom, by whom.

    ``home`` is where the names of a redacted export are kept for its recorder; None keeps none, so that nobody can
    lead its ids back. ``record`` is told of the export before its files are put in place; where it fails, none is.
    ``at`` is the time in seconds since 1970 that the export carries. ``bom`` puts the mark before CSV files by which
    Excel knows UTF-8.
    """

    format: str
    out: Path
    query: Query = field(default_factory=Query)
    profile: Profile = field(default_factory=lambda: read_profile("full"))
    by: str = ""
    at: int = 0
    bom: bool = False
    home: Path | None = None
    title: str = ""
    progress: Callable[[int], None] = _no_progress
    record: Callable[[Done], None] = _no_record
