"""What is asked for: parsed as typed, told again as typed, and met by the incidents that it means."""

from __future__ import annotations

from datetime import date

import pytest
from cases_made import DAY, Said, case, killed
from hypothesis import given
from hypothesis import strategies as st

from harmledger.counts import Count
from harmledger.dates import DateRange
from harmledger.errors import QueryError
from harmledger.query import Query
from harmledger.vocabulary import labels

_NAMES = st.text(st.characters(categories=("L", "Nd", "Zs"), include_characters=" '-,."), min_size=1, max_size=20)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", True),
        ("date:2030-05-15", True),
        ("date:2030-05", True),
        ("date:2030", True),
        ("date:2030-05-01..2030-05-14", False),
        ("date:..2030-05-15", True),
        ("date:2030-05-16..", False),
        ("place:marlow", True),
        ('place:"Example  governorate"', True),
        ("place:SY", True),
        ("place:Elsewhere,Marlow", True),
        ("place:Mar", False),
        ("kind:killed", True),
        ("kind:injured", False),
        ("kind:injured,killed", True),
        ("actor:russia", True),
        ("actor:israel,none", False),
        ("grade:weak", True),
        ("grade:fair,confirmed", False),
        ("place:Marlow kind:killed date:2029", False),
    ],
)
def test_a_query_finds_what_it_asks_for(text: str, wanted: bool) -> None:
    """All fields must hold, any of a field's values."""
    assert Query.parse(text).matches(killed(3)) is wanted


def test_what_is_not_told_answers_no_question() -> None:
    """An incident without a day is in no month; one without a party is asked for by "none"."""
    one = case([Said("3", Count(3))], when=None, actor=None)
    assert not Query.parse("date:2030").matches(one)
    assert Query.parse("actor:none").matches(one)


@pytest.mark.parametrize(
    "text",
    ["when:2030", "date:2030-13", "date:2030-5-1", "date:2030 date:2031", "kind:hurt", "grade:good", "actor:me", "x",
     "date:2030-05-02..2030-05-01", "place"],
)  # fmt: skip
def test_what_is_not_understood_is_told(text: str) -> None:
    """A misspelt question must not silently find everything."""
    with pytest.raises(QueryError, match="--query"):
        Query.parse(text)


@given(
    st.none() | st.builds(lambda a, b: DateRange(min(a, b), max(a, b)), st.dates(), st.dates()),
    st.lists(_NAMES, max_size=3),
    st.lists(st.sampled_from(list(labels("kind"))), max_size=2),
    st.lists(st.sampled_from([*labels("actor"), "none"]), max_size=2),
    st.lists(st.sampled_from(list(labels("grade"))), max_size=2),
)
def test_a_query_is_told_as_it_is_typed(
    dates: DateRange | None, places: list[str], kinds: list[str], actors: list[str], grades: list[str]
) -> None:
    """What the ledger keeps of an export can be typed again and asks the same."""
    named = tuple(name for place in places if (name := place.strip()))
    query = Query(dates, named, tuple(kinds), tuple(actors), tuple(grades))
    assert Query.parse(str(query)) == query


def test_running_totals_are_asked_for_by_their_own_fields() -> None:
    """A total has no grade; by place and date it is found as an incident is."""
    claim = killed(3).incident.claims[0]
    assert Query.parse("place:Marlow date:2030-05-15").matches_claim(claim)
    assert not Query.parse("grade:fair").matches_claim(claim)
    assert Query(dates=DateRange(DAY, DAY)).matches_claim(claim)
    assert not Query(dates=DateRange.day(date(2029, 1, 1))).matches_claim(claim)
