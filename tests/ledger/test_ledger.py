"""What goes in is there again, once, untouched, with who and when; on every kind of store."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from reports import ALL, MARLOW, ORSK, dispatch

from harmledger.errors import LedgerError, ReportError
from harmledger.ledger import Ledger, Search, Taken, open_ledger
from harmledger.model import Judgement


def test_a_report_is_there_again_as_it_came(where: str) -> None:
    """A field, a character or a byte of the original that changes on its way would be lost for good."""
    with open_ledger(where, by="amal") as ledger:
        taken = ledger.add(ORSK, b"the untouched \x00\xff bytes")
        assert taken.new
    with open_ledger(where) as ledger:
        kept = ledger.report("orsk")
        assert (kept.text, kept.published, kept.outlet) == (ORSK.text, ORSK.published, ORSK.outlet)
        assert (kept.address, kept.title) == (ORSK.address, ORSK.title)
        assert ledger.original("orsk") == b"the untouched \x00\xff bytes"
        line = ledger.report_line("orsk")
        assert line.by == "amal"
        assert line.at.endswith("+00:00")
        assert ledger.verify().whole


def test_twice_the_same_is_once(where: str) -> None:
    """The same bytes again, in one batch or later, by the same or another name, make no second report."""
    with open_ledger(where) as ledger:
        assert ledger.add(MARLOW).new
        again = ledger.add(MARLOW)
        assert not again.new
        assert again.report.id == "marlow"
        assert len(list(ledger.reports())) == 1


def test_another_report_with_a_taken_id_gets_its_own(where: str) -> None:
    """Two outlets both call their file news.txt; neither may hide the other."""
    with open_ledger(where) as ledger:
        ledger.add(MARLOW)
        other = ledger.add(type(MARLOW)("marlow", "Two people were killed."), b"Two people were killed.")
        assert other.new
        assert other.report.id.startswith("marlow#")
        assert {report.id for report in ledger.reports()} == {"marlow", other.report.id}


def test_files_are_taken_and_what_cannot_be_read_is_told(where: str, tmp_path: Path) -> None:
    """One broken line must not cost the others, and a table's rows share its untouched file."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Shelling killed two people in Marlow.\n")
    (tmp_path / "in" / "b.jsonl").write_bytes(b'{"id":"b1","text":"Three were killed."}\n{"id":"b2"}\n')
    (tmp_path / "in" / "c.csv").write_text("id,text\nc1,Four people were killed.\nc2,Five were hurt.\n")
    with open_ledger(where) as ledger:
        found = list(ledger.add_files([tmp_path / "in"]))
        assert [t.report.id for t in found if isinstance(t, Taken)] == ["a.txt", "b1", "c1", "c2"]
        assert len([t for t in found if isinstance(t, ReportError)]) == 1
        assert ledger.original("a.txt") == b"Shelling killed two people in Marlow.\n"
        assert ledger.original("b1") == b'{"id":"b1","text":"Three were killed."}\n'
        assert ledger.original("c1") == ledger.original("c2") == (tmp_path / "in" / "c.csv").read_bytes()
        again = [t for t in ledger.add_files([tmp_path / "in"]) if isinstance(t, Taken)]
        assert [t.new for t in again] == [False] * 4
        assert ledger.verify().whole


def test_half_a_character_is_refused_and_the_rest_taken(where: str) -> None:
    """A text with a lone surrogate cannot be written; it must not stop a ledger that is fine."""
    with open_ledger(where) as ledger:
        with pytest.raises(LedgerError, match="half a character"):
            ledger.add(type(MARLOW)("broken", "killed \ud800 two"), b"x")
        ledger.add(MARLOW)
        assert ledger.verify().whole


def test_judgements_keep_person_time_and_reason(where: str) -> None:
    """A decision without who, when or why cannot be defended; the order in which they were made is kept."""
    with open_ledger(where) as ledger:
        ledger.add(MARLOW)
        first = ledger.judge(Judgement("reject_claim", "c1", by="amal", reason="counts the wounded twice"))
        second = ledger.judge(Judgement("undo", first.id, by="omar", reason="amal withdrew it"))
        assert [j.id for j in ledger.judgements()] == [first.id, second.id]
        assert all(j.by and j.at and j.reason for j in ledger.judgements())
        assert [line.kind for line in ledger.history("c1")] == ["judgement"]
        assert ledger.verify().whole


@pytest.mark.parametrize(
    ("judgement", "told"),
    [
        (Judgement("reject_claim", "c1", reason="why"), "who judges"),
        (Judgement("reject_claim", "c1", by="amal"), "does not tell why"),
        (Judgement("reject_claim", "", by="amal", reason="why"), "what it judges"),
        (Judgement("same_incident", "i1", by="amal", reason="why"), "lacks its other"),
        (Judgement("correct_claim", "c1", field="count", by="amal", reason="why"), "lacks its value"),
        (Judgement("undo", "J99", by="amal", reason="why"), "is no judgement"),
        (Judgement("guess", "c1", by="amal", reason="why"), "is no judgement"),  # type: ignore[arg-type]
    ],
)
def test_a_judgement_that_lacks_something_is_refused(tmp_path: Path, judgement: Judgement, told: str) -> None:
    """What is refused leaves no line."""
    with open_ledger(tmp_path) as ledger:
        before = ledger.head()
        with pytest.raises(LedgerError, match=told):
            ledger.judge(judgement)
        assert ledger.head() == before


def test_many_judgements_brought_in_are_one_line_and_undone_as_one(where: str) -> None:
    """An import of 3 that is undone is undone in all 3, whoever reads the judgements; a faulty one brings in none."""
    given = [Judgement("reject_claim", f"c{n}", reason="duplicate", by="omar") for n in range(3)]
    with open_ledger(where, by="amal") as ledger:
        made = ledger.judge_all(given, "omar.csv")
        line = ledger.head().number
        assert [j.id for j in made] == [f"J{line}.{n}" for n in (1, 2, 3)]
        ledger.judge(Judgement("undo", f"J{line}", by="amal", reason="wrong file"))
        undone = [j.subject for j in ledger.judgements() if j.verb == "undo"]
        assert undone == [j.id for j in made]
        before = ledger.head()
        with pytest.raises(LedgerError, match="judgement 2"):
            ledger.judge_all([given[0], Judgement("grade", "i1", by="omar")], "bad.csv")
        assert ledger.head() == before


def test_an_export_or_a_view_is_on_record(where: str) -> None:
    """Who took what out, and who looked at a restricted field, must be found by the report's history."""
    with open_ledger(where, by="amal") as ledger:
        ledger.add(MARLOW)
        ledger.record_event("export", {"format": "hxl", "incidents": 1}, about=["marlow"])
        kinds = [(line.kind, line.by) for line in ledger.history("marlow")]
        assert kinds == [("report", "amal"), ("export", "amal")]
        with pytest.raises(LedgerError, match="writes itself"):
            ledger.record_event("judgement", {})
        with pytest.raises(LedgerError, match="cannot"):
            ledger.record_event("export", {"share": float("nan")})


SEARCHES = [
    (Search("hospital"), ["marlow"]),
    (Search("HOSPITAL marlow"), ["marlow"]),
    (Search("hospital village"), []),
    (Search('"the hospital"'), ["marlow"]),
    (Search('"hospital the"'), []),
    (Search("hosp*"), ["marlow"]),
    (Search("hosp"), []),
    (Search("حماة"), ["hama"]),  # without vowels, as a person types it
    (Search("حماه"), ["hama"]),  # ha for ta marbuta
    (Search("ادلب قتل"), ["hama"]),  # no hamza, no vowels
    (Search("مُسْتَشْفَى"), ["hama"]),  # more vowels than the report has
    (Search(kind="injured"), ["marlow"]),
    (Search(place="tell example"), ["orsk"]),
    (Search(place="Tell Example", kind="injured"), []),
    (Search(actor="Russia"), ["orsk"]),
    (Search(since=date(2030, 5, 7), until=date(2030, 5, 7)), ["orsk"]),
    (Search(since=date(2030, 5, 4), until=date(2030, 5, 6)), []),
    (Search(until=date(2030, 5, 3)), ["marlow"]),
    (Search("children", since=date(2030, 5, 1)), ["orsk"]),
    (Search("' OR 1=1; DROP TABLE lines; -- \" * ( NEAR"), []),  # data, not SQL
]


def test_reports_are_found_by_words_place_day_actor_and_kind(where: str) -> None:
    """Each row is one way in which a person asks; what is not asked for must not come."""
    with open_ledger(where) as ledger:
        for report in ALL:
            ledger.add(report)
        ledger.bring_up_to_date()
        for query, wanted in SEARCHES:
            assert [hit.report for hit in ledger.search(query)] == wanted, query
        assert len(ledger.search(Search())) == 3
        assert ledger.verify().whole


def test_cases_are_those_of_the_hops_and_of_what_is_asked(where: str) -> None:
    """What is kept must be what the hops make, and a query must give the incidents of the claims it finds."""
    from harmledger.batch import read_whole
    from harmledger.match import match_events
    from harmledger.reconcile import reconcile

    with open_ledger(where) as ledger:
        for report in ALL:
            ledger.add(report)
        kept = list(ledger.cases())
        events = [event for report in ledger.reports() for event in read_whole(report)[1]]
        incidents = match_events(events)
        assert {c.incident.id: c.entry for c in kept} == {e.incident: e for e in reconcile(incidents)}
        assert {c.incident.id: c.incident for c in kept} == {i.id: i for i in incidents}
        (found,) = ledger.cases(Search("hospital"))
        assert found.entry.killed is not None
        assert found.entry.killed.low == 14
        assert [report.id for report in found.reports] == ["marlow"]
        assert ledger.case(found.incident.id[:8]) == found
        assert list(ledger.cases(Search("nowhere"))) == []


def test_a_later_day_reads_its_own_reports_only(where: str) -> None:
    """What was read stays as it is, to the byte, when a report is added; and it is no longer waiting after."""
    from sqlalchemy import select

    from harmledger.ledger.tables import readings

    def read(ledger: Ledger) -> dict[int, bytes]:
        with ledger.store.reading() as connection:
            return {row.number: bytes(row.made) for row in connection.execute(select(readings))}

    with open_ledger(where) as ledger:
        for number in range(6):
            ledger.add(dispatch(number))
        ledger.bring_up_to_date()
        before = read(ledger)
        assert (len(before), ledger.state().waiting) == (6, 0)
        ledger.add(ORSK)
        assert ledger.state().waiting == 1
        ledger.bring_up_to_date()
        after = read(ledger)
        assert len(after) == 7
        assert all(after[number] == made for number, made in before.items())


def test_opening_nothing_makes_a_ledger_and_opening_it_again_changes_nothing(where: str) -> None:
    """Looking at a ledger must not write lines."""
    with open_ledger(where) as ledger:
        first = ledger.head()
    with open_ledger(where) as ledger:
        assert ledger.head() == first
        assert first.number == 1
