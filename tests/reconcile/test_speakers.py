"""Speakers under several names, and the list of those that are well known."""

from __future__ import annotations

import pytest

from harmledger.reconcile.speakers import same_speaker, speakers


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("SOHR", "the Syrian Observatory for Human Rights", True),
        ("the Observatory", "SOHR", True),
        ("White Helmets", "Syrian Civil Defense", True),
        ("the IDF", "Israeli army", True),
        ("a spokesman for the Marlow police", "Marlow police", True),
        ("the Hamas-run health ministry", "Gaza Ministry of Health", True),
        ("Syrian Observatory for Human Rights", "Syrian Network for Human Rights", False),
        ("Israeli army", "Syrian army", False),
        ("AFP", "AP", False),
        ("the police", "the hospital", False),
    ],
)
def test_names_of_one_speaker(one: str, other: str, wanted: bool) -> None:
    """Names that are one body meet, and those of two do not."""
    assert same_speaker(one, other) is wanted
    assert same_speaker(other, one) is wanted


def test_every_entry_is_used_by_its_example_and_meets_all_its_names() -> None:
    """An entry that no credit can match would be dead."""
    for row in speakers():
        names = row["names"]
        assert isinstance(names, list)
        assert any(name.lower() in str(row["example"]).lower() for name in names), row
        assert all(same_speaker(names[0], name) for name in names)


def test_no_two_speakers_of_the_list_are_one() -> None:
    """Different bodies stay different origins."""
    firsts = [row["names"][0] for row in speakers()]  # type: ignore[index]
    assert not [(a, b) for place, a in enumerate(firsts) for b in firsts[place + 1 :] if same_speaker(a, b)]
