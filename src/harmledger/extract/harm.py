"""Words of harm in a sentence, and the coarse classes of the words around them."""

from __future__ import annotations

from dataclasses import dataclass

from harmledger.extract.lexicon import lexicon
from harmledger.extract.reading import Reading, Sentence, Token


@dataclass(frozen=True, slots=True)
class HarmWord:
    """Tokens ``first`` to ``last`` say harm of a ``kind``, in a ``form`` (ved, base, ing, die, adj, noun ...)."""

    first: int
    last: int
    kind: str
    form: str
    phrase: str


def harm_words(reading: Reading, sentence: Sentence) -> list[HarmWord]:
    """Return the words of harm in a sentence, left to right."""
    return [
        HarmWord(hit.first, hit.last, hit.entry["kind"], hit.entry["form"], hit.phrase)
        for hit in lexicon("harm").all(reading.tokens, sentence.first, sentence.last)
    ]


_BE = frozenset(
    [
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
        "got",
        "get",
        "gets",
        "having",
        "'s",
        "will",
        "would",
        "may",
        "might",
        "could",
    ]
)
_AND = frozenset(("and", "or", "&", ",", ";", "/", "while", "plus", "but"))
_IN = frozenset(
    [
        "in",
        "on",
        "at",
        "near",
        "inside",
        "outside",
        "around",
        "across",
        "throughout",
        "along",
        "within",
        "between",
        "over",
    ]
)
_WITH = frozenset(("including", "include", "included", "includes", "among", "whom", "mostly", "most", "these", "them"))
_WHO = frozenset(("who", "which", "that", "whose"))
_SAY = frozenset(
    ["said", "says", "say", "told", "reported", "reports", "added", "adding", "announced", "confirmed", "according"]
)
_MODAL = frozenset(
    ["would", "could", "may", "might", "should", "if", "threatened", "threatens", "will", "plan", "planned"]
)
_NOT = frozenset(("not", "no", "never", "without", "denied", "deny", "denies", "n't"))
_LEFT = frozenset(("left", "leaving", "leave", "leaves"))
_DET = frozenset(("the", "his", "her", "their", "its", "those", "these", "this", "that", "our"))
_ADV = frozenset(
    [
        "also",
        "reportedly",
        "allegedly",
        "later",
        "then",
        "have",
        "already",
        "since",
        "apparently",
        "so",
        "far",
        "themselves",
        "all",
        "both",
        "others",
        "other",
        "more",
        "people",
        "persons",
        "further",
        "another",
        "additional",
        "reported",
        "seriously",
        "critically",
        "severely",
        "still",
        "now",
        "either",
    ]
)
_LIKELY = frozenset(
    ("claimed", "dispatched", "held", "suffered", "suffer", "suffering", "treated", "admitted", "escape")
)

CLASSES: dict[str, str] = {}
for _name, _words in (
    ("BE", _BE),
    ("AND", _AND),
    ("IN", _IN),
    ("INC", _WITH),
    ("WHO", _WHO),
    ("SAY", _SAY),
    ("MOD", _MODAL),
    ("NOT", _NOT),
    ("LEFT", _LEFT),
    ("DET", _DET),
    ("ADV", _ADV),
    ("OF", frozenset(("of",))),
    ("BY", frozenset(("by", "from", "with", "after", "as", "when", "during", "before", "following"))),
    ("TO", frozenset(("to", "for", "at"))),
    ("COL", frozenset((":", "-", "–", "—", "(", ")", "[", "]"))),
    ("QUO", frozenset(('"', "“", "”", "'", "‘", "’"))),
    ("END", frozenset((".", "!", "?", "…", "|", "•", "*"))),
):
    for _word in _words:
        CLASSES.setdefault(_word, _name)


def token_class(token: Token) -> str:
    """Return the coarse class of a token that is no quantity and no word of harm."""
    known = CLASSES.get(token.norm)
    if known is not None:
        return known
    if token.text[0].isdigit():
        return "NUM"
    if token.capital:
        return "CAP"
    return "VED" if token.norm.endswith("ed") else "ING" if token.norm.endswith("ing") else "."
