"""A damaged name within the file itself: SQLite quotes it in a message that is no text."""

from __future__ import annotations

from pathlib import Path

from dangers import filled

from harmledger.errors import LedgerError
from harmledger.ledger import open_ledger


def test_a_name_that_is_no_text_any_more_is_told(tmp_path: Path) -> None:
    """A changed byte in the name of a table must be told as damage, and not end in an error of Python's."""
    filled(tmp_path)
    file = tmp_path / "ledger.db"
    data = bytearray(file.read_bytes())
    place = data.index(b"tablereportsreports") + len(b"tablerep")
    data[place] = 0xEF
    file.write_bytes(bytes(data))
    told = ""
    try:
        with open_ledger(tmp_path) as book:
            told = "" if book.verify().whole else "found"
    except LedgerError as error:
        told = str(error)
    assert told
