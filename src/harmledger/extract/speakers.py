"""Who may be speaking: the noun phrases of a sentence that can stand for a speaker, as the report words them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, cast

from harmledger.extract.lexicon import Hit, lexicon
from harmledger.extract.reading import Reading, Sentence, Token

Shape = Literal["name", "definite", "indefinite", "bare", "pronoun"]
LONGEST_PHRASE = 16  # tokens; a phrase that runs on is a list or a broken line
LONGEST_LINK = 7  # tokens of "at the north wing of the clinic"
_LINKS = frozenset({"of", "at", "in", "from", "for", "with", "inside", "near", "on", "within", "to"})
_JOINERS = frozenset({"of", "for", "de", "del", "bin", "ibn", "von", "van", "&", "-"})
_BODIES = frozenset({"monitor", "media", "un", "ngo", "armed_group", "organisation"})
_NAMED_AFTER = frozenset({("media", "media"), ("monitor", "monitor"), ("ngo", "monitor"), ("organisation", "monitor")})
_QUOTES = frozenset("\"'“”‘’")
_NATIONS = ("an", "ish", "i", "ese", "s", "ch", "ic", "'s", "u . s .", "us", "uk", "un")
_TIMES = frozenset(
    {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "statement", "a", "its", "this", "last"}
)
_PLACED = frozenset({"in", "at", "near", "on", "of", "from", "around", "outside", "into", "across", "to", "and"})
_COMMON = frozenset({"monitor", "witnesses", "activists", "source", "reports"})
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
    if token.norm.endswith(_SUFFIXES) or token.norm.partition("'")[0] in words_of("not_names", "never"):
        return False
    return token.norm not in words_of("not_names", "never") and token.norm not in words_of("speaker_words", "article")


def collective(phrase: str) -> bool:
    """Tell whether a noun speaks for many and so takes no "a": "police", "officials"."""
    return phrase.endswith("s") or phrase.split()[-1] in ("police", "media", "people", "enforcement")


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
    start, shape = index, cast(Shape, "bare")
    if token.norm in words_of("speaker_words", "article") and (index + 1 < limit):
        definite = pronoun is not None and bool(pronoun.entry.get("definite"))
        shape = "definite" if definite else "indefinite"
        start = pronoun.last if pronoun is not None else index + 1
    core = _core(tokens, start, limit)
    if core is None:
        return None
    if token.norm in ("a", "an") and len(core.heads) > 1 and collective(core.heads[-1].phrase) and not core.names:
        core = _Core(start, core.heads[-2].last, core.heads[:-1], [])  # "taken to a hospital | police said"
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
    modifiers = words_of("speaker_words", "modifier")
    core = _Core(start, start, [], [])
    index = start
    limit = min(limit, start + LONGEST_PHRASE)
    while index < limit:
        token = tokens[index]
        head = _head(tokens, index, limit, bool(core.heads or core.names))
        outlet = lexicon("outlets").at(tokens, index, limit) if named_like(token) else None
        if head is None and _speaks(tokens, index, limit):
            break
        if outlet is not None and (head is None or outlet.last >= head.last):
            if core.heads and (core.heads[-1].entry["kind"], outlet.entry["kind"]) not in _NAMED_AFTER:
                break
            index = _run(tokens, index, limit, core, outlet.last, outlet)
        elif head is not None:
            core.heads.append(head)
            index = _run(tokens, index, limit, core, head.last) if named_like(token) else head.last
        elif named_like(token):
            if core.heads and not _named_after(tokens, core.heads[-1]):
                break
            index = _run(tokens, index, limit, core, index + 1)
        elif token.norm == "news" and core.names and core.names[-1][1] == index and not core.heads:
            core.names[-1] = (core.names[-1][0], index + 1, core.names[-1][2])
            index += 1
        elif token.norm in modifiers or token.norm.endswith(_SUFFIXES):
            index += 1
            continue
        elif (token.norm == "'s" and (core.names or core.heads)) or (token.text in _QUOTES and core.heads and _opens_name(tokens, index, limit)):
            index += 1
            continue
        else:
            break
        core.last = index
    return core if core.heads or core.names else None


def _named_after(tokens: Sequence[Token], head: Hit) -> bool:
    """Tell whether a name may follow a noun: "spokesman Aziz Nour", "the agency Harran News", but not "police Nour"."""
    person = head.entry.get("person") and not head.phrase.endswith("s")
    if not person and tokens[head.last].norm.endswith(("ian", "ish", "ese", "ians")):
        return False  # "state TV | Syrian state media"
    return bool(person) or head.entry["kind"] in ("media", "ngo", "monitor", "organisation", "social_media") or tokens[head.first].capital


def _opens_name(tokens: Sequence[Token], index: int, limit: int) -> bool:
    return index + 1 < limit and tokens[index].start > tokens[index - 1].end and named_like(tokens[index + 1])


def speech_at(tokens: Sequence[Token], index: int, limit: int) -> Hit | None:
    """Return the words of speech at ``index``, or None; the "Said" of "Omar Said, a driver," is a name."""
    hit = lexicon("speech").at(tokens, index, limit)
    if hit is None or not (tokens[index].capital and index and tokens[index - 1].capital and hit.last < limit):
        return hit
    following = tokens[hit.last]
    return None if following.text == "," or lexicon("speech").at(tokens, hit.last, limit) is not None else hit


def _speaks(tokens: Sequence[Token], index: int, limit: int) -> bool:
    return speech_at(tokens, index, limit) is not None


def _head(tokens: Sequence[Token], index: int, limit: int, begun: bool) -> Hit | None:
    """Return the speaker's noun at ``index``; "reports" after another noun is a verb, as in "state media reports that"."""
    speakers = lexicon("speakers")
    head = speakers.at(tokens, index, limit)
    if head is None:
        return None
    last = head.last - 1
    if not _speaks(tokens, last, limit):
        return head
    if last == index:
        return None if begun else head
    following = tokens[head.last].norm if head.last < limit else ""
    verb = following in ("that", "the", "at", "a") or (begun and not _speaks(tokens, head.last, limit))
    return speakers.at(tokens, index, last) if verb else head


def _run(tokens: Sequence[Token], index: int, limit: int, core: _Core, reached: int, outlet: Hit | None = None) -> int:
    """Follow a run of name tokens from ``index``; ``reached`` is already known to belong. Note it in ``core``."""
    outlets, speakers = lexicon("outlets"), lexicon("speakers")
    last, heads = reached, len(core.heads)
    joined = False
    while last < limit:
        token = tokens[last]
        following = tokens[last + 1] if last + 1 < limit else None
        if named_like(token):
            if outlets.at(tokens, last, limit) is not None or _speaks(tokens, last, limit):
                break
            head = speakers.at(tokens, last, limit)
            if head is not None:
                core.heads.append(head)
            last = head.last if head is not None else last + 1
        elif tokens[last - 1].end == token.start and _of_account(tokens, last, limit):
            last += 1  # "Channel24", "nour_77", "aziz.nour"
        elif token.text[0].isdigit() and _speaks(tokens, last + 1, limit):
            last += 1  # "Canal 9 said"
        elif following is None:
            break
        elif token.text == "." and tokens[last - 1].end == token.start and named_like(following) and len(tokens[last - 1].text) <= 3:
            last += 1
        elif token.norm in ("of", "for") and last - index >= 2 and len(core.heads) == heads and not core.heads and outlet is None:
            break  # "Aziz Nour of the clinic" is a person and where he belongs
        elif (token.norm in _JOINERS or (token.norm == "and" and joined)) and named_like(following):
            joined, last = True, last + 1
        elif token.norm in ("of", "for") and following.norm == "the" and last + 2 < limit and named_like(tokens[last + 2]):
            joined, last = True, last + 2
        else:
            break
    core.names.append((index, last, outlet))
    return last


def _of_account(tokens: Sequence[Token], index: int, limit: int) -> bool:
    """Tell whether a sign or digit stuck to a name belongs to it: an account's name, or the stop of "Jr."."""
    token = tokens[index]
    if token.text[0].isdigit() or token.text == "_" or tokens[index - 1].text == "_":
        return True
    if token.text == "." and tokens[index - 1].norm in ("jr", "sr", "inc", "co", "corp", "ltd"):
        return True
    stuck = index + 1 < limit and tokens[index + 1].start == token.end and tokens[index + 1].text[0].islower()
    return (token.text == "." and stuck) or (tokens[index - 1].text == "." and token.text[0].islower())


def _finish(tokens: Sequence[Token], first: int, core: _Core, shape: Shape, limit: int) -> Mention:
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


def _without_place(tokens: Sequence[Token], first: int, core: _Core, shape: Shape, name: tuple[int, int] | None) -> int:
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
    return start if start == core.heads[-1].first or not any(hit.first < start < hit.last for hit in core.heads) else first


def _has_account(tokens: Sequence[Token], index: int, limit: int) -> bool:
    return index + 1 < limit and tokens[index].text == "(" and tokens[index + 1].text == "@"


def _kind(core: _Core) -> tuple[str, bool, bool]:
    person = bool(core.heads) and bool(core.heads[-1].entry.get("person"))
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
    if head is None or (outlet is not None and head.last <= first):
        return first, last
    person = bool(head.entry.get("person"))
    if head.first >= last:  # the noun comes after: "Syrian army", "SANA reporter", "Aziz Nour head of"
        if head.entry.get("carrier"):
            return first, last
        if last - first > 1 and person and outlet is None and not any(first <= hit.first < last for hit in core.heads):
            return first, last
        own = outlet is not None or not (tokens[last - 1].norm.endswith(_NATIONS) or head.phrase.startswith("monitor"))
        return (first, head.last) if own and last == head.first and not person and head.entry["kind"] in _BODIES else None
    if person and head.first >= first:
        start = head.last + (tokens[head.last].text == "." if head.last < last else 0)
        return (start, last) if last > start else None
    if head.last == last and not head.entry.get("proper"):
        if head.first == first or (head.entry["kind"] in _COMMON or head.phrase in ("ngo", "ngos")) and not _titled(tokens, first, head):
            return None  # "Police" with a sentence's capital; "Idlib Monitor" run together in a headline
    return first, last


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
            if _speaks(tokens, position, limit) or not token.word or _others_speak(tokens, position, limit):
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
    return head is not None and collective(head.phrase) and _speaks(tokens, head.last, limit)


def _between_names(tokens: Sequence[Token], index: int, limit: int) -> bool:
    return index + 1 < limit and named_like(tokens[index + 1]) and named_like(tokens[index - 1])
