"""What the words of a report ask for, and which words name no place of harm."""

from __future__ import annotations

import re
import tomllib
from importlib import resources

import pytest

from harmledger.gazetteer.asking import place_words, read_words


@pytest.mark.parametrize(
    ("words", "name", "kind", "relation"),
    [
        ("Maro", "Maro", "unknown", "at"),  # the bare name
        ("the town of Maro", "Maro", "town", "at"),  # noun before
        ("Maro town", "Maro", "town", "at"),  # noun after
        ("Maro refugee camp", "Maro", "camp", "at"),  # two words of noun
        ("Khan Younis camp", "Khan Younis", "camp", "at"),  # the s is the name's own
        ("Maro's northern countryside", "Maro", "unknown", "countryside"),
        ("the southern countryside of Maro", "Maro", "unknown", "countryside"),
        ("rural Maro", "Maro", "unknown", "countryside"),
        ("Maro province", "Maro", "province", "at"),
        ("near Maro", "Maro", "unknown", "near"),
        ("on the outskirts of Maro", "Maro", "unknown", "near"),
        ("north of Maro", "Maro", "unknown", "direction"),
        ("12 km south-east of Maro", "Maro", "unknown", "direction"),
        ("between Maro and Delle", "Maro", "unknown", "between"),
        ("the road from Maro to Delle", "Maro", "unknown", "road"),
        ("Maro-Delle highway", "Maro", "unknown", "road"),
        ("Deir ez-Zor", "Deir ez-Zor", "unknown", "at"),  # hyphens are no road
        ("Nour hospital", "Nour", "landmark", "at"),
        ("Campbell", "Campbell", "unknown", "at"),  # a noun inside a word is none
    ],
)
def test_words_are_read(words: str, name: str, kind: str, relation: str) -> None:
    """The name, what it is, and how the place lies to it."""
    asked = read_words(words)
    assert (asked.name, asked.kind, asked.relation, asked.refusal) == (name, kind, relation, None)


@pytest.mark.parametrize(
    ("words", "within"),
    [
        ("Maro, Delle province", ("Delle province",)),
        ("the town of Maro in southern Delle", ("southern Delle",)),
        ("the Zuhur neighbourhood of Maro", ("Maro",)),
        ("Maro (Delle)", ("Delle",)),
        ("Umm al-Fahm", ()),  # "of" inside another language
    ],
)
def test_wider_places_in_the_words(words: str, within: tuple[str, ...]) -> None:
    """What holds the place is told with it."""
    assert read_words(words).within == within


@pytest.mark.parametrize(
    "words",
    ["Syrian", "Ukrainians", "Maro-based", "Maro-born", "University of Maro", "Maro Media Center", "Maro Brigade"],
)
def test_words_that_name_no_place_of_harm(words: str) -> None:
    """Peoples, institutions and where someone is from say why they are refused."""
    assert read_words(words).refusal


def test_every_entry_of_the_word_list_matches_its_example() -> None:
    """A wrong word in the list makes this fail."""
    table = tomllib.loads((resources.files("harmledger.gazetteer") / "words.toml").read_text(encoding="utf-8"))
    for entry in table["noun"]:
        assert read_words(entry["example"]).kind == entry["kind"], entry["example"]
    for entry in table["relation"]:
        assert read_words(entry["example"]).relation == entry["relation"], entry["example"]
    for entry in table["institution"]:
        assert re.search(entry["pattern"], entry["example"], re.I), entry["example"]
    assert all(word == word.lower() for word in place_words().demonyms)
