"""Where a report turns to another event, and where lines are a running log: one row, one danger."""

from __future__ import annotations

import pytest

from harmledger.extract.event_turns import hours_open_lines, turn_of
from harmledger.extract.reading import read_through
from harmledger.extract.time_cues import times_of
from harmledger.model import Report

TURNS = [
    ("Elsewhere, two farmers were killed.", "elsewhere"),
    ("In a separate attack two were killed.", "elsewhere"),
    ("In Marlow two farmers were killed.", "another place"),
    ("North of the capital two farmers were killed.", "another place"),
    ("In March two farmers were killed.", ""),  # a month is no place
    ("On Monday two farmers were killed.", ""),
    ("The strike killed two farmers.", "the same attack"),
    ("Another strike killed two farmers.", "a new attack"),
    ("Two of the dead were farmers.", "the same victims"),
    ("Two farmers were killed.", ""),
]


@pytest.mark.parametrize(("text", "wanted"), TURNS)
def test_a_sentence_turns_away_or_keeps_to_what_was_told(text: str, wanted: str) -> None:
    """A date of the event before would be given to another event where a turn is missed."""
    reading = read_through(Report("r", text))
    assert turn_of(reading, times_of(reading).cues, reading.sentences[0]) == wanted


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("17:42 - Two killed in Marlow.\n18:05 - The road is closed.", 2),
        ("Two were killed at 17:42 on the road to Marlow, and the road was closed for the whole of the day.", 0),
        ("25:71 - Two killed in Marlow.", 0),  # no hour of any day
    ],
)
def test_lines_of_a_log_open_with_an_hour(text: str, lines: int) -> None:
    """A log speaks from its own day; an hour within a story makes no log of it."""
    assert hours_open_lines(read_through(Report("r", text))) == lines
