"""Names of persons killed or injured: who is a victim, and who only speaks, owns or is related."""

from __future__ import annotations

import pytest

from harmledger.extract.reading import read_through
from harmledger.extract.victims_named import victims_named
from harmledger.model import Report, Victim


def named(text: str) -> list[Victim]:
    """Return the victims named in a text."""
    return victims_named(read_through(Report("r", text)))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # a list after "named as", ages in commas and in brackets
        (
            "The victims were named as Omar Tell, 30, and his daughter Lina Tell (7).",
            [("Omar Tell", 30, "male", True), ("Lina Tell", 7, "female", False)],
        ),
        # the age stands before the name and belongs to that name, not to the one before it
        (
            "Killed were 16 year old Samar Odeh, 33 year old Nizar Odeh and his one month old nephew Adam Odeh.",
            [("Samar Odeh", 16, "female", False), ("Nizar Odeh", 33, "male", True), ("Adam Odeh", 0, "male", False)],
        ),
        # kinship gives sex and a grown-up without an age
        (
            "Yasser Karmi was killed alongside his wife Olla Karmi.",
            [("Yasser Karmi", None, "male", None), ("Olla Karmi", None, "female", True)],
        ),
        # told twice, once in another spelling and once by first name
        (
            "Mohammed Sabri, 40, was killed. Friends mourned the death of Muhammad Sabri.",
            [("Mohammed Sabri", 40, "male", True)],
        ),
        # a name of honour in brackets
        ("Amina Daoud (Umm Sami) died in the attack.", [("Amina Daoud", None, "female", True)]),
        # plain local news
        (
            "Police identified the victim as Terrell Boone, 24, of Elm Street.",
            [("Terrell Boone", 24, "male", True)],
        ),
    ],
)
def test_victims_are_read(text: str, wanted: list[tuple[str, int | None, str | None, bool | None]]) -> None:
    """Each row: the persons with age, sex and whether grown up."""
    assert [(v.name, v.age, v.sex, v.grown) for v in named(text)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Omar Tell said that three people were killed.",  # a speaker
        "According to Omar Tell, three people were killed.",  # a source
        "Three people were killed in the home of Omar Tell.",  # an owner
        "Omar Tell's brother was killed.",  # a relative
        "Three people were killed near Tell Hospital in Northern Valley.",  # a place
        "Police arrested Omar Tell, 30, in the killing.",  # a suspect
        "The Tell family was killed.",  # a family, not a person
        "Omar Tell, 30, opened a bakery.",  # no harm at all
    ],
)
def test_others_are_not(text: str) -> None:
    """A name beside a word of harm is not yet a victim."""
    assert named(text) == []


def test_a_wounded_man_beside_the_dead() -> None:
    """Each name takes the word of harm that it hangs on."""
    victims = named("Rajab Tell was killed, while her husband Majid Tell was wounded.")
    assert [(v.name, v.kind) for v in victims] == [("Rajab Tell", "killed"), ("Majid Tell", "injured")]


def test_ten_thousand_names_end() -> None:
    """A list as long as a register is read in linear time and cut at a bound."""
    assert (
        len(named("Victims were: " + ", ".join(f"Omar Tell{'x' * (i % 7)} ({i % 90})" for i in range(10_000)))) <= 2001
    )
