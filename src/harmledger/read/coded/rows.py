"""Each standard's row to what it says: the rules of ``standards`` the other way round."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from harmledger.dates import DateRange, parse_day
from harmledger.errors import DateError, ReportError
from harmledger.model import Group, Kind, Status
from harmledger.places import Place, Precision
from harmledger.read.coded.row import CodedCount, CodedRow
from harmledger.standards import Rules, standard
from harmledger.standards.countries import country_named

Cells = Mapping[str, str]
Reading = Callable[[Cells, str], CodedRow]
_GROUPS: tuple[Group, ...] = ("children", "women", "men")
_MOST = 10**9


def ged_row(cells: Cells, where: str) -> CodedRow:
    """Return what a row of UCDP GED says. ``best`` stays in the file: a claim has its lowest and highest figure."""
    rules = standard("ged")
    low, best, high = (_number(cells, name, where) for name in ("low", "best", "high"))
    low, high = (best if low is None else low), (best if high is None else high)
    counts = []
    if low is not None and high is not None:
        if not low <= (best if best is not None else low) <= high:
            raise ReportError(where, f"low {low}, best {best}, high {high} do not stand in this order.")
        parts: dict[Status, int] = {
            "civilian": _number(cells, "deaths_civilians", where) or 0,
            "combatant": (_number(cells, "deaths_a", where) or 0) + (_number(cells, "deaths_b", where) or 0),
            "unstated": _number(cells, "deaths_unknown", where) or 0,
        }
        counts = list(_deaths(low, high, {name: number for name, number in parts.items() if number}))
    original = cells.get("source_original") or cells.get("source_office")
    return CodedRow(
        cells.get("relid") or cells.get("id") or where,
        tuple(counts),
        _dates(cells.get("date_start"), cells.get("date_end"), where),
        cells.get("where_description") or cells.get("where_coordinates") or None,
        _place(cells, rules, "where_coordinates", "where_prec", ("adm_1", "adm_2"), where),
        _actor(rules, cells.get("side_a")),
        said_by=_only_one(original),
    )


def _deaths(low: int, high: int, parts: Mapping[Status, int]) -> Iterator[CodedCount]:
    if len(parts) == 1:
        yield CodedCount("killed", low, high if high > low else None, status=next(iter(parts)))
        return
    mixed: Status = "mixed" if {"civilian", "combatant"} <= set(parts) else "unstated"
    yield CodedCount("killed", low, high if high > low else None, status=mixed)
    for name, number in parts.items():
        if name != "unstated":
            yield CodedCount("killed", number, status=name, part=True)


def acled_row(cells: Cells, where: str) -> CodedRow:
    """Return what a row of ACLED says: fatalities are the lowest figure, and 0 tells nothing."""
    rules = standard("acled")
    deaths = _number(cells, "fatalities", where) or 0
    event, sub = cells.get("event_type", ""), cells.get("sub_event_type", "")
    civilian = bool(cells.get("civilian_targeting")) or event == "Violence against civilians"
    means, munitions = _means_of_event(rules, sub)
    day = _dates(cells.get("event_date"), cells.get("event_date"), where)
    return CodedRow(
        _tag(cells, "harmledger") or cells.get("event_id_cnty") or where,
        (CodedCount("killed", deaths, bound="at_least", status="civilian" if civilian else "unstated"),) * bool(deaths),
        _spread(day, rules, _number(cells, "time_precision", where)),
        cells.get("location") or None,
        _place(cells, rules, "location", "geo_precision", ("admin1", "admin2"), where),
        _actor(rules, cells.get("actor1")),
        means,
        munitions,
        _only_one(cells.get("source")),
    )


def airwars_row(cells: Cells, where: str) -> CodedRow:
    """Return what an incident of Airwars says."""
    rules = standard("airwars")
    counts = list(_airwars_counts(cells, rules, where))
    strikes = {name: means for means, name in rules["strike"].items() if means != "source" and name != "Unknown"}
    strike = cells.get("strike_type_name", "")
    words = {name: word for word, name in rules["strike_words"].items() if word != "source"}
    return CodedRow(
        cells.get("code") or cells.get("post_id") or where,
        tuple(counts),
        _dates(cells.get("date"), cells.get("date_end") or cells.get("date"), where),
        cells.get("geojson_caption") or cells.get("location_name") or None,
        _place(cells, rules, "location_name", "geolocation_accuracy_slug", ("region", ""), where, "country_name"),
        _actor(rules, cells.get("belligerent_1_belligerent_name")),
        "airstrike" if words.get(strike) == "drone" else strikes.get(strike),
        ("drone",) if words.get(strike) == "drone" else (),
    )


def _airwars_counts(cells: Cells, rules: Rules, where: str) -> Iterator[CodedCount]:
    who: dict[str, Status] = {
        "civilian_non_combatants": "civilian", "belligerents": "combatant", "undetermined": "unstated",
    }  # fmt: skip
    kinds: tuple[Kind, ...] = ("killed", "injured")
    for kind in kinds:
        whole = False
        for category, status in who.items():
            found = _pair(cells, f"{category}_{kind}", where)
            if found:
                whole = True
                yield CodedCount(kind, found[0], found[1], status=status)
        for group in _GROUPS:
            found = _pair(cells, f"{group}_{kind}", where)
            if found:
                yield CodedCount(kind, found[0], found[1], group=group, status="civilian", part=whole)


def _pair(cells: Cells, name: str, where: str) -> tuple[int, int | None] | None:
    low, high = _number(cells, f"{name}_min", where), _number(cells, f"{name}_max", where)
    low = high if low is None else low
    if low is None or not (low or high):
        return None
    if high is not None and high < low:
        raise ReportError(where, f"{name}: the highest figure {high} is below the lowest {low}.")
    return low, high if high != low else None


def incident_row(cells: Cells, where: str) -> CodedRow:
    """Return what a row of harmledger's own flat table says (csv, geojson, jsonl)."""
    counts: list[CodedCount] = []
    kinds: tuple[Kind, ...] = (
        "killed", "injured", "casualties", "missing", "detained", "displaced", "affected", "damaged",
    )  # fmt: skip
    for kind in kinds:
        whole = _flat_count(cells, kind, kind, where, False)
        counts += [whole] if whole else []
        for group in _GROUPS if kind in ("killed", "injured") else ():
            part = _flat_count(cells, f"{group}_{kind}", kind, where, whole is not None, group)
            counts += [part] if part else []
    latitude = cells.get("latitude")
    place = None
    if latitude:
        precision: Precision = cells.get("precision") or "unknown"  # type: ignore[assignment]
        point = _point(cells, where)
        place = Place(
            cells.get("place_id") or "", cells.get("location") or "", *point, precision,
            cells.get("country_code") or None, cells.get("admin1") or None, cells.get("admin2") or None,
        )  # fmt: skip
    return CodedRow(
        cells.get("incident") or where,
        tuple(counts),
        _dates(cells.get("date_start"), cells.get("date_end"), where),
        cells.get("place") or None,
        place,
        cells.get("actor") or None,
        cells.get("means") or None,
        tuple(filter(None, (word.strip() for word in cells.get("munitions", "").split(";")))),
        _only_one(cells.get("sources")),
    )


def _flat_count(
    cells: Cells, name: str, kind: Kind, where: str, part: bool, group: Group = "people"
) -> CodedCount | None:
    low, high = _number(cells, f"{name}_low", where), _number(cells, f"{name}_high", where)
    if low is None:
        return None
    still_open = cells.get(f"{name}_open", "").lower() in ("true", "1")
    shown: Group = "things" if kind == "damaged" else group
    status: Status = cells.get(f"{name}_status") or "unstated"  # type: ignore[assignment]
    top = high if high is not None and high > low and not still_open else None
    return CodedCount(kind, low, top, "at_least" if still_open else "exact", shown, status, part)


def _place(
    cells: Cells, rules: Rules, name: str, precision: str, areas: tuple[str, str], where: str, home: str = "country"
) -> Place | None:
    if not cells.get("latitude") or not cells.get("longitude"):
        return None
    known = country_named(cells.get(home, "")) or country_named(cells.get("iso", ""))
    point = _point(cells, where)
    words = cells.get(name) or ""
    return Place(
        "", words, *point, _precision(rules, cells.get(precision, "")), known.code if known else None,
        cells.get(areas[0]) or None, cells.get(areas[1]) or None if areas[1] else None,
    )  # fmt: skip


def _point(cells: Cells, where: str) -> tuple[float, float]:
    try:
        latitude, longitude = float(cells["latitude"]), float(cells["longitude"])
    except (KeyError, ValueError):
        raise ReportError(where, "has no point that can be read.", "Write degrees: 35.86, 36.81.") from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise ReportError(where, f"{latitude}, {longitude} is no point.", "Are latitude and longitude swapped?")
    return latitude, longitude


def _precision(rules: Rules, code: str) -> Precision:
    """Return the precision that a code stands for; of several the middle one, since the code does not tell."""
    fitting = [name for name, known in rules["precision"].items() if name != "source" and str(known) == code]
    if code in rules["precision"]:
        return code  # type: ignore[return-value]
    if not fitting:
        return "unknown"
    return "town" if "town" in fitting else fitting[0]


def _actor(rules: Rules, name: str | None) -> str | None:
    if not name:
        return None
    for actor, known in rules["actors"].items():
        if actor != "source" and name == (known if isinstance(known, str) else known[0]) and actor != "multiple":
            return str(actor)
    return "other"


def _means_of_event(rules: Rules, sub: str) -> tuple[str | None, tuple[str, ...]]:
    row = next((row for row in rules["event"] if row["sub"] == sub), None)
    if row is None or ("means" not in row and "munition_words" not in row):
        return None, ()
    words = tuple(row.get("munition_words", ()))
    return ("explosive" if words else row["means"][0]), words


def _spread(day: DateRange | None, rules: Rules, code: int | None) -> DateRange | None:
    """Return the days that a day with a precision code stands for: a code of 2 or 3 is no single day."""
    if day is None or code in (None, 1):
        return day
    if code == 3:
        return DateRange.month(day.start.year, day.start.month)
    first = max(day.start.toordinal() - 3, 1)
    return DateRange(day.start.fromordinal(first), day.start.fromordinal(min(first + 6, day.start.max.toordinal())))


def _dates(start: str | None, end: str | None, where: str) -> DateRange | None:
    if not start:
        return None
    try:
        first = parse_day(start)
        return DateRange(first, parse_day(end) if end else None)
    except DateError as error:
        raise ReportError(where, str(error)) from error


def _number(cells: Cells, name: str, where: str) -> int | None:
    value = (cells.get(name) or "").strip()
    if not value:
        return None
    try:
        number = float(value)
    except ValueError:
        raise ReportError(where, f"{name} is {value[:40]!r}, not a number.") from None
    if number != number or not 0 <= number < _MOST or number != int(number):
        raise ReportError(where, f"{name} is {value[:40]}, not a count of people.")
    return int(number)


def _only_one(sources: str | None) -> str | None:
    """Return the source where one only is named: of several it is not told which said what."""
    named = [name.strip() for name in (sources or "").split(";") if name.strip()]
    return named[0] if len(named) == 1 else None


def _tag(cells: Cells, name: str) -> str | None:
    parts = (part.strip().partition("=") for part in cells.get("tags", "").split(";"))
    return next((value for key, _, value in parts if key == name and value), None)
