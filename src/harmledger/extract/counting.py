"""Which quantities of a report count harm, and of what kind: by learned weights, or by rules alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from harmledger.extract.classifier import classifier
from harmledger.extract.draft import Draft
from harmledger.extract.harm import HarmWord, harm_words
from harmledger.extract.quantities import Quantity, quantities
from harmledger.extract.reading import Reading
from harmledger.extract.signals import Scene, signals

Engine = Literal["learned", "rules"]
NONE = "none"


@dataclass(slots=True)
class Counted:
    """A draft with the quantity it was made from and the word of harm that governs it."""

    draft: Draft
    quantity: Quantity
    harm: HarmWord | None


def scenes(reading: Reading) -> Iterator[Scene]:
    """Yield the sentences that could count harm: those with a quantity, and a word of harm in them or beside them."""
    earlier: frozenset[str] = frozenset()
    for sentence in reading.sentences:
        harms = harm_words(reading, sentence)
        if harms or earlier:
            found = quantities(reading, sentence)
            if found:
                yield Scene(reading, sentence, found, harms, earlier)
        earlier = frozenset(word.kind[:3] for word in harms)


def count_harm(reading: Reading, engine: Engine = "learned") -> list[Counted]:
    """Return the counts of harm of a report in the order they stand."""
    counted: list[Counted] = []
    for scene in scenes(reading):
        previous = ""
        for position, quantity in enumerate(scene.found):
            evidence, ruled, harm = signals(scene, position, previous)
            kind, confidence = (ruled, None) if engine == "rules" else _weigh(evidence)
            previous = kind
            if kind != NONE:
                counted.append(_counted(reading, quantity, kind, harm, confidence, ruled))
    return counted


def _weigh(evidence: Sequence[str]) -> tuple[str, float | None]:
    reader = classifier("harm")
    kind, probability = reader.choose(evidence)
    return kind, reader.calibrated(probability)


def _counted(
    reading: Reading, quantity: Quantity, kind: str, harm: HarmWord | None, confidence: float | None, ruled: str
) -> Counted:
    draft = Draft(
        quantity.first,
        quantity.last,
        kind,  # type: ignore[arg-type]
        quantity.count,
        harm=harm.first if harm else None,
        head=quantity.head,
        confidence=confidence,
    )
    words = reading.words(quantity.first, max(quantity.last, quantity.end))
    if harm is not None:
        said = reading.words(harm.first, harm.last)
        draft.because["kind"] = (
            f"{kind}, because '{said}' governs '{words}'"
            if ruled == kind
            else (f"{kind}, read from '{said}' beside '{words}'")
        )
    else:
        draft.because["kind"] = f"{kind}, carried over from the sentence before to '{words}'"
    return Counted(draft, quantity, harm)
