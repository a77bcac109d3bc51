"""Whatever a person points at: each report is read, or one line says where and why it was not, and the others go on."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest

from harmledger.errors import ReportError
from harmledger.model import Report
from harmledger.read import LONGEST_TEXT, ReadOptions, columns_of, read_report, read_reports

BROKEN = [
    ("empty.txt", b"", "is empty"),
    ("blank.txt", b" \n\n\t", "is empty"),
    ("picture.txt", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "is a picture"),
    ("word.docx.txt", b"PK\x03\x04" + b"\x14\x00" * 64, "is a zip archive"),
    ("noise.txt", bytes(range(256)) * 40, "is a binary file"),
    ("controls.txt", b"\x01\x02 \x03\n" + b" " * 50, "holds no text"),
    ("chrome.txt", b"4410020030001 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed\nShare this article\n", "holds no text"),
    ("app.html", b"<html><body><div id=app></div><script>go()</script></body></html>", "is a page without text"),
    ("broken.pdf", b"%PDF-1.7\nnothing more", "is a PDF that cannot be opened"),
    ("no-text.csv", b"ref,heading\n1,Two dead\n", "has no column with the text"),
    ("no-text.jsonl", b'{"id": "a"}\n', 'has no "text"'),
    ("number.jsonl", b'{"id": "a", "text": 14}\n', '"text" is a number'),
    ("blank.jsonl", b'{"id": "a", "text": "  "}\n', '"text" is empty'),
    ("day.jsonl", b'{"id": "a", "text": "x", "published": "2019-02-30"}\n', "is no date that exists"),
    ("list.jsonl", b"[1]\n", "is JSON but not an object"),
    ("prose.jsonl", b"14 people were killed\n", "is not JSON"),
    ("cut.json", b'[{"id": "a", "text": "x"}', "is not JSON"),
]


@pytest.mark.parametrize(("name", "original", "what"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_file_is_one_message_and_the_next_is_read(
    tmp_path: Path, name: str, original: bytes, what: str
) -> None:
    """The message names the file; the file after it is read all the same."""
    broken, good = tmp_path / name, tmp_path / "zz.txt"
    broken.write_bytes(original)
    good.write_text("Two people were killed.")
    first, second = read_reports([broken, good])
    assert isinstance(first, ReportError)
    assert first.where.startswith(str(broken))
    assert what in str(first)
    assert "\n" not in str(first)
    assert isinstance(second, Report)


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    """A missing file and a folder without reports are messages, not crashes."""
    missing, folder = read_reports([tmp_path / "gone.txt", tmp_path])
    assert "is not there" in str(missing)
    assert "is a folder without reports" in str(folder)


def test_a_line_is_named_by_its_number(tmp_path: Path) -> None:
    """Line 3 fails, lines 1 and 4 do not; the blank line counts."""
    path = tmp_path / "reports.jsonl"
    path.write_bytes(b'{"id": "a", "text": "x"}\n\n{"id": "b"}\n{"id": 7, "text": "y", "more": [1]}\n')
    first, failed, last = read_reports([path])
    assert isinstance(first, Report)
    assert isinstance(failed, ReportError)
    assert failed.where == f"{path}:3"
    assert isinstance(last, Report)
    assert last.id == "7"


def test_an_id_is_given_once(tmp_path: Path) -> None:
    """Claims point at reports by id, so a second record with the same one is refused and the first is named."""
    path = tmp_path / "reports.jsonl"
    path.write_bytes(b'{"id": "a", "text": "x"}\n{"id": "a", "text": "y"}\n')
    _, failed = read_reports([path])
    assert str(failed).startswith(f'{path}:2: has the id "a", as {path}:1 has.')


def test_files_of_one_name_are_kept_apart(tmp_path: Path) -> None:
    """The second file of a name is called by its path."""
    paths = [tmp_path / folder / "report.txt" for folder in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        path.write_text("One was killed.")
    assert [found.id for found in read_reports(paths) if isinstance(found, Report)] == ["report.txt", str(paths[1])]


def test_a_folder_is_walked_in_order(tmp_path: Path) -> None:
    """Folders inside are walked too; hidden and unknown files are no reports."""
    for name in ("b.txt", "a/c.txt", ".hidden/d.txt", "notes.xyz"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("One was killed.")
    assert [found.id for found in read_reports([tmp_path]) if isinstance(found, Report)] == ["a/c.txt", "b.txt"]


def test_the_text_of_a_json_line_is_not_touched(tmp_path: Path) -> None:
    """Its offsets are the sender's: no mending, no trimming, whatever stands in it."""
    path = tmp_path / "reports.jsonl"
    path.write_bytes(b'{"id": "a", "text": " \\u0000\\u202e14 killed\\r\\nShare this article\\ud83d\\ude00 "}\n')
    assert read_report(path).text == " \x00\u202e14 killed\r\nShare this article😀 "


@pytest.mark.parametrize(("name", "size"), [("long.txt", 5 * LONGEST_TEXT), ("long.jsonl", LONGEST_TEXT + 1)])
def test_a_text_longer_than_any_report_is_refused(tmp_path: Path, name: str, size: int) -> None:
    """An archive in one file is not one report."""
    path = tmp_path / name
    path.write_text("a" * size if name.endswith("txt") else f'{{"id": "a", "text": "{"a" * size}"}}\n')
    (failed,) = read_reports([path])
    assert "Split it into its reports" in str(failed)


def test_a_records_own_word_outranks_the_option(tmp_path: Path) -> None:
    """--published stands in only where a record tells no date."""
    path = tmp_path / "reports.jsonl"
    path.write_bytes(b'{"id": "a", "text": "x", "published": "2019-08-01"}\n{"id": "b", "text": "x"}\n')
    options = ReadOptions(date(2020, 1, 1), "Example Wire")
    days = [str(found.published) for found in read_reports([path], options) if isinstance(found, Report)]
    assert days == ["2019-08-01", "2020-01-01"]


def test_the_original_is_known_by_its_hash(tmp_path: Path) -> None:
    """The hash is that of the bytes on disk."""
    path = tmp_path / "a.txt"
    path.write_bytes(b"caf\xe9: two killed")
    assert read_report(path).sha256 == hashlib.sha256(b"caf\xe9: two killed").hexdigest()


def test_several_reports_are_no_single_one(tmp_path: Path) -> None:
    """read_report refuses to choose."""
    path = tmp_path / "reports.jsonl"
    path.write_bytes(b'{"id": "a", "text": "x"}\n{"id": "b", "text": "x"}\n')
    with pytest.raises(ReportError, match="more than one report"):
        read_report(path)


@pytest.mark.parametrize("pair", ["text", "text=", "body=Text", "=Text"])
def test_a_wrong_column_map_says_so(pair: str) -> None:
    """A field we do not know is not passed over."""
    with pytest.raises(ReportError, match="field=heading"):
        columns_of([pair])
