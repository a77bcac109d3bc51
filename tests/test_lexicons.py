"""Every word of every lexicon earns its place: it can match, and its entry has an example that it matches."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import harmledger.extract
from harmledger.extract.lexicon import Lexicon, lexicon, spelled_out
from harmledger.extract.reading import Token, read_through
from harmledger.model import Report

FOLDER = Path(harmledger.extract.__file__).parent / "lexicons"
FILES = sorted(FOLDER.glob("*/*.toml"))


def _tokens(text: str) -> list[Token]:
    return read_through(Report("example", text)).tokens


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def test_there_are_lexicons() -> None:
    """The tables below would pass over an empty folder."""
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_a_lexicon_says_what_it_is_and_where_it_is_from(path: Path) -> None:
    """[about] has what and source; every entry has words, each once, and an example."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    assert table["about"]["what"].strip()
    assert table["about"]["source"].strip()
    for entry in table["entry"]:
        assert entry["words"], entry
        assert entry["example"].strip(), entry
        assert all(word == word.lower().strip() and word for word in entry["words"]), entry["words"]
    assert lexicon(path.stem, path.parent.name).entries


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_an_example_holds_one_of_its_words(path: Path) -> None:
    """Each entry by itself finds a phrase of its own in its example."""
    missed = [
        entry["example"]
        for entry in lexicon(path.stem, path.parent.name).entries
        if next(Lexicon(path.name, [entry]).all(_tokens(entry["example"])), None) is None
    ]
    assert not missed


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_every_phrase_can_match(path: Path) -> None:
    """A phrase written as no text is ever cut ("u.s." is four tokens) would stand in the list for nothing."""
    words = lexicon(path.stem, path.parent.name)
    dead = [phrase for entry in words.entries for phrase in entry["words"] if not _matches(words, phrase)]
    assert not dead


def _matches(words: Lexicon, phrase: str) -> bool:
    """Tell whether the phrase is found in a text that holds it, inside a sentence and capitalised as at its start."""
    plain = phrase.replace("*", "")
    for text in (f"x {plain} x", f"x {plain}s x", plain.capitalize()):
        hit = next(
            (h for i in range(len(_tokens(text))) if (h := words.at(_tokens(text), i)) and h.phrase == phrase), None
        )
        if hit is not None:
            return True
    return False


def test_choices_are_spelled_out() -> None:
    """Braces stand for each of what they hold, nothing among them; without braces a phrase is itself."""
    assert spelled_out("{dead|killed} or {|badly} hurt") == [
        "dead or hurt", "dead or badly hurt", "killed or hurt", "killed or badly hurt",
    ]  # fmt: skip
    assert spelled_out("shot dead") == ["shot dead"]
