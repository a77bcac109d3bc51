"""Dates as reports word them: one row, one danger."""

from __future__ import annotations

import time
from datetime import date

import pytest

from harmledger.extract.anchor import anchor_of
from harmledger.extract.date_words import DateMention, date_expressions
from harmledger.extract.reading import Reading, read_through
from harmledger.model import Report

# A Thursday.
PUBLISHED = date(2019, 8, 29)


def _read(text: str, published: date | None = PUBLISHED) -> Reading:
    return read_through(Report("r", text, published))


def _told(text: str, published: date | None = PUBLISHED) -> list[str]:
    return [str(mention.range) for mention in date_expressions(_read(text, published)) if not mention.dateline]


MUST = [
    # full dates
    ("Shells fell on 7 May 2019.", "2019-05-07"),
    ("Shells fell on May 7th, 2019, at noon.", "2019-05-07"),
    ("Shells fell on Tuesday, 7th of May, 2019.", "2019-05-07"),
    ("Shells fell on May 7th 2019 in Qasr.", "2019-05-07"),
    ("Shells fell on 2019-05-07 in Qasr.", "2019-05-07"),
    ("Shells fell on 25.05.2019 in Qasr.", "2019-05-25"),
    ("Shells fell on 5/25/2019 in Qasr.", "2019-05-25"),
    ("Shells fell on Feb 022015 in Qasr.", "2015-02-02"),  # a space was lost
    ("It lasted from June 9 to 12, 2019.", "2019-06-09 to 2019-06-12"),
    ("It lasted between 9 and 12 June.", "2019-06-09 to 2019-06-12"),
    # dates without a year
    ("Police were called on Aug. 8.", "2019-08-08"),
    ("It happened on 30 December.", "2018-12-30"),  # the past, not four months ahead
    ("The trial will open on 30 December.", "2019-12-30"),  # told to come
    ("On May 15 people were killed.", "2019-05-15"),
    ("In May 15 people were killed.", "2019-05-01 to 2019-05-31"),  # 15 counts people
    ("The May 15 raid failed.", "2019-05-15"),
    # weekdays
    ("He was shot on Saturday.", "2019-08-24"),
    ("He was shot Wednesday night.", "2019-08-28"),
    ("He was shot on Thursday.", "2019-08-29"),  # the day of publication itself
    ("Sundays attack killed two.", "2019-08-25"),  # the apostrophe was lost
    ("Sunday's attack killed two.", "2019-08-25"),
    ("A truce begins next Monday.", "2019-09-02"),
    ("Shells fell overnight Tuesday and into Wednesday.", "2019-08-27 to 2019-08-28"),
    ("It lasted from Friday to Sunday.", "2019-08-23 to 2019-08-25"),
    # months, years, seasons
    ("In August two died.", "2019-08-01 to 2019-08-31"),
    ("In November two died.", "2018-11-01 to 2018-11-30"),
    ("In August last year two died.", "2018-08-01 to 2018-08-31"),
    ("Last May two died.", "2019-05-01 to 2019-05-31"),
    ("A mid-August blast killed two.", "2019-08-11 to 2019-08-20"),
    ("In late July two died.", "2019-07-21 to 2019-07-31"),
    ("In 2011 two died.", "2011-01-01 to 2011-12-31"),
    ("He fled in the 2008 war.", "2008-01-01 to 2008-12-31"),
    # open ends
    ("Since April 2017 nobody came.", "since 2017-04-01"),
    ("Since early 2011 many fled.", "since 2011-01-01"),
    ("Since Saturday nine have died.", "since 2019-08-24"),
    ("Since the start of the year nine have died.", "since 2019-01-01"),
    ("The five-year civil war goes on.", "since 2014-01-01"),
    ("The decade-long insurgency goes on.", "since 2009-01-01"),
    ("So far this year nine have died.", "since 2019-01-01"),
    # stretches counted back
    ("Nine died in the last 48 hours.", "2019-08-27 to 2019-08-29"),
    ("Nine died in the past 24 hours.", "2019-08-28 to 2019-08-29"),
    ("Nine died over the past two days.", "2019-08-28 to 2019-08-29"),  # today and yesterday
    ("Nine died in the past month.", "2019-07-29 to 2019-08-29"),
    ("A month of fighting left nine dead.", "2019-07-29 to 2019-08-29"),
    ("Nine died last month.", "2019-07-01 to 2019-07-31"),
    ("Nine died over the weekend.", "2019-08-24 to 2019-08-25"),
    ("Nine died between October and March.", "2018-10-01 to 2019-03-31"),  # over the turn of the year
    ("Nine died last week.", "2019-08-19 to 2019-08-25"),
    ("Earlier this week nine died.", "2019-08-26 to 2019-08-28"),
    ("A two-day offensive left nine dead.", "2019-08-28 to 2019-08-29"),
    ("Three days of shelling left nine dead.", "2019-08-27 to 2019-08-29"),  # today is the third
    ("A ten-day siege left nine dead.", "2019-08-20 to 2019-08-29"),
    ("Shells fell for a fourth day.", "2019-08-26 to 2019-08-29"),
    ("It was the third straight day of raids.", "2019-08-27 to 2019-08-29"),
    ("Nine died within 48 hours.", "2019-08-27 to 2019-08-29"),
    ("The nearly 11-month-old revolt goes on.", "since 2018-09-01"),
    # parts of a year
    ("In the first half of the year nine died.", "2019-01-01 to 2019-06-30"),
    ("Nine died in the second half of 2016.", "2016-07-01 to 2016-12-31"),
    ("Nine died in the last three months of 2016.", "2016-10-01 to 2016-12-31"),
    ("Nine died in the first quarter of this year.", "2019-01-01 to 2019-03-31"),
    ("In the first six months 2,970 people were hurt.", "2019-01-01 to 2019-06-30"),
    ("That took the month's toll to nine.", "2019-08-01 to 2019-08-29"),
    # days told by distance
    ("Eighteen days on, two are home.", "2019-08-11"),
    ("Twenty-two years on, nine coffins came.", "1997-01-01 to 1997-12-31"),
    ("On the second anniversary nine names were read.", "2017-08-29"),
    ("He was shot yesterday.", "2019-08-28"),
    ("He was shot last night.", "2019-08-28"),
    ("He was shot this morning.", "2019-08-29"),
    ("Overnight raids killed nine.", "2019-08-28 to 2019-08-29"),
    ("He was shot three days ago.", "2019-08-26"),
    ("He was shot two years ago.", "2017-01-01 to 2017-12-31"),
    # days that go by a name
    ("He was shot on New Year's Eve.", "2018-12-31"),
    ("He was shot on Memorial Day.", "2019-05-27"),
]


@pytest.mark.parametrize(("text", "wanted"), MUST)
def test_a_date_is_read(text: str, wanted: str) -> None:
    """The sentence names one time, and this is it."""
    assert _told(text) == [wanted]


MUST_NOT = [
    "Rescuers may reach the village.",  # a verb
    "They march on the capital.",
    "March on, said the officer.",
    "The second man sat in the sun.",
    "Some 2011 people were displaced.",  # a count
    "From 1914 fighters 200 remained.",
    "By 2000 houses were counted.",
    "A 12-year-old boy was killed.",
    "Four of the 12 were children.",
    "The shop opens on Mondays.",  # a habit
    "On Fridays people pray there.",
    "Apartment 7/12 was hit.",
    "The 9-5 vote passed.",
    "Room 10.5 was hit.",
    "He fired two to 12 shots.",
    "The baby was born 10 days ago.",  # dates a birth
    "The last two villages fell.",
    "His brother, one of three, died.",
    "Call 2019-08 for help.",
    "Jan Kowal was killed.",  # a first name
    "April Keller was wounded.",
    "The raid was ordered by August Keller.",
    "She asked to be called later.",
    "The day was long.",
    "It was the month's worst attack.",
    "The first three months of the siege were quiet.",
    "The second half of the match was played.",
]


@pytest.mark.parametrize("text", MUST_NOT)
def test_no_date_is_read(text: str) -> None:
    """What looks like a date, and is none."""
    assert _told(text) == []


def test_a_day_that_does_not_exist_is_none() -> None:
    """31 February and 31-40-2019 name no day; nothing is guessed in their place."""
    assert [m.range for m in date_expressions(_read("It was on 31 February 2019."))] == [None]
    assert _told("It was noted at 31-40-2019.") == []


ANCHORS = [
    ("Thursday 18 May 2017 Raid kills nine in Qasr Two died on Tuesday.", "2017-05-18"),
    ("Raid kills nine AFP Tuesday 6 Aug 2013 A raid killed nine.", "2013-08-06"),
    ("Last updated at Feb 022015 QASR A raid killed nine.", "2015-02-02"),
    ("Published April 8 2017 A raid killed nine.", "2017-04-08"),
    ("Posted: Monday, March 31, 2014 3:13 PM EDT\nFive people were shot.", "2014-03-31"),
    ("16.05.2017(updated 1925 16.05.2017) Raid kills nine.", "2017-05-16"),
    ("QASR, March 12 (AFP) - A raid killed nine.", "2019-03-12"),  # the year of publication
    ("Qasr, 3 June. Doctors say nine people died.", "2019-06-03"),
    ("QASR, 25 Sep 2016 — Warplanes killed nine.", "2016-09-25"),
    ("Raid on Qasr market leaves many dead, toll still to rise\n\nApril 16 (Northern Wire) - Nine died.", "2019-04-16"),
    ("QASR, 2 March 2018 – On Wednesday, 28 February, nine died.", "2018-03-02"),  # no span
    ("On Monday, 25 Sep 2016 - a bad year - nine died.", "2019-08-29"),
    ("On 18 May 2017 a raid killed nine.", "2019-08-29"),  # the event's day, no dateline
    ("A raid on May 18, 2017, killed nine.", "2019-08-29"),
    ("A raid in May 2017 killed nine.", "2019-08-29"),
    ("A raid killed nine.", "2019-08-29"),
]


@pytest.mark.parametrize(("text", "wanted"), ANCHORS)
def test_a_dateline_outranks_the_publication_date(text: str, wanted: str) -> None:
    """The publication date is sometimes the day a page was fetched."""
    anchor = anchor_of(_read(text))
    assert anchor is not None
    assert str(anchor.day) == wanted


ORDERS = [
    (date(2014, 8, 7), "2014-08-07"),  # day first
    (date(2014, 7, 8), "2014-07-08"),  # month first
    (date(2016, 1, 1), "2014-08-07"),  # nothing to go by: day first
]


@pytest.mark.parametrize(("published", "wanted"), ORDERS)
def test_the_order_of_day_and_month_is_settled_by_the_publication_date(published: date, wanted: str) -> None:
    """07-08-2014 is the seventh of August beside 2014-08-07, the eighth of July beside 2014-07-08."""
    anchor = anchor_of(_read("07-08-2014 Raid kills nine in Qasr.", published))
    assert anchor is not None
    assert str(anchor.day) == wanted


CHAINS = [
    ("On 4 May 2019 two died. The next day two more died.", ["2019-05-04", "2019-05-05"]),
    ("On 4 May 2019 two died. A day earlier a nurse had died.", ["2019-05-04", "2019-05-03"]),
    ("On 4 May 2019 two died. The same day a shop was hit.", ["2019-05-04", "2019-05-04"]),
    ("On 4 May 2018 two died. Names were released on May 26th.", ["2018-05-04", "2018-05-26"]),
]


LISTS = [
    ("22/3, Orlaw: a woman shot.\n25/3, Harn: reprisal.", ["2019-03-22", "2019-03-25"]),
    ("• 12/8: a shell\n• 8/25: a mine", ["2019-08-12", "2019-08-25"]),  # the second can only be month first
    ("LIST, 21–27 MARCH 2019\nIn the reporting period nine died.", ["2019-03-21 to 2019-03-27"] * 2),
    ("UPDATE (20 May, 12:00 to 21 May, 12:00)\nNine died.", ["2019-05-20 to 2019-05-21"]),
    ("Nine died in the reporting period.", ["None"]),
    ("Call at 7/12, the blue house.", []),
    ("7/12 were children.", []),
]


@pytest.mark.parametrize(("text", "wanted"), LISTS)
def test_a_list_tells_its_days(text: str, wanted: list[str]) -> None:
    """A day that opens a line dates what stands in it; a fraction and a house number date nothing."""
    assert _told(text) == wanted


@pytest.mark.parametrize(("text", "wanted"), CHAINS)
def test_a_date_looks_back_to_what_was_told(text: str, wanted: list[str]) -> None:
    """ "The next day" is the one after the day told last; a narrative keeps its year."""
    assert _told(text) == wanted


def test_without_an_anchor_a_weekday_stays_open() -> None:
    """No dateline and no publication date: "Saturday" is no day at all, and a full date still is."""
    assert [m.range for m in date_expressions(_read("Two died on Saturday.", None))] == [None]
    assert _told("Two died on 4 May 2019.", None) == ["2019-05-04"]


def test_a_mention_says_what_it_was_read_from() -> None:
    """The reason names the words and the anchor."""
    mention: DateMention = date_expressions(_read("Two died on Wednesday."))[0]
    assert mention.because == "'Wednesday' before the publication date 2019-08-29"


def test_time_grows_with_the_text_and_no_faster() -> None:
    """A line of ten thousand dates is read in seconds, not hours."""
    text = "On May 7 and 8, 2019 12-05-2019 Friday last 48 hours " * 10_000
    started = time.perf_counter()
    assert len(date_expressions(_read(text))) > 10_000
    assert time.perf_counter() - started < 60
