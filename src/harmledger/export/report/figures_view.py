"""What the page shows of each incident: figures in words, each with its sentences and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from harmledger.counts import CountRange
from harmledger.export.figures import Figure
from harmledger.export.flat import COUNTED, column_name, counts
from harmledger.export.rows import Total
from harmledger.model import Case, Claim, Kind, Report
from harmledger.places import Place
from harmledger.show.safe import visible
from harmledger.show.words import chain_words, count_words, range_words
from harmledger.standards.countries import country
from harmledger.vocabulary import labels

_PART_OF = {name: kind for kind, group in COUNTED if group != "people" for name in (column_name(kind, group),)}


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence with its numbers marked, who says it and where it stands."""

    sentence: Markup
    said_by: str
    report: str
    published: str
    address: str
    claims: tuple[str, ...]
    role: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of an incident: its words, why it stands, and the numbers of its quotes on the page."""

    name: str
    label: str
    words: str
    because: str
    quotes: tuple[int, ...]
    part: bool


@dataclass(frozen=True, slots=True)
class View:
    """One incident as the page shows it. ``number`` is its place in the report."""

    number: int
    case: Case
    title: str
    area: str
    day: str
    killed: str
    injured: str
    actor: str
    means: str
    grade: str
    grade_because: str
    precision: str
    figures: tuple[Shown, ...]
    quotes: tuple[Quote, ...]
    victims: tuple[str, ...]
    notes: tuple[str, ...]


def view_of(case: Case, number: int) -> View:
    """Return what the page shows of one incident."""
    entry, place = case.entry, case.entry.located
    quotes = _quotes(case.incident.claims, case.reports)
    found = counts(case)
    home = country(place.country) if place else None
    area = ", ".join(filter(None, (place.admin2, place.admin1, home.name if home else None))) if place else ""
    munitions = dict.fromkeys(name for claim in case.incident.claims for name in claim.munitions)
    means = "; ".join([_label("means", entry.means), *map(visible, munitions)])
    return View(
        number,
        case,
        visible(_title(entry.place, place)),
        visible(area),
        str(entry.when) if entry.when else "date not told",
        _words(found.get("killed")),
        _words(found.get("injured")),
        _label("actor", entry.actor),
        means,
        _label("grade", entry.grade or None),
        visible(entry.because.get("grade", "")),
        _label("precision", place.precision) if place else "no point known",
        tuple(_shown(name, known, quotes) for name, known in found.items()),
        quotes,
        tuple(_victim(victim.name, victim.age, victim.sex, victim.kind) for victim in entry.victims),
        tuple(map(visible, (*entry.contradictions, *entry.warnings))),
    )


def _title(name: str | None, place: Place | None) -> str:
    if place is None:
        return name or "Place not told"
    return place.name if name is None or name == place.name else f"{place.name} ({name})"


def _words(known: Figure | None) -> str:
    return range_words(CountRange(known.low, known.high)) if known else "not told"


def _shown(name: str, known: Figure, quotes: Sequence[Quote]) -> Shown:
    numbers = tuple(n for n, quote in enumerate(quotes, 1) if set(quote.claims) & set(known.claims))
    label = name.replace("_", " ").capitalize()
    return Shown(name, label, _words(known), visible(known.because), numbers, name in _PART_OF)


def _label(field: str, term: str | None) -> str:
    return labels(field).get(term, term) if term else "not told"


def _victim(name: str, age: int | None, sex: str | None, kind: Kind) -> str:
    told = [visible(name) or "name withheld", f"aged {age}" if age is not None else "", sex or "", kind]
    return ", ".join(filter(None, told))


def _quotes(claims: Iterable[Claim], reports: Iterable[Report]) -> tuple[Quote, ...]:
    """Return the sentences of claims, each once, in the order of the reports."""
    by_id = {report.id: report for report in reports}
    groups: dict[tuple[str, int, int], list[Claim]] = {}
    for claim in claims:
        if claim.report in by_id and claim.sentence.end > claim.sentence.start:
            groups.setdefault((claim.report, claim.sentence.start, claim.sentence.end), []).append(claim)
    return tuple(_quote(by_id[key[0]], group) for key, group in groups.items())


def _quote(report: Report, claims: Sequence[Claim]) -> Quote:
    chains = dict.fromkeys(chain_words(claim.sources) for claim in claims if claim.sources)
    address = report.address or ""
    return Quote(
        marked(report.text, claims),
        "; ".join(chains) or "the report itself",
        visible(report.outlet or report.title or report.id),
        str(report.published) if report.published else "",
        address if address.lower().startswith(("http://", "https://")) else "",
        tuple(claim.id for claim in claims),
        next((claim.role for claim in claims if claim.role != "stated"), ""),
    )


def marked(text: str, claims: Sequence[Claim]) -> Markup:
    """Return a sentence with its numbers marked; all else in it is text, whatever it looks like."""
    sentence = claims[0].sentence
    position, out = sentence.start, Markup()
    for claim in sorted(claims, key=lambda claim: claim.span.start):
        if claim.span.start < position or claim.span.end > sentence.end:
            continue
        out += escape(visible(text[position : claim.span.start]))
        out += Markup('<mark title="{}">{}</mark>').format(
            f"{claim.kind}, claim {claim.id[:8]}", visible(claim.span.of(text))
        )
        position = claim.span.end
    return out + escape(visible(text[position : sentence.end]))


def total_view(total: Total) -> dict[str, object]:
    """Return what the page shows of a running total."""
    claim, text = total.claim, total.report.text
    quotes = _quotes([claim], [total.report])
    return {
        "words": f"{count_words(claim.count, claim.span.of(text)) or 'not in figures'} {claim.kind}",
        "place": visible(claim.place or "place not told"),
        "when": str(claim.when) if claim.when else "time not told",
        "quote": quotes[0] if quotes else None,
    }
