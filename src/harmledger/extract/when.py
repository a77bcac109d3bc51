"""When the harm of each claim was done: the date its sentence tells, or that of the event its passage is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from harmledger.dates import DateRange
from harmledger.extract.draft import Draft, Drafts, Found
from harmledger.extract.linear import weights
from harmledger.extract.reading import Reading
from harmledger.extract.time_cues import Times, Told, main_date_of, times_of

_NEAR = ((3, "3"), (8, "8"), (20, "20"), (10_000, "far"))
_TURNS = frozenset(["while", "whereas", "another", "other", "meanwhile", "separately", "also", "elsewhere"])


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to "when": a time, or None for "not told", with what speaks for and against it."""

    when: DateRange | None
    because: str
    features: frozenset[str]


@dataclass(slots=True)
class _Page:
    """What all claims of a report share."""

    reading: Reading
    times: Times
    main: Told | None
    drafts: Drafts
    sentences: Sequence[int]
    harm_days: Sequence[int]


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


def date_harm(reading: Reading, drafts: Drafts) -> list[Found[DateRange | None]]:
    """Return for each draft when its harm was done; None where the report dates only the speaking, or nothing."""
    page = _page(reading, drafts)
    table = weights("when")
    found: list[Found[DateRange | None]] = []
    for index in range(len(drafts)):
        best = max(choices(page, index), key=lambda choice: _score(choice, table))
        found.append(Found(best.when, best.because))
    return found


def _score(choice: Choice, table: Mapping[str, float]) -> float:
    return sum(table.get(feature, 0.0) for feature in choice.features)


def choices_of(reading: Reading, drafts: Drafts) -> list[list[Choice]]:
    """Return for each draft every answer that is weighed, as the fitting script needs them."""
    page = _page(reading, drafts)
    return [choices(page, index) for index in range(len(drafts))]


def _page(reading: Reading, drafts: Drafts) -> _Page:
    times = times_of(reading)
    sentences = [reading.tokens[draft.first].sentence for draft in drafts]
    days = [i for i, told in enumerate(times.told) if told.of_days and told.dates in {"harm", "plain"}]
    return _Page(reading, times, main_date_of(times, reading), drafts, sentences, days)


def choices(page: _Page, index: int) -> list[Choice]:
    """Return the answers weighed for one draft: each time told near it, the main date, a war's start, and none."""
    draft, sentence = page.drafts[index], page.sentences[index]
    features: dict[DateRange, set[str]] = {}
    reasons: dict[DateRange, str] = {}
    for told in _nearby(page, draft, sentence):
        when = _as_answer(told, draft)
        if when is None:
            continue
        seen = features.setdefault(when, set())
        seen.update(_about(page, draft, sentence, told))
        if when not in reasons or told.sentence == sentence:
            reasons[when] = _reason(page, told, when, sentence)
    for when, seen in features.items():
        seen.update(_agreement(page, index, when))
    scope = draft.scope
    answers = [
        Choice(when, reasons[when], frozenset(seen | {f"{feature}&{scope}" for feature in seen}))
        for when, seen in features.items()
    ]
    none = _about_none(page, index, answers)
    return [*answers, Choice(None, "no date is told for this harm", frozenset(none | {f"{f}&{scope}" for f in none}))]


def _as_answer(told: Told, draft: Draft) -> DateRange | None:
    when = told.mention.range
    if when is not None and told.dates == "start" and draft.scope == "cumulative":
        return DateRange(when.start, None)
    return when


def _nearby(page: _Page, draft: Draft, sentence: int) -> Iterable[Told]:
    """Yield the times worth weighing: those of the sentence, a few around it, the main date, starts of a war."""
    times = page.times
    here = times.by_sentence.get(sentence, [])
    for i in here:
        yield times.told[i]
    before = [i for i in page.harm_days if times.told[i].sentence < sentence][-3:]
    after = [i for i in page.harm_days if times.told[i].sentence > sentence][:2]
    for i in (*before, *after):
        yield times.told[i]
    for near in (sentence - 1, sentence + 1):
        for i in times.by_sentence.get(near, []):
            if i not in before and i not in after:
                yield times.told[i]
    if page.main is not None:
        yield page.main
    if draft.scope == "cumulative":
        yield from (told for told in times.told if told.dates == "start" or told.mention.kind == "age")


def _kind(told: Told) -> str:
    if told.mention.since:
        return "since"
    if told.dates == "start":
        return "start"
    return "days" if told.of_days else told.mention.kind


def _about(page: _Page, draft: Draft, sentence: int, told: Told) -> Iterable[str]:
    """Yield what speaks for or against one mention as the date of one draft."""
    kind = _kind(told)
    yield f"kind={kind}"
    main = page.main
    if main is not None and told.mention.range is not None and main.mention.range is not None:
        if told.mention.range == main.mention.range:
            yield "main"
        elif told.of_days and told.mention.range.start < main.mention.range.start - timedelta(days=3):
            yield "long before main"
    anchor = page.times.anchor
    if anchor is not None and told.mention.range is not None and told.mention.range == DateRange.day(anchor.day):
        yield "anchor day"
    gap = told.sentence - sentence
    if gap:
        side = "before" if gap < 0 else "after"
        yield f"{side} {min(abs(gap), 4)} {told.dates}"
        if gap < 0 and page.harm_days and _latest_before(page, sentence) is told:
            yield f"latest {kind}"
        return
    yield f"here {told.dates}"
    yield f"here {kind}"
    side = "left" if told.mention.last <= draft.first else "right"
    distance = draft.first - told.mention.last if side == "left" else told.mention.first - draft.last
    yield f"{side} {told.dates} {next(name for limit, name in _NEAR if distance <= limit)}"
    if _nearest(page, draft, sentence, told, side):
        yield f"nearest {side} {told.dates}"
    low, high = sorted((draft.first, told.mention.first))
    between = page.reading.tokens[low:high]
    if any(token.norm in _TURNS or token.text == ";" for token in between):
        yield f"turn {side}"
    if sum(cue == "harm" for cue in page.times.cues[low:high]) > 1:
        yield f"harm between {side}"


def _latest_before(page: _Page, sentence: int) -> Told | None:
    latest = [i for i in page.harm_days if page.times.told[i].sentence < sentence]
    return page.times.told[latest[-1]] if latest else None


def _nearest(page: _Page, draft: Draft, sentence: int, told: Told, side: str) -> bool:
    """Return True where no other time but a day of speaking stands between the mention and the draft."""
    for i in page.times.by_sentence.get(sentence, []):
        other = page.times.told[i]
        if other is told or other.dates == "speech":
            continue
        place = other.mention.first
        if side == "left" and told.mention.first < place < draft.first:
            return False
        if side == "right" and draft.first < place < told.mention.first:
            return False
    return True


def _agreement(page: _Page, index: int, when: DateRange) -> Iterable[str]:
    """Yield "same count" where a claim of the same kind and number is dated so in its own sentence."""
    draft = page.drafts[index]
    for other, sentence in zip(page.drafts, page.sentences, strict=True):
        if other is draft or sentence == page.sentences[index] or other.kind != draft.kind:
            continue
        if other.count.value is None or other.count.value != draft.count.value:
            continue
        for i in page.times.by_sentence.get(sentence, []):
            told = page.times.told[i]
            if told.mention.range == when and told.dates != "speech":
                return ["same count dated so"]
    return []


def _about_none(page: _Page, index: int, answers: Sequence[Choice]) -> set[str]:
    """Return what speaks for "not told"."""
    draft, sentence = page.drafts[index], page.sentences[index]
    here = [page.times.told[i] for i in page.times.by_sentence.get(sentence, [])]
    features = {"none", f"none {draft.kind}", f"none {draft.count.bound}"}
    if here and all(told.dates == "speech" for told in here):
        features.add("none, only the speaking is dated here")
        if page.main is not None:
            own = any(told.mention.range == page.main.mention.range for told in here)
            features.add("none, spoken on the main day" if own else "none, spoken on another day")
    if not here:
        features.add("none, no time here")
    if page.main is None:
        features.add("none, no main date")
    if not answers:
        features.add("none, no other answer")
    cues = {
        page.times.cues[j] for j in range(page.reading.sentences[sentence].first, page.reading.sentences[sentence].last)
    }
    features.update(
        f"none, {cue} here" for cue in cues & {"earlier", "total", "several", "live", "meanwhile", "perfect", "war"}
    )
    return features


def _reason(page: _Page, told: Told, when: DateRange, sentence: int) -> str:
    where = "" if told.sentence == sentence else ", told " + ("before" if told.sentence < sentence else "after") + " it"
    return f"{when}, because of {told.mention.because}{where}"


def with_scope(drafts: Drafts, scopes: Sequence[Found[str]]) -> list[Draft]:
    """Return the drafts with the scopes that were read for them."""
    return [replace(draft, scope=found.value) for draft, found in zip(drafts, scopes, strict=True)]  # type: ignore[arg-type]
