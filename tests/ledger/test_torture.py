"""Short forms of what a ledger must outlive; ``bench/torture.py`` runs the long ones."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from dangers import Bench, filled, flip_bits, kill_at_random, old_ledger, write_together
from postgres_server import Server
from reports import MARLOW, dispatch

from harmledger.errors import LedgerError
from harmledger.ledger import Ledger, Search, lock_new, open_ledger

pytestmark = pytest.mark.slow
_SMALL = 3_000_000


@pytest.fixture
def home(tmp_path: Path, built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home with a gazetteer and no ledger."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "gazetteer").symlink_to(built_home / "gazetteer")
    monkeypatch.setenv("HARMLEDGER_HOME", str(home))
    monkeypatch.delenv("HARMLEDGER_PASSPHRASE", raising=False)
    return home


def test_kills_on_sqlite_lose_nothing(home: Path, tmp_path: Path) -> None:
    """A power cut in the midst of any work leaves the ledger whole, with all that was reported as done."""
    kill_at_random(Bench(tmp_path), 10)


def test_kills_on_postgresql_lose_nothing(home: Path, tmp_path: Path, postgres: Server) -> None:
    """The same for a team's server."""
    kill_at_random(Bench(tmp_path, postgres), 10)


def test_writers_beside_each_other_on_sqlite(home: Path, tmp_path: Path) -> None:
    """Nobody waits in vain, nothing is lost, and the chain is one."""
    assert write_together(str(tmp_path / "ledger"), tmp_path, 5) > 20


def test_writers_beside_each_other_on_postgresql(home: Path, tmp_path: Path, postgres: Server) -> None:
    """The same for a team's server."""
    assert write_together(postgres.database(), tmp_path, 5) > 20


@pytest.mark.parametrize("locked", [False, True], ids=["plain", "locked"])
def test_a_flipped_bit_is_found(home: Path, tmp_path: Path, locked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Decay of a disk, wherever it strikes, must be seen before a backup is overwritten with it."""
    source = tmp_path / "ledger"
    if locked:
        monkeypatch.setenv("HARMLEDGER_PASSPHRASE", "four words in a row")
        lock_new(source, "four words in a row")
    filled(source)
    assert flip_bits(source, tmp_path, 30 if locked else 100) == []


def _until_full(ledger: Ledger, taken: list[str]) -> None:
    for number in range(10_000):
        taken.append(ledger.add(dispatch(number)).report.id)  # noqa: PERF401


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of three megabytes, or skip loudly where none can be mounted."""
    disk = tmp_path / "disk"
    disk.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SMALL}", "tmpfs", str(disk)], capture_output=True)
    if made.returncode:
        pytest.skip("no small disk could be mounted (root is needed): a full disk was not tested")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_is_told_and_the_ledger_is_whole(home: Path, small_disk: Path) -> None:
    """The report that no longer fits is refused; those before it stand, and after making room it goes on."""
    where = small_disk / "ledger"
    ballast = small_disk / "ballast"
    taken: list[str] = []
    with open_ledger(where, by="amal") as ledger:
        ledger.add(MARLOW)
        ballast.write_bytes(b"x" * 1_000_000)
        with pytest.raises(LedgerError, match=r"(?i)(full|no space).*whole"):
            _until_full(ledger, taken)
    assert taken
    ballast.unlink()
    with open_ledger(where) as ledger:
        assert {report.id for report in ledger.reports()} == {"marlow", *taken}
        assert ledger.verify().whole
        assert ledger.add(dispatch(99_999)).new
        assert ledger.verify().whole


def test_a_read_only_disk_is_told_and_can_still_be_read(home: Path, small_disk: Path) -> None:
    """Evidence is looked at on a disk that may not be written: reading, searching and verifying must work there."""
    where = small_disk / "ledger"
    with open_ledger(where, by="amal") as ledger:
        ledger.add(MARLOW)
        list(ledger.cases())
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    with open_ledger(where) as ledger:
        with pytest.raises(LedgerError, match="read-only"):
            ledger.add(dispatch(1))
        assert [hit.report for hit in ledger.search(Search("hospital"))] == ["marlow"]
        assert len(list(ledger.cases())) == 1
        assert ledger.original("marlow") == MARLOW.text.encode()
        assert ledger.verify().whole
    with pytest.raises(LedgerError, match="read-only"):
        open_ledger(small_disk / "another")


def test_a_ledger_of_the_first_version_is_brought_up_to_date(home: Path, tmp_path: Path, postgres: Server) -> None:
    """Its lines stay what they are, and it can be searched after."""
    for where in (str(tmp_path / "old"), postgres.database()):
        old_ledger(where, 12)
        with open_ledger(where) as ledger:
            assert ledger.head().number == 13
            assert len(ledger.search(Search("killed"))) == 12
            assert ledger.verify().whole
