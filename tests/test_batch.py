"""Many reports: in order, on every core, and none stops the others."""

from __future__ import annotations

import pickle

import pytest

from harmledger.batch import each_report
from harmledger.errors import GazetteerError, ReportError
from harmledger.model import Report

REPORTS = [Report(f"r{number}", "x" * number) for number in range(300)]


def length(report: Report) -> int:
    """Return how long a text is; two reports have something wrong with them."""
    if report.id == "r7":
        raise KeyError("lost")
    if report.id == "r290":
        raise ReportError("r290", "is wrong.", "Mend it.")
    return len(report.text)


def no_places(report: Report) -> int:
    """Fail as every report would."""
    raise GazetteerError("The gazetteer is not there.")


@pytest.mark.parametrize("jobs", [1, 2])
def test_every_report_has_its_result_in_its_place(jobs: int) -> None:
    """A failure to read, a known error and a fault of ours each become one message, in order."""
    unread = ReportError("news.jsonl:3", "is empty.")
    found = list(each_report(length, [*REPORTS[:100], unread, *REPORTS[100:]], jobs))
    assert [report.id if report else "" for report, _ in found] == [
        *(report.id for report in REPORTS[:100]),
        "",
        *(report.id for report in REPORTS[100:]),
    ]
    failed = {str(made) for _, made in found if isinstance(made, ReportError)}
    assert len(failed) == 3
    assert "r290: is wrong. Mend it." in failed
    assert (
        "r7: could not be read through (KeyError: 'lost'). This is a fault in harmledger; please report it." in failed
    )
    assert [made for _, made in found if isinstance(made, int)] == [n for n in range(300) if n not in (7, 290)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_would_fail_for_every_report_stops_at_once(jobs: int) -> None:
    """One message about the gazetteer, not one for each report."""
    with pytest.raises(GazetteerError):
        list(each_report(no_places, REPORTS, jobs))


def test_an_error_travels_between_processes() -> None:
    """It arrives with its parts."""
    error = pickle.loads(pickle.dumps(ReportError("a.txt", "is empty.", "Was it saved?")))
    assert (error.where, error.what, error.remedy) == ("a.txt", "is empty.", "Was it saved?")
