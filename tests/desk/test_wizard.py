"""The wizard's room without a browser: what is read of a spreadsheet, what is told of it, and its undoing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sheets import bomb, far_corner, ods, xlsx

from harmledger.desk.catalogue import texts
from harmledger.desk.wizard.cells import CellError, count_in, day_of
from harmledger.desk.wizard.columns import WHATS, What, fields, guessed, plain
from harmledger.desk.wizard.importing import Upload, checked, plan_of
from harmledger.desk.wizard.rows import _NEEDED, Plan, made_of
from harmledger.desk.workplace import Workplace
from harmledger.errors import DeskError, HarmledgerError, ReportError
from harmledger.ledger import open_ledger
from harmledger.model import Judgement, Report
from harmledger.read.sheet import Row, sheet_of

CSV = (
    "Ref,Date,Source,Headline,Body\n"
    'w-1,2030-05-02,Example Wire,Market struck,"Fourteen people were killed in Saraqib on 1 May 2030."\n'
    "w-2,03/04/2030,Example Wire,Shelling,Three people were injured in Binnish on 2 April 2030.\n"
    "w-3,31/02/2030,Example Wire,,Two people were killed in Azaz on 9 June 2030.\n"
    "w-4,2030-06-01,Example Wire,Empty,\n"
    "w-1,2030-06-02,Example Wire,Again,Five people were killed in Azaz on 1 June 2030.\n"
    "w-6,2030-06-02,=HYPERLINK(1),Last,Six people were killed in Harem on 1 June 2030.\n"
)
CODED = [
    ["Code", "Event date", "Location", "Lat", "Lon", "Precision", "Killed", "Killed max", "Injured", "Actor", "Means"],
    ["A-1", "2030-05-01", "Saraqib", "35.8647", "36.8058", "town", "14", "17", "34+", "other", "airstrike"],
    ["A-2", "2030-06-10", "Binnish", "35,95", "36.71", "Town", "3 to 5", "", "", "Martians", "artillery"],
    ["A-3", "2030-06-11", "Azaz", "135.9", "36.71", "", "2", "", "", "", ""],
    ["A-4", "2030-06-12", "Azaz", "", "", "", "dozens", "", "", "", ""],
    ["A-5", "2030-06-13", "Azaz", "", "", "", "9", "4", "", "", ""],
    ["A-6", "2030-06-14", "Azaz", "", "", "", "", "", "", "", ""],
    ["A-7", "2030-06-15", "Azaz", "", "", "", "0", "", "2", "", ""],
]


def _checked(data: bytes, what: What = "reports", **plan: object) -> tuple[object, dict[int, list[str]]]:
    sheet = sheet_of(data, "t.csv")
    found = checked(sheet, Plan(what, guessed(what, sheet.headings), table="t.csv", **plan))  # type: ignore[arg-type]
    return found, {made.number: [each.name for each in made.troubles] for made in found.shown}


@pytest.mark.parametrize("what", WHATS)
def test_every_heading_leads_to_its_field(what: What) -> None:
    """A heading that two fields share, or that no rule finds, would never be guessed; each needs its words."""
    for name, field in fields(what).items():
        for heading in field.headings:
            assert guessed(what, [heading.upper()]) or heading in ("source", "date")
            assert plain(heading) == heading
        assert name in guessed(what, [field.headings[0]])
        assert field.example
        assert f"column.{name}" in texts("en")


def test_every_trouble_has_its_words() -> None:
    """A trouble without words could not be shown; each says what and is counted."""
    told = {key.split(".")[1] for key in texts("en") if key.startswith("trouble.")}
    assert told == {*_NEEDED, "no_term", "no_country", "taken_id"} | {
        f"{name}_n" for name in {*_NEEDED, "no_term", "no_country", "taken_id"}
    }


def test_good_rows_are_kept_beside_bad_ones() -> None:
    """One wrong cell must not cost the table, and each wrong row is told by its number and its column."""
    found, troubles = _checked(CSV.encode())
    assert (found.good, found.kept_out) == (2, 4)  # type: ignore[attr-defined]
    assert troubles == {3: ["unsure_day"], 4: ["no_day"], 5: ["no_text"], 6: ["taken_id"]}
    found, troubles = _checked(CSV.encode(), order="dmy")
    assert found.good == 3  # type: ignore[attr-defined]
    assert troubles == {4: ["no_day"], 5: ["no_text"], 6: ["taken_id"]}


def test_coded_incidents_are_read_by_their_columns() -> None:
    """Another recorder's figures must come out as they stand: ranges, floors, points; unknown terms are told."""
    data = "\n".join("\t".join(row) for row in CODED).encode()
    found, troubles = _checked(data, "incidents", outlet="Invented Recorder")
    assert (found.good, found.kept_out, found.left_out) == (3, 4, 2)  # type: ignore[attr-defined]
    assert troubles == {3: ["no_term", "no_term"], 4: ["no_degrees"], 5: ["vague_count"], 6: ["high_below"],
                        7: ["no_tolls"]}  # fmt: skip
    first, second, last = (made.coded for made in found.preview)  # type: ignore[attr-defined]
    assert [(c.kind, c.value, c.high, c.bound) for c in first.counts] == [
        ("killed", 14, 17, "exact"), ("injured", 34, None, "at_least"),
    ]  # fmt: skip
    assert (first.located.latitude, first.located.precision, first.means) == (35.8647, "town", "airstrike")
    assert (second.counts[0].value, second.counts[0].high, second.located.latitude) == (3, 5, 35.95)
    assert (second.actor, second.means) == (None, None)
    assert [count.value for count in last.counts] == [0, 2]


@pytest.mark.parametrize("make", [xlsx, ods])
def test_workbooks_say_what_the_same_csv_says(make: object) -> None:
    """A spreadsheet program's own file must read as its rows do."""
    sheet = sheet_of(make(CODED), "t.xlsx")  # type: ignore[operator]
    assert list(sheet.headings) == CODED[0]
    assert [list(row.cells) for row in sheet.rows] == CODED[1:]
    assert sheet.rows[0].number == 2


def test_numbers_in_a_workbook_are_whole() -> None:
    """A spreadsheet keeps 14 as 14.0; read so, it would be no count."""
    sheet = sheet_of(xlsx([["killed", "lat"], [14, 35.25]]), "t.xlsx")
    assert sheet.rows[0].cells == ("14", "35.25")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "is empty"),
        (b"\n\n  \n", "is empty"),
        (b"text,date\n", "no row below"),
        (b"\x89PNG\r\n", "a picture"),
        (b"PK\x03\x04 broken", "no workbook"),
        (xlsx([]), "holds no row"),
        (xlsx([["text"]]), "no row below"),
    ],
)
def test_what_is_no_table_is_told(data: bytes, told: str) -> None:
    """An empty sheet, a picture, a broken workbook: what it is and what to do, and nothing is taken in."""
    with pytest.raises(ReportError, match=told):
        sheet_of(data, "t.csv")


def test_a_workbook_that_means_harm_breaks_its_own_process_only() -> None:
    """A cell in the last corner, and four gigabytes of one letter, must not fill this machine's memory."""
    for data in (far_corner(), bomb()):
        started = time.monotonic()
        with pytest.raises(ReportError, match=r"no workbook|no row|too long"):
            sheet_of(data, "t.xlsx")
        assert time.monotonic() - started < 100


def test_what_is_odd_about_a_table_is_noted() -> None:
    """Two columns with one heading, a wrong encoding, a quotation mark left open: told, not guessed over."""
    sheet = sheet_of("Text;Date;Date;Ort\nFünf Tote in Köln;2030-05-01;2030-05-02;Köln".encode("cp1252"), "t.csv")
    assert [note.name for note in sheet.notes] == ["encoding", "twice"]
    assert sheet.rows[0].cells[0] == "Fünf Tote in Köln"
    sheet = sheet_of(b'text,date\nGood row,2030-05-01\n"never closed ' + b"x" * 9_000_000, "t.csv")
    assert (sheet.broken, len(sheet.rows)) == (3, 1)
    assert [note.name for note in sheet_of(b"text\na,b,c\n", "t.csv").notes] == ["beyond"]


def test_a_cell_of_two_megabytes_is_told() -> None:
    """A cell that is longer than any report keeps its row out, and is not shown whole."""
    found, troubles = _checked(b"text\n" + b"x" * 2_000_001 + b"\nNine people were killed.\n")
    assert troubles == {2: ["long_text"]}
    assert len(found.shown[0].troubles[0].cell) < 100  # type: ignore[attr-defined]
    assert found.good == 1  # type: ignore[attr-defined]


def _outcome(read: Callable[[], object]) -> object:
    """Return what a cell is read as, or the name of its trouble."""
    try:
        return read()
    except CellError as error:
        return error.trouble.name


@pytest.mark.parametrize(
    ("cell", "order", "told"),
    [
        ("2030-05-17", "", "2030-05-17"),
        ("2030/5/7", "", "2030-05-07"),
        ("17.5.2030", "", "2030-05-17"),
        ("5/17/2030", "", "2030-05-17"),
        ("3/4/2030", "dmy", "2030-04-03"),
        ("3/4/2030", "mdy", "2030-03-04"),
        ("4/4/2030", "", "2030-04-04"),
        ("٢٠٣٠-٠٥-١٧", "", "2030-05-17"),
        ("3/4/2030", "", "unsure_day"),
        ("17/5/2030", "mdy", "no_day"),
        ("yesterday", "", "no_day"),
        ("2030-02-30", "", "no_day"),
        ("3/4/30", "dmy", "no_day"),
    ],
)
def test_days_are_not_guessed(cell: str, order: str, told: str) -> None:
    """3 April and 4 March must never be exchanged: where nobody says, the row waits."""
    assert _outcome(lambda: str(day_of(cell, "date", order))) == told  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("14", (14, None, "exact")),
        ("1,400", (1400, None, "exact")),
        ("14.0", (14, None, "exact")),
        ("12-15", (12, 15, "exact")),
        ("at least 14", (14, None, "at_least")),
        ("14+", (14, None, "at_least")),
        ("٩", (9, None, "exact")),
        ("14.5", "no_count"),
        ("-3", "no_count"),
        ("=1+1", "no_count"),
        ("dozens", "vague_count"),
        ("99999999999", "no_count"),
    ],
)
def test_counts_keep_their_meaning(cell: str, told: object) -> None:
    """A floor stays a floor, and what is no number of people is no number."""

    def read() -> object:
        count = count_in(cell, "killed")
        return count and (count.value, count.high, count.bound)

    assert _outcome(read) == told


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(st.text(max_size=40), min_size=11, max_size=11), st.sampled_from(WHATS))
def test_no_row_breaks_the_reading(cells: list[str], what: What) -> None:
    """Whatever stands in a row, it is a report or its troubles are told."""
    columns = {name: place % 11 for place, name in enumerate(fields(what))}
    made = made_of(Row(2, tuple(cells)), Plan(what, columns, outlet="R"))
    assert made.report is not None or made.troubles


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_file_breaks_the_reading(data: bytes) -> None:
    """Any bytes are a table or an error that says so."""
    if not data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        with suppress(ReportError):
            assert sheet_of(data, "t.csv").rows


def test_a_hundred_thousand_rows_are_checked_in_seconds() -> None:
    """A large table must not make a person wait for minutes before seeing what is wrong."""
    data = b"id,date,text\n" + b"".join(b"r%d,2030-05-01,Nine people were killed.\n" % n for n in range(100_000))
    started = time.monotonic()
    found, _ = _checked(data)
    assert found.good == 100_000  # type: ignore[attr-defined]
    assert time.monotonic() - started < 30
    with pytest.raises(ReportError, match="more than 200,000 rows"):
        sheet_of(b"id\n" + b"1\n" * 200_001, "t.csv")


@pytest.fixture
def desk(tmp_path: Path, built_home: Path) -> Iterator[Workplace]:
    """Give a desk without a browser over an empty ledger."""
    with open_ledger(tmp_path / "ledger", by="t") as book:
        place = Workplace(book)
        yield place
        place.close()


def _taken(desk: Workplace, upload: Upload) -> None:
    batch = desk.importing.take(upload)
    for _ in range(600):
        if not batch.running:
            break
        time.sleep(0.1)
    assert batch.state == "done", batch.errors
    assert batch.errors == []


def test_an_import_comes_in_and_goes_as_one(desk: Workplace) -> None:
    """What came in together must leave the record together, stay in the ledger, and come back."""
    upload = desk.importing.upload(
        "../x/incidents.csv", "\n".join(";".join(r) for r in CODED).encode(), "incidents", "amal"
    )
    assert desk.importing.of(upload.id, "badr") is None
    assert "recorder" in desk.importing.check(upload).lacks
    with pytest.raises(DeskError):
        desk.importing.take(upload)
    form = {f"column_{name}": str(place) for name, place in upload.plan.columns.items()}
    desk.importing.settle(upload, plan_of("incidents", {**form, "outlet": "Invented Recorder"}, upload.plan))
    _taken(desk, upload)
    assert desk.importing.of(upload.id, "amal") is None
    (made,) = desk.importing.list()
    assert (made.file, made.what, made.reports, made.by, made.aside) == ("incidents.csv", "incidents", 3, "amal", None)
    (first, *rest) = desk.ledger.cases()
    assert first.entry.killed is not None
    assert (first.entry.killed.low, first.entry.killed.high) == (14, 17)
    assert len(rest) == 2
    before = [(case.incident.id, case.entry) for case in desk.ledger.cases()]
    done = desk.ledger.judge(Judgement("set_aside", made.name, by="amal", reason="wrong columns"))
    assert list(desk.ledger.cases()) == []
    desk.fresh.wait(60)
    assert desk.shelf.one("SELECT count(*) FROM incidents") == 0
    assert desk.shelf.one("SELECT count(*) FROM claims WHERE state <> 'aside'") == 0
    (aside,) = desk.importing.list()
    assert aside.aside is not None
    assert aside.aside.reason == "wrong columns"
    desk.ledger.judge(Judgement("undo", done.id, by="amal", reason="they were right"))
    assert [(case.incident.id, case.entry) for case in desk.ledger.cases()] == before
    desk.fresh.wait(60)
    assert desk.shelf.one("SELECT count(*) FROM claims WHERE state = 'aside'") == 0
    assert desk.ledger.verify().whole


def test_the_same_table_with_other_columns_is_another_import(desk: Workplace) -> None:
    """After wrong columns the same file must come in rightly; with the same columns nothing comes twice."""
    data = b"a,b\nNine people were killed in Azaz on 1 May 2030.,Two people were hurt in Harem on 3 May 2030.\n"
    for place in ("0", "1", "1"):
        upload = desk.importing.upload("t.csv", data, "reports", "amal")
        assert desk.importing.check(upload).lacks == ["text"]
        desk.importing.settle(upload, plan_of("reports", {"column_text": place}, upload.plan))
        _taken(desk, upload)
    latest, second, first = desk.importing.list()
    assert (first.reports, second.reports, latest.reports) == (1, 1, 0)
    assert sorted(report.text[:4] for report in desk.ledger.reports()) == ["Nine", "Two "]


@pytest.mark.parametrize("told", [{"column_text": "0", "column_title": "0"}, {"column_text": "99"}])
def test_columns_that_cannot_be_are_refused(desk: Workplace, told: dict[str, str]) -> None:
    """One column for two fields, or a column that is not there, would read what the table does not say."""
    upload = desk.importing.upload("t.csv", b"a,b\nx,y\n", "reports", "amal")
    with pytest.raises(HarmledgerError):
        desk.importing.settle(upload, plan_of("reports", told, upload.plan))


def test_stopping_stops_the_reading_too(desk: Workplace) -> None:
    """Who stops a large batch must not wait for its reading; what waits is read when asked for."""
    rows = b"".join(b"r%d,Nine people were killed in Azaz on %d May 2030.\n" % (n, n % 28 + 1) for n in range(1200))
    upload = desk.importing.upload("t.csv", b"id,text\n" + rows, "reports", "amal")
    batch = desk.importing.take(upload)
    # Between the tables' rows or while they are read, whichever comes first on this machine: it must stop.
    for _ in range(6000):
        if batch.state != "taking" or batch.come > 600:
            break
        time.sleep(0.001)
    desk.adding.stop(batch)
    for _ in range(1200):
        if not batch.running:
            break
        time.sleep(0.1)
    assert batch.state == "stopped"
    waiting = desk.ledger.state().waiting
    desk.fresh.wait(60)
    assert desk.ledger.state().waiting == waiting > 0
    desk.adding.go_on(batch)
    desk.fresh.wait(300)
    assert desk.ledger.state().waiting == 0


def test_what_was_stopped_is_read_on_by_the_next_desk(tmp_path: Path, built_home: Path) -> None:
    """Reports that waited when a desk was closed must not wait for ever."""
    with open_ledger(tmp_path / "ledger", by="t") as book:
        first = Workplace(book)
        first.fresh.wait(60)
        first.fresh.pause()
        book.add(Report("one", "Nine people were killed in Azaz on 1 May 2030."))
        first.fresh.wait(60)
        assert book.state().waiting == 1
        first.close()
        second = Workplace(book)
        second.fresh.wait(60)
        assert book.state().waiting == 0
        assert second.shelf.one("SELECT count(*) FROM claims") == 1
        second.close()
