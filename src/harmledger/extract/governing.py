"""How far words of speech reach: ahead to a "but", back to where a headline ran into the body."""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.credited import Credit
from harmledger.extract.reading import Token
from harmledger.extract.speech import Saying, grammar

NOT_TELLING = ("denied", "calls")  # who denies is not credited with what is denied
_JOINED = frozenset({"and", ",", ";", "with"})


def governing(tokens: Sequence[Token], position: int, row: list[Credit]) -> list[Credit]:
    """Return the credits that govern a token, the original speaker's first.

    "The army said that A" governs A up to "while" or "but"; "A, the army said" governs A back to where a headline
    ran into the body.
    """
    weak = [credit for credit in row if credit.saying.weak]
    row = [credit for credit in row if not credit.saying.weak and credit.saying.tone not in NOT_TELLING]
    return _governing(tokens, position, row) or weak[:1]


def _governing(tokens: Sequence[Token], position: int, row: list[Credit]) -> list[Credit]:
    before = [credit for credit in row if credit.saying.last <= position + 1]
    leading = next((credit for credit in reversed(before) if credit.saying.ahead), None)
    trailing = next((c for c in row if c.saying.first > position and not c.saying.ahead), None)
    if trailing is not None and restarts(tokens, position, trailing.saying.first):
        trailing = None
    if leading is not None and restarts(tokens, leading.saying.last, position):
        leading = None
    if leading is not None and not turns(tokens, leading.saying.last, position):
        return _handed_down(tokens, row, leading, trailing)
    if trailing is not None:
        following = row.index(trailing) + 1
        if (
            following < len(row)
            and row[following].saying.first - trailing.saying.last <= 1
            and not row[following].saying.ahead
        ):
            return [row[following], trailing]
        return [trailing]
    if before and not restarts(tokens, before[-1].saying.last, position):
        return [before[-1]]
    return []


def _handed_down(tokens: Sequence[Token], row: list[Credit], leading: Credit, trailing: Credit | None) -> list[Credit]:
    """Return a speaker with those whose words held its own: "the agency said a guard had told it"."""
    chain = [leading]
    index = row.index(leading)
    while index and _holds(tokens, row[index - 1].saying, row[index].saying):
        index -= 1
        chain.append(row[index])
    if trailing is not None and trailing is row[-1]:
        chain.append(trailing)
    return chain


def _holds(tokens: Sequence[Token], outer: Saying, inner: Saying) -> bool:
    """Tell whether one's words hold the other's: "X said Y had told it", not "X said this and Y said that"."""
    joint = tokens[inner.first - 1].norm if inner.first > outer.last else ""
    return outer.ahead and joint not in _JOINED and not turns(tokens, outer.last, inner.first)


def turns(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether a new clause of its own starts between two tokens."""
    return any(token.norm in grammar("turn") for token in tokens[first:last])


def restarts(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether a sentence starts anew between two tokens though no full stop says so.

    Headlines run into the body where a page's layout was lost: "Nine killed in Harran At least nine people ...".
    """
    return any(_opens_anew(tokens, index) for index in range(first + 1, last - 1))


def _opens_anew(tokens: Sequence[Token], index: int) -> bool:
    token, previous, following = tokens[index], tokens[index - 1], tokens[index + 1]
    if token.norm not in grammar("opener") or not token.capital or not following.text[0].islower():
        return False
    if previous.capital:
        return previous.norm not in grammar("opener")
    return previous.word or previous.text.isdigit()
