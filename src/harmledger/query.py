"""Which incidents are asked for: dates, places, kinds, actors, means, grades; the same for commands, desk and exports.

>>> Query.parse('date:2030-05 place:"Khan Yunis" kind:killed,injured grade:fair')
Query(dates=DateRange(start=datetime.date(2030, 5, 1), end=datetime.date(2030, 5, 31)), places=('Khan Yunis',), \
kinds=('killed', 'injured'), actors=(), grades=('fair',), means=())
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from harmledger.dates import DateRange, parse_day
from harmledger.errors import DateError, QueryError
from harmledger.model import Case, Claim
from harmledger.vocabulary import labels

_PART = re.compile(r'(?P<field>[a-z]+):(?P<value>(?:"[^"]*"|[^\s"])+)\s*')
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
_FIELDS = {"date": "", "place": "", "kind": "kind", "actor": "actor", "means": "means", "grade": "grade"}
_SHAPE = 'Write date:2030-05-01..2030-05-31 place:"Tell Example" kind:killed actor:russia means:shelling grade:fair.'
# What reports tell none of: "actor:none" and "means:none" ask for it.
NONE = "none"


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for. An empty field asks for nothing; several values of one field are alternatives.

    ``places`` are names as written or as the gazetteer has them, areas that hold a place, or two-letter country codes.
    An incident of which no date is told answers no question for dates. ``dates`` may be open at its end.
    """

    dates: DateRange | None = None
    places: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    means: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Query:
        """Return the query that a person typed; QueryError says what in it was not understood."""
        told: dict[str, list[str]] = {field: [] for field in _FIELDS}
        position = 0
        text = text.strip()
        while position < len(text):
            part = _PART.match(text, position)
            if part is None or part["field"] not in told:
                raise QueryError(f"--query: {text[position : position + 40]!r} is not understood. {_SHAPE}")
            told[part["field"]] += _values(part["value"])
            position = part.end()
        for field, listed in _FIELDS.items():
            for value in told[field]:
                if listed and value not in labels(listed) and not (field in ("actor", "means") and value == NONE):
                    raise QueryError(f"--query: {value!r} is no {field}. Known: {', '.join(labels(listed))}.")
        return cls(
            _dates(told["date"]),
            tuple(told["place"]),
            tuple(told["kind"]),
            tuple(told["actor"]),
            tuple(told["grade"]),
            tuple(told["means"]),
        )

    def __str__(self) -> str:
        """Return the query as it is typed; parsing it gives the same query."""
        dates = f"{self.dates.start}..{self.dates.end or ''}" if self.dates else ""
        parts = [f"date:{dates}"] if dates else []
        fields = (
            ("place", self.places),
            ("kind", self.kinds),
            ("actor", self.actors),
            ("means", self.means),
            ("grade", self.grades),
        )
        for field, values in fields:
            if values:
                parts.append(f"{field}:{','.join(map(_quoted, values))}")
        return " ".join(parts)

    def __bool__(self) -> bool:
        """Tell whether anything is asked for."""
        return bool(self.dates or self.places or self.kinds or self.actors or self.means or self.grades)

    def matches(self, case: Case) -> bool:
        """Tell whether an incident is asked for."""
        entry = case.entry
        if self.dates is not None and not _within(entry.when, self.dates):
            return False
        if self.grades and entry.grade not in self.grades:
            return False
        if self.actors and (entry.actor or NONE) not in self.actors:
            return False
        if self.means and (entry.means or NONE) not in self.means:
            return False
        if self.kinds and not any(_tells(case, kind) for kind in self.kinds):
            return False
        return not self.places or self._placed(case)

    def matches_claim(self, claim: Claim) -> bool:
        """Tell whether a running total is asked for; totals have no grade, so that a question for grades finds none."""
        located = [claim.located] if claim.located else []
        named = [claim.place or "", *(name for place in located for name in _names(place))]
        return not self.grades and all(
            (
                self.dates is None or _within(claim.when, self.dates),
                not self.kinds or claim.kind in self.kinds,
                not self.actors or (claim.actor or NONE) in self.actors,
                not self.means or (claim.means or NONE) in self.means,
                not self.places or _any_named(self.places, named),
            )
        )

    def _placed(self, case: Case) -> bool:
        named = [case.entry.place or "", *_names(case.entry.located)]
        for claim in case.incident.claims:
            named += [claim.place or "", *_names(claim.located)]
        return _any_named(self.places, named)


def _values(text: str) -> list[str]:
    values = [value.strip().strip('"').strip() for value in re.findall(r'(?:"[^"]*"|[^,"])+', text)]
    return [value for value in values if value]


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r"[\s,]", value) else value


def _dates(told: Iterable[str]) -> DateRange | None:
    spans = [_span(words) for words in told]
    if not spans:
        return None
    if len(spans) > 1:
        raise QueryError("--query: date is told twice. Write one span: date:2030-05-01..2030-05-31.")
    return spans[0]


def _span(words: str) -> DateRange:
    start, dots, end = words.partition("..")
    try:
        first = _period(start) if start else DateRange(date.min, None)
        last = first if not dots else (_period(end) if end else DateRange(date.max, None))
        return DateRange(first.start, last.end)
    except DateError as error:
        raise QueryError(f"--query: date:{words}: {error} {_SHAPE}") from error


def _period(words: str) -> DateRange:
    if _YEAR.fullmatch(words):
        return DateRange(parse_day(f"{words}-01-01"), parse_day(f"{words}-12-31"))
    month = _MONTH.fullmatch(words)
    if month:
        first = parse_day(f"{words}-01")
        return DateRange.month(first.year, first.month)
    if len(words) != len("2030-05-01"):
        raise DateError(f"{words!r} is no day, month or year.")
    return DateRange.day(parse_day(words))


def _within(when: DateRange | None, asked: DateRange) -> bool:
    if when is None:
        return False
    return when.start <= (asked.end or date.max) and (when.end or date.max) >= asked.start


def _tells(case: Case, kind: str) -> bool:
    if kind in ("killed", "injured") and getattr(case.entry, kind) is not None:
        return True
    return any(claim.kind == kind and claim.role != "denied" for claim in case.incident.claims)


def _names(place: object) -> list[str]:
    found = (getattr(place, name, None) for name in ("name", "admin1", "admin2", "country"))
    return [name for name in found if name]


def _any_named(asked: Iterable[str], named: Iterable[str]) -> bool:
    known = {" ".join(name.casefold().split()) for name in named if name}
    return any(" ".join(place.casefold().split()) in known for place in asked)
