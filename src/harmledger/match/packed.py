"""Events and profiles as bytes, and back: a year of them fits into memory or a file, and no code is ever loaded.

JSON and not pickle: what is read back comes from a file that somebody else may have touched.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from harmledger.counts import Count
from harmledger.dates import DateRange
from harmledger.match.plain import dumped, loaded
from harmledger.match.profile import Profile
from harmledger.model import Claim, Event, Span, Statement, Unnumbered, Victim
from harmledger.places import Place

_CLAIM = tuple(f.name for f in fields(Claim))
_SETS = frozenset(("names", "ages", "victims", "places", "hours", "streets"))


def event_bytes(event: Event) -> bytes:
    """Return an event with all that it holds as bytes."""
    return dumped(
        [
            event.id,
            event.report,
            [_claim_row(claim) for claim in event.claims],
            [[_ends(v.span), v.name, v.kind, v.age, v.sex, v.grown] for v in event.victims],
            [[_ends(u.span), u.kind, u.group, u.several] for u in event.unnumbered],
            event.main,
            event.published,
            event.outlet,
            event.text,
            [_claim_row(claim) for claim in event.context],
            event.heard,
            [[_ends(s.span), s.topic, s.place, s.sources, s.denied_by] for s in event.statements],
        ]
    )


def event_from(data: bytes) -> Event:
    """Return the event that ``event_bytes`` packed."""
    name, report, claims, victims, unnumbered, main, published, outlet, text, context, heard, stated = loaded(data)
    return Event(
        name,
        report,
        tuple(map(_claim, claims)),
        tuple(Victim(report, Span(*span), *rest) for span, *rest in victims),
        tuple(Unnumbered(report, Span(*span), *rest) for span, *rest in unnumbered),
        main,
        date.fromisoformat(published) if published else None,
        outlet,
        text,
        tuple(map(_claim, context)),
        tuple(heard),
        tuple(
            Statement(report, Span(*span), topic, place, tuple(sources), tuple(denied_by))
            for span, topic, place, sources, denied_by in stated
        ),
    )


def _ends(span: Span) -> list[int]:
    return [span.start, span.end]


def _claim_row(claim: Claim) -> list[Any]:
    row = [getattr(claim, name) for name in _CLAIM]
    row[2], row[3] = _ends(claim.span), _ends(claim.sentence)
    row[5] = [claim.count.value, claim.count.high, claim.count.bound]
    row[10] = _place_row(claim.located)
    row[11] = [claim.when.start, claim.when.end] if claim.when else None
    row[18] = dict(claim.because)
    return row


def _place_row(place: Place | None) -> list[Any] | None:
    if place is None:
        return None
    return [place.id, place.name, place.latitude, place.longitude, place.precision, place.country, place.admin1,
            place.admin2]  # fmt: skip


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _claim(row: Sequence[Any]) -> Claim:
    told = dict(zip(_CLAIM, row, strict=True))
    told["span"], told["sentence"] = Span(*told["span"]), Span(*told["sentence"])
    told["count"] = Count(*told["count"])
    told["located"] = Place(*told["located"]) if told["located"] else None
    if told["when"]:
        told["when"] = DateRange(date.fromisoformat(told["when"][0]), _day(told["when"][1]))
    told["munitions"], told["sources"] = tuple(told["munitions"]), tuple(told["sources"])
    return Claim(**told)


_ONE: dict[float, float] = {}
_PROFILE = tuple(f.name for f in fields(Profile))


def profile_bytes(profile: Profile) -> bytes:
    """Return a profile as bytes; words, how often they stand and their weights side by side."""
    row: list[Any] = []
    for name in _PROFILE:
        value = getattr(profile, name)
        if name in _SETS:
            value = sorted(value)
        elif name == "words":
            value = [list(value), list(value.values())]
        elif name == "weights":
            value = list(value.values() if isinstance(value, dict) else value)
        row.append(value)
    return dumped(row)


def profile_from(data: bytes) -> Profile:
    """Return the profile that ``profile_bytes`` packed."""
    told = dict(zip(_PROFILE, loaded(data), strict=True))
    for name in _SETS:
        told[name] = frozenset(told[name])
    words = [sys.intern(word) for word in told["words"][0]]
    # Few numbers stand for many words: each is kept once.
    told["words"] = {word: _ONE.setdefault(times, times) for word, times in zip(words, told["words"][1], strict=True)}
    told["weights"] = array("d", told["weights"]) if told["weights"] else {}
    told["order"] = tuple(told["order"])
    told["point"] = tuple(told["point"]) if told["point"] else None
    return Profile(**told)
