"""Weights fitted anew are read by every stage, and only while they are in place."""

from __future__ import annotations

import pytest

from crossval import fields, figures, main
from gold import part
from harmledger.extract.engine import extract_claims
from harmledger.extract.linear import Linear
from harmledger.model import Report
from refit import PARTS, in_place
from runs import FIELDS, Tally

REPORT = Report("r", "Shelling killed 14 people in Marlow on 3 May 2031.")
_SILENT = Linear({}, bar=100.0)


def test_models_are_read_while_in_place() -> None:
    """A reader of counts that is never sure finds nothing; afterwards the shipped one is back."""
    shipped = extract_claims(REPORT)
    with in_place({"harm": _SILENT}):
        assert extract_claims(REPORT) == []
    assert extract_claims(REPORT) == shipped != []


def test_the_shipped_are_back_after_an_error() -> None:
    """An interrupted fit leaves nothing behind."""
    with pytest.raises(KeyError), in_place({"harm": _SILENT}):
        raise KeyError
    assert extract_claims(REPORT)


@pytest.mark.parametrize("name", PARTS[1:])
def test_every_part_is_swapped(name: str) -> None:
    """A part that kept its shipped weights would flatter: each must ask for its weights by name."""
    asked: list[str] = []

    class Told(dict[str, Linear]):
        def __contains__(self, key: object) -> bool:
            asked.append(str(key))
            return super().__contains__(key)

    with in_place(Told({name: Linear({})})):
        extract_claims(REPORT)
    assert name in asked


def test_in_place_can_be_nested() -> None:
    """Fitting one part in the light of another swaps within a swap."""
    with in_place({"status": Linear({})}):
        with in_place({"harm": _SILENT}):
            assert extract_claims(REPORT) == []
        assert extract_claims(REPORT)


def test_tables() -> None:
    """A table is Markdown that can be pasted."""
    told = Tally(2, 2, 2, 1, 1, {"place": 1})
    assert figures("kind", {"killed": told}).splitlines()[2] == "| killed | 2 | 1.000 | 1.000 | 1.000 | 0.500 | 0.500 |"
    assert "| place | 0.500 |" in fields({"run": Tally(2, 2, 2, 1, 1, dict.fromkeys(FIELDS, 1))})


def test_an_unknown_part_is_told() -> None:
    """There is no guessing which was meant."""
    with pytest.raises(SystemExit) as stop:
        main(["--parts", "harm,weather"])
    assert stop.value.code == 2


def test_thirds_are_stable() -> None:
    """A report stays in its third, on every machine: these were computed once."""
    assert [part(name) for name in ("wire-1", "wire-2", "wire-3")] == [2, 1, 2]
