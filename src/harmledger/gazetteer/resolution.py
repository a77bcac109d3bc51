"""What a resolution is asked with and what it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from harmledger.gazetteer.asking import Kind, Relation
from harmledger.gazetteer.weighing import Candidate
from harmledger.places import Place, Precision

# found: the place itself. beside: a point told from a found place ("north of Hama"). held: the name is in no gazetteer
# or ambiguous; the pin is the town or area that holds it. ambiguous, unknown: no pin. no_place: the words name none.
Status = Literal["found", "beside", "held", "ambiguous", "unknown", "no_place"]
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Hint:
    """What is told around a name. ``within`` are wider places, finest first; ``near`` are names or points.

    ``countries`` may be codes, or codes with weights; other countries then count against a place.
    """

    within: tuple[str, ...] = ()
    near: tuple[str | Point, ...] = ()
    countries: Mapping[str, float] | Sequence[str] = ()
    kind: Kind | str = "unknown"
    relation: Relation | str = "at"

    @property
    def voted(self) -> Mapping[str, float]:
        """The countries with their weights."""
        return self.countries if isinstance(self.countries, Mapping) else dict.fromkeys(self.countries, 1.0)


@dataclass(frozen=True, slots=True)
class Mention:
    """A place as one report names it."""

    words: str
    hint: Hint = field(default_factory=Hint)


@dataclass(frozen=True, slots=True)
class Resolution:
    """Where a name is, or an honest "not known".

    ``place`` is the pin, None below the margin. ``candidates`` are the runners-up, and the pin first where it is one.
    ``held_by`` names the wider place that stands in where the name itself is in no gazetteer.
    """

    words: str
    status: Status
    place: Place | None = None
    precision: Precision = "unknown"
    candidates: tuple[Candidate, ...] = ()
    because: str = ""
    held_by: str | None = None
    relation: Relation | str = "at"

    @property
    def where_prec(self) -> int | None:
        """UCDP GED's where_prec, 1 (the place itself) to 6 (the country); None without a pin."""
        if self.place is None:
            return None
        if self.relation in ("road", "between"):
            return 5 if _COARSE[self.precision][0] > 2 else 2
        return max(_COARSE[self.precision][0], 2 if self.status == "beside" else 1) or None

    @property
    def geo_precision(self) -> int | None:
        """ACLED's geo_precision, 1 (the town) to 3 (a larger region); None without a pin."""
        if self.place is None:
            return None
        return max(_COARSE[self.precision][1], 2 if self.status == "beside" else 1)


# precision: (GED where_prec, ACLED geo_precision)
_COARSE: dict[Precision, tuple[int, int]] = {
    "exact_location": (1, 1),
    "nearby_landmark": (1, 1),
    "street": (1, 1),
    "neighbourhood_area": (1, 1),
    "village": (1, 1),
    "town": (1, 1),
    "city": (1, 1),
    "subdistrict": (2, 2),
    "district": (3, 2),
    "province_governorate": (4, 3),
    "country": (6, 3),
    "unknown": (6, 3),
}
