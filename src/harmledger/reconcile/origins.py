"""Who an incident's figures rest on: independent origins, told apart from the outlets that repeat them.

Ten outlets that quote one observatory are one origin, and so are copies of one text. A report in its own voice is an
origin by itself, under its outlet's name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from zlib import crc32

from harmledger.model import Claim, Event, Incident, Origin
from harmledger.reconcile.speakers import same_speaker

# Of runs of so many words, copies share this part of the shorter text's; rewritten dispatches share far less.
_RUN = 6
_COPY = 0.5
_MOST_RUNS = 600
_MOST_HEARD = 20
OWN_VOICE = "tells it in its own voice"
_WORD = re.compile(r"[^\W_]+")


def _runs(text: str) -> frozenset[int]:
    words = [word.lower() for word in _WORD.findall(text[:20_000])]
    starts = range(max(1, len(words) - _RUN + 1))
    runs = {crc32(" ".join(words[place : place + _RUN]).encode()) for place in starts}
    return frozenset(sorted(runs)[:_MOST_RUNS])


def copies_of(events: Sequence[Event]) -> dict[str, str]:
    """Return, for each report whose text is mostly an earlier one's, the report it copies.

    Runs of words are met through an index, so that the work grows with the text and not with its pairs.
    """
    if len(events) < 2:
        return {}
    first_with: dict[int, int] = {}
    copied: dict[str, str] = {}
    for number, event in enumerate(events):
        runs = _runs(event.text)
        met: dict[int, int] = {}
        for run in runs:
            earlier = first_with.setdefault(run, number)
            if earlier != number:
                met[earlier] = met.get(earlier, 0) + 1
        if met:
            best = max(met, key=lambda earlier: (met[earlier], -earlier))
            if met[best] >= _COPY * len(runs):
                original = events[best].report
                copied[event.report] = copied.get(original, original)
    return copied


def _tolls(claims: Iterable[Claim]) -> list[Claim]:
    counted = [claim for claim in claims if claim.role != "denied"]
    return [claim for claim in counted if claim.kind in ("killed", "injured", "casualties", "detained")] or counted


def origins_of(incident: Incident) -> tuple[Origin, ...]:
    """Return the independent origins of an incident's figures, the one most repeated first."""
    copied = copies_of(incident.events)
    named: list[tuple[str, list[str]]] = []
    own: dict[str, list[str]] = {}
    for event in incident.events:
        if event.report in copied:
            continue
        speakers = dict.fromkeys(claim.sources[0] for claim in _tolls(event.claims) if claim.sources)
        for speaker in speakers:
            _file(named, speaker, event.report)
        if not speakers or any(not claim.sources for claim in _tolls(event.claims)):
            own.setdefault(event.outlet or f"report {event.report}", []).append(event.report)
    if named:  # a report that quotes others adds no origin of its own for what it sums up
        quoting = {report for _, reports in named for report in reports}
        own = {outlet: kept for outlet, reports in own.items() if (kept := [r for r in reports if r not in quoting])}
    found = [Origin(name, tuple(dict.fromkeys(reports)), "credited with the count") for name, reports in named]
    found += [Origin(outlet, tuple(reports), OWN_VOICE) for outlet, reports in own.items()]
    with_copies = [_with_copies(origin, copied) for origin in found]
    return tuple(sorted(with_copies, key=lambda origin: (-len(origin.reports), origin.name)))


def _file(named: list[tuple[str, list[str]]], speaker: str, report: str) -> None:
    for place, (name, reports) in enumerate(named):
        if same_speaker(name, speaker):
            reports.append(report)
            named[place] = (max(name, speaker, key=len), reports)
            return
    named.append((speaker, [report]))


def _with_copies(origin: Origin, copied: dict[str, str]) -> Origin:
    repeats = tuple(copy for copy, original in copied.items() if original in origin.reports)
    return Origin(origin.name, origin.reports + repeats, origin.because) if repeats else origin


def also_heard(incident: Incident, origins: Sequence[Origin]) -> tuple[str, ...]:
    """Return who else speaks of an incident, without being credited with a count; copies add nobody."""
    copied = copies_of(incident.events)
    found: list[str] = []
    for event in incident.events:
        if event.report not in copied:
            for name in event.heard:
                known = [*(origin.name for origin in origins), *found]
                if not any(same_speaker(name, other) for other in known):
                    found.append(name)
    return tuple(found[:_MOST_HEARD])


def told_origins(origins: Sequence[Origin]) -> str:
    """Return origins as a sentence: "2 independent origins (A; B), 7 others repeat A"."""
    if not origins:
        return "no origin is named"
    shown = "; ".join(origin.name for origin in origins[:4]) + ("; …" if len(origins) > 4 else "")
    count = f"{len(origins)} independent origin{'s' if len(origins) > 1 else ''} ({shown})"
    repeats = len(origins[0].reports) - 1
    if not repeats:
        return count
    more = "1 other repeats" if repeats == 1 else f"{repeats} others repeat"
    return f"{count}, {more} {origins[0].name}"
