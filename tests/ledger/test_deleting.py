"""What is deleted is gone to the byte, and who deleted it and why is on record."""

from __future__ import annotations

from pathlib import Path

import pytest
from postgres_server import Server
from reports import ALL, MARLOW, ORSK

from harmledger.errors import LedgerError
from harmledger.ledger import Search, open_ledger
from harmledger.model import Judgement, Report

_SECRET = Report("secret", "Zephyrine Quillfeather, a nurse, was killed in Marlow, neighbours of Quillfeather said.")


def _everywhere(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()).lower()


def test_the_bytes_are_gone_and_the_tombstone_stays(where: str) -> None:
    """A source who is in danger must not be found in the text, the index, the claims, the incidents or a judgement."""
    with open_ledger(where, by="amal") as ledger:
        for report in (*ALL, _SECRET):
            ledger.add(report)
        ledger.bring_up_to_date()
        note = ledger.judge(Judgement("note", "secret", value="Quillfeather's brother is our source", by="amal"))
        line = ledger.report_line("secret").number
        ledger.delete(["secret", note.id], "the family is in danger")
        assert not any("quillfeather" in report.text.lower() for report in ledger.reports())
        assert ledger.search(Search("Quillfeather")) == []
        assert ledger.judgements() == []
        with pytest.raises(LedgerError, match="no report"):
            ledger.original("secret")
        assert all("secret" not in case.incident.reports for case in ledger.cases())
        (told,) = ledger.history("secret")
        assert (told.kind, told.by, told.told["reason"]) == ("deletion", "amal", "the family is in danger")
        assert line in told.told["lines"]
        assert ledger.verify().whole
        assert len(list(ledger.cases())) > 0
        assert ledger.verify().whole
    if not where.startswith("postgresql"):
        kept = _everywhere(Path(where))
        assert b"quillfeather" not in kept
        assert b"zephyrine" not in kept


def test_a_plain_ledger_held_the_bytes_before(tmp_path: Path) -> None:
    """Else the test above would prove nothing."""
    with open_ledger(tmp_path / "ledger") as ledger:
        ledger.add(_SECRET)
    assert b"quillfeather" in _everywhere(tmp_path / "ledger")


def test_postgresql_gives_the_bytes_up_too(postgres: Server) -> None:
    """A deleted row stays in the server's files until they are rewritten."""
    url = postgres.database()
    with open_ledger(url) as ledger:
        for report in (*ALL, _SECRET):
            ledger.add(report)
        ledger.bring_up_to_date()
        ledger.delete(["secret"], "the family is in danger", by="amal")
    postgres.sql("CHECKPOINT", url.rpartition("/")[2])
    files = _everywhere(postgres.folder / "data" / "base")
    assert b"quillfeather" not in files


def test_a_report_that_shares_its_file_is_not_deleted_alone(where: str, tmp_path: Path) -> None:
    """The untouched file holds the other reports' rows; it can go only with all of them."""
    table = tmp_path / "table.csv"
    table.write_text("id,text\nc1,Four people were killed.\nc2,Five were hurt.\n")
    with open_ledger(where, by="amal") as ledger:
        list(ledger.add_files([table]))
        before = ledger.head()
        with pytest.raises(LedgerError, match="1 other reports"):
            ledger.delete(["c1"], "asked for")
        with pytest.raises(LedgerError, match="is no report"):
            ledger.delete(["c1", "c9"], "asked for")
        with pytest.raises(LedgerError, match="who and why"):
            ledger.delete(["c1", "c2"], " ")
        assert ledger.head() == before
        ledger.delete(["c1", "c2"], "asked for")
        assert list(ledger.reports()) == []
        assert ledger.verify().whole


def test_lines_that_tell_what_was_done_cannot_be_deleted(where: str) -> None:
    """Who can delete a deletion can hide it."""
    with open_ledger(where, by="amal") as ledger:
        ledger.add(ORSK)
        ledger.delete(["orsk"], "asked for")
        for name in ("J1", f"J{ledger.head().number}", "orsk"):
            with pytest.raises(LedgerError, match="is no report or judgement"):
                ledger.delete([name], "to hide it")


def test_the_same_file_may_come_back(where: str) -> None:
    """A deletion does not remember the file it took out, so it can be added again, as a new line."""
    with open_ledger(where, by="amal") as ledger:
        ledger.add(MARLOW)
        ledger.delete(["marlow"], "by mistake")
        assert ledger.add(MARLOW).new
        assert ledger.original("marlow") == MARLOW.text.encode()
        assert ledger.verify().whole
