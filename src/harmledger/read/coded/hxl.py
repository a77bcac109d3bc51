"""A row of HXL to what it says, by its hashtags; the order of columns and of attributes is free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harmledger.dates import DateRange, parse_day
from harmledger.errors import DateError, ReportError
from harmledger.model import Group, Kind
from harmledger.places import Place, Precision
from harmledger.read.coded.row import CodedCount, CodedRow
from harmledger.standards import standard
from harmledger.standards.countries import country_named
from harmledger.vocabulary import labels

_KINDS: Mapping[str, Kind] = {
    "killed": "killed",
    "injured": "injured",
    "missing": "missing",
    "abducted": "detained",
    "displaced": "displaced",
    "idps": "displaced",
}
Tag = tuple[str, frozenset[str]]


def is_tag_row(row: Sequence[str]) -> bool:
    """Tell whether a row is that of hashtags: most of what stands in it begins with one."""
    told = [cell.strip() for cell in row if cell.strip()]
    return bool(told) and sum(cell.startswith("#") for cell in told) * 2 > len(told)


def tag_of(words: str) -> Tag:
    """Return a tag and its attributes.

    >>> tag_of("#affected +killed+min") == ("#affected", frozenset(("killed", "min")))
    True
    """
    name, *attributes = words.replace(" ", "").lower().split("+")
    return name, frozenset(attributes)


def hxl_row(cells: Mapping[str, str], where: str) -> CodedRow:
    """Return what a row of HXL says."""
    tagged = [(tag_of(name), value.strip()) for name, value in cells.items() if value.strip()]
    day = _value(tagged, "#date", "start") or _value(tagged, "#date", "occurred") or _value(tagged, "#date")
    last = _value(tagged, "#date", "end")
    name = _value(tagged, "#loc", "name")
    return CodedRow(
        _value(tagged, "#meta", "id") or where,
        tuple(_counts(tagged, where)),
        _dates(day, last, where),
        name,
        _place(tagged, name, where),
        _actor(_value(tagged, "#group")),
        _means(_value(tagged, "#cause")),
        said_by=_only(_value(tagged, "#meta", "source")),
    )


def _value(tagged: Sequence[tuple[Tag, str]], name: str, attribute: str = "") -> str | None:
    for (tag, attributes), value in tagged:
        if tag == name and (not attribute or attribute in attributes):
            return value
    return None


def _counts(tagged: Sequence[tuple[Tag, str]], where: str) -> list[CodedCount]:
    lows: dict[tuple[Kind, Group], int] = {}
    highs: dict[tuple[Kind, Group], int] = {}
    for (tag, attributes), value in tagged:
        key = _key(tag, attributes)
        if key is not None:
            number = _number(value, where, tag)
            (highs if "max" in attributes else lows)[key] = number
    wholes = {kind for kind, group in lows if group in ("people", "things")}
    found = []
    for (kind, group), low in lows.items():
        high = highs.get((kind, group))
        part = group in ("children", "women", "men") and kind in wholes
        found.append(CodedCount(kind, low, high if high is not None and high > low else None, group=group, part=part))
    return sorted(found, key=lambda count: count.part)


def _key(tag: str, attributes: frozenset[str]) -> tuple[Kind, Group] | None:
    if tag == "#impact" and "facilities" in attributes and "damaged" in attributes:
        return "damaged", "things"
    if tag != "#affected" or "hh" in attributes:
        return None
    kind: Kind = next((kind for word, kind in _KINDS.items() if word in attributes), "affected")
    if attributes & {"children", "infants", "adolescents"}:
        return kind, "children"
    if "f" in attributes:
        return kind, "women"
    return kind, "men" if "m" in attributes else "people"


def _number(value: str, where: str, tag: str) -> int:
    try:
        number = int(float(value))
    except (ValueError, OverflowError):
        raise ReportError(where, f"{tag} is {value[:40]!r}, not a number.") from None
    if not 0 <= number < 10**9:
        raise ReportError(where, f"{tag} is {value[:40]}, not a count of people.")
    return number


def _dates(start: str | None, end: str | None, where: str) -> DateRange | None:
    if not start:
        return None
    try:
        first = parse_day(start)
        return DateRange(first, parse_day(end) if end else first)
    except DateError as error:
        raise ReportError(where, str(error)) from error


def _place(tagged: Sequence[tuple[Tag, str]], name: str | None, where: str) -> Place | None:
    latitude, longitude = _value(tagged, "#geo", "lat"), _value(tagged, "#geo", "lon")
    if not latitude or not longitude:
        return None
    try:
        point = float(latitude), float(longitude)
    except ValueError:
        raise ReportError(where, f"{latitude}, {longitude} is no point.") from None
    if not (-90 <= point[0] <= 90 and -180 <= point[1] <= 180):
        raise ReportError(where, f"{latitude}, {longitude} is no point.", "Are latitude and longitude swapped?")
    told = _value(tagged, "#loc", "type") or ""
    precision: Precision = told if told in labels("precision") else "unknown"  # type: ignore[assignment]
    home = country_named(_value(tagged, "#country", "code") or _value(tagged, "#country") or "")
    admin1, admin2 = _value(tagged, "#adm1", "name"), _value(tagged, "#adm2", "name")
    return Place("", name or "", *point, precision, home.code if home else None, admin1, admin2)


def _actor(words: str | None) -> str | None:
    if not words or words in labels("actor"):
        return words
    known = {label.casefold(): actor for actor, label in labels("actor").items()}
    ged = {name: actor for actor, (name, _) in standard("ged")["actors"].items()}
    return known.get(words.casefold()) or ged.get(words) or "other"


def _means(words: str | None) -> str | None:
    return words if words in labels("means") else None


def _only(sources: str | None) -> str | None:
    named = [name.strip() for name in (sources or "").split(";") if name.strip()]
    return named[0] if len(named) == 1 else None
