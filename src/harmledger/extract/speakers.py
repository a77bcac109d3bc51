"""Who may be speaking: the noun phrases of a sentence that can stand for a speaker, as the report words them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from harmledger.extract.lexicon import Hit, lexicon
from harmledger.extract.reading import Reading, Sentence, Token
from harmledger.extract.speaker_phrases import (
    LONGEST_PHRASE,
    Core,
    collective,
    core_of,
    named_like,
    speaks,
    words_of,
)

Shape = Literal["name", "definite", "indefinite", "bare", "pronoun"]
LONGEST_LINK = 7  # tokens of "at the north wing of the clinic"
_LINKS = frozenset(
    {"of", "at", "in", "from", "for", "with", "inside", "near", "on", "within", "to", "across", "outside", "along"}
)
_BODIES = frozenset({"monitor", "media", "un", "ngo", "armed_group", "organisation"})
_COMMON = frozenset({"monitor", "witnesses", "activists", "source", "reports"})
_PLACED = frozenset({"in", "at", "near", "on", "of", "from", "around", "outside", "into", "across", "to", "and"})
_NATIONS = ("an", "ish", "i", "ese", "s", "ch", "ic", "'s", "u . s .", "us", "uk", "un")
_TIMES = frozenset(
    {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "statement",
        "a",
        "its",
        "this",
        "last",
    }
)


@dataclass(slots=True)
class Mention:
    """Tokens ``first`` to ``last`` (half-open) that may name a speaker.

    ``name`` is the part that is a proper name ("Aziz Nour" in "the clinic's head Aziz Nour"), None where nobody is
    named. ``head`` is the noun that tells what kind of speaker it is, "" for a bare name. ``known`` is true where
    the words alone make a speaker; a bare capitalised name may as well be a place.
    """

    first: int
    last: int
    name: tuple[int, int] | None
    head: str
    kind: str
    person: bool
    shape: Shape
    known: bool
    carrier: bool = False
    takes_up: str = ""


def mentions(reading: Reading, sentence: Sentence) -> list[Mention]:
    """Return the phrases of a sentence that can stand for a speaker, in order, never overlapping."""
    found: list[Mention] = []
    index = sentence.first
    while index < sentence.last:
        mention = mention_at(reading.tokens, index, sentence.last)
        if mention is None:
            index += 1
        else:
            found.append(mention)
            index = max(mention.last, index + 1)
    return found


def mention_at(tokens: Sequence[Token], index: int, limit: int) -> Mention | None:
    """Return the speaker's phrase that starts at token ``index``, or None."""
    token = tokens[index]
    pronoun = lexicon("speaker_words").at(tokens, index, limit)
    if pronoun is not None and pronoun.entry["role"] == "pronoun":
        takes = pronoun.entry["takes_up"]
        return Mention(index, pronoun.last, None, "", "", takes == "person", "pronoun", True, takes_up=takes)
    if token.text == "@":
        return _handle(tokens, index, limit)
    start = index
    shape: Shape = "bare"
    if token.norm in words_of("speaker_words", "article") and (index + 1 < limit):
        definite = pronoun is not None and bool(pronoun.entry.get("definite"))
        shape = "definite" if definite else "indefinite"
        start = pronoun.last if pronoun is not None else index + 1
    core = core_of(tokens, start, limit)
    if core is None:
        return None
    if token.norm in ("a", "an") and len(core.heads) > 1 and collective(core.heads[-1].phrase) and not core.names:
        core = Core(start, core.heads[-2].last, core.heads[:-1], [])  # "taken to a hospital | police said"
    return _finish(tokens, index, core, shape, limit)


def _handle(tokens: Sequence[Token], index: int, limit: int) -> Mention | None:
    """Return the account name that starts with the sign at ``index``."""
    last = index + 1
    while (
        last < limit
        and tokens[last].start == tokens[last - 1].end
        and (tokens[last].text[0].isalnum() or tokens[last].text == "_")
    ):
        last += 1
    if last == index + 1:
        return None
    return Mention(index, last, (index, last), "", "social_media", False, "name", True)


def _finish(tokens: Sequence[Token], first: int, core: Core, shape: Shape, limit: int) -> Mention:
    """Read the core as one speaker, and tie on what stands behind it."""
    head = core.heads[-1] if core.heads else None
    kind, person, carrier = _kind(core)
    name = _name(core, tokens)
    first = _without_place(tokens, first, core, shape, name)
    last = _linked(tokens, core.last, limit, carrier) if head is not None else _based(tokens, core.last, limit)
    if name and shape == "bare":
        shape = "name"
    known = bool(core.heads) or any(hit for _, _, hit in core.names) or _has_account(tokens, core.last, limit)
    return Mention(first, last, name, head.phrase if head else "", kind, person, shape, known, carrier)


def _without_place(tokens: Sequence[Token], first: int, core: Core, shape: Shape, name: tuple[int, int] | None) -> int:
    """Return where "Harran activists" really starts: a place that ran into the phrase is left out, "Syrian" is not."""
    if shape != "bare" or name is not None or not core.heads or not core.names or not first:
        return first
    if tokens[first - 1].norm not in _PLACED:
        return first
    start = first
    while start < core.heads[-1].first and named_like(tokens[start]) and not tokens[start].norm.endswith(_NATIONS):
        if any(outlet and begin <= start < end for begin, end, outlet in core.names):
            break
        start += 1
    return (
        start if start == core.heads[-1].first or not any(hit.first < start < hit.last for hit in core.heads) else first
    )


def _has_account(tokens: Sequence[Token], index: int, limit: int) -> bool:
    return index + 1 < limit and tokens[index].text == "(" and tokens[index + 1].text == "@"


def _kind(core: Core) -> tuple[str, bool, bool]:
    person = bool(core.heads) and bool(core.heads[-1].entry.get("person"))
    carrier = bool(core.heads) and bool(core.heads[-1].entry.get("carrier"))
    if carrier and any(end - begin > 1 and begin < core.heads[-1].last <= end for begin, end, _ in core.names):
        return "media", False, False  # "the Harran Post"
    kinds = [hit.entry["kind"] for hit in core.heads] + [hit.entry["kind"] for _, _, hit in core.names if hit]
    for kind in reversed(kinds):
        if kind not in ("person", "organisation", "carrier", "source"):
            return kind, person, carrier
    return (kinds[-1] if kinds else ""), person, carrier


def _name(core: Core, tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return the proper name in the phrase: the last run of name tokens that is more than an adjective or a noun."""
    if not core.names:
        return None
    first, last, outlet = core.names[-1]
    head = core.heads[-1] if core.heads else None
    if head is None or (outlet is not None and head.last <= first):
        return first, last
    person = bool(head.entry.get("person"))
    if head.first >= last:  # the noun comes after: "Syrian army", "SANA reporter", "Aziz Nour head of"
        if head.entry.get("carrier"):
            return first, last
        if last - first > 1 and person and outlet is None and not any(first <= hit.first < last for hit in core.heads):
            return first, last
        own = outlet is not None or not (tokens[last - 1].norm.endswith(_NATIONS) or head.phrase.startswith("monitor"))
        return (
            (first, head.last) if own and last == head.first and not person and head.entry["kind"] in _BODIES else None
        )
    if person and head.first >= first:
        start = head.last + (tokens[head.last].text == "." if head.last < last else 0)
        return (start, last) if last > start else None
    if head.last == last and not head.entry.get("proper") and (head.first == first or _run_on(tokens, first, head)):
        return None  # "Police" with a sentence's capital; "Harran Monitor" run together in a headline
    return first, last


def _run_on(tokens: Sequence[Token], first: int, head: Hit) -> bool:
    common = head.entry["kind"] in _COMMON or head.phrase in ("ngo", "ngos")
    return common and not _titled(tokens, first, head)


def _titled(tokens: Sequence[Token], first: int, head: Hit) -> bool:
    return head.first > first and tokens[head.first - 1].norm in ("rights", "violence", "conflict", "war")


def _based(tokens: Sequence[Token], index: int, limit: int) -> int:
    if index + 2 < limit and tokens[index].norm == "based" and tokens[index + 1].norm == "in":
        return index + 3
    return index


def _linked(tokens: Sequence[Token], index: int, limit: int, carrier: bool) -> int:
    """Return the end of what is tied on by "of", "at", "in": "a source at the ministry"."""
    never, articles = words_of("not_names", "never"), words_of("speaker_words", "article")
    last = _based(tokens, index, limit)
    while last < limit and tokens[last].norm in _LINKS and last - index < LONGEST_PHRASE:
        if tokens[last].norm in ("on", "in", "at") and last + 1 < limit and tokens[last + 1].norm in _TIMES:
            break
        position = last + 1
        if position < limit and tokens[position].norm in articles:
            position += 1
        if position > last + 1 and position < limit and tokens[position].norm in _LINKS:
            last = position  # "of one | of the men"
            continue
        begin, plain = position, 0
        while position < min(limit, begin + LONGEST_LINK):
            token = tokens[position]
            if speaks(tokens, position, limit) or not token.word or _others_speak(tokens, position, limit):
                break
            if named_like(token):
                if plain:
                    break
            elif token.norm not in words_of("speaker_words", "modifier"):
                if token.norm in never or token.norm in articles or token.norm in _LINKS:
                    if not (token.norm in ("for", "and") and _between_names(tokens, position, limit)):
                        break
                else:
                    plain += 1
                    if plain > 2:
                        break
            position += 1
        while position > begin and tokens[position - 1].norm in words_of("speaker_pauses", "pause"):
            position -= 1
        if position == begin:
            break
        last = position
    return last


def _others_speak(tokens: Sequence[Token], index: int, limit: int) -> bool:
    """Tell whether a speaker of its own stands here with its word of speech: "a house in Harran | police said"."""
    if tokens[index].capital:
        return False
    head = lexicon("speakers").at(tokens, index, limit)
    return head is not None and collective(head.phrase) and speaks(tokens, head.last, limit)


def _between_names(tokens: Sequence[Token], index: int, limit: int) -> bool:
    return index + 1 < limit and named_like(tokens[index + 1]) and named_like(tokens[index - 1])
