"""Confirmed spellings: a person says that a name means a place, and why. Kept one a line, never changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from harmledger.errors import GazetteerError
from harmledger.gazetteer.spelling import fold


@dataclass(frozen=True, slots=True)
class Alias:
    """A judgement: ``name`` means the place with this id. A later one about the same name outranks an earlier one.

    ``within`` limits it to reports that tell this wider place; ``place`` empty takes an earlier one back.
    """

    name: str
    place: str
    by: str
    why: str
    on: str
    within: str = ""


class Aliases:
    """The confirmed spellings of a home folder."""

    def __init__(self, known: Iterable[Alias] = ()) -> None:
        self._by_name: dict[str, dict[str, Alias]] = {}
        for alias in known:
            self._by_name.setdefault(fold(alias.name), {})[fold(alias.within)] = alias

    def place_of(self, name: str, within: Iterable[str], countries: Mapping[str, float]) -> Alias | None:
        """Return the confirmed spelling that speaks of this name, the one for a told wider place first."""
        named = self._by_name.get(fold(name))
        if not named:
            return None
        chosen = next((named[fold(area)] for area in within if fold(area) in named), named.get(""))
        return chosen if chosen and chosen.place else None

    def knows(self, name: str) -> bool:
        """Return whether the spelling was confirmed for some place."""
        return fold(name) in self._by_name


def alias_path(home: Path) -> Path:
    """Return where confirmed spellings are kept."""
    return home / "gazetteer" / "spellings.jsonl"


def read_aliases(home: Path) -> Aliases:
    """Return the confirmed spellings; GazetteerError where a line is broken."""
    path = alias_path(home)
    known = []
    if path.exists():
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                try:
                    known.append(Alias(**json.loads(line)))
                except (ValueError, TypeError) as error:
                    raise GazetteerError(
                        f"{path}:{number}: is no confirmed spelling ({error}). Mend or remove the line."
                    ) from error
    return Aliases(known)


def confirm(home: Path, name: str, place: str, by: str, why: str, within: str = "") -> Alias:
    """Write down that a name means a place; what was written before stays."""
    alias = Alias(name, place, by, why, date.today().isoformat(), within)
    path = alias_path(home)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(alias), ensure_ascii=False) + "\n")
    return alias
