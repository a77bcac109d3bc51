"""Who may be speaking: the noun phrases of a sentence that can stand for a speaker, as the report words them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from harmledger.extract.lexicon import Hit, lexicon
from harmledger.extract.reading import Reading, Sentence, Token

Shape = Literal["name", "definite", "indefinite", "bare", "pronoun"]
LONGEST_PHRASE = 16  # tokens; a phrase that runs on is a list or a broken line
LONGEST_LINK = 7  # tokens of "at the north wing of the clinic"
_LINKS = frozenset({"of", "at", "in", "from", "for", "with", "inside", "near", "on", "within", "to"})
_JOINERS = frozenset({"of", "for", "de", "del", "bin", "ibn", "von", "van", "&", "-"})
_BODIES = frozenset({"monitor", "media", "un", "ngo", "armed_group", "organisation"})
_NAMED_AFTER = frozenset({("media", "media"), ("monitor", "monitor"), ("ngo", "monitor"), ("organisation", "monitor")})
_ARABIC = ("al-", "el-", "as-", "ash-", "ad-", "an-", "ar-", "at-", "az-", "ul-")
_SUFFIXES = ("-based", "-led", "-run", "-backed", "-linked", "-affiliated", "-owned", "-held", "-controlled", "-funded")


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


@cache
def words_of(name: str, role: str) -> frozenset[str]:
    """Return the phrases of one role of a lexicon.

    >>> "she" in words_of("speaker_words", "pronoun")
    True
    """
    entries = lexicon(name).entries
    return frozenset(phrase for entry in entries if entry["role"] == role for phrase in entry["words"])


def named_like(token: Token) -> bool:
    """Tell whether a token is written as a part of a name: "Nour", "al-Nour", but not "Monday" or "The"."""
    text = token.text
    if not text[0].isupper():
        cut = text.find("-") + 1
        if not (cut and text.startswith(_ARABIC) and text[cut : cut + 1].isupper()):
            return False
    if token.norm.endswith(_SUFFIXES):
        return False
    return token.norm not in words_of("not_names", "never") and token.norm not in words_of("speaker_words", "article")


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
    start, shape = index, "bare"
    if token.norm in words_of("speaker_words", "article") and (index + 1 < limit):
        definite = pronoun is not None and bool(pronoun.entry.get("definite"))
        shape = "definite" if definite else "indefinite"
        start = pronoun.last if pronoun is not None else index + 1
    core = _core(tokens, start, limit)
    if core is None:
        return None
    return _finish(tokens, index, core, shape, limit)


def _handle(tokens: Sequence[Token], index: int, limit: int) -> Mention | None:
    """Return the account name that starts with the sign at ``index``."""
    last = index + 1
    while last < limit and tokens[last].start == tokens[last - 1].end and (tokens[last].text[0].isalnum() or tokens[last].text == "_"):
        last += 1
    if last == index + 1:
        return None
    return Mention(index, last, (index, last), "", "social_media", False, "name", True)


@dataclass(slots=True)
class _Core:
    """The phrase without what is tied on behind: heads in order, and the runs of name tokens."""

    first: int
    last: int
    heads: list[Hit]
    names: list[tuple[int, int, Hit | None]]


def _core(tokens: Sequence[Token], start: int, limit: int) -> _Core | None:
    speakers, outlets, speech = lexicon("speakers"), lexicon("outlets"), lexicon("speech")
    modifiers = words_of("speaker_words", "modifier")
    core = _Core(start, start, [], [])
    index = start
    limit = min(limit, start + LONGEST_PHRASE)
    while index < limit:
        token = tokens[index]
        said = speech.at(tokens, index, limit)
        head = speakers.at(tokens, index, limit)
        begun = bool(core.heads or core.names)
        if said is not None and (head is None or (begun and head.last <= said.last)):
            break
        if head is not None and head.last - head.first > 1 and begun and speech.at(tokens, head.last - 1, limit) and _verb_like(tokens, head.last):
            head = None if head.last - 2 <= index else speakers.at(tokens, index, head.last - 1)
        outlet = outlets.at(tokens, index, limit) if named_like(token) else None
        if outlet is not None and (head is None or outlet.last >= head.last):
            if core.heads and (core.heads[-1].entry["kind"], outlet.entry["kind"]) not in _NAMED_AFTER:
                break
            core.names.append((index, outlet.last, outlet))
            index = outlet.last
        elif head is not None:
            core.heads.append(head)
            if named_like(token):
                index = _run(tokens, index, limit, core, head.last)
            else:
                index = head.last
        elif named_like(token):
            index = _run(tokens, index, limit, core, index + 1)
        elif token.norm in modifiers or token.norm.endswith(_SUFFIXES):
            index += 1
            continue
        elif token.norm == "'s" and begun:
            index += 1
            continue
        elif token.text in "\"“”‘’'" and index > start and index + 1 < limit and named_like(tokens[index + 1]) and core.heads:
            index += 1
            continue
        else:
            break
        core.last = index
    return core if core.heads or core.names else None


def _verb_like(tokens: Sequence[Token], following: int) -> bool:
    return following < len(tokens) and tokens[following].norm in ("that", "the", "at", "a")


def _run(tokens: Sequence[Token], index: int, limit: int, core: _Core, reached: int) -> int:
    """Follow a run of name tokens from ``index``; ``reached`` is already known to belong. Note it in ``core``."""
    outlets, speech, speakers = lexicon("outlets"), lexicon("speech"), lexicon("speakers")
    last = reached
    joined = False
    while last < limit:
        token = tokens[last]
        if named_like(token):
            if outlets.at(tokens, last, limit) is not None or speech.at(tokens, last, limit) is not None:
                break
            head = speakers.at(tokens, last, limit)
            if head is not None:
                core.heads.append(head)
            last = head.last if head is not None else last + 1
        elif last + 1 < limit and (token.norm in _JOINERS or (token.norm == "and" and joined)) and named_like(tokens[last + 1]):
            joined = True
            last += 1
        elif token.norm in ("of", "for") and last + 2 < limit and tokens[last + 1].norm == "the" and named_like(tokens[last + 2]):
            joined = True
            last += 2
        elif token.text == "." and tokens[last - 1].end == token.start and last + 1 < limit and named_like(tokens[last + 1]) and len(tokens[last - 1].text) <= 3:
            last += 1
        else:
            break
    core.names.append((index, last, None))
    return last


def _finish(tokens: Sequence[Token], first: int, core: _Core, shape: str, limit: int) -> Mention:
    """Read the core as one speaker, and tie on what stands behind it."""
    head = core.heads[-1] if core.heads else None
    kind, person, carrier = _kind(core)
    name = _name(core, tokens)
    last = core.last
    if head is not None or core.names:
        last = _linked(tokens, core.last, limit, head is not None)
    mention = Mention(first, last, name, head.phrase if head else "", kind, person, shape if shape != "bare" or not name else "name", bool(core.heads) or any(hit for _, _, hit in core.names), carrier)  # type: ignore[arg-type]
    return mention


def _kind(core: _Core) -> tuple[str, bool, bool]:
    person = any(hit.entry.get("person") for hit in core.heads)
    carrier = bool(core.heads) and bool(core.heads[-1].entry.get("carrier"))
    kinds = [hit.entry["kind"] for hit in core.heads] + [hit.entry["kind"] for _, _, hit in core.names if hit]
    for kind in reversed(kinds):
        if kind not in ("person", "organisation", "carrier", "source"):
            return kind, person, carrier
    return (kinds[-1] if kinds else ""), person, carrier


def _name(core: _Core, tokens: Sequence[Token]) -> tuple[int, int] | None:
    """Return the proper name in the phrase: the last run of name tokens that is more than an adjective or a noun."""
    if not core.names:
        return None
    first, last, outlet = core.names[-1]
    head = core.heads[-1] if core.heads else None
    if head is None or outlet is not None and head.last <= first:
        return first, last
    person = bool(head.entry.get("person"))
    if head.first >= last:  # "Syrian army", "SANA reporter": the noun comes after
        if last - first > 1 and person and outlet is None and not any(first <= hit.first < last for hit in core.heads):
            return first, last  # "Aziz Nour head of the clinic"
        return (first, head.last) if outlet and not person and head.entry["kind"] in _BODIES else None
    if head.first == first and head.last == last and head.entry["kind"] not in _BODIES:
        return None  # "Police", "Activists" with no more than a sentence's capital
    if person and head.first >= first:
        return (head.last, last) if last > head.last else None
    return first, last


def _linked(tokens: Sequence[Token], index: int, limit: int, headed: bool) -> int:
    """Return the end of what is tied on by "of", "at", "in": "a source at the ministry"."""
    speech, pauses = lexicon("speech"), lexicon("speaker_pauses")
    last = index
    while last < limit and tokens[last].norm in _LINKS and last - index < LONGEST_PHRASE:
        if (not headed and tokens[last].norm not in ("of", "in")) or pauses.at(tokens, last, limit) is not None:
            break
        position = last + 1
        if position < limit and tokens[position].norm in words_of("speaker_words", "article"):
            position += 1
        begin, plain = position, 0
        while position < min(limit, begin + LONGEST_LINK):
            token = tokens[position]
            if speech.at(tokens, position, limit) is not None or not token.word:
                break
            if named_like(token) or token.norm in words_of("speaker_words", "modifier"):
                pass
            elif token.norm in words_of("not_names", "never") or token.norm in words_of("speaker_words", "article") or token.norm in _LINKS:
                if not (token.norm in ("for", "and") and position + 1 < limit and named_like(tokens[position + 1]) and named_like(tokens[position - 1])):
                    break
            else:
                plain += 1
                if plain > 2:
                    break
            position += 1
        if position == begin:
            break
        last = position
    return last
