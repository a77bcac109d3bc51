"""Small exports kept as files, so that a reviewer reads what a change does to them.

``HARMLEDGER_GOLDEN=write pytest tests/export/test_golden.py`` writes them anew; the diff then shows the change.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cases_made import Said, case, joined, killed, total

from harmledger.counts import Count
from harmledger.export import Plan, export_cases
from harmledger.model import Case
from harmledger.places import Place

GOLDEN = Path(__file__).parent / "golden"
FORMS = ("csv", "ged", "acled", "airwars", "hxl", "sdg", "geojson")
AREA = Place("geonames:2", "Example Governorate", 35.0, 36.5, "province_governorate", "SY", "Example Governorate")


def record() -> list[Case]:
    """Two reports of one strike that differ, a strike known to a province, and fighters killed."""
    first = case(
        [
            Said("Fourteen", Count(14), status="civilian", sources=("civil defence",)),
            Said("six", Count(6), group="children", status="civilian", part=True),
            Said("34", Count(34), "injured", status="civilian"),
        ]
    )
    second = case(
        [Said("at least 17", Count(17, bound="at_least"), status="civilian", sources=("a doctor",))], name="r2"
    )
    return [
        joined(first, second),
        killed(3, name="r3", located=AREA, place="Example Governorate", actor="syrian_government", means="shelling"),
        case(
            [Said("dozens", Count(None, bound="vague"), status="combatant")], name="r4", actor="isis", means="clashes"
        ),
    ]


@pytest.mark.parametrize("form", FORMS)
def test_an_export_is_as_it_was_reviewed(form: str, tmp_path: Path) -> None:
    """A column that moves, a rule that changes or a number that is lost shows in a diff, not in somebody's analysis."""
    out = tmp_path / f"record.{form}"
    export_cases(record(), [total(Said("9,000", Count(9000)))], Plan(form, out, at=1_900_000_000))
    made = {path.name: _text(path) for path in sorted(tmp_path.iterdir()) if ".loss" not in path.name}
    if os.environ.get("HARMLEDGER_GOLDEN") == "write":
        for name, text in made.items():
            (GOLDEN / form).mkdir(parents=True, exist_ok=True)
            (GOLDEN / form / name).write_bytes(text.encode())
    assert made == {path.name: _text(path) for path in sorted((GOLDEN / form).iterdir())}


def _text(path: Path) -> str:
    return path.read_bytes().decode("utf-8")
