"""Why a claim was missed, found where none is, or read wrongly: computed from what the stages did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from harmledger.extract.actors import blame
from harmledger.extract.attribution import attribute
from harmledger.extract.counting import NONE
from harmledger.extract.draft import Draft, Drafts
from harmledger.extract.means import means_of
from harmledger.extract.reading import Reading
from harmledger.extract.scope import scope_of
from harmledger.extract.when import date_harm
from harmledger.extract.where import locate
from trace_counts import Looked

JUST = 1.0  # below the bar by less than this: a little more evidence would have done
# The field of a claim and the name under which its reason is kept.
BECAUSE = {"value": "kind", "bound": "kind", "start_date": "when"}
_STAGED = ("scope", "place", "start_date", "actor", "means", "sources")

Record = Mapping[str, Any]


def overlapping(looked: Sequence[Looked], draft: Draft) -> list[Looked]:
    """Return the quantities that share a token with a count."""
    return [one for one in looked if one.quantity.first < draft.last and draft.first < one.quantity.last]


def shape_of(reading: Reading, draft: Draft, claim: Record) -> str:
    """Return how a count is written, which groups the claims of one cause: a part, an aside, a figure, a vague word."""
    first = reading.tokens[draft.first]
    sentence = reading.sentence_of(draft.first)
    if claim.get("parent") is not None:
        return "a part of a whole"
    if first.norm in ("a", "an", "one", "another"):
        before = reading.tokens[draft.first - 1] if draft.first > sentence.first else None
        return (
            "one person in an aside" if before is not None and (before.norm == "," or before.capital) else "one person"
        )
    if claim.get("value") is None:
        return "a vague word"
    if claim.get("value") == 0:
        return "none"
    return "a figure" if first.text[0].isdigit() else "a number word"


def cause_of_miss(looked: Sequence[Looked], draft: Draft, claim: Record, read: Sequence[Record]) -> str:
    """Return why an annotated claim was not found."""
    kind = claim["kind"]
    near = overlapping(looked, draft)
    if not near:
        return "no quantity was seen there"
    if not any(one.scene for one in near):
        return "sentence not looked at (no word of harm)"
    if any(one.chosen == kind for one in near):
        return "one count read where two are annotated"
    won = next((one.chosen for one in near if one.chosen != NONE), None)
    if won:
        return f"read as {won}, annotated as {kind}"
    asked = [found for one in near if (found := one.of(kind)) is not None]
    if not asked:
        return "kind not asked about (no word of it)" if any(one.asked for one in near) else "no rule holds"
    short = near[0].bar - max(found.score for found in asked)
    beside = any(r["kind"] == kind and r["value"] == claim["value"] is not None for r in read)
    band = "score just under the bar" if short < JUST else "score far under the bar"
    return band + (", the same count found elsewhere in the report" if beside else "")


def cause_of_spurious(looked: Sequence[Looked], draft: Draft, claim: Record, annotated: Sequence[Record]) -> str:
    """Return why a claim was read where none is annotated."""
    over = [a for a in annotated if a["start"] < claim["end"] and claim["start"] < a["end"]]
    if any(a["kind"] == claim["kind"] for a in over):
        return "two counts read where one is annotated"
    if over:
        return f"read as {claim['kind']}, annotated as {over[0]['kind']}"
    inside = [a for a in annotated if claim["sentence_start"] <= a["start"] < claim["sentence_end"]]
    if any(a["kind"] == claim["kind"] and a["value"] == claim["value"] for a in inside):
        return "the count is annotated on other words of the sentence"
    near = overlapping(looked, draft)
    one = near[0] if near else None
    if one is not None and not one.harm:
        return "carried over from the sentence before"
    noun = one.quantity.noun if one is not None else None
    if claim["kind"] != "damaged" and noun is not None and noun.kind != "person":
        return "counts things, not people"
    if one is not None and one.ruled == claim["kind"]:
        return "rule and score agree" + ("" if inside else ", nothing annotated in the sentence")
    return "score alone, no rule holds" + ("" if inside else ", nothing annotated in the sentence")


def asked_with_annotated(reading: Reading, drafts: Drafts) -> dict[str, list[Any]]:
    """Return what the stages read where they are given the annotated counts: what they still get wrong is their own."""
    if not drafts:
        return {field: [] for field in _STAGED}
    places = [found.value for found in locate(reading, drafts)]
    return {
        "scope": [found.value for found in scope_of(reading, drafts)],
        "place": [place.words if place is not None else None for place in places],
        "start_date": [found.value.start.isoformat() if found.value else None for found in date_harm(reading, drafts)],
        "actor": [found.value for found in blame(reading, drafts)],
        "means": [found.value for found in means_of(reading, drafts)],
        "sources": [list(found.value) for found in attribute(reading, drafts)],
    }


def cause_of_wrong(field: str, reading: Reading, wanted: Record, read: Record, own: bool | None) -> str:
    """Return how a field went wrong; ``own``: it is so with the annotated counts too, None where that is not asked."""
    told = _difference(field, reading, wanted, read)
    return told if own is None else f"{told}, {'the stage itself' if own else 'misled by the counts read before it'}"


def _difference(field: str, reading: Reading, wanted: Record, read: Record) -> str:
    want, got = wanted[field], read.get(field)
    if field == "value":
        sorts = _sort(want, wanted["high"]), _sort(got, read.get("high"))
        return "another number" if sorts[0] == sorts[1] else " read as ".join(sorts)
    if field == "parent":
        return (
            "whole not told" if got is None else "a whole where none is annotated" if want is None else "another whole"
        )
    if field == "sources" and not got:
        return f"speaker not told: {_short(read['because'].get('sources', 'nothing noted'))}"
    if field in ("place", "sources", "start_date") and not want:
        return f"a {_called(field)} where none is annotated"
    if field == "place":
        return f"{'not told' if got is None else 'another place'}; the annotated one is {_where(reading, wanted)}"
    if field == "start_date":
        return _days(want, got)
    if field == "sources":
        return "another speaker"
    return f"{want or 'none'} read as {got or 'none'}"


def _called(field: str) -> str:
    return {"sources": "speaker", "start_date": "date"}.get(field, field)


def _short(reason: str) -> str:
    """Reasons that quote the report's words would make a group of one each."""
    return reason if reason.startswith(("no word", "the words")) else "its words were seen"


def _sort(value: int | None, high: int | None) -> str:
    return "a vague word" if value is None else "a range" if high is not None else "none" if value == 0 else "a number"


def _where(reading: Reading, wanted: Record) -> str:
    sentence = reading.sentence_of(reading.token_at(wanted["start"]))
    place = wanted["place"]
    if place in reading.text[sentence.start : sentence.end]:
        return "in the sentence"
    if sentence.index and place in reading.text[reading.sentences[sentence.index - 1].start : sentence.start]:
        return "in the sentence before"
    return "elsewhere in the report" if place in reading.text else "not in the text in these words"


def _days(want: str, got: str | None) -> str:
    if got is None:
        return "not told"
    days = abs((date.fromisoformat(want) - date.fromisoformat(got)).days)
    return (
        "a day off" if days == 1 else "within a week" if days < 8 else "within a month" if days < 32 else "further off"
    )
