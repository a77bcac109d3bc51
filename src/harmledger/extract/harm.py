"""Words of harm in a sentence, and the rules that tie a quantity to the one that governs it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from harmledger.extract.lexicon import lexicon
from harmledger.extract.quantities import Quantity
from harmledger.extract.reading import Reading, Sentence, Token


@dataclass(frozen=True, slots=True)
class HarmWord:
    """Tokens ``first`` to ``last`` say harm of a ``kind``, in a ``form``: ved, base, ing, die, adj, noun, body, toll."""

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


_BE = frozenset("was were is are be been being has have had got get gets having 's will would may might could".split())
_AND = frozenset(("and", "or", "&", ",", ";", "/", "while", "plus", "but"))
_IN = frozenset("in on at near inside outside around across throughout along within between over".split())
_WITH = frozenset(("including", "include", "included", "includes", "among", "whom", "mostly", "most", "these", "them"))
_WHO = frozenset(("who", "which", "that", "whose"))
_SAY = frozenset("said says say told reported reports added adding announced confirmed according".split())
_MODAL = frozenset("would could may might should if threatened threatens will plan planned".split())
_NOT = frozenset(("not", "no", "never", "without", "denied", "deny", "denies", "n't"))
_LEFT = frozenset(("left", "leaving", "leave", "leaves"))
_DET = frozenset(("the", "his", "her", "their", "its", "those", "these", "this", "that", "our"))
_ADV = frozenset(
    """also reportedly allegedly later then have already since apparently so far themselves all both others other more
    people persons further another additional reported seriously critically severely still now either""".split()
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


def governed_kind(
    quantity: Quantity,
    harms: Sequence[HarmWord],
    right: Sequence[str],
    left: Sequence[str],
    after: HarmWord | None,
    before: HarmWord | None,
) -> tuple[str, HarmWord] | None:
    """Return the kind of harm that a quantity counts by rule, and the word that governs it; None where no rule holds.

    ``right`` and ``left`` are the coarse classes between the quantity's noun phrase and the word of harm ``after`` and
    ``before`` it.
    """
    for word in harms:
        if quantity.first <= word.first < quantity.end and word.form in ("noun", "body", "ved", "adj", "die"):
            # "14 deaths", "three wounded soldiers", "the bodies": the word of harm is the noun or stands in the phrase.
            return word.kind, word
    plain = {"BE", "ADV", "QUO", ".", "NUM"}
    if after is not None and after.form in ("ved", "die", "adj", "shot", "noun", "base") and len(right) <= 4:
        if all(name in plain for name in right) and (after.form != "base" or not right):
            if after.form in ("ved", "adj", "shot", "noun") or after.kind != "damaged":
                return after.kind, after
    if before is not None and before.form in ("base", "ing", "ved", "toll") and len(left) <= 4:
        if all(name in {"DET", "ADV", "QUO", ".", "TO", "OF", "NUM"} for name in left):
            return before.kind, before
    return None
