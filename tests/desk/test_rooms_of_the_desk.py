"""What the desk decides, without a browser: the catalogue, doubts, parts of a text, and the question asked of rows."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from dispatches import write_reports

import harmledger.desk
from harmledger import vocabulary
from harmledger.desk.catalogue import LANGUAGES, form, texts
from harmledger.desk.doubts import weights
from harmledger.desk.record import condition
from harmledger.desk.report import PART, parts_of, pieces_of
from harmledger.desk.shelf import Shelf
from harmledger.desk.shelving import refresh
from harmledger.desk.timeline import timeline
from harmledger.ledger import open_ledger
from harmledger.model import Judgement
from harmledger.query import Query

FOLDER = Path(harmledger.desk.__file__).parent
_FORMS = {"zero", "one", "two", "few", "many", "other"}


def test_languages_have_the_same_texts() -> None:
    """A text that one language lacks would break its page; English takes the lists' terms from the lists."""
    english = set(texts("en"))
    for language in LANGUAGES:
        told = set(texts(language))
        assert english <= told
        for key in told - english:
            section, _, name = key.partition(".")
            assert name in _FORMS or name in vocabulary.labels(section), key


def test_values_of_texts_are_the_same_in_all_languages() -> None:
    """A value that a translation forgets would be lost on the page."""
    for key, text in texts("en").items():
        for language in LANGUAGES:
            if key.partition(".")[2] not in _FORMS:
                assert set(re.findall(r"\{(\w+)\}", texts(language)[key])) == set(re.findall(r"\{(\w+)\}", text)), key


def test_every_term_of_the_lists_is_translated() -> None:
    """An English term in an Arabic page would look like a name."""
    for field in ("kind", "group", "status", "scope", "role", "grade", "precision", "means", "actor"):
        for name in vocabulary.labels(field):
            assert f"{field}.{name}" in texts("ar"), f"{field}.{name}"


def test_every_text_is_used() -> None:
    """A text that no page shows is waste for whoever translates; sections asked for by name are used whole."""
    pages = "".join(path.read_text(encoding="utf-8") for path in FOLDER.rglob("*") if path.suffix in (".j2", ".py"))
    whole = {
        "nav",
        "state",
        "doubt",
        "field",
        "bound",
        "verb",
        "line",
        "keys",
        "role_name",
        "role_means",
        "kind",
        "error",
        "column",
        "trouble",
    }
    for key in texts("en"):
        section, _, name = key.partition(".")
        used = f'"{key}"' in pages or section in whole or name in _FORMS or f'"{section}." ~' in pages
        used = used or any(
            name.startswith(f"{each}_") and f'"{section}.{each}_" ~' in pages for each in ("what", "note", "order")
        )
        assert used or f'"{section}.why_" ~' in pages, key


def test_arabic_numbers_take_their_forms() -> None:
    """Arabic has six forms of a noun after a number; each must be there for every noun that is counted."""
    assert [form("ar", number) for number in (0, 1, 2, 3, 10, 11, 99, 100, 103, 111)] == [
        "zero", "one", "two", "few", "few", "many", "many", "other", "few", "many",
    ]  # fmt: skip
    for noun in ("claims", "incidents", "reports", "merges_n", "rows"):
        assert {f"{noun}.{name}" for name in _FORMS} <= set(texts("ar"))


def test_doubts_have_weights_and_words() -> None:
    """A reason without a weight cannot order the queue, one without words cannot be shown."""
    assert all(weight > 0 for weight in weights().values())
    assert {f"doubt.{name}" for name in weights()} == {key for key in texts("en") if key.startswith("doubt.")}


@pytest.mark.parametrize("text", ["", "short", "x" * (3 * PART + 7), "line\n" * PART, "é\u0301" * PART])
def test_parts_hold_every_character_once(text: str) -> None:
    """A character that no part shows could be the one that says the number."""
    assert "".join(text[start:end] for start, end in parts_of(text)) == text
    assert all(end - start <= PART for start, end in parts_of(text))


def test_pieces_hold_every_character_once(tmp_path: Path, built_home: Path) -> None:
    """Marks must neither hide nor double what stands in the text."""
    with open_ledger(tmp_path / "ledger", by="t") as book:
        list(book.add_files([write_reports(tmp_path / "reports.jsonl")]))
        report = book.report("wire-1")
        claims = list(book.claims("wire-1"))
        pieces = pieces_of(report.text, claims, 0, len(report.text))
        assert "".join(piece.text for piece in pieces) == report.text
        for claim in claims:
            marked = "".join(piece.text for piece in pieces if claim in piece.claims)
            assert marked == claim.span.of(report.text)


def test_the_shelf_answers_as_the_query_does(tmp_path: Path, built_home: Path) -> None:
    """The record's page and an export of the same question must name the same incidents; judgements reach the shelf."""
    with open_ledger(tmp_path / "ledger", by="t") as book:
        list(book.add_files([write_reports(tmp_path / "reports.jsonl")]))
        shelf = Shelf(tmp_path)
        assert refresh(book, shelf)
        assert not refresh(book, shelf)
        questions = (
            "", "date:2030-05", "date:..2030-06-10", "date:2030-07-21..", "place:saraqib", 'place:"Tell Nowhere"',
            "place:SY", "place:idlib", "kind:killed", "kind:injured,displaced", "actor:none", "actor:syrian_government",
            "means:shelling", "means:none,airstrike",
            "grade:weak", "grade:fair,weak place:Saraqib date:2030", 'place:"%"', 'place:"|"',
        )  # fmt: skip
        for told in questions:
            query = Query.parse(told)
            where, values = condition(query)
            found = {row[0] for row in shelf.rows(f"SELECT id FROM incidents WHERE {where}", values)}
            assert found == {case.incident.id for case in book.cases() if query.matches(case)}, told
        first = shelf.one("SELECT id FROM claims WHERE state = 'open' ORDER BY doubt DESC LIMIT 1")
        made = book.judge(Judgement("reject_claim", first, by="t", reason="a test"))
        refresh(book, shelf)
        assert shelf.one("SELECT state FROM claims WHERE id = ?", [first]) == "rejected"
        book.judge(Judgement("undo", made.id, by="t", reason="a test"))
        refresh(book, shelf)
        assert shelf.one("SELECT state FROM claims WHERE id = ?", [first]) == "open"
        again = Shelf(None)
        refresh(book, again)
        for table in ("claims", "incidents", "merges"):
            kept = {tuple(row) for row in shelf.rows(f"SELECT * FROM {table}")}
            assert kept == {tuple(row) for row in again.rows(f"SELECT * FROM {table}")}, table
        number = book.report_line("hostile-1").number
        assert shelf.one("SELECT count(*) FROM claims WHERE number = ?", [number])
        book.delete(["hostile-1"], "a test")
        refresh(book, shelf)
        assert not shelf.one("SELECT count(*) FROM claims WHERE number = ?", [number])
        shelf.close()
        again.close()


def test_a_timeline_of_centuries_drops_nothing(tmp_path: Path, built_home: Path) -> None:
    """A mistyped year must not break the line, nor hide the incidents that stand beyond its length."""
    with open_ledger(tmp_path / "ledger", by="t") as book:
        list(book.add_files([write_reports(tmp_path / "reports.jsonl")]))
        shelf = Shelf(tmp_path)
        refresh(book, shelf)
        row = shelf.rows("SELECT * FROM incidents WHERE day_from = day_to LIMIT 1")[0]
        with shelf.writing() as there:
            for name, year in (("old", "1203"), ("older", "0203"), ("near", "1990")):
                copy = {**dict(row), "id": name, "day_from": f"{year}-05-01", "day_to": f"{year}-05-01"}
                marks = ",".join("?" * len(copy))
                there.execute(f"INSERT INTO incidents ({','.join(copy)}) VALUES ({marks})", list(copy.values()))
        found = timeline(shelf, Query())
        dated = shelf.one("SELECT count(*) FROM incidents WHERE day_from IS NOT NULL")
        assert (found.unit, sum(each.incidents for each in found.bins) + found.long) == ("year", dated)
        assert [each.name for each in found.bins][:3] == ["0203", "1203", "1990"]
        assert {dot.row["id"] for dot in found.dots} >= {"old", "older", "near"}
        near = timeline(shelf, Query.parse("date:1990-01..1990-06"))
        assert [each.name for each in near.bins] == ["1990-05-01"]


def test_maps_asked_for_at_one_moment_break_nobody() -> None:
    """Shapely must be there before two threads ask for it under two names; then one gets half of it, and a 500."""
    words = (
        "import threading, harmledger.desk.borders as b\n"
        "failed = []\n"
        "def ask(make):\n"
        "    try: make()\n"
        "    except Exception as error: failed.append(error)\n"
        "makes = [lambda: b.provinces('SYR'), lambda: b.added(35.0, 35.0, 36.0, 36.0)] * 4\n"
        "threads = [threading.Thread(target=ask, args=(make,)) for make in makes]\n"
        "[thread.start() for thread in threads]; [thread.join() for thread in threads]\n"
        "raise SystemExit(1 if failed else 0)\n"
    )
    assert all(subprocess.run([sys.executable, "-c", words], check=False).returncode == 0 for _ in range(3))
