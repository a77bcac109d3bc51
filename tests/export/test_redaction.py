"""What is withheld is nowhere in a file, and two exports together tell no more than the finer of them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import orjson
import pytest
from cases_made import DAY, MARLOW, Said, case, cases, few, killed, total
from hypothesis import given

from harmledger.counts import Count
from harmledger.dates import DateRange
from harmledger.errors import ExportError
from harmledger.export import FORMATS, Plan, export_cases
from harmledger.export.redaction import SHIPPED, Names, Profile, Redactor, read_profile
from harmledger.export.redaction.coarsen import kind_of_source, source_kinds
from harmledger.export.redaction.profile import DATES, PLACES, POINTS, SOURCES, VICTIMS, parse_profile
from harmledger.export.run import names_file
from harmledger.model import Case, Span, Victim
from harmledger.places import Place
from harmledger.query import Query

# Words that stand in a case and must not stand in what is shown without them.
CANARIES = ("ZebraOutlet", "ZebraSpeaker", "ZebraVictim", "ZebraTitle", "zebra.example", "ZebraPlace", "ZebraSentence")
PLACE = Place("geonames:9", "ZebraPlace", 35.86447, 36.80591, "town", "SY", None, None)


def secret(name: str = "zebra-report", day: date = DAY) -> Case:
    """Return a case full of canaries."""
    victim = Victim(name, Span(0, 0), "ZebraVictim Example", "killed", 34, "female", True)
    return case(
        [
            Said("ZebraSentence 17", Count(17), sources=("ZebraSpeaker", "ZebraOutlet"), status="civilian"),
            Said("dozens of ZebraSentence", Count(None, bound="vague"), "injured", sources=("ZebraSpeaker",)),
            Said("3", Count(3), group="children", part=True, sources=("ZebraSpeaker",)),
        ],
        name,
        place="ZebraPlace",
        located=PLACE,
        when=DateRange.day(day),
        outlet="ZebraOutlet",
        title="ZebraTitle",
        address="https://zebra.example/1",
        victims=(victim,),
    )


def everything(folder: Path) -> bytes:
    """Return the bytes of every file of a folder, with what packed files hold."""
    found = b""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".parquet":
            import pyarrow.parquet

            found += repr(pyarrow.parquet.read_table(path).to_pydict()).encode()
        elif path.suffix == ".gpkg":
            with closing(sqlite3.connect(path)) as base:
                found += "\n".join(base.iterdump()).encode()
        elif path.suffix == ".pdf":
            import pypdfium2

            found += " ".join(page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(path)).encode()
        else:
            found += path.read_bytes()
    return found


def profile(name: str, **changes: object) -> Profile:
    """Return a shipped profile, changed."""
    from dataclasses import replace

    return replace(read_profile(name), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", ["public", "partners"])
def test_nothing_that_is_withheld_is_in_any_file(form: str, name: str, tmp_path: Path) -> None:
    """No name, sentence, address, id or exact point of the record is in the export or in what stands beside it."""
    shown = profile(name, minimum_cell=0)
    one = secret()
    secrets = [*CANARIES, "zebra-report", one.entry.incident, "35.86447", "36.80591", "geonames:9"]
    claims = [claim.id for claim in one.incident.claims]
    totals = [total(Said("ZebraSentence 987", Count(987), sources=("ZebraSpeaker",)), "zebra-report")]
    export_cases([one], totals, Plan(form, tmp_path / f"x.{form}", profile=shown, by="ZebraAnalyst"))
    found = everything(tmp_path)
    told = [word for word in (*secrets, *claims, "ZebraAnalyst") if word.encode() in found]
    assert not told
    # the same words are there in full: the test would see them
    export_cases([one], (), Plan(form, tmp_path / f"x.{form}"))
    if form not in ("ged", "acled", "pdf"):
        assert b"ZebraPlace" in everything(tmp_path)


@given(cases())
@few(100)
def test_a_case_holds_no_more_than_its_profile_shows(one: Case) -> None:
    """Whatever the case: ids are new, texts hold only words of counts, places and dates are coarse."""
    shown = Redactor(read_profile("public"), Names()).case(one)
    old = {one.entry.incident, *one.entry.reports, *one.entry.claims}
    new = {shown.entry.incident, *shown.entry.reports, *shown.entry.claims}
    assert not old & new
    assert not any(report.outlet or report.address or report.title or report.published for report in shown.reports)
    assert all(claim.sources == () and claim.sentence == Span(0, 0) for claim in shown.incident.claims)
    assert shown.entry.victims == ()
    if shown.entry.when is not None:
        assert shown.entry.when.start.day == 1
    if shown.entry.located is not None:
        assert shown.entry.located.precision == "country"
    assert shown.entry.killed == one.entry.killed


def ids(path: Path) -> list[str]:
    """Return the incidents of an export in jsonl, in their order."""
    lines = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    return [line["incident"] for line in lines if line["record"] == "incident"]


def lows(path: Path) -> list[int]:
    """Return the least numbers of killed in an export in jsonl, in its order."""
    lines = [orjson.loads(line) for line in path.read_bytes().splitlines()]
    return [line["killed"]["low"] for line in lines if line["record"] == "incident"]


def words(path: Path) -> set[str]:
    """Return every string of 8 characters or more in an export, less what all exports share."""
    found: set[str] = set()

    def walk(value: object) -> None:
        if isinstance(value, str) and len(value) >= 12:
            found.add(value)
        for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            walk(inner)

    for line in path.read_bytes().splitlines():
        walk(orjson.loads(line))
    return found


def many(number: int = 60) -> list[Case]:
    """Return cases of one month and place, each with another toll."""
    return [killed(n + 1, name=f"r{n}", when=DateRange.day(DAY + timedelta(n % 14))) for n in range(number)]


@pytest.mark.parametrize(("one", "other"), [("public", "public"), ("public", "partners"), ("partners", "full")])
def test_two_exports_share_no_id_and_no_order(one: str, other: str, tmp_path: Path) -> None:
    """Who has both finds nothing in one to look up in the other: neither ids nor the place in the file."""
    record = many()
    for number, name in enumerate((one, other)):
        export_cases(record, (), Plan("jsonl", tmp_path / f"{number}.jsonl", profile=read_profile(name)))
    first, second = tmp_path / "0.jsonl", tmp_path / "1.jsonl"
    assert len(ids(first)) == len(ids(second)) == len(record)
    assert not set(ids(first)) & set(ids(second))
    shared = words(first) & words(second)
    assert all(word in ("Example Governorate", "Marlow District", "1 independent origin") for word in shared)
    tolls = [lows(first), lows(second)]
    assert tolls[0] != tolls[1]
    assert tolls[0] != sorted(tolls[0])


def test_points_are_of_a_grid_that_many_share(tmp_path: Path) -> None:
    """A point says which cell it is in and nothing more, in every export the same."""
    near = [
        killed(n, name=f"r{n}", located=Place("x", "T", 35.76 + n / 100, 36.80 + n / 100, "town", "SY"))
        for n in range(1, 10)
    ]
    export_cases(near, (), Plan("jsonl", tmp_path / "x.jsonl", profile=read_profile("partners")))
    lines = [orjson.loads(line) for line in (tmp_path / "x.jsonl").read_bytes().splitlines()]
    points = {(line["latitude"], line["longitude"]) for line in lines if line["record"] == "incident"}
    assert points == {(35.875, 36.875)}


def test_asking_tells_no_more_than_reading(tmp_path: Path) -> None:
    """A question finer than what is shown is answered as coarsely as it is shown: a day's question by the month."""
    record = many(40)
    shown = read_profile("public")

    def tolls(query: str) -> list[int]:
        out = tmp_path / "x.jsonl"
        export_cases(record, (), Plan("jsonl", out, Query.parse(query), shown))
        lines = [orjson.loads(line) for line in out.read_bytes().splitlines()]
        return sorted(line["killed"]["low"] for line in lines if line["record"] == "incident")

    assert tolls("date:2030-05-15") == tolls("date:2030-05") == tolls("") == list(range(1, 41))
    assert tolls("place:Marlow") == []
    assert tolls('place:"Example Governorate"') == []
    assert tolls("place:SY") == list(range(1, 41))


def test_a_query_by_what_is_withheld_is_refused(tmp_path: Path) -> None:
    """The answer to "blamed on whom" would tell it of each incident."""
    hidden = profile("public", withheld=("actor", "grade"))
    for query in ("actor:russia", "grade:fair"):
        with pytest.raises(ExportError, match="withholds"):
            export_cases(many(6), (), Plan("csv", tmp_path / "x.csv", Query.parse(query), hidden))


def test_few_incidents_of_one_place_and_month_are_not_told_so(tmp_path: Path) -> None:
    """Two incidents of one month in one country are told by the year, with the others that are few."""
    spread = [killed(n + 1, name=f"r{n}", when=DateRange.day(date(2030, 1 + n, 9))) for n in range(6)]
    alone = killed(50, name="alone", located=Place("x", "Far", 50.0, 36.0, "town", "UA"), place="Far")
    out = tmp_path / "x.jsonl"
    export_cases([*spread, alone], (), Plan("jsonl", out, profile=read_profile("public")))
    lines = [orjson.loads(line) for line in out.read_bytes().splitlines()]
    shown = [(line["date_start"], line["date_end"], line["place"]) for line in lines if line["record"] == "incident"]
    assert shown == [("2030-01-01", "2030-12-31", "Syria")] * 6
    note = (tmp_path / "x.jsonl.loss.txt").read_text()
    assert "withheld: fewer than 5 incidents" in note


def test_a_narrow_question_does_not_undo_small_cells(tmp_path: Path) -> None:
    """Asked for May alone, three incidents told "in 2030" would be known to be of May: they are left out."""
    few = [killed(n + 1, name=f"r{n}") for n in range(3)]
    out = tmp_path / "x.jsonl"
    export_cases(few, (), Plan("jsonl", out, Query.parse("date:2030-05"), read_profile("public")))
    assert out.read_bytes() == b""


def test_small_groups_are_withheld_together(tmp_path: Path) -> None:
    """One child among fourteen is a person; the other groups go too, since the rest could be subtracted."""
    one = case([Said("14", Count(14)), Said("1", Count(1), group="children", part=True),
                Said("9", Count(9), group="women", part=True)])  # fmt: skip
    shown = Redactor(profile("partners", minimum_group=3), Names()).case(one)
    assert (shown.entry.children_killed, shown.entry.women_killed) == (None, None)
    assert {claim.group for claim in shown.incident.claims} == {"people"}


def test_each_profile_shows_no_more_than_the_next() -> None:
    """Joining two shipped profiles tells what the finer of them tells alone, whatever is joined."""
    order = [read_profile(name) for name in SHIPPED]
    scales = ((PLACES, "place"), (POINTS, "point"), (DATES, "date"), (SOURCES, "sources"), (VICTIMS, "victims"))
    for finer, coarser in pairwise(order):
        for scale, field in scales:
            assert scale.index(getattr(finer, field)) <= scale.index(getattr(coarser, field)), field
        for field in ("reports", "sentences", "groups"):
            assert getattr(finer, field) or not getattr(coarser, field)
        assert set(finer.withheld) <= set(coarser.withheld)


def test_only_the_recorder_can_lead_a_name_back(tmp_path: Path) -> None:
    """The names stand in a file of the home folder that nobody else may read, and nowhere beside the export."""
    home = tmp_path / "home"
    out = tmp_path / "out" / "x.jsonl"
    out.parent.mkdir()
    done = export_cases(many(6), (), Plan("jsonl", out, profile=read_profile("public"), home=home))
    kept = names_file(home, done.export)
    assert kept.stat().st_mode & 0o777 == 0o600
    text = kept.read_text()
    assert all(f"incident,{name},r" in text for name in ids(out))
    assert sorted(path.name for path in out.parent.iterdir()) == ["x.jsonl", "x.jsonl.loss.txt"]


def test_the_full_profile_changes_nothing() -> None:
    """What is withheld from nobody is the case itself, with its own ids."""
    one = secret()
    assert Redactor(read_profile("full"), Names()).case(one) is one


GOOD: dict[str, dict[str, object]] = {
    "about": {"name": "own", "what": "w", "source": "s"},
    "place": {"show": "admin1", "point": "grid", "grid_degrees": 0.5},
    "date": {"show": "week"},
    "sources": {"show": "kind", "reports": False, "sentences": False},
    "people": {"victims": "none", "groups": True, "minimum_group": 3},
    "fields": {"withheld": ["munitions"]},
    "cells": {"minimum": 3},
}


def toml(told: dict[str, dict[str, object]]) -> str:
    """Return a profile as TOML."""
    rows = []
    for table, fields in told.items():
        rows.append(f"[{table}]")
        for name, value in fields.items():
            rows.append(f"{name} = {orjson.dumps(value).decode()}")
    return "\n".join(rows)


def test_a_profile_of_ones_own_reads() -> None:
    """A reviewed file is all that it takes."""
    assert parse_profile(toml(GOOD), "own.toml").redacts


@pytest.mark.parametrize(
    ("table", "field", "value", "told"),
    [
        ("place", "show", "street", "place.show"),
        ("place", "point", "exact", "both"),
        ("place", "grid_degrees", 0.001, "hides nothing"),
        ("place", "show", "country", "more than the country"),
        ("date", "show", "hour", "date.show"),
        ("sources", "sentences", True, "sentences"),
        ("sources", "reports", True, "address"),
        ("people", "minimum_group", -1, "minimum_group"),
        ("people", "groups", "yes", "groups"),
        ("fields", "withheld", ["colour"], "colour"),
        ("cells", "minimum", True, "minimum"),
    ],
)
def test_a_profile_that_shows_what_it_withholds_is_refused(table: str, field: str, value: object, told: str) -> None:
    """A wrong or contradictory profile is told before anything is written, by table and field."""
    wrong = {name: dict(fields) for name, fields in GOOD.items()}
    wrong[table][field] = value
    with pytest.raises(ExportError, match=told):
        parse_profile(toml(wrong), "own.toml")


@pytest.mark.parametrize("text", ["", "[about]\n", "not toml", toml(GOOD) + "\n[extra]\nx = 1\n"])
def test_a_broken_profile_is_refused(text: str) -> None:
    """What is missing is never taken for "show it"."""
    with pytest.raises(ExportError):
        parse_profile(text, "own.toml")


def test_every_kind_of_source_matches_its_example() -> None:
    """A word that can never match would leave a source without a kind."""
    for kind, _, example in source_kinds():
        assert kind_of_source(example) == kind
    assert kind_of_source("Zebra") == "a source"


def test_marlow_is_not_shown_by_its_point() -> None:
    """The centre of a country is the same for every place in it."""
    shown = [Redactor(read_profile("public"), Names()).case(killed(n, located=place)) for n, place in
             enumerate((MARLOW, Place("x", "Far", 33.0, 36.0, "city", "SY")), 1)]  # fmt: skip
    points = {(one.entry.located.latitude, one.entry.located.longitude) for one in shown if one.entry.located}
    assert len(points) == 1
