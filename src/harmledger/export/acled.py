"""ACLED: 31 columns, one row an incident of one type, one place, one day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from harmledger.export.deaths import lowest_deaths
from harmledger.export.figures import figure, kinds_told, sentence_of, who_was_harmed
from harmledger.export.losses import Losses
from harmledger.export.rows import MAIN, Making, Row, Told, Total, middle_of, number_for, outlets_of
from harmledger.model import Case, Kind
from harmledger.standards import Rules, code_for_days, standard
from harmledger.standards.countries import country

_NO_DATE = "No date is told: ACLED needs one."
_NO_HARM = "Nothing is counted that ACLED has a type for."
_OTHERS: tuple[Kind, ...] = ("injured", "casualties", "missing", "detained", "displaced", "damaged")
_LONGEST_NOTE = 1000


class Acled:
    """Makes ACLED's rows by the rules of standards/acled.toml."""

    def __init__(self, making: Making) -> None:
        self.rules = standard("acled")
        self.making = making
        self.tables: Mapping[str, tuple[str, ...]] = {MAIN: tuple(self.rules["columns"])}
        self.tags: Mapping[str, tuple[str, ...]] = {}
        self.meanings: dict[str, str] = dict(self.rules["losses"])

    def rows(self, case: Case, losses: Losses) -> Iterator[Row]:
        """Yield the one row of an incident.

        A span of days is how finely the day is known, since an incident is of one day: the day in the middle stands,
        and time_precision tells so.
        """
        entry = case.entry
        kind = event_type(case, self.rules)
        if entry.when is None or kind is None:
            losses.leave_out(_NO_DATE if entry.when is None else _NO_HARM)
            return
        day = middle_of(entry.when).start
        deaths, claims, because = lowest_deaths(case, self.rules)
        number = number_for(entry.incident)
        where = self._where(case)
        cells: dict[str, object] = {
            "event_id_cnty": f"{where.pop('alpha3')}{number}",
            "event_date": day,
            "year": day.year,
            "time_precision": code_for_days(self.rules, entry.when.days) or 3,
            "disorder_type": self.rules["disorder"][kind[0]],
            "event_type": kind[0],
            "sub_event_type": kind[1],
            "source": "; ".join(outlets_of(case)) or None,
            "notes": self._notes(case),
            "fatalities": Told(deaths, claims, because),
            "tags": f"harmledger={entry.incident}; grade={entry.grade}",
            "timestamp": self.making.at,
            **self._actors(case, kind[0]),
            **where,
        }
        self._tell(case, losses)
        yield Row(str(cells["event_id_cnty"]), entry.incident, cells)

    def total_row(self, total: Total) -> Row | None:
        """Return none: running totals have no place in ACLED."""
        return None

    def _where(self, case: Case) -> dict[str, Any]:
        place = case.entry.located
        home = country(place.country) if place else None
        return {
            "alpha3": home.alpha3 if home else "XXX",
            "iso": home.numeric if home else None,
            "region": home.acled_region if home else None,
            "country": home.name if home else None,
            "admin1": place.admin1 if place else None,
            "admin2": place.admin2 if place else None,
            "location": (place.name if place else None) or case.entry.place,
            "latitude": round(place.latitude, 4) if place else None,
            "longitude": round(place.longitude, 4) if place else None,
            "geo_precision": self.rules["precision"].get(place.precision) if place else None,
        }

    def _actors(self, case: Case, event: str) -> dict[str, object]:
        name, label = self.rules["actors"].get(case.entry.actor, (None, None))
        place = case.entry.located
        if case.entry.actor in self.rules["home"]:
            at_home = place is not None and place.country == self.rules["home"][case.entry.actor]
            label = "State forces" if at_home else label
        harmed = who_was_harmed(case)
        where = country(place.country) if place else None
        civilians = harmed in ("civilians", "both") or event == "Violence against civilians"
        victims = f"Civilians ({where.name})" if where else "Civilians"
        second = victims if civilians and event != "Battles" else None
        second_label = "Civilians" if second else None
        targeted = harmed == "civilians" and event not in self.rules["civilians"]["never_for"]
        both = f"{label}-{second_label}" if label and second_label else label or second_label
        return {
            "actor1": name,
            "inter1": label,
            "actor2": second,
            "inter2": second_label,
            "interaction": both,
            "civilian_targeting": self.rules["civilians"]["flag"] if targeted else None,
        }

    def _notes(self, case: Case) -> str | None:
        told = dict.fromkeys(sentence_of(case, claim) for claim in case.incident.claims)
        return " ".join(filter(None, told))[:_LONGEST_NOTE] or None

    def _tell(self, case: Case, losses: Losses) -> None:
        entry = case.entry
        losses.lose("source_scale")
        killed = figure(case, "killed")
        if killed is None or killed.low != killed.top or killed.high is None or who_was_harmed(case) == "both":
            losses.lose("fatalities")
        if any(figure(case, kind) is not None for kind in _OTHERS):
            losses.lose("injured")
        if entry.when is not None and entry.when.days != 1:
            losses.lose("event_date")
        if entry.actor in ("other", "multiple"):
            losses.lose("actor1")
        if entry.women_killed or entry.men_killed or entry.children_killed:
            losses.lose("women")


def event_type(case: Case, rules: Rules) -> tuple[str, str] | None:
    """Return ACLED's event type and sub-event type, by the first rule that fits; None where none does."""
    kinds, harmed, means = set(kinds_told(case)), who_was_harmed(case), case.entry.means
    munitions = " ".join(name for claim in case.incident.claims for name in claim.munitions).casefold()
    for row in rules["event"]:
        if "munition_words" in row and not any(word in munitions for word in row["munition_words"]):
            continue
        if "means" in row and means not in row["means"]:
            continue
        if "victims" in row and harmed not in row["victims"]:
            continue
        if "kinds" in row and not kinds & set(row["kinds"]):
            continue
        if kinds & set(row.get("no_kinds", ())):
            continue
        return row["type"], row["sub"]
    return None
