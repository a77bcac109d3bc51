"""Claims of one report gathered into its events."""

from __future__ import annotations

from datetime import date

from making import claim

from harmledger.match import events_of, match_incidents
from harmledger.model import Report
from harmledger.places import Place

DAY, NEXT, LATER = date(2021, 5, 3), date(2021, 5, 4), date(2021, 5, 9)
HERE = Place("t:1", "Marlow", 10.0, 10.0, "town")
FAR = Place("t:2", "Ostrel", 12.0, 10.0, "town")


def report(text: str) -> Report:
    """Return a report of a day."""
    return Report("r", text, DAY)


def test_headline_and_body_are_one_event() -> None:
    """A number told twice is one event with two claims."""
    r = report("Blast kills 14 in Marlow\nFourteen people were killed in Marlow on Monday.")
    events = events_of(r, [claim(r, "14", count=14, day=DAY), claim(r, "Fourteen", count=14, day=DAY)])
    assert [len(event.claims) for event in events] == [2]
    assert events[0].main


def test_days_and_places_far_apart_are_events_of_their_own() -> None:
    """Another day, and a town 200 km off, open events; the next day and no place do not."""
    r = report("A blast killed 14.\nNine died last week.\nFive died in Ostrel.\nTwo died at night.")
    told = [
        claim(r, "14", count=14, day=DAY, located=HERE),
        claim(r, "Nine", count=9, day=date(2021, 4, 20)),
        claim(r, "Five", count=5, day=DAY, located=FAR),
        claim(r, "Two", count=2, day=NEXT),
    ]
    assert [[c.count.value for c in event.claims] for event in events_of(r, told)] == [[14, 2], [9], [5]]


def test_words_that_set_an_attack_apart() -> None:
    """ "In a separate attack" opens an event, whatever its day and place."""
    r = report("A strike killed 14.\nIn a separate attack, three were killed.")
    told = [claim(r, "14", count=14, day=DAY), claim(r, "three", count=3, day=DAY)]
    assert [len(event.claims) for event in events_of(r, told)] == [1, 1]


def test_running_totals_join_no_event() -> None:
    """A toll since April is part of no incident."""
    r = report("A strike killed 14.\nSince April 900 have been killed.")
    told = [claim(r, "14", count=14), claim(r, "900", count=900, scope="cumulative")]
    assert [[c.count.value for c in event.claims] for event in events_of(r, told)] == [[14]]


def test_sub_counts_stay_with_their_whole() -> None:
    """A part told in another sentence goes where its whole is."""
    r = report("A strike killed 14.\nFour of them were children.")
    whole = claim(r, "14", count=14, day=DAY)
    part = claim(r, "Four", count=4, day=LATER, group="children", parent=whole.id)
    assert [len(event.claims) for event in events_of(r, [whole, part])] == [2]


def test_a_report_without_violence_has_no_event() -> None:
    """A bakery that opens is no incident, nor is an empty text."""
    assert events_of(report("A bakery opened in Marlow."), []) == []
    assert events_of(report(""), []) == []


def test_no_number_still_makes_an_incident_and_mere_talk_makes_none() -> None:
    """ "Others were injured" is told harm; a report on gun law alone is none."""
    assert match_incidents([(report("A strike hit Marlow and others were injured."), [])], apart=True)
    assert not match_incidents([(report("Ministers spoke of attacks in general."), [])], apart=True)


def test_a_turn_to_another_town_opens_an_event_even_without_a_point() -> None:
    """ "Also in Ostrel" is another attack where no gazetteer knows the town; the same town told again is not."""
    r = report("A strike killed 14 in Marlow.\nAlso in Ostrel, three were killed.\nAlso in Marlow, two were hurt.")
    told = [
        claim(r, "14", count=14, place="Marlow"),
        claim(r, "three", count=3, place="Ostrel"),
        claim(r, "two", count=2, place="Marlow"),
    ]
    assert [[c.count.value for c in event.claims] for event in events_of(r, told)] == [[14, 2], [3]]


def test_two_strikes_near_each_other_are_two_after_a_turn() -> None:
    """Two towns ten kilometres apart: one event by distance alone, two where the words turn to the other."""
    near = Place("t:3", "Delle", 10.1, 10.0, "town")
    for opening, groups in (("Also in Delle", [[14], [3]]), ("In Delle", [[14, 3]])):
        r = report(f"A strike killed 14 in Marlow.\n{opening}, three were killed.")
        told = [claim(r, "14", count=14, located=HERE), claim(r, "three", count=3, located=near)]
        assert [[c.count.value for c in event.claims] for event in events_of(r, told)] == groups
