"""A sentence with its quantities and words of harm, prepared once for all that is asked of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from harmledger.extract.harm import HarmWord, token_class
from harmledger.extract.lexicon import lexicon
from harmledger.extract.quantities import Quantity
from harmledger.extract.reading import Reading, Sentence

_FOLDED = frozenset((".", "CAP", "ADV", "QUO"))


@cache
def against(what: str) -> frozenset[str]:
    """Return the words that speak against harm for one reason ("misfortune", "body", "freed", ...)."""
    entries = lexicon("not_harm").entries
    return frozenset(word for entry in entries if entry["what"] == what for word in entry["words"])


class Scene:
    """A sentence with its quantities and words of harm, prepared once for all of its quantities.

    ``earlier`` holds the kinds of the sentence before; ``mostly`` is the kind that the report speaks of most.
    """

    def __init__(
        self,
        reading: Reading,
        sentence: Sentence,
        found: Sequence[Quantity],
        harms: Sequence[HarmWord],
        earlier: frozenset[str],
        mostly: str = "",
    ) -> None:
        self.reading, self.sentence, self.found = reading, sentence, found
        self.earlier, self.mostly = earlier, mostly
        counted = {i for q in found for i in range(q.first, q.last)}
        self.harms = [h for h in harms if h.first not in counted]
        self.harm_at = {h.first: h for h in self.harms}
        harm_at = {i: h for h in self.harms for i in range(h.first, h.last)}
        quantity_at = {q.first: q for q in found}
        self.classes: list[str] = []
        for index in range(sentence.first, sentence.last):
            harm = harm_at.get(index)
            if harm is not None:
                self.classes.append("H" if harm.first == index else "")
            elif index in quantity_at:
                noun = quantity_at[index].noun
                self.classes.append("Q" + (noun.kind[0] if noun else "?"))
            elif index in counted:
                self.classes.append("")
            else:
                self.classes.append(token_class(reading.tokens[index]))
        self.kinds = frozenset(h.kind for h in self.harms)
        self.verbless = not any(name in ("BE", "SAY") for name in self.classes)
        self.modal = "MOD" in self.classes
        misfortune = against("misfortune")
        self.natural = any(t.norm in misfortune for t in reading.tokens[sentence.first : sentence.last])

    def class_at(self, index: int, kind: str) -> str:
        """Return the class of one token, as seen by a kind; the ends of the sentence have their own."""
        if index < self.sentence.first:
            return "BOS"
        if index >= self.sentence.last:
            return "EOS"
        name = self.classes[index - self.sentence.first]
        return named(self.harm_at[index], kind) if name == "H" else name

    def path(self, first: int, last: int, kind: str) -> list[str]:
        """Return the classes of tokens ``first`` to ``last``, runs of plain words folded into one."""
        folded: list[str] = []
        for index in range(max(first, self.sentence.first), min(last, self.sentence.last)):
            name = self.class_at(index, kind)
            if name and not (name in _FOLDED and folded and folded[-1] == name):
                folded.append(name)
        return folded

    def asked(self, previous: str) -> list[str]:
        """Return the kinds worth asking about, in a fixed order: those of the sentence, else of what came before."""
        kinds = set(self.kinds)
        if previous:
            kinds.add(previous)
        if not self.kinds:
            kinds |= self.earlier
        if "casualties" in kinds and self.mostly:
            kinds.add(self.mostly)
        if any(word.form == "shot" for word in self.harms):
            kinds |= {"killed", "casualties"}  # who is shot may live, may die, and often it is not told
        return sorted(kinds)


def named(harm: HarmWord, kind: str) -> str:
    """Return a word of harm as a kind sees it: "=.ved" for its own, "~.ved" for another, "x.ved" for things."""
    relation = "=" if harm.kind == kind else "x" if "damaged" in (harm.kind, kind) else "~"
    return f"{relation}.{harm.form}"
