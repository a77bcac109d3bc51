"""What is set aside stays with its bytes and enters nothing, and comes back as it was."""

from __future__ import annotations

import pytest

from harmledger.errors import LedgerError
from harmledger.ledger import Ledger, open_ledger
from harmledger.ledger.aside import import_name, reports_of
from harmledger.ledger.canonical import digest
from harmledger.model import Judgement, Report
from harmledger.read import Original

TEXTS = {
    "one": "Nine people were killed in an air strike on Saraqib on 1 May 2030, a doctor said.",
    "two": "Nine people were killed in an air strike on Saraqib on 1 May 2030, rescuers said.",
    "three": "Four people were injured by shelling on Binnish on 7 June 2030. More than 210 civilians have been killed "
    "in the province since April, a spokeswoman said.",
}


def _aside(book: Ledger, name: str) -> Judgement:
    return book.judge(Judgement("set_aside", name, by="amal", reason="a test"))


def _record(book: Ledger) -> list[tuple[str, tuple[str, ...], object]]:
    return [(case.incident.id, case.incident.reports, case.entry.killed) for case in book.cases()]


def _imported(book: Ledger, data: bytes, names: list[str]) -> int:
    line = book.record_event("import", {"original": digest(data), "file": "t.csv"}, "amal")
    texts = {name: f"{TEXTS[name[:-1]]} ({name})" for name in names}
    found = [
        (Report(name, text, sha256=digest(text.encode())), Original("t.csv", data)) for name, text in texts.items()
    ]
    assert all(not isinstance(each, Exception) for each in book.take_in(found, "amal"))
    return line.number


def test_a_report_leaves_the_record_and_comes_back(where: str) -> None:
    """A report that was taken in by mistake must count nowhere, without being lost; undoing restores every byte."""
    with open_ledger(where, by="amal") as book:
        for name, text in TEXTS.items():
            book.add(Report(name, text))
        before = _record(book)
        assert len(before) == 2
        first = _aside(book, "one")
        assert [reports for _, reports, _ in _record(book)] == [("two",), ("three",)]
        second = _aside(book, "three")
        assert [reports for _, reports, _ in _record(book)] == [("two",)]
        assert not any(claim.scope == "cumulative" for claims in book.claims_by_report() for claim in claims)
        assert book.rebuild().same
        assert book.original("three") == TEXTS["three"].encode()
        for made in (first, second):
            book.judge(Judgement("undo", made.id, by="amal", reason="a mistake"))
        assert _record(book) == before
        assert book.rebuild().same
        assert book.verify().whole


def test_what_is_corrected_and_aside_comes_back_corrected(where: str) -> None:
    """A correction made while a report is set aside, or before, must hold when it is back."""
    with open_ledger(where, by="amal") as book:
        book.add(Report("one", TEXTS["one"]))
        (case,) = book.cases()
        aside = _aside(book, "one")
        assert list(book.cases()) == []
        claim = case.incident.claims[0].id
        book.judge(Judgement("correct_claim", claim, value="8", field="value", by="amal", reason="a misprint"))
        assert list(book.cases()) == []
        book.judge(Judgement("undo", aside.id, by="amal", reason="a mistake"))
        (case,) = book.cases()
        assert case.entry.killed is not None
        assert case.entry.killed.low == 8


def test_an_import_is_set_aside_as_one(where: str) -> None:
    """One judgement takes a whole table out, and not the reports of another import of the same table."""
    with open_ledger(where, by="amal") as book:
        first = _imported(book, b"the table", ["oneA", "twoA"])
        second = _imported(book, b"the table", ["oneB", "threeB"])
        book.add(Report("two", TEXTS["two"]))
        with book.store.reading() as connection:
            told = [sorted(reports_of(connection, import_name(number)).values()) for number in (first, second)]
            assert told == [["oneA", "twoA"], ["oneB", "threeB"]]
            assert reports_of(connection, "import:999") == {}
        before = _record(book)
        made = _aside(book, import_name(first))
        shown = {report for _, reports, _ in _record(book) for report in reports}
        assert shown == {"oneB", "threeB", "two"}
        book.judge(Judgement("undo", made.id, by="amal", reason="a mistake"))
        assert _record(book) == before
        book.delete([import_name(first), import_name(second)], "a test")
        assert {report.id for report in book.reports()} == {"two"}
        assert book.verify().whole


def test_an_import_cannot_be_deleted_without_its_other_half(where: str) -> None:
    """The table's bytes hold the other import's reports too; they cannot stay without it."""
    with open_ledger(where, by="amal") as book:
        first = _imported(book, b"the table", ["oneA"])
        _imported(book, b"the table", ["twoB"])
        with pytest.raises(LedgerError, match="holds 1 other reports"):
            book.delete([import_name(first)], "a test")
