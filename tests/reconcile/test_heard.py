"""Who speaks of an incident, who denies it and who claims it: read from whole dispatches."""

from __future__ import annotations

from datetime import date

import pytest

from harmledger.extract.engine import extract_claims
from harmledger.match import match_incidents
from harmledger.model import Entry, Report
from harmledger.reconcile import reconcile


def entry(*texts: str) -> Entry:
    """Return the first entry of dispatches of one day."""
    reports = [Report(str(n), text, date(2030, 5, 17), f"Outlet {n}") for n, text in enumerate(texts)]
    return reconcile(match_incidents([(report, extract_claims(report)) for report in reports]))[0]


@pytest.mark.parametrize(
    ("texts", "grade"),
    [
        (("An airstrike killed nine people in Marlow on Monday, the Marlow Observatory said.",), "weak"),
        (
            (
                "An airstrike killed nine people in Marlow on Monday, the Marlow Observatory said. The mayor, Adil "
                "Tamsin, said that warplanes bombed the market twice.",
            ),
            "fair",
        ),
        (
            (
                "An airstrike killed nine people in Marlow on Monday, the Marlow Observatory said. The United Nations "
                "said that more than 4,000 people have been killed in the war since 2021.",
            ),
            "weak",  # who tells a war's toll speaks of no single strike
        ),
        (
            (
                "An airstrike killed nine people in Marlow on Monday, the Marlow Observatory said. In a separate "
                "attack, gunmen killed three people in Orlaw on Sunday, the mayor said.",
            ),
            "weak",  # the mayor speaks of the other
        ),
        (
            (
                "An airstrike killed nine people in Marlow on Monday, the Marlow Observatory said.",
                "Nine people were killed on Monday in an airstrike on Marlow, the Marlow Observatory told AFP.",
            ),
            "weak",
        ),
    ],
)
def test_the_grade_counts_who_speaks_and_not_who_repeats(texts: tuple[str, ...], grade: str) -> None:
    """One monitor in two outlets is weak; a second voice on the attack makes it fair, though it counts nobody."""
    assert entry(*texts).grade == grade


def test_a_denial_without_a_number_is_a_contradiction() -> None:
    """The party that denies the strike is named."""
    made = entry(
        "A Russian airstrike killed nine people in Marlow on Monday, residents said. "
        "The Russian Defence Ministry denied carrying out the strike."
    )
    assert any("Russian Defence Ministry denies" in line for line in made.contradictions)
