"""One incident for who checks it: its reports, origins, ranges, what was left out, and why it is one incident."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from harmledger.model import Entry, Incident, Link
from harmledger.show.safe import visible
from harmledger.show.words import place_words, range_words, term_words

_TOLLS = ("killed", "injured", "children_killed", "women_killed", "men_killed")
# A bar of the waterfall: so many columns for the heaviest weight.
_BAR = 16


def incident_view(incident: Incident, entry: Entry) -> RenderableType:
    """Return an incident with every reason that the record has for it."""
    parts: list[RenderableType] = [Text(f"incident {entry.incident}", style="bold"), _figures(entry)]
    parts += _section("Reports", [f"{number}. {report}" for number, report in enumerate(entry.reports, 1)])
    origins = [
        f"{origin.name}: {', '.join(origin.reports)}" + (f" ({origin.because})" if origin.because else "")
        for origin in entry.origins
    ]
    parts += _section("Origins", origins)
    parts += _section("Left out", [f"{out.field} {out.claim[:8]}: {out.because}" for out in entry.left_out])
    parts += _section("Contradictions", entry.contradictions)
    parts += _section("Warnings", entry.warnings)
    parts += _section("Corrected", entry.corrections)
    parts += _section("Confirmed", [f"claim {claim[:8]}" for claim in entry.confirmed])
    parts += _section("Notes", entry.notes)
    parts += _section("Earlier ids", incident.former)
    for link in incident.links:
        parts.append(_link(link))
    return Group(*parts, Text())


def _figures(entry: Entry) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    known = [field for field in _TOLLS if field in entry.tolls]
    for field in (*known, *(field for field in entry.tolls if field not in _TOLLS)):
        _row(table, _toll_words(field), _ranged(entry, field), entry.because.get(field, ""))
    _row(table, "place", place_words(entry.place, entry.located), entry.because.get("place", ""))
    _row(table, "date", str(entry.when) if entry.when else "not told", entry.because.get("when", ""))
    _row(table, "actor", term_words(entry.actor), entry.because.get("actor", ""))
    _row(table, "means", term_words(entry.means), entry.because.get("means", ""))
    _row(table, "grade", entry.grade, entry.because.get("grade", ""))
    return Padding(table, (0, 0, 0, 2))


def _toll_words(field: str) -> str:
    return field.replace("_", " ")


def _ranged(entry: Entry, field: str) -> str:
    counted, best = entry.tolls[field], entry.best.get(field)
    single = counted.high == counted.low
    return range_words(counted) + (f", best {best:,}" if best is not None and not single else "")


def _row(table: Table, name: str, value: str, because: str) -> None:
    table.add_row(Text(f"{name:<15}"), Text(visible(value)), Text(visible(because), style="dim"))


def _section(heading: str, lines: Iterable[str]) -> list[RenderableType]:
    rows: Sequence[Text] = [Text(f"  {visible(line)}") for line in lines]
    return [Text(f"\n{heading}", style="bold"), *rows] if rows else []


def _link(link: Link) -> RenderableType:
    """Return why two reports are one, as a waterfall: bars to the right speak for it, to the left against."""
    heading = f"\n{link.report} + {link.other}: probability {link.probability:.2f}"
    rows = [Text(visible(heading + (f", {link.judged}" if link.judged else "")), style="bold")]
    heaviest = max((abs(weight) for _, weight in link.weights), default=1.0) or 1.0
    for reason, weight in link.weights:
        bar = "█" * max(1, round(_BAR * abs(weight) / heaviest))
        drawn = f"{'':>{_BAR}}│{bar:<{_BAR}}" if weight >= 0 else f"{bar:>{_BAR}}│{'':<{_BAR}}"
        rows.append(Text(f"  {weight:+6.2f} {drawn} {visible(reason)}"))
    return Group(*rows)
