"""Every expression of quantity in a sentence, with the noun it counts; whether it counts harm is decided later."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from harmledger.counts import Count
from harmledger.extract.lexicon import lexicon
from harmledger.extract.no_counts import AGE, AGE_WORDS, FUNCTION_WORDS, MONTHS, bound_of, is_age, is_no_count
from harmledger.extract.nouns import Noun, noun_of
from harmledger.extract.numbers import number_at
from harmledger.extract.reading import Reading, Sentence, Token

Form = Literal["digits", "word", "one", "article", "vague", "part", "none", "group", "ordinal"]

_TO = frozenset(("-", "–", "—", "to", "or"))


@dataclass(slots=True)
class Quantity:
    """Tokens ``first`` to ``last`` hold the quantity words; the noun phrase goes on to ``end``.

    ``head`` is the token of the noun counted, ``noun`` what it names. ``partitive`` is "six of the ...".
    ``age`` is the age told of the one counted ("a 16-year-old girl"), in years. ``bound_first`` is where words like
    "at least" begin, else ``first``.
    """

    first: int
    last: int
    end: int
    form: Form
    count: Count
    head: int | None = None
    noun: Noun | None = None
    partitive: bool = False
    age: int | None = None
    bound_first: int = -1


def quantities(reading: Reading, sentence: Sentence) -> list[Quantity]:
    """Return the quantity expressions of a sentence, left to right, never overlapping.

    Dates, clock times, ages, money, shares and codes are left out here; the rest is left to the reading of harm.
    """
    tokens, limit = reading.tokens, sentence.last
    found: list[Quantity] = []
    index = sentence.first
    while index < limit:
        quantity = _figure(tokens, index, sentence) or _phrase(tokens, index, sentence)
        if quantity is None:
            index += 1
            continue
        if (quantity.last > index and quantity.form != "ordinal") or quantity.noun is not None:
            found.append(quantity)
        index = max(quantity.last, index + 1)
    return found


def _figure(tokens: Sequence[Token], index: int, sentence: Sentence) -> Quantity | None:
    limit = sentence.last
    token = tokens[index]
    if not (token.text[0].isdigit() or token.norm.isalpha() or "-" in token.norm):
        return None
    read = number_at(tokens, index, limit)
    if read is None:
        return None
    last, value = read
    skipped = Quantity(index, last, last, "ordinal", Count(value))
    if token.text[0].isdigit():
        if is_no_count(tokens, index, last, sentence, value):
            return skipped
        form: Form = "digits"
    else:
        form = "one" if value == 1 else "word"
    if last < limit and is_age(tokens, last, limit):
        return skipped
    if last < limit and tokens[last].norm in ("dozen", "dozens", "score"):
        value, last = value * (20 if tokens[last].norm == "score" else 12), last + 1
    first, high = index, None
    if last + 1 < limit and tokens[last].norm in _TO:
        second = number_at(tokens, last + 1, limit)
        if second and _is_range(tokens, value, last, second, limit):
            last, high = second
    elif last + 1 < limit and tokens[last].norm == "and" and index > sentence.first:
        second = number_at(tokens, last + 1, limit)
        if second and second[1] > value and tokens[index - 1].norm == "between":
            last, high = second[0], second[1]
    bound, bound_first = bound_of(tokens, first, last, sentence)
    count = Count(value, high, "exact" if high is not None else bound)
    return _with_noun(tokens, Quantity(first, last, last, form, count, bound_first=bound_first), limit)


def _is_range(tokens: Sequence[Token], low: int, between: int, second: tuple[int, int], limit: int) -> bool:
    """True for "4-6" and "two to three"; not for "4-6-2014", "two to twelve-year-olds" or "9 to 900"."""
    after, high = second
    dated = tokens[between].norm == "-" and after < limit and tokens[after].norm in ("-", "/")
    return low <= high <= max(10 * low, low + 20) and not dated and not is_age(tokens, after, limit)


def _phrase(tokens: Sequence[Token], index: int, sentence: Sentence) -> Quantity | None:
    hit = lexicon("numbers").at(tokens, index, sentence.last)
    if hit is None or hit.entry["kind"] in ("unit", "tens", "scale"):
        return None
    kind = hit.entry["kind"]
    first, last = hit.first, hit.last
    bounding = lexicon("bounds").at(tokens, index, sentence.last)
    if (
        bounding is not None
        and bounding.last > first + 1
        and number_at(tokens, min(bounding.last, sentence.last - 1), sentence.last)
    ):
        # "no fewer than 12", "more than half a million": the words before the figure only bound it.
        return Quantity(first, bounding.last, bounding.last, "ordinal", Count(1))
    if kind == "vague" and last + 1 < sentence.last and tokens[last].norm == "as" == tokens[max(index - 1, 0)].norm:
        return Quantity(first, last, last, "ordinal", Count(1))  # "as many as 30"
    if kind == "vague" and last < sentence.last and number_at(tokens, last, sentence.last):
        # "some 7,000", "several hundred": the figure says it, and "some" only bounds it.
        return Quantity(first, last, last, "ordinal", Count(1))
    if kind == "article" and last < sentence.last:
        # "a dozen", "a further five", "another 14", "a 59-year-old": the figure, the group or the age decides.
        inner = lexicon("numbers").at(tokens, last, sentence.last)
        if inner is not None and inner.entry["kind"] in ("group", "vague") and tokens[last].norm != "some":
            hit, last, kind = inner, inner.last, inner.entry["kind"]
        elif tokens[last].norm in ("further", "total", "combined", "full", "staggering", "reported") or (
            number_at(tokens, last, sentence.last) and not is_age(tokens, *_after_number(tokens, last, sentence.last))
        ):
            return Quantity(first, last, last, "ordinal", Count(1))
    count = {
        "group": lambda: Count(hit.entry["value"], bound=bound_of(tokens, first, last, sentence)[0]),
        "vague": lambda: Count(None, bound="vague"),
        "part": lambda: Count(None, bound="vague"),
        "none": lambda: Count(0),
        "article": lambda: Count(1),
        "ordinal": lambda: Count(1),
    }[kind]()
    if kind == "group" and hit.phrase == "dozen" and index > sentence.first:
        multiple = number_at(tokens, index - 1, index)
        if multiple:
            count = Count(12 * multiple[1], bound=bound_of(tokens, index - 1, last, sentence)[0])
    quantity = Quantity(first, last, last, kind, count, bound_first=bound_of(tokens, first, last, sentence)[1])
    return _with_noun(tokens, quantity, sentence.last)


def _after_number(tokens: Sequence[Token], index: int, limit: int) -> tuple[int, int]:
    read = number_at(tokens, index, limit)
    return (min(read[0], limit - 1) if read else index, limit)


def _with_noun(tokens: Sequence[Token], quantity: Quantity, limit: int) -> Quantity:
    """Find the noun that a quantity counts: the first listed noun of the phrase, and the last of a run of them."""
    position = quantity.last
    if position < limit and tokens[position].norm == "of" and quantity.form in ("digits", "word", "one", "group"):
        quantity.partitive = True
        position += 1
    elif tokens[quantity.last - 1].norm in ("of", "them", "whom"):
        quantity.partitive = True
    while position < limit and tokens[position].norm in ("the", "his", "her", "their", "its", "these", "those", "our"):
        if not quantity.partitive and tokens[position].norm == "the":
            break
        position += 1
    head: int | None = None
    first_word = position
    for index in range(position, min(limit, position + 7)):
        token = tokens[index]
        norm = token.norm
        if norm in ("-", "'s", "'", "“", '"', "”", "‘", "’", "other", "more", "additional", "new"):
            continue
        if head is None and norm in AGE_WORDS and quantity.age is not None:
            continue
        if token.text[0].isdigit() or norm in AGE:
            if quantity.form == "article" or norm in AGE or is_age(tokens, min(index + 1, limit - 1), limit):
                _note_age(quantity, tokens, index, limit)
                continue
            break
        if norm.endswith("-old"):
            quantity.age = _spelled_age(token)
            continue
        if not token.word or norm in FUNCTION_WORDS or (index > first_word and _breaks(token, head)):
            break
        noun = noun_of(token)
        if noun is not None and norm not in MONTHS:
            if head is not None and token.capital and not tokens[head].capital:
                break
            head, quantity.noun = index, noun
            quantity.end = index + 1
        elif head is not None:
            break
    quantity.head = head
    if head is None:
        quantity.end = position
    return quantity


_STOPS = frozenset(
    [
        "killed",
        "wounded",
        "injured",
        "dead",
        "died",
        "killing",
        "injuring",
        "wounding",
        "hurt",
        "missing",
        "destroyed",
        "damaged",
        "arrested",
        "detained",
        "displaced",
        "fled",
        "captured",
        "abducted",
        "kidnapped",
        "besieged",
        "trapped",
        "lost",
        "suffered",
        "sustained",
    ]
)


def _breaks(token: Token, head: int | None) -> bool:
    return token.norm in _STOPS if head is not None else token.norm in ("killed", "died", "injured")


def _spelled_age(token: Token) -> int | None:
    """Return the age of "sixteen-year-old", 0 for "four-month-old"; None where no number begins the word."""
    words = token.norm.split("-")
    if len(words) < 3 or not words[-2].startswith(("year", "month", "week", "day")):
        return None
    figure = "-".join(words[:-2])
    read = number_at([Token(figure, token.start, token.end, figure, token.sentence)], 0, 1)
    return read and (read[1] if words[-2].startswith("year") else 0)


def _note_age(quantity: Quantity, tokens: Sequence[Token], index: int, limit: int) -> None:
    token = tokens[index]
    if token.text.isdecimal() and len(token.text) <= 3:
        months = any(tokens[i].norm.startswith(("month", "week", "day")) for i in range(index, min(index + 3, limit)))
        quantity.age = 0 if months else int(token.text)
    elif (
        "-" in token.norm and quantity.age is None and token.norm in ("month-old", "months-old", "week-old", "day-old")
    ):
        quantity.age = 0
