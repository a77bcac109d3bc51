"""What may date the harm of a claim: each time told near it, or none, with what speaks for and against each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from harmledger.dates import DateRange
from harmledger.extract.draft import Draft, Drafts
from harmledger.extract.event_turns import AWAY, hours_open_lines, turn_of
from harmledger.extract.reading import Reading
from harmledger.extract.time_cues import Times, Told, main_date_of, times_of

# More times than this in one sentence, or starts of wars in one report, are a table and not a story.
MOST = 8
_NEAR = ((3, "3"), (8, "8"), (20, "20"), (10_000, "far"))
# A stretch told in the first sentences ("in three days of shelling") may be that of all the report.
_LEAD = 2
_LONG = frozenset(["run", "nth", "since", "start", "period", "part"])
_TURNS = frozenset(["while", "whereas", "another", "other", "meanwhile", "separately", "also", "elsewhere"])


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to "when": a time, or None for "not told", with what speaks for and against it."""

    when: DateRange | None
    because: str
    features: frozenset[str]


@dataclass(slots=True)
class Page:
    """What all claims of a report share."""

    reading: Reading
    times: Times
    main: Told | None
    drafts: Drafts
    sentences: Sequence[int]
    harm_days: Sequence[int]
    day_sentences: Sequence[int]
    starts: Sequence[Told]
    logged: bool
    leads: Sequence[Told]
    firsts: dict[tuple[str, int], int] = field(default_factory=dict)
    dated: dict[tuple[str, int, DateRange], set[int]] = field(default_factory=dict)
    names: dict[int, frozenset[str]] = field(default_factory=dict)
    turned: dict[int, str] = field(default_factory=dict)
    turns: list[int] = field(default_factory=list)

    def here(self, index: int) -> list[Told]:
        """Return the times told in a draft's own sentence, at most ``MOST``, the nearest to it."""
        told = [self.times.told[i] for i in self.times.by_sentence.get(self.sentences[index], [])]
        if len(told) > MOST:
            first = self.drafts[index].first
            told = sorted(
                sorted(told, key=lambda t: abs(t.mention.first - first))[:MOST], key=lambda t: t.mention.first
            )
        return told

    def turn_in(self, sentence: int) -> str:
        """Return how a sentence turns to another event ("elsewhere", "a new attack"), or keeps to one, or ""."""
        if sentence not in self.turned:
            self.turned[sentence] = turn_of(self.reading, self.times.cues, self.reading.sentences[sentence])
        return self.turned[sentence]

    def turned_since(self, told: int, sentence: int) -> bool:
        """Return True where a sentence after ``told``, up to and with ``sentence``, turns to another event."""
        return bisect_right(self.turns, told) < bisect_right(self.turns, sentence)

    def names_in(self, sentence: int) -> frozenset[str]:
        """Return the capitalised words and the figures of a sentence, which tell whether two speak of one event."""
        if sentence not in self.names:
            span = self.reading.sentences[sentence]
            tokens = self.reading.tokens[span.first + 1 : span.last]
            self.names[sentence] = frozenset(
                token.norm for token in tokens if (token.capital or token.text[0].isdigit()) and len(token.norm) > 1
            )
        return self.names[sentence]


def page_of(reading: Reading, drafts: Drafts, times: Times | None = None) -> Page:
    """Return what the drafts of a report share, worked out once."""
    times = times_of(reading) if times is None else times
    sentences = [reading.tokens[draft.first].sentence for draft in drafts]
    days = [i for i, told in enumerate(times.told) if told.of_days and told.dates in {"harm", "plain"}]
    page = Page(
        reading=reading,
        times=times,
        main=main_date_of(times, reading),
        drafts=drafts,
        sentences=sentences,
        harm_days=days,
        day_sentences=[times.told[i].sentence for i in days],
        logged=hours_open_lines(reading) > 1,
        leads=[told for told in times.told if told.sentence <= _LEAD and _kind(told) in _LONG][:2],
        starts=[told for told in times.told if told.dates == "start" or told.mention.kind == "age"][:MOST],
    )
    page.turns = [i for i in range(len(reading.sentences)) if page.turn_in(i) in AWAY]
    for index, draft in enumerate(drafts):
        if draft.count.value:
            key = (draft.kind, draft.count.value)
            page.firsts.setdefault(key, index)
            for told in page.here(index):
                if told.dates != "speech" and told.mention.range is not None:
                    page.dated.setdefault((*key, told.mention.range), set()).add(sentences[index])
    return page


def choices(page: Page, index: int) -> list[Choice]:
    """Return the answers weighed for one draft: each time told near it, the main date, a war's start, and none."""
    draft, sentence = page.drafts[index], page.sentences[index]
    features: dict[DateRange, set[str]] = {}
    reasons: dict[DateRange, str] = {}
    for told in _nearby(page, index):
        when = _as_answer(told, draft)
        if when is None or told.dates == "speech":
            continue
        seen = features.setdefault(when, set())
        seen.update(_about(page, index, told))
        if when not in reasons or told.sentence == sentence:
            reasons[when] = _reason(page, told, when, sentence)
    _weigh_writing_day(page, features, reasons)
    here = page.here(index)
    dated = {told.mention.range for told in here if told.dates != "speech"}
    for when, seen in features.items():
        seen.update(_agreement(page, index, when))
        seen.update(_against_the_sentence(when, dated))
    scope = draft.scope
    answers = [
        Choice(when, reasons[when], frozenset(seen | {f"{feature}&{scope}" for feature in seen}))
        for when, seen in features.items()
    ]
    none = _about_none(page, index, answers)
    return [*answers, Choice(None, "no date is told for this harm", frozenset(none | {f"{f}&{scope}" for f in none}))]


def _weigh_writing_day(page: Page, features: dict[DateRange, set[str]], reasons: dict[DateRange, str]) -> None:
    """Add the day a running log is of: "17:42 - Two killed near Qasr" tells the hour alone."""
    anchor = page.times.anchor
    if anchor is None or not page.logged:
        return
    day = DateRange.day(anchor.day)
    reasons.setdefault(day, f"{day}, because the report is a log of {anchor.because}")
    features.setdefault(day, set()).update(
        {"the day of the log", "the day of the log, " + ("no main date" if page.main is None else "a main date")}
    )


def _against_the_sentence(when: DateRange, dated: set[DateRange | None]) -> Iterable[str]:
    """Yield how an answer stands to the times of harm told in the claim's own sentence."""
    if not dated:
        return
    if when in dated:
        yield "the only time here" if len(dated) == 1 else "one of the times here"
        return
    yield "elsewhere though a time is here"
    for coarse in dated:
        if coarse and coarse.end and coarse.days != 1 and coarse.start <= when.start <= coarse.end and when.days == 1:
            yield "within the time here"


def _as_answer(told: Told, draft: Draft) -> DateRange | None:
    when = told.mention.range
    if when is not None and told.dates == "start" and draft.scope == "cumulative":
        return DateRange(when.start, None)
    return when


def _nearby(page: Page, index: int) -> Iterable[Told]:
    """Yield the times worth weighing: those of the sentence, a few around it, the main date, starts of a war."""
    times, sentence = page.times, page.sentences[index]
    yield from page.here(index)
    cut, after_cut = bisect_left(page.day_sentences, sentence), bisect_right(page.day_sentences, sentence)
    around = [*page.harm_days[max(0, cut - 3) : cut], *page.harm_days[after_cut : after_cut + 2]]
    for near in (sentence - 1, sentence + 1):
        around.extend(i for i in times.by_sentence.get(near, [])[:MOST] if i not in around)
    for i in around:
        yield times.told[i]
    if page.main is not None:
        yield page.main
    yield from page.leads
    if page.drafts[index].scope == "cumulative":
        yield from page.starts


def _kind(told: Told) -> str:
    if told.mention.since:
        return "since"
    if told.dates == "start":
        return "start"
    if told.of_days:
        return "days"
    days = told.mention.range.days if told.mention.range is not None else None
    return "run" if told.mention.kind == "window" and told.mention.counted == days else told.mention.kind


def _about(page: Page, index: int, told: Told) -> Iterable[str]:
    """Yield what speaks for or against one mention as the date of one draft."""
    draft, sentence = page.drafts[index], page.sentences[index]
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
        shared = len(page.names_in(sentence) & page.names_in(told.sentence))
        yield f"{side}, {min(shared, 3)} names shared"
        if turn := page.turn_in(sentence):
            yield f"{side}, {turn}"
        if gap > 0 and (kept := page.turn_in(told.sentence)):
            yield f"after, and there {kept}"
        if gap < 0 and page.turned_since(told.sentence, sentence):
            yield "before, turned since"
            yield f"before, turned since, {min(shared, 2)} names shared"
        if told is page.main:
            yield f"main {side} {min(abs(gap), 6)}"
            if anchor is not None and told.mention.range is not None:
                lag = (anchor.day - told.mention.range.start).days
                yield "main, over ten days before the anchor" if lag > 10 else "main, within ten days of the anchor"
            yield f"main {side}, {min(shared, 3)} names shared"
        if kind in _LONG and told in page.leads:
            yield f"{side}, {kind} in the lead"
        if not _tells_harm(page, told.sentence):
            yield f"{side}, no harm told there"
        if gap < 0 and page.harm_days and _latest_before(page, sentence) is told:
            yield f"latest {kind}"
        return
    yield f"here {told.dates}"
    yield f"here {kind}"
    if draft.kind in {"affected", "displaced", "missing"}:
        yield f"here {kind} for {draft.kind}"
    side = "left" if told.mention.last <= draft.first else "right"
    distance = draft.first - told.mention.last if side == "left" else told.mention.first - draft.last
    yield f"{side} {told.dates} {next(name for limit, name in _NEAR if distance <= limit)}"
    if told.dates != "speech" and told is _closest(page, index):
        yield "the closest time here"
    if _nearest(page, index, told, side):
        yield f"nearest {side} {told.dates}"
    low, high = sorted((draft.first, told.mention.first))
    between = page.reading.tokens[low:high]
    if any(token.norm in _TURNS or token.text == ";" for token in between):
        yield f"turn {side}"
    if sum(cue == "harm" for cue in page.times.cues[low:high]) > 1:
        yield f"harm between {side}"


def _tells_harm(page: Page, sentence: int) -> bool:
    span = page.reading.sentences[sentence]
    return "harm" in page.times.cues[span.first : span.last]


def _latest_before(page: Page, sentence: int) -> Told | None:
    cut = bisect_left(page.day_sentences, sentence)
    return page.times.told[page.harm_days[cut - 1]] if cut else None


def _closest(page: Page, index: int) -> Told | None:
    draft = page.drafts[index]
    timed = [told for told in page.here(index) if told.dates != "speech"]
    return min(timed, key=lambda t: max(draft.first - t.mention.last, t.mention.first - draft.last), default=None)


def _nearest(page: Page, index: int, told: Told, side: str) -> bool:
    """Return True where no other time but a day of speaking stands between the mention and the draft."""
    draft = page.drafts[index]
    for other in page.here(index):
        if other is told or other.dates == "speech":
            continue
        place = other.mention.first
        if side == "left" and told.mention.first < place < draft.first:
            return False
        if side == "right" and draft.first < place < told.mention.first:
            return False
    return True


def _agreement(page: Page, index: int, when: DateRange) -> Iterable[str]:
    """Yield "same count dated so" where a claim of the same kind and figure is dated so in another sentence."""
    draft = page.drafts[index]
    if draft.count.value and draft.count.value > 2:
        dated = page.dated.get((draft.kind, draft.count.value, when), set())
        if len(dated) - (page.sentences[index] in dated) > 0:
            yield "same count dated so"


def _about_none(page: Page, index: int, answers: Sequence[Choice]) -> set[str]:
    """Return what speaks for "not told"."""
    draft, sentence = page.drafts[index], page.sentences[index]
    here = page.here(index)
    features = {"none", f"none {draft.kind}", f"none {draft.count.bound}"}
    if here and all(told.dates == "speech" for told in here):
        features.add("none, only the speaking is dated here")
        if page.main is not None:
            features.add(f"none, spoken {_against_main(here, page.main)}")
    if any(told.dates != "speech" for told in here):
        features.add("none though a time is here")
    if not here:
        features.add("none, no time here")
    if not any(told.dates != "speech" for told in here):
        if turn := page.turn_in(sentence):
            features.add(f"none, {turn}")
        if page.turns and page.turns[0] <= sentence:
            features.add("none, turned before")
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


def _against_main(here: Sequence[Told], main: Told) -> str:
    """Return whether the speaking was on, before or after the day of the report's main event."""
    spoken = min(told.mention.range.start for told in here if told.mention.range is not None)
    assert main.mention.range is not None
    day = main.mention.range.start
    return "on the main day" if spoken == day else "before the main day" if spoken < day else "after the main day"


def _reason(page: Page, told: Told, when: DateRange, sentence: int) -> str:
    where = "" if told.sentence == sentence else ", told " + ("before" if told.sentence < sentence else "after") + " it"
    return f"{when}, because of {told.mention.because}{where}"
