"""A report cut into sentences and tokens, with every offset pointing into the untouched text."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from datetime import date

from sentencex import get_sentence_boundaries

from harmledger.model import Report

# Letters with inner hyphens and apostrophes are one token ("al-Nu'man", "US-led"), a possessive is its own ("Syria",
# "'s"), a number keeps its separators and its ordinal ending ("230,000", "1.2", "9th"); any other sign stands alone.
_TOKEN = re.compile(
    r"""['’]s(?![^\W_])
      | \d+(?:[.,]\d+)*(?:st|nd|rd|th)?(?![^\W\d_])
      | \d+
      | [^\W\d_]+(?:[-–'’‘`ʼʿʾ](?!s(?![^\W_]))[^\W\d_]+)*
      | \S""",
    re.VERBOSE,
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "ʼ": "'", "ʿ": "'", "ʾ": "'", "–": "-"})
# Longer than any sentence of prose. Beyond it a "sentence" is a table or a broken file; it is cut to keep time linear.
LONGEST_SENTENCE = 400


@dataclass(slots=True)
class Token:
    """One word, number or sign. ``norm`` is lower case with plain apostrophes."""

    text: str
    start: int
    end: int
    norm: str
    sentence: int

    @property
    def capital(self) -> bool:
        """True where it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def word(self) -> bool:
        """True where it begins with a letter."""
        return self.text[0].isalpha()


@dataclass(slots=True)
class Sentence:
    """Tokens ``first`` to ``last`` (half-open) of the reading; ``line`` counts lines of the text from 0."""

    index: int
    first: int
    last: int
    start: int
    end: int
    line: int


@dataclass(slots=True, eq=False)
class Reading:
    """A report as the stages see it. It is itself and no other: what a stage works out of it may be kept beside it."""

    report: str
    text: str
    published: date | None
    outlet: str | None
    tokens: list[Token]
    sentences: list[Sentence]

    def words(self, first: int, last: int) -> str:
        """Return the report's own characters from token ``first`` up to, not including, token ``last``."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    def sentence_of(self, token: int) -> Sentence:
        """Return the sentence that holds a token."""
        return self.sentences[self.tokens[token].sentence]

    def token_at(self, offset: int) -> int:
        """Return the index of the token that holds, or else the first that follows, a character offset."""
        place = bisect_right(self.tokens, offset, key=lambda token: token.start) - 1
        if place >= 0 and offset < self.tokens[place].end:
            return place
        return min(place + 1, len(self.tokens) - 1)


def _lines(text: str) -> list[tuple[int, int]]:
    """Return the (start, end) of each line of prose; lines that were only wrapped are joined."""
    spans: list[tuple[int, int]] = []
    position = 0
    for piece in re.split(r"([\r\n\u2028\u2029\x0b\x0c\x85]+)", text):
        following = position + len(piece)
        if piece and piece[0] not in "\r\n\u2028\u2029\x0b\x0c\x85":
            stripped = piece.strip()
            wrapped = bool(
                spans
                and stripped
                and position - spans[-1][1] <= 1
                and position - 1 - spans[-1][0] >= 40
                and text[spans[-1][1] - 1] not in '.!?:"”؟'
                and (stripped[0].islower() or text[spans[-1][1] - 1] in ",;-")
            )
            if wrapped:
                spans[-1] = (spans[-1][0], following)
            elif stripped:
                spans.append((position, following))
        position = following
    return spans


def read_through(report: Report) -> Reading:
    """Return the report cut into sentences and tokens.

    >>> [t.text for t in read_through(Report("r", "Syria's army killed 14.")).tokens]
    ['Syria', "'s", 'army', 'killed', '14', '.']
    """
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    text = report.text
    for line, (line_start, line_end) in enumerate(_lines(text)):
        for boundary in get_sentence_boundaries("en", text[line_start:line_end]):
            start, end = line_start + boundary["start_index"], line_start + boundary["end_index"]
            first = len(tokens)
            for match in _TOKEN.finditer(text, start, end):
                if len(tokens) - first == LONGEST_SENTENCE:
                    sentences.append(_sentence(tokens, first, len(sentences), line))
                    first = len(tokens)
                word = match.group()
                norm = word.lower().translate(_APOSTROPHES)
                tokens.append(Token(word, match.start(), match.end(), norm, len(sentences)))
            if len(tokens) > first:
                sentences.append(_sentence(tokens, first, len(sentences), line))
    return Reading(report.id, text, report.published, report.outlet, tokens, sentences)


def _sentence(tokens: list[Token], first: int, index: int, line: int) -> Sentence:
    return Sentence(index, first, len(tokens), tokens[first].start, tokens[-1].end, line)
