"""The closed lists: complete, without doubles, and the same as the types that the model declares."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from harmledger.counts import Bound
from harmledger.errors import LexiconError
from harmledger.model import Group, Kind, Role, Scope, Status
from harmledger.places import Precision
from harmledger.vocabulary import FILES, check, labels, read_terms, terms

GOOD = {"name": "siege", "label": "Siege", "means": "Cut off from food."}


@pytest.mark.parametrize("field", sorted(FILES))
def test_every_list_reads(field: str) -> None:
    """Each file holds at least two values, and each explains itself with a full stop."""
    assert len(terms(field)) > 1
    assert all(term.means.endswith(".") for term in terms(field))


@pytest.mark.parametrize(
    ("field", "declared"),
    [
        ("kind", Kind),
        ("group", Group),
        ("status", Status),
        ("scope", Scope),
        ("bound", Bound),
        ("role", Role),
        ("precision", Precision),
    ],
)
def test_lists_agree_with_the_model(field: str, declared: Any) -> None:
    """A value added in one place only is caught."""
    assert list(labels(field)) == list(get_args(declared))


@pytest.mark.parametrize(("field", "value"), [("actor", "other"), ("means", "shelling"), ("grade", "weak")])
def test_check_returns_what_may_stand(field: str, value: str) -> None:
    """A value of the list passes unchanged."""
    assert check(field, value) == value


@pytest.mark.parametrize(
    ("field", "value", "hint"),
    [
        ("actor", "Other", "syrian_government"),  # names are exact
        ("means", "air strike", "airstrike"),  # a label is no name
        ("grade", "", "confirmed"),
        ("colour", "red", "Lists:"),  # no such field
    ],
)
def test_check_names_what_may_stand(field: str, value: str, hint: str) -> None:
    """The error tells what the field may hold."""
    with pytest.raises(LexiconError, match=hint):
        check(field, value)


@pytest.mark.parametrize(
    ("rows", "hint"),
    [
        ([], "no .*term"),
        ([{"name": "siege", "label": "Siege"}], "term 1"),  # it does not say what it means
        ([GOOD, GOOD], "stands twice"),
        ([{**GOOD, "colour": "red"}], "nothing else"),
        ([{**GOOD, "label": " "}], "term 1"),
    ],
)
def test_a_broken_list_is_refused(rows: list[dict[str, str]], hint: str) -> None:
    """The error names the file and the term."""
    with pytest.raises(LexiconError, match=f"own.toml.*{hint}"):
        read_terms({"term": rows}, "own.toml")
