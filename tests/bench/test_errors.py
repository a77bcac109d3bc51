"""The error browser shows what it is asked for and nothing of what is kept aside."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from errors import main
from gold import part

# One name for each third of the reports.
NAMED = {part(name): name for name in (f"wire-{number}" for number in range(40))}


@pytest.fixture
def two(benchmark_of: Any, known: str, annotated: Any, reported: Any) -> Path:
    """Lay down a report of the third kept aside and one of another, each with a claim of its own and a wrong place."""
    aside = known.replace("14", "31")
    claims = annotated(known, "14", place="Harn"), annotated(aside, "31", value=31, place="Harn")
    folder: Path = benchmark_of(reported(NAMED[1], known, claims[0]), reported(NAMED[0], aside, claims[1]))
    return folder


@pytest.mark.parametrize(
    ("asked", "shown", "hidden"),
    [
        ([], "[[14]]", "[[31]]"),
        (["--part", "0"], "[[31]]", "[[14]]"),
        (["--part", "0,1,2"], "[[31]]", "[[99]]"),
        (["--field", "place"], "wrong place: another place", "wrong group"),
        (["--field", "actor"], "1 annotated, 1 read", "[[14]]"),
        (["--kind", "injured"], "0 annotated, 0 read", "[[14]]"),
        (["--engine", "rules"], "[[14]]", "score as"),
    ],
)
def test_what_is_shown(
    two: Path, capsys: pytest.CaptureFixture[str], asked: list[str], shown: str, hidden: str
) -> None:
    """The third kept aside stays unread unless it is asked for by name."""
    assert main(["--text", *asked]) == 0
    out = capsys.readouterr().out
    assert shown in out
    assert hidden not in out


@pytest.mark.parametrize("asked", [["--kind", "hurt"], ["--part", "3"], ["--part", ""], ["--field", "colour"]])
def test_what_cannot_be_asked(two: Path, asked: list[str]) -> None:
    """A slip of the hand is told, not read as nothing."""
    with pytest.raises(SystemExit) as stop:
        main(["--text", *asked])
    assert stop.value.code == 2


def test_gains_and_losses(
    two: Path, tmp_path: Path, known: str, annotated: Any, reported: Any, benchmark_of: Any, capsys: Any
) -> None:
    """A run that is kept can be held against the next."""
    kept = tmp_path / "build" / "run.jsonl"
    assert main(["--text", "--save", str(kept)]) == 0
    benchmark_of(reported(NAMED[1], known, annotated(known, "14")))
    assert main(["--text", "--against", str(kept)]) == 0
    out = capsys.readouterr().out
    assert "gains: 1" in out
    assert "place wrong, now right (1)" in out
    assert "losses: 0" in out
    assert main(["--text", "--run", str(kept)]) == 0
    assert "wrong place" in capsys.readouterr().out
    assert main(["--against", str(kept), "--out", str(tmp_path / "changes.html")]) == 0
    assert "gain: place wrong, now right (1)" in (tmp_path / "changes.html").read_text(encoding="utf-8")


def test_a_run_that_is_not_there(two: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told on standard error, with status 1."""
    assert main(["--text", "--against", str(tmp_path / "none.jsonl")]) == 1
    assert "none.jsonl" in capsys.readouterr().err


def test_without_reports_nothing_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has no annotated reports is told so."""
    monkeypatch.setattr("errors.BENCHMARK", tmp_path / "gone")
    assert main(["--text"]) == 0
    assert "HARMLEDGER_BENCHMARK" in capsys.readouterr().out


class _Tags(HTMLParser):
    """Collects what a page would fetch or run, and whether what is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.scripts = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for name, value in attrs if name in ("src", "href", "action")]
        self.scripts += tag == "script"
        if tag not in ("meta", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_stands_alone(benchmark_of: Any, annotated: Any, reported: Any, tmp_path: Path) -> None:
    """No network, no other file; and what a report says in markup stays text."""
    hostile = "Shelling <script>alert(1)</script> killed 14 people in <b>Marlow</b>."
    benchmark_of(reported(NAMED[1], hostile, annotated(hostile, "Shelling")))
    page = tmp_path / "deep" / "errors.html"
    assert main(["--out", str(page)]) == 0
    source = page.read_text(encoding="utf-8")
    seen = _Tags()
    seen.feed(source)
    assert not seen.open
    assert seen.scripts == 1
    assert all(link.startswith("#") for link in seen.links)
    assert "default-src 'none'" in source
    assert "&lt;script&gt;alert(1)" in source
    assert "<b>Marlow" not in source
