"""The whole page, put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache
from importlib import resources
from itertools import islice

from jinja2 import Environment, StrictUndefined, Template

from harmledger.errors import ExportError
from harmledger.export.figures import Figure, figure
from harmledger.export.files import Bundle
from harmledger.export.losses import Losses
from harmledger.export.plan import Plan
from harmledger.export.report.figures_view import total_view, view_of
from harmledger.export.report.map import HEIGHT as MAP_HEIGHT
from harmledger.export.report.map import WIDTH as MAP_WIDTH
from harmledger.export.report.map import Map
from harmledger.export.report.timeline import HEIGHT as TIME_HEIGHT
from harmledger.export.report.timeline import timeline_of
from harmledger.export.rows import Total
from harmledger.model import Case, Kind
from harmledger.show.safe import visible
from harmledger.vocabulary import terms

# A page is read by people; beyond this a browser labours and nobody reads to the end.
MOST_INCIDENTS = 5000
_KINDS: tuple[Kind, ...] = ("killed", "injured")


class PageWriter:
    """Writes the report for people as HTML."""

    def __init__(self) -> None:
        self.meanings: dict[str, str] = {}

    def write(self, bundle: Bundle, cases: Iterable[Case], totals: Iterable[Total], losses: Losses, plan: Plan) -> None:
        """Write the page."""
        bundle.open(bundle.out).write(page(cases, totals, losses, plan).encode("utf-8", "replace"))


def page(cases: Iterable[Case], totals: Iterable[Total], losses: Losses, plan: Plan) -> str:
    """Return the page as text; ExportError where there are more incidents than a page can show."""
    kept = list(islice(cases, MOST_INCIDENTS + 1))
    if len(kept) > MOST_INCIDENTS:
        raise ExportError(
            f"{plan.out}: a report for people holds at most {MOST_INCIDENTS:,} incidents. Ask for fewer with --query "
            "(date:2030-05, place:…), or export csv or parquet."
        )
    kept.sort(key=_order)
    losses.rows += len(kept)
    drawn = Map(kept)
    return _template().render(
        title=visible(plan.title) or "Record of harm",
        made=datetime.fromtimestamp(plan.at, UTC).strftime("%Y-%m-%d") if plan.at else "",
        query=visible(str(plan.query)),
        profile=plan.profile,
        views=[view_of(case, number) for number, case in enumerate(kept, 1)],
        sums=[(kind, *_sum(kept, kind)) for kind in _KINDS],
        map=drawn.drawing(),
        map_size=(MAP_WIDTH, MAP_HEIGHT),
        without=drawn.without,
        timeline=timeline_of(kept),
        time_height=TIME_HEIGHT,
        totals=[total_view(total) for total in totals],
        grades=terms("grade"),
    )


def _order(case: Case) -> tuple[bool, str, str]:
    when = case.entry.when
    return when is None, str(when.start) if when else "", case.entry.incident


def _sum(cases: Sequence[Case], kind: Kind) -> tuple[int, int, int]:
    """Return the lowest and the highest sum over incidents, and how many incidents tell any."""
    found: list[Figure] = [known for case in cases if (known := figure(case, kind)) is not None]
    return sum(known.low for known in found), sum(known.top for known in found), len(found)


@cache
def _template() -> Template:
    source = (resources.files(__package__) / "page.html.j2").read_text(encoding="utf-8")
    style = sheet("page.css") + sheet("drawing.css")
    room = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    room.globals["style"] = style
    return room.from_string(source)


def sheet(name: str) -> str:
    """Return a style sheet of the report; ``drawing.css`` holds what maps and timelines are drawn with."""
    return (resources.files(__package__) / name).read_text(encoding="utf-8")
