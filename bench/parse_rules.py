"""Rules over a dependency parse that say which kind of harm a quantity counts: the other side of bench/parse_trial.py.

They are the parse's own rules, not the token rules told again: a passive subject, an object, the noun after "of", the
noun that a clause of harm hangs on, and what is joined to one of these. The refusals are those of the token rules.
"""

from __future__ import annotations

from typing import Any

from harmledger.extract.harm import HarmWord
from harmledger.extract.quantities import Quantity
from harmledger.extract.ruled_out import out_of_question
from harmledger.extract.scene import Scene

DEPTH = 6  # steps: the furthest that the parse is followed
_WITHIN = ("nummod", "det", "amod", "quantmod", "advmod", "compound", "poss", "predet")
_JOINED = ("conj", "appos")
_PARTS = ("including", "among", "like", "with")


def head_of(doc: Any, scene: Scene, quantity: Quantity) -> Any:
    """Return the parse's word for what a quantity counts: its noun, else the number itself."""
    token = word_at(doc, scene, quantity.head if quantity.head is not None else quantity.last - 1)
    for _ in range(DEPTH):
        if token.dep_ not in _WITHIN or token.head is token:
            break
        token = token.head
    first, last = (word_at(doc, scene, i).i for i in (quantity.first, quantity.last - 1))
    if token.dep_ == "pobj" and token.head.lower_ == "of" and first <= token.head.head.i <= last:
        token = token.head.head  # "dozens of people": the parse hangs the people on the dozens
    return token


def word_at(doc: Any, scene: Scene, index: int) -> Any:
    """Return the parse's word that holds a token of the reading."""
    offset = scene.reading.tokens[index].start - scene.sentence.start
    low, high = 0, len(doc) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if doc[middle].idx <= offset:
            low = middle
        else:
            high = middle - 1
    return doc[low]


def steps(doc: Any, scene: Scene, head: Any, index: int) -> list[str] | None:
    """Return the relations from a noun to a word of harm: up to their meeting, then down ("^"); None where far."""
    goal = word_at(doc, scene, index)
    ups: list[Any] = [head]
    while ups[-1].head is not ups[-1] and len(ups) <= DEPTH:
        ups.append(ups[-1].head)
    places = {token.i: number for number, token in enumerate(ups)}
    downs: list[Any] = [goal]
    while downs[-1].i not in places:
        if downs[-1].head is downs[-1] or len(downs) > DEPTH:
            return None
        downs.append(downs[-1].head)
    climbed = [token.dep_ for token in ups[: places[downs[-1].i]]]
    return climbed + ["^" + token.dep_ for token in reversed(downs[:-1])]


def governed_by_parse(doc: Any, scene: Scene, position: int, previous: str) -> str:
    """Return the kind of harm that the parse gives a quantity, "" for none."""
    quantity = scene.found[position]
    for word in scene.harms:
        inner = quantity.first <= word.first < quantity.end
        if inner and word.form in ("noun", "body", "ved", "adj") and not word.phrase.startswith("victim"):
            return _let(scene, quantity, word, "inside")
    at = {word_at(doc, scene, i).i: harm for harm in scene.harms for i in range(harm.first, harm.last)}
    token = head_of(doc, scene, quantity)
    for _ in range(DEPTH):
        above = at.get(token.i) if token.pos_ in ("VERB", "AUX") else _governor(token, at)
        if above is not None:
            found = _let(scene, quantity, above, "predicate")
            if found:
                return found
        if token.dep_ in ("nummod", "npadvmod", "dep", "nmod") and token.head.i in at:
            return _let(scene, quantity, at[token.head.i], "predicate")
        if token.dep_ in _JOINED or (token.dep_ == "pobj" and _partly(token)):
            token = token.head.head if token.dep_ == "pobj" else token.head
        elif token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.pos_ in ("NOUN", "NUM"):
            token = token.head.head
        else:
            break
    noun = head_of(doc, scene, quantity)
    if previous and previous != "none" and (noun.dep_ in _JOINED or (noun.dep_ == "pobj" and _partly(noun))):
        return _let(scene, quantity, None, "part", previous)
    return ""


def _partly(token: Any) -> bool:
    return token.head.lower_ in _PARTS


def _let(scene: Scene, quantity: Quantity, word: HarmWord | None, rule: str, kind: str = "") -> str:
    kind = word.kind if word is not None else kind
    return "" if out_of_question(scene, quantity, kind, word, rule) else kind


def _governor(token: Any, at: dict[int, HarmWord]) -> HarmWord | None:
    """Return the word of harm that a noun is the patient of."""
    for child in token.children:
        if child.dep_ in ("acl", "relcl", "amod") and child.i in at and not _has_object(child):
            return at[child.i]
    above = token.head
    if token.dep_ == "pobj" and above.lower_ in ("of", "to", "at"):
        noun = above.head
        for word in (noun, *(child for child in noun.children if child.dep_ in ("nsubj", "dobj"))):
            if word.i in at and at[word.i].form in ("noun", "body", "toll", "ing", "base"):
                return at[word.i]
        return None
    word = at.get(above.i)
    if token.dep_ in ("nsubjpass", "dobj", "oprd") and word is not None:
        return word
    if token.dep_ == "nsubj":
        if word is not None and (word.form in ("die", "adj") or word.kind == "displaced"):
            return word
        for child in above.children:
            if child.dep_ in ("acomp", "attr", "oprd") and child.i in at:
                return at[child.i]
        if word is not None and not _has_object(above):
            return word
    return _predicated(token, at) if token.dep_ in ("nsubj", "nsubjpass", "dobj") else None


def _predicated(token: Any, at: dict[int, HarmWord]) -> HarmWord | None:
    """Return the word of harm that the verb of a noun brings in: "left 14 dead", "were among the dead"."""
    above = token.head
    for child in (above, *above.children):
        among = [deep for deep in child.children if deep.dep_ == "pobj"] if child.lower_ == "among" else []
        if among and among[0].i in at:
            return at[among[0].i]
        word = at.get(child.i)
        if child is above or word is None or word.form not in ("adj", "ved", "die"):
            continue
        alone = not any(own.dep_.startswith("nsubj") for own in child.children)
        if child.dep_ in ("oprd", "xcomp", "ccomp") or (child.dep_ == "conj" and alone):
            return word
    return None


def _has_object(verb: Any) -> bool:
    return any(child.dep_ in ("dobj", "obj") for child in verb.children)
