"""Dates as a report words them, each resolved against the day the report speaks from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from harmledger.dates import DateRange
from harmledger.extract.anchor import HEAD_TOKENS, Anchor, anchor_of, exact_day, latest_day, settled_day, told_again
from harmledger.extract.calendar_words import Shape, ShapeKind
from harmledger.extract.date_shapes import date_shapes
from harmledger.extract.reading import Reading

_DAYS_IN = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "weekend": 7.0}

_MONTHS_IN = {"month": 1, "year": 12, "decade": 120}

_FUTURE = frozenset(
    ["will", "would", "shall", "next", "until", "till", "by", "scheduled", "expected", "due", "planned"]
) | {"opens", "begins", "starts", "upcoming"}


@dataclass(frozen=True, slots=True)
class DateMention:
    """Tokens ``first`` to ``last`` (half-open) name a time; ``range`` is None where no anchor resolves it.

    ``since`` marks a start with an open end. ``dateline`` marks the line that dates the report, not an event;
    ``counted`` is the length in days of a stretch told by its length ("the past ten days"), else 0.
    ``full`` is True where the year is told with it.
    """

    first: int
    last: int
    kind: ShapeKind
    range: DateRange | None
    because: str
    since: bool = False
    dateline: bool = False
    counted: int = 0
    full: bool = False


def _months_back(day: date, months: int) -> date:
    """Return the same day of an earlier month, or that month's last day."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    last = DateRange.month(year, month + 1).end
    assert last is not None
    return date(year, month + 1, min(day.day, last.day))


def _shifted(day: date, number: int, unit: str) -> date | None:
    """Return the day ``number`` units before (negative) or after a day; None where the calendar ends."""
    try:
        if unit in _MONTHS_IN:
            return _months_back(day, -number * _MONTHS_IN[unit])
        return day + timedelta(days=round(number * _DAYS_IN[unit]))
    except (OverflowError, ValueError):
        return None


class _Resolver:
    """Resolves shapes in order: "the next day" and a missing year look at what was told before."""

    def __init__(self, reading: Reading, anchor: Anchor | None) -> None:
        self.tokens = reading.tokens
        self.reading = reading
        self.anchor = anchor
        self.today = anchor.day if anchor else None
        self.told: date | None = None
        self.told_year: int | None = None
        self.period: DateRange | None = None

    def resolve(self, shape: Shape) -> DateRange | None:
        """Return the time a shape names, or None."""
        found = self._range(shape)
        if found is not None and shape.upto is not None:
            end = self._range(shape.upto)
            if end is None and shape.upto.year is None and shape.year is not None:
                end = self._range(replace(shape.upto, year=shape.year))
            last = end.end if end is not None else None
            if last is not None and last < found.start and shape.kind == "month" and found.start.year > 1:
                found = DateRange(found.start.replace(year=found.start.year - 1), found.start)
            if last is not None and last < found.start and shape.kind == "weekday":
                found = DateRange(found.start - timedelta(days=7), found.start)
            found = DateRange(found.start, last) if last is not None and last >= found.start else found
        # "the same day", "two days later" look back to a day that was named, not to one that was itself counted out.
        if found is not None and shape.kind in {"date", "weekday", "day", "holiday"}:
            self.told = found.end or found.start
            if self.period is None and shape.kind == "date" and shape.upto is not None and shape.first < HEAD_TOKENS:
                self.period = found
        return found

    def _range(self, shape: Shape) -> DateRange | None:
        match shape.kind:
            case "date":
                return self._date(shape)
            case "month":
                return self._month(shape)
            case "year":
                return _year_part(shape.year or 0, shape.third)
            case "season":
                return self._season(shape)
            case "told":
                return self._from_told(shape)
            case "period":
                return self.period
        return self._from_anchor(shape) if self.today is not None else None

    def _date(self, shape: Shape) -> DateRange | None:
        day: date | None = None
        if shape.year is not None:
            day = settled_day(shape, self.today)
            if day is not None:
                self.told_year = day.year
        elif self.told_year is not None and not (self.anchor and self.anchor.told):
            # A narrative that dates itself: "in the list released on October 26th" is of the year told before.
            day = exact_day(shape, self.told_year)
        elif self.today is not None:
            day = self._future(shape) or latest_day(shape, self.today)
        return DateRange.day(day) if day is not None else None

    def _future(self, shape: Shape) -> date | None:
        assert self.today is not None
        day = exact_day(shape, self.today.year)
        before = {self.tokens[j].norm for j in range(max(0, shape.first - 4), shape.first)}
        return day if day is not None and day > self.today and before & _FUTURE else None

    def _month(self, shape: Shape) -> DateRange | None:
        assert shape.month is not None
        year = shape.year
        if year is None and self.today is not None:
            year = self.today.year
            if shape.unit == "year":
                year += shape.aim or 0
            elif shape.aim == -1:
                year -= shape.month >= self.today.month
            elif shape.aim != 0 and shape.month > self.today.month:
                year -= 1
        if year is None or not 1 <= year < 9999:
            return None
        return _third_of(DateRange.month(year, shape.month), shape.third)

    def _season(self, shape: Shape) -> DateRange | None:
        year = shape.year
        assert shape.month is not None
        if year is None and self.today is not None:
            year = self.today.year - (shape.aim == -1 and shape.month >= self.today.month)
        if year is None:
            return None
        last = _shifted(date(year, shape.month, 1), 3, "month")
        return DateRange(date(year, shape.month, 1), last - timedelta(days=1)) if last is not None else None

    def _from_told(self, shape: Shape) -> DateRange | None:
        origin = self.told or self.today
        day = _shifted(origin, shape.number, shape.unit or "day") if origin is not None else None
        return DateRange.day(day) if day is not None else None

    def _from_anchor(self, shape: Shape) -> DateRange | None:
        assert self.today is not None
        today = self.today
        match shape.kind:
            case "weekday":
                return DateRange.day(self._weekday(shape))
            case "day":
                return DateRange(today + timedelta(days=shape.back[0]), today + timedelta(days=shape.back[1]))
            case "ago":
                day = _shifted(today, -shape.number, shape.unit)
                if day is None:
                    return None
                return DateRange.day(day) if shape.unit not in _MONTHS_IN else _around(day, shape.unit)
            case "age":
                day = _shifted(today, -shape.number, shape.unit)
                if day is None:
                    return None
                return DateRange(date(day.year, day.month if shape.unit == "month" else 1, 1), None)
            case "nth":
                return DateRange(today - timedelta(days=shape.number - 1), today)
            case "anniversary":
                day = _shifted(today, -shape.number, shape.unit)
                return DateRange.day(day) if day is not None else None
            case "part":
                return _part_of_year(today, shape)
            case "window":
                return _window(today, shape)
            case "holiday":
                return _holiday(today, shape)
        return None

    def _weekday(self, shape: Shape) -> date:
        assert self.today is not None
        back = (self.today.weekday() - (shape.weekday or 0)) % 7
        before = self.tokens[shape.first - 1].norm if shape.first else ""
        if shape.aim == 1 or (before in {"until", "till", "by"} and back):
            return self.today + timedelta(days=(7 - back) or 7)
        return self.today - timedelta(days=back)


def _around(day: date, unit: str) -> DateRange:
    """Return the month or year a rough distance points into ("three years ago")."""
    if unit == "month":
        return DateRange.month(day.year, day.month)
    return DateRange(date(day.year, 1, 1), date(day.year, 12, 31))


def _third_of(span: DateRange, third: int | None) -> DateRange:
    """Return early (1 to 10), mid (11 to 20) or late (21 to the end) of a month."""
    if third is None or span.end is None:
        return span
    starts = (span.start, span.start + timedelta(days=10), span.start + timedelta(days=20))
    return DateRange(starts[third], (starts[1], starts[2], span.end + timedelta(days=1))[third] - timedelta(days=1))


def _year_part(year: int, third: int | None) -> DateRange:
    first, last = ((1, 12), (1, 4), (5, 8), (9, 12))[0 if third is None else third + 1]
    return DateRange(date(year, first, 1), DateRange.month(year, last).end)


def _window(today: date, shape: Shape) -> DateRange | None:
    """Return "the past 24 hours", "this week" up to today, "last month" as the month before."""
    if shape.aim == -1 and shape.number > 0:
        # 48 hours reach two days back; two days are today and yesterday, and so are two days of shelling.
        number = shape.number - (shape.unit == "day" and (shape.whole or shape.number == 2))
        start = _shifted(today, -number, shape.unit)
        return DateRange(start, today) if start is not None and start <= today else None
    if shape.aim == 1:
        return None
    monday = today - timedelta(days=today.weekday())
    last = shape.aim == -1
    match shape.unit:
        case "week":
            return DateRange(monday - timedelta(days=7), monday - timedelta(days=1)) if last else _up_to(monday, today)
        case "weekend":
            saturday = today - timedelta(days=(today.weekday() - 5) % 7)
            return DateRange(saturday, saturday + timedelta(days=1))
        case "month":
            first = today.replace(day=1)
            before = _months_back(first, 1)
            return DateRange.month(before.year, before.month) if last else DateRange(first, today)
        case "year":
            start = date(today.year - last, 1, 1)
            return DateRange(start, date(start.year, 12, 31)) if last else DateRange(start, None)
        case "day" | "hour":
            return DateRange.day(today)
    return None


def _part_of_year(today: date, shape: Shape) -> DateRange:
    """Return so many months of a year; of the year before, where they are not over on the day of writing."""
    assert shape.month is not None
    year = shape.year or today.year - (shape.aim == -1)
    first, end = date(year, shape.month, 1), DateRange.month(year, shape.month + shape.number - 1).end
    assert end is not None
    if shape.year is None and shape.aim == 0 and first > today and year > 1:
        first, end = first.replace(year=year - 1), _months_back(end, 12)
    return DateRange(first, end)


def _up_to(first: date, today: date) -> DateRange:
    return DateRange(first, max(first, today - timedelta(days=1)))


def _holiday(today: date, shape: Shape) -> DateRange | None:
    entry = shape.entry or {}
    for year in (today.year, today.year - 1):
        if "nth" in entry:
            day = _nth_weekday(year, entry["month"], entry["weekday"], entry["nth"])
        else:
            day = date(year, entry["month"], entry["day"])
        if day <= today:
            return DateRange.day(day)
    return None


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    span = DateRange.month(year, month)
    assert span.end is not None
    if nth < 0:
        return span.end - timedelta(days=(span.end.weekday() - weekday) % 7)
    return span.start + timedelta(days=(weekday - span.start.weekday()) % 7 + 7 * (nth - 1))


def date_expressions(reading: Reading) -> list[DateMention]:
    """Return the times a report names, in order, resolved against its anchor.

    >>> from harmledger.model import Report
    >>> from harmledger.extract.reading import read_through
    >>> report = Report("r", "Two were killed on Wednesday.", date(2019, 8, 29))
    >>> str(date_expressions(read_through(report))[0].range)
    '2019-08-28'
    """
    shapes = date_shapes(reading.tokens)
    anchor = anchor_of(reading, shapes)
    resolver = _Resolver(reading, anchor)
    return [_mention(reading, shape, anchor, resolver) for shape in shapes]


def _mention(reading: Reading, shape: Shape, anchor: Anchor | None, resolver: _Resolver) -> DateMention:
    if anchor is not None and (anchor.first == shape.first or told_again(reading.tokens, shape, anchor)):
        return DateMention(
            shape.first, shape.last, shape.kind, DateRange.day(anchor.day), anchor.because, dateline=True
        )
    found = resolver.resolve(shape)
    if found is not None and (shape.since or shape.kind == "age"):
        found = DateRange(found.start, None)
    because = f"'{reading.words(shape.first, shape.last)}'"
    if found is not None and anchor is not None and shape.kind not in {"date", "year"}:
        because += f" {'before' if shape.kind == 'weekday' else 'seen from'} {anchor.because}"
    counted = 0
    if shape.kind == "window" and shape.number > 0:
        counted = max(1, round(shape.number * _DAYS_IN.get(shape.unit, 30.0 * _MONTHS_IN.get(shape.unit, 1))))
    return DateMention(
        shape.first, shape.last, shape.kind, found, because, shape.since, counted=counted, full=shape.year is not None
    )
