"""Day, place, actor and means of an event whose report counts nobody: read at the words that tell of the harm."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.counts import Count
from harmledger.extract.actors import blame
from harmledger.extract.draft import Draft
from harmledger.extract.means import means_of
from harmledger.extract.reading import Reading
from harmledger.extract.when import date_harm
from harmledger.extract.where import locate
from harmledger.model import Claim, Kind, Span

_MOST = 3


def context_of(reading: Reading, told: Sequence[tuple[Span, Kind]]) -> tuple[Claim, ...]:
    """Return claims without a number, at the first few words of harm, that carry the event's day, place and blame.

    They are no claims of the record: they count nobody and have no engine.
    """
    first = sorted(told, key=lambda pair: pair[0].start)[:_MOST]
    drafts = []
    for span, kind in first:
        start, end = reading.token_at(span.start), reading.token_at(max(span.start, span.end - 1)) + 1
        drafts.append(Draft(start, max(end, start + 1), kind, Count(None, bound="vague"), harm=max(end - 1, start)))
    if not drafts:
        return ()
    dates, places = date_harm(reading, drafts), locate(reading, drafts)
    actors = blame(reading, drafts)
    means = means_of(reading, drafts, actors)
    return tuple(
        Claim(
            f"context-{number}",
            reading.report,
            span,
            Span(reading.sentence_of(draft.first).start, reading.sentence_of(draft.first).end),
            kind,
            draft.count,
            "people",
            "unstated",
            "incident",
            place=mention.words if (mention := places[number].value) is not None else None,
            when=dates[number].value,
            actor=actors[number].value,
            means=means[number].value,
            because={"when": dates[number].because, "place": places[number].because},
        )
        for number, ((span, kind), draft) in enumerate(zip(first, drafts, strict=True))
    )
