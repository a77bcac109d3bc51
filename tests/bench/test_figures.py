"""The benchmark page shows what was measured, and its examples are sentences of our own."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import figures
from figures import PAGES, SENTENCES, TABLES, main, put, read_sentence
from runs import FIELDS


def test_every_table_has_its_place() -> None:
    """A table that no page shows is measured for nobody; a place without a table stays empty for ever."""
    pages = "".join(path.read_text(encoding="utf-8") for path in PAGES)
    for name in TABLES:
        assert pages.count(f"<!-- figures: {name} -->") == 1, name
    assert pages.count("<!-- figures: ") == pages.count("<!-- end -->") == len(TABLES)


def test_a_table_replaces_the_one_before() -> None:
    """Only what stands between its own marks is touched."""
    page = "a\n<!-- figures: x -->\nold\n<!-- end -->\nb\n<!-- figures: y -->\nkept\n<!-- end -->\n"
    once = put(page, "x", r"new \1")
    assert once == page.replace("\nold\n", "\n\nnew \\1\n\n")
    assert put(once, "x", r"new \1") == once
    with pytest.raises(ValueError, match="no place for z"):
        put(page, "z", "new")


def test_hard_sentences_are_well_formed() -> None:
    """Each has its reason, counts as they are shown, and asks about a field that claims have."""
    every = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))["sentence"]
    for hard in every:
        assert set(hard) <= {"text", "wanted", "why", "field"}
        assert hard["why"]
        assert hard.get("field", "place") in FIELDS
        for told in hard["wanted"]:
            kind, number = told.split()[:2]
            assert kind in (
                "killed",
                "injured",
                "casualties",
                "missing",
                "detained",
                "displaced",
                "affected",
                "damaged",
            )
            assert number == "some" or number.isdecimal()
            assert told.endswith(")") == ("field" in hard)
    assert len({(hard["text"], hard.get("field")) for hard in every}) == len(every)


@pytest.mark.parametrize(
    ("text", "field", "read"),
    [
        ("Shelling killed 14 people in Marlow.", "", ["killed 14"]),
        ("Shelling killed dozens of people in Marlow.", "", ["killed some"]),
        ("Shelling killed 14 people in Marlow.", "actor", ["killed 14 (none)"]),
        ("The town council met in Marlow.", "", []),
    ],
)
def test_how_a_sentence_is_shown(text: str, field: str, read: list[str]) -> None:
    """A count is kind and number, with the field that is asked about."""
    assert read_sentence(text, field) == read


def test_only_what_is_still_wrong_is_shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An example that is read rightly today is no example of an error."""
    right = '[[sentence]]\ntext = "Shelling killed 14 people."\nwanted = ["killed 14"]\nwhy = "plain"\n'
    (tmp_path / "hard.toml").write_text(right + right.replace('["killed 14"]', '["killed 15"]'), encoding="utf-8")
    monkeypatch.setattr(figures, "SENTENCES", tmp_path / "hard.toml")
    lines = figures.examples().splitlines()
    assert lines[2] == "| Shelling killed 14 people. | killed 15 | killed 14 | plain |"
    assert lines[-1] == "Of 2 sentences that were written to be hard, 1 are read wrongly."


def test_an_unknown_table_is_told() -> None:
    """There is no guessing which was meant."""
    with pytest.raises(SystemExit) as stop:
        main(["--only", "weather"])
    assert stop.value.code == 2
