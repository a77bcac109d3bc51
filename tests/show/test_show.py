"""What is shown: every count with its meaning, every number with its sentence, nothing hidden obeyed."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import orjson
import pytest

from harmledger.counts import Count, CountRange
from harmledger.dates import DateRange
from harmledger.model import Claim, Entry, Incident, Report, Span, Statement, Victim
from harmledger.places import Place
from harmledger.show.page import Page, page_record, page_rows, told_apart, tolls
from harmledger.show.records import claim_records, csv_text, incident_record, line
from harmledger.show.safe import cell, visible
from harmledger.show.shapes import Shape
from harmledger.show.terminal import explained, marked, page_view, printed
from harmledger.show.words import chains_words, claim_words, count_words, place_words, range_words
from harmledger.show.writing import written

TEXT = (
    "Fourteen people were killed in Tal Amrin, six children among them, the mayor said. "
    "Dozens were wounded. More than 550 have been killed since April, says the UN. Both armies denied it."
)
REPORT = Report("r\x1b[2J", TEXT, date(2030, 5, 17), "Example Wire", notes=("One line was left out.",))
PLACE = Place("geonames:1", "Tal Amrin", 35.9, 36.75, "town", "SY", "Idlib")


def claim(words: str, identity: str, **told: Any) -> Claim:
    """Make a claim of the words of TEXT, in the sentence that holds them."""
    start = TEXT.index(words)
    first = TEXT.rfind(". ", 0, start) + 2 if ". " in TEXT[:start] else 0
    filled: dict[str, Any] = {
        "kind": "killed",
        "count": Count(14),
        "group": "people",
        "status": "unstated",
        "scope": "incident",
    } | told
    span, sentence = Span(start, start + len(words)), Span(first, TEXT.index(".", start) + 1)
    return Claim(identity, REPORT.id, span, sentence, engine="test", **filled)


WHOLE = claim("Fourteen", "aaaa000011112222", place="Tal Amrin", located=PLACE, sources=("the mayor", "Example Wire"))
PART = claim("six", "bbbb000011112222", count=Count(6), group="children", parent=WHOLE.id)
VAGUE = claim("Dozens", "cccc000011112222", kind="injured", count=Count(None, bound="vague"), role="disputed")
TOTAL = claim(
    "More than 550",
    "dddd000011112222",
    count=Count(550, bound="at_least"),
    scope="cumulative",
    when=DateRange(date(2030, 4, 1), None),
    because={"count": "'More than' before 550", "when": "'since April'"},
)
CLAIMS = [WHOLE, PART, VAGUE, TOTAL]
INCIDENT = Incident("0123456789abcdef", (REPORT.id,), (WHOLE, PART, VAGUE))
ENTRY = Entry(
    incident=INCIDENT.id,
    reports=(REPORT.id,),
    killed=CountRange(14, None),
    injured=None,
    children_killed=CountRange(6, 6),
    women_killed=None,
    men_killed=None,
    when=DateRange.day(date(2030, 5, 15)),
    place="Tal Amrin",
    located=PLACE,
    actor="syrian_government",
    means="airstrike",
    grade="weak",
    because={"killed": "the mayor: 14"},
    claims=tuple(c.id for c in INCIDENT.claims),
)
DENIAL = Span(TEXT.index("Both"), len(TEXT))
PAGE = Page(
    REPORT,
    CLAIMS,
    [INCIDENT],
    [ENTRY],
    (Statement(REPORT.id, DENIAL, "denial", None, ("Both armies",), ("the mayor",)),),
    (Victim(REPORT.id, Span(0, 8), "Omar Tell", "killed", 41, "male"),),
)


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (Count(14), "14"),
        (Count(400_000), "400,000"),
        (Count(9, bound="at_least"), "at least 9"),
        (Count(9, bound="at_most"), "up to 9"),
        (Count(9, bound="about"), "about 9"),
        (Count(2, 3), "2 to 3"),
        (Count(0), "none"),
        (Count(None, bound="vague"), "scores"),
    ],
)
def test_a_count_keeps_its_meaning(count: Count, words: str) -> None:
    """A floor is shown as a floor, a vague word as itself, none as none."""
    assert count_words(count, "scores") == words


@pytest.mark.parametrize(
    ("counted", "words"),
    [
        (CountRange(0, 0), "none"),
        (CountRange(9, 9), "9"),
        (CountRange(9, 12), "9 to 12"),
        (CountRange(9, None), "9 or more"),
    ],
)
def test_a_range_keeps_its_ends(counted: CountRange, words: str) -> None:
    """An open end is not closed."""
    assert range_words(counted) == words


def test_a_claim_in_words() -> None:
    """One child is a child; people need no noun."""
    assert claim_words(PART, TEXT) == "6 children killed"
    assert claim_words(claim("six", "e", count=Count(1), group="children"), TEXT) == "1 child killed"
    assert claim_words(VAGUE, TEXT) == "Dozens injured"


def test_a_place_says_how_finely_it_is_known() -> None:
    """A place without coordinates says so, and no place is not told."""
    assert place_words("Tal Amrin", PLACE) == "Tal Amrin, Idlib, SY (town, 35.9000 36.7500)"
    assert place_words("the town", PLACE) == "the town → Tal Amrin, Idlib, SY (town, 35.9000 36.7500)"
    assert place_words("Tal Amrin", None) == "Tal Amrin (not found in the gazetteer)"
    assert place_words(None, None) == "not told"


def test_the_chain_is_shown_once() -> None:
    """The same chain behind two claims is one chain; where there is none the report speaks."""
    assert chains_words([WHOLE, WHOLE]) == "the mayor, via Example Wire"
    assert chains_words([PART]) == "the report itself"


def test_totals_stand_apart() -> None:
    """A running total is in no incident's toll; a damaged building neither, whatever its scope."""
    damaged = claim("Both", "f", kind="damaged", group="things", count=Count(2))
    page = Page(REPORT, [*CLAIMS, damaged], [Incident("i", (), (WHOLE, PART, VAGUE, TOTAL, damaged))], [ENTRY])
    apart = told_apart(page)
    assert apart == {"Running totals": [TOTAL], "Damaged or destroyed": [damaged]}


def test_no_claim_is_lost() -> None:
    """A claim that no incident took is shown all the same."""
    assert told_apart(Page(REPORT, [WHOLE], [], [])) == {"Harm tied to no incident": [WHOLE]}


def test_a_part_is_shown_beside_its_whole() -> None:
    """The toll is the record's range; children are a part of it, never added."""
    killed, injured = tolls(INCIDENT.claims, ENTRY, TEXT)
    assert (killed.figure, killed.parts) == ("14 or more", ("6 children",))
    assert (injured.figure, injured.parts) == ("Dozens", ())


def test_without_an_entry_the_claims_speak() -> None:
    """Differing counts of one whole are a range."""
    other = claim("Fourteen", "g", count=Count(12))
    assert tolls([WHOLE, other], None, TEXT)[0].figure == "12 to 14"


def test_numbers_are_marked_where_they_stand() -> None:
    """Brackets stand around the words of the count and nowhere else."""
    assert marked(WHOLE.sentence, [WHOLE.span, PART.span], TEXT).plain == (
        "[Fourteen] people were killed in Tal Amrin, [six] children among them, the mayor said."
    )


@pytest.mark.parametrize("width", [80, 100])
def test_a_page_shows_all_there_is(width: int) -> None:
    """Tolls, fields, sentences, ids, totals, statements, names; no line is wider than asked for."""
    shown = printed(page_view(PAGE), width, colour=False)
    for wanted in (
        "r<U+001B>[2J",
        "Example Wire · published 2030-05-17",
        "note: One line was left out.",
        "14 or more   6 children",
        "town, 35.9000 36.7500",
        "2030-05-15",
        "Syrian government",
        "airstrike",
        "the mayor, via Example Wire",
        "[Fourteen] people",
        "6 children killed bbbb0000",
        "Dozens injured cccc0000 (disputed)",
        "Running totals",
        "at least 550 killed · since 2030-04-01",
        "denial · said by Both armies · denied by the mayor",
        "Omar Tell · aged 41 · male · killed",
    ):
        assert wanted in shown, wanted
    assert max(map(len, shown.splitlines())) <= width
    assert "\x1b" not in shown
    assert not any(row.endswith(" ") for row in shown.splitlines())


def test_colour_only_adds() -> None:
    """On a terminal the same words stand in colour."""
    assert "\x1b[" in printed(page_view(PAGE), 80, colour=True)


def test_reasons_are_shown_when_asked_for() -> None:
    """--explain and explain give the words each field was read from; a plain page does not."""
    assert "'More than' before 550" not in printed(page_view(PAGE), 100, colour=False)
    assert "'More than' before 550" in printed(page_view(PAGE, explain=True), 100, colour=False)
    alone = printed(explained(TOTAL, REPORT), 100, colour=False)
    assert "[More than 550] have been killed" in alone
    assert "'since April'" in alone


def test_a_report_without_harm_says_so() -> None:
    """An empty page is an answer, not a blank."""
    assert "No count of harm was found." in printed(page_view(Page(REPORT, [], [], [])), 80, colour=False)


def test_a_claim_is_written_as_agreed() -> None:
    """Names and order of the fields are a contract; a parent is an index; nothing told is null."""
    first, second, *_ = claim_records(CLAIMS)
    assert list(first)[1:18] == [
        "report", "start", "end", "kind", "value", "high", "bound", "group", "status", "scope", "place",
        "start_date", "end_date", "actor", "means", "munitions", "sources",
    ]  # fmt: skip
    assert (first["parent"], second["parent"]) == (None, 0)
    assert (first["latitude"], second["latitude"], first["precision"]) == (35.9, None, "town")
    assert claim_records([TOTAL])[0]["end_date"] is None


def test_an_incident_is_written_as_agreed() -> None:
    """An open end is null beside its low end; a toll that nobody states is null."""
    record = incident_record(ENTRY)
    assert record["killed"] == {"low": 14, "high": None}
    assert record["injured"] is None
    assert (record["date_start"], record["date_end"], record["place"]) == ("2030-05-15", "2030-05-15", "Tal Amrin")
    assert orjson.loads(line(record)) == record


def test_a_page_as_a_record_leads_back_to_the_characters() -> None:
    """Each claim carries its words and its sentence."""
    record = page_record(PAGE)
    told = record["incidents"][0]["claims"][0]
    assert (told["words"], told["sentence"][:8]) == ("Fourteen", "Fourteen")
    assert [c["said"] for c in record["apart"]["Running totals"]] == ["at least 550 killed"]
    assert record["statements"][0]["denied_by"] == ["the mayor"]
    assert record["victims"][0]["name"] == "Omar Tell"


def test_a_table_has_one_row_a_claim() -> None:
    """The incident stands beside each claim; a total has none."""
    rows = list(csv.DictReader(io.StringIO(csv_text(page_rows(PAGE)))))
    assert [row["incident"] for row in rows] == [INCIDENT.id] * 3 + [""]
    assert rows[0]["sources"] == "the mayor; Example Wire"


def test_shapes_hold_together() -> None:
    """Two pages are one JSON list, two JSON lines, one table with one heading."""
    assert len(orjson.loads(b"".join(written([PAGE, PAGE], Shape.json, False, 80, False)))) == 2
    assert len(b"".join(written([PAGE, PAGE], Shape.jsonl, False, 80, False)).splitlines()) == 2
    table = b"".join(written([Page(REPORT, [], [], []), PAGE, PAGE], Shape.csv, False, 80, False)).decode()
    assert len(list(csv.DictReader(io.StringIO(table)))) == 8


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b[31mb", "a<U+001B>[31mb"),
        ("14\u202e killed", "14<U+202E> killed"),
        ("one\r\ntwo\u2028three", "one two three"),
        ("zero\u200bwidth", "zero<U+200B>width"),
        ("قتل é 😀", "قتل é 😀"),
    ],
)
def test_what_is_hidden_is_shown(text: str, shown: str) -> None:
    """Escapes and marks that turn text around are spelt out; letters of any script are left alone."""
    assert visible(text) == shown


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    """A spreadsheet that opens our table runs nothing."""
    assert cell(text) == f"'{text}"
    assert cell(f"x{text}") == f"x{text}"
