"""The standards' data files: complete, cited, and no entry that can never match."""

from __future__ import annotations

from typing import Any

import pytest

from harmledger.errors import LexiconError
from harmledger.gazetteer.resolution import Resolution
from harmledger.places import Place
from harmledger.standards import NAMES, check_rules, code_for_days, days_for_code, standard
from harmledger.standards.countries import countries, country, country_named

_ABOUT = {"name": "X", "source": "Y", "unit": "Z", "verified": "W"}


@pytest.mark.parametrize("name", NAMES)
def test_every_file_reads_and_cites_its_source(name: str) -> None:
    """A rule without a source cannot be checked against its codebook."""
    rules = standard(name)
    assert rules["about"]["verified"]
    for table in ("precision", "date", "numbers", "civilians", "causes", "proof", "strike", "status", "grade"):
        assert table not in rules or rules[table].get("source"), table


@pytest.mark.parametrize(
    "wrong",
    [
        {"columns": ["a"]},
        {"about": _ABOUT, "columns": ["a", "a"]},
        {"about": _ABOUT, "columns": ["a"], "never": ["b"]},
        {"about": _ABOUT, "columns": ["a"], "actors": {"atlantis": ["A", 1]}},
        {"about": _ABOUT, "columns": ["a"], "precision": {"hamlet": 1}},
        {"about": _ABOUT, "columns": ["a"], "event": [{"means": ["airstrike"], "example": "E"}]},
        {"about": _ABOUT, "columns": ["a"], "event": [{"means": ["siege"], "example": "E", "source": "S"}]},
    ],
)
def test_what_can_never_match_is_refused(wrong: dict[str, Any]) -> None:
    """A misspelt term in a rule would silently never apply."""
    with pytest.raises(LexiconError):
        check_rules(wrong, "x.toml")


def test_precision_codes_agree_with_the_gazetteer() -> None:
    """The gazetteer's own codes for GED and ACLED and the standards' tables are one."""
    for precision, code in standard("ged")["precision"].items():
        if precision != "source":
            place = Place("x", "X", 1.0, 1.0, precision)
            found = Resolution("x", "found", place, precision)
            assert (found.where_prec, found.geo_precision) == (code, standard("acled")["precision"][precision])


def test_date_codes_go_both_ways() -> None:
    """The longest span of a code has that code."""
    for name in ("ged", "acled"):
        rules = standard(name)
        for _, code in rules["date"]["days"]:
            assert code_for_days(rules, days_for_code(rules, code)) == code
    assert code_for_days(standard("ged"), None) is None


@pytest.mark.parametrize(
    ("code", "alpha3", "numeric", "state"),
    [("SY", "SYR", 760, 652), ("UA", "UKR", 804, 369), ("YE", "YEM", 887, 678), ("PS", "PSE", 275, 666)],
)
def test_countries_have_the_codes_that_others_use(code: str, alpha3: str, numeric: int, state: int) -> None:
    """A wrong number joins an event to another country."""
    found = country(code)
    assert found is not None
    assert (found.alpha3, found.numeric, found.state) == (alpha3, numeric, state)


def test_countries_are_told_apart_by_their_names() -> None:
    """Each country is found again by its own name, code and number, and none twice."""
    for code, found in countries().items():
        assert country_named(found.name) == found, code
        assert country_named(found.alpha3) == found, code
    codes = [found.alpha3 for found in countries().values()]
    assert len(codes) == len(set(codes))
