"""Figures that count nothing: dates, clock times, ages, money, shares, codes; and the words that bound a figure."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.counts import Bound
from harmledger.extract.lexicon import lexicon
from harmledger.extract.nouns import noun_of
from harmledger.extract.reading import Sentence, Token

FUNCTION_WORDS = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "by",
        "to",
        "from",
        "with",
        "for",
        "and",
        "or",
        "but",
        "as",
        "than",
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "when",
        "while",
        "after",
        "before",
        "during",
        "since",
        "until",
        "near",
        "against",
        "between",
        "among",
        "amid",
        "through",
        "over",
        "under",
        "into",
        "onto",
        "upon",
        "about",
        "around",
        "was",
        "were",
        "is",
        "are",
        "be",
        "been",
        "being",
        "has",
        "have",
        "had",
        "having",
        "do",
        "does",
        "did",
        "not",
        "will",
        "would",
        "could",
        "can",
        "may",
        "might",
        "must",
        "shall",
        "should",
        "he",
        "she",
        "it",
        "they",
        "them",
        "him",
        "her",
        "his",
        "its",
        "their",
        "this",
        "these",
        "those",
        "there",
        "here",
        "i",
        "we",
        "you",
        "our",
        "your",
        "my",
        "the",
        "a",
        "an",
        "if",
        "because",
        "so",
        "also",
        "then",
        "said",
        "says",
        "say",
        "told",
        "reported",
        "adding",
        "added",
        "including",
        "include",
        "includes",
        "included",
        "mostly",
        "mainly",
        "according",
        "within",
        "without",
        "across",
        "along",
        "inside",
        "outside",
        "behind",
        "beside",
        "besides",
        "where",
        "how",
        "what",
        "why",
        "both",
        "either",
        "neither",
        "nor",
        "only",
        "just",
        "yet",
        "still",
        "already",
        "ago",
        "left",
        "leaving",
        "leave",
        "leaves",
        "caused",
        "causing",
        "out",
        "off",
        "up",
        "down",
        "via",
        "per",
        "amid",
        "following",
        "due",
        "toward",
        "towards",
        "despite",
    ]
)
MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
    ]
)
AGE = frozenset(("year-old", "years-old", "year-olds", "yearold", "month-old", "months-old", "week-old", "day-old"))
AGE_WORDS = frozenset(["year", "years", "month", "months", "week", "weeks", "day", "days", "old", "olds"])
_UNITS_AFTER = frozenset(["%", ":", "pm", "am", "p.m", "a.m", "km", "kg", "mm", "cm", "lb", "mph", "°"])
_SIGNS_BEFORE = frozenset(["$", "£", "€", "¥", "#", "№", ":", "/", "@", "&"])


def is_age(tokens: Sequence[Token], after: int, limit: int) -> bool:
    """True where the figure before token ``after`` is an age or a length of time in "12-year-old", "12 years old"."""
    following = tokens[after].norm if after < limit else ""
    if following in AGE or (following == "-" and after + 1 < limit and tokens[after + 1].norm in AGE):
        return True
    if following in ("year", "years", "month", "months") and after + 1 < limit:
        return tokens[after + 1].norm in ("old", "of")
    return (
        following == "-"
        and after + 1 < limit
        and tokens[after + 1].norm.split("-")[0]
        in ("year", "month", "week", "day", "hour", "minute", "storey", "story")
    )


def is_no_count(tokens: Sequence[Token], first: int, last: int, sentence: Sentence, value: int) -> bool:
    """True for digits that are a date, a clock time, a share, money, an age in brackets, or a code."""
    before = tokens[first - 1] if first > sentence.first else None
    after = tokens[last] if last < sentence.last else None
    text = tokens[first].text
    if len(text) > 1 and text[0] == "0":
        return True
    if after is not None:
        if after.norm in MONTHS and value <= 31 and last - first == 1 and after.capital:
            return True
        if after.norm in ("a", "p") and [token.norm for token in tokens[last + 1 : last + 3]] == [".", "m"]:
            return True
        if after.norm in _UNITS_AFTER and (after.norm != ":" or _digit_next(tokens, last, sentence)):
            return True
        if after.norm in ("/", ".", "-") and _digit_next(tokens, last, sentence) and len(text) <= 4:
            close = tokens[last + 1].start == tokens[last].end and after.start == tokens[last - 1].end
            if close and after.norm != "-":
                return True
            if close and last + 2 < sentence.last and tokens[last + 2].norm == "-":
                return True
        if after.start == tokens[last - 1].end and (after.word or after.norm in "_@"):
            return True
    if before is not None:
        if before.norm in MONTHS and before.capital and value <= 31:
            return True
        if before.norm in _SIGNS_BEFORE and before.end == tokens[first].start:
            return True
        if before.norm in "-.–" and before.end == tokens[first].start and before.start == tokens[first - 2].end:
            return first - 2 >= sentence.first and (tokens[first - 2].text[0].isdigit() or tokens[first - 2].word)
        if before.norm == "(" and after is not None and after.norm == ")" and value < 120:
            return True
        if (
            before.norm == ","
            and after is not None
            and after.norm == ","
            and 1 < value < 110
            and _person(tokens[first - 2])
        ):
            return True
        if before.norm in ("aged", "age", "route", "highway", "block", "no.", "number") and value < 1000:
            return True
    return len(text) == 4 and 1900 <= value <= 2100 and last - first == 1 and _is_year(tokens, first, last, sentence)


def _person(token: Token) -> bool:
    """True for a name or a noun for a person, after which a bare figure between commas is an age."""
    noun = noun_of(token)
    return token.capital or (noun is not None and noun.kind == "person")


def _digit_next(tokens: Sequence[Token], position: int, sentence: Sentence) -> bool:
    return position + 1 < sentence.last and tokens[position + 1].text[0].isdigit()


def _is_year(tokens: Sequence[Token], first: int, last: int, sentence: Sentence) -> bool:
    """True unless a counted person follows ("2000 people") or a word of measure stands before ("more than 2000")."""
    if last < sentence.last:
        noun = noun_of(tokens[last])
        if noun is not None and noun.kind == "person" and not tokens[last].capital:
            return False
    bound, _ = bound_of(tokens, first, last, sentence)
    return bound == "exact"


def bound_of(tokens: Sequence[Token], first: int, last: int, sentence: Sentence) -> tuple[Bound, int]:
    """Return the bound that the words beside a figure give it, and the token where those words begin."""
    words = lexicon("bounds")
    for start in range(max(sentence.first, first - 4), first):
        hit = words.at(tokens, start, first)
        if hit is not None and hit.last == first and hit.entry["place"] == "before":
            return hit.entry["bound"], start
    hit = words.at(tokens, last, sentence.last) if last < sentence.last else None
    if hit is not None and hit.entry["place"] == "after":
        return hit.entry["bound"], first
    return "exact", first
