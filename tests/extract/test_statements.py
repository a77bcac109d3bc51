"""What is noted beside the harm: ground, sieges, responsibility, denials; and what only looks like it."""

from __future__ import annotations

import pytest

from harmledger.extract.reading import read_through
from harmledger.extract.statements import statements
from harmledger.model import Report

Row = tuple[str, str | None, tuple[str, ...], tuple[str, ...]]

NOTED: list[tuple[str, Row]] = [
    ("The army took control of the strategic town of Marlow in the north.", ("territory", "Marlow", (), ())),
    ("Rebels said they had captured the village of Harran.", ("territory", "Harran", ("Rebels",), ())),
    ("Marlow fell to the rebels in June.", ("territory", "Marlow", (), ())),
    ("Government troops withdrew from Harran on Sunday.", ("territory", "Harran", (), ())),
    (
        "The army says the post in Harran is completely besieged, while Marlonia denied this.",
        ("siege", "Harran", ("army",), ("Marlonia",)),
    ),
    (
        "The army said Harran was besieged. Its governor denied the claim.",
        ("siege", "Harran", ("army",), ("governor",)),
    ),
    ("The militia has laid siege to Harran for a month.", ("siege", "Harran", (), ())),
    ("The Nour Brigade claimed responsibility for the blast.", ("responsibility", None, ("Nour Brigade",), ())),
    ("The army denied involvement in the raid.", ("responsibility", None, (), ("army",))),
    ("It was a charge dismissed by the army.", ("denial", None, (), ("army",))),
    ("The ministry denied the reports.", ("denial", None, (), ("ministry",))),
]


@pytest.mark.parametrize(("text", "expected"), NOTED, ids=lambda value: str(value)[:60])
def test_noted(text: str, expected: Row) -> None:
    """One statement with its topic, place, speakers and deniers."""
    found = [(s.topic, s.place, s.sources, s.denied_by) for s in statements(read_through(Report("r", text)))]
    assert found == [expected]


NOT_NOTED = [
    "The army hopes to take control of Marlow.",
    "Rebels failed to capture Harran.",
    "No group has claimed responsibility for the blast.",
    "The thief seized her bag.",
    "Police captured two men.",
    "The singer took over at noon.",
    "He is surrounded by friends.",
    "The blast claimed two lives.",
    "The army said two guards had died.",
    "She entered the shop.",
    "Soldiers captured while fleeing from Harran were shot.",
    "The occupied part of Harran is quiet.",
    "The rebels rejected the truce.",
]


@pytest.mark.parametrize("text", NOT_NOTED)
def test_not_noted(text: str) -> None:
    """Plans, fears, things and people taken are no ground taken; nobody's claim is no claim."""
    assert statements(read_through(Report("r", text))) == []


def test_a_statement_leads_back_to_its_sentence() -> None:
    """The span covers the sentence that says it."""
    text = "It rained. The army took control of Marlow. It rained again."
    (found,) = statements(read_through(Report("r", text)))
    assert found.span.of(text) == "The army took control of Marlow."


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("None of the sources mentioned who was responsible for the attack.", True),
        ("No sources identified the perpetrator of the strike.", True),
        ("Local sources did not explicitly attribute the strike to any belligerent.", True),
        # taken back in the same breath
        ("While no sources specified a belligerent, the words that they used point to the army.", False),
        # somebody is, or nothing of blame is said
        ("Two of the sources identified the perpetrator as the army.", False),
        ("None of the sources mentioned how many were hurt.", False),
    ],
)
def test_it_is_noted_that_nobody_is_blamed(text: str, told: bool) -> None:
    """One row, one sentence that says, or seems to say, that no source holds anybody responsible."""
    found = statements(read_through(Report("r", f"A blast killed two people in Harran. {text}")))
    assert any(statement.topic == "unblamed" for statement in found) is told
