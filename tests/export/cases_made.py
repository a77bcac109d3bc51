"""Cases made by hand or by hypothesis, so that exports are tested apart from reading."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, get_args

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from harmledger.counts import Bound, Count
from harmledger.dates import DateRange
from harmledger.export import Total
from harmledger.match.incidents import incident_of
from harmledger.model import Case, Claim, Event, Group, Kind, Report, Span, Status, Victim
from harmledger.places import Place, Precision
from harmledger.reconcile.entry import entry_of
from harmledger.vocabulary import labels

# The same examples in every run, so that a build does not fail by chance; HARMLEDGER_EXAMPLES=2000 looks for new ones.
_ASKED = os.environ.get("HARMLEDGER_EXAMPLES")


def few(number: int) -> settings:
    """Return settings for so many examples, or for as many as were asked for."""
    slow = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    return settings(
        max_examples=int(_ASKED) if _ASKED else number,
        derandomize=not _ASKED,
        deadline=None,
        suppress_health_check=slow,
    )


MARLOW = Place("geonames:1", "Marlow", 35.86447, 36.80591, "town", "SY", "Example Governorate", "Marlow District")
DAY = date(2030, 5, 15)


@dataclass(frozen=True)
class Said:
    """One count as a test tells it: the words stand in a sentence of their own."""

    words: str
    count: Count
    kind: Kind = "killed"
    group: Group = "people"
    status: Status = "unstated"
    part: bool = False
    sources: tuple[str, ...] = ()


def case(said: Sequence[Said], name: str = "r1", **facts: Any) -> Case:
    """Return the case that one report makes, read as the hops after extraction read it."""
    told: dict[str, Any] = {
        "place": "Marlow", "located": MARLOW, "when": DateRange.day(DAY), "actor": "russia", "means": "airstrike",
        "outlet": "Example Wire", "victims": (), "munitions": (), "title": None, "address": None,
    } | facts  # fmt: skip
    report, claims = _claims(said, name, told)
    victims = tuple(replace(victim, report=name) for victim in told["victims"])
    event = Event(name, name, claims, victims, published=DAY, outlet=told["outlet"], text=report.text)
    incident = incident_of([event])
    return Case(incident, entry_of(incident), (report,))


def joined(*cases: Case) -> Case:
    """Return one case of the reports of several."""
    incident = incident_of([event for each in cases for event in each.incident.events])
    return Case(incident, entry_of(incident), tuple(report for each in cases for report in each.reports))


def total(said: Said, name: str = "t1") -> Total:
    """Return a running total with its report."""
    told = {"place": "Marlow", "located": MARLOW, "when": DateRange(DAY, None), "actor": None, "means": None,
            "outlet": "Example Wire", "munitions": (), "title": None, "address": None}  # fmt: skip
    report, claims = _claims([said], name, told)
    return Total(replace(claims[0], scope="cumulative"), report)


def _claims(said: Sequence[Said], name: str, told: dict[str, Any]) -> tuple[Report, tuple[Claim, ...]]:
    text, claims, wholes = "", [], dict[str, str]()
    for number, each in enumerate(said):
        sentence = f"{each.words} were {each.kind} there, it was said."
        start = len(text)
        claim = Claim(
            f"{name}-c{number}", name, Span(start, start + len(each.words)), Span(start, start + len(sentence)),
            each.kind, each.count, each.group, each.status, "incident", told["place"], told["located"], told["when"],
            told["actor"], told["means"], told["munitions"], each.sources,
            parent=wholes.get(each.kind) if each.part else None,
        )  # fmt: skip
        wholes.setdefault(each.kind, claim.id)
        claims.append(claim)
        text += sentence + "\n"
    report = Report(name, text or "Nothing.", DAY, told["outlet"], told["address"], told["title"])
    return report, tuple(claims)


def killed(number: int, **facts: Any) -> Case:
    """Return a case in which so many were killed, exactly."""
    status = facts.pop("status", "civilian")
    return case([Said(str(number), Count(number), status=status)], **facts)


@st.composite
def counts(draw: st.DrawFn) -> tuple[str, Count]:
    """Draw a count with the words that say it."""
    bound: Bound = draw(st.sampled_from(get_args(Bound)))
    if bound == "vague":
        return draw(st.sampled_from(("dozens", "several", "hundreds", "many", "a number"))), Count(None, bound="vague")
    value = draw(st.integers(0 if bound == "exact" else 1, 400))
    high = value + draw(st.integers(1, 50)) if bound == "exact" and draw(st.booleans()) else None
    return f"{value} to {high}" if high else str(value), Count(value, high, bound)


@st.composite
def saids(draw: st.DrawFn) -> Said:
    """Draw one count with its kind, group and status."""
    words, count = draw(counts())
    kind: Kind = draw(st.sampled_from(get_args(Kind)))
    groups = ("things",) if kind == "damaged" else get_args(Group)[:-1]
    sources = draw(st.sampled_from(((), ("local activists",), ("a doctor", "Example Wire"))))
    status: Status = draw(st.sampled_from(get_args(Status)))
    return Said(words, count, kind, draw(st.sampled_from(groups)), status, draw(st.booleans()), sources)


@st.composite
def places(draw: st.DrawFn) -> Place:
    """Draw a place anywhere, of any precision that names one."""
    precision: Precision = draw(st.sampled_from(get_args(Precision)[:-1]))
    name = draw(st.sampled_from(("Marlow", "=Tell", "3-4", "-Nasr", "Дібрівка", "قرية المثال", "Saint-Exemple")))
    admin = draw(st.sampled_from((None, "Example Governorate", "'Quoted")))
    latitude = round(draw(st.floats(-89, 89)), 5)
    longitude = round(draw(st.floats(-179, 179)), 5)
    return Place("x:1", name, latitude, longitude, precision, draw(st.sampled_from(("SY", "UA", "SD", "PS"))), admin)


def days() -> st.SearchStrategy[DateRange]:
    """Draw a day or a span."""
    return st.builds(
        lambda start, length: DateRange(start, start + timedelta(length)),
        st.dates(date(1990, 1, 1), date(2040, 12, 31)),
        st.sampled_from((0, 0, 0, 1, 5, 6, 20, 200)),
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Draw a case of any shape that reading can make."""
    located = draw(st.none() | places())
    victims = draw(
        st.lists(st.builds(_victim, st.sampled_from(("Adam Example", "Lina Probe")), st.booleans()), max_size=2)
    )
    return case(
        draw(st.lists(saids(), min_size=1, max_size=6)),
        draw(st.sampled_from(("r1", "wire-7", "=evil"))),
        place=located.name if located else draw(st.none() | st.just("Somewhere")),
        located=located,
        when=draw(st.none() | days()),
        actor=draw(st.none() | st.sampled_from(list(labels("actor")))),
        means=draw(st.none() | st.sampled_from(list(labels("means")))),
        outlet=draw(st.sampled_from((None, "Example Wire", '=HYPERLINK("x")'))),
        victims=tuple(victims),
    )


def _victim(name: str, child: bool) -> Victim:
    return Victim("r1", Span(0, 0), name, "killed", 7 if child else 40, "female", not child)
