"""Munitions: what was fired, dropped or set off, and how many where a figure is told."""

from __future__ import annotations

import pytest

from harmledger.counts import Count
from harmledger.extract.draft import Draft
from harmledger.extract.munitions import munitions, munitions_of
from harmledger.extract.reading import Reading, read_through
from harmledger.model import Report


def reading(text: str) -> Reading:
    """Return a text read through."""
    return read_through(Report("r", text))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Jets fired 12 vacuum rockets at Tal Oran.", ["12 vacuum rockets"]),
        ("Helicopters dropped barrel bombs on the mill.", ["barrel bomb"]),
        ("A car bomb went off.", ["car bomb"]),
        ("Two car bombs went off.", ["2 car bombs"]),
        ("They used white phosphorus and cluster munitions.", ["white phosphorus", "cluster munition"]),
        ("Twenty-two Shahed drones hit the port.", ["22 Shahed drones"]),
        ("Around 1,200 Grad rockets fell.", ["1,200 Grad rockets"]),
        ("Dozens of mortar shells fell.", ["mortar shell"]),  # vague: no figure
        ("An IED hit the patrol.", ["improvised explosive device"]),
        ("Forty homemade rockets fell.", ["40 improvised rockets"]),
        ("The boy stepped on a landmine.", ["landmine"]),
        # must not
        ("A rocket attack killed nine.", ["rocket"]),  # nine people, not rockets
        ("Seven died in a drone strike.", ["drone"]),
        ("On 6 June 2014 mortar shells fell.", ["mortar shell"]),  # a year is no count
        ("The bomb disposal squad came.", []),
        ("Police seized 12 rockets.", []),  # not used
        ("Drone footage shows the square.", []),
        ("Survivors were shell shocked.", []),
        ("The mine workers went on strike.", []),
        ("The oil shell companies met.", []),
    ],
)
def test_munitions_are_named_with_their_figure(text: str, told: list[str]) -> None:
    """The longest name counts; only a figure that counts the munition is its own."""
    assert [munition.label for munition in munitions(reading(text))] == told


def test_a_mention_keeps_the_words_of_the_report() -> None:
    """Type and count are read; the words are as written, and the span finds them."""
    text = reading("Planes dropped three parachute bombs.")
    (munition,) = munitions(text)
    assert (munition.type, munition.words, munition.count) == ("parachute bomb", "three parachute bombs", Count(3))
    assert text.words(munition.first, munition.last) == "parachute bombs"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Barrel bombs fell on Ain Dal. They killed 9 people.", ("barrel bomb",)),  # the sentence before
        ("A car bomb killed 9 people.", ("car bomb",)),
        ("Mortar shells fell all day; the 30 mortar shells killed 9 people.", ("30 mortar shells",)),
        # must not
        ("Barrel bombs fell on Ain Dal. Elsewhere 9 people were shot dead.", ()),  # another event
        ("Barrel bombs fell. The mayor wept. He spoke at noon. In all 9 people died.", ()),  # too far
        ("Gunmen killed 9 people.", ()),
        ("A Grad rocket, a rocket that flies far, killed 9 people.", ("Grad rocket",)),  # one thing, named twice
    ],
)
def test_munitions_go_to_the_counts_of_their_attack(text: str, told: tuple[str, ...]) -> None:
    """A count takes the munitions of its sentence, else of the sentence before where the talk does not turn."""
    read = reading(text)
    first = next(i for i, token in enumerate(read.tokens) if token.text == "9")
    (found,) = munitions_of(read, [Draft(first, first + 1, "killed", Count(9))])
    assert found.value == told
