"""One report as a recorder wants it: incidents with their tolls, then what belongs to no single incident."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from harmledger.counts import CountRange, combine
from harmledger.model import Claim, Entry, Group, Incident, Kind, Report, Statement, Victim
from harmledger.show.records import (
    Record,
    claim_records,
    incident_record,
    report_record,
    statement_record,
    victim_record,
)
from harmledger.show.words import claim_words, count_words, group_words, range_words

# These are told apart from incidents, whatever their scope.
APART: Mapping[str, str] = {"displaced": "Displaced", "affected": "Affected", "damaged": "Damaged or destroyed"}
TOTALS, LOOSE = "Running totals", "Harm tied to no incident"
_GROUPS: tuple[Group, ...] = ("children", "women", "men", "women_and_children")
_KINDS: tuple[Kind, ...] = ("killed", "injured", "casualties", "missing", "detained")


@dataclass(frozen=True, slots=True)
class Page:
    """All that one report says. ``incidents`` and ``entries`` go in pairs."""

    report: Report
    claims: Sequence[Claim]
    incidents: Sequence[Incident]
    entries: Sequence[Entry]
    statements: Sequence[Statement] = ()
    victims: Sequence[Victim] = ()


@dataclass(frozen=True, slots=True)
class Toll:
    """What was counted of one kind of harm, and the counts of those among them."""

    kind: Kind
    figure: str
    parts: tuple[str, ...]


def told_apart(page: Page) -> dict[str, list[Claim]]:
    """Return the claims that belong to no incident's toll, under the headings they are shown by."""
    groups: dict[str, list[Claim]] = {heading: [] for heading in (LOOSE, TOTALS, *APART.values())}
    held = {claim.id for incident in page.incidents for claim in in_incident(incident)}
    for claim in page.claims:
        if claim.kind in APART:
            groups[APART[claim.kind]].append(claim)
        elif claim.id not in held:
            groups[TOTALS if claim.scope == "cumulative" else LOOSE].append(claim)
    return {heading: claims for heading, claims in groups.items() if claims}


def in_incident(incident: Incident) -> list[Claim]:
    """Return the claims shown in an incident's own block."""
    return [claim for claim in incident.claims if claim.kind in _KINDS and claim.scope == "incident"]


def tolls(claims: Sequence[Claim], entry: Entry | None, text: str) -> list[Toll]:
    """Return the tolls of an incident: the record's ranges where it has them, else what the claims say."""
    recorded = {"killed": entry.killed, "injured": entry.injured} if entry else {}
    found = []
    for kind in _KINDS:
        mine = [claim for claim in claims if claim.kind == kind]
        if mine:
            known = recorded.get(kind)
            wholes = [c for c in mine if c.parent is None and c.group == "people"] or [
                c for c in mine if c.parent is None
            ]
            figure = range_words(known) if known else _figure(wholes or mine, text)
            found.append(Toll(kind, figure, tuple(_parts(mine, wholes, _recorded_parts(entry, kind), text))))
    return found


def _recorded_parts(entry: Entry | None, kind: Kind) -> dict[Group, CountRange | None]:
    if entry is None or kind != "killed":
        return {}
    parts: dict[Group, CountRange | None] = {
        "children": entry.children_killed,
        "women": entry.women_killed,
        "men": entry.men_killed,
    }
    # What only subtraction gives ("14 killed less 6 and 2 of the other groups") is nobody's statement: it is not shown.
    return {group: known for group, known in parts.items() if " less " not in entry.because.get(f"{group}_killed", "")}


def _parts(
    mine: Sequence[Claim], wholes: Sequence[Claim], recorded: Mapping[Group, CountRange | None], text: str
) -> list[str]:
    """Return the counts of groups: the record's where it has one, else those that the text calls a part of a whole."""
    parts: list[str] = []
    for group in _GROUPS:
        known = recorded.get(group)
        theirs = [claim for claim in mine if claim.group == group]
        theirs = [claim for claim in theirs if claim.parent] or theirs
        if known or theirs:
            figure = range_words(known) if known else _figure(theirs, text)
            parts.append(f"{figure} {group_words(group, figure == '1')}")
    others = [claim for claim in mine if claim.parent and claim.group == "people" and claim not in wholes]
    parts += [f"{count_words(claim.count, claim.span.of(text))} of them" for claim in others]
    return list(dict.fromkeys(parts))


def _figure(claims: Sequence[Claim], text: str) -> str:
    """Return the one count that the claims state, or the range from the lowest to the highest."""
    words = list(dict.fromkeys(count_words(claim.count, claim.span.of(text)) for claim in claims))
    if len(words) == 1:
        return words[0]
    ranges = [_range(claim) for claim in claims]
    known = combine(r for r in ranges if r is not None)
    return range_words(known) if known else ", ".join(words)


def _range(claim: Claim) -> CountRange | None:
    count = claim.count
    if count.value is None:
        return None
    return CountRange(count.value, None if count.bound == "at_least" else count.high or count.value)


def page_record(page: Page) -> Record:
    """Return a report with all that it says as one record; each claim with its words and its sentence."""
    text = page.report.text
    records = dict(zip((c.id for c in page.claims), _with_words(page.claims, text), strict=True))
    return {
        "report": report_record(page.report),
        "incidents": [
            {**incident_record(entry), "claims": [records[c.id] for c in in_incident(incident) if c.id in records]}
            for incident, entry in zip(page.incidents, page.entries, strict=True)
        ],
        "apart": {heading: [records[c.id] for c in claims] for heading, claims in told_apart(page).items()},
        "statements": [statement_record(statement, text) for statement in page.statements],
        "victims": [victim_record(victim) for victim in page.victims],
    }


def page_rows(page: Page) -> Iterable[Mapping[str, Any]]:
    """Return one row a claim, with the incident it belongs to; for tables."""
    incident_of = {claim.id: incident.id for incident in page.incidents for claim in incident.claims}
    for claim, record in zip(page.claims, _with_words(page.claims, page.report.text), strict=True):
        yield {"incident": incident_of.get(claim.id), **record}


def _with_words(claims: Sequence[Claim], text: str) -> list[Record]:
    return [
        {
            **record,
            "said": claim_words(claim, text),
            "words": claim.span.of(text),
            "sentence": claim.sentence.of(text),
        }
        for claim, record in zip(claims, claim_records(claims), strict=True)
    ]
