"""Whether those harmed were civilians or combatants: from the noun, the words beside it, and the rest of the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from harmledger.extract.draft import Draft, Found
from harmledger.extract.linear import model
from harmledger.extract.no_counts import FUNCTION_WORDS
from harmledger.extract.nouns import noun_of
from harmledger.extract.quantities import Quantity
from harmledger.extract.reading import Reading
from harmledger.model import Status

LABELS: tuple[Status, ...] = ("civilian", "combatant", "unstated", "mixed")
_NEAR = 12  # tokens to either side that are looked at for a noun with a status


def statuses(reading: Reading, drafts: Sequence[Draft], found: Sequence[Quantity]) -> list[Found[Status]]:
    """Return the status of each count's people, with the words it was read from."""
    reader = model("status")
    answers: list[Found[Status]] = []
    for index, signals in enumerate(status_signals(reading, drafts, found)):
        draft = drafts[index]
        if draft.kind == "damaged":
            answers.append(Found("civilian", "a civilian structure"))
            continue
        before = [f"before={answers[index - 1].value}"] if index else ["before=nothing"]
        if draft.parent is not None and draft.parent < index:
            before.append(f"whole={answers[draft.parent].value}")
        scores = {label: reader.score([f"{label}|{signal}" for signal in signals + before]) for label in LABELS}
        best = max(LABELS, key=scores.__getitem__)
        answers.append(Found(best, _reason(reading, found[index], best)))
    return answers


def _reason(reading: Reading, quantity: Quantity, status: Status) -> str:
    words = reading.words(quantity.first, max(quantity.last, quantity.end))
    noun = quantity.noun
    if noun is not None and noun.status == status and noun.listed:
        return f"{status}, because of '{words}'"
    return f"{status}, by what the report says around '{words}'"


def status_signals(reading: Reading, drafts: Sequence[Draft], found: Sequence[Quantity]) -> list[list[str]]:
    """Return the signals for each draft; word classes and function words, no names."""
    tally: Counter[str] = Counter()
    for token in reading.tokens:
        if token.word and token.norm not in FUNCTION_WORDS:
            noun = noun_of(token)
            if noun is not None and noun.listed and noun.kind == "person":
                tally[noun.status] += 1
    civilians, fighters = tally["civilian"], tally["combatant"]
    page = f"page={_few(civilians)}|{_few(fighters)}"
    return [_signals(reading, draft, quantity, page) for draft, quantity in zip(drafts, found, strict=True)]


def _few(count: int) -> str:
    return str(count) if count < 2 else "2-5" if count < 6 else "6+"


def _signals(reading: Reading, draft: Draft, quantity: Quantity, page: str) -> list[str]:
    tokens, sentence = reading.tokens, reading.sentence_of(draft.first)
    noun = quantity.noun
    told = f"{noun.status}{'L' if noun.listed else ''}" if noun is not None and noun.kind == "person" else "none"
    head = tokens[quantity.head].norm if quantity.head is not None and noun is not None and noun.listed else ""
    modifiers = [tokens[i].norm for i in range(quantity.last, quantity.end) if i != quantity.head]
    found = [
        "bias",
        f"told={told}",
        f"told+kind={told}|{draft.kind}",
        f"told+group={told}|{draft.group}",
        f"group={draft.group}",
        f"kind={draft.kind}",
        f"form={quantity.form}",
        f"scope={draft.scope}",
        f"told+scope={told}|{draft.scope}",
        page,
        f"{page}|{told}",
        f"head={head}",
    ]
    if quantity.age is not None:
        found.append("age told")
    for word in modifiers:
        if word.isalpha() and len(word) > 2 and not word[0].isupper():
            noun_before = noun_of_word(reading, quantity, word)
            if noun_before:
                found.append(f"modifier={noun_before}")
    for side, first, last in (
        ("left", max(sentence.first, quantity.first - _NEAR), quantity.first),
        ("right", quantity.end, min(sentence.last, quantity.end + _NEAR)),
    ):
        seen = Counter(
            f"{near.status}"
            for i in range(first, last)
            if (near := noun_of(tokens[i])) and near.listed and near.kind == "person"
        )
        found += [f"{side}={status}" for status in seen] + [f"{side}+told={status}|{told}" for status in seen]
        if not seen:
            found.append(f"{side}=none|{told}")
    following = tokens[quantity.end].norm if quantity.end < sentence.last else "."
    found.append(f"next={following}" if following in FUNCTION_WORDS else "next=other")
    return found


def noun_of_word(reading: Reading, quantity: Quantity, word: str) -> str:
    """Return the status that a modifier of the noun phrase tells ("civilian" in "civilian deaths"), or ""."""
    for index in range(quantity.last, quantity.end):
        if reading.tokens[index].norm == word:
            near = noun_of(reading.tokens[index])
            return near.status if near is not None and near.listed and near.kind == "person" else ""
    return ""
