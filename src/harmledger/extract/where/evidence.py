"""Whether a name is a place: what its neighbours say for it and against it."""

from __future__ import annotations

from harmledger.extract.reading import Reading, Token
from harmledger.extract.where.mention import Mention
from harmledger.extract.where.names import Name
from harmledger.extract.where.words import Words, words

ENOUGH = 1.5  # the strength from which a name counts as a place
_LIES = frozenset(("lies", "located", "situated", "lying"))
_APPOSED = _LIES | {"is", "was", ",", "a", "an", "the", "("}
_PREPOSITIONS = frozenset(("in", "of", "from", "near", "at", "by", "on"))


def speaks(reading: Reading, mention: Mention, told: Words) -> bool:
    """Return True where the word after a name shows a person, a family or a body that speaks."""
    if mention.listed or mention.told_kind or mention.end >= reading.sentence_of(mention.first).last:
        return False
    following = reading.tokens[mention.end].norm
    if following in told.houses:
        return True
    return following in told.speaks and mention.tie not in ("in", "near", "on", "hit")


def strength(tokens: list[Token], end: int, mention: Mention, name: Name, told: Words) -> float:
    """Return how strongly the neighbours of a name say that it is a place, 0 to 3."""
    if mention.base and not mention.listed:  # any "X school" may be named after a person or a body
        return 1.5 if mention.tie in ("in", "on", "near", "hit") else 0.5
    if not mention.listed and not mention.told_kind and _is_initials(tokens, mention):
        return 0.0
    if mention.listed or mention.told_kind or _is_said_to_be(tokens, end, mention, told):
        return 3.0
    if mention.direction or mention.dateline or _is_owned(tokens, mention):
        return 2.0
    article = tokens[mention.first - 1].norm if mention.first else ""
    if mention.tie in ("in", "near"):
        return 0.0 if name.person else 2.0 if article not in ("a", "an") else 1.5
    before = tokens[mention.start - 1].norm if mention.start > 0 else ""
    earlier = tokens[mention.start - 2].norm if mention.start > 1 else ""
    if mention.tie == "seat" or (mention.tie == "of" and earlier in told.folk):
        return 1.5
    if mention.tie == "on" and article in ("a", "an"):
        return 1.5
    if before in told.taken or (mention.tie == "hit" and mention.last - mention.first == 1):
        return 1.3
    if before in ("on", "of") and earlier in told.struck:
        return 1.5 if mention.last - mention.first <= 2 else 1.0
    return 1.0 if mention.tie in ("hit", "from", "to", "on") else 0.0


def _is_owned(tokens: list[Token], mention: Mention) -> bool:
    """True after a listed place's possessive: "Syria's Karun", and "Syrias Karun" where apostrophes were lost."""
    at = mention.start - 1
    if at < 1 or tokens[at].sentence != mention.sentence:
        return False
    owner = tokens[at - 1].norm if tokens[at].norm == "'s" else tokens[at].norm.removesuffix("s")
    return owner != tokens[at].norm and owner in words().listed


def _is_initials(tokens: list[Token], mention: Mention) -> bool:
    """True for "IFRC": letters for a body."""
    token = tokens[mention.first]
    return mention.last - mention.first == 1 and not mention.dateline and len(token.text) <= 5 and token.text.isupper()


def _is_said_to_be(tokens: list[Token], end: int, mention: Mention, told: Words) -> bool:
    """True for "Karun is a small town", "Karun, a village near Maro", "Karun lies ..."; the noun gives the kind."""
    following = [tokens[i].norm for i in range(mention.last, min(end, mention.last + 7))]
    if not following or following[0] not in _APPOSED:
        return False
    article = False
    for place, norm in enumerate(following):
        if norm in _LIES and place < 3:
            return True
        if norm in _PREPOSITIONS:
            return False
        if article and norm in told.nouns and told.nouns[norm] not in ("building", "street"):
            mention.kind = told.nouns[norm]
            return True
        article = article or norm in ("a", "an", "the")
    return False
