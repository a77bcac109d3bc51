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
        # a title in short, the age of an aside, the lower of two ages, and what plural kin tell of each
        (
            "A professor, Dr. Omar Karmi (50 years old), was killed.",
            [("Omar Karmi", 50, "male", True)],
        ),
        (
            "Salim Karmi, a young man of 18, was killed by a shell.",
            [("Salim Karmi", 18, "male", True)],
        ),
        (
            "Brothers Hammam Odeh (16 or 17 years old) and Karam Odeh (2 or 3 years old) were killed.",
            [("Hammam Odeh", 16, "male", False), ("Karam Odeh", 2, "male", False)],
        ),
        # parents are grown; a name that both bear tells no sex
        (
            "Salim Karmi and his three children were killed alongside Alaa Karmi.",
            [("Salim Karmi", None, "male", True), ("Alaa Karmi", None, None, None)],
        ),
        # "he" is the person whom the sentence before told of
        (
            "Major Fouad Karmi, 55, ran the crossing. It was reported that he was killed on the road.",
            [("Fouad Karmi", 55, "male", True)],
        ),
        # a list of ages after harm was told; wounded first, dead later; the body of
        (
            "Three people were killed. All three, Omar Karmi (41), Salim Odeh (33) and Lina Odeh (30), were clerks.",
            [("Omar Karmi", 41, "male", True), ("Salim Odeh", 33, "male", True), ("Lina Odeh", 30, "female", True)],
        ),
        (
            "Omar Karmi was badly wounded and died in hospital.",
            [("Omar Karmi", None, "male", None)],
        ),
        ("Omar Karmi's body was recovered; the dead man was a baker.", [("Omar Karmi", None, "male", None)]),
        # nobody is dead for having spoken of the dead, for being listed next, or for leading a funeral
        ("Governor Omar Karmi, 55, spoke. He said that 20 people were killed in the raid.", []),
        ("Sheikh Omar Karmi, 55, fled. Later he told us that two men were killed.", []),
        ("Three people were killed. Omar Karmi (41), Salim Odeh (33) and Lina Odeh (30) were rescued.", []),
        ("Three were killed. All of them knew Omar Karmi (41), Salim Odeh (33) and Lina Odeh (30), who escaped.", []),
        ("The funeral of Omar Karmi was led by Salim Odeh, an imam.", [("Omar Karmi", None, "male", None)]),
        ("The head of the body of scholars, Omar Karmi, condemned the raid that killed two.", []),
        ("Omar Karmi was killed by Salim Odeh.", [("Omar Karmi", None, "male", None)]),
        # kinship and age in brackets, and a word in them that is neither
        (
            "The dead were Salim Odeh (son, 14 years old), Nour Odeh (daughter, 20 years old) and Lina Odeh (mother).",
            [("Salim Odeh", 14, "male", False), ("Nour Odeh", 20, "female", True), ("Lina Odeh", None, "female", None)],
        ),
        # ages in words of two parts
        (
            "Lina Odeh, a twenty-five-year-old teacher, was killed with thirty-year-old Omar Karmi.",
            [("Lina Odeh", 25, "female", True), ("Omar Karmi", 30, "male", True)],
        ),
        (
            "The dead were Lina Odeh (twenty-two years old) and Omar Karmi.",
            [("Lina Odeh", 22, "female", True), ("Omar Karmi", None, "male", None)],
        ),
        # a quarter that bears a name, those who state a toll, the owner with a title
        ("A home in the Sheikh Radwan neighbourhood was hit and five were killed.", []),
        ("Relatives Naser Odeh and Salim Odeh put the toll of those killed at 22.", []),
        ("The strike on the house belonging to Sheikh Salim Odeh killed five.", []),
        # kinship gives sex and a grown-up without an age
        (
            "Yasser Karmi was killed alongside his wife Olla Karmi.",
            [("Yasser Karmi", None, "male", True), ("Olla Karmi", None, "female", True)],
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
