"""One incident or a total: one row, one danger. Every count in double brackets is asked for."""

from __future__ import annotations

from datetime import date

import pytest
from marked import marked

from harmledger.extract.scope import scope_of
from harmledger.model import Scope

PUBLISHED = date(2019, 8, 29)

TOTALS = [
    "Since April 2017 [[300]] people have been killed in Qasr.",
    "More than [[90,000]] people have been killed since the war began in March 2014.",
    "In the past month [[40]] people have been killed in Qasr.",
    "Clashes killed [[45]] people over the past two days.",
    "The five-year civil war has killed [[80,000]] people.",
    "At least [[3,000]] people have been killed in the conflict.",
    "Last year [[1,200]] people were murdered in the state.",
    "Three separate attacks across the city left [[two]] dead.",
    "In the last ten days [[12]] drivers were killed on that road.",
]
INCIDENTS = [
    "A car bomb killed [[two]] people in Qasr on Tuesday.",
    "A gunman killed [[five]] people in a bar.",
    "An airstrike on a house killed [[nine]] members of one family on Monday.",
    "A blast killed [[40]] people at a market in Qasr on Tuesday.",
    "On 4 May 2019 gunmen killed [[two]] farmers.",
    "A raid in the past 24 hours killed [[ten]] people near Qasr.",  # one day's assault
    "In June a car bomb killed [[nine]] people in Qasr.",
    "[[Two]] men were shot Wednesday night outside a club.",
    "The death toll of Sunday's blast rose to [[seven]].",  # the toll of one event
    "A year after the attack that killed [[six]] students, the school opened.",
]


@pytest.mark.parametrize(("text", "wanted"), [(t, "cumulative") for t in TOTALS] + [(t, "incident") for t in INCIDENTS])
def test_scope_is_read(text: str, wanted: Scope) -> None:
    """A total adds up incidents, places or days; a large count of one attack is none."""
    assert [found.value for found in scope_of(*marked(text, PUBLISHED))] == [wanted]


def test_the_scope_a_draft_carries_is_not_looked_at() -> None:
    """Stages later set it; this one decides it."""
    text = "A car bomb killed [[two]] people in Qasr on Tuesday."
    assert scope_of(*marked(text, PUBLISHED, "cumulative")) == scope_of(*marked(text, PUBLISHED, "incident"))


def test_a_count_told_twice_has_one_scope() -> None:
    """The headline's figure and the body's are one count."""
    text = "[[45]] killed in Qasr\nClashes killed [[45]] people over the past three days."
    assert len({found.value for found in scope_of(*marked(text, PUBLISHED))}) == 1


def test_a_total_says_why() -> None:
    """The reason names what in the text speaks for it."""
    (found,) = scope_of(*marked("In the past month [[40]] people have been killed in Qasr.", PUBLISHED))
    assert found.because
    assert not found.because.startswith("any count")
