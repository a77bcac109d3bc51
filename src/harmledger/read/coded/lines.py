"""A coded incident as the text of a report, in fixed lines, and its claims out of that text again.

The text is all that is stored; the same text gives the same claims. Only a report whose note says that it is coded is
read so: a dispatch that copies these lines is prose like any other.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import replace

from harmledger.counts import Count
from harmledger.dates import DateRange, parse_day
from harmledger.errors import HarmledgerError
from harmledger.model import Claim, Report, Span
from harmledger.places import Place
from harmledger.read.coded.row import CodedCount, CodedRow
from harmledger.vocabulary import check, labels

NOTE = "A coded incident of another recorder: its claims are given, not read out of prose."
ENGINE = "harmledger-coded-1"
_NOT_TOLD = "not told"
_COUNT = re.compile(
    r"^Count: (?P<kind>\w+), (?P<group>\w+), (?P<status>\w+), (?P<bound>\w+)(?P<part>, part)?: "
    r"(?P<number>(?P<value>\d{1,12})(?: to (?P<high>\d{1,12}))?)\.$",
    re.MULTILINE,
)
_LINE = re.compile(r"^(?P<name>[A-Z][a-z ]+): (?P<value>.*)$")


def is_coded(report: Report) -> bool:
    """Tell whether a report is a coded incident."""
    return NOTE in report.notes


def text_of(row: CodedRow) -> str:
    """Return the text of a coded incident: a headline, then one fact a line."""
    place = row.located
    where = [_plain(row.place) or _NOT_TOLD]
    if place is not None:
        where += [f"{place.latitude:.6f} {place.longitude:.6f}", place.precision, place.country or "-"]
        where += [_plain(place.admin1) or "-", _plain(place.admin2) or "-", _plain(place.id) or "-", _plain(place.name)]
    facts = {
        "Row": _plain(row.name),
        "Day": _day(row.when),
        "Where": "; ".join(where),
        "Blamed": row.actor or _NOT_TOLD,
        "Means": row.means or _NOT_TOLD,
        "Munitions": "; ".join(map(_plain, row.munitions)) or _NOT_TOLD,
        "Said by": _plain(row.said_by) or _NOT_TOLD,
    }
    lines = [_headline(row), *(f"{name}: {value}" for name, value in facts.items()), *map(_count_line, row.counts)]
    return "\n".join(lines) + "\n"


def _headline(row: CodedRow) -> str:
    means = labels("means").get(row.means or "", "Harm")
    counts = ", ".join(
        f"{count.value} {count.group if count.group != 'people' else ''} {count.kind}".replace("  ", " ")
        for count in row.counts
        if not count.part
    )
    where = _plain(row.located.name if row.located else row.place) or "a place not told"
    return f"{means} in {where}, {_day(row.when)}: {counts or 'nobody counted'}"


def _count_line(count: CodedCount) -> str:
    number = f"{count.value}" if count.high is None else f"{count.value} to {count.high}"
    part = ", part" if count.part else ""
    return f"Count: {count.kind}, {count.group}, {count.status}, {count.bound}{part}: {number}."


def _day(when: DateRange | None) -> str:
    return str(when) if when is not None else "day not told"


def _plain(words: str | None) -> str:
    """Return words on one line without the mark that parts them from others."""
    return " ".join((words or "").replace(";", ",").split())


def coded_claims(report: Report) -> list[Claim]:
    """Return the claims of a coded incident, in the order of its lines."""
    facts = _facts(report.text)
    when, (place, located) = _when(facts.get("Day", "")), _where(facts.get("Where", ""))
    said_by = _told(facts.get("Said by", ""))
    digest = hashlib.sha256(report.text.encode("utf-8", "surrogatepass")).hexdigest()
    found: list[Claim] = []
    wholes: dict[str, str] = {}
    for match in _COUNT.finditer(report.text):
        span = Span(*match.span("number"))
        key = f"{report.id}\0{digest}\0{span.start}\0{match['kind']}\0{ENGINE}"
        name = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        high = int(match["high"]) if match["high"] else None
        claim = Claim(
            name,
            report.id,
            span,
            Span(*match.span()),
            check("kind", match["kind"]),  # type: ignore[arg-type]
            Count(int(match["value"]), high, check("bound", match["bound"])),  # type: ignore[arg-type]
            check("group", match["group"]),  # type: ignore[arg-type]
            check("status", match["status"]),  # type: ignore[arg-type]
            "incident",
            place,
            located,
            when,
            _term("actor", facts.get("Blamed", "")),
            _term("means", facts.get("Means", "")),
            tuple(filter(None, (each.strip() for each in (_told(facts.get("Munitions", "")) or "").split(";")))),
            (said_by,) if said_by else (),
            because={"kind": "coded so by its recorder"},
            engine=ENGINE,
        )
        if match["part"]:
            claim = replace(claim, parent=wholes.get(match["kind"]))
        else:
            wholes.setdefault(match["kind"], name)
        found.append(claim)
    return found


def _facts(text: str) -> dict[str, str]:
    facts: dict[str, str] = {}
    for line in text.split("\n")[1:]:
        match = _LINE.match(line)
        if match:
            facts.setdefault(match["name"], match["value"])
    return facts


def _told(words: str) -> str | None:
    return None if words in ("", _NOT_TOLD) else words


def _term(field: str, words: str) -> str | None:
    told = _told(words)
    return check(field, told) if told else None


def _when(words: str) -> DateRange | None:
    start, to, end = words.removeprefix("since ").partition(" to ")
    try:
        first = parse_day(start)
        if words.startswith("since "):
            return DateRange(first, None)
        return DateRange(first, parse_day(end) if to else first)
    except HarmledgerError:
        return None


def _where(words: str) -> tuple[str | None, Place | None]:
    parts = [part.strip() for part in words.split(";")]
    place = _told(parts[0])
    if len(parts) < 8:
        return place, None
    latitude, longitude = map(float, parts[1].split())
    admin1, admin2, identity = (None if part == "-" else part for part in parts[4:7])
    country = None if parts[3] == "-" else parts[3]
    precision = check("precision", parts[2])
    located = Place(identity or "", parts[7], latitude, longitude, precision, country, admin1, admin2)  # type: ignore[arg-type]
    return place, located
