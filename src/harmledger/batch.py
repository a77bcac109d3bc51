"""Many reports at once: every core does its share, and the results come in the order of the reports."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import cache
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from harmledger.errors import GazetteerError, HarmledgerError, ReportError
from harmledger.home import home
from harmledger.model import Claim, Entry, Event, Report

if TYPE_CHECKING:
    from harmledger.gazetteer import Gazetteer
    from harmledger.show.page import Page

Made = TypeVar("Made")

# Starting processes costs more than it saves for fewer reports than this.
_WORTH_IT = 128
_SHARE = 16


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@cache
def _gazetteer(folder: Path, process: int) -> Gazetteer:
    """Return the gazetteer of a home folder, opened once in each process: an open index must not cross a fork."""
    from harmledger.gazetteer import open_gazetteer

    return open_gazetteer(folder)


def claims_of(report: Report) -> list[Claim]:
    """Return a report's claims, their places found in the gazetteer of the home folder."""
    from harmledger.extract.engine import extract_claims

    return extract_claims(report, gazetteer=_gazetteer(home(), os.getpid()))


def each_report(
    make: Callable[[Report], Made], found: Iterable[Report | ReportError], jobs: int | None = None
) -> Iterator[tuple[Report | None, Made | ReportError]]:
    """Yield each report with what ``make`` makes of it, in order; a failure to read comes in its place, without report.

    ``make`` is a function of a module, so that other processes can be told of it. ``jobs`` 1 stays in this process.
    """
    todo = iter(found)
    first = list(islice(todo, _WORTH_IT))
    workers = cores() if jobs is None else jobs
    if workers < 2 or len(first) < _WORTH_IT:
        for item in chain(first, todo):
            yield (None, item) if isinstance(item, ReportError) else (item, _made(make, item))
        return
    yield from _shared(make, chain(first, todo), workers)


def _shared(
    make: Callable[[Report], Made], found: Iterator[Report | ReportError], workers: int
) -> Iterator[tuple[Report | None, Made | ReportError]]:
    with ProcessPoolExecutor(workers) as pool:
        waiting: deque[tuple[list[Report | ReportError], Future[list[Made | ReportError]]]] = deque()
        while True:
            while len(waiting) < 2 * workers + 1 and (share := list(islice(found, _SHARE))):
                reports = [item for item in share if not isinstance(item, ReportError)]
                waiting.append((share, pool.submit(_make_all, make, reports)))
            if not waiting:
                return
            share, future = waiting.popleft()
            made = iter(future.result())
            for item in share:
                yield (None, item) if isinstance(item, ReportError) else (item, next(made))


def _make_all(make: Callable[[Report], Made], reports: Sequence[Report]) -> list[Made | ReportError]:
    return [_made(make, report) for report in reports]


def _made(make: Callable[[Report], Made], report: Report) -> Made | ReportError:
    """Return what is made of a report, or what went wrong: one report must not stop the others."""
    try:
        return make(report)
    except GazetteerError:
        raise  # it would fail for every report
    except ReportError as error:
        return error
    except HarmledgerError as error:
        return ReportError(report.id, str(error))
    except Exception as error:
        return ReportError(
            report.id,
            f"could not be read through ({type(error).__name__}: {error}).",
            "This is a fault in harmledger; please report it.",
        )


def page_of(report: Report) -> Page:
    """Return all that one report says, its incidents made from it alone."""
    from harmledger.extract.reading import read_through
    from harmledger.extract.statements import statements
    from harmledger.extract.victims_named import victims_named
    from harmledger.match import match_incidents
    from harmledger.reconcile import reconcile
    from harmledger.show.page import Page

    claims = claims_of(report)
    incidents = match_incidents([(report, claims)], apart=True)
    reading = read_through(report)
    return Page(report, claims, incidents, reconcile(incidents), statements(reading), victims_named(reading))


def entries_apart(report: Report) -> list[Entry]:
    """Return the record of one report's incidents, from that report alone."""
    from harmledger.match import match_incidents
    from harmledger.reconcile import reconcile

    return reconcile(match_incidents([(report, claims_of(report))], apart=True))


def events_found(report: Report) -> list[Event]:
    """Return the events that one report tells of."""
    from harmledger.match import events_of

    return events_of(report, claims_of(report))


def read_whole(report: Report) -> tuple[list[Claim], list[Event]]:
    """Return a report's claims and the events they tell of, read once."""
    from harmledger.match import events_of

    claims = claims_of(report)
    return claims, events_of(report, claims)
