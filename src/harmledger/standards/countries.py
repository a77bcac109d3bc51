"""Countries as ISO 3166-1, UCDP and ACLED name and number them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Country:
    """A country. ``state`` is its number in the Gleditsch and Ward list that UCDP uses, None where it has none."""

    code: str
    alpha3: str
    numeric: int
    name: str
    state: int | None
    ged_name: str
    ged_region: str
    acled_region: str


@cache
def countries() -> Mapping[str, Country]:
    """Return every country by its two-letter code."""
    source = resources.files(__package__) / "countries.toml"
    rows = tomllib.loads(source.read_text(encoding="utf-8"))["countries"]
    found = {
        code: Country(code, alpha3, numeric, name, state or None, ged_name, ged_region, acled_region)
        for code, (alpha3, numeric, name, state, ged_name, ged_region, acled_region) in rows.items()
    }
    return MappingProxyType(found)


def country(code: str | None) -> Country | None:
    """Return the country of a two-letter code, None for none.

    >>> country("sy").alpha3, country("SY").state, country(None)
    ('SYR', 652, None)
    """
    return countries().get(code.upper()) if code else None


@cache
def _by_name() -> Mapping[str, Country]:
    named: dict[str, Country] = {}
    for each in countries().values():
        for name in (each.ged_name, each.alpha3, each.code, str(each.numeric)):
            named.setdefault(name.casefold(), each)
    for each in countries().values():
        named[each.name.casefold()] = each
    return MappingProxyType(named)


def country_named(words: str) -> Country | None:
    """Return the country that a name or code of ISO, UCDP or ACLED means.

    >>> country_named("DR Congo (Zaire)").code, country_named("SYR").code, country_named("Atlantis")
    ('CD', 'SY', None)
    """
    return _by_name().get(words.strip().casefold())
