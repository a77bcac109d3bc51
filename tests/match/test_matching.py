"""Events of many reports gathered into incidents; what people judged; ids that stay."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

import pytest
from making import event

from harmledger.counts import Count
from harmledger.match import match_events
from harmledger.match.groups import Groups
from harmledger.match.matcher import Matcher
from harmledger.match.shelves import Shelf
from harmledger.match.weights import shipped
from harmledger.model import Event, Judgement, Span, Unnumbered

DAY = date(2021, 5, 3)


def bakery(name: str, days: int = 0, killed: int = 11) -> Event:
    """Return a dispatch of a strike on a bakery."""
    text = (
        f"At least {killed} people were killed at dawn when warplanes bombed the bakery on Almond Street in Marzul.\n"
        "The baker Nadir Oskel, 44, and two of his sons were among the dead, a medic said.\n"
        "Rescuers dug through the rubble of the Almond Street bakery."
    )
    return event(name, text, DAY + timedelta(days=days), [(str(killed), "killed", killed)])


def clinic(name: str, days: int = 0) -> Event:
    """Return a dispatch of a strike on a clinic in the same town."""
    text = (
        "Three people were killed in the evening when a missile hit the Rahma clinic in Marzul.\n"
        "The nurse Lamis Dartir, 29, died with a patient, the head of the clinic said.\n"
        "It was apart from the strike on a bakery at dawn."
    )
    return event(name, text, DAY + timedelta(days=days), [("Three", "killed", 3)])


def groups(events: list[Event], judgements: tuple[Judgement, ...] = ()) -> list[set[str]]:
    """Return the reports of each incident."""
    return [set(incident.reports) for incident in match_events(events, judgements)]


def test_two_strikes_in_one_town_stay_two() -> None:
    """The same town and day, other victims, tolls and hours."""
    found = groups([bakery("a"), clinic("b"), bakery("c", 1), clinic("d", 1)])
    assert sorted(map(sorted, found)) == [["a", "c"], ["b", "d"]]


def test_a_rising_toll_stays_one_and_says_why() -> None:
    """Follow-up days join; each merge has its reason in words."""
    (incident,) = match_events([bakery("a"), bakery("b", 1, 13), bakery("c", 3, 15)])
    assert incident.reports == ("a", "b", "c")
    assert len(incident.because) == len(incident.links) == 2
    assert "same" in incident.because[0]


def test_the_order_of_reports_changes_nothing() -> None:
    """The same reports give the same record."""
    events = [bakery("a"), clinic("b"), bakery("c", 1), clinic("d", 2)]
    first = match_events(events)
    assert all(match_events(list(turned)) == first for turned in permutations(events))


def test_a_day_added_gives_what_one_build_gives() -> None:
    """A stream of days is the same record, and an incident keeps its id as reports come in."""
    early, late = [bakery("a"), clinic("b")], [bakery("c", 1), clinic("d", 1)]
    stream = Matcher()
    stream.add(early)
    before = {incident.id for incident in stream.incidents()}
    stream.add(late)
    assert stream.incidents() == match_events(early + late)
    assert before <= {incident.id for incident in stream.incidents()}


def test_old_ids_lead_to_the_incident_that_took_them_in() -> None:
    """A judgement that merges two incidents leaves the id of the second findable."""
    same = Judgement("same_incident", "a", "b", by="R", at="2021-06-01", reason="one salvo")
    (incident,) = match_events([bakery("a"), clinic("b")], [same])
    assert incident.id == "a"
    assert incident.former == ("b",)
    assert incident.links[0].judged


def test_not_the_same_outranks_every_likeness_and_survives_a_rerun() -> None:
    """Even copies of one text stay apart once a person said so."""
    apart = Judgement("not_same_incident", "a", "b", at="2021-06-01")
    events = [bakery("a"), bakery("b")]
    assert groups(events) == [{"a", "b"}]
    assert groups(events, (apart,)) == groups(events, (apart,)) == [{"a"}, {"b"}]
    bridged = groups([*events, bakery("c"), bakery("d")], (apart,))
    assert not any({"a", "b"} <= together for together in bridged)


def test_the_later_of_two_judgements_stands() -> None:
    """A change of mind is kept by its time, whatever the order of the list."""
    yes = Judgement("same_incident", "a", "b", at="2021-06-02")
    no = Judgement("not_same_incident", "b", "a", at="2021-06-01")
    assert groups([bakery("a"), clinic("b")], (yes, no)) == [{"a", "b"}]


def test_a_judgement_about_what_is_not_here_is_told() -> None:
    """Nothing breaks, nothing is lost."""
    matcher = Matcher()
    matcher.add([bakery("a")])
    lost = Judgement("same_incident", "a", "gone")
    assert len(matcher.incidents([lost])) == 1
    assert [each.judgement for each in matcher.unplaced] == [lost]
    assert "'gone'" in matcher.unplaced[0].because


@pytest.mark.parametrize(
    "events",
    [
        [bakery("a"), bakery("a2")],  # one text under two ids
        [event("x", "At least 4 were killed in Marzul.", None, [("4", "killed", 4)]), bakery("a")],  # no date
        [event("x", "killed 1000000000000", DAY, [("1000000000000", "killed", 10**12)])],  # a toll of 10^12
        [],
    ],
)
def test_odd_input_loses_nothing(events: list[Event]) -> None:
    """Every report that tells of harm is in some incident."""
    held = {report for incident in match_events(events) for report in incident.reports}
    assert held == {each.report for each in events}


def test_one_bridge_does_not_chain_two_groups() -> None:
    """One strong link between groups that otherwise disagree joins nothing."""
    links: Shelf[dict[int, float]] = Shelf("links")
    for number, likely in enumerate(({}, {0: 5.0}, {1: 4.0}, {2: 5.0})):
        links[number] = likely
    odds = {(0, 1): 5.0, (2, 3): 5.0, (1, 2): 4.0}
    groups = Groups(
        Shelf("trees"), Shelf("firsts"), Shelf("joined"),
        lambda a, b: odds.get((min(a, b), max(a, b)), -4.0), lambda number: (number, "", ""), 0.0,
    )  # fmt: skip
    for number in range(4):
        groups.enter(number)
    groups.play(range(4), links, 0)
    assert sorted(sorted(groups.members(first)) for first in groups.all()) == [[0, 1], [2, 3]]


def test_no_weight_speaks_against_a_recorder() -> None:
    """Same never counts against, other and far never for; every comparison has words to show."""
    weights = shipped()
    for name, weight in weights.weights.items():
        assert weights.words[name]
        if name.startswith(("same_", "within_", "words", "more_", "names", "rare")) and name != "words_late":
            assert weight >= 0, name
        if name.startswith(("other_", "far_", "days_", "tolls_")):
            assert weight <= 0, name


def test_a_report_given_twice_counts_once_and_is_told() -> None:
    """The same report again changes nothing; in a later batch neither."""
    matcher = Matcher()
    matcher.add([bakery("a"), bakery("a"), clinic("b")])
    before = matcher.incidents()
    matcher.add([bakery("a")])
    assert matcher.repeated == ["a", "a"]
    assert matcher.incidents() == before
    assert [incident.reports for incident in before] == [("a",), ("b",)]


def test_another_text_under_the_same_id_is_kept_beside_the_first() -> None:
    """Two reports that share an id by mistake are both in the record."""
    matcher = Matcher()
    matcher.add([bakery("a")])
    matcher.add([clinic("a")])
    found = matcher.incidents()
    assert sorted(each.text for incident in found for each in incident.events) == sorted(
        [bakery("a").text, clinic("a").text]
    )
    assert len({each.id for incident in found for each in incident.events}) == 2


def test_a_report_read_anew_takes_the_place_of_what_was_read_before() -> None:
    """The same text with other claims is the same report, read better."""
    matcher = Matcher()
    first = bakery("a")
    matcher.add([first])
    matcher.add([replace(first, claims=(replace(first.claims[0], count=Count(12)),))])
    (incident,) = matcher.incidents()
    assert [each.count.value for each in incident.claims] == [12]


def test_thousands_of_copies_of_one_day_are_one_incident_in_time() -> None:
    """One town, one day, one text under many ids: one incident that holds them all."""
    (incident,) = match_events([bakery(f"a{number}") for number in range(1500)])
    assert len(incident.reports) == 1500


def test_an_aside_that_only_refers_to_another_attack_is_no_incident() -> None:
    """ "Apart from the strike that hit a bakery" tells of nothing new; a second attack that is told does."""
    refers = "Three died at the clinic.\nIt was apart from the strike that hit a bakery in the town."
    told = "Three died at the clinic.\nIn a separate attack shells hit a bakery in the town."
    for text, number in ((refers, 1), (told, 2)):
        main = event("r", text, DAY, [("Three", "killed", 3)])
        aside = replace(event("x", text, DAY, [("a bakery", "damaged", 1)]), report="r", main=False)
        assert len(match_events([main, aside])) == number


@pytest.mark.parametrize(
    "texts",
    [
        ("Nine people died on Monday after a blast at Dorvel market, police said.",
         "DORVEL MARKET BLAST: toll climbs to 12 as three more die in hospital\nRescuers left Dorvel market at noon.",
         "Twelve dead are to be buried in Dorvel on Thursday, three days after the market blast."),
        ("Flash update 1. Dorvel district: explosion at the market, 9 killed, 20 injured (health cluster).",
         "Flash update 2. Dorvel district: explosion at the market, 12 killed, 24 injured (health cluster)."),
    ],
)  # fmt: skip
def test_follow_up_days_with_a_rising_toll_stay_one(texts: tuple[str, ...]) -> None:
    """News, headline style and a field report: the toll grows and the event is one."""
    events = [
        event(f"r{number}", text, DAY + timedelta(days=number), [], "Hill Times") for number, text in enumerate(texts)
    ]
    told = [replace(each, unnumbered=(Unnumbered(each.report, Span(0, 4), "killed"),)) for each in events]
    assert [set(incident.reports) for incident in match_events(told)] == [{each.report for each in events}]
