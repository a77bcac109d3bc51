"""A record that grows by days, late reports, removals and judgements is the record that one build gives."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from making import event

from harmledger.errors import MatchingStateError
from harmledger.judged import standing
from harmledger.match import match_events
from harmledger.match.matcher import Matcher
from harmledger.match.weights import Weights, shipped
from harmledger.model import Event, Incident, Judgement
from stories import year

START = date(2030, 3, 1)
_TOWNS = ("Marzul", "Ostrel", "Tirosel")
_PLACES = ("the bakery", "the clinic on Almond Street", "the school", "a market", "Almond Street")
_NAMES = ("Nadir Oskel", "Lamis Dartir", "Mirela Vandoros", "Goran Pelm")


def dispatch(seed: int) -> Event:
    """Return a dispatch that is like some others in some ways, so that many pairs are in doubt."""
    chance = random.Random(seed)
    killed = chance.choice((3, 3, 4, 11))
    text = (
        f"{killed} people were killed {chance.choice(('at dawn', 'in the evening', 'on Monday'))} when a strike hit "
        f"{chance.choice(_PLACES)} in {chance.choice(_TOWNS)}.\n"
        f"{chance.choice(_NAMES)}, {chance.choice((29, 44))}, was among the dead of {chance.choice(_TOWNS)}.\n"
        f"{chance.choice(_NAMES)} was wounded near {chance.choice(_PLACES)}."
    )
    day = START + timedelta(days=chance.choice((0, 1, 2, 3, 4, 5, 7, 9, 12, 20, 33)))
    undated = chance.random() < 0.06
    return event(f"r{seed}", text, None if undated else day, [(str(killed), "killed", killed)])


def judged(chance: random.Random, events: list[Event], number: int) -> list[Judgement]:
    """Return judgements on pairs of these events, some of which contradict each other or find nothing."""
    made = []
    for place in range(number):
        one, other = chance.choice(events), chance.choice(events)
        verb = chance.choice(("same_incident", "not_same_incident"))
        subject = "gone" if chance.random() < 0.05 else one.id
        made.append(Judgement(verb, subject, other.id, by="R", at=f"2030-05-{place + 1:02}", id=f"j{place}"))  # type: ignore[arg-type]
    return made


def told(incidents: list[Incident]) -> list[Incident]:
    """Return incidents as they are compared: all of them."""
    return incidents


@given(st.integers(0, 10**6), st.integers(2, 40), st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_any_order_of_days_and_judgements_is_one_build(seed: int, number: int, judgements: int) -> None:
    """Batches in any order, late ones among them, judgements in between, reports taken out: always the same record."""
    chance = random.Random(seed)
    events = [dispatch(seed * 100 + place) for place in range(number)]
    said = judged(chance, events, judgements)
    shuffled = chance.sample(events, number)
    stream = Matcher()
    stream.judge(said[: judgements // 2])
    while shuffled:
        size = chance.randint(1, 6)
        batch, shuffled = shuffled[:size], shuffled[size:]
        stream.add(batch)
        if chance.random() < 0.3:
            stream.judge(chance.sample(said, chance.randint(0, judgements)))
        if chance.random() < 0.2:
            stream.replace(batch[0].report)
            stream.add([batch[0]])
    stream.judge(said)
    assert stream.incidents() == match_events(events, said)


def test_a_year_in_days_is_the_year_at_once() -> None:
    """Each day in its turn, as a newsroom sends it."""
    events = [story.event() for story in year(600)]
    stream = Matcher()
    for day in sorted({each.published for each in events if each.published}):
        stream.add([each for each in events if each.published == day])
    assert stream.incidents() == match_events(events)


def test_a_day_takes_time_for_the_day_and_not_for_the_year() -> None:
    """Pairs compared for one more day are as many after a year as after a month."""
    events = sorted((story.event() for story in year(900)), key=lambda each: each.published or START)
    stream, counts = Matcher(), []
    for start in range(0, 900, 30):
        before = stream.compared
        stream.add(events[start : start + 30])
        counts.append(stream.compared - before)
    early, late = sum(counts[8:12]) / 4, sum(counts[-4:]) / 4
    assert late < 1.5 * early


def test_a_saved_record_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """Saved and opened again after each day, with judgements in between, it is what one build gives."""
    events = [dispatch(place) for place in range(60)]
    said = judged(random.Random(7), events, 5)
    path = tmp_path / "matching.sqlite"
    for start in range(0, 60, 12):
        matcher = Matcher(path=path)
        matcher.add(events[start : start + 12])
        matcher.judge(said[: start // 12])
        matcher.save()
        matcher.close()
    matcher = Matcher(path=path)
    matcher.judge(said)
    assert matcher.incidents() == match_events(events, said)
    first = match_events(events, said)[0]
    assert matcher.incident(first.events[-1].id) == first


def test_what_was_not_saved_is_as_it_was(tmp_path: Path) -> None:
    """A run that stops half-way leaves the file as the last save left it."""
    path = tmp_path / "matching.sqlite"
    matcher = Matcher(path=path)
    matcher.add([dispatch(1)])
    matcher.save()
    matcher.add([dispatch(2)])
    matcher.close()
    assert [incident.reports for incident in Matcher(path=path).incidents()] == [("r1",)]


def test_a_file_that_is_no_saved_matching_is_refused(tmp_path: Path) -> None:
    """Another file, a broken one, other weights: a clear error, and the file is left alone."""
    broken = tmp_path / "broken"
    broken.write_bytes(b"not a database" * 100)
    with pytest.raises(MatchingStateError, match="built again"):
        Matcher(path=broken)
    assert broken.read_bytes().startswith(b"not a database")
    path = tmp_path / "matching.sqlite"
    Matcher(path=path).close()
    weights = shipped()
    other = Weights(weights.start - 1, weights.together, weights.weights, weights.words)
    with pytest.raises(MatchingStateError, match="other weights"):
        Matcher(other, path)


def test_only_what_changed_is_told() -> None:
    """A day that touches one incident tells that one, and where an id went."""
    apart = Judgement("not_same_incident", "r1", "r2", id="j")
    first, second = replace(dispatch(1), id="r1", report="r1"), replace(dispatch(1), id="r2", report="r2")
    matcher = Matcher()
    matcher.judge([apart])
    matcher.add([first, second])
    assert {incident.id for incident in matcher.changed()[0]} == {"r1", "r2"}
    assert matcher.changed() == ([], [])
    matcher.judge([])
    (incident,), gone = matcher.changed()
    assert (incident.id, incident.former, gone) == ("r1", ("r2",), ["r2"])
    assert matcher.incident("r2") == incident
    matcher.judge([apart])
    made, gone = matcher.changed()
    assert ([one.id for one in made], gone) == (["r1", "r2"], [])
    assert any("not the same" in why for why in made[1].because)
    matcher.replace("r2")
    assert matcher.changed()[1] == ["r2"]
    assert matcher.incident("r2") is None


def test_ids_lead_somewhere_through_merges_and_splits() -> None:
    """Whatever came and was judged, every id that was ever given is that of one incident, or a former one of it."""
    events = [dispatch(place) for place in range(40)]
    said = judged(random.Random(3), events, 8)
    stream = Matcher()
    given: set[str] = set()
    for start in range(0, 40, 5):
        stream.add(events[start : start + 5])
        stream.judge(standing(said[: start // 5]))
        given |= {incident.id for incident in stream.incidents()}
    now = stream.incidents()
    for name in given:
        assert sum(name == incident.id or name in incident.former for incident in now) == 1
        assert stream.incident(name) is not None
