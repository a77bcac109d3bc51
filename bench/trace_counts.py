"""What the reader of counts did with each quantity of a report: the rule, the scores, the heaviest signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from harmledger.extract.counting import NONE, Engine, scenes, weigh
from harmledger.extract.linear import Linear, model
from harmledger.extract.quantities import Quantity, quantities
from harmledger.extract.reading import Reading
from harmledger.extract.signals import Look, look_at, signals

HEAVIEST = 4  # signals shown for and against a kind


@dataclass(frozen=True)
class Asked:
    """How a quantity scored as a count of one kind, with the signals that weighed most, the heaviest first."""

    kind: str
    score: float
    heaviest: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Looked:
    """One quantity as the stages saw it. ``scene`` False: its sentence and the one before hold no word of harm."""

    quantity: Quantity
    scene: bool
    ruled: str = ""
    harm: str = ""
    chosen: str = NONE
    bar: float = 0.0
    asked: tuple[Asked, ...] = field(default=())

    def of(self, kind: str) -> Asked | None:
        """Return how it scored as a count of a kind; None where that was not asked."""
        return next((asked for asked in self.asked if asked.kind == kind), None)

    def steps(self, reading: Reading) -> list[str]:
        """Return what each stage did, a line each, for a person."""
        quantity = self.quantity
        words = reading.words(quantity.first, max(quantity.last, quantity.end))
        noun = f", counts {quantity.noun.kind}s" if quantity.noun else ", counts nothing listed"
        lines = [f"quantity: '{words}' ({quantity.form}{noun})"]
        if not self.scene:
            return [*lines, "sentence: not looked at, for want of a word of harm here and in the sentence before"]
        lines.append(f"rule: {self.ruled or 'none holds'}" + (f" by '{self.harm}'" if self.harm else ""))
        for asked in sorted(self.asked, key=lambda one: -one.score):
            weights = "; ".join(f"{signal} {weight:+.2f}" for signal, weight in asked.heaviest)
            lines.append(f"score as {asked.kind}: {asked.score:+.2f} (bar {self.bar:+.2f}): {weights}")
        return [*lines, f"chosen: {self.chosen}"]


def trace(reading: Reading, engine: Engine = "learned") -> list[Looked]:
    """Return every quantity of a report as the reader of counts saw it, in the order they stand."""
    reader = model("harm")
    looked: list[Looked] = []
    seen: set[int] = set()
    for scene in scenes(reading):
        seen.add(scene.sentence.index)
        previous = ""
        for position, quantity in enumerate(scene.found):
            look = look_at(scene, position, previous)
            before, previous = previous, look.ruled or NONE
            if engine != "rules":
                previous = weigh(look, reader)[0]
            harm = reading.words(look.harm.first, look.harm.last) if look.harm else ""
            asked = _asked(look, before, reader) if engine != "rules" else ()
            looked.append(Looked(quantity, True, look.ruled, harm, previous, reader.bar, asked))
    rest = [sentence for sentence in reading.sentences if sentence.index not in seen]
    looked += [Looked(quantity, False) for sentence in rest for quantity in quantities(reading, sentence)]
    return sorted(looked, key=lambda one: one.quantity.first)


def _asked(look: Look, previous: str, reader: Linear) -> tuple[Asked, ...]:
    kinds = look.scene.asked(previous if previous != NONE else "")
    return tuple(_scored(look, kind, reader) for kind in kinds)


def _scored(look: Look, kind: str, reader: Linear) -> Asked:
    weighed = [(signal, reader.weights.get(signal, 0.0)) for signal in signals(look, kind)]
    heavy = sorted((pair for pair in weighed if pair[1]), key=lambda pair: -abs(pair[1]))
    return Asked(kind, reader.score(signal for signal, _ in weighed), _both_ways(heavy))


def _both_ways(heavy: Sequence[tuple[str, float]]) -> tuple[tuple[str, float], ...]:
    """Return the heaviest signals for and the heaviest against, so that neither side hides the other."""
    spoken = [pair for pair in heavy if pair[1] > 0][:HEAVIEST] + [pair for pair in heavy if pair[1] < 0][:HEAVIEST]
    return tuple(sorted(spoken, key=lambda pair: -abs(pair[1])))
