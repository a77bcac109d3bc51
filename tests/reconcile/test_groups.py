"""How many children, women and men an entry tells, read from whole texts: by counts, by names, by what is left over."""

from __future__ import annotations

import pytest

from harmledger.batch import entries_apart
from harmledger.model import Report

Told = tuple[int, int | None] | None


def groups(text: str) -> tuple[Told, Told, Told]:
    """Return the children, women and men killed of a text's first incident."""
    entry = entries_apart(Report("r", text))[0]
    ranges = (entry.children_killed, entry.women_killed, entry.men_killed)
    return tuple((told.low, told.high) if told is not None else None for told in ranges)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # a part of a part is in it already
        (
            "A strike on Azaz killed seven people, including two women, one of whom was pregnant, and a girl.",
            ((1, 1), (2, 2), (4, 4)),
        ),
        # who is named as a child is no man, whatever the word of kinship
        (
            "A strike on Azaz killed three brothers, Hammam Odeh (16), Sami Odeh (13) and Karam Odeh (2).",
            ((3, 3), None, None),
        ),
        # where an age is told of some, those of untold age are in no group
        (
            "A strike on Azaz killed four people. The dead were named as Omar Odeh, 41, Salim Odeh, Lina Odeh, 30, and "
            "Sami Odeh, 7.",
            ((1, 1), (1, 1), (1, 1)),
        ),
        # where ages are told of none, names count
        (
            "A strike on Azaz killed two people. The dead were named as Omar Odeh and Salim Karmi.",
            (None, None, (2, 2)),
        ),
        # named men beside a count of fewer, where the whole has room for them
        (
            "A strike on Azaz killed two civilians, a father and son. Omar Odeh, 60, and his son Salim Odeh, 33, were "
            "killed at home.",
            (None, None, (2, 2)),
        ),
    ],
)
def test_groups_of_the_dead(text: str, wanted: tuple[Told, Told, Told]) -> None:
    """One row, one way in which a text tells who died."""
    assert groups(text) == wanted
