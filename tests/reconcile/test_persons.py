"""What persons judged, in the entry of an incident: nothing derived stands against it, and nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from making import claim, event

from harmledger.counts import CountRange
from harmledger.judged import standing
from harmledger.match import match_incidents
from harmledger.match.incidents import incident_of
from harmledger.model import Claim, Entry, Incident, Judgement, Report
from harmledger.places import Place
from harmledger.reconcile import reconcile
from harmledger.reconcile.persons import unplaced_of

DAY = date(2021, 5, 3)
TEXT = "A strike killed 14 people in Marlow.\nFive children were among them.\nThree were hurt."


def told(**fields: Any) -> Incident:
    """Return an incident of one report that counts 14 dead, five of them children, and three injured."""
    report = Report("r", TEXT, DAY)
    whole = claim(report, "14", count=14, place="Marlow", **fields)
    part = claim(report, "Five", count=5, group="children", parent=whole.id)
    return incident_of([event("r", TEXT, DAY, [whole, part, claim(report, "Three", "injured", 3)])])


def entry(*judgements: Judgement, incident: Incident | None = None, **fields: Any) -> Entry:
    """Return the entry of the incident under judgements."""
    (made,) = reconcile([incident or told(**fields)], judgements)
    return made


def ids(incident: Incident) -> list[str]:
    """Return the ids of an incident's claims."""
    return [each.id for each in incident.claims]


def test_a_rejected_claim_is_left_out_with_the_reason_and_still_listed() -> None:
    """Out of the range, in the record."""
    whole, part, hurt = ids(told())
    made = entry(Judgement("reject_claim", hurt, by="R", reason="hurt in another town"))
    assert made.injured is None
    assert (hurt, "rejected by R: hurt in another town") in [(out.claim, out.because) for out in made.left_out]
    assert made.claims == (whole, part, hurt)


def test_a_corrected_value_enters_and_the_original_is_told() -> None:
    """Fourteen was a misreading of twelve."""
    whole = ids(told())[0]
    made = entry(Judgement("correct_claim", whole, field="value", value="12", by="R", reason="misread"))
    assert made.killed == CountRange(12, 12)
    assert made.corrections == (f"{whole} value: corrected by R: 14 → 12: misread",)


def test_a_corrected_kind_group_and_actor_enter() -> None:
    """Each field that a person corrects is what the entry says."""
    whole, part, hurt = ids(told())
    made = entry(
        Judgement("correct_claim", hurt, field="kind", value="killed"),
        Judgement("correct_claim", part, field="group", value="women"),
        Judgement("correct_claim", whole, field="actor", value="russia"),
        Judgement("correct_claim", whole, field="date", value="2021-05-01"),
        Judgement("correct_claim", whole, field="place", value="Ostrel"),
    )
    assert made.injured is None
    assert (made.women_killed, made.children_killed) == (CountRange(5, 5), None)
    assert (made.actor, str(made.when), made.place) == ("russia", "2021-05-01", "Ostrel")
    assert len(made.corrections) == 5


def test_a_claim_corrected_to_a_running_total_leaves_the_toll() -> None:
    """It is told where it went."""
    whole = ids(told())[0]
    made = entry(Judgement("correct_claim", whole, field="scope", value="cumulative", by="R", reason="since April"))
    assert made.killed is None or made.killed.low != 14
    assert any(out.claim == whole and "since April" in out.because for out in made.left_out)


def test_a_claim_corrected_before_matching_is_what_events_are_made_of() -> None:
    """A running total that a person says is this incident's own toll makes an incident."""
    report = Report("r", "Since April 14 people were killed.", DAY)
    total = claim(report, "14", count=14, scope="cumulative")
    mend = Judgement("correct_claim", total.id, field="scope", value="incident", by="R", reason="the raid alone")
    assert not any(incident.claims for incident in match_incidents([(report, [total])]))
    (made,) = match_incidents([(report, [total])], [mend])
    assert entry(mend, incident=made).killed == CountRange(14, 14)
    assert len(entry(mend, incident=made).corrections) == 1


def test_confirmed_claims_and_notes_are_listed() -> None:
    """A note on the incident, its report or one of its claims is shown with who and when."""
    whole = ids(told())[0]
    made = entry(
        Judgement("confirm_claim", whole, by="R"),
        Judgement("note", "r", value="ask the hospital", by="R", at="2021-06-01T10:00:00Z"),
        Judgement("note", whole, value="see the photograph", by="S", at="2021-06-02"),
    )
    assert made.confirmed == (whole,)
    assert made.notes == ("2021-06-01, R: ask the hospital", "2021-06-02, S: see the photograph")


def test_a_place_and_a_grade_override_with_their_reason() -> None:
    """By a point, by a gazetteer's id, and what no gazetteer knows is a warning and leaves the place as it is."""
    here = Place("t:1", "Ostrel", 10.0, 11.0, "village")
    by_point = entry(Judgement("place", "r", value="35.5,36.25", by="R", reason="geolocated"))
    assert by_point.located is not None
    assert (by_point.located.latitude, by_point.because["place"]) == (35.5, "placed by R: geolocated")
    (by_id,) = reconcile([told()], [Judgement("place", "r", value="t:1")], {"t:1": here}.get)
    assert (by_id.place, by_id.located) == ("Ostrel", here)
    own = entry(Judgement("place", "r", value="t:1"), located=here)
    assert own.located == here
    lost = entry(Judgement("place", "r", value="t:9", by="R"))
    assert lost.place == "Marlow"
    assert "t:9" in lost.warnings[0]
    graded = entry(Judgement("grade", "r", value="discounted", by="R", reason="staged"))
    assert (graded.grade, graded.because["grade"]) == ("discounted", "graded by R: staged")


def test_a_judgement_on_a_former_id_still_counts() -> None:
    """The id that a merge took in leads to the incident that holds it."""
    merged = replace(told(), former=("old",))
    assert entry(Judgement("grade", "old", value="fair"), incident=merged).grade == "fair"


def test_every_judgement_that_finds_nothing_is_listed() -> None:
    """Unknown claims, incidents that are gone, places nobody knows: each with its reason."""
    lost = [
        Judgement("reject_claim", "gone"),
        Judgement("grade", "gone", value="fair"),
        Judgement("same_incident", "r", "gone"),
        Judgement("place", "r", value="t:9"),
        Judgement("grade", "r", value="splendid"),
    ]
    found = unplaced_of([told()], standing([*lost, Judgement("grade", "r", value="weak")]))
    assert sorted(map(repr, (each.judgement for each in found))) == sorted(map(repr, lost))
    assert all(each.because for each in found)


def test_all_claims_rejected_leaves_an_entry_that_says_so() -> None:
    """An incident whose every count was rejected is discounted, not dropped."""
    incident = told()
    made = entry(*(Judgement("reject_claim", each, by="R", reason="invented") for each in ids(incident)))
    assert (made.killed, made.grade) == (None, "discounted")
    assert len(made.left_out) == 3


def test_claims_stay_frozen() -> None:
    """What is judged is never edited: the incident given is the same afterwards."""
    incident = told()
    before: tuple[Claim, ...] = incident.claims
    entry(Judgement("correct_claim", before[0].id, field="value", value="2"), incident=incident)
    assert incident.claims == before
