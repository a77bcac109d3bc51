"""Invented dispatches with known truth: one abduction told 300 times, two strikes in one town, a year of incidents.

Nothing here is taken from a report: towns, names and outlets are made up, sentences are built from parts. Used by
bench/matching.py and by the tests of matching.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from harmledger.counts import Count
from harmledger.dates import DateRange
from harmledger.model import Claim, Event, Kind, Report, Span

_SYLLABLES = (
    "ka",
    "ra",
    "mi",
    "to",
    "sel",
    "dar",
    "vin",
    "os",
    "ul",
    "ben",
    "hal",
    "qo",
    "tir",
    "ze",
    "nur",
    "pel",
    "ga",
    "lo",
)
_ENDINGS = ("n", "r", "s", "th", "m", "l", "b", "d")
_FIRST = (
    "Adil",
    "Bassim",
    "Celia",
    "Darin",
    "Emre",
    "Farid",
    "Goran",
    "Hilde",
    "Ivo",
    "Jalil",
    "Karin",
    "Lamis",
    "Milo",
    "Nadir",
)
_OUTLETS = (
    "Northern Post",
    "Daily Lamp",
    "River Radio",
    "Agence Delta",
    "The Standard Bearer",
    "Hill Times",
    "City Desk",
)
_MEANS = {
    "strike": ("an airstrike hit {thing}", "warplanes bombed {thing}", "{thing} was struck from the air"),
    "shelling": ("shells fell on {thing}", "artillery fire hit {thing}", "mortar rounds landed on {thing}"),
    "shooting": ("gunmen opened fire at {thing}", "armed men attacked {thing}", "attackers shot at {thing}"),
    "bomb": ("a car bomb exploded at {thing}", "a roadside bomb went off near {thing}", "a blast tore through {thing}"),
}
_THINGS = ("a market", "a school", "a bakery", "a mosque", "a clinic", "a bus station", "a wedding hall", "a farm")
_FILLER = (
    "Residents said they had heard aircraft during the night.",
    "A local council member called for an investigation.",
    "Roads around the area were closed for hours.",
    "The health directorate asked people to donate blood.",
    "There was no immediate comment from officials.",
    "Families gathered outside the hospital.",
    "Aid workers said access to the district was difficult.",
    "It was the latest in a series of attacks in the region.",
)


_KINDS: tuple[Kind, ...] = ("killed", "injured")


@dataclass(frozen=True)
class Story:
    """A report with the incident that it is of, and what its invented event is: killed, injured, day."""

    report: Report
    incident: str
    killed: int | None = None
    injured: int | None = None
    day: date | None = None

    def event(self) -> Event:
        """Return the event as a perfect reader would hand it over, so that matching is measured by itself."""
        whole = Span(0, len(self.report.text))
        when = DateRange.day(self.day) if self.day else None
        claims = tuple(
            Claim(f"{self.report.id}-{kind}", self.report.id, whole, whole, kind, Count(number), "people", "unstated",
                  "incident", when=when)
            for kind, number in zip(_KINDS, (self.killed, self.injured), strict=True)
            if number
        )  # fmt: skip
        report = self.report
        return Event(report.id, report.id, claims, published=report.published, outlet=report.outlet, text=report.text)


def word(chance: random.Random) -> str:
    """Return an invented name of a place or a family."""
    return ("".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(3, 4))) + chance.choice(_ENDINGS)).title()


def abduction(number: int = 300, seed: int = 1) -> list[Story]:
    """Return dispatches of one abduction over two months: rewritten, copied word for word, and updated."""
    chance = random.Random(seed)
    town, village, family = "Belkamar", "Tirosel", "Vandoros"
    taken = date(2021, 3, 4)
    told: list[Story] = []
    for place in range(number):
        day = taken + timedelta(days=min(60, int(chance.expovariate(1 / 9))))
        if told and chance.random() < 0.3:
            text = chance.choice(told[-40:]).report.text
        else:
            text = _abduction_text(chance, town, village, family, (day - taken).days)
        told.append(Story(Report(f"abduction-{place}", text, day, chance.choice(_OUTLETS)), "abduction"))
    return told


def _abduction_text(chance: random.Random, town: str, village: str, family: str, days: int) -> str:
    held = 14 if days < 3 else chance.choice((14, 15))
    opening = chance.choice(
        (
            f"Gunmen abducted {held} pupils and a teacher, Mirela {family}, from the {village} school near {town}.",
            f"{held} pupils were kidnapped by armed men who raided the school of {village}, in {town} district.",
            f"Armed men on motorcycles seized {held} children and the teacher Mirela {family} in {village}.",
        )
    )
    update = chance.choice(
        (
            f"The kidnappers of the {village} pupils have asked for a ransom, parents said.",
            f"Soldiers searched the forest around {village} for the abducted children.",
            f"Mirela {family}, the abducted teacher, spoke to her family by telephone.",
            f"Two of the abducted children were freed near {town}, the governor said.",
        )
    )
    lines = [opening, update, *chance.sample(_FILLER, 3)]
    if days > 5:
        lines.insert(0, f"{days} days after the raid on the school of {village}, the children are still held.")
    return "\n".join(lines)


def two_strikes(number: int = 40, seed: int = 2) -> list[Story]:
    """Return dispatches of two strikes on one day in one town: on a bakery at dawn, on a clinic in the evening."""
    chance = random.Random(seed)
    day = date(2020, 6, 11)
    told = []
    for place in range(number):
        bakery = place % 2 == 0
        what = "the bakery on Almond Street" if bakery else "the Rahma clinic in the southern quarter"
        when = "at dawn" if bakery else "in the evening"
        killed, injured = (11, 20) if bakery else (3, 7)
        dead = "the baker Nadir Oskel and two of his sons" if bakery else "the nurse Lamis Dartir and a patient"
        opening = chance.choice(
            (
                f"An airstrike {when} on Thursday hit {what} in Marzul, killing {killed} and wounding {injured}.",
                f"{killed} people were killed {when} on Thursday when warplanes bombed {what}, in Marzul.",
                f"At least {killed} people died and {injured} were hurt {when} on Thursday in a raid on {what}.",
            )
        )
        other = "bakery" if not bakery else "clinic"
        aside = f"It was apart from the strike that hit a {other} in the town the same day." if place % 5 == 0 else ""
        lines = [opening, f"Among the dead were {dead}.", *chance.sample(_FILLER, 3), aside]
        text = "\n".join(line for line in lines if line)
        report = Report(f"strike-{place}", text, day + timedelta(days=place % 3), chance.choice(_OUTLETS))
        told.append(Story(report, "bakery" if bakery else "clinic"))
    return told


@dataclass(frozen=True)
class _Town:
    """A town whose streets and families are in the news again and again."""

    name: str
    streets: tuple[str, ...]
    families: tuple[str, ...]


def _town(chance: random.Random) -> _Town:
    streets = tuple(word(chance) for _ in range(chance.randint(4, 12)))
    return _Town(word(chance), streets, tuple(word(chance) for _ in range(chance.randint(8, 40))))


def year(number: int, seed: int = 3) -> list[Story]:
    """Return about ``number`` dispatches of invented incidents over a year, most told by few reports, some by many.

    Streets and families come again, a day may bring two strikes to one town, tolls rise, one report in four tells
    neither street nor name, and one in ten looks back weeks or months later.
    """
    chance = random.Random(seed)
    towns = [_town(chance) for _ in range(max(40, number // 60))]
    weights = [1 / (1 + place) ** 0.6 for place in range(len(towns))]
    told: list[Story] = []
    incident = 0
    while len(told) < number:
        town = chance.choices(towns, weights)[0]
        day = date(2022, 1, 1) + timedelta(days=chance.randrange(365))
        for _ in range(2 if chance.random() < 0.05 else 1):
            told += _incident(chance, incident, town, day)
            incident += 1
    return told[:number]


def one_day(number: int, seed: int = 4) -> list[Story]:
    """Return dispatches of one day and one town: many incidents, each on a street of its own, told many times."""
    chance = random.Random(seed)
    streets = tuple(word(chance) for _ in range(max(4, number // 25)))
    families = tuple(word(chance) for _ in range(max(4, number // 25)))
    town, day = word(chance), date(2022, 6, 1)
    told: list[Story] = []
    for incident in range(number):
        if len(told) >= number:
            break
        here = _Town(town, (streets[incident % len(streets)],), families)
        told += [
            replace(story, report=replace(story.report, published=day))
            for story in _incident(chance, incident, here, day)
        ]
    return told[:number]


def _incident(chance: random.Random, incident: int, town: _Town, day: date) -> list[Story]:
    means, thing = chance.choice(list(_MEANS)), chance.choice(_THINGS)
    street, family = chance.choice(town.streets), chance.choice(town.families)
    killed, injured = chance.randint(1, 30), chance.randint(0, 60)
    age = chance.randint(3, 80)
    first = chance.choice(_FIRST)
    told = []
    for place in range(min(40, 1 + int(chance.paretovariate(1.3)))):
        back = place > 0 and chance.random() < 0.1
        late = chance.randint(15, 200) if back else min(20, int(chance.expovariate(1 / 2)))
        grown = killed + (chance.randint(0, 3) if late > 2 else 0)
        bare = chance.random() < 0.25
        at = thing if bare else f"{thing} on {street} Street"
        scene = chance.choice(_MEANS[means]).format(thing=at)
        tolls = (
            f"{grown} people were killed and {injured} wounded when {scene} in {town.name}.",
            f"At least {grown} people died in {town.name} after {scene}, medics said.",
            f"{scene[0].upper()}{scene[1:]} in {town.name}, leaving {grown} dead and {injured} injured.",
        )
        looks_back = (
            f"A court heard witnesses of the day when {scene} in {town.name}, where {grown} people were killed.",
            f"Families in {town.name} remembered the {grown} people who were killed when {scene}.",
        )
        names = (
            f"{first} {family}, {age}, was among those killed.",
            f"The {family} family lost several members.",
            f"{first} {family}, a {age}-year-old resident, died of wounds.",
        )
        silence = "Names of the victims were not released."
        lines = [
            chance.choice(looks_back if back else tolls),
            silence if bare else chance.choice((*names, silence)),
            *chance.sample(_FILLER, 3),
        ]
        report = Report(f"{incident}-{place}", "\n".join(lines), day + timedelta(days=late), chance.choice(_OUTLETS))
        told.append(Story(report, str(incident), grown, None if back else injured, day))
    return told
