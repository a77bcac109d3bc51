"""The range one report tells: what stands, what is overtaken, what a vague word means."""

from __future__ import annotations

import pytest
from making import claim

from harmledger.counts import Bound, Count, CountRange
from harmledger.match.told import told_whole
from harmledger.match.unnumbered import unnumbered
from harmledger.model import Event, Report

FLOOR: Bound = "at_least"


def told(text: str, *claims: tuple[object, ...], kind: str = "killed") -> CountRange | None:
    """Return the range told for a kind; each claim is (words, count, source)."""
    report = Report("r", text)
    made = tuple(
        claim(report, str(words), kind, count, sources=(source,) if source else ())  # type: ignore[arg-type]
        for words, count, source in claims
    )
    found = told_whole(Event("r", "r", made, unnumbered=unnumbered(report), text=text), kind)  # type: ignore[arg-type]
    return found.range if found else None


@pytest.mark.parametrize(
    ("text", "claims", "wanted"),
    [
        # a range told as one
        ("Between 13 and 14 were killed.", [("13 and 14", Count(13, 14), "")], CountRange(13, 14)),
        # the summary is open, a source says more
        (
            "At least 10 were killed.\nRadio Delta said 15 were killed.",
            [("10", Count(10, bound=FLOOR), ""), ("15", 15, "Radio Delta")],
            CountRange(10, 15),
        ),
        # the summary is open and nobody says more: it stays open
        ("At least 10 were killed.", [("10", Count(10, bound=FLOOR), "")], CountRange(10, None)),
        # an early toll that the text overtakes is no low end
        (
            "Twelve were killed.\nInitially, Radio Delta reported four dead.",
            [("Twelve", 12, ""), ("four", 4, "Radio Delta")],
            CountRange(12, 12),
        ),
        # an exact summary is not raised
        ("Six were killed.\nA user wrote of 9 dead.", [("Six", 6, ""), ("9", 9, "user")], CountRange(6, 6)),
        # a toll of something larger is not this incident's
        (
            "At least 2 were killed.\nThe ministry said 150 were killed.",
            [("2", Count(2, bound=FLOOR), ""), ("150", 150, "ministry")],
            CountRange(2, None),
        ),
        # vague words
        ("Dozens were killed.", [("Dozens", Count(None, bound="vague"), "")], CountRange(12, 24)),
        ("Hundreds were killed.", [("Hundreds", Count(None, bound="vague"), "")], CountRange(100, 200)),
        ("Several were killed.", [("Several", Count(None, bound="vague"), "")], CountRange(2, 2)),
        # no number at all
        ("Civilians were killed when a house was hit.", [], CountRange(2, 2)),
        ("A fire broke out.", [], None),
    ],
)
def test_ranges(text: str, claims: list[tuple[object, ...]], wanted: CountRange | None) -> None:
    """One row, one way in which a text tells a toll."""
    assert told(text, *claims) == wanted


def test_others_were_injured_is_two_and_a_dead_man_shot_is_none() -> None:
    """ "Others" is two or more; "he was shot" of him who died is no injury."""
    assert told("One died and others were injured.", kind="injured") == CountRange(2, 2)
    assert told("A man was shot dead. He was shot in the head and died.", kind="injured") is None


def test_groups_side_by_side_add_up_and_appositions_do_not() -> None:
    """ "Two men and a woman" are three; "six people, four children and two women" are six."""
    report = Report("r", "Two men and a woman were killed.")
    made = (claim(report, "Two", count=2, group="men"), claim(report, "a woman", count=1, group="women"))
    found = told_whole(Event("r", "r", made, text=report.text), "killed")
    assert found is not None
    assert found.range == CountRange(3, 3)
    report = Report("r", "Six people, four children and two women, were killed.")
    spelled = (
        claim(report, "Six", count=6),
        claim(report, "four", count=4, group="children"),
        claim(report, "two", count=2, group="women"),
    )
    found = told_whole(Event("r", "r", spelled, text=report.text), "killed")
    assert found is not None
    assert found.range == CountRange(6, 6)
