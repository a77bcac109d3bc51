"""Places, dates and speakers made coarser."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from importlib import resources
from math import floor

from harmledger.dates import DateRange
from harmledger.export.reach import reach_of
from harmledger.export.redaction.profile import Profile
from harmledger.export.world import centre_of
from harmledger.places import Place, Precision
from harmledger.standards.countries import country

_METRES_A_DEGREE = 111_000
_COARSE: tuple[Precision, ...] = ("district", "province_governorate", "country")


def coarser_place(place: Place, profile: Profile) -> Place | None:
    """Return what a profile shows of a place: its area's name, and a point that many places share; None for nothing.

    Without areas in the gazetteer the country stands in: what is finer is withheld, not guessed.
    """
    if profile.place == "exact":
        return place
    if profile.place == "none":
        return None
    home = country(place.country)
    known = home.name if home else ""
    second = place.admin2 if profile.place == "admin2" else None
    first = place.admin1 if profile.place in ("admin1", "admin2") else None
    shown = replace(place, id="", name=second or first or known, admin1=first, admin2=second)
    return _snapped(shown, shown.name, profile)


def _snapped(place: Place, name: str, profile: Profile) -> Place | None:
    if profile.point == "grid":
        latitude, longitude = grid_point(place.latitude, place.longitude, profile.grid)
        least = _precision_of_grid(profile.grid)
        return replace(place, id="", name=name, latitude=latitude, longitude=longitude,
                       precision=_coarser(place.precision, least))  # fmt: skip
    centre = centre_of(place.country)
    if profile.point == "none" or centre is None:
        return None
    return replace(place, id="", name=name, latitude=centre[0], longitude=centre[1], precision="country")


def grid_point(latitude: float, longitude: float, degrees: float) -> tuple[float, float]:
    """Return the middle of the grid cell that holds a point.

    >>> grid_point(35.86, 36.81, 0.25)
    (35.875, 36.875)
    """
    south = floor((latitude + 90) / degrees) * degrees - 90
    west = floor((longitude + 180) / degrees) * degrees - 180
    return round(min(south + degrees / 2, 90.0), 6), round(min(west + degrees / 2, 180.0), 6)


def _precision_of_grid(degrees: float) -> Precision:
    """Return the finest area word whose reach covers half a cell's diagonal."""
    needed = degrees * _METRES_A_DEGREE * 0.71
    return next((word for word in _COARSE if (reach_of(word) or 0) >= needed), "country")


def _coarser(one: Precision, other: Precision) -> Precision:
    return one if (reach_of(one) or 10**9) >= (reach_of(other) or 10**9) else other


def coarser_date(when: DateRange, show: str) -> DateRange | None:
    """Return the days that a profile shows of a date; None for nothing.

    >>> str(coarser_date(DateRange.day(date(2030, 5, 17)), "month"))
    '2030-05-01 to 2030-05-31'
    """
    if show == "none":
        return None
    if show == "day":
        return when
    end = None if when.end is None else _period(when.end, show)[1]
    return DateRange(_period(when.start, show)[0], end)


def _period(day: date, show: str) -> tuple[date, date]:
    if show == "week":
        monday = max(day.toordinal() - day.weekday(), 1)
        return date.fromordinal(monday), date.fromordinal(min(monday + 6, date.max.toordinal()))
    if show == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    month = DateRange.month(day.year, day.month)
    return month.start, month.end or month.start + timedelta(30)


@cache
def source_kinds() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Return the kinds of sources with the words that tell them, and an example of each."""
    text = (resources.files(__package__) / "source_kinds.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(text)["kind"]
    return tuple((row["name"], _words(row["words"]), row["example"]) for row in rows)


def _words(words: list[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})s?\b", re.IGNORECASE)


def kind_of_source(name: str) -> str:
    """Return what kind of source a speaker is.

    >>> kind_of_source("two residents of Marlow"), kind_of_source("Samer Halwani")
    ('resident or witness', 'a source')
    """
    return next((kind for kind, words, _ in source_kinds() if words.search(name)), "a source")
