"""A quantity as the rules of harm see it: the words around it, and the verdict on the quantity before it."""

from __future__ import annotations

from dataclasses import dataclass

from harmledger.extract.harm import HarmWord
from harmledger.extract.nouns import noun_of
from harmledger.extract.quantities import Quantity
from harmledger.extract.scene import Scene

FAR = 40  # tokens: the furthest that a predicate is looked for after its subject, or a part from its whole
LIST = 12  # tokens: the longest stretch between two members of a list
_BREAKS = frozenset(("while", "but", ";", "when", "after", "before", "because", "if", "whereas", "although"))
_KNOWN_AS = frozenset(("well", "known", "such", "identified", "only"))


@dataclass(frozen=True, slots=True)
class Ruled:
    """The kind of harm that a quantity counts, the word that governs it, and the rule that says so."""

    kind: str
    word: HarmWord | None
    rule: str


@dataclass(frozen=True, slots=True)
class Place:
    """A quantity in its scene: the words of harm beside it, and the verdict on the quantity before it."""

    scene: Scene
    position: int
    previous: str
    quantity: Quantity
    start: int
    before: HarmWord | None
    after: HarmWord | None

    def norm(self, index: int) -> str:
        """Return a word of the sentence, "" beyond its ends."""
        sentence = self.scene.sentence
        return self.scene.reading.tokens[index].norm if sentence.first <= index < sentence.last else ""

    def norms(self, first: int, last: int) -> list[str]:
        """Return the words from one token up to another."""
        return [token.norm for token in self.scene.reading.tokens[first:last]]

    def name(self, index: int) -> str:
        """Return the class of a token; words of harm are "H", what lies within a quantity or a phrase is ""."""
        sentence = self.scene.sentence
        if index < sentence.first:
            return "BOS"
        return self.scene.classes[index - sentence.first] if index < sentence.last else "EOS"

    def names(self, first: int, last: int) -> list[str]:
        """Return the classes from one token up to another, "" left out."""
        return [name for index in range(first, last) if (name := self.name(index))]

    def breaks(self, index: int) -> bool:
        """True for a word that opens another clause: "while", "after", "as" (not "as well as", "known as")."""
        norm = self.norm(index)
        if norm == "as":
            return self.norm(index + 1) != "well" and self.norm(index - 1) not in _KNOWN_AS
        return norm in _BREAKS and not (norm == "after" and self.norm(index - 1) in ("named", "called"))

    @property
    def aged(self) -> int:
        """The token after the noun phrase and the age told in it: "a 17-year-old"."""
        index = self.quantity.end
        while index < self.quantity.end + 4 and (
            self.norm(index).endswith(("-old", "-olds"))
            or (self.name(index) == "NUM" and self.norm(index + 1).startswith(("-", "year", "month")))
            or (self.norm(index) == "-" and self.norm(index + 1).endswith(("-old", "-olds")))
        ):
            index += 1
        return index

    @property
    def end(self) -> int:
        """The token after the whole subject: "a number of civilians and medics", "ten people, mostly students"."""
        index = self.aged
        joint = index + (self.norm(index) == "," and self.name(index + 1) == "INC")
        if self.name(joint) in ("AND", "INC") and joint + 1 < self.scene.sentence.last:
            second = noun_of(self.scene.reading.tokens[joint + 1])
            if second is not None and second.listed and not self.name(joint + 1).startswith("Q"):
                return joint + 2
        return index


def by(word: HarmWord, rule: str) -> Ruled:
    """Return the verdict that a word of harm gives its kind to a quantity."""
    return Ruled(word.kind, word, rule)
