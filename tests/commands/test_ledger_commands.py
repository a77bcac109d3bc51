"""The ledger's commands as a person types them: what they say, what they leave, how they fail."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest
from postgres_server import Server

_STORY = "Shelling killed 14 people and wounded at least 20 in Marlow on 3 May 2030, the hospital said.\n"
_OTHER = "Three children were killed on 7 May 2030 when Russian jets bombed Tell Example, rescue workers said.\n"


@pytest.fixture
def desk(tmp_path: Path, built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Stand in a folder with two dispatches, at a home without a ledger."""
    home = tmp_path / "home"
    home.mkdir()
    (home / "gazetteer").symlink_to(built_home / "gazetteer")
    for name in ("HARMLEDGER_LEDGER", "HARMLEDGER_PASSPHRASE", "HARMLEDGER_NEW_PASSPHRASE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HARMLEDGER_HOME", str(home))
    monkeypatch.setenv("HARMLEDGER_BY", "amal")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "marlow.txt").write_text(_STORY)
    (tmp_path / "example.txt").write_text(_OTHER)
    return tmp_path


def run(*arguments: str | Path, status: int = 0, **environment: str) -> str:
    """Run a command and return what it printed; on its failing, what it said on standard error."""
    done = subprocess.run(
        [sys.executable, "-m", "harmledger.cli", *map(str, arguments)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**os.environ, **environment},
        timeout=120,
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout if status == 0 else done.stderr


def test_a_day_with_the_ledger(desk: Path) -> None:
    """Take in, look, search, judge, undo, verify, rebuild: each says what it did, and the history tells it again."""
    assert "2 reports taken in." in run("add", "marlow.txt", "example.txt")
    assert "0 reports taken in, 1 there already." in run("add", "marlow.txt")
    told = run("ledger")
    assert "2 reports" in told
    assert "2 incidents" in told
    shown = run("report", "marlow.txt", "--original", "copy.txt")
    assert "by amal" in shown
    assert "14 killed" in shown
    assert (desk / "copy.txt").read_text() == _STORY
    assert _STORY.strip() in run("report", "marlow.txt", "--text")
    found = run("search", "hospital", "--kind", "killed", "--place", "marlow", "--since", "2030-05-03")
    assert "marlow.txt" in found
    assert "example.txt" not in found
    claims = [orjson.loads(line) for line in run("ledger", "claims").splitlines()]
    claim = next(each["id"] for each in claims if each["value"] == 14)
    assert "J" in run("judge", "reject", claim[:8], "--why", "a misprint")
    assert "reject claim" in run("history", claim)
    incidents = [orjson.loads(line) for line in run("ledger", "incidents").splitlines()]
    assert all(each["killed"] is None or each["killed"]["low"] != 14 for each in incidents)
    number = run("judge", "list").split()[0]
    run("judge", "undo", number, "--why", "it was right")
    incidents = [orjson.loads(line) for line in run("ledger", "incidents").splitlines()]
    assert any(each["killed"] == {"low": 14, "high": 14} for each in incidents)
    assert "marlow.txt" in run("ledger", "incident", incidents[0]["incident"][:6]) + run(
        "ledger", "incident", incidents[1]["incident"][:6]
    )
    assert run("verify").startswith("Whole: ")
    assert "the same, to the byte" in run("rebuild")
    kinds = run("ledger", "lines", "--last", "50")
    for kind in ("opened", "report", "import", "engine", "judgement"):
        assert f" {kind}: " in kinds


def test_each_judgement_can_be_typed(desk: Path) -> None:
    """All verbs of the record are there, and what makes no sense is refused with a way on."""
    run("add", "marlow.txt", "example.txt")
    claim = orjson.loads(run("ledger", "claims").splitlines()[0])["id"]
    why = ("--why", "checked")
    run("judge", "correct", claim, "value", "15", *why)
    run("judge", "confirm", claim, *why)
    run("judge", "same", "marlow.txt", "example.txt", *why)
    run("judge", "apart", "marlow.txt", "example.txt", *why)
    run("judge", "place", "marlow.txt", "35.1,36.7", *why)
    run("judge", "grade", "marlow.txt", "confirmed", *why)
    run("judge", "note", "marlow.txt", "seen by the mayor")
    assert len(run("judge", "list").splitlines()) == 7
    assert "does not tell why" in run("judge", "reject", claim, status=1)
    assert "is no report, claim or incident" in run("judge", "reject", "zzzz", *why, status=1)
    assert "grade cannot be" in run("judge", "grade", "marlow.txt", "splendid", *why, status=1)
    assert "is no judgement" in run("judge", "undo", "J1", *why, status=1)


def test_judgements_come_from_a_table_as_one(desk: Path) -> None:
    """A recorder's spreadsheet of decisions is one line; a wrong row refuses all of it and names the row."""
    run("add", "marlow.txt")
    claim = orjson.loads(run("ledger", "claims").splitlines()[0])["id"]
    table = f"verb,subject,value,by,reason\nconfirm_claim,{claim},,omar,checked\nnote,marlow.txt,seen,omar,\n"
    (desk / "omar.csv").write_text(table)
    told = run("judge", "import", "omar.csv")
    assert "2 judgements from omar.csv" in told
    run("judge", "undo", told.split(":")[0], "--why", "wrong file")
    (desk / "bad.csv").write_text(table.replace("note,", "guess,"))
    assert "judgement 2" in run("judge", "import", "bad.csv", status=1)
    (desk / "odd.csv").write_text("verb,who\nnote,x\n")
    assert "'who' is none of" in run("judge", "import", "odd.csv", status=1)
    (desk / "bad.jsonl").write_text('{"verb": "note", "subject": "x", "value": "y"}\n{"verb"\n')
    assert "bad.jsonl:2" in run("judge", "import", "bad.jsonl", status=1)
    assert len(run("judge", "list").splitlines()) == 2


def test_keeping_copying_and_giving_back(desk: Path, postgres: Server) -> None:
    """Backup, restore, copy to a server and back, delete."""
    run("add", "marlow.txt", "example.txt")
    assert "bytes" in run("backup", "ledger.backup")
    assert "is there already" in run("backup", "ledger.backup", status=1)
    assert "There is no way back" in run("delete", "marlow.txt", "--why", "asked for", status=1)
    assert "deleted" in run("delete", "marlow.txt", "--why", "asked for", "--yes")
    assert "1 report" in run("ledger")
    assert "deletion: " in run("history", "marlow.txt")
    assert "restored and verified" in run("restore", "ledger.backup")
    assert "2 reports" in run("ledger")
    url = postgres.database()
    assert "copied and verified" in run("ledger", "copy", url)
    assert "2 reports" in run("ledger", "--ledger", url)
    assert "copied and verified" in run("ledger", "copy", str(desk / "back"), "--ledger", url)
    assert run("verify", HARMLEDGER_LEDGER=str(desk / "back")).startswith("Whole: ")


def test_a_head_is_signed_and_held_against_the_ledger(desk: Path) -> None:
    """What a court is shown: a file that says what the ledger was, and whether it still is."""
    run("add", "marlow.txt")
    public = run("ledger", "key", "key.pem").split()[-1]
    run("ledger", "sign", "--key", "key.pem", "--out", "head.json")
    run("add", "example.txt")
    assert f"with the key {public}" in run("verify", "--head", "head.json", "--public-key", public)
    assert "is signed by" in run("verify", "--head", "head.json", "--public-key", "00" * 32, status=1)
    told = (desk / "head.json").read_text()
    (desk / "head.json").write_text(told.replace("amal", "omar"))
    assert "does not hold" in run("verify", "--head", "head.json", status=1)


def test_a_passphrase_is_asked_for_and_never_typed_on_the_command_line(desk: Path) -> None:
    """Without it nothing opens; a wrong one says so; the ledger's folder does not tell what is in it."""
    assert "No passphrase was given" in run("ledger", "lock", status=1)
    said = run("ledger", "lock", HARMLEDGER_NEW_PASSPHRASE="four words in a row")
    assert "nobody can reset it" in said
    run("add", "marlow.txt", HARMLEDGER_PASSPHRASE="four words in a row")
    assert "lost passphrase is lost" in run("ledger", status=1)
    assert "passphrase is wrong" in run("ledger", status=1, HARMLEDGER_PASSPHRASE="four words")
    (desk / "pass").write_text("four words in a row\n")
    assert "1 report" in run("ledger", HARMLEDGER_PASSPHRASE_FILE=str(desk / "pass"))
    kept = b"".join(
        path.read_bytes() for path in (desk / "home").rglob("*") if path.is_file() and "gazetteer" not in path.parts
    )
    names = "".join(path.name for path in (desk / "home" / "originals").rglob("*"))
    for word in (b"Marlow", b"marlow", b"hospital", b"amal", b"killed", b"SQLite format"):
        assert word not in kept
    import hashlib

    assert hashlib.sha256(_STORY.encode()).hexdigest() not in names
    run("backup", "locked.backup", HARMLEDGER_PASSPHRASE_FILE=str(desk / "pass"))
    assert b"hospital" not in (desk / "locked.backup").read_bytes()
    assert "passphrase" in run("restore", "locked.backup", status=1)
    run("ledger", "copy", str(desk / "open"), HARMLEDGER_PASSPHRASE_FILE=str(desk / "pass"))
    assert "1 report" in run("ledger", "--ledger", str(desk / "open"))
    run(
        "ledger",
        "copy",
        str(desk / "shut"),
        "--locked",
        "--ledger",
        str(desk / "open"),
        HARMLEDGER_NEW_PASSPHRASE="other words",
    )
    assert "1 report" in run("ledger", "--ledger", str(desk / "shut"), HARMLEDGER_PASSPHRASE="other words")


def test_what_cannot_be_is_told_in_one_line(desk: Path) -> None:
    """A person at the keyboard must learn what to do, whatever is wrong."""
    run("add", "marlow.txt")
    assert "is no report of this ledger" in run("report", "nothing", status=1)
    assert "is none of" in run("search", "--kind", "splendid", status=1)
    assert "is no ledger's address" in run("ledger", "--ledger", "mysql://x/y", status=1)
    assert "server did not answer" in run("ledger", "--ledger", "postgresql://nobody@127.0.0.1:9/x", status=1)
    assert "is no backup" in run("restore", "marlow.txt", status=1)
    assert "is not there" in run("add", "missing.txt", status=1)
    (desk / "home" / "ledger.db").write_bytes(b"not a database at all, but long enough to be looked at")
    assert "passphrase is wrong, or the file is damaged" in run("ledger", status=1)
