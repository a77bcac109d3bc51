"""The gate must stop what it is there to stop: each row is a change and what the gate says of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import gate
from gate import Measured, compare, main, read_pinned, write_pinned

BEFORE = {"claims": Measured("d1", {"found": 0.86, "core": 0.76})}


@pytest.mark.parametrize(
    ("now", "fault"),
    [
        ({"claims": Measured("d1", {"found": 0.86, "core": 0.76})}, None),
        ({"claims": Measured("d1", {"found": 0.90, "core": 0.80})}, None),
        ({"claims": Measured("d1", {"found": 0.85999, "core": 0.76})}, None),
        ({"claims": Measured("d1", {"found": 0.86, "core": 0.76, "full": 0.4})}, None),
        ({"claims": Measured("d1", {"found": 0.95, "core": 0.7599})}, "core fell"),
        ({"claims": Measured("d1", {"found": 0.86})}, "core was not measured"),
        ({"claims": Measured("d2", {"found": 0.99, "core": 0.99})}, "texts have changed"),
        ({}, "was not measured"),
    ],
    ids=["same", "better", "rounding", "more figures", "one fell", "one gone", "other texts", "nothing"],
)
def test_what_stops_a_change(now: dict[str, Measured], fault: str | None) -> None:
    """A gain in one figure never pays for a loss in another."""
    faults = compare(BEFORE, now)
    assert bool(faults) == (fault is not None)
    assert fault is None or fault in faults[0]


def test_figures_survive_the_file(tmp_path: Path) -> None:
    """What was pinned is what is compared with."""
    write_pinned(tmp_path / "pinned.toml", BEFORE)
    assert read_pinned(tmp_path / "pinned.toml") == BEFORE
    assert read_pinned(tmp_path / "none.toml") == {}


@pytest.mark.parametrize(
    ("arguments", "status", "kept"),
    [([], 1, 0.86), (["--pin"], 1, 0.86), (["--lower"], 1, 0.86), (["--pin", "--lower"], 0, 0.80)],
)
def test_lowering_takes_both_flags(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], status: int, kept: float
) -> None:
    """A fallen figure is written down only where it was asked for in so many words."""
    path = tmp_path / "pinned.toml"
    write_pinned(path, BEFORE)
    monkeypatch.setattr(gate, "measure", lambda _: {"claims": Measured("d1", {"found": 0.80, "core": 0.76})})
    assert main(arguments, path, tmp_path) == status
    assert read_pinned(path)["claims"].figures["found"] == kept


def test_without_corpora_nothing_is_measured(tmp_path: Path) -> None:
    """Who has no annotated reports can still run everything."""
    assert main([], tmp_path / "pinned.toml", tmp_path / "gone") == 0
