"""Number words and digits to figures: "1,200", "230 000", "1.2 million", "twenty-five", "two hundred and six"."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from harmledger.extract.lexicon import lexicon
from harmledger.extract.reading import Token

# No count of people has more digits; longer strings are codes, telephone numbers or mischief.
MOST_DIGITS = 10


@cache
def _words() -> dict[str, tuple[str, int]]:
    """Return the single words that make up figures, with their kind and value."""
    return {
        word: (entry["kind"], entry["value"])
        for entry in lexicon("numbers").entries
        if entry["kind"] in ("unit", "tens", "scale")
        for word in entry["words"]
    }


def _digits(token: Token) -> float | None:
    text = token.text
    if not text[0].isdigit() or len(text) > MOST_DIGITS + 3 or not text.isascii():
        return None
    groups = text.replace(".", ",").split(",")
    if len(groups) == 1:
        return int(text) if text.isdigit() and len(text) <= MOST_DIGITS else None
    if not all(group.isdigit() for group in groups):
        return None
    if all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3 and groups[0] != "0":
        return int("".join(groups))
    if len(groups) == 2 and "." in text:
        return float(text)
    return None


def below_hundred(word: str) -> int | None:
    """Return the value of one word below a hundred, hyphenated or not: "nine", "twenty-five"."""
    kind, value = _words().get(word, ("", 0))
    if kind in ("unit", "tens"):
        return value
    tens, hyphen, unit = word.partition("-")
    if hyphen:
        first, second = _words().get(tens, ("", 0)), _words().get(unit, ("", 0))
        if first[0] == "tens" and second[0] == "unit" and second[1] < 10:
            return first[1] + second[1]
    return None


def number_at(tokens: Sequence[Token], index: int, limit: int) -> tuple[int, int] | None:
    """Return (token after the figure, figure) for the figure that starts at ``index``, or None.

    Spaced thousands join only where a single space parts full groups of three ("230 000"). A fraction counts only
    before a scale word ("1.2 million"). Figures over a billion-billion are none.
    """
    first = tokens[index]
    figure = _digits(first)
    position = index + 1
    if figure is not None:
        while (
            position < limit
            and isinstance(figure, int)
            and 0 < figure < 10**7
            and len(first.text) <= 3
            and len(tokens[position].text) == 3
            and tokens[position].text.isdigit()
            and tokens[position].text.isascii()
            and tokens[position].start == tokens[position - 1].end + 1
        ):
            figure = figure * 1000 + int(tokens[position].text)
            position += 1
        while position < limit:
            kind, value = _words().get(tokens[position].norm, ("", 0))
            if kind != "scale" or figure >= 10**9:
                break
            figure *= value
            position += 1
        whole = round(figure)
        return (position, whole) if abs(figure - whole) < 1e-6 else None
    parted = _parted(tokens, index, limit) if first.norm in _OPENS_PARTS else None
    return parted or _spelled(tokens, index, limit)


_PARTS = (("half", "a"), 2), (("quarter", "of", "a"), 4), (("a", "quarter", "of", "a"), 4), (("half", "of", "a"), 2)

_OPENS_PARTS = frozenset(["half", "quarter", "a", "an"])


def _parted(tokens: Sequence[Token], index: int, limit: int) -> tuple[int, int] | None:
    """Return the figure of "a hundred", "half a million" and "a quarter of a million"."""
    norms = tuple(token.norm for token in tokens[index : min(limit, index + 5)])
    for words, share in (*_PARTS, (("a",), 1), (("an",), 1)):
        size = len(words)
        if norms[:size] == words and len(norms) > size and _words().get(norms[size], ("", 0))[0] == "scale":
            value = _words()[norms[size]][1]
            if share > 1:
                return index + size + 1, value // share
            read = _spelled(tokens, index + size, limit, counted=True)
            return (read[0], read[1]) if read else None
    return None


def _spelled(tokens: Sequence[Token], index: int, limit: int, counted: bool = False) -> tuple[int, int] | None:
    words = _words()
    total = current = 0
    position, last_kind = index, ""
    while position < limit and position - index < 12:
        norm = tokens[position].norm
        kind, value = words.get(norm, ("", 0))
        small = below_hundred(norm)
        if small is not None:
            kind = "tens" if small >= 20 and small % 10 == 0 else "unit"
            if last_kind == "unit" or (last_kind == "tens" and (kind == "tens" or small >= 10)):
                break
            current += small
        elif kind == "scale":
            if position == index and not counted:
                return None
            if value == 100:
                current = (current or 1) * 100
            else:
                total += (current or 1) * value
                current = 0
        elif norm == "and" and last_kind == "scale" and position + 1 < limit:
            if below_hundred(tokens[position + 1].norm) is None:
                break
            # "two hundred and six" is one figure; "a hundred and six men" cannot be told apart and is read the same.
            position += 1
            continue
        else:
            break
        last_kind = kind
        position += 1
    if position == index:
        return None
    if tokens[position - 1].norm == "and":
        position -= 1
    figure = total + current
    return (position, figure) if figure < 10**12 else None
