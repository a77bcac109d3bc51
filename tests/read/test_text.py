"""Plain text: encodings, chrome, wrapped lines; what stays keeps its place."""

from __future__ import annotations

import codecs
import re

import pytest

from harmledger.read.chrome import blank_chrome, chrome_entries, is_chrome
from harmledger.read.encoding import decode, without_controls
from harmledger.read.text import text_of
from harmledger.read.wrapping import unwrap

ARABIC = "قتل 14 شخصا في حلب يوم الجمعة حسب ما قال ناشطون محليون"


@pytest.mark.parametrize(
    ("original", "text"),
    [
        ("“Naïve” – 14".encode(), "“Naïve” – 14"),
        (codecs.BOM_UTF8 + b"14 killed", "14 killed"),
        ("14 killed in Homs".encode("utf-16"), "14 killed in Homs"),
        ("14 killed in Homs".encode("utf-16-le"), "14 killed in Homs"),
        ("14 killed in Homs".encode("utf-16-be"), "14 killed in Homs"),
        (codecs.BOM_UTF32_LE + "14 killed".encode("utf-32-le"), "14 killed"),
        ("“Fourteen” killed at the café".encode("cp1252"), "“Fourteen” killed at the café"),
        (ARABIC.encode("cp1256"), ARABIC),
        ("Idlib’s café".encode().decode("cp1252").encode(), "Idlib’s café"),
        (b"Homs \xe2\x80\x9ctwo\xe2\x80\x9d \xe2\x80\x93 and \xff three", "Homs “two” – and \ufffd three"),
    ],
    ids=["utf8", "marker", "utf16", "utf16le", "utf16be", "utf32", "western", "arabic", "mangled", "one bad byte"],
)
def test_what_was_written_is_read(original: bytes, text: str) -> None:
    """Every encoding that people send gives the same characters."""
    assert decode(original)[0] == text


def test_a_guess_is_told() -> None:
    """UTF-8 needs no note; anything else has one."""
    assert decode("café".encode())[1] == ()
    assert decode(b"caf\xe9 in Homs")[1] == ("Read as cp1252: it is not UTF-8.",)


def test_control_characters_leave_their_place() -> None:
    """Offsets stay; tabs and line ends stay themselves."""
    assert without_controls("a\x00b\tc\r\n\x1bd")[0] == "a b\tc\r\n d"


@pytest.mark.parametrize("entry", chrome_entries(), ids=lambda entry: entry["name"])
def test_chrome_knows_its_example_and_spares_the_report(entry: dict[str, str]) -> None:
    """Each pattern matches its example whole, and not the sentence that only begins like it."""
    assert re.fullmatch(entry["pattern"], entry["example"], re.IGNORECASE)
    assert is_chrome(entry["example"])
    assert not is_chrome(entry["not"])


@pytest.mark.parametrize(
    "line",
    [
        "Three people were killed",
        "14",
        "2019",
        "5 000 displaced",
        "Share of civilians among the dead: 80 percent, the monitor said",
        "Tags were found on four bodies",
        "Next, the second strike wounded seven",
        "",
    ],
)
def test_no_sentence_is_chrome(line: str) -> None:
    """What a report says stays."""
    assert not is_chrome(line)


def test_dropped_lines_keep_every_offset() -> None:
    """Chrome becomes spaces, so a number has the same characters in the file and in the text."""
    text = "Two killed.\n4410020030001 1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed\nShare\nThree hurt."
    blanked, notes = blank_chrome(text)
    assert len(blanked) == len(text)
    assert blanked.index("Three") == text.index("Three")
    assert "4410" not in blanked
    assert notes == ("Page chrome was left out (read as spaces): 2 lines.",)


WRAPPED = """\
At least fourteen people were killed on Tuesday when shells fell on
Tal Amrin, a monitor said, and many more were taken to hospital by
Red Crescent volunteers who had come from the neighbouring town of
Binnish during the night. Six of the dead were children, said the
Directorate of Health.

A second strike followed an hour later.
"""


def test_wrapped_lines_are_joined_in_place() -> None:
    """A sentence broken before a capital is one sentence again; paragraphs stay apart; nothing moves."""
    text, wrapped = unwrap(WRAPPED)
    assert wrapped
    assert len(text) == len(WRAPPED)
    assert "fell on Tal Amrin" in text
    assert "Health.\n\nA second" in text


@pytest.mark.parametrize(
    "text",
    [
        "Two dead\nThree hurt\nFour missing\nFive held\nSix fled",
        "Shelling kills two in Tal Amrin\n\nTwo people were killed.\nThree were hurt.",
        "",
    ],
    ids=["list", "headline", "empty"],
)
def test_lines_of_their_own_stay(text: str) -> None:
    """Lists and headlines were not broken to fit a page."""
    assert unwrap(text) == (text, False)


def test_offsets_of_a_text_hold_in_the_file() -> None:
    """The text of a UTF-8 file is as long as the file's characters."""
    source = "Share\r\n\x00Two 😀 killed\u202e.\r\n" + WRAPPED
    text, notes = text_of(source.encode(), "a.txt")
    assert len(text) == len(source)
    assert text.index("Six of the dead") == source.index("Six of the dead")
    assert len(notes) == 3
