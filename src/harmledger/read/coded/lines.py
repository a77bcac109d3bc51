"""A coded incident as the text of a report, a fact a line, and its claims out of that text again.

The text is all that is stored; the same text gives the same claims. Only a report whose note says that it is coded is
read so: a dispatch that copies these lines is prose like any other. Each line begins with the recorder's name, so that
two recorders who coded one incident are not taken for one that copies the other.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace

from harmledger.counts import Bound, Count
from harmledger.dates import DateRange, parse_day
from harmledger.errors import HarmledgerError
from harmledger.model import Claim, Report, Span
from harmledger.places import Place
from harmledger.read.coded.row import CodedCount, CodedRow
from harmledger.vocabulary import check, labels

NOTE = "A coded incident of another recorder: its claims are given, not read out of prose."
ENGINE = "harmledger-coded-1"
_BOUNDS: dict[str, Bound] = {"": "exact", "at-least ": "at_least", "at-most ": "at_most", "about ": "about"}
# Hyphens keep a line under the five words from which matching takes a line for prose: what tells incidents apart is the
# headline, not words that all coded incidents share.
_COUNT = re.compile(
    r"(?P<status>civilian|combatant|mixed|unstated)-(?P<group>people|children|women_and_children|women|men|things)-"
    r"(?P<kind>[a-z]+): (?P<part>of-these-)?(?P<bound>at-least |at-most |about )?"
    r"(?P<number>(?P<value>\d{1,12})(?:-to-(?P<high>\d{1,12}))?)\.$"
)
_POINT = re.compile(r" at (?P<latitude>-?\d+\.\d+) (?P<longitude>-?\d+\.\d+) \((?P<facts>[^()]*)\)$")
_FACTS = ("on ", "in ", "blamed on ", "by ", "with ", "said by ", "row ")


def is_coded(report: Report) -> bool:
    """Tell whether a report is a coded incident."""
    return NOTE in report.notes


def text_of(row: CodedRow, recorder: str) -> str:
    """Return the text of a coded incident: a headline, then one fact a line."""
    facts = [f"on {row.when}" if row.when else "", *_where_line(row)]
    facts += [f"blamed on {row.actor}" if row.actor else "", f"by {row.means}" if row.means else ""]
    facts += [f"with {_plain(name)}" for name in row.munitions]
    facts += [*map(_count_line, row.counts), f"said by {_plain(row.said_by)}" if row.said_by else ""]
    facts.append(f"row {_plain(row.name)}")
    lead = _lead(recorder)
    return "\n".join([_headline(row), *(f"{lead}{fact}." for fact in facts if fact)]) + "\n"


def _lead(recorder: str | None) -> str:
    return f"{'-'.join(_plain(recorder).split()) or 'a-recorder'} "


def _where_line(row: CodedRow) -> Iterator[str]:
    place = row.located
    if place is None:
        if row.place:
            yield f"in {_plain(row.place)}"
        return
    facts = (place.precision, place.country, place.admin1, place.admin2, place.id, place.name)
    told = "; ".join(_plain(fact).replace("(", "[").replace(")", "]") or "-" for fact in facts)
    yield f"in {_plain(row.place) or '-'} at {place.latitude:.6f} {place.longitude:.6f} ({told})"


def _headline(row: CodedRow) -> str:
    means = labels("means").get(row.means or "", "Harm")
    place = row.located
    where = ", ".join(filter(None, (_plain(place.name), place.admin1))) if place else _plain(row.place)
    counts = ", ".join(f"{count.value} {count.kind}" for count in row.counts if not count.part)
    return f"{where or 'Place not told'}: {means.lower()}, {counts or 'nobody counted'}"


def _count_line(count: CodedCount) -> str:
    bound = next(words for words, known in _BOUNDS.items() if known == count.bound)
    number = f"{count.value}" if count.high is None else f"{count.value}-to-{count.high}"
    return f"{count.status}-{count.group}-{count.kind}: {'of-these-' if count.part else ''}{bound}{number}"


def _plain(words: str | None) -> str:
    """Return words on one line without the mark that parts them from others."""
    return " ".join((words or "").replace(";", ",").split())


def coded_claims(report: Report) -> list[Claim]:
    """Return the claims of a coded incident, in the order of its lines."""
    lead = _lead(report.outlet)
    facts: dict[str, list[str]] = {fact: [] for fact in _FACTS}
    counts: list[tuple[int, int, re.Match[str]]] = []
    start = 0
    for line in report.text.split("\n"):
        told = line.removeprefix(lead) if line.startswith(lead) else ""
        match = _COUNT.match(told)
        if match:
            counts.append((start, start + len(line) - len(told), match))
        elif told:
            name = next((fact for fact in _FACTS if told.startswith(fact)), None)
            if name:
                facts[name].append(told.removeprefix(name).removesuffix("."))
        start += len(line) + 1
    model = _model(report, {name: (values[0] if values else None) for name, values in facts.items()}, facts["with "])
    return _claims(report, model, counts)


def _model(report: Report, facts: dict[str, str | None], munitions: list[str]) -> Claim:
    """Return a claim with all that the counts of one incident share."""
    place, located = _where(facts["in "])
    said_by = facts["said by "]
    return Claim(
        "",
        report.id,
        Span(0, 0),
        Span(0, 0),
        "killed",
        Count(0),
        "people",
        "unstated",
        "incident",
        place,
        located,
        _when(facts["on "]),
        check("actor", facts["blamed on "]) if facts["blamed on "] else None,
        check("means", facts["by "]) if facts["by "] else None,
        tuple(munitions),
        (said_by,) if said_by else (),
        because={"kind": "coded so by its recorder"},
        engine=ENGINE,
    )


def _claims(report: Report, model: Claim, counts: list[tuple[int, int, re.Match[str]]]) -> list[Claim]:
    digest = hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()
    wholes: dict[str, str] = {}
    found = []
    for line, start, match in counts:
        span = Span(start + match.start("number"), start + match.end("number"))
        key = f"{report.id}\0{digest}\0{span.start}\0{match['kind']}\0{ENGINE}"
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        claim = replace(
            model,
            id=name,
            span=span,
            sentence=Span(line, start + match.end()),
            kind=check("kind", match["kind"]),  # type: ignore[arg-type]
            count=Count(
                int(match["value"]), int(match["high"]) if match["high"] else None, _BOUNDS[match["bound"] or ""]
            ),
            group=check("group", match["group"]),  # type: ignore[arg-type]
            status=check("status", match["status"]),  # type: ignore[arg-type]
            parent=wholes.get(match["kind"]) if match["part"] else None,
        )
        if not match["part"]:
            wholes.setdefault(match["kind"], name)
        found.append(claim)
    return found


def _count(match: re.Match[str]) -> Count:
    return Count(int(match["value"]), int(match["high"]) if match["high"] else None, _BOUNDS[match["bound"] or ""])


def _when(words: str | None) -> DateRange | None:
    if not words:
        return None
    start, to, end = words.removeprefix("since ").partition(" to ")
    try:
        first = parse_day(start)
        if words.startswith("since "):
            return DateRange(first, None)
        return DateRange(first, parse_day(end) if to else first)
    except HarmledgerError:
        return None


def _where(words: str | None) -> tuple[str | None, Place | None]:
    if not words:
        return None, None
    match = _POINT.search(words)
    parts = match["facts"].split("; ") if match else []
    if match is None or len(parts) != 6:
        return words, None
    place = words[: match.start()]
    precision, country, admin1, admin2, identity, name = (None if part == "-" else part for part in parts)
    located = Place(
        identity or "",
        name or "",
        float(match["latitude"]),
        float(match["longitude"]),
        check("precision", precision or "unknown"),  # type: ignore[arg-type]
        country,
        admin1,
        admin2,
    )
    return None if place == "-" else place, located
