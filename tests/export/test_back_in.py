"""What was exported is read again: as the reports it was made from, or as incidents that another recorder coded."""

from __future__ import annotations

import csv
import tempfile
from datetime import date
from pathlib import Path

import pytest
from cases_made import Said, case, cases, few, killed
from hypothesis import assume, given

from harmledger.counts import Count
from harmledger.errors import ReportError
from harmledger.export import Plan, export_cases
from harmledger.export.flat import COUNTED, column_name
from harmledger.extract.engine import extract_claims
from harmledger.match import events_of, match_incidents
from harmledger.model import Case, Report
from harmledger.read import ReadOptions, read_reports
from harmledger.read.coded import coded_claims, is_coded
from harmledger.read.coded.lines import NOTE
from harmledger.reconcile import reconcile

# What each table carries and must carry back: columns that depend on the incident alone.
KEPT = {
    "ged": ("where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude",
            "country", "country_id", "date_prec", "date_start", "date_end", "low", "high", "side_a", "gwnoa"),
    "acled": ("event_date", "fatalities", "location", "latitude", "longitude", "geo_precision", "country", "admin1"),
    "airwars": ("date_type", "date", "date_end", "country_name", "geolocation_accuracy_slug", "latitude", "longitude",
                "civilian_non_combatants_killed_min", "civilian_non_combatants_killed_max", "belligerents_killed_min",
                "undetermined_killed_min", "undetermined_killed_max", "civilian_non_combatants_injured_min"),
    "hxl": ("date start", "date end", "country code", "admin1", "location", "location precision", "latitude",
            "longitude", "killed, lowest", "injured, lowest", "missing, lowest", "displaced, lowest",
            "abducted or detained, lowest", "affected, lowest", "facilities damaged, lowest", "blamed"),
}  # fmt: skip


def back(path: Path, form: str, recorder: str = "Example Recorder") -> list[Case]:
    """Return the cases that a table's rows make, each of its own row."""
    made = []
    for report in read_reports([path], ReadOptions(None, recorder, form)):  # type: ignore[arg-type]
        assert not isinstance(report, ReportError), report
        incidents = match_incidents([(report, extract_claims(report))], apart=True)
        for incident, entry in zip(incidents, reconcile(incidents), strict=True):
            made.append(Case(incident, entry, (report,)))
    return made


def rows(path: Path) -> list[dict[str, str]]:
    """Return a table's rows."""
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    return [row for row in found if not str(next(iter(row.values()))).startswith("#")]


@pytest.mark.parametrize("form", list(KEPT))
@given(one=cases())
@few(60)
def test_a_table_comes_back_as_it_went_out(form: str, one: Case) -> None:
    """Out, back in under another recorder's name, and out again: what the format carries is the same."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = Path(folder) / "a.csv", Path(folder) / "b.csv"
        export_cases([one], (), Plan(form, first))
        sent = rows(first)
        assume(sent)
        returned = back(first, form)
        assume(returned)  # nobody was counted
        export_cases(returned, (), Plan(form, second))
        again = rows(second)
        assume(again)
        lost = {name: (sent[0][name], again[0][name]) for name in KEPT[form] if sent[0][name] != again[0][name]}
        assert not {name: pair for name, pair in lost.items() if not _told_as_lost(form, name, pair, one, sent[0])}


def _told_as_lost(form: str, name: str, pair: tuple[str, str], one: Case, row: dict[str, str]) -> bool:
    """Tell what a format's own page says does not come back."""
    sent, again = pair
    when = one.entry.when
    if name in ("side_a", "gwnoa", "blamed") and one.entry.actor in (None, "multiple", "other"):
        return True
    if name in ("latitude", "longitude"):
        return abs(float(sent) - float(again)) < 1e-3
    # one code stands for several precisions, or the word has none
    if name in ("where_prec", "geo_precision") and not sent:
        return not again
    if form == "acled" and name == "event_date":
        return when is not None and when.days != 1
    if form == "acled" and name == "fatalities":
        return sent == "0"
    # a figure that begins at 0 is "none" to the record, and widens no range
    if form == "airwars" and name.endswith(("_min", "_max")):
        kind = name.split("_")[-2]
        categories = ("civilian_non_combatants", "undetermined", "belligerents")
        # several categories side by side are several figures of one kind: the record takes them for rival wholes
        several = sum(row[f"{category}_{kind}_min"] not in ("", "0") for category in categories) > 1
        return several or (row[f"{name[:-4]}_min"] == "0" and not again)
    # a text that begins or ends with a mark that parts fields is shown without it
    if name in ("where_description", "location", "where_coordinates"):
        return sent.strip("'") == again.strip("'")
    return False


@given(one=cases())
@few(60)
def test_our_own_forms_bring_back_every_figure(one: Case) -> None:
    """csv, jsonl and geojson carry each kind and group with its ends; all come back."""
    from harmledger.export.figures import figure

    with tempfile.TemporaryDirectory() as folder:
        for form in ("csv", "jsonl", "geojson"):
            out = Path(folder) / f"a.{form}"
            export_cases([one], (), Plan(form, out))
            for returned in back(out, "incidents"):
                for kind, group in COUNTED:
                    before, after = figure(one, kind, group), figure(returned, kind, group)
                    # a group that is larger than its whole, or all of it, is told otherwise by the record itself
                    if group == "people" and before is not None and before.top:
                        assert after is not None, (form, column_name(kind, group))
                        assert (after.low, after.high) == (before.low, before.high), (form, column_name(kind, group))
                assert returned.entry.when == one.entry.when
                assert returned.entry.actor == one.entry.actor
                assert returned.entry.means == one.entry.means


def test_reports_come_back_whole(tmp_path: Path) -> None:
    """The lines of reports are reports again: the same ids, texts and origins, so that all else is made again."""
    sent = [killed(3), killed(4, name="r2", title="A title", address="https://example.org/2")]
    export_cases(sent, (), Plan("jsonl", tmp_path / "x.jsonl"))
    found = list(read_reports([tmp_path / "x.jsonl"]))
    assert all(isinstance(report, Report) for report in found)
    for one, report in zip(sent, found, strict=True):
        assert isinstance(report, Report)
        assert (report.id, report.text, report.published) == (one.reports[0].id, one.reports[0].text, date(2030, 5, 15))
        assert (report.outlet, report.title, report.address) == (
            one.reports[0].outlet, one.reports[0].title, one.reports[0].address,
        )  # fmt: skip


def coded(folder: Path, one: Case, recorder: str, form: str = "airwars") -> Report:
    """Return the report that one case makes as coded by a recorder."""
    out = folder / f"{recorder}.csv"
    export_cases([one], (), Plan(form, out))
    (report,) = read_reports([out], ReadOptions(None, recorder, form))  # type: ignore[arg-type]
    assert isinstance(report, Report)
    return report


def test_a_coded_incident_is_an_origin_under_its_recorders_name(tmp_path: Path) -> None:
    """Two recorders who coded a strike are two origins; neither passes for a copy of the other."""
    one = case([Said("14", Count(14), status="civilian"), Said("6", Count(6), group="children", part=True)])
    reports = [coded(tmp_path, one, "Example Recorder"), coded(tmp_path, one, "Other Recorder")]
    (incident,) = match_incidents([(report, extract_claims(report)) for report in reports])
    (entry,) = reconcile([incident])
    assert [origin.name for origin in entry.origins] == ["Example Recorder", "Other Recorder"]
    assert entry.grade == "fair"


def test_a_source_that_a_recorder_names_is_the_origin(tmp_path: Path) -> None:
    """Two recorders who rest on one doctor are one origin, as two newspapers are."""
    one = case([Said("14", Count(14), status="civilian", sources=("a doctor",))])
    reports = [coded(tmp_path, one, name, "ged") for name in ("Example Recorder", "Other Recorder")]
    (incident,) = match_incidents([(report, extract_claims(report)) for report in reports])
    (entry,) = reconcile([incident])
    assert [origin.name for origin in entry.origins] == ["a doctor"]


def test_other_figures_contradict(tmp_path: Path) -> None:
    """A recorder with another toll widens the range or is left out by name, as any report is."""
    reports = [
        coded(tmp_path, killed(14), "Example Recorder"),
        coded(tmp_path, killed(17), "Other Recorder"),
    ]
    (incident,) = match_incidents([(report, extract_claims(report)) for report in reports])
    (entry,) = reconcile([incident])
    assert entry.killed is not None
    told = {claim.count.value for claim in incident.claims}
    assert told == {14, 17}


def test_the_text_of_a_coded_incident_tells_nothing_else(tmp_path: Path) -> None:
    """No victim's name and no other event is read out of the fixed lines."""
    report = coded(tmp_path, case([Said("14", Count(14)), Said("5", Count(5), "injured")]), "Example Recorder")
    assert is_coded(report)
    (event,) = events_of(report, extract_claims(report))
    assert event.victims == ()
    assert all(claim.span.of(report.text).isdigit() for claim in event.claims)
    assert coded_claims(report) == extract_claims(report)


def test_a_dispatch_that_copies_the_lines_is_prose(tmp_path: Path) -> None:
    """A hostile report cannot give itself claims: only the reader of tables sets the note that a report is coded."""
    copied = coded(tmp_path, killed(987_654), "Example Recorder")
    path = tmp_path / "hostile.jsonl"
    import orjson

    path.write_bytes(orjson.dumps({"id": "h", "text": copied.text, "outlet": "Example Recorder", "notes": [NOTE]}))
    (found,) = read_reports([path])
    assert isinstance(found, Report)
    assert not is_coded(found)
    assert not any(claim.engine == coded_claims(copied)[0].engine for claim in extract_claims(found))


def test_a_name_cannot_add_a_line(tmp_path: Path) -> None:
    """A place called "X\\nRecorder civilian-people-killed: 900." stays a place."""
    evil = "Marlow\nExample-Recorder civilian-people-killed: 900."
    out = tmp_path / "x.csv"
    export_cases([killed(3)], (), Plan("airwars", out))
    text = out.read_text().replace(",Marlow,", f',"{evil}",')
    out.write_text(text)
    (report,) = read_reports([out], ReadOptions(None, "Example Recorder", "airwars"))
    assert isinstance(report, Report)
    assert [claim.count.value for claim in coded_claims(report)] == [3]


@pytest.mark.parametrize(
    ("form", "text", "told"),
    [
        ("ged", "a,b\n1,2\n", "no column"),
        ("ged", "best,low,high,date_start,where_prec\n3,5,1,2030-05-01,1\n", "do not stand in this order"),
        ("ged", "best,low,high,date_start,where_prec\nx,,,2030-05-01,1\n", "not a number"),
        ("ged", "best,low,high,date_start,where_prec\n1e99,,,2030-05-01,1\n", "not a count"),
        ("acled", "event_date,fatalities,event_type\n2030-13-01,3,Battles\n", "no date that exists"),
        ("acled", "event_date,fatalities,event_type,latitude,longitude\n2030-05-01,3,Battles,99,12\n", "swapped"),
        ("hxl", "a,b\n1,2\n", "no row of hashtags"),
        ("hxl", "k\n#affected+killed\nmany\n", "not a number"),
        ("incidents", "x\n", "no column"),
        ("incidents", "{broken\n", "is not JSON"),
        ("incidents", "incident,date_start,killed_low,actor\n1,2030-05-01,3,atlantis\n", "actor cannot be"),
        ("airwars", "\x00\x01\x02" * 20, "binary"),
    ],
)
def test_a_table_that_is_wrong_is_told(form: str, text: str, told: str, tmp_path: Path) -> None:
    """Each wrong row is one message with file and line; nothing is taken from it."""
    path = tmp_path / "x.csv"
    path.write_text(text)
    found = list(read_reports([path], ReadOptions(None, "R", form)))  # type: ignore[arg-type]
    assert any(isinstance(each, ReportError) and told in str(each) for each in found), found


def test_a_wrong_row_does_not_stop_the_others(tmp_path: Path) -> None:
    """The rows beside it are read."""
    path = tmp_path / "x.csv"
    path.write_text(
        "event_date,fatalities,event_type,event_id_cnty\n2030-05-01,x,Battles,A1\n2030-05-02,4,Battles,A2\n"
    )
    found = list(read_reports([path], ReadOptions(None, "R", "acled")))
    assert [isinstance(each, Report) for each in found] == [False, True]


@given(one=cases())
@few(40)
def test_any_row_makes_text_that_reads_back(one: Case) -> None:
    """Whatever names stand in it: the same text gives the same claims, each with its number's characters."""
    with tempfile.TemporaryDirectory() as folder:
        export_cases([one], (), Plan("csv", Path(folder) / "a.csv"))
        for report in read_reports([Path(folder) / "a.csv"], ReadOptions(None, "R: x", "incidents")):
            assert isinstance(report, Report), report
            for claim in coded_claims(report):
                assert claim.span.of(report.text).split("-to-")[0] == str(claim.count.value)
                assert claim.sentence.of(report.text).startswith("R:-x ")
