"""A confidence is held against what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reliability import caught, gap, main, reliability
from runs import Row, save


def _row(confidence: float | None, verdict: str) -> Row:
    return Row(
        "a", 0, "killed", 0, 2, verdict, wrong={"group": "x"} if verdict == "wrong" else {}, confidence=confidence
    )


ROWS = [_row(0.55, "right"), _row(0.55, "spurious"), _row(0.9, "right"), _row(0.9, "wrong"), _row(None, "missed")]


def test_bins_hold_what_was_read() -> None:
    """A miss has no confidence; a claim with a wrong group is right as a find and wrong in core."""
    low, high = reliability(ROWS)
    assert (low.low, low.high, low.claims, low.right) == (0.5, 0.6, 2, 0.5)
    assert (high.claims, high.right, high.core) == (2, 1.0, 0.5)
    assert low.promised == pytest.approx(0.55)


@pytest.mark.parametrize(
    ("rows", "apart"),
    [([], 0.0), ([_row(1.0, "right")], 0.0), ([_row(1.0, "spurious")], 1.0), (ROWS, (0.05 * 2 + 0.1 * 2) / 4)],
)
def test_the_gap(rows: list[Row], apart: float) -> None:
    """Promise and share, weighed by the claims of each bin."""
    assert gap(reliability(rows)) == pytest.approx(apart)


@pytest.mark.parametrize(("share", "part"), [(0.0, 0.0), (0.25, 0.0), (0.5, 1.0), (1.0, 1.0)])
def test_what_a_reviewer_meets_first(share: float, part: float) -> None:
    """The least sure come first; among equals the order of the run stands."""
    assert caught(ROWS, share) == part


def test_the_table_of_a_saved_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A kept run needs no reports."""
    save(ROWS, tmp_path / "run.jsonl")
    assert main(["--run", str(tmp_path / "run.jsonl")]) == 0
    assert "| 0.50 to 0.60 | 2 | 0.550 | 0.500 | 0.500 |" in capsys.readouterr().out


def test_without_reports_nothing_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has no annotated reports is told so."""
    monkeypatch.setattr("reliability.BENCHMARK", tmp_path / "gone")
    assert main([]) == 0
    assert "HARMLEDGER_BENCHMARK" in capsys.readouterr().out
