"""Copies, backups and restores: the same lines with the same hashes, verified before they count."""

from __future__ import annotations

import io
import shutil
import tarfile
import threading
from pathlib import Path

import pytest
from postgres_server import Server
from reports import ALL, MARLOW, ORSK, dispatch

from harmledger.errors import LedgerError
from harmledger.ledger import Ledger, Search, backup_ledger, copy_ledger, open_ledger, restore_ledger
from harmledger.model import Judgement


def _filled(where: str) -> Ledger:
    ledger = open_ledger(where, by="amal")
    for report in ALL:
        ledger.add(report)
    ledger.judge(Judgement("note", "marlow", value="seen", by="amal"))
    ledger.bring_up_to_date()
    ledger.delete(["hama"], "asked for")
    list(ledger.cases())
    return ledger


def _same(one: Ledger, other: Ledger) -> None:
    assert list(one.lines()) == list(other.lines())
    assert list(one.reports()) == list(other.reports())
    assert [one.original(r.id) for r in one.reports()] == [other.original(r.id) for r in other.reports()]
    assert list(one.cases()) == list(other.cases())
    assert one.judgements() == other.judgements()


@pytest.mark.parametrize("to", ["sqlite", "locked", "postgresql"])
def test_a_copy_is_the_ledger_line_by_line(where: str, to: str, tmp_path: Path, postgres: Server) -> None:
    """Whichever way a ledger moves, its head must stay what was signed; a later copy brings what came since."""
    target: str | Path = postgres.database() if to == "postgresql" else tmp_path / "copy"
    passphrase = "another four words" if to == "locked" else None
    with _filled(where) as ledger:
        assert copy_ledger(ledger, target, passphrase).whole
        with open_ledger(target, passphrase) as copied:
            assert copied.head() == ledger.head()
            _same(ledger, copied)
            assert [hit.report for hit in copied.search(Search("hospital"))] == ["marlow"]
        ledger.add(dispatch(1))
        ledger.delete(["orsk"], "asked for")
        assert copy_ledger(ledger, target, passphrase).whole
        with open_ledger(target, passphrase) as copied:
            _same(ledger, copied)
            assert copied.verify().whole


def test_a_copy_into_another_ledger_is_refused(where: str, tmp_path: Path) -> None:
    """Two chains cannot be made one, and neither may be harmed by the attempt."""
    with open_ledger(tmp_path / "other") as other:
        other.add(MARLOW)
        before = other.head()
    with _filled(where) as ledger, pytest.raises(LedgerError, match="holds another ledger"):
        copy_ledger(ledger, tmp_path / "other")
    with open_ledger(tmp_path / "other") as other:
        assert other.head() == before
        assert other.verify().whole


def test_a_broken_ledger_is_not_copied(tmp_path: Path) -> None:
    """An original that was changed must be seen before the copy is taken for good."""
    with open_ledger(tmp_path / "ledger") as ledger:
        ledger.add(MARLOW)
        (original,) = [path for path in (tmp_path / "ledger" / "originals").rglob("*") if path.is_file()]
        original.write_bytes(b"something else")
        with pytest.raises(LedgerError, match="was changed"):
            copy_ledger(ledger, tmp_path / "copy")


def test_a_backup_made_while_others_write_restores_whole(where: str, tmp_path: Path) -> None:
    """A backup at night must not stop the day's intake, and must hold whole transactions."""
    file = tmp_path / "ledger.backup"
    passphrase = "four words in a row" if (Path(where) / "ledger.key").exists() else None
    stop = threading.Event()

    def write() -> None:
        number = 100
        with open_ledger(where, by="omar") as ledger:
            while not stop.is_set():
                ledger.add(dispatch(number))
                number += 1

    with _filled(where) as ledger:
        before = ledger.head()
        writer = threading.Thread(target=write)
        writer.start()
        try:
            while ledger.head().number < before.number + 5:
                pass
            backup_ledger(ledger, file)
        finally:
            stop.set()
            writer.join()
        after = ledger.head()
    restored = restore_ledger(file, tmp_path / "elsewhere", passphrase)
    assert before.number < restored.lines <= after.number
    with open_ledger(tmp_path / "elsewhere", passphrase) as ledger:
        assert ledger.line(before.number) is not None
        assert ledger.verify().whole
        assert ledger.report("marlow").text == MARLOW.text


def test_an_original_that_came_after_the_lines_were_copied_breaks_no_backup(tmp_path: Path) -> None:
    """While a backup runs, another's original may reach its place after the lines were copied without its own."""
    later, earlier = tmp_path / "later", tmp_path / "earlier"
    with _filled(str(later)):
        pass
    shutil.copytree(later, earlier)
    with open_ledger(later, by="omar") as ledger:
        ledger.add(dispatch(5))
    shutil.copytree(later / "originals", earlier / "originals", dirs_exist_ok=True)
    with open_ledger(earlier) as ledger:
        assert not ledger.verify().whole  # in a ledger of today it is a file that somebody added
        backup_ledger(ledger, tmp_path / "backup")
    restore_ledger(tmp_path / "backup", tmp_path / "elsewhere")
    with open_ledger(tmp_path / "elsewhere") as ledger:
        assert ledger.verify().whole
        ledger.add(dispatch(5))
        assert ledger.verify().whole


def test_a_restore_keeps_what_was_there(tmp_path: Path) -> None:
    """Restoring by mistake must not cost the ledger of today."""
    where = tmp_path / "ledger"
    with _filled(str(where)) as ledger:
        backup_ledger(ledger, tmp_path / "backup")
        ledger.add(dispatch(5))
        lost = ledger.head()
    restored = restore_ledger(tmp_path / "backup", where, by="amal")
    assert restored.aside is not None
    with open_ledger(where) as ledger:
        assert [line.kind for line in ledger.lines()][-1] == "restore"
        assert ledger.verify().whole
    with open_ledger(restored.aside) as ledger:
        assert ledger.head() == lost
        assert ledger.verify().whole


def test_a_restore_that_was_stopped_goes_on_and_is_never_taken_for_whole(tmp_path: Path) -> None:
    """Between two renames the folder holds half of each; opening it then must say so, not make an empty ledger."""
    where = tmp_path / "ledger"
    with _filled(str(where)) as ledger:
        backup_ledger(ledger, tmp_path / "backup")
        ledger.add(dispatch(5))
        lost = ledger.head()
    aside = where / "replaced-then"
    aside.mkdir()
    (where / "ledger.restoring").write_text(
        '{"aside": "replaced-then", "old": ["ledger.db", "ledger.seal", "originals"]}'
    )
    shutil.move(where / "ledger.db", aside / "ledger.db")
    with pytest.raises(LedgerError, match="stopped half way"):
        open_ledger(where)
    restore_ledger(tmp_path / "backup", where)
    with open_ledger(where) as ledger:
        assert ledger.verify().whole
    with open_ledger(aside) as ledger:
        assert ledger.head() == lost


@pytest.mark.parametrize("harm", ["flip", "cut", "added", "outside", "text"])
def test_a_backup_that_is_not_as_it_was_replaces_nothing(tmp_path: Path, harm: str) -> None:
    """A damaged or forged archive is told, and the ledger in place is untouched."""
    where, file = tmp_path / "ledger", tmp_path / "backup"
    with _filled(str(where)) as ledger:
        backup_ledger(ledger, file)
        before = ledger.head()
    data = bytearray(file.read_bytes())
    if harm == "flip":
        data[len(data) // 2] ^= 4
        file.write_bytes(data)
    elif harm == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif harm == "text":
        file.write_bytes(b"no archive")
    else:
        with tarfile.open(file, "a") as archive:
            entry = tarfile.TarInfo("../../evil" if harm == "outside" else "originals/ab/stray")
            entry.size = 4
            archive.addfile(entry, io.BytesIO(b"evil"))
    with pytest.raises(LedgerError, match="Nothing was replaced"):
        restore_ledger(file, where)
    assert not (tmp_path.parent / "evil").exists()
    with open_ledger(where) as ledger:
        assert ledger.head() == before
        assert ledger.verify().whole
    assert not list(where.glob("restoring-*"))


def test_a_backup_goes_into_an_empty_server(tmp_path: Path, postgres: Server) -> None:
    """A team that moves to a server starts from its backup."""
    with _filled(str(tmp_path / "ledger")) as ledger:
        backup_ledger(ledger, tmp_path / "backup")
        lines = list(ledger.lines())
    url = postgres.database()
    restore_ledger(tmp_path / "backup", url)
    with open_ledger(url) as ledger:
        assert list(ledger.lines())[: len(lines)] == lines
        assert ledger.report("orsk").text == ORSK.text
        assert ledger.verify().whole
