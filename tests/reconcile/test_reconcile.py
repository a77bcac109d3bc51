"""Entries of the record: several reports, origins, grades, what people judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from making import claim, event

from harmledger.batch import entries_apart
from harmledger.counts import Count, CountRange
from harmledger.extract.reading import read_through
from harmledger.extract.statements import statements
from harmledger.match.incidents import incident_of
from harmledger.model import Event, Judgement, Report
from harmledger.reconcile import reconcile
from harmledger.reconcile.origins import copies_of, told_origins
from harmledger.reconcile.speakers import same_speaker

DAY = date(2021, 5, 3)


def telling(name: str, killed: int, source: str = "", day: int = 0, **fields: Any) -> Event:
    """Return a report that tells a toll, by a source or in its own voice."""
    text = f"Report {name}: {killed} people were killed in Marzul, number {name}."
    report = Report(name, text, DAY + timedelta(days=day), f"Outlet {name}")
    made = claim(report, f"{killed} people", count=killed, sources=(source,) if source else (), **fields)
    return event(name, text, report.published, [made], report.outlet)


def test_a_growing_toll_ends_at_the_latest_and_the_rest_is_superseded() -> None:
    """Earlier counts are left out with their reason, and stay in the record."""
    (entry,) = reconcile([incident_of([telling("a", 9), telling("b", 12, day=1), telling("c", 12, day=2)])])
    assert entry.killed == CountRange(12, 12)
    assert any("superseded" in out.because for out in entry.left_out)
    assert len(entry.claims) == 3


def test_ten_outlets_that_quote_one_observatory_are_one_origin() -> None:
    """Corroboration counts origins, not links."""
    events = [telling(str(n), 9, "the Marlow Observatory") for n in range(9)] + [telling("x", 9, "police")]
    (entry,) = reconcile([incident_of(events)])
    assert [len(origin.reports) for origin in entry.origins] == [9, 1]
    assert entry.grade == "fair"
    assert (
        entry.because["grade"]
        == "2 independent origins (the Marlow Observatory; police), 8 others repeat the Marlow Observatory"
    )


def test_a_copy_is_no_second_origin() -> None:
    """One text in two outlets is one origin, and the grade stays weak."""
    words = "Nine people were killed when a shell fell on the market of Marzul on Monday morning, a paper said."
    events = [event(name, words, DAY, [("Nine", "killed", 9)], f"Outlet {name}") for name in "ab"]
    (entry,) = reconcile([incident_of(events)])
    assert copies_of(events) == {"b": "a"}
    assert len(entry.origins) == 1
    assert entry.grade == "weak"


def test_names_of_one_speaker_meet() -> None:
    """Initials and shorter names are the same speaker; other bodies are not."""
    assert same_speaker("MOHR", "Marlow Observatory for Human Rights")
    assert same_speaker("the Observatory", "Marlow Observatory")
    assert not same_speaker("police", "the ministry")
    assert told_origins(()) == "no origin is named"


def test_grades_by_blame_and_admission() -> None:
    """Rival blame is contested; the blamed party's own word confirms; a denial of all discounts."""
    rival = [telling("a", 9, "X", actor="russia"), telling("b", 9, "Y", actor="isis")]
    assert reconcile([incident_of(rival)])[0].grade == "contested"
    admitted = [telling("a", 9, "the Turkish military", actor="turkey")]
    assert reconcile([incident_of(admitted)])[0].grade == "confirmed"
    denied = [telling("a", 9, "the army", role="denied")]
    (entry,) = reconcile([incident_of(denied)])
    assert entry.grade == "discounted"
    assert "denies" in entry.contradictions[0]


def test_tolls_that_cannot_both_be_right_are_listed() -> None:
    """Two speakers, one day, two exact figures."""
    (entry,) = reconcile([incident_of([telling("a", 9, "police"), telling("b", 14, "the mayor")])])
    assert "killed: police says 9, the mayor says 14" in entry.contradictions


def test_a_part_larger_than_its_whole_is_warned_of_or_left_out() -> None:
    """Sub-counts never exceed their whole in silence."""
    report = Report("r", "Three people were killed.\nFive children were killed.", DAY)
    made = [claim(report, "Three", count=3), claim(report, "Five", count=5, group="children")]
    (entry,) = reconcile([incident_of([event("r", report.text, DAY, made)])])
    assert entry.children_killed is None or entry.children_killed.low <= 3 or entry.warnings


def test_a_person_rejects_a_claim_and_sets_a_grade() -> None:
    """Judgements outrank what is derived, with their reason."""
    events = [telling("a", 9), telling("b", 90)]
    rejected = Judgement("reject_claim", events[1].claims[0].id, by="R", reason="a misprint")
    graded = Judgement("grade", "a", value="confirmed", by="R", reason="seen")
    (entry,) = reconcile([incident_of(events)], [rejected, graded])
    assert entry.killed == CountRange(9, 9)
    assert entry.grade == "confirmed"
    assert any("misprint" in out.because for out in entry.left_out)


def test_at_least_keeps_its_open_end() -> None:
    """ "At least 9" is 9 and open."""
    report = Report("r", "At least 9 were killed.", DAY)
    made = [claim(report, "9", count=Count(9, bound="at_least"))]
    (entry,) = reconcile([incident_of([event("r", report.text, DAY, made)])])
    assert entry.killed == CountRange(9, None)


def test_every_kind_and_group_has_its_range() -> None:
    """Missing, detained and injured children are told as well, not only the dead."""
    report = Report(
        "r", "Four were missing.\nAt least 30 were detained.\nTen were hurt.\nThree children were hurt.", DAY
    )
    hurt = claim(report, "Ten", "injured", 10)
    made = [
        claim(report, "Four", "missing", 4),
        claim(report, "30", "detained", Count(30, bound="at_least")),
        hurt,
        claim(report, "Three", "injured", 3, group="children", parent=hurt.id),
    ]
    (entry,) = reconcile([incident_of([event("r", report.text, DAY, made)])])
    assert dict(entry.tolls) == {
        "injured": CountRange(10, 10),
        "missing": CountRange(4, 4),
        "detained": CountRange(30, None),
        "children_injured": CountRange(3, 3),
    }
    assert entry.best["detained"] == 30


def test_a_part_above_its_whole_names_both_for_every_kind() -> None:
    """Five injured children of three injured are a warning."""
    report = Report("r", "Three were hurt.\nFive children were hurt.", DAY)
    made = [claim(report, "Three", "injured", 3), claim(report, "Five", "injured", 5, group="children")]
    (entry,) = reconcile([incident_of([event("r", report.text, DAY, made)])])
    assert entry.warnings == ("children: 5 injured, more than the 3 injured in all",)


def test_nobody_blamed_in_so_many_words_is_contested() -> None:
    """A report that says that no source names a doer is contested; another report that blames outweighs it."""
    silent = "A blast killed two people in Marlow. None of the sources mentioned who was responsible."
    (entry,) = entries_apart(Report("r", silent))
    assert entry.grade == "contested"
    assert "None of the sources" in entry.because["grade"]
    (entry,) = entries_apart(Report("r", "A blast killed two people in Marlow. Sources mentioned the market."))
    assert entry.grade == "weak"
    told = event("a", silent, DAY, [("two people", "killed", 2)])
    told = replace(told, statements=tuple(s for s in statements(read_through(Report("a", silent)))))
    blaming = [telling(name, 2, f"police {name}", actor="isis") for name in "bc"]
    (entry,) = reconcile([incident_of([told, *blaming])])
    assert entry.grade != "contested"
