"""Looking for reports, claims and incidents: the index of words narrows, the claims' own rows decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Row, select

from harmledger.gazetteer.spelling import fold
from harmledger.ledger import facets, words
from harmledger.ledger.asked import Hit, Search
from harmledger.ledger.candidates import candidates
from harmledger.ledger.intake import report_of
from harmledger.ledger.lines import line_of
from harmledger.ledger.made import Reading, unpacked
from harmledger.ledger.tables import claims, lines, readings, reports
from harmledger.model import Claim

# So many are looked at more closely at a time; a page of answers is twenty.
_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a query: each that must be there, and those in quotation marks as they must stand."""

    each: tuple[str, ...]
    phrases: tuple[str, ...]


def find(connection: Connection, query: Search, limit: int | None = 20) -> Iterator[Hit]:
    """Yield the reports that a query asks for, the latest taken in first, each with the claims it asks for."""
    yield from islice(_hits(connection, query), limit)


def _hits(connection: Connection, query: Search) -> Iterator[Hit]:
    asked = _words(query.words)
    narrow = _facets(query)
    by_claims = bool(narrow) or _by_claims(query)
    found = candidates(connection, query, asked.each, narrow)
    while numbers := list(islice(found, _AT_ONCE)):
        names = names_of(connection, numbers)
        chosen = _right_claims(connection, query, numbers) if by_claims else None
        for number in numbers:
            if number not in names or (chosen is not None and number not in chosen):
                continue
            if asked.phrases and not _stands(_text(connection, number), asked.phrases):
                continue
            yield Hit(names[number], number, _claims(connection, number, None if chosen is None else chosen[number]))


def _by_claims(query: Search) -> bool:
    return bool(query.place or query.actor or query.kind or query.since or query.until)


def _words(told: str) -> _Words:
    """Read what a person typed: words, "words side by side", and beginnings*."""
    each: dict[str, None] = {}
    phrases = []
    for place, part in enumerate(told.split('"')):
        if place % 2:
            folded = fold(part)
            phrases.append(folded)
            each.update((word, None) for word in folded.split())
            continue
        for typed in part.split():
            found = words.words_of(typed)
            if typed.endswith("*") and found:
                found[-1] += "*"
            each.update((word, None) for word in found)
    return _Words(tuple(each), tuple(phrase for phrase in phrases if " " in phrase))


def _stands(its_text: str, phrases: Sequence[str]) -> bool:
    folded = f" {fold(its_text)} "
    return all(f" {phrase} " in folded for phrase in phrases)


def _facets(query: Search) -> list[Sequence[str]]:
    groups: list[Sequence[str]] = []
    if query.kind:
        groups.append([facets.kind_facet(query.kind)])
    groups += [[facets.place_facet(word)] for word in fold(query.place).split()]
    groups += [[facets.actor_facet(word)] for word in fold(query.actor).split()]
    if query.since and query.until:
        days = facets.asked_days(query.since, query.until)
        if days:
            groups.append(days)
    return groups


def _text(connection: Connection, number: int) -> str:
    row = connection.execute(select(lines).where(lines.c.number == number)).one()
    return report_of(line_of(row)).text


def _right_claims(connection: Connection, query: Search, numbers: Sequence[int]) -> dict[int, set[str]]:
    """Return by report the claims of which all holds that the query asks of a claim."""
    place, actor = set(fold(query.place).split()), set(fold(query.actor).split())
    found: dict[int, set[str]] = {}
    for row in connection.execute(select(claims).where(claims.c.number.in_(numbers))):
        if (
            (not query.kind or row.kind == query.kind)
            and place <= set(row.place.split())
            and actor <= set(row.actor.split())
            and _within(query, row)
        ):
            found.setdefault(row.number, set()).add(row.id)
    return found


def _within(query: Search, row: Row[Any]) -> bool:
    if not query.since and not query.until:
        return True
    if row.day_from is None:
        return False
    if query.since and row.day_to is not None and row.day_to < query.since.isoformat():
        return False
    return not (query.until and row.day_from > query.until.isoformat())


def _claims(connection: Connection, number: int, chosen: set[str] | None) -> tuple[Claim, ...]:
    made = connection.execute(select(readings.c.made).where(readings.c.number == number)).scalar()
    if made is None:
        return ()
    return tuple(c for c in unpacked(made, Reading).claims if chosen is None or c.id in chosen)


def names_of(connection: Connection, numbers: Sequence[int]) -> dict[int, str]:
    """Return the ids of reports by their lines' numbers."""
    return {
        row.number: row.id
        for row in connection.execute(select(reports.c.number, reports.c.id).where(reports.c.number.in_(numbers)))
    }
