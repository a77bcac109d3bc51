"""What the record says of an incident besides its tolls: date, place, actor and means, by the claims that tell them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from harmledger.dates import DateRange
from harmledger.model import Claim
from harmledger.places import Place

Value = TypeVar("Value")

# Finer points are worth more: a town names the scene, a province only its surroundings.
_FINENESS = {
    "exact_location": 6, "nearby_landmark": 5, "street": 5, "neighbourhood_area": 5, "village": 4, "town": 4, "city": 3,
    "subdistrict": 2, "district": 2, "province_governorate": 1, "country": 0, "unknown": 0,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact(Generic[Value]):
    """A value with the reason it stands. ``others`` holds the values it outweighed, the weightiest first."""

    value: Value
    because: str
    others: tuple[str, ...] = ()


def _weigh(claims: Sequence[Claim], key: Callable[[Claim], str | None]) -> dict[str, float]:
    """Return the weight of each value: the first claims of a report, its summary, weigh most."""
    weights: dict[str, float] = defaultdict(float)
    rank: Counter[str] = Counter()
    for claim in claims:
        told = key(claim)
        if told:
            harm = 2.0 if claim.kind in ("killed", "injured", "casualties") else 1.0
            weights[told] += harm / (1 + rank[claim.report])
        rank[claim.report] += 1
    return weights


def _winner(claims: Sequence[Claim], key: Callable[[Claim], str | None], field: str) -> Fact[str] | None:
    weights = _weigh(claims, key)
    if not weights:
        return None
    best, *rest = sorted(weights, key=lambda value: -weights[value])
    first = next(claim for claim in claims if key(claim) == best)
    words = first.because.get(field) or best
    tellers = len({claim.report for claim in claims if key(claim) == best})
    many = f"{tellers} reports" if tellers > 1 else "one report"
    return Fact(best, f"{words} ({many})", tuple(rest))


def actor_of(claims: Sequence[Claim]) -> Fact[str] | None:
    """Return who is said to have done it."""
    return _winner(claims, lambda claim: claim.actor, "actor")


def means_of(claims: Sequence[Claim]) -> Fact[str] | None:
    """Return by what means it was done."""
    return _winner(claims, lambda claim: claim.means, "means")


def when_of(claims: Sequence[Claim]) -> Fact[DateRange] | None:
    """Return when it happened: the days that the weightiest claims tell; a day is preferred to a long span."""
    dated = [claim for claim in claims if claim.when is not None]
    if not dated:
        return None
    days = [claim for claim in dated if claim.when and (claim.when.days or 99) <= 3] or dated
    told = _winner(days, lambda claim: str(claim.when), "when")
    if told is None:
        return None
    chosen = next(claim for claim in days if str(claim.when) == told.value)
    assert chosen.when is not None
    return Fact(chosen.when, told.because, told.others)


def place_of(claims: Sequence[Claim]) -> Fact[tuple[str, Place | None]] | None:
    """Return where it happened: the place most told, the finer of two where both are known to lie near each other."""
    weights = _weigh(claims, lambda claim: claim.place)
    if not weights:
        return None
    located = {claim.place: claim.located for claim in claims if claim.place and claim.located}

    def worth(name: str) -> float:
        place = located.get(name)
        return weights[name] * (1 + 0.15 * (_FINENESS[place.precision] if place else 1))

    best = max(weights, key=lambda name: (worth(name), name))
    others = tuple(sorted((name for name in weights if name != best), key=lambda name: -weights[name]))
    tellers = len({claim.report for claim in claims if claim.place == best})
    return Fact((best, located.get(best)), f"“{best}” in {tellers} report{'s' if tellers > 1 else ''}", others)
