"""The reading of one report from end to end: text in, claims out, each with its words and its reasons."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from harmledger.extract.actors import blame
from harmledger.extract.attribution import attribute, role_of
from harmledger.extract.counting import Engine, count_harm
from harmledger.extract.draft import Draft
from harmledger.extract.means import means_of
from harmledger.extract.munitions import munitions_of
from harmledger.extract.placing import place_on_map
from harmledger.extract.reading import Reading, read_through
from harmledger.extract.scope import scope_of
from harmledger.extract.status import statuses
from harmledger.extract.victims import group_of, parents_of, share_groups
from harmledger.extract.when import date_harm
from harmledger.extract.where import locate_and_list
from harmledger.gazetteer import Gazetteer, Resolution
from harmledger.model import Claim, Report, Span
from harmledger.read.coded.lines import coded_claims, is_coded

ENGINE = "harmledger-en-1"


def extract_claims(report: Report, engine: Engine = "learned", gazetteer: Gazetteer | None = None) -> list[Claim]:
    """Return the claims of a report in the order they stand. The same report, engine and gazetteer give the same.

    Without a gazetteer places keep their words and get no point.

    >>> [claim.count.value for claim in extract_claims(Report("r", "Shelling killed 14 people in Marlow."))]
    [14]
    """
    if is_coded(report):
        return coded_claims(report)
    return claims_of_reading(read_through(report), report, engine, gazetteer)


def claims_of_reading(
    reading: Reading, report: Report, engine: Engine = "learned", gazetteer: Gazetteer | None = None
) -> list[Claim]:
    """Return the claims of a report that was read through already."""
    counted = count_harm(reading, engine)
    if not counted:
        return []
    drafts = [each.draft for each in counted]
    found = [each.quantity for each in counted]
    for each in counted:
        group = group_of(reading, each.draft, each.quantity)
        each.draft.group = group.value
        each.draft.because["group"] = group.because
    for draft, parent in zip(drafts, parents_of(reading, drafts, found), strict=True):
        draft.parent = parent.value
        draft.because["parent"] = parent.because
    share_groups(drafts)
    for draft, scope in zip(drafts, scope_of(reading, drafts), strict=True):
        draft.scope = scope.value
        draft.because["scope"] = scope.because
    for draft, status in zip(drafts, statuses(reading, drafts, found), strict=True):
        draft.status = status.value
        draft.because["status"] = status.because
    for draft, role in zip(drafts, role_of(reading, drafts), strict=True):
        draft.role = role.value
        draft.because["role"] = role.because
    return _claims(reading, report, drafts, f"{ENGINE}/{engine}", gazetteer)


def _claims(
    reading: Reading, report: Report, drafts: Sequence[Draft], engine: str, gazetteer: Gazetteer | None
) -> list[Claim]:
    tokens = reading.tokens
    places, others = locate_and_list(reading, drafts)
    points: Sequence[Resolution | None] = [None] * len(drafts)
    if gazetteer is not None:
        points = place_on_map([found.value for found in places], others, gazetteer, reading.text)
    dates = date_harm(reading, drafts)
    blamed = blame(reading, drafts)
    means = means_of(reading, drafts, blamed)
    munitions, sources = munitions_of(reading, drafts), attribute(reading, drafts)
    for draft, date in zip(drafts, dates, strict=True):
        if date.value is not None and date.value.end is None and draft.scope == "incident":
            draft.scope = "cumulative"
            draft.because["scope"] = f"counted {date.value}, with no end told: a total"
    text_hash = hashlib.sha256(reading.text.encode("utf-8", "surrogatepass")).hexdigest()
    spans = [Span(tokens[draft.first].start, tokens[draft.last - 1].end) for draft in drafts]
    names = [_name(report.id, text_hash, span, draft.kind, engine) for span, draft in zip(spans, drafts, strict=True)]
    claims = []
    for i, draft in enumerate(drafts):
        sentence, event = reading.sentence_of(draft.first), _whole(reading, drafts, i)
        place, point = places[event].value, points[event]
        because = draft.because | {
            "place": places[event].because,
            "located": point.because if point is not None else "",
            "when": dates[event].because,
            "actor": blamed[event].because,
            "means": means[event].because,
            "sources": sources[i].because,
        }
        claims.append(
            Claim(
                id=names[i],
                report=report.id,
                span=spans[i],
                sentence=Span(sentence.start, sentence.end),
                kind=draft.kind,
                count=draft.count,
                group=draft.group,
                status=draft.status,
                scope=draft.scope,
                place=place.words if place is not None else None,
                located=point.place if point is not None else None,
                when=dates[event].value,
                actor=blamed[event].value,
                means=means[event].value,
                munitions=tuple(munitions[event].value or ()),
                sources=tuple(sources[i].value),
                role=draft.role,
                parent=names[draft.parent] if draft.parent is not None else None,
                because={field: words for field, words in because.items() if words},
                confidence=draft.confidence,
                engine=engine,
            )
        )
    return claims


def _whole(reading: Reading, drafts: Sequence[Draft], index: int) -> int:
    """Return the draft that tells of a draft's event: its whole in the same sentence, else itself."""
    parent = drafts[index].parent
    if parent is None or reading.tokens[drafts[parent].first].sentence != reading.tokens[drafts[index].first].sentence:
        return index
    return parent


def _name(report: str, text_hash: str, span: Span, kind: str, engine: str) -> str:
    """Return a claim's id: the same words read by the same engine have the same id, on every machine."""
    key = f"{report}\0{text_hash}\0{span.start}\0{span.end}\0{kind}\0{engine}"
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]
