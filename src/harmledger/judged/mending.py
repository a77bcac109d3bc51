"""One field of a claim set to what a person says it should read, and every field in the words a person would type.

Values are text, as typed: "14", "at least 14", "12 to 15", "dozens"; "2030-05-17", "2030-05-17 to 2030-05-19"; a term
of the lists; nothing at all for "not told".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any, get_args

from harmledger import vocabulary
from harmledger.counts import Bound, Count
from harmledger.dates import DateRange, parse_day
from harmledger.errors import HarmledgerError, JudgementError
from harmledger.model import Claim, Group, Kind, Role, Scope, Span, Status
from harmledger.places import Place

# Tells the place of a gazetteer's id, or None where it has no such place.
Places = Callable[[str], Place | None]

# The names by which a person may call a field, and the field's own name, which its reason stands under.
FIELDS: Mapping[str, str] = {
    "count": "value",
    "value": "value",
    "high": "high",
    "bound": "bound",
    "kind": "kind",
    "group": "group",
    "status": "status",
    "scope": "scope",
    "role": "role",
    "place": "place",
    "located": "located",
    "when": "when",
    "date": "when",
    "start_date": "start_date",
    "end_date": "end_date",
    "actor": "actor",
    "means": "means",
    "munitions": "munitions",
    "sources": "sources",
    "parent": "parent",
}
_LISTS: Mapping[str, tuple[str, ...]] = {
    "kind": get_args(Kind),
    "group": get_args(Group),
    "status": get_args(Status),
    "scope": get_args(Scope),
    "role": get_args(Role),
}
_BOUNDS: Mapping[str, Bound] = {
    "at least": "at_least",
    "more than": "at_least",
    "over": "at_least",
    "at most": "at_most",
    "up to": "at_most",
    "about": "about",
    "around": "about",
}
_COUNT = re.compile(
    rf"(?:({'|'.join(_BOUNDS)})\s+)?(\d[\d,]{{0,20}})(?:\s*(?:-|–|to|/)\s*(\d[\d,]{{0,20}}))?", re.IGNORECASE
)
_POINT = re.compile(r"\s*([-+]?\d{1,2}(?:\.\d{1,12})?)\s*[,;]\s*([-+]?\d{1,3}(?:\.\d{1,12})?)\s*")
_VAGUE = ("", "vague", "several", "dozens", "scores", "hundreds", "thousands", "many", "some")
_LONGEST = 500
# What a correction is tried on, to tell whether it makes sense by itself.
BLANK = Claim("", "", Span(0, 0), Span(0, 0), "killed", Count(1), "people", "unstated", "incident")


def point(value: str) -> Place | None:
    """Return the place that "latitude,longitude" gives; None where it is no point on earth.

    >>> point("35.4, 36.6").longitude
    36.6
    """
    match = _POINT.fullmatch(value)
    if match is None:
        return None
    latitude, longitude = float(match[1]), float(match[2])
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Place(f"point:{latitude},{longitude}", f"{latitude}, {longitude}", latitude, longitude, "exact_location")


def count_of(value: str) -> Count:
    """Return the count that a person typed; JudgementError where it is none.

    >>> count_of("at least 14"), count_of("12 to 15").high, count_of("dozens").value
    (Count(value=14, high=None, bound='at_least'), 15, None)
    """
    plain = " ".join(value.replace("_", " ").lower().split())
    if plain in _VAGUE:
        return Count(None, bound="vague")
    if plain in ("no", "none", "nobody"):
        return Count(0)
    match = _COUNT.fullmatch(plain)
    if match is None:
        raise JudgementError(f"{value!r} is no count. Write 14, at least 14, 12 to 15, or dozens.")
    low = int(match[2].replace(",", ""))
    high = int(match[3].replace(",", "")) if match[3] else None
    return Count(low, high, _BOUNDS[match[1]] if match[1] else "exact")


def _span_of(value: str) -> DateRange | None:
    plain = value.strip()
    if not plain:
        return None
    if plain.lower().startswith("since "):
        return DateRange(_day(plain[6:]), None)
    first, _, last = plain.replace("/", " to ").partition(" to ")
    return DateRange(_day(first), _day(last or first))


def _day(value: str) -> date:
    if not re.fullmatch(r"\s*\d{4}-\d\d-\d\d\s*", value):
        raise JudgementError(f"{value!r} is no day. Write it as YYYY-MM-DD.")
    return parse_day(value)


def _listed(name: str, value: str) -> str:
    if value not in _LISTS[name]:
        raise JudgementError(f"{name} cannot be {value!r}. It is one of: {', '.join(_LISTS[name])}.")
    return value


def _changes(claim: Claim, name: str, value: str, places: Places | None) -> dict[str, Any]:
    """Return what changes of a claim where its field ``name`` reads ``value``."""
    plain = value.strip()
    if name in _LISTS:
        return {name: _listed(name, plain)}
    if name == "value":
        return {"count": count_of(plain)}
    if name == "high":
        high = count_of(plain).value if plain else None
        return {
            "count": replace(claim.count, high=high, value=claim.count.value if claim.count.value is not None else high)
        }
    if name == "bound":
        bound = next((known for known in get_args(Bound) if known == plain), None)
        if bound is None:
            raise JudgementError(f"bound cannot be {value!r}. It is one of: {', '.join(get_args(Bound))}.")
        return {"count": replace(claim.count, bound=bound)}
    if name == "when":
        return {"when": _span_of(plain)}
    if name in ("start_date", "end_date"):
        return {"when": _ends(claim.when, name, plain)}
    if name in ("actor", "means"):
        return {name: vocabulary.check(name, plain) if plain else None}
    if name == "place":
        found = point(plain) or (places(plain) if places is not None else None)
        return {"place": (found.name if found else plain) or None, "located": found}
    if name == "located":
        return {"located": (point(plain) or (places(plain) if places is not None else None)) if plain else None}
    if name in ("sources", "munitions"):
        return {name: tuple(filter(None, (part.strip() for part in plain.split(";"))))}
    return {"parent": plain or None}


def _ends(when: DateRange | None, name: str, value: str) -> DateRange | None:
    if name == "start_date":
        if not value:
            return None
        start = _day(value)
        end = when.end if when is not None else start
        return DateRange(start, max(start, end) if end is not None else None)
    end = _day(value) if value else None
    if when is None:
        return None if end is None else DateRange(end, end)
    return DateRange(when.start if end is None else min(when.start, end), end)


def mended(claim: Claim, name: str, value: str, places: Places | None = None) -> Claim:
    """Return a claim with one field set to what a person typed; JudgementError that says what the field may hold.

    >>> mended(BLANK, "value", "at least 14").count
    Count(value=14, high=None, bound='at_least')
    """
    if name not in FIELDS:
        raise JudgementError(f"a claim has no field {name!r} to correct. Fields: {', '.join(FIELDS)}.")
    if len(value) > _LONGEST:
        raise JudgementError(f"{name} of {len(value)} characters is too long; {_LONGEST} are enough.")
    try:
        return replace(claim, **_changes(claim, FIELDS[name], value, places))
    except JudgementError:
        raise
    except HarmledgerError as error:
        raise JudgementError(str(error)) from error


def shown(claim: Claim, name: str) -> str:
    """Return a field of a claim in the words in which ``mended`` reads it.

    >>> shown(mended(BLANK, "date", "2030-05-17 to 2030-05-19"), "when")
    '2030-05-17 to 2030-05-19'
    """
    field = FIELDS[name]
    if field in ("value", "high", "bound"):
        return _count_words(claim.count)
    if field in ("when", "start_date", "end_date"):
        return str(claim.when) if claim.when else "not told"
    if field == "located":
        return claim.located.id if claim.located else "not told"
    value = getattr(claim, field)
    if isinstance(value, tuple):
        return "; ".join(value) or "not told"
    return "not told" if value is None else str(value)


def _count_words(count: Count) -> str:
    if count.value is None:
        return "vague"
    words = f"{count.value} to {count.high}" if count.high is not None else str(count.value)
    return words if count.bound == "exact" else f"{count.bound.replace('_', ' ')} {words}"
