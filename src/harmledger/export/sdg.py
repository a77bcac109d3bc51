"""SDG indicator 16.1.2: documented deaths, one row a named victim or a group of those not named.

The rows of one incident add up to its toll: those named are taken out of their group, the groups out of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harmledger.export.figures import Figure, figure, supporting
from harmledger.export.losses import Losses
from harmledger.export.rows import MAIN, Making, Row, Told, Total
from harmledger.model import Case, Group, Victim
from harmledger.standards import standard
from harmledger.standards.countries import country

_NO_DEATH = "No death is told."
_GROUPS: tuple[Group, ...] = ("children", "women", "men")


class Sdg:
    """Makes the rows by the lists of standards/sdg.toml."""

    def __init__(self, making: Making) -> None:
        self.rules = standard("sdg")
        self.tables: Mapping[str, tuple[str, ...]] = {MAIN: tuple(self.rules["columns"])}
        self.tags: Mapping[str, tuple[str, ...]] = {}
        self.meanings: dict[str, str] = dict(self.rules["losses"])

    def rows(self, case: Case, losses: Losses) -> Iterator[Row]:
        """Yield a row for each named victim and for each group of an incident."""
        whole = figure(case, "killed")
        if whole is None or whole.top == 0:
            losses.leave_out(_NO_DEATH)
            return
        if figure(case, "injured") is not None:
            losses.lose("injured")
        shared = self._shared(case)
        code = case.entry.incident
        for number, cells in enumerate(self._parts(case, whole), 1):
            yield Row(f"{code}:{number}", code, {**shared, **cells})

    def total_row(self, total: Total) -> Row | None:
        """Return none: a running total documents no death of one incident."""
        return None

    def _parts(self, case: Case, whole: Figure) -> Iterator[dict[str, object]]:
        named = [victim for victim in case.entry.victims if victim.kind == "killed"][: whole.top]
        low, top = whole.low, whole.top
        taken = dict.fromkeys(_GROUPS, 0)
        for victim in named:
            yield self._victim(victim)
            low, top = max(0, low - 1), top - 1
            group = _group_of(victim)
            if group is not None:
                taken[group] += 1
        for group in _GROUPS:
            found = figure(case, "killed", group)
            if found is None:
                continue
            least = min(max(0, found.low - taken[group]), low)
            most = min(max(0, found.top - taken[group]), top)
            if most:
                yield self._row(group, least, max(least, most), found)
                low, top = low - least, max(0, top - max(least, most))
        if top or low:
            yield self._row("people", low, max(low, top), whole)

    def _row(self, group: Group, least: int, most: int, found: Figure) -> dict[str, object]:
        sex, age = self.rules["groups"][group]
        return {
            "sex": sex,
            "age_group": age,
            "documented_deaths_min": Told(least, found.claims, found.because),
            "documented_deaths_max": Told(most, found.claims, found.because),
        }

    def _victim(self, victim: Victim) -> dict[str, object]:
        ages = self.rules["ages"]
        grown = ages["unknown"] if victim.grown is None else ages["grown" if victim.grown else "child"]
        return {
            "sex": self.rules["sexes"].get(victim.sex or "", "Unknown"),
            "age_group": grown,
            "documented_deaths_min": Told(1, (), f"named: {victim.name}"),
            "documented_deaths_max": Told(1, (), f"named: {victim.name}"),
            "name": victim.name or None,
            "age": victim.age,
        }

    def _shared(self, case: Case) -> dict[str, object]:
        entry, place, rules = case.entry, case.entry.located, self.rules
        home = country(place.country) if place else None
        statuses = {claim.status for claim in supporting(case, "killed")}
        status = next(iter(statuses)) if len(statuses) == 1 else "unstated"
        return {
            "incident": entry.incident,
            "date_start": entry.when.start if entry.when else None,
            "date_end": entry.when.end if entry.when else None,
            "country": home.name if home else None,
            "admin1": place.admin1 if place else None,
            "location": place.name if place else entry.place,
            "latitude": place.latitude if place else None,
            "longitude": place.longitude if place else None,
            "precision": place.precision if place else None,
            "status": rules["statuses"][status],
            "cause_of_death": rules["causes"].get(entry.means or "unknown", rules["causes"]["unknown"]),
            "perpetrator": entry.actor,
            "sources": len(entry.origins),
            "standard_of_proof": rules["proof"].get(entry.grade),
            "grade": entry.grade,
        }


def _group_of(victim: Victim) -> Group | None:
    if victim.grown is False:
        return "children"
    return {"female": "women", "male": "men"}.get(victim.sex or "")  # type: ignore[return-value]
