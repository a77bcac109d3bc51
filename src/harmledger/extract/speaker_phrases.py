"""The wording of a phrase that can name a speaker: its nouns, its runs of names, and where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from harmledger.extract.lexicon import Hit, lexicon
from harmledger.extract.reading import Token

LONGEST_PHRASE = 16  # tokens; a phrase that runs on is a list or a broken line
_JOINERS = frozenset({"of", "for", "de", "del", "bin", "ibn", "von", "van", "&", "-"})
_NAMED_AFTER = frozenset({("media", "media"), ("monitor", "monitor"), ("ngo", "monitor"), ("organisation", "monitor")})
_QUOTES = frozenset("\"'“”‘’")
_ARABIC = ("al-", "el-", "as-", "ash-", "ad-", "an-", "ar-", "at-", "az-", "ul-")
_SUFFIXES = ("-based", "-led", "-run", "-backed", "-linked", "-affiliated", "-owned", "-held", "-controlled", "-funded")


@dataclass(slots=True)
class Core:
    """The phrase without what is tied on behind: heads in order, and the runs of name tokens."""

    first: int
    last: int
    heads: list[Hit]
    names: list[tuple[int, int, Hit | None]]


@cache
def words_of(name: str, role: str) -> frozenset[str]:
    """Return the phrases of one role of a lexicon.

    >>> "she" in words_of("speaker_words", "pronoun")
    True
    """
    entries = lexicon(name).entries
    fitting = (entry for entry in entries if role in entry.get("roles", (entry.get("role"),)))
    return frozenset(phrase for entry in fitting for phrase in entry["words"])


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


def speech_at(tokens: Sequence[Token], index: int, limit: int) -> Hit | None:
    """Return the words of speech at ``index``, or None; the "Said" of "Omar Said, a driver," is a name."""
    hit = lexicon("speech").at(tokens, index, limit)
    if hit is None or not (tokens[index].capital and index and tokens[index - 1].capital and hit.last < limit):
        return hit
    following = tokens[hit.last]
    return None if following.text == "," or lexicon("speech").at(tokens, hit.last, limit) is not None else hit


def speaks(tokens: Sequence[Token], index: int, limit: int) -> bool:
    """Tell whether words of speech start at ``index``."""
    return speech_at(tokens, index, limit) is not None


def core_of(tokens: Sequence[Token], start: int, limit: int) -> Core | None:
    """Return the nouns and names that make a speaker's phrase from token ``start``, None where there are none."""
    modifiers = words_of("speaker_words", "modifier")
    core = Core(start, start, [], [])
    index = start
    limit = min(limit, start + LONGEST_PHRASE)
    while index < limit:
        token = tokens[index]
        head = _head(tokens, index, limit, bool(core.heads or core.names))
        outlet = lexicon("outlets").at(tokens, index, limit) if named_like(token) else None
        if head is None and speaks(tokens, index, limit):
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
        elif token.text[0].isdigit() and index + 2 < limit and tokens[index + 2].norm.startswith("year"):
            index += 3  # "a 36-year-old woman"
            continue
        elif token.norm in modifiers or token.norm.endswith(_SUFFIXES) or _within(tokens, index, limit, core):
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
    return (
        bool(person)
        or head.entry["kind"] in ("media", "ngo", "monitor", "organisation", "social_media")
        or tokens[head.first].capital
    )


def _within(tokens: Sequence[Token], index: int, limit: int, core: Core) -> bool:
    """Tell whether a sign belongs inside the phrase: "the clinic's head", "the agency 'Harran'"."""
    stuck = tokens[index].start == tokens[index - 1].end
    if tokens[index].norm == "'s" or (stuck and tokens[index].text in "'’" and tokens[index - 1].norm.endswith("s")):
        return bool(core.names or core.heads)
    return tokens[index].text in _QUOTES and bool(core.heads) and _opens_name(tokens, index, limit)


def _opens_name(tokens: Sequence[Token], index: int, limit: int) -> bool:
    return index + 1 < limit and tokens[index].start > tokens[index - 1].end and named_like(tokens[index + 1])


def _head(tokens: Sequence[Token], index: int, limit: int, begun: bool) -> Hit | None:
    """Return the speaker's noun at ``index``; after another noun "reports" is a verb: "state media reports that"."""
    speakers = lexicon("speakers")
    head = speakers.at(tokens, index, limit)
    if head is None:
        return None
    last = head.last - 1
    if not speaks(tokens, last, limit):
        return head
    if last == index:
        return None if begun else head
    following = tokens[head.last].norm if head.last < limit else ""
    verb = following in ("that", "the", "at", "a") or (begun and not speaks(tokens, head.last, limit))
    return speakers.at(tokens, index, last) if verb else head


def _run(tokens: Sequence[Token], index: int, limit: int, core: Core, reached: int, outlet: Hit | None = None) -> int:
    """Follow a run of name tokens from ``index``; ``reached`` is already known to belong. Note it in ``core``."""
    outlets, speakers = lexicon("outlets"), lexicon("speakers")
    last, heads = reached, len(core.heads)
    joined = False
    while last < limit:
        token = tokens[last]
        following = tokens[last + 1] if last + 1 < limit else None
        if named_like(token):
            if outlets.at(tokens, last, limit) is not None or speaks(tokens, last, limit):
                break
            head = speakers.at(tokens, last, limit)
            if head is not None:
                core.heads.append(head)
            last = head.last if head is not None else last + 1
        elif tokens[last - 1].end == token.start and _of_account(tokens, last, limit):
            last += 1  # "Channel24", "nour_77", "aziz.nour"
        elif token.text[0].isdigit() and speaks(tokens, last + 1, limit):
            last += 1  # "Canal 9 said"
        elif following is None:
            break
        elif (
            token.text == "."
            and tokens[last - 1].end == token.start
            and named_like(following)
            and len(tokens[last - 1].text) <= 3
        ):
            last += 1
        elif (
            token.norm in ("of", "for")
            and last - index >= 2
            and len(core.heads) == heads
            and not core.heads
            and outlet is None
        ):
            break  # "Aziz Nour of the clinic" is a person and where he belongs
        elif (token.norm in _JOINERS or (token.norm == "and" and joined)) and named_like(following):
            joined, last = True, last + 1
        elif (
            token.norm in ("of", "for")
            and following.norm == "the"
            and last + 2 < limit
            and named_like(tokens[last + 2])
        ):
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
