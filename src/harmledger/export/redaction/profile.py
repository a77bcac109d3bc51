"""A redaction profile: a reviewed data file that says how much of each thing is shown."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from harmledger.errors import ExportError
from harmledger.query import Query

SHIPPED = ("full", "partners", "public")
# Each scale from the finest to the coarsest.
PLACES = ("exact", "admin2", "admin1", "country", "none")
POINTS = ("exact", "grid", "country", "none")
DATES = ("day", "week", "month", "year", "none")
SOURCES = ("named", "kind", "none")
VICTIMS = ("named", "unnamed", "none")
WITHHOLDABLE = ("actor", "means", "munitions", "grade", "status")
_SCHEMA: Mapping[str, Mapping[str, Any]] = {
    "about": {"name": str, "what": str, "source": str},
    "place": {"show": PLACES, "point": POINTS, "grid_degrees": float},
    "date": {"show": DATES},
    "sources": {"show": SOURCES, "reports": bool, "sentences": bool},
    "people": {"victims": VICTIMS, "groups": bool, "minimum_group": int},
    "fields": {"withheld": list},
    "cells": {"minimum": int},
}
# What shows too much beside what else is withheld.
_FINEST_GRID = 0.05


@dataclass(frozen=True, slots=True)
class Profile:
    """How much of each thing is shown. ``minimum_cell`` incidents share each place and date, or these get coarser."""

    name: str
    what: str
    place: str
    point: str
    grid: float
    date: str
    sources: str
    reports: bool
    sentences: bool
    victims: str
    groups: bool
    minimum_group: int
    withheld: tuple[str, ...]
    minimum_cell: int

    @property
    def redacts(self) -> bool:
        """Tell whether anything is withheld; then ids are an export's own and the order tells nothing."""
        return not (
            self.place == self.point == "exact"
            and self.date == "day"
            and self.sources == self.victims == "named"
            and self.reports
            and self.sentences
            and self.groups
            and not self.withheld
            and not self.minimum_group
            and self.minimum_cell <= 1
        )

    def check(self, query: Query) -> None:
        """Raise ExportError where a query asks by what the profile withholds: its answer would give it away."""
        asked = (
            ("dates", query.dates is not None, self.date == "none"),
            ("places", bool(query.places), self.place == "none"),
            ("actors", bool(query.actors), "actor" in self.withheld),
            ("grades", bool(query.grades), "grade" in self.withheld),
        )
        for what, wanted, hidden in asked:
            if wanted and hidden:
                raise ExportError(
                    f"--query asks for {what}, which the profile {self.name!r} withholds: the answer would give them "
                    "away. Leave them out of the query, or use another profile."
                )


def read_profile(name: str) -> Profile:
    """Return a shipped profile by its name, or one's own from a file.

    >>> read_profile("full").redacts, read_profile("public").redacts
    (False, True)
    """
    if name in SHIPPED:
        text = (resources.files(__package__) / f"{name}.toml").read_text(encoding="utf-8")
        return parse_profile(text, f"redaction/{name}.toml")
    path = Path(name)
    try:
        return parse_profile(path.read_text(encoding="utf-8"), name)
    except FileNotFoundError:
        known = ", ".join(SHIPPED)
        raise ExportError(f"--profile {name}: is no profile and no file. Profiles: {known}, or a .toml file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ExportError(f"--profile {name}: could not be read ({error}).") from error


def parse_profile(text: str, where: str) -> Profile:
    """Return the profile that a file describes; ExportError names what is missing, unknown or contradicts itself."""
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ExportError(f"{where}: is no TOML ({error}).") from error
    _check(told, where)
    place, people, sources = told["place"], told["people"], told["sources"]
    profile = Profile(
        told["about"]["name"],
        told["about"]["what"],
        place["show"],
        place["point"],
        float(place["grid_degrees"]),
        told["date"]["show"],
        sources["show"],
        sources["reports"],
        sources["sentences"],
        people["victims"],
        people["groups"],
        people["minimum_group"],
        tuple(told["fields"]["withheld"]),
        told["cells"]["minimum"],
    )
    _check_sense(profile, where)
    return profile


def _check(told: Mapping[str, Any], where: str) -> None:
    if set(told) != set(_SCHEMA):
        odd = sorted(set(told) ^ set(_SCHEMA))
        raise ExportError(f"{where}: needs the tables {', '.join(_SCHEMA)}, each once; look at {', '.join(odd)}.")
    for table, fields in _SCHEMA.items():
        if set(told[table]) != set(fields):
            raise ExportError(f"{where}: [{table}] needs {', '.join(fields)}, and nothing else.")
        for field, allowed in fields.items():
            value = told[table][field]
            if isinstance(allowed, tuple):
                if value not in allowed:
                    raise ExportError(f"{where}: {table}.{field} is {value!r}; write one of {', '.join(allowed)}.")
            elif allowed is float:
                if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
                    raise ExportError(f"{where}: {table}.{field} is {value!r}; write a number of degrees.")
            elif not isinstance(value, allowed) or (allowed is int and (value is True or value is False or value < 0)):
                raise ExportError(f"{where}: {table}.{field} is {value!r}; it wants {allowed.__name__}.")
    wrong = [field for field in told["fields"]["withheld"] if field not in WITHHOLDABLE]
    if wrong:
        raise ExportError(f"{where}: fields.withheld: {wrong[0]!r} is none of {', '.join(WITHHOLDABLE)}.")


def _check_sense(profile: Profile, where: str) -> None:
    """Refuse settings of which one shows what another withholds."""
    exact = profile.place == "exact"
    if exact != (profile.point == "exact"):
        raise ExportError(f"{where}: the place and its point are shown exactly both, or neither. Look at [place].")
    if profile.point == "grid" and profile.grid < _FINEST_GRID:
        raise ExportError(f"{where}: a grid of {profile.grid} degrees hides nothing; write {_FINEST_GRID} or more.")
    if profile.place in ("country", "none") and profile.point == "grid":
        raise ExportError(f"{where}: a grid shows more than the country. Write point = country or none.")
    if profile.sentences and (not exact or profile.sources != "named" or profile.victims != "named"):
        raise ExportError(f"{where}: sentences name places, sources and people; withhold them, or show all three.")
    if profile.sentences and (profile.withheld or not profile.groups or profile.date != "day"):
        raise ExportError(f"{where}: sentences tell what else is withheld; write sentences = false.")
    if profile.reports and not profile.sentences:
        raise ExportError(f"{where}: a report's address leads to its sentences; write reports = false.")
