"""One incident as one flat row with everything that a table can hold: CSV, Parquet, GeoJSON and GeoPackage share it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from harmledger.export.figures import Figure, figure, sentence_of, supporting
from harmledger.export.losses import Losses
from harmledger.export.rows import MAIN, Making, Row, Told, Total, outlets_of, speakers_of
from harmledger.export.sheets import TOTALS
from harmledger.model import Case, Group, Kind
from harmledger.standards.countries import country

# Each kind of harm with the groups that have columns of their own.
COUNTED: tuple[tuple[Kind, Group], ...] = (
    ("killed", "people"),
    ("killed", "children"),
    ("killed", "women"),
    ("killed", "men"),
    ("injured", "people"),
    ("injured", "children"),
    ("injured", "women"),
    ("injured", "men"),
    ("casualties", "people"),
    ("missing", "people"),
    ("detained", "people"),
    ("displaced", "people"),
    ("affected", "people"),
    ("damaged", "people"),
)
_STATUSES: tuple[Kind, ...] = ("killed", "injured")
# Column, and what it holds: text, whole number, number, day.
_FACTS: tuple[tuple[str, type], ...] = (
    ("incident", str),
    ("date_start", date),
    ("date_end", date),
    ("country_code", str),
    ("country", str),
    ("admin1", str),
    ("admin2", str),
    ("location", str),
    ("place", str),
    ("place_id", str),
    ("latitude", float),
    ("longitude", float),
    ("precision", str),
    ("actor", str),
    ("means", str),
    ("munitions", str),
    ("grade", str),
    ("grade_because", str),
)
_ENDS: tuple[tuple[str, type], ...] = (
    ("origins", int),
    ("sources", str),
    ("outlets", str),
    ("addresses", str),
    ("reports", str),
    ("claims", str),
    ("warnings", str),
    ("contradictions", str),
    ("sentences", str),
)
_TOTAL: tuple[tuple[str, type], ...] = (
    ("claim", str),
    ("report", str),
    ("kind", str),
    ("value", int),
    ("high", int),
    ("bound", str),
    ("words", str),
    ("group", str),
    ("status", str),
    ("place", str),
    ("date_start", date),
    ("date_end", date),
    ("actor", str),
    ("sources", str),
    ("sentence", str),
)
MEANINGS = {
    "because": "Of the reasons only the grade's is carried; jsonl and html have all of them.",
    "victims": "Named victims are not carried; jsonl, html, airwars, sdg and ftm have them.",
}


def column_name(kind: Kind, group: Group) -> str:
    """Return how the columns of a figure begin.

    >>> column_name("killed", "children"), column_name("displaced", "people")
    ('children_killed', 'displaced')
    """
    return kind if group == "people" else f"{group}_{kind}"


def columns() -> dict[str, type]:
    """Return the columns with what each holds."""
    counts = [
        (f"{column_name(kind, group)}_{end}", holds)
        for kind, group in COUNTED
        for end, holds in (("low", int), ("high", int), ("best", int), ("open", bool), ("claims", str))
    ]
    statuses = [(f"{kind}_status", str) for kind in _STATUSES]
    return dict([*_FACTS, *counts, *statuses, *_ENDS])


def total_columns() -> dict[str, type]:
    """Return the columns of the table of running totals with what each holds."""
    return dict(_TOTAL)


def facts(case: Case) -> dict[str, object]:
    """Return everything but the figures of one incident, by column."""
    entry, place = case.entry, case.entry.located
    home = country(place.country) if place else None
    munitions = dict.fromkeys(name for claim in case.incident.claims for name in claim.munitions)
    sentences = dict.fromkeys(filter(None, (sentence_of(case, claim) for claim in case.incident.claims)))
    statuses = {f"{kind}_status": _status(case, kind) for kind in _STATUSES}
    told: dict[str, object] = {
        "incident": entry.incident,
        "date_start": entry.when.start if entry.when else None,
        "date_end": entry.when.end if entry.when else None,
        "country_code": place.country if place else None,
        "country": home.name if home else None,
        "iso3": home.alpha3 if home else None,
        "admin1": place.admin1 if place else None,
        "admin2": place.admin2 if place else None,
        "location": place.name if place else entry.place,
        "place": entry.place,
        "place_id": place.id if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "precision": place.precision if place else None,
        "actor": entry.actor,
        "means": entry.means,
        "munitions": _joined(munitions),
        "grade": entry.grade,
        "grade_because": entry.because.get("grade"),
        "origins": len(entry.origins),
        "sources": _joined(speakers_of(case)),
        "outlets": _joined(outlets_of(case)),
        "addresses": _joined(report.address for report in case.reports),
        "reports": _joined(entry.reports),
        "claims": _joined(entry.claims),
        "warnings": _joined(entry.warnings),
        "contradictions": _joined(entry.contradictions),
        "sentences": " | ".join(sentences) or None,
    }
    return told | statuses


def _status(case: Case, kind: Kind) -> str | None:
    told = {claim.status for claim in supporting(case, kind)}
    return next(iter(told)) if len(told) == 1 else ("mixed" if told else None)


def counts(case: Case) -> dict[str, Figure]:
    """Return the figures of one incident, by how their columns begin."""
    found = {column_name(kind, group): figure(case, kind, group) for kind, group in COUNTED}
    return {name: known for name, known in found.items() if known is not None}


def flat(case: Case) -> dict[str, object]:
    """Return one incident as a flat row; what is not told is None."""
    row = dict.fromkeys(columns()) | facts(case)
    for name, known in counts(case).items():
        row[f"{name}_low"] = Told(known.low, known.claims, known.because)
        row[f"{name}_high"] = None if known.high is None else Told(known.high, known.claims, known.because)
        row[f"{name}_best"] = Told(known.best, known.claims, known.because)
        row[f"{name}_open"] = known.high is None
        row[f"{name}_claims"] = _joined(known.claims)
    return row


def total_facts(total: Total) -> dict[str, object]:
    """Return a running total by column."""
    claim, text = total.claim, total.report.text
    return {
        "claim": claim.id,
        "report": claim.report,
        "kind": claim.kind,
        "value": None if claim.count.value is None else Told(claim.count.value, (claim.id,)),
        "high": claim.count.high,
        "bound": claim.count.bound,
        "words": claim.span.of(text) or None,
        "group": claim.group,
        "status": claim.status,
        "place": claim.place,
        "date_start": claim.when.start if claim.when else None,
        "date_end": claim.when.end if claim.when else None,
        "actor": claim.actor,
        "sources": _joined(claim.sources[:1]),
        "sentence": " ".join(claim.sentence.of(text).split()) or None,
    }


def _joined(values: object) -> str | None:
    return "; ".join(str(value) for value in values if value) or None  # type: ignore[attr-defined]


class Flat:
    """Makes one flat row an incident, for CSV."""

    def __init__(self, making: Making) -> None:
        self.tables: Mapping[str, tuple[str, ...]] = {MAIN: tuple(columns()), TOTALS: tuple(total_columns())}
        self.tags: Mapping[str, tuple[str, ...]] = {}
        self.meanings = dict(MEANINGS)

    def rows(self, case: Case, losses: Losses) -> Iterator[Row]:
        """Yield the one row of an incident."""
        losses.lose("because")
        if case.entry.victims:
            losses.lose("victims")
        cells = {name: value for name, value in flat(case).items() if name in self.tables[MAIN]}
        yield Row(case.entry.incident, case.entry.incident, cells)

    def total_row(self, total: Total) -> Row | None:
        """Return the row of a running total, in the table of totals."""
        return Row(total.claim.id, "", total_facts(total), TOTALS)
