"""Which quantities of a report count harm, and of what kind: by learned weights, or by rules alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from harmledger.extract.draft import Draft
from harmledger.extract.harm import HarmWord, harm_words
from harmledger.extract.linear import Linear, model
from harmledger.extract.quantities import Quantity, quantities
from harmledger.extract.reading import Reading
from harmledger.extract.ruled_out import signs_off
from harmledger.extract.scene import Scene
from harmledger.extract.signals import Look, look_at, mostly, signals

Engine = Literal["learned", "rules"]
NONE = "none"


@dataclass(slots=True)
class Counted:
    """A draft with the quantity it was made from and the word of harm that governs it."""

    draft: Draft
    quantity: Quantity
    harm: HarmWord | None


def scenes(reading: Reading) -> list[Scene]:
    """Return the sentences that could count harm: those with a quantity, and a word of harm in them or before them."""
    harms = [harm_words(reading, sentence) for sentence in reading.sentences]
    theme = mostly([word for words in harms for word in words])
    earlier: frozenset[str] = frozenset()
    found: list[Scene] = []
    for sentence, words in zip(reading.sentences, harms, strict=True):
        if words or earlier:
            counted = quantities(reading, sentence)
            if counted:
                found.append(Scene(reading, sentence, counted, words, earlier, theme))
        earlier = frozenset(word.kind for word in words)
    return found


def count_harm(reading: Reading, engine: Engine = "learned") -> list[Counted]:
    """Return the counts of harm of a report in the order they stand."""
    counted: list[Counted] = []
    for scene in scenes(reading):
        previous = ""
        for position, quantity in enumerate(scene.found):
            if signs_off(scene, quantity):
                continue
            look = look_at(scene, position, previous)
            previous, confidence = (look.ruled or NONE, None) if engine == "rules" else weigh(look, model("harm"))
            if previous != NONE:
                counted.append(_counted(reading, quantity, previous, look, confidence))
    return counted


Signals = Callable[[Look, str], list[str]]


def weigh(look: Look, reader: Linear, of: Signals = signals) -> tuple[str, float | None]:
    """Return the kind of harm that a quantity most likely counts, "none" below the bar, and the confidence in it.

    ``of`` tells the signals of a look; a trial may add its own.
    """
    best, kind = reader.bar, NONE
    for asked in look.scene.asked(look.previous if look.previous != NONE else ""):
        score = reader.score(of(look, asked))
        if score > best:
            best, kind = score, asked
    return kind, reader.share_right(best)


def _counted(reading: Reading, quantity: Quantity, kind: str, look: Look, confidence: float | None) -> Counted:
    harm = look.harm
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
            if look.ruled == kind
            else (f"{kind}, read from '{said}' beside '{words}'")
        )
    else:
        draft.because["kind"] = f"{kind}, carried over from the sentence before to '{words}'"
    return Counted(draft, quantity, harm)
