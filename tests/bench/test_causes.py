"""Each cause has its own mark: a row is what the stages did, and the cause that must be told, or must not."""

from __future__ import annotations

from typing import Any

import pytest

from causes import cause_of_miss, cause_of_spurious, shape_of
from harmledger.counts import Count
from harmledger.extract.draft import Draft
from harmledger.extract.quantities import Quantity, quantities
from harmledger.extract.reading import Reading, read_through
from harmledger.model import Report
from trace_counts import Asked, Looked

_DRAFT = Draft(0, 1, "injured", Count(3))
_CLAIM: dict[str, Any] = {"kind": "injured", "value": 3, "start": 0, "end": 5, "sentence_start": 0, "sentence_end": 40}


def _looked(**told: Any) -> Looked:
    return Looked(**{"quantity": Quantity(0, 1, 2, "word", Count(3)), "scene": True, "bar": -0.2, **told})


@pytest.mark.parametrize(
    ("looked", "cause"),
    [
        ([], "no quantity was seen there"),
        ([_looked(quantity=Quantity(5, 6, 7, "word", Count(3)))], "no quantity was seen there"),
        ([_looked(scene=False)], "sentence not looked at (no word of harm)"),
        ([_looked(chosen="killed")], "read as killed, annotated as injured"),
        ([_looked(chosen="injured")], "one count read where two are annotated"),
        ([_looked(asked=(Asked("killed", -3.0),))], "kind not asked about (no word of it)"),
        ([_looked()], "no rule holds"),
        ([_looked(asked=(Asked("injured", -0.9),))], "score just under the bar"),
        ([_looked(asked=(Asked("injured", -3.0), Asked("killed", -0.3)))], "score far under the bar"),
    ],
)
def test_causes_of_a_miss(looked: list[Looked], cause: str) -> None:
    """The first stage that lost the claim is named, not a later one."""
    assert cause_of_miss(looked, _DRAFT, _CLAIM, []) == cause


def test_a_miss_that_is_told_elsewhere() -> None:
    """The same figure read elsewhere makes the miss a lesser one, another figure does not."""
    looked = [_looked(asked=(Asked("injured", -0.9),))]
    assert cause_of_miss(looked, _DRAFT, _CLAIM, [_CLAIM]).endswith("found elsewhere in the report")
    assert cause_of_miss(looked, _DRAFT, _CLAIM, [{**_CLAIM, "value": 4}]) == "score just under the bar"


@pytest.mark.parametrize(
    ("looked", "annotated", "cause"),
    [
        (_looked(harm="hurt", ruled="injured"), [{}], "two counts read where one is annotated"),
        (_looked(harm="hurt"), [{"kind": "killed"}], "read as injured, annotated as killed"),
        (_looked(harm="hurt"), [{"start": 20, "end": 25}], "the count is annotated on other words of the sentence"),
        (_looked(), [], "carried over from the sentence before"),
        (_looked(harm="hurt", ruled="injured"), [], "rule and score agree, nothing annotated in the sentence"),
        (_looked(harm="hurt", ruled="injured"), [{"start": 20, "end": 25, "value": 9}], "rule and score agree"),
        (_looked(harm="hurt"), [{"start": 90, "end": 95}], "score alone, no rule holds, nothing annotated"),
    ],
)
def test_causes_of_a_spurious_find(looked: Looked, annotated: list[dict[str, Any]], cause: str) -> None:
    """What is annotated near by is looked at first: a slip of the span is no invention."""
    assert cause_of_spurious([looked], _DRAFT, _CLAIM, [_CLAIM | one for one in annotated]).startswith(cause)


def _draft(text: str, words: str) -> tuple[Reading, Draft]:
    reading = read_through(Report("r", text))
    first = reading.token_at(text.index(words))
    return reading, Draft(first, first + 1, "killed", Count(1))


@pytest.mark.parametrize(
    ("text", "words", "told", "shape"),
    [
        ("Petra Vollan, a nurse, was killed.", "a nurse", {"value": 1}, "one person in an aside"),
        ("They said a nurse was killed.", "a nurse", {"value": 1}, "one person"),
        ("Nine died, two of them nurses.", "two", {"value": 2, "parent": 0}, "a part of a whole"),
        ("Dozens were killed.", "Dozens", {"value": None}, "a vague word"),
        ("Some 40 were killed.", "40", {"value": 40}, "a figure"),
        ("Forty were killed.", "Forty", {"value": 40}, "a number word"),
        ("No guests were killed.", "No", {"value": 0}, "none"),
    ],
)
def test_shapes(text: str, words: str, told: dict[str, Any], shape: str) -> None:
    """How a count is written, whatever it counts."""
    reading, draft = _draft(text, words)
    assert shape_of(reading, draft, told) == shape


def test_steps_name_the_words() -> None:
    """The steps quote the report, so that they can be found in it."""
    reading = read_through(Report("r", "Nine nurses were hurt."))
    (quantity,) = quantities(reading, reading.sentences[0])
    unseen, seen = Looked(quantity, False), Looked(quantity, True, asked=(Asked("injured", 1.5, (("bias", -3.0),)),))
    assert "'Nine nurses'" in unseen.steps(reading)[0]
    assert "not looked at" in unseen.steps(reading)[1]
    assert "score as injured: +1.50 (bar +0.00): bias -3.00" in seen.steps(reading)
