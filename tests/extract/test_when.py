"""When the harm was done: one row, one danger. Every count in double brackets is asked for."""

from __future__ import annotations

import time
from datetime import date

import pytest
from marked import marked

from harmledger.extract.when import date_harm, main_date
from harmledger.model import Scope

# A Thursday.
PUBLISHED = date(2019, 8, 29)

INCIDENTS: list[tuple[str, list[str]]] = [
    # the sentence first
    ("Gunmen killed [[two]] farmers on Tuesday.", ["2019-08-27"]),
    ("On 4 May 2019 gunmen killed [[two]] farmers near Qasr.", ["2019-05-04"]),
    ("Wednesday's raid on Qasr killed [[five]] people.", ["2019-08-28"]),
    ("Overnight shelling of Qasr killed [[five]] people.", ["2019-08-28 to 2019-08-29"]),
    ("[[Two]] people were killed on Monday, police said on Thursday.", ["2019-08-26"]),  # not the day of speaking
    ("Earlier on Wednesday a source said shells killed [[two]] people.", ["2019-08-28"]),
    ("A man, [[one]] of five, was shot shortly after 1 a.m. Saturday in Elm Street.", ["2019-08-24"]),
    ("A blast on Monday killed [[two]] people and another on Tuesday killed [[five]].", ["2019-08-26", "2019-08-27"]),
    # then the event the passage is about
    ("A bomb went off in Qasr on Tuesday. [[Five]] people were killed.", ["2019-08-27"]),
    ("[[Five]] killed in Qasr blast\nA bomb killed [[five]] people in Qasr on Tuesday.", ["2019-08-27"] * 2),
    ("A raid on Qasr killed [[six]] people on Monday. The dead included [[two]] children.", ["2019-08-26"] * 2),
    # background keeps its own date
    (
        "A bomb killed [[two]] people in Qasr on Tuesday. A similar bombing in the same street on July 25 killed "
        "[[seven]] people.",
        ["2019-08-27", "2019-07-25"],
    ),
    # only the speaking is dated
    ("Gunmen killed [[two]] farmers near Qasr, the mayor said on Tuesday.", ["None"]),
    ("Gunmen killed [[two]] farmers near Qasr, the agency reported Tuesday.", ["None"]),
    ("In a statement on Monday the ministry said shells killed [[nine]] people.", ["None"]),
    ("Shells killed [[nine]] people in Qasr.", ["None"]),  # nothing is dated
]


@pytest.mark.parametrize(("text", "wanted"), INCIDENTS)
def test_an_incident_is_dated(text: str, wanted: list[str]) -> None:
    """The sentence's own date, else that of its event, else none: speaking dates nothing."""
    assert [str(found.value) for found in date_harm(*marked(text, PUBLISHED))] == wanted


TOTALS = [
    ("Since April 2017 [[300]] people have been killed in Qasr.", "since 2017-04-01"),
    ("More than [[90,000]] people have been killed since the war began in March 2014.", "since 2014-03-01"),
    ("More than [[600]] civilians have been killed since the invasion began on May 24.", "since 2019-05-24"),
    ("In the last 48 hours [[40]] people have been killed.", "2019-08-27 to 2019-08-29"),
    ("[[60]] people were killed in June.", "2019-06-01 to 2019-06-30"),
    ("The war has killed [[90000]] people.", "None"),
]


@pytest.mark.parametrize(("text", "wanted"), TOTALS)
def test_a_total_is_dated(text: str, wanted: str) -> None:
    """A total runs from its start; a whole war's toll without a start has none."""
    total: Scope = "cumulative"
    assert [str(found.value) for found in date_harm(*marked(text, PUBLISHED, total))] == [wanted]


MAIN = [
    ("On 4 May 2019 gunmen killed two farmers. The list was released on May 26th.", "2019-05-04"),
    ("Shortly before 7:40 PM on Friday, May 3rd 2019, nine people were killed.", "2019-05-03"),
    ("Police said two men were shot late Tuesday. A similar shooting on July 2 killed one.", "2019-08-27"),
    ("The mayor spoke on Tuesday. He said two had been killed.", "None"),
    ("The council met on Tuesday and planted trees.", "None"),
    ("The trial over the killing opens on September 9.", "None"),
]


@pytest.mark.parametrize(("text", "wanted"), MAIN)
def test_the_main_date_is_that_of_the_event(text: str, wanted: str) -> None:
    """The day of the event the report is about, not of a release, a speech or a trial."""
    reading, _ = marked(text, PUBLISHED)
    assert str(main_date(reading).value) == wanted


def test_the_reason_names_words_and_anchor() -> None:
    """A recorder sees which word was read, and from which day it was counted."""
    (found,) = date_harm(*marked("Gunmen killed [[two]] farmers on Wednesday.", PUBLISHED))
    assert found.because == "2019-08-28, because of 'Wednesday' before the publication date 2019-08-29"


def test_no_drafts_no_dates() -> None:
    """A report without counts has nothing to date."""
    assert date_harm(*marked("Nobody came.", PUBLISHED)) == []


def test_many_counts_in_one_line_are_dated_in_time() -> None:
    """Thousands of counts of one kind and figure, dated over and over, take seconds."""
    text = "On Friday [[two]] men were killed and [[two]] on Saturday, police said Monday. " * 3000
    started = time.perf_counter()
    assert len(date_harm(*marked(text, PUBLISHED))) == 6000
    assert time.perf_counter() - started < 60
