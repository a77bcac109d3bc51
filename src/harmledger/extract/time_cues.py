"""What a date dates: harm, or only the speaking about it; and where a war is said to have begun."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Literal

from harmledger.extract.anchor import Anchor, anchor_of
from harmledger.extract.date_words import DateMention, date_expressions
from harmledger.extract.lexicon import lexicon
from harmledger.extract.reading import Reading

Dates = Literal["harm", "speech", "start", "plain"]

_LEFT, _RIGHT, _BEGUN, _COMPARED = 7, 9, 10, 9
_DAY_KINDS = frozenset({"date", "weekday", "day", "told", "ago", "holiday"})
# Stretches of time that nobody speaks in: they date harm, or nothing.
_STRETCHES = frozenset({"nth", "part", "period"})
_SAID_OR_DONE = frozenset({"speech", "harm", "attack"})
_TO_A_FIGURE = frozenset(["to", "at", "at least", "least", "more", "than", "nearly", "about", "over", "people", "dead"])
_PASSIVE = frozenset(["was", "were", "been", "being", "is", "are"])
# What may stand between a word of speech and the day of speaking: "told state television in Homs late on Friday".
_BETWEEN = frozenset(
    [
        "a",
        "an",
        "the",
        "in",
        "on",
        "at",
        "to",
        "by",
        "from",
        "with",
        "its",
        "his",
        "her",
        "their",
        "it",
        "late",
        "early",
    ]
    + ["again", "reporters", "journalists", "state", "television", "tv", "radio", "agency", "news", "reporter", "media"]
    + [
        "telephone",
        "phone",
        "online",
        "reports",
        "via",
        "during",
        "after",
        "as",
        "of",
        ",",
        "(",
        ")",
        "'s",
        "and",
        "also",
    ]
)
# "The raid was foiled Saturday said the mayor": these follow what is quoted, and a day before them is the event's.
_AFTER_QUOTES = frozenset(["said", "says", "added", "adds", "told"])
_OPENERS = frozenset(
    """on also and while but earlier late early meanwhile separately
    less more than about some just over nearly almost""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Told:
    """A date expression of the report and what it dates. ``sentence`` is the index of the sentence it stands in."""

    mention: DateMention
    dates: Dates
    sentence: int

    @property
    def of_days(self) -> bool:
        """True where it names days rather than a month, a year or a stretch of time."""
        if self.mention.since or self.mention.range is None:
            return False
        short = self.mention.kind == "window" and self.mention.range.days in {1, 2}
        return self.mention.kind in _DAY_KINDS or short


@dataclass(frozen=True, slots=True)
class Times:
    """The times a report tells, in order; ``cues`` holds the role of each token's word, "" for none."""

    told: Sequence[Told]
    by_sentence: dict[int, list[int]]
    cues: Sequence[str]
    anchor: Anchor | None


def cue_roles(reading: Reading) -> list[str]:
    """Return for each token the role of the cue it is part of ("harm", "speech", ...), "" for none."""
    roles = [""] * len(reading.tokens)
    for hit in lexicon("time_cues").all(reading.tokens):
        for place in range(hit.first, hit.last):
            roles[place] = str(hit.entry["role"])
        # "were reported killed", "is said to have died" speak of the harm, not of a day of speaking.
        if roles[hit.first] == "speech" and hit.first and reading.tokens[hit.first - 1].norm in _PASSIVE:
            roles[hit.first] = ""
    return roles


@lru_cache(maxsize=1)
def times_of(reading: Reading) -> Times:
    """Return every time the report tells, with what each of them dates."""
    cues = cue_roles(reading)
    anchor = anchor_of(reading)
    told: list[Told] = []
    by_sentence: dict[int, list[int]] = {}
    for mention in date_expressions(reading):
        if mention.range is None or mention.dateline or _to_come(mention, anchor) or _compared(reading, cues, mention):
            continue
        sentence = _sentence(reading, mention)
        by_sentence.setdefault(sentence, []).append(len(told))
        told.append(Told(mention, _dates(reading, cues, mention), sentence))
    return Times(told, by_sentence, cues, anchor)


def _sentence(reading: Reading, mention: DateMention) -> int:
    """Return the sentence a date belongs to: "at 1 a.m. Saturday" is cut after "a.m.", and Saturday goes with it."""
    tokens, first = reading.tokens, mention.first
    sentence = tokens[first].sentence
    if first > 2 and tokens[first - 1].sentence == sentence - 1 and tokens[first - 1].text == ".":
        return sentence - 1 if tokens[first - 2].norm in {"m", "a.m", "p.m"} else sentence
    return sentence


def _to_come(mention: DateMention, anchor: Anchor | None) -> bool:
    """Return True for a day after the anchor that is told without a year: a trial, a truce, a birthday to come."""
    if anchor is None or mention.range is None or mention.full or mention.kind not in {"date", "weekday", "day"}:
        return False
    return mention.range.start > anchor.day + timedelta(days=2)


def _compared(reading: Reading, cues: Sequence[str], mention: DateMention) -> bool:
    """Return True for "the bloodiest day of the ten-month-old revolt": the time tells how rare it is."""
    if not (mention.since or mention.kind in {"age", "window", "year", "month", "season"}):
        return False
    first = max(reading.sentence_of(mention.first).first, mention.first - _COMPARED)
    place = next((j for j in range(mention.first - 1, first - 1, -1) if cues[j] == "compared"), None)
    if place is None:
        return False
    return not any(reading.tokens[j].text in ",;" or cues[j] == "harm" for j in range(place + 1, mention.first))


def _dates(reading: Reading, cues: Sequence[str], mention: DateMention) -> Dates:
    sentence = reading.sentence_of(mention.first)
    if mention.first <= 2 and mention.kind == "date":
        return "plain"  # a narrative that opens with its day: "On 2 November 2023, the agency reported the deaths of"
    if _begins(reading, cues, mention, sentence.first, sentence.last):
        return "start"
    if mention.kind in _STRETCHES or (mention.kind == "date" and mention.range and mention.range.days != 1):
        return "plain"
    if _clocked(reading, mention):
        before = [cue for cue in cues[max(sentence.first, mention.first - 10) : mention.first] if cue in _SAID_OR_DONE]
        return "speech" if before[-1:] == ["speech"] else "harm"
    if mention.since or mention.kind in {"window", "age"}:
        spoken = not mention.since and mention.kind == "window" and mention.first == sentence.first
        return _right(reading, cues, mention, sentence.first, sentence.last) if spoken else "plain"
    if _earlier_on(reading, mention):
        return "harm"
    if _rose(reading, cues, mention, sentence.first):
        return "speech"
    if _possessive(reading, mention):
        return _following(cues, mention.last, sentence.last)
    if _names_the_deed(reading, mention) and (deed := _following(cues, mention.last, sentence.last)) != "plain":
        return deed
    left = _left(reading, cues, mention, sentence.first)
    if left != "plain":
        return left
    return _right(reading, cues, mention, sentence.first, sentence.last)


def _clocked(reading: Reading, mention: DateMention) -> bool:
    """Return True for "around 9:40 p.m. Monday": an hour is told of what happened, seldom of what was said."""
    tokens, first = reading.tokens, mention.first
    place = first - 1 - (first > 0 and tokens[first - 1].norm in {"on", "."})
    place -= place > 0 and tokens[place].text == "."
    return mention.kind in {"weekday", "date"} and place >= 0 and tokens[place].norm in {"m", "a.m", "p.m", "am", "pm"}


def _rose(reading: Reading, cues: Sequence[str], mention: DateMention, start: int) -> bool:
    """Return True for "the toll rose to 126 on Sunday": the day of a new figure is no day of harm."""
    if mention.kind not in _DAY_KINDS:
        return False
    place = mention.first - 1 - (mention.first > start and reading.tokens[mention.first - 1].norm in {"on", "by"})
    while place > start and (reading.tokens[place].text[0].isdigit() or reading.tokens[place].norm in _TO_A_FIGURE):
        place -= 1
    return place > start and place < mention.first - 2 and cues[place] == "rise"


def _earlier_on(reading: Reading, mention: DateMention) -> bool:
    """Return True for "earlier on Wednesday", which a source says of the event, not of its own speaking."""
    before = [token.norm for token in reading.tokens[max(0, mention.first - 2) : mention.first]]
    return before == ["earlier", "on"] or before[-1:] == ["earlier"]


def _names_the_deed(reading: Reading, mention: DateMention) -> bool:
    """Return True for "the May 15 raid", "a mid-August attack"."""
    return mention.first > 0 and reading.tokens[mention.first - 1].norm in {"a", "the", "that", "this"}


def _possessive(reading: Reading, mention: DateMention) -> bool:
    last = reading.tokens[mention.last - 1].norm
    following = reading.tokens[mention.last].norm if mention.last < len(reading.tokens) else ""
    return mention.kind == "weekday" and (last.endswith("days") or following in {"'s", "s"})


def _following(cues: Sequence[str], place: int, end: int) -> Dates:
    for j in range(place, min(place + 4, end)):
        if cues[j] in {"speech", "speech_noun"}:
            return "speech"
        if cues[j] in {"attack", "harm"}:
            return "harm"
    return "plain"


def _left(reading: Reading, cues: Sequence[str], mention: DateMention, start: int) -> Dates:
    """Look back from the date: "said on Friday", "told reporters on Friday", "killed on Friday"."""
    for j in range(mention.first - 1, max(start, mention.first - _LEFT) - 1, -1):
        if cues[j] in {"speech", "speech_noun"}:
            return "speech"
        if cues[j] in {"harm", "attack"}:
            return "harm"
        token = reading.tokens[j]
        if not token.capital and token.norm not in _BETWEEN:
            return "plain"
    return "plain"


def _right(reading: Reading, cues: Sequence[str], mention: DateMention, start: int, end: int) -> Dates:
    """Look on from a date that opens its clause: "On Monday the Observatory said"."""
    opens = all(reading.tokens[j].norm in _OPENERS for j in range(start, min(mention.first, start + 3)))
    opens = opens and mention.first - start <= 3
    if not opens and mention.first - 2 >= start:
        opens = reading.tokens[mention.first - 2].text in ",;:" or reading.tokens[mention.first - 1].text in ",;:"
    for j in range(mention.last, min(mention.last + _RIGHT, end)):
        if cues[j] in {"harm", "attack"}:
            return "harm"
        if cues[j] == "speech":
            after_on = reading.tokens[mention.first - 1].norm == "on"
            told = j == mention.last and (after_on or reading.tokens[j].norm not in _AFTER_QUOTES)
            return "speech" if opens or told else "plain"
    return "plain"


def _begins(reading: Reading, cues: Sequence[str], mention: DateMention, start: int, end: int) -> bool:
    """Return True for "the conflict began in March 2011", "since war broke out in 2014", "the 2011 uprising"."""
    if mention.kind not in {"date", "month", "year", "season", "weekday"} or mention.since:
        return False
    begun = next(
        (j for j in range(mention.first - 1, max(start, mention.first - _BEGUN) - 1, -1) if cues[j] == "begin"), None
    )
    if begun is None:
        return False
    if any(reading.tokens[j].norm == "since" for j in range(max(start, begun - 6), begun)):
        return True
    return mention.kind != "weekday" and any(
        cues[j] == "war" for j in range(max(start, begun - 12), min(end, mention.last + 4))
    )


def main_date_of(times: Times, reading: Reading) -> Told | None:
    """Return the first day told for harm, a day of harm in the lead before one told later; None where there is none."""
    days = [told for told in times.told if told.of_days and told.dates in {"harm", "plain"}]
    harmful = [told for told in days if _harm_near(times, reading, told)]
    return next((told for told in harmful if not _earlier(times, reading, told)), harmful[0] if harmful else None)


def _harm_near(times: Times, reading: Reading, told: Told) -> bool:
    sentence = reading.sentences[told.sentence]
    return any(times.cues[j] in {"harm", "attack"} for j in range(sentence.first, sentence.last))


def _earlier(times: Times, reading: Reading, told: Told) -> bool:
    """Return True where the words just before the date tell of an earlier event ("a similar bombing on July 25")."""
    sentence = reading.sentences[told.sentence]
    first = max(sentence.first, told.mention.first - 10)
    return any(
        times.cues[j] == "earlier" and not reading.tokens[j + 1].text[0].isdigit()
        for j in range(first, told.mention.first)
    )
