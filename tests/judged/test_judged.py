"""Judgements resolved: what stands, what is undone, what makes no sense."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from harmledger.counts import Count
from harmledger.dates import DateRange
from harmledger.judged import Standing, corrected, corrections_of, fault, moment, not_found, standing
from harmledger.judged.mending import BLANK, FIELDS, count_of, mended, point, shown
from harmledger.model import Judgement
from harmledger.places import Place

CLAIM = replace(BLANK, id="c", count=Count(14), place="Marlow")


def judged(verb: str, subject: str = "c", **told: str) -> Judgement:
    """Return a judgement of R."""
    return Judgement(verb, subject, **({"by": "R"} | told))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("field", "value", "name", "wanted"),
    [
        ("value", "12", "count", Count(12)),
        ("count", "at least 12", "count", Count(12, bound="at_least")),
        ("value", "12-15", "count", Count(12, 15)),
        ("value", "1,200", "count", Count(1200)),
        ("value", "none", "count", Count(0)),
        ("value", "dozens", "count", Count(None, bound="vague")),
        ("high", "15", "count", Count(14, 15)),
        ("bound", "about", "count", Count(14, bound="about")),
        ("kind", "injured", "kind", "injured"),
        ("group", "children", "group", "children"),
        ("scope", "cumulative", "scope", "cumulative"),
        ("role", "denied", "role", "denied"),
        ("place", "Ostrel", "place", "Ostrel"),
        ("place", "", "place", None),
        ("date", "2030-05-17", "when", DateRange.day(date(2030, 5, 17))),
        ("when", "2030-05-17 to 2030-05-19", "when", DateRange(date(2030, 5, 17), date(2030, 5, 19))),
        ("when", "since 2030-05-17", "when", DateRange(date(2030, 5, 17), None)),
        ("start_date", "2030-05-17", "when", DateRange.day(date(2030, 5, 17))),
        ("actor", "russia", "actor", "russia"),
        ("actor", "", "actor", None),
        ("sources", "medics; Agence Delta", "sources", ("medics", "Agence Delta")),
    ],
)
def test_a_field_reads_what_a_person_typed(field: str, value: str, name: str, wanted: object) -> None:
    """One row, one field in the words of who corrects it."""
    assert getattr(mended(CLAIM, field, value), name) == wanted


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (judged("praise"), "nobody knows the verb"),
        (judged("reject_claim", ""), "names no subject"),
        (judged("same_incident"), "the other is missing"),
        (judged("grade", value="splendid"), "cannot be 'splendid'"),
        (judged("place", value="somewhere"), "gazetteer's id"),
        (judged("place", value="95.0,12.0"), "gazetteer's id"),
        (judged("note"), "empty"),
        (judged("correct_claim", value="12"), "no field ''"),
        (judged("correct_claim", field="colour", value="12"), "no field 'colour'"),
        (judged("correct_claim", field="value", value="minus two"), "is no count"),
        (judged("correct_claim", field="value", value="15 to 12"), "ends below its start"),
        (judged("correct_claim", field="kind", value="dead"), "is one of"),
        (judged("correct_claim", field="actor", value="martians"), "is one of"),
        (judged("correct_claim", field="date", value="2030-02-30"), "no date that exists"),
        (judged("correct_claim", field="place", value="x" * 600), "too long"),
        (judged("undo", "gone"), "no judgement 'gone' to undo"),
    ],
)
def test_what_makes_no_sense_is_unplaced_with_its_reason(told: Judgement, why: str) -> None:
    """A bad judgement is told and changes nothing else."""
    good = judged("reject_claim", id="j1")
    stands = standing([told, good])
    assert list(stands.rejected.values()) == [good]
    (lost,) = stands.unplaced
    assert lost.judgement == told
    assert why in lost.because


def test_undo_takes_back_and_an_undone_undo_brings_back() -> None:
    """Only what is undone goes; two undos are none."""
    first = judged("reject_claim", id="j1", at="2030-01-01")
    undo = judged("undo", "j1", id="j2", at="2030-01-02")
    again = judged("undo", "j2", id="j3", at="2030-01-03")
    assert standing([first]).rejected
    assert not standing([first, undo]).rejected
    for turned in permutations([first, undo, again]):
        assert standing(turned).rejected == {"c": first}


def test_undos_in_a_ring_end() -> None:
    """Hostile input: two undos of each other, and one of itself."""
    ring = [judged("undo", "b", id="a"), judged("undo", "a", id="b"), judged("undo", "s", id="s")]
    assert standing(ring).pairs == ()


def test_the_later_of_two_that_contradict_stands() -> None:
    """Reject, confirm and correct: the last word counts, by time and not by the order of the list."""
    no = judged("reject_claim", at="2030-01-01T10:00:00+00:00")
    yes = judged("confirm_claim", at="2030-01-01T11:30:00+02:00")  # earlier, in another zone
    assert standing([no, yes]).rejected
    later = replace(yes, at="2030-01-02")
    assert not standing([later, no]).rejected
    assert standing([later, no]).confirmed
    mend = judged("correct_claim", field="value", value="9", at="2030-01-03")
    assert not standing([no, mend]).rejected
    twice = standing([replace(mend, at="2030-01-05", value="8"), mend])
    assert [each.value for each in twice.corrected["c"]] == ["8"]


def test_a_corrected_claim_keeps_its_id_and_says_what_it_read() -> None:
    """The original value is in the reason, and to correct twice changes nothing."""
    stands = standing([judged("correct_claim", field="value", value="12", reason="misread"),
                       judged("correct_claim", field="place", value="35.5,36.5", reason="seen")])  # fmt: skip
    new = corrected(CLAIM, stands)
    assert (new.id, new.count) == ("c", Count(12))
    assert new.because["value"] == "corrected by R: 14 → 12: misread"
    assert new.located is not None
    assert corrected(new, stands) == new
    assert len(corrections_of([new])) == 2
    assert not corrections_of([CLAIM])


def test_a_gazetteer_s_id_places_a_claim() -> None:
    """Who knows the ids is asked; without one at hand the words stand."""
    here = Place("t:1", "Ostrel", 10.0, 10.0, "town")
    stands = standing([judged("correct_claim", field="place", value="t:1")])
    assert corrected(CLAIM, stands, {"t:1": here}.get).located == here
    assert corrected(CLAIM, stands).place == "t:1"


def test_grades_places_and_notes_are_found_under_any_name_of_an_incident() -> None:
    """A grade given to an id that was merged away is still that incident's; the latest counts."""
    old = judged("grade", "a", value="weak", at="2030-01-01")
    new = judged("grade", "b", value="fair", at="2030-01-02")
    note = judged("note", "b", value="see file 7")
    stands = standing([new, old, note])
    assert stands.last("grade", ("a", "b")) == new
    assert stands.last("grade", ("a",)) == old
    assert stands.last("place", ("a",)) is None
    assert stands.on("note", ("a", "b")) == [note]
    assert [lost.judgement for lost in not_found(stands, {"a"}.__contains__)] == [note, new]


def test_times_without_an_offset_and_times_that_are_none() -> None:
    """A bare day is read as UTC; what is no time at all counts as first, and the judgement still stands."""
    assert moment(judged("note", at="2030-01-01")) < moment(judged("note", at="2030-01-01T00:00:01Z"))
    assert moment(judged("note", at="yesterday")) < moment(judged("note", at="0002-01-01"))
    assert standing([judged("reject_claim", at="yesterday")]).rejected


@given(st.lists(st.builds(
    Judgement, st.sampled_from([*"xy", "reject_claim", "undo", "correct_claim", "grade", "place", "note",
                                "same_incident"]),
    st.sampled_from(["a", "b", ""]), st.sampled_from([None, "a", "b"]), st.one_of(st.none(), st.text(max_size=12)),
    at=st.text(max_size=8), field=st.one_of(st.none(), st.sampled_from([*FIELDS])), id=st.sampled_from(["", "a", "b"]),
), max_size=8))  # fmt: skip
def test_nothing_breaks_and_nothing_is_lost(told: list[Judgement]) -> None:
    """Whatever comes from outside, each judgement that has a fault is listed, and corrections can be applied."""
    stands = standing(told)
    assert isinstance(stands, Standing)
    listed = [each.judgement for each in stands.unplaced]
    assert all(each in listed for each in told if fault(each))
    corrected(replace(CLAIM, id="a"), stands)


@given(st.text(max_size=30))
def test_any_text_is_a_count_or_a_clear_error(value: str) -> None:
    """What is read shows as what can be read again."""
    if fault(judged("correct_claim", field="value", value=value)) is None:
        claim = replace(BLANK, count=count_of(value))
        assert mended(claim, "value", shown(claim, "value")).count == claim.count


def test_points() -> None:
    """Only points on earth."""
    assert point("12.5,-7.25") is not None
    assert [point(value) for value in ("91,0", "0,181", "a,b", "", "1.0", "٣,٤x")] == [None] * 6
