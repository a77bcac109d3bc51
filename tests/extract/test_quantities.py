"""Expressions of quantity: what counts something, how exactly, and the noun it counts. One row, one danger."""

from __future__ import annotations

import pytest

from harmledger.extract.quantities import Quantity, quantities
from harmledger.extract.reading import Reading, read_through
from harmledger.model import Report


def found_in(text: str) -> tuple[Reading, list[Quantity]]:
    """Return a text read through, and the quantities of its sentences."""
    reading = read_through(Report("r", text))
    return reading, [q for sentence in reading.sentences for q in quantities(reading, sentence)]


COUNTS = [
    ("14 weavers were killed.", "14", 14, None, "exact"),
    ("At least 14 weavers were killed.", "14", 14, None, "at_least"),
    ("More than a dozen weavers were killed.", "a dozen", 12, None, "at_least"),
    ("No fewer than 12 weavers were killed.", "12", 12, None, "at_least"),  # "no" counts nothing here
    ("Up to 30 weavers were killed.", "30", 30, None, "at_most"),
    ("As many as 30 weavers were killed.", "30", 30, None, "at_most"),
    ("Nearly 30 weavers were killed.", "30", 30, None, "about"),
    ("Some 50 weavers were killed.", "50", 50, None, "about"),  # "some" bounds the figure
    ("Two to three weavers were killed.", "Two to three", 2, 3, "exact"),
    ("4-6 weavers were killed.", "4-6", 4, 6, "exact"),
    ("Between 10 and 12 weavers were killed.", "10 and 12", 10, 12, "exact"),
    ("Two dozen weavers were killed.", "Two dozen", 24, None, "exact"),
    ("Dozens of weavers were killed.", "Dozens of", None, None, "vague"),
    ("Several weavers were killed.", "Several", None, None, "vague"),
    ("A number of weavers were killed.", "A number of", None, None, "vague"),
    ("Most of the dead were weavers.", "Most of", None, None, "vague"),
    ("A weaver was killed.", "A", 1, None, "exact"),
    ("Another weaver was killed.", "Another", 1, None, "exact"),
    ("No weavers were killed.", "No", 0, None, "exact"),
    ("Nobody was killed.", "Nobody", 0, None, "exact"),
    ("Half a million weavers were killed.", "Half a million", 500_000, None, "exact"),
]
NO_COUNTS = [
    ("On 14 May weavers were killed.", "14"),  # a day
    ("Weavers were killed on May 14.", "14"),
    ("At 6:30 weavers were killed.", "6"),  # a clock
    ("Weavers were killed in 2014.", "2014"),  # a year
    ("Prices rose 14% on Friday.", "14"),
    ("They paid $14 for it.", "14"),
    ("The weaver, 34, was killed.", "34"),  # an age between commas
    ("Adam Vell (34) was killed.", "34"),  # an age in brackets
    ("A weaver aged 34 was killed.", "34"),
    ("A 34-year-old weaver was killed.", "34"),
    ("It fell on Route 14 at noon.", "14"),
    ("Call 0142 for help.", "0142"),
    ("A four-storey mill fell.", "four"),
    ("They met at 5 p.m. by the mill.", "5"),
]


@pytest.mark.parametrize(("text", "words", "value", "high", "bound"), COUNTS)
def test_a_quantity_keeps_its_words_value_and_bound(
    text: str, words: str, value: int | None, high: int | None, bound: str
) -> None:
    """The first quantity of the sentence says how many, and how exactly it says so."""
    reading, found = found_in(text)
    first = found[0]
    assert reading.words(first.first, first.last) == words
    assert (first.count.value, first.count.high, first.count.bound) == (value, high, bound)


@pytest.mark.parametrize(("text", "words"), NO_COUNTS)
def test_dates_ages_and_codes_are_no_quantities(text: str, words: str) -> None:
    """A figure that counts nothing is not among the quantities."""
    reading, found = found_in(text)
    assert words not in [reading.words(q.first, q.last) for q in found]


NOUNS = [
    ("14 young men were killed.", "men", "person"),
    ("Six of the wounded soldiers died.", "soldiers", "person"),
    ("Three wooden houses burned.", "houses", "thing"),
    ("Two school buses burned.", "buses", "thing"),
    ("Nine rockets fell.", "rockets", "other"),
    ("Four airstrikes followed.", "airstrikes", "other"),
    ("A 16-year-old girl was hurt.", "girl", "person"),
]


@pytest.mark.parametrize(("text", "head", "kind"), NOUNS)
def test_the_noun_counted_is_the_last_of_its_phrase(text: str, head: str, kind: str) -> None:
    """ "Two school buses" counts buses; what is counted is people, a thing or neither."""
    reading, found = found_in(text)
    first = found[0]
    assert first.head is not None
    assert first.noun is not None
    assert (reading.tokens[first.head].norm, first.noun.kind) == (head, kind)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("A 16-year-old girl was hurt.", 16),
        ("A 9 year old boy was hurt.", 9),
        ("A four-month-old baby was hurt.", 0),  # months are less than a year
        ("A girl was hurt.", None),
        ("16 girls were hurt.", None),  # a count, not an age
    ],
)
def test_an_age_in_the_phrase_is_noted(text: str, age: int | None) -> None:
    """An age says who is counted, not how many."""
    assert found_in(text)[1][0].age == age
