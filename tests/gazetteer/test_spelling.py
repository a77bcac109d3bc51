"""Folding and keys: which spellings meet, and which must not."""

from __future__ import annotations

import pytest

from harmledger.gazetteer.spelling import fold, spelling, without_article, without_noun


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Ma`arrat an-Nu‘mān", "maarrat an numan"),  # marks, ayn, hyphen
        ("  Deir   ez-Zor ", "deir ez zor"),  # spaces
        ("Ḩalab", "halab"),  # a letter that falls apart into letter and mark
        ("إدلب", "ادلب"),  # hamza on alef
        ("Харків", "харків"),  # Cyrillic stays itself
        ("", ""),  # nothing
        ("'’`", ""),  # signs alone are no name
    ],
)
def test_fold(name: str, folded: str) -> None:
    """What newspapers drop goes; the script stays."""
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maaret al-Nu'man", "Maarrat al-Nouman"),  # vowels
        ("Khan Sheikhoun", "Khān Shaykhūn"),  # ou and u
        ("Deir Ezzor", "Dayr az Zawr"),  # article grown into the name
        ("Ash-Shajarah", "al Shajara"),  # sun letter and ta marbuta
        ("Maaret al-Nu'man", "معرة النعمان"),  # Arabic letters
        ("Nuseirat", "النصيرات"),  # a feminine plural
        ("Kharkiv", "Харків"),  # Cyrillic
        ("Qamishli", "Kamishli"),  # q and k
    ],
)
def test_spellings_of_one_place_share_their_strict_key(one: str, other: str) -> None:
    """The key under which they are looked up is the same."""
    assert spelling(one).strict == spelling(other).strict


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Maarsorain", "Ma`arr Shurin"),  # s for sh
        ("Gaza", "Ghazza"),  # g for gh
        ("Jabalia", "Gabalia"),  # Egyptian g
    ],
)
def test_confusable_consonants_share_their_loose_key(one: str, other: str) -> None:
    """The loosest key brings them together."""
    assert spelling(one).loose == spelling(other).loose


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("al-Tmanea", "Al `Uthmaniyah"),  # a name that opens with a vowel
        ("Homs", "Hama"),
        ("Saraqeb", "Salqin"),
        ("Mosul", "Muhasan"),
        ("دوما", "درعا"),
    ],
)
def test_different_places_do_not_share_their_strict_key(one: str, other: str) -> None:
    """Names that only sound a little alike stay apart."""
    assert spelling(one).strict != spelling(other).strict


def test_an_article_is_dropped_before_a_word_and_kept_at_the_end() -> None:
    """ "Tell al-Abyad" loses it, a name that ends in such a word does not."""
    assert without_article("tell al abyad") == "tell abyad"
    assert without_article("an") == "an"


def test_a_camp_is_also_known_without_its_noun() -> None:
    """Reports leave the noun out; other names are no camps."""
    assert without_noun("Al Maghazi Camp") == "Al Maghazi"
    assert without_noun("مخيم جباليا") == "جباليا"
    assert without_noun("Campo Verde") == ""
