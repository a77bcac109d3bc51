"""``harmledger export`` as it is typed: from report files, from the ledger, cut off, refused."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from shutil import copytree

import orjson
import pytest
from typer.testing import CliRunner

from harmledger.cli import app
from harmledger.errors import HarmledgerError
from harmledger.samples import OUTLET, PUBLISHED, sample_file

_RUN = CliRunner()


@pytest.fixture
def desk(tmp_path: Path, built_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder with the sample dispatch and a home with its gazetteer but no ledger."""
    copytree(built_home, tmp_path / "home")
    with sample_file() as sample:
        (tmp_path / "dispatch.txt").write_text(sample.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HARMLEDGER_HOME", str(tmp_path / "home"))
    return tmp_path


def typed(*words: str) -> str:
    """Run a command and return what it wrote, both streams."""
    done = _RUN.invoke(app, list(words), catch_exceptions=True)
    if isinstance(done.exception, HarmledgerError):
        raise done.exception
    assert done.exit_code == 0, done.output
    return done.output


_REPORT = ("--published", PUBLISHED.isoformat(), "--outlet", OUTLET)


def test_an_export_straight_from_reports(desk: Path) -> None:
    """No ledger is needed to try it: the reports that are named are read, matched and written."""
    told = typed("export", "ged", "dispatch.txt", *_REPORT, "--out", "record.csv")
    assert "3 rows of 3 incidents" in told
    rows = (desk / "record.csv").read_text(encoding="utf-8").splitlines()
    assert len(rows) == 4
    assert (desk / "record.csv.loss.txt").exists()


def test_an_export_of_the_ledger_is_in_the_ledger(desk: Path) -> None:
    """Who exported what, for whom and by which question is a line of the ledger, with the hash of each file."""
    typed("add", "dispatch.txt", *_REPORT, "--by", "amal")
    typed("export", "hxl", "--query", "date:2030-05-15", "--profile", "partners", "--by", "amal", "--out", "x.csv")
    from harmledger.ledger import open_ledger

    with open_ledger(by="test") as book:
        (line,) = book.lines(["export"])
    assert line.by == "amal"
    assert (line.told["format"], line.told["profile"]) == ("hxl", "partners")
    assert line.told["query"] == "date:2030-05-15..2030-05-15"
    import hashlib

    digest = hashlib.sha256((desk / "x.csv").read_bytes()).hexdigest()
    assert line.told["files"]["x.csv"] == digest
    assert (desk / "home" / "exports" / f"{line.told['export']}.names.csv").exists()


def test_reports_and_ledger_give_the_same_record(desk: Path) -> None:
    """What was taken in is exported as what was only read: the same bytes but for the moment."""
    typed("add", "dispatch.txt", *_REPORT)
    typed("export", "csv", "--out", "a.csv")
    typed("export", "csv", "dispatch.txt", *_REPORT, "--out", "b.csv")
    one, other = ((desk / name).read_text(encoding="utf-8").splitlines() for name in ("a.csv", "b.csv"))
    assert sorted(one) == sorted(other)
    totals, others = ((desk / name).read_text(encoding="utf-8") for name in ("a.totals.csv", "b.totals.csv"))
    assert totals == others
    assert totals.count("\n") > 1


def test_an_export_comes_back_into_a_ledger_as_anothers(desk: Path) -> None:
    """Coded incidents stand beside the dispatch they agree with, under their recorder's name."""
    typed("export", "airwars", "dispatch.txt", *_REPORT, "--out", "x.csv")
    typed("add", "dispatch.txt", *_REPORT)
    typed("add", "x.csv", "--input-format", "airwars", "--outlet", "Example Recorder")
    typed("export", "jsonl", "--query", "place:Saraqib", "--out", "y.jsonl")
    lines = [orjson.loads(line) for line in (desk / "y.jsonl").read_bytes().splitlines()]
    (incident,) = (line for line in lines if line["record"] == "incident")
    assert {origin["name"] for origin in incident["origins"]} == {"Example Recorder", "town's civil defence centre"}
    assert incident["killed"] == {"low": 14, "high": 14}
    assert incident["grade"] == "fair"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("xls", "dispatch.txt", "--out", "x"), "is no format"),
        (("csv", "dispatch.txt", "--out", "x", "--query", "where:here"), "not understood"),
        (("csv", "dispatch.txt", "--out", "x", "--profile", "secret"), "no profile"),
        (("csv", "--out", "x"), "holds no report"),
        (("csv", "dispatch.txt", "--out", "no/x"), "could not be written"),
        (("csv", "dispatch.txt", "--out", "x", "--input-format", "odt"), "is none of"),
    ],
)
def test_what_cannot_be_done_is_told(words: tuple[str, ...], told: str, desk: Path) -> None:
    """A wrong word is told with what would be right, and nothing is written."""
    with pytest.raises(HarmledgerError, match=told):
        typed("export", *words)
    assert not (desk / "x").exists()


def test_a_report_that_cannot_be_read_does_not_stop_the_others(desk: Path) -> None:
    """It is one line, and exit status 1; the rest is exported."""
    (desk / "broken.txt").write_bytes(b"")
    done = _RUN.invoke(app, ["export", "csv", "dispatch.txt", "broken.txt", *_REPORT, "--out", "x.csv"])
    assert done.exit_code == 1
    assert "broken.txt: is empty" in done.output
    assert (desk / "x.csv").read_text(encoding="utf-8").count("\n") == 4


_SLOWLY = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell that runs tests in the background has it ignored
import sys, time
sys.path[:0] = sys.argv[3:]
from pathlib import Path
from cases_made import killed
from harmledger.export import Plan, export_cases
def slowly():
    for number in range(1, 10_000):
        yield killed(number, name=f"r{number}")
        if number == 50:
            Path(sys.argv[2]).write_text("half way")
            time.sleep(60)
export_cases(slowly(), (), Plan("csv", Path(sys.argv[1])))
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGINT])
def test_an_export_that_is_killed_leaves_the_old_file(sign: signal.Signals, tmp_path: Path) -> None:
    """Power cut or Ctrl-C half way: what stood before stands, whole."""
    out, mark = tmp_path / "x.csv", tmp_path / "mark"
    out.write_text("old")
    here = str(Path(__file__).parent)
    process = subprocess.Popen([sys.executable, "-c", _SLOWLY, str(out), str(mark), here], stderr=subprocess.DEVNULL)
    for _ in range(600):
        if mark.exists() or process.poll() is not None:
            break
        time.sleep(0.05)
    os.kill(process.pid, sign)
    process.wait()
    assert mark.exists()
    assert out.read_text() == "old"
    left = {path.name for path in tmp_path.iterdir()} - {"x.csv", "mark"}
    assert all(name.startswith(".") for name in left)
    assert sign is signal.SIGKILL or not left
