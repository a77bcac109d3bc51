"""What the words beside a name tell: the noun of the place, the word that ties it to the event, a dateline."""

from __future__ import annotations

from harmledger.extract.lexicon import lexicon
from harmledger.extract.reading import Reading, Token
from harmledger.extract.where.mention import Mention
from harmledger.extract.where.names import Name
from harmledger.extract.where.words import Tie, Words, fold

LONGEST_PHRASE = 9  # words between a tie and its name: "in the besieged northern rebel-held town of"
_CAMPS = frozenset(("refugee", "displacement", "idp"))
_BETWEEN = _CAMPS | {"displaced", "residential", "oil", "gas", "air", "medical", "military", "border", "main"}
_NAMELY = frozenset(("including", "like", "namely", "called"))
_DASHES = frozenset(("—", "–", "-"))
# One noun among many, so that the name after "of" holds it: "a northern district of Karun".
_SOME = frozenset(
    ("a", "an", "another", "several", "many", "other", "some", "most", "two", "three", "four", "five", "both")
)
# Kinds that a country's or a city's name may take: "the Brazil neighbourhood", but not "a Sudan village".
_PARTS_OF_TOWNS = frozenset(("neighbourhood", "area", "camp"))


def look_around(reading: Reading, name: Name, told: Words) -> Mention:
    """Return the mention that a name and its neighbours make."""
    tokens = reading.tokens
    sentence = reading.sentence_of(name.first)
    mention = _own_noun(reading, name, told)
    if not mention.told_kind or mention.kind == "building":
        mention.end = _noun_after(tokens, name.last, sentence.last, mention, told)
    _before(tokens, sentence.first, mention, told)
    tie_before(tokens, sentence.first, mention, told)
    if mention.tie in ("none", "of") and _dateline(tokens, sentence.first, sentence.last, mention):
        mention.dateline, mention.tie = True, "none"
    window = range(max(sentence.first, mention.start - 7), mention.start)
    mention.struck = mention.tie == "hit" or (mention.firm and any(tokens[at].norm in told.struck for at in window))
    return mention


def _own_noun(reading: Reading, name: Name, told: Words) -> Mention:
    """Take off the noun that is written as part of the name: "Karun Governorate", "Salmiya Refugee Camp"."""
    tokens, sentence = reading.tokens, reading.sentence_of(name.first)
    last, kind, told_kind = name.last, name.kind, False
    while last - name.first > 1 and tokens[last - 1].norm in told.nouns:
        kind, told_kind = told.nouns[tokens[last - 1].norm], True
        last -= 1
    if told_kind and last - name.first > 1 and tokens[last - 1].norm in _CAMPS:
        last -= 1
    if kind in ("building", "street"):
        last = name.last
    key = fold(reading.words(name.first, last))
    mention = Mention(name.first, last, name.first, name.last, sentence.index, key[:-1] if name.clipped else key, kind)
    mention.listed, mention.told_kind = name.listed, told_kind
    mention.clipped, mention.capital = name.clipped, name.capital
    mention.known_city = name.listed and name.kind == "city"
    return mention


def _noun_after(tokens: list[Token], index: int, end: int, mention: Mention, told: Words) -> int:
    """Read the noun after a name ("Karun province"); return the token after it."""
    at = index
    if at + 3 < end and tokens[at].text == "(" and tokens[at + 2].text == ")":
        at += 3  # Karun (the third) neighbourhood
    while at < end and at < index + 4 and tokens[at].norm in _BETWEEN:
        at += 1
    if at >= end or tokens[at].norm not in told.nouns or _opens_next(tokens, at, end, mention, told):
        return index
    noun, kind = tokens[at].norm, told.nouns[tokens[at].norm]
    if mention.listed and (
        kind in ("building", "street") or (mention.kind == "country" and kind not in _PARTS_OF_TOWNS)
    ):
        return index
    if mention.kind == "building":
        if noun not in ("area", "junction", "zone"):
            return index
        mention.last = at + 1  # "the Karun Hospital area"
    mention.base = kind == "building" and not tokens[at].capital
    if noun != "capital":
        mention.kind, mention.told_kind = kind, True
        mention.plural = noun.endswith("s") and kind != "street"
    return at + 1


def _opens_next(tokens: list[Token], noun: int, end: int, mention: Mention, told: Words) -> bool:
    """True where a noun after a name belongs to the name that follows: "the Karun suburb of Maro"."""
    if noun + 1 >= end or tokens[noun + 1].norm != "of" or told.nouns[tokens[noun].norm] in ("building", "street"):
        return False
    if told.nouns[tokens[noun].norm] in ("town", "village", "city") or tokens[noun].norm.startswith("suburb"):
        return True
    following = noun + 2 + (noun + 2 < end and tokens[noun + 2].norm == "the")
    return mention.listed and lexicon("places").at(tokens, following, end) is None


def _before(tokens: list[Token], opening: int, mention: Mention, told: Words) -> None:
    """Walk left over the noun, the points of the compass and the epithets that belong to a name."""
    at = mention.first - 1
    limit = max(opening, mention.first - LONGEST_PHRASE)
    while at >= limit:
        norm = tokens[at].norm
        if norm == "of" and at > opening:
            step = _noun_of(tokens, at - 1, opening, mention, told)
            if step == 0:
                break
            at -= step + 1
        elif norm in _NAMELY and at > opening and _several(tokens[at - 1].norm, told):
            # "on towns including Karun": the noun is theirs.
            mention.kind, mention.told_kind, mention.plural = told.nouns[tokens[at - 1].norm], True, True
            at -= 2
        elif norm in told.nouns and at == mention.first - 1 and _plain_noun(tokens[at], told):
            mention.capital = mention.capital or norm == "capital"
            if not mention.told_kind and norm not in ("region", "state", "area", "zone"):
                mention.kind, mention.told_kind = told.nouns[norm], True
            at -= 1
        elif norm in told.directions:
            mention.direction = True
            at -= 1
        elif _belongs(norm, told) or norm in ("the", "a", "an"):
            at -= 1
        else:
            break
    mention.start = at + 1


def _several(norm: str, told: Words) -> bool:
    return norm in told.nouns and norm.endswith("s")


def _plain_noun(token: Token, told: Words) -> bool:
    return not token.capital and told.nouns[token.norm] not in ("building", "street")


def _noun_of(tokens: list[Token], at: int, opening: int, mention: Mention, told: Words) -> int:
    """Read the noun before "of" at token ``at``; return how many tokens it takes, 0 where it is none."""
    noun = tokens[at].norm
    if noun in told.parts or noun in told.directions:
        mention.direction = True
        return 1
    if noun not in told.nouns or _taken(tokens, at, opening, told):
        return 0
    if _one_of(tokens, at, opening, told):
        mention.direction = True
        return 1
    if not mention.told_kind and told.nouns[noun] not in ("building", "street"):
        mention.kind, mention.told_kind = told.nouns[noun], True
        mention.plural = noun.endswith("s")
    return 2 if at > opening and tokens[at - 1].norm in ("refugee", "port") else 1


def _taken(tokens: list[Token], noun: int, opening: int, told: Words) -> bool:
    """True where the noun belongs to the name before it: "the Salmiya neighbourhood of Karun".

    "The Karun suburb of Maro" is Maro, and so is "the Karun neighbourhood of Maro" where Karun is a known town.
    """
    norm = tokens[noun].norm
    if told.nouns[norm] not in _PARTS_OF_TOWNS or norm.startswith("suburb") or noun - 1 <= opening:
        return False
    before, places = tokens[noun - 1], lexicon("places")
    if not before.capital or before.norm in told.directions:
        return False
    return places.at(tokens, noun - 1, noun) is None or places.at(tokens, noun + 2, len(tokens)) is not None


def _one_of(tokens: list[Token], noun: int, opening: int, told: Words) -> bool:
    """True where a noun before "of" is not the name's own: "a northern district of Karun", "two villages of Karun"."""
    for at in range(noun - 1, max(opening, noun - 5) - 1, -1):
        if tokens[at].norm in _SOME:
            return True
        if not (tokens[at].norm in told.directions or _belongs(tokens[at].norm, told)):
            return False
    return False


def _belongs(norm: str, told: Words) -> bool:
    """True for what may stand between an article and a place: "besieged", "Syrian", "rebel-held"."""
    if norm in told.epithets or norm in told.nationalities:
        return True
    return "-" in norm and norm.endswith(
        ("-held", "-controlled", "-besieged", "-occupied", "-backed", "-majority", "-run")
    )


def tie_before(tokens: list[Token], opening: int, mention: Mention, told: Words) -> None:
    """Read the word before a mention: "in", "near", "from", ..."""
    at = mention.start - 1
    norm = tokens[at].norm if at >= opening else ""
    tie: Tie = told.ties.get(norm, "none")
    before = [tokens[i].norm for i in range(max(opening, at - 5), at)]
    last = before[-1] if before else ""
    away = norm in ("from", "of") and any(word in told.measures or word in told.directions for word in before[-3:])
    beside = norm == "to" and last in ("close", "next", "adjacent")
    amid = norm == "between" and any(word in ("area", "region", "road", "zone", "clashes") for word in before[-2:])
    if norm == "of" and last in told.bodies_of:
        tie = "seat"
    elif away or beside or amid:
        tie = "near"
    elif tie == "in" and last in told.firing:
        tie = "from"
    elif tie == "in" and (last in told.seats or (len(before) > 1 and before[-2] in ("based", "said", "told"))):
        tie = "seat"
    elif tie == "in" and any(word in told.carried for word in before[-3:]):
        tie = "to"
    elif norm == "and" and "between" in before:
        tie = "from"
    elif tie == "none" and mention.direction and tokens[mention.start].norm in told.directions:
        tie = "near"
    mention.tie = tie


def _dateline(tokens: list[Token], opening: int, end: int, mention: Mention) -> bool:
    """True for the place a dispatch was sent from: "KARUN (Reuters) -", "KARUN, Sudan —"."""
    following = tokens[mention.end].norm if mention.end < end else ""
    if all(tokens[i].text.isupper() and len(tokens[i].text) > 3 for i in range(mention.first, mention.last)):
        alone = mention.first == opening or not tokens[mention.first - 1].text.isupper()
        return (alone and mention.listed) or following in ("(", ",") or following in _DASHES
    if mention.end - opening > 12 or not mention.listed:
        return False
    if following == "(" and mention.end + 2 < end and tokens[mention.end + 1].capital:
        return any(tokens[i].text == ")" for i in range(mention.end + 2, min(end, mention.end + 5)))
    return following in _DASHES and mention.end + 1 < end and tokens[mention.end + 1].capital
