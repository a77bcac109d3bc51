"""What of an event's report is compared with others: its words of harm, names, numbers, day, place and tolls.

Lines without a word of harm (page chrome, other stories) are left out, and so is a line that came before.
"""

from __future__ import annotations

import math
import re
import sys
from array import array
from collections import Counter
from dataclasses import dataclass, field
from functools import cache

from harmledger.extract.lexicon import lexicon
from harmledger.match.incidents import tells
from harmledger.match.rarity import Rarity, is_common
from harmledger.match.told import told_whole
from harmledger.model import Claim, Event

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_AGE = re.compile(r"\b(\d{1,2})[- ]years?[- ]old\b|, (\d{1,2}),|\baged? (\d{1,2})\b|\((\d{1,2})\)")
_PARTS = {
    "dawn": ("morning",), "daybreak": ("morning",), "morning": ("morning",), "noon": ("morning", "afternoon"),
    "midday": ("morning", "afternoon"), "afternoon": ("afternoon",), "evening": ("evening",), "dusk": ("evening",),
    "sunset": ("evening",), "night": ("night", "evening"), "overnight": ("night",), "midnight": ("night",),
}  # fmt: skip
_PART_OF_DAY = re.compile(rf"\b(?:{'|'.join(_PARTS)})\b", re.IGNORECASE)
_DAY = ("night",) * 5 + ("morning",) * 7 + ("afternoon",) * 5 + ("evening",) * 4 + ("night",) * 3
_CLOCK = re.compile(r"\b(\d{1,2})(?:[:.]\d\d)? ?([ap])\.?m\b", re.IGNORECASE)
_STREET = re.compile(
    r"\b((?:[A-Z][\w'’-]{1,20}\s|\d{1,3}(?:st|nd|rd|th)\s){1,3})"
    r"(?:[Ss]treet|[Ss]t\b|[Aa]venue|[Aa]ve\b|[Rr]oad|[Rr]d\b|[Bb]oulevard|[Bb]lvd\b|[Dd]rive|[Ll]ane|[Ss]quare|[Qq]uarter"
    r"|[Nn]eighbou?rhood|[Pp]arkway|[Hh]ighway)"
)
# Enough of any report to tell what it is about; a book is not compared to its end.
_LONGEST = 8000
_MOST_WORDS = 400
_FEWEST_WORDS = 5
_OPENS = re.compile(r"(?:^|[.!?:;\n\"“”]\s*)\Z")
# Of a report whose own day is not told: the day of the harm, else after all others.
UNDATED = 10**7
# A word lighter than this is in every third report and tells nothing.
COMMON = 1.0
# Weights are kept to so many places, so that they are the same when read back.
_PLACES = 4
_FINE = frozenset(("exact_location", "nearby_landmark", "street", "neighbourhood_area", "village", "town", "city"))

# The day a report is filed under, its id, and the id of its event.
Order = tuple[int, str, str]


@dataclass(slots=True)
class Profile:
    """An event as it is compared.

    ``words`` weighs the words of its lines of harm by how often they stand; ``names`` are those capitalised.
    ``weights``, the rarity of its words, and the lengths of its words and names are those of the day it was added:
    they stay, so that two events compare in the same way for good. ``weighed`` gives them by word; once its days are
    past a profile is mostly met as the earlier of two, which needs none, and ``rest`` lets them lie in less room.
    """

    event: str
    report: str
    main: bool
    tells: bool
    order: Order
    words: dict[str, float]
    names: frozenset[str]
    ages: frozenset[str]
    victims: frozenset[str]
    published: int | None
    day: int | None
    places: frozenset[str]
    point: tuple[float, float] | None
    killed: int | None
    injured: int | None
    taken: int | None
    hours: frozenset[str]
    streets: frozenset[str] = frozenset()
    weights: dict[str, float] | array[float] = field(default_factory=dict)
    length: float = 1.0
    own_length: float = 1.0

    def weigh(self, rarity: Rarity) -> None:
        """Take the weights of its words as they are now."""
        of = rarity.of
        self.weights = weights = {word: round(of(word), _PLACES) for word in self.words}
        whole = own = 0.0
        for word, times in self.words.items():
            weight = weights[word]
            if weight < COMMON:
                continue
            square = (times * weight) ** 2
            whole += square
            if word in self.names:
                own += square
        self.length, self.own_length = math.sqrt(whole) or 1.0, math.sqrt(own) or 1.0

    def weighed(self) -> dict[str, float]:
        """Return the weight of each of its words."""
        weights = self.weights
        return weights if isinstance(weights, dict) else dict(zip(self.words, weights, strict=True))

    def rest(self) -> None:
        """Let the weights lie side by side, in the order of the words."""
        if isinstance(self.weights, dict):
            self.weights = array("d", self.weights.values())


@cache
def _harm_words() -> re.Pattern[str]:
    phrases = {word for entry in lexicon("harm_lines").entries for word in entry["words"]}
    stems = sorted(phrase.replace("*", r"\w*") for phrase in phrases)
    return re.compile(rf"\b(?:{'|'.join(stems)})\b", re.IGNORECASE)


def lines_of_harm(text: str) -> list[str]:
    """Return the first line of a text and those that hold a word of harm, each once."""
    lines = list(dict.fromkeys(line for line in text[:_LONGEST].split("\n") if line.strip()))
    harm = _harm_words()
    return [
        line
        for number, line in enumerate(lines)
        if number == 0 or (harm.search(line) and len(line.split(None, _FEWEST_WORDS)) >= _FEWEST_WORDS)
    ]


def _text_of(event: Event) -> str:
    """Return the words that tell of an event: the whole report for its main one, else the sentences of its claims."""
    if event.main:
        return event.text
    sentences = dict.fromkeys(claim.sentence for claim in event.claims)
    return "\n".join(span.of(event.text) for span in sentences)


@cache
def often(times: int) -> float:
    """Return what a word weighs that stands so many times, as one number for all who have it."""
    return round(1 + math.log(times), _PLACES)


def _plain(word: str) -> str:
    low = word.lower().replace("’", "'")
    return low[:-2] if low.endswith("'s") else low


def _day(claims: tuple[Claim, ...]) -> int | None:
    for claim in claims:
        if claim.when is not None and (claim.when.days or 9) <= 3:
            return claim.when.start.toordinal()
    return None


def hours_of(text: str) -> frozenset[str]:
    """Return the parts of the day that a text tells, from words ("at dawn") and clocks ("10:45 p.m.").

    >>> sorted(hours_of("A blast at dawn; a second one at 10:45 p.m."))
    ['morning', 'night']
    """
    told = {part for match in _PART_OF_DAY.finditer(text) for part in _PARTS[match.group().lower()]}
    for match in _CLOCK.finditer(text):
        hour = int(match[1]) % 12 + (12 if match[2].lower() == "p" else 0)
        told.add(_DAY[hour])
    return frozenset(told)


def streets_of(text: str) -> frozenset[str]:
    """Return the names of streets, squares and quarters that a text tells, without their kind.

    >>> sorted(streets_of("A blast on Almond Street and in the Old Port quarter."))
    ['almond', 'old port']
    """
    return frozenset(" ".join(match[1].lower().split()) for match in _STREET.finditer(text))


def _names(text: str) -> frozenset[str]:
    """Return the words that are written as names or numbers.

    The first word of a sentence is one only where the background does not know it as a common word.
    """
    found = set()
    for match in _WORD.finditer(text):
        word = match.group()
        if word[0].isdigit():
            found.add(_plain(word))
        elif word[0].isupper():
            plain = _plain(word)
            if (
                plain in found
                or not is_common(plain)
                or not _OPENS.search(text, max(0, match.start() - 3), match.start())
            ):
                found.add(plain)
    return frozenset(found)


def profile_of(event: Event) -> Profile:
    """Return what of an event is compared."""
    text = "\n".join(lines_of_harm(_text_of(event)))
    found = [match.group() for match in _WORD.finditer(text)]
    counts = Counter(_plain(word) for word in found)
    claims = (*event.claims, *event.context)
    killed, injured = told_whole(event, "killed"), told_whole(event, "injured")
    published = event.published.toordinal() if event.published else None
    day = _day(claims)
    filed = next((told for told in (published, day) if told is not None), UNDATED)
    located = next((claim.located for claim in claims if claim.located is not None), None)
    return Profile(
        event.id,
        event.report,
        event.main,
        tells(event),
        (filed, event.report, event.id),
        {sys.intern(word): often(times) for word, times in counts.most_common(_MOST_WORDS)},
        _names(text),
        frozenset(next(group for group in match.groups() if group) for match in _AGE.finditer(text)),
        frozenset(word.lower() for victim in event.victims for word in victim.name.split() if len(word) > 2),
        published,
        day,
        frozenset(claim.place.lower() for claim in claims if claim.place),
        (located.latitude, located.longitude) if located is not None and located.precision in _FINE else None,
        killed.range.low if killed is not None and killed.sure else None,
        injured.range.low if injured is not None and injured.sure else None,
        next((c.count.value for c in event.claims if c.kind == "detained" and c.parent is None), None),
        hours_of(text),
        streets_of(text),
    )
