"""Airwars incidents, with the side tables that hang on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from statistics import mean

from harmledger.counts import CountRange
from harmledger.export.figures import Figure, combined, figure, sentence_of, supporting
from harmledger.export.losses import Losses
from harmledger.export.rows import MAIN, Making, Row, Told, Total, high, low, number_for, outlets_of
from harmledger.model import Case, Claim, Group, Kind
from harmledger.reconcile.grades import blamed_of
from harmledger.standards import standard
from harmledger.standards.countries import country

_HARMS: tuple[Kind, ...] = ("killed", "injured")
_GROUPS: tuple[Group, ...] = ("children", "women", "men")
_LOST: tuple[Kind, ...] = ("missing", "detained", "displaced", "affected", "casualties")
_NONE = CountRange(0, 0)
_SOCIAL = {"twitter": ("twitter.com", "//x.com"), "facebook": ("facebook.com",), "telegram": ("t.me", "telegram")}


def slug(name: str | None) -> str | None:
    """Return a name as Airwars writes it in addresses.

    >>> slug("Likely strike"), slug(None)
    ('likely-strike', None)
    """
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-") or None if name else None


class Airwars:
    """Makes Airwars' rows by the rules of standards/airwars.toml."""

    def __init__(self, making: Making) -> None:
        self.rules = standard("airwars")
        self.making = making
        self.tables: Mapping[str, tuple[str, ...]] = {MAIN: self._columns(), **_tables(self.rules["tables"])}
        self.tags: Mapping[str, tuple[str, ...]] = {}
        self.meanings: dict[str, str] = dict(self.rules["losses"])

    def _columns(self) -> tuple[str, ...]:
        rules = self.rules
        counts = [f"{category}_{end}" for category in rules["categories"] for end in rules["counts"]]
        numbered = range(1, rules["belligerents"] + 1)
        parties = [f"belligerent_{number}_{column}" for number in numbered for column in rules["belligerent_columns"]]
        return (*rules["columns"], *counts, *rules["sources_columns"], *parties)

    def rows(self, case: Case, losses: Losses) -> Iterator[Row]:
        """Yield the row of an incident, then those of its side tables."""
        entry = case.entry
        number = number_for(entry.incident)
        keys = {"post_id": number, "code": entry.incident}
        groups = list(self._counted(case))
        cells: dict[str, object] = {
            **keys,
            "post_status": "draft",
            "num_victims": len(entry.victims) or None,
            "num_victims_named": len(entry.victims) or None,
            "num_victims_named_english": sum(victim.name.isascii() for victim in entry.victims) or None,
            "num_individuals": len(entry.victims) or None,
            "victim_average_age": _average(victim.age for victim in entry.victims),
            **self._when(case),
            **self._where(case),
            **self._strike(case),
            **self._parties(case),
            **_sources(case),
        }
        for category, kind, found in groups:
            cells[f"{category}_{kind}_min"] = low(found)
            cells[f"{category}_{kind}_max"] = high(found)
        harmed = any(found.top for category, _, found in groups if category != "belligerents")
        cells["civilian_harm_reported"] = "Yes" if harmed else "No"
        self._tell(case, groups, losses)
        yield Row(str(number), entry.incident, cells)
        yield from self._side_rows(case, keys, groups)

    def total_row(self, total: Total) -> Row | None:
        """Return none: running totals have no place among Airwars' incidents."""
        return None

    def _counted(self, case: Case) -> Iterator[tuple[str, Kind, Figure]]:
        """Yield the figures by category: civilians, fighters and the rest by what reports call them, then the groups.

        Where all are of one status the record's own range stands; else each status has the range of its own claims.
        """
        for kind in _HARMS:
            by_category: dict[str, list[Claim]] = {}
            for claim in supporting(case, kind):
                by_category.setdefault(self._category(claim), []).append(claim)
            whole = figure(case, kind)
            children = figure(case, kind, "children")
            if whole is not None and len(by_category) <= 1:
                yield next(iter(by_category), "undetermined"), kind, whole
            elif whole is not None:
                for category, claims in by_category.items():
                    known = combined(claims)
                    if known is not None and known != _NONE:
                        yield category, kind, _figure(known, claims)
            for group in _GROUPS:
                found = children if group == "children" else figure(case, kind, group)
                if found is not None:
                    yield group, kind, found

    def _category(self, claim: Claim) -> str:
        status = "civilian" if claim.group in ("children", "women_and_children") else claim.status
        return str(self.rules["who"][status])

    def _when(self, case: Case) -> dict[str, object]:
        when = case.entry.when
        published = min((report.published for report in case.reports if report.published), default=None)
        first = next((report for report in case.reports if report.published == published), None)
        told: dict[str, object] = {
            "local_first_reported_date_time": published,
            "local_first_reported_by": first.outlet if first and published else None,
            "local_first_reported_url": first.address if first and published else None,
            "post_published": published,
        }
        if when is None:
            return told
        one_day = when.days == 1
        return told | {
            "date_type": "date" if one_day else "date_range",
            "date": when.start,
            "date_end": None if one_day else when.end,
        }

    def _where(self, case: Case) -> dict[str, object]:
        place = case.entry.located
        if place is None:
            return {"location_name": case.entry.place, "geolocated": "No", "geolocation_status_name": "Unassigned",
                    "geolocation_status_slug": "unassigned"}  # fmt: skip
        home = country(place.country)
        coarse = place.precision in self.rules["precision_notes"]["coarse"]
        note = self.rules["precision_notes"]["words"].format(name=place.name) if coarse else None
        accuracy = self.rules["precision"].get(place.precision)
        return {
            "country_name": home.name if home else place.country,
            "country_slug": slug(home.name if home else place.country),
            "location_name": ", ".join(filter(None, (place.name, place.admin2, place.admin1))),
            "region": place.admin1,
            "geolocated": "Yes",
            "latitude": place.latitude,
            "longitude": place.longitude,
            "geolocation_status_name": "Complete",
            "geolocation_status_slug": "complete",
            "geolocation_accuracy_name": accuracy,
            "geolocation_accuracy_slug": place.precision if accuracy else None,
            "geojson_caption": case.entry.place,
            "geolocation_notes": note,
        }

    def _strike(self, case: Case) -> dict[str, object]:
        entry, rules = case.entry, self.rules
        munitions = " ".join(name for claim in case.incident.claims for name in claim.munitions).casefold()
        words = [name for word, name in rules["strike_words"].items() if word != "source" and word in munitions]
        strike = words[0] if words else rules["strike"].get(entry.means)
        status, grade = rules["status"].get(entry.grade), rules["grade"].get(entry.grade)
        cause = rules["cause"].get(entry.means)
        return {
            "strike_status_name": status,
            "strike_status_slug": slug(status),
            "strike_type_name": strike,
            "strike_type_slug": slug(strike),
            "civilian_harm_status_name": grade,
            "civilian_harm_status_slug": slug(grade),
            "cause_of_death_injury_name": cause,
            "cause_of_death_injury_slug": slug(cause),
            "infrastructure_name": "; ".join(_things(case)) or None,
        }

    def _parties(self, case: Case) -> dict[str, object]:
        blamed = [party for party in blamed_of(case.incident.claims) if party != "multiple"]
        if not blamed and case.entry.actor not in (None, "multiple"):
            blamed = [str(case.entry.actor)]
        told: dict[str, object] = {}
        for number, party in enumerate(blamed[: self.rules["belligerents"]], 1):
            name = self.rules["actors"].get(party)
            prefix = f"belligerent_{number}"
            known = case.entry.grade == "confirmed" and number == 1
            told[f"{prefix}_belligerent_id"] = party
            told[f"{prefix}_belligerent_name"] = name
            told[f"{prefix}_belligerent_slug"] = slug(name)
            told[f"{prefix}_type"] = "Known" if known else "Suspected"
        return told

    def _side_rows(
        self, case: Case, keys: Mapping[str, object], groups: list[tuple[str, Kind, Figure]]
    ) -> Iterator[Row]:
        code = case.entry.incident
        for number, report in enumerate(case.reports, 1):
            name = report.outlet or report.title or report.id
            yield Row(f"{code}:{number}", code, {**keys, "name": name, "url": report.address}, "sources")
        for number, victim in enumerate(case.entry.victims, 1):
            cells = {
                **keys,
                "name": victim.name,
                "gender": {"female": "Female", "male": "Male"}.get(victim.sex or ""),
                "age": {True: "Adult", False: "Child"}.get(victim.grown) if victim.grown is not None else None,
                "exact_age": victim.age,
                "killed_or_injured": victim.kind.capitalize(),
            }
            yield Row(f"{code}:{number}", code, cells, "victims")
        for number, name in enumerate(_things(case), 1):
            yield Row(f"{code}:{number}", code, {**keys, "group": number, "name": name}, "infrastructure")
        for category in dict.fromkeys(category for category, _, _ in groups):
            ends: dict[str, Told | None] = {}
            for other, kind, found in groups:
                if other == category:
                    ends |= {f"{kind}_min": low(found), f"{kind}_max": high(found)}
            words = category.replace("_", " ")
            named = {"casualty_type_taxonomy": "casualty_type", "casualty_type_name": words.capitalize()}
            cells = {**keys, **named, "casualty_type_slug": slug(words), **ends}
            yield Row(f"{code}:{category}", code, cells, "casualties")

    def _tell(self, case: Case, groups: list[tuple[str, Kind, Figure]], losses: Losses) -> None:
        losses.lose("belligerent_1_assessment_name")
        if any(found.high is None for _, _, found in groups):
            losses.lose("killed_max")
        if any(figure(case, kind) is not None for kind in _LOST):
            losses.lose("missing")


def _tables(told: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(columns) for name, columns in told.items()}


def _figure(known: CountRange, claims: list[Claim]) -> Figure:
    words = "; ".join(dict.fromkeys(claim.sources[0] for claim in claims if claim.sources))
    return Figure(known.low, known.high, known.low, tuple(claim.id for claim in claims), words and f"said by {words}")


def _average(ages: Iterator[int | None]) -> float | None:
    known = [age for age in ages if age is not None]
    return round(mean(known), 1) if known else None


def _things(case: Case) -> list[str]:
    """Return the sentences that tell of damage: what exactly was damaged is in their words."""
    return list(dict.fromkeys(filter(None, (sentence_of(case, claim) for claim in supporting(case, "damaged")))))


def _sources(case: Case) -> dict[str, object]:
    social: Counter[str] = Counter()
    for report in case.reports:
        address = (report.address or "").casefold()
        social[next((name for name, hosts in _SOCIAL.items() if any(h in address for h in hosts)), "other")] += 1
    told = dict.fromkeys(sentence_of(case, claim) for claim in case.incident.claims)
    return {
        "num_sources": len(case.entry.reports),
        **{f"num_sources_{name}": social[name] for name in (*_SOCIAL, "other")},
        "summary": " ".join(filter(None, told)) or "; ".join(outlets_of(case)) or None,
    }
