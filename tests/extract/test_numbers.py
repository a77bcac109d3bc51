"""Figures and number words: one row, one danger."""

from __future__ import annotations

import pytest

from harmledger.extract.numbers import number_at
from harmledger.extract.reading import read_through
from harmledger.model import Report


def first_number(text: str) -> tuple[str, int] | None:
    """Return the words of the number that a text begins with, and its value."""
    reading = read_through(Report("r", text))
    found = number_at(reading.tokens, 0, len(reading.tokens))
    return (reading.words(0, found[0]), found[1]) if found else None


NUMBERS = [
    ("14 dockers", "14", 14),
    ("1,204 dockers", "1,204", 1204),  # a comma parts thousands
    ("230,000 dockers", "230,000", 230_000),
    ("2.1 million dockers", "2.1 million", 2_100_000),
    ("3 thousand dockers", "3 thousand", 3000),
    ("0 dockers", "0", 0),
    ("twelve dockers", "twelve", 12),
    ("twenty-one dockers", "twenty-one", 21),
    ("twenty one dockers", "twenty one", 21),
    ("Sixty-Three dockers", "Sixty-Three", 63),  # headlines have capitals
    ("two hundred dockers", "two hundred", 200),
    ("two hundred and six dockers", "two hundred and six", 206),
    ("three thousand four hundred dockers", "three thousand four hundred", 3400),
    ("a hundred dockers", "a hundred", 100),
    ("half a million dockers", "half a million", 500_000),
    ("a quarter of a million dockers", "a quarter of a million", 250_000),
    ("one million dockers", "one million", 1_000_000),
    ("five and six dockers", "five", 5),  # two numbers, not one
    ("two three-storey houses", "two", 2),
]
NO_NUMBERS = [
    "dockers",
    "hundreds of dockers",  # vague
    "hundred dockers",  # a scale alone, with nothing before it
    "a docker",
    "and six dockers",
    "²",  # a digit, but no number
    "tenfold",
    "sixteenth-century walls",
    "half the dockers",
    "9" * 40,  # a code
]


@pytest.mark.parametrize(("text", "words", "value"), NUMBERS)
def test_a_number_is_read(text: str, words: str, value: int) -> None:
    """Digits, words and both together give their value and end where the number ends."""
    assert first_number(text) == (words, value)


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_left(text: str) -> None:
    """A vague word, an article and a code have no value."""
    assert first_number(text) is None


def test_ten_thousand_numbers_in_a_line_are_read_one_by_one() -> None:
    """Reading a number looks no further than its own words."""
    reading = read_through(Report("r", "seven " * 10_000))
    assert number_at(reading.tokens, 0, len(reading.tokens)) == (1, 7)
