"""Two questions to the index, however long their lists are, give the numbers that both hold, the latest first."""

from __future__ import annotations

from pathlib import Path

import pytest

from harmledger.ledger import candidates as room
from harmledger.ledger import open_ledger, words
from harmledger.ledger.asked import Search

_EVERY = {"word": 1, "often": 3, "seldom": 97, "once": 700, "never": 10_000}


@pytest.mark.parametrize("one", [*_EVERY])
@pytest.mark.parametrize("other", [*_EVERY])
def test_lists_of_any_length_meet(tmp_path: Path, one: str, other: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A number that is left out, or comes twice, is a report that is not found, or found twice."""
    monkeypatch.setattr(room, "_PAGE", 50)
    monkeypatch.setattr(room, "_LOOKED_UP", 20)
    monkeypatch.setattr(room, "_ROUNDS", 2)
    numbers = range(1, 1500)
    with open_ledger(tmp_path) as ledger, ledger.store.writing() as connection:
        its = {n: [name for name, step in _EVERY.items() if n % step == 0] for n in numbers}
        shifted = {n: [name for name, step in _EVERY.items() if (n + 1) % step == 0] for n in numbers}
        words.put(connection, words.WORDS, its)
        words.put(connection, words.FACETS, shifted)
        found = list(room.candidates(connection, Search(), [one], [[other]]))
        assert found == [n for n in reversed(numbers) if one in its[n] and other in shifted[n]]
