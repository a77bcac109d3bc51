"""When the harm of each claim was done: the date its sentence tells, or that of the event its passage is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harmledger.dates import DateRange
from harmledger.extract.draft import Drafts, Found
from harmledger.extract.linear import weights
from harmledger.extract.reading import Reading
from harmledger.extract.time_cues import Times, main_date_of, times_of
from harmledger.extract.when_choices import Choice, choices, page_of
from harmledger.extract.when_coherence import coherence


def main_date(reading: Reading) -> Found[DateRange | None]:
    """Return the day of the event the report is about, None where only the speaking is dated.

    >>> from harmledger.model import Report
    >>> from harmledger.extract.reading import read_through
    >>> report = Report("r", "On 4 May 2019 gunmen killed two farmers. Police spoke on Sunday.")
    >>> str(main_date(read_through(report)).value)
    '2019-05-04'
    """
    times = times_of(reading)
    told = main_date_of(times, reading)
    if told is None or told.mention.range is None:
        return Found(None, "the report dates no harm")
    return Found(
        told.mention.range, f"{told.mention.range}, because of {told.mention.because}, the first day told for harm"
    )


def date_harm(reading: Reading, drafts: Drafts, times: Times | None = None) -> list[Found[DateRange | None]]:
    """Return for each draft when its harm was done; None where the report dates only the speaking, or nothing.

    Drafts are settled in order, each in the light of the one before it; their scope is taken as read.
    ``times`` spares reading the report's times again.
    """
    return dates_by(weights("when"), reading, drafts, times)


def dates_by(
    table: Mapping[str, float], reading: Reading, drafts: Drafts, times: Times | None = None
) -> list[Found[DateRange | None]]:
    """Return what ``date_harm`` returns, by other weights; the fitting script measures with it."""
    page = page_of(reading, drafts, times)
    settled: list[DateRange | None] = []
    found: list[Found[DateRange | None]] = []
    for index in range(len(drafts)):
        answers = choices(page, index)
        best = _best(answers, coherence(page, index, answers, settled), table)
        settled.append(best.when)
        found.append(Found(best.when, best.because))
    return found


def _best(answers: Sequence[Choice], agreed: Sequence[set[str]], table: Mapping[str, float]) -> Choice:
    scores = [
        sum(table.get(feature, 0.0) for feature in answer.features | also)
        for answer, also in zip(answers, agreed, strict=True)
    ]
    return answers[max(range(len(answers)), key=lambda i: scores[i])]
