"""UCDP GED: 49 columns, one row an event with at least one death."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from harmledger.export.deaths import Deaths, ged_deaths
from harmledger.export.figures import who_was_harmed
from harmledger.export.losses import Losses
from harmledger.export.rows import MAIN, Making, Row, Told, Total, number_for, outlets_of, speakers_of
from harmledger.model import Case
from harmledger.places import Place
from harmledger.standards import code_for_days, standard
from harmledger.standards.countries import country

_CELLS_A_ROW, _CELL = 720, 0.5
_NO_DEATH = "No death is told: GED holds events with at least one."
_NO_DATE = "No date is told: GED needs one."


class Ged:
    """Makes GED's rows by the rules of standards/ged.toml."""

    def __init__(self, making: Making) -> None:
        self.rules = standard("ged")
        self.making = making
        self.tables: Mapping[str, tuple[str, ...]] = {MAIN: tuple(self.rules["columns"])}
        self.tags: Mapping[str, tuple[str, ...]] = {}
        self.meanings: dict[str, str] = dict(self.rules["losses"])

    def rows(self, case: Case, losses: Losses) -> Iterator[Row]:
        """Yield the one row of an incident, none where nobody is told to have died or no day is told."""
        deaths = ged_deaths(case)
        if deaths is None or case.entry.when is None:
            losses.leave_out(_NO_DEATH if deaths is None else _NO_DATE)
            return
        cells = {**self._who(case), **_sources(case), **self._where(case), **self._when(case), **_numbers(deaths)}
        number = number_for(case.entry.incident)
        cells |= {"id": number, "relid": case.entry.incident, "type_of_violence": self._violence(case)}
        self._tell(cells, deaths, case, losses)
        yield Row(str(number), case.entry.incident, cells)

    def total_row(self, total: Total) -> Row | None:
        """Return none: running totals have no place in GED."""
        return None

    def _violence(self, case: Case) -> int | None:
        harmed, actor = who_was_harmed(case, ("killed",)), case.entry.actor
        blamed = actor not in (None, "multiple")
        state = self.rules["actors"].get(actor, ["", 0])[1] != 0 if blamed and actor != "other" else None
        for row in self.rules["violence"]:
            if "means" in row and case.entry.means not in row["means"]:
                continue
            if "victims" in row and harmed not in row["victims"]:
                continue
            if "state" in row and state is not row["state"]:
                continue
            if row.get("blamed") and not blamed:
                continue
            return int(row["value"])
        return None

    def _who(self, case: Case) -> dict[str, object]:
        name, state = self.rules["actors"].get(case.entry.actor, ("", 0))
        one_sided = self._violence(case) == 3
        side_b = self.rules["victims"]["civilians"] if one_sided else None
        dyad = f"{name} - {side_b}" if name and side_b else None
        return {"side_a": name or None, "side_b": side_b, "dyad_name": dyad, "gwnoa": state or None}

    def _where(self, case: Case) -> dict[str, object]:
        place = case.entry.located
        if place is None:
            return {"where_description": case.entry.place}
        home = country(place.country)
        return {
            "where_prec": self.rules["precision"].get(place.precision),
            "where_coordinates": place.name,
            "where_description": case.entry.place,
            "adm_1": place.admin1,
            "adm_2": place.admin2,
            "country": home.ged_name if home else place.country,
            "country_id": home.state if home else None,
            "region": (home.ged_region or None) if home else None,
            **_point(place),
        }

    def _when(self, case: Case) -> dict[str, object]:
        when = case.entry.when
        assert when is not None
        days = when.days
        return {
            "year": when.start.year,
            "date_prec": code_for_days(self.rules, days),
            "date_start": when.start,
            "date_end": when.end or when.start,
            "event_clarity": 1 if days is not None and days <= self.rules["clarity"]["one_event_days"] else 2,
        }

    def _tell(self, cells: dict[str, Any], deaths: Deaths, case: Case, losses: Losses) -> None:
        entry = case.entry
        losses.lose("grade")
        if cells["type_of_violence"] is None:
            losses.lose("type_of_violence")
        if deaths.open_end:
            losses.lose("high")
        if entry.injured is not None or any(claim.kind != "killed" for claim in case.incident.claims):
            losses.lose("best")
        if entry.women_killed or entry.men_killed or entry.children_killed:
            losses.lose("women")
        if entry.means is not None:
            losses.lose("means")


def _numbers(deaths: Deaths) -> dict[str, object]:
    def told(value: int) -> Told:
        return Told(value, deaths.claims, deaths.because)

    return {
        "deaths_a": told(deaths.side_a),
        "deaths_b": told(deaths.side_b),
        "deaths_civilians": told(deaths.civilians),
        "deaths_unknown": told(deaths.unknown),
        "best": told(deaths.best),
        "high": told(deaths.high),
        "low": told(deaths.low),
    }


def _point(place: Place) -> dict[str, object]:
    return {
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geom_wkt": f"POINT ({place.longitude:.6f} {place.latitude:.6f})",
        "priogrid_gid": priogrid(place.latitude, place.longitude),
    }


def priogrid(latitude: float, longitude: float) -> int:
    """Return the PRIO-GRID cell of a point: half-degree cells counted from the south-west.

    >>> priogrid(35.86, 36.81)
    181154
    """
    row = min(int((latitude + 90) / _CELL), 359)
    column = min(int((longitude + 180) / _CELL), _CELLS_A_ROW - 1)
    return row * _CELLS_A_ROW + column + 1


def _sources(case: Case) -> dict[str, object]:
    """Return who reported it (article, office) and who said it first (original)."""
    articles = [
        ",".join(filter(None, (f'"{report.outlet or report.id}"', str(report.published or ""), report.title or "")))
        for report in case.reports
    ]
    dates = sorted(report.published for report in case.reports if report.published)
    titles = [report.title for report in case.reports if report.title]
    return {
        "number_of_sources": len(case.entry.reports),
        "source_article": ";".join(articles) or None,
        "source_office": "; ".join(outlets_of(case)) or None,
        "source_date": dates[0] if dates else None,
        "source_headline": titles[0] if titles else None,
        "source_original": "; ".join(speakers_of(case)) or None,
    }
