"""What a claim is found by beside the words of its report: kind, place, actor, and the months of its days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from harmledger.gazetteer.spelling import fold
from harmledger.model import Claim

# Spans longer than this, and open ones, are not written down month by month.
_MOST_MONTHS = 24
# A letter of no alphabet that the index takes for part of a word.
_MARK = "§"
OPEN = f"{_MARK}m"
_MOST_DAYS, _MOST_ASKED = 7, 31
LONG = f"{_MARK}d"


def kind_facet(kind: str) -> str:
    """Return the word that stands for a kind of harm."""
    return f"{_MARK}k{kind.replace('_', '')}"


def place_facet(word: str) -> str:
    """Return the word that stands for a word of a place's name."""
    return f"{_MARK}p{word}"


def actor_facet(word: str) -> str:
    """Return the word that stands for a word of an actor's name."""
    return f"{_MARK}a{word}"


def month_facets(start: date, end: date | None) -> list[str]:
    """Return the words that stand for the months of a span; one for all spans that are long or open."""
    if end is None or (end.year - start.year) * 12 + end.month - start.month > _MOST_MONTHS:
        return [OPEN]
    months, year, month = [], start.year, start.month
    while (year, month) <= (end.year, end.month):
        months.append(f"{OPEN}{year:04}{month:02}")
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return months


def day_facets(start: date, end: date | None) -> list[str]:
    """Return the words that stand for the days of a span of a week or less; one for all that are longer or open."""
    if end is None or (end - start).days >= _MOST_DAYS:
        return [LONG]
    return [f"{LONG}{start + timedelta(days=number):%Y%m%d}" for number in range((end - start).days + 1)]


def asked_days(since: date, until: date) -> list[str]:
    """Return the words of which a claim has one whose days may meet a span: by days for a month or less."""
    if (until - since).days < _MOST_ASKED:
        return [LONG, *(f"{LONG}{since + timedelta(days=n):%Y%m%d}" for n in range((until - since).days + 1))]
    months = month_facets(since, until)
    return [] if months == [OPEN] else [*months, OPEN]


def place_words(claim: Claim) -> str:
    """Return the folded words of a claim's place: as told, and as the gazetteer names it and what holds it."""
    located = claim.located
    told = [claim.place, *((located.name, located.admin1, located.admin2) if located else ())]
    return " ".join(dict.fromkeys(word for name in told if name for word in fold(name).split()))


def actor_words(claim: Claim) -> str:
    """Return the folded words of who is blamed."""
    return fold(claim.actor) if claim.actor else ""


def facets_of(claims: Iterable[Claim]) -> list[str]:
    """Return the different facets of a report's claims."""
    found: dict[str, None] = {}
    for claim in claims:
        found[kind_facet(claim.kind)] = None
        found.update((place_facet(word), None) for word in place_words(claim).split())
        found.update((actor_facet(word), None) for word in actor_words(claim).split())
        if claim.when is not None:
            found.update((month, None) for month in month_facets(claim.when.start, claim.when.end))
            found.update((day, None) for day in day_facets(claim.when.start, claim.when.end))
    return list(found)


def row_of(number: int, claim: Claim) -> dict[str, Any]:
    """Return a claim's row."""
    when = claim.when
    return {
        "id": claim.id,
        "number": number,
        "kind": claim.kind,
        "day_from": when.start.isoformat() if when else None,
        "day_to": when.end.isoformat() if when and when.end else None,
        "place": place_words(claim),
        "actor": actor_words(claim),
    }
