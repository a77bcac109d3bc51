"""A ledger that grew by the day, with judgements made and taken back, is the one that is made at once."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reports import ALL, MARLOW, ORSK, dispatch

from harmledger.ledger import Ledger, open_ledger
from harmledger.model import Judgement, Verb

_TWIN = type(MARLOW)(
    "twin",
    "At least 14 people were killed when shells hit Marlow on 3 May 2030, the mayor said.",
    MARLOW.published,
    "Example Gazette",
)


def _whole(ledger: Ledger) -> None:
    changes = ledger.rebuild()
    assert changes.same, (changes.claims, changes.incidents)
    assert ledger.verify().whole


def test_what_grew_is_what_is_made_at_once(where: str) -> None:
    """Each step must leave the record that everything together gives: else a citation depends on its day."""
    with open_ledger(where, by="amal") as ledger:
        ledger.add(MARLOW)
        _whole(ledger)
        ledger.add(_TWIN)
        ledger.add(ORSK)
        _whole(ledger)
        claim = next(claim for claim in ledger.claims("marlow") if claim.kind == "killed")
        judged = [
            Judgement("not_same_incident", "marlow", "twin", by="amal", reason="two attacks"),
            Judgement("reject_claim", claim.id, by="amal", reason="a misprint"),
            Judgement(
                "correct_claim", claim.id, value="15", field="value", by="amal", reason="the outlet corrected it"
            ),
            Judgement("grade", "orsk", value="confirmed", by="amal", reason="seen"),
        ]
        for judgement in judged:
            made = ledger.judge(judgement)
            list(ledger.cases())
            _whole(ledger)
            ledger.judge(Judgement("undo", made.id, by="amal", reason="to see"))
            _whole(ledger)
        ledger.delete(["twin"], "asked for")
        _whole(ledger)


def test_a_correction_shows_in_the_record(where: str) -> None:
    """A person's word outranks what was read, and what was read is still there."""
    with open_ledger(where, by="amal") as ledger:
        ledger.add(MARLOW)
        claim = next(claim for claim in ledger.claims("marlow") if claim.kind == "killed")
        ledger.judge(Judgement("correct_claim", claim.id, value="15", field="value", by="amal", reason="misprint"))
        (case,) = ledger.cases()
        assert case.entry.killed is not None
        assert case.entry.killed.low == 15
        assert next(c for c in ledger.claims("marlow") if c.id == claim.id).count.value == 14


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from("aajur"), st.integers(0, 11)), min_size=3, max_size=14))
def test_any_order_of_steps_gives_the_same_record(
    steps: list[tuple[str, int]], tmp_path_factory: pytest.TempPathFactory, built_home: object
) -> None:
    """Whatever comes in which order, with looks between, the record is that of all together."""
    made: list[str] = []
    with open_ledger(tmp_path_factory.mktemp("ledger"), by="amal") as ledger:
        for report in ALL:
            ledger.add(report)
        for step, number in steps:
            if step == "a":
                ledger.add(dispatch(number))
            elif step == "r":
                list(ledger.cases())
            elif step == "u" and made:
                ledger.judge(Judgement("undo", made[number % len(made)], by="amal", reason="to see"))
            elif step == "j":
                names = [report.id for report in ledger.reports()]
                one, other = names[number % len(names)], names[(number * 7 + 1) % len(names)]
                if one != other:
                    verb: Verb = "same_incident" if number % 2 else "not_same_incident"
                    made.append(ledger.judge(Judgement(verb, one, other, by="amal", reason="seen")).id)
        list(ledger.cases())
        _whole(ledger)
