"""Mentions of places: a name, the noun that says what it is, and the word that ties it to what happened there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from harmledger.extract.lexicon import lexicon
from harmledger.extract.reading import Reading, Token
from harmledger.extract.where.names import LONGEST_NAME, Name, find_names
from harmledger.extract.where.words import PlaceKind, Tie, Words, fold, words

# How wide a kind of place is. Of two names tied together the wider one holds the other.
WIDTH: dict[PlaceKind, int] = {
    "building": 0, "street": 0, "neighbourhood": 2, "area": 2, "camp": 2, "village": 2, "town": 3, "unknown": 3,
    "city": 4, "district": 5, "province": 6, "territory": 7, "country": 8,
}  # fmt: skip
_LINKS = frozenset(
    """, – — - ( ) located situated lying lies which is are that also just about some approximately only km kilometers kilometres
    kilometer kilometre miles mile m meters metres metre meter half nine""".split()
)
_AND = frozenset((",", "and", "or", "&", "/"))
_PART = frozenset(
    """centre center middle heart edge outskirts part parts vicinity portion portions areas area rest entrance side surroundings direction
    suburb suburbs countryside north south east west northeast northwest southeast southwest north-east north-west
    south-east south-west inside outside sky skies streets residents people""".split()
)
_STRUCK = frozenset(
    """attack attacks strike strikes airstrike airstrikes bombing bombings bombardment shelling raid raids siege assault offensive
    massacre battle clashes fighting explosion explosions invasion""".split()
)
_FOLK = frozenset(
    "villagers people residents inhabitants families civilians population natives farmers liberation capture fall control".split()
)
_TAKEN = frozenset(
    "took taking take takes seized seizing captured capturing recaptured retook entered entering reached stormed liberated fled left leaving".split()
)
_SEAT = frozenset(
    """based headquartered spokesman spokeswoman spokesperson correspondent reporter office source sources born resident official
    officials ministry meeting talks conference rights said told monitor doctor activist journalist ambassador embassy spoke
    summit arrived living lives live lived studied""".split()
)
_CARRIED = frozenset(
    "hospital hospitals clinic clinics treatment taken rushed brought arrived transferred transported evacuated".split()
)
_HOUSES = frozenset(
    "family families household residence house houses home homes apartment villa clan tribe brothers".split()
)
_FIRING = frozenset("positioned stationed entrenched deployed holed barricaded hiding".split())
_MEASURES = frozenset("km kilometers kilometres kilometer kilometre miles mile meters metres blocks hours".split())


@dataclass(slots=True)
class Mention:
    """One place named at tokens ``first`` to ``last`` (half-open).

    ``start`` and ``end`` also hold its noun and the words between ("the besieged town of"); ``tie_at`` is the token of
    the word before them. ``outer`` is True where it only tells where a finer place lies; ``rank`` is its place in a list.
    """

    first: int
    last: int
    start: int
    end: int
    sentence: int
    key: str
    kind: PlaceKind = "unknown"
    tie: Tie = "none"
    listed: bool = False
    told_kind: bool = False
    plural: bool = False
    direction: bool = False
    strength: float = 0.0
    outer: bool = False
    rank: int = 0
    many: bool = False
    holds_many: bool = False
    clipped: bool = False
    dateline: bool = False
    base: bool = False
    capital: bool = False
    cue_end: int = 0
    within: list[Mention] = field(default_factory=list)
    near: list[Mention] = field(default_factory=list)


def find_mentions(reading: Reading, known: Callable[[str], bool] | None = None) -> list[Mention]:
    """Return the mentions of places in a report, in order.

    A name counts as a place where its own words or its neighbours say so somewhere in the report; then every
    mention of it counts.
    """
    told = words()
    drafts: list[Mention] = []
    against: dict[str, float] = {}
    for name in find_names(reading, known):
        for piece in _pieces(reading, name, told):
            mention = _look_around(reading, piece, told)
            if piece.body or piece.person or _speaks(reading, mention, told):
                against[mention.key] = against.get(mention.key, 0.0) + (0 if piece.body else 3)
                if piece.body or not piece.listed:
                    continue
            drafts.append(mention)
    keys = {mention.key for mention in drafts}
    for mention in drafts:
        if not mention.listed and mention.key.endswith("s") and mention.key[:-1] in keys:
            mention.key, mention.clipped = mention.key[:-1], True
    _share_in_lists(reading, drafts, told)
    weight: dict[str, float] = {}
    for mention in drafts:
        weight[mention.key] = max(weight.get(mention.key, 0.0), mention.strength) + 0.25 * min(mention.strength, 2)
    kept = [m for m in drafts if m.listed or weight[m.key] - against.get(m.key, 0.0) >= 1.5]
    _share_kinds(kept)
    _chain(reading, kept)
    return kept


def _pieces(reading: Reading, name: Name, told: Words) -> list[Name]:
    """A long run of names in a text without commas is a list; it is cut before each name that could stand alone."""
    if name.body or name.listed or name.last - name.first <= 3:
        return [name] if name.last - name.first <= LONGEST_NAME + 2 else []
    return [name] if name.last - name.first <= LONGEST_NAME else []


def _look_around(reading: Reading, name: Name, told: Words) -> Mention:
    tokens = reading.tokens
    sentence = reading.sentence_of(name.first)
    first, last = name.first, name.last
    kind, told_kind, cue_end = name.kind, False, name.last
    # A noun that is written as part of the name: "Karun Governorate", "Salmiya Refugee Camp".
    while last - first > 1 and tokens[last - 1].norm in told.nouns and tokens[last - 1].norm not in ("old",):
        kind, told_kind = told.nouns[tokens[last - 1].norm], True
        last -= 1
    if told_kind and last - first > 1 and tokens[last - 1].norm in ("refugee", "displacement", "idp"):
        last -= 1
    if kind in ("building", "street"):
        last = name.last
    mention = Mention(first, last, first, name.last, sentence.index, fold(reading.words(first, last)), kind)
    mention.listed, mention.told_kind, mention.clipped = name.listed, told_kind, name.clipped
    mention.capital = name.capital
    if name.clipped:
        mention.key = mention.key[:-1]
    if not told_kind:
        cue_end = _noun_after(tokens, name.last, sentence.last, mention, told)
    mention.cue_end = mention.end = cue_end
    _before(tokens, sentence.first, mention, told)
    _tie(tokens, sentence.first, mention, told)
    if mention.tie in ("none", "of") and _dateline(tokens, sentence.first, sentence.last, mention):
        mention.dateline, mention.tie = True, "none"
        mention.strength = 2.0
    mention.strength = max(mention.strength, 0) or _strength(tokens, sentence.last, mention, name, told)
    return mention


def _dateline(tokens: list[Token], opening: int, end: int, mention: Mention) -> bool:
    """True for the place a dispatch was sent from: "KARUN (Reuters) -", "KARUN, Sudan —"."""
    following = tokens[mention.end].norm if mention.end < end else ""
    shouted = all(tokens[i].text.isupper() and len(tokens[i].text) > 3 for i in range(mention.first, mention.last))
    before = tokens[mention.first - 1] if mention.first > opening else None
    if shouted:
        return before is None or not before.text.isupper() or following in ("(", "—", "–", "-")
    if mention.first - opening > 12 or mention.end - opening > 12 or not mention.listed:
        return False
    if following == "(" and mention.end + 2 < end and tokens[mention.end + 1].capital:
        return any(tokens[i].text == ")" for i in range(mention.end + 2, min(end, mention.end + 5)))
    return following in ("—", "–", "-") and mention.end + 1 < end and tokens[mention.end + 1].capital


def _noun_after(tokens: list[Token], index: int, end: int, mention: Mention, told: Words) -> int:
    """Read the noun after a name ("Karun province"); return the token after it."""
    if index < end and tokens[index].text == "(" and index + 2 < end and tokens[index + 2].text == ")":
        index += 3  # al-Izaa (radio) neighbourhood
        if index >= end or tokens[index].norm not in told.nouns:
            return mention.last
    at = index
    while (
        at < end
        and at < index + 2
        and tokens[at].norm in ("refugee", "residential", "oil", "gas", "air", "medical", "military", "border", "main")
    ):
        at += 1
    if (
        at < end
        and tokens[at].norm in told.nouns
        and not (at == index and tokens[at].norm in ("base", "plant", "drive", "state", "front"))
    ):
        noun = tokens[at].norm
        mention.base = told.nouns[noun] == "building" and not tokens[at].capital
        following = tokens[at + 1].norm if at + 1 < end else ""
        opens = told.nouns[noun] in ("town", "village", "city") or noun in ("suburb", "suburbs")
        if mention.listed and following == "of" and at + 2 < end:
            opens = opens or lexicon("places").at(tokens, at + 2 + (tokens[at + 2].norm == "the"), end) is None
        if following == "of" and opens and told.nouns[noun] not in ("building", "street"):
            return mention.last  # "the Karun suburb of Maro": the noun belongs to the name that follows
        kind = told.nouns[noun]
        if kind in ("building", "street") and mention.listed:
            return mention.last
        if mention.kind == "building":
            if kind != "area" or noun not in ("area", "junction", "zone"):
                return mention.last
            mention.last = at + 1
        if not (kind == "city" and noun == "capital"):
            mention.kind, mention.told_kind, mention.plural = kind, True, noun.endswith("s") and kind not in ("street",)
        return at + 1
    return index if index == mention.last else mention.last


def _before(tokens: list[Token], opening: int, mention: Mention, told: Words) -> None:
    """Walk left over the noun, the points of the compass and the epithets that belong to a name."""
    at = mention.first - 1
    steps = 0
    while at >= opening and steps < 9:
        norm = tokens[at].norm
        steps += 1
        if norm == "of" and at > opening:
            before = tokens[at - 1].norm
            if before in told.nouns:
                kind = told.nouns[before]
                if _one_of(tokens, at - 1, opening, told):
                    mention.direction = True
                    at -= 2
                    continue
                if not mention.told_kind and kind not in ("building", "street"):
                    if (before in _PART and before != "suburb") or before in (
                        "side",
                        "axis",
                        "pocket",
                        "front",
                        "valley",
                        "capital",
                        "quarters",
                    ):
                        mention.direction = True
                    else:
                        mention.kind, mention.told_kind = kind, True
                        mention.plural = before.endswith("s") and before != "outskirts"
                at -= 2
                if at >= opening and tokens[at].norm in ("refugee", "port"):
                    at -= 1
                continue
            if before in _PART or before in told.directions:
                mention.direction = True
                at -= 2
                continue
            break
        if (
            norm in told.nouns
            and at == mention.first - 1
            and not tokens[at].capital
            and told.nouns[norm] not in ("building", "street")
        ):
            if not mention.told_kind and norm not in ("region", "state", "area", "zone"):
                mention.kind, mention.told_kind = told.nouns[norm], True
            at -= 1
        elif norm in told.directions:
            mention.direction = True
            at -= 1
        elif norm in told.epithets or norm in ("the", "a", "an") or norm in told.nationalities or _epithet(norm):
            at -= 1
        else:
            break
    mention.start = at + 1


def _one_of(tokens: list[Token], noun: int, opening: int, told: Words) -> bool:
    """True where a noun before "of" is not the name's own: "a northern district of Karun", "two villages of Karun"."""
    for at in range(noun - 1, max(opening, noun - 5) - 1, -1):
        norm = tokens[at].norm
        if norm in ("a", "an", "another", "several", "many", "other", "some", "most", "two", "three", "four", "five"):
            return True
        if not (norm in told.directions or norm in told.epithets or norm in told.nationalities or _epithet(norm)):
            return False
    return False


def _epithet(norm: str) -> bool:
    return "-" in norm and norm.rsplit("-", 1)[1] in (
        "held",
        "controlled",
        "besieged",
        "occupied",
        "backed",
        "majority",
        "run",
    )


def _tie(tokens: list[Token], opening: int, mention: Mention, told: Words) -> None:
    """Read the word before a mention: "in", "near", "from", ..."""
    at = mention.start - 1
    if at < opening:
        return
    norm = tokens[at].norm
    tie: Tie = told.ties.get(norm, "none")
    before = [tokens[i].norm for i in range(max(opening, at - 5), at)]
    if norm == "of" and before and before[-1] in told.bodies_of:
        tie = "seat"
    elif norm in ("from", "of") and any(word in _MEASURES or word in told.directions for word in before[-3:]):
        tie = "near"
    elif norm == "to" and before and before[-1] in ("close", "next", "adjacent"):
        tie = "near"
    elif tie == "in" and before and before[-1] in _FIRING:
        tie = "from"
    elif tie == "in":
        if before and (before[-1] in _SEAT or (len(before) > 1 and before[-2] in ("based", "said", "told"))):
            tie = "seat"
        elif any(word in _CARRIED for word in before[-3:]):
            tie = "to"
    elif norm == "between" and any(word in ("area", "region", "road", "zone", "clashes") for word in before[-2:]):
        tie = "near"
    elif norm == "and" and before and "between" in before:
        tie = "from"
    mention.tie = tie
    if mention.direction and tie == "none":
        mention.tie = "near" if tokens[mention.start].norm in told.directions else "none"


def _speaks(reading: Reading, mention: Mention, told: Words) -> bool:
    """True where the word after a name shows that it is a person or a body that speaks."""
    if mention.listed or mention.told_kind:
        return False
    if mention.end < len(reading.tokens) and reading.tokens[mention.end].norm in _HOUSES:
        return True
    if mention.tie in ("in", "near", "on", "hit"):
        return False
    index = mention.end
    if index >= reading.sentence_of(mention.first).last:
        return False
    return reading.tokens[index].norm in told.speaks


def _strength(tokens: list[Token], end: int, mention: Mention, name: Name, told: Words) -> float:
    """How strongly a name's neighbours say that it is a place."""
    if mention.base and not mention.listed:
        return 1.5 if mention.tie in ("in", "on", "near", "hit") else 0.5  # any "X school" may be a body's
    if mention.listed or mention.told_kind:
        return 3.0
    index = mention.last
    following = [tokens[i].norm for i in range(index, min(end, index + 7))]
    if following and following[0] in ("is", "was", ",", "a", "an", "the", "lies", "(", "located", "situated", "lying"):
        for place, norm in enumerate(following):
            if norm in ("lies", "located", "situated", "lying") and place < 3:
                return 3.0
            if (
                norm in told.nouns
                and place >= 2
                and following[place - 1] != "of"
                and told.nouns[norm] not in ("building", "street")
                and any(word in ("a", "an", "the") for word in following[:place])
                and not any(word in ("in", "of", "from", "near", "at", "by", "on") for word in following[:place])
            ):
                mention.kind = told.nouns[norm]
                return 3.0
    if mention.direction:
        return 2.0
    if mention.tie in ("in", "near"):
        return 2.0 if not name.person else 0.0
    if mention.tie == "seat":
        return 1.5
    before = tokens[mention.start - 1].norm if mention.start > 0 else ""
    earlier = tokens[mention.start - 2].norm if mention.start > 1 else ""
    if (
        mention.last - mention.first == 1
        and before not in ("of",)
        and mention.tie in ("in", "on", "near")
        and tokens[mention.first - 1].norm in ("a", "an")
    ):
        return 1.5
    if mention.tie == "of" and earlier in _FOLK:
        return 1.5
    if before in _TAKEN:
        return 1.3
    if before in ("on", "of", "in") and earlier in _STRUCK:
        return 1.5 if mention.last - mention.first <= 2 else 1.0
    if mention.tie in ("hit", "from", "to", "on"):
        return 1.0
    return 0.0


def _share_in_lists(reading: Reading, mentions: list[Mention], told: Words) -> None:
    """Names joined by "and" or commas share their tie, their noun and their strength."""
    group: list[Mention] = []
    for mention in mentions:
        if group and _joined(reading.tokens, group[-1], mention):
            group.append(mention)
            continue
        _settle(group)
        group = [mention]
    _settle(group)


def _joined(tokens: list[Token], left: Mention, right: Mention) -> bool:
    if left.sentence != right.sentence or right.first - left.end > 3 or right.tie != "none":
        return False
    gap = [tokens[i].norm for i in range(left.end, right.start)]
    if not gap:
        return right.start == right.first and left.kind not in ("country",) and right.kind == left.kind
    return all(word in _AND for word in gap) and WIDTH[right.kind] <= WIDTH[left.kind] + (2 if "and" in gap else 0)


def _settle(group: list[Mention]) -> None:
    if len(group) < 2:
        return
    plural = next((m for m in group if m.plural), None)
    strength = max(m.strength for m in group)
    for rank, mention in enumerate(group):
        mention.rank, mention.many = rank, True
        if mention.tie == "none":
            mention.tie = group[0].tie
        if plural is not None and not mention.told_kind:
            mention.kind, mention.told_kind = plural.kind, True
            mention.strength = 3.0
        if mention.strength < strength:
            mention.strength = max(mention.strength, strength - 1.0)


def _share_kinds(mentions: list[Mention]) -> None:
    """A name without a noun takes the kind that the report gives it elsewhere."""
    kinds: dict[str, PlaceKind] = {}
    for mention in mentions:
        if mention.told_kind and (mention.key not in kinds or WIDTH[mention.kind] < WIDTH[kinds[mention.key]]):
            kinds[mention.key] = mention.kind
    for mention in mentions:
        if not mention.told_kind and mention.kind == "unknown" and mention.key in kinds:
            mention.kind = kinds[mention.key]


def _chain(reading: Reading, mentions: list[Mention]) -> None:
    """Tie "X in Y", "X, Y", "Y's X" together: the wider one is ``outer`` and stands in the other's ``within``."""
    holder: dict[int, Mention] = {}
    for left, right in zip(mentions, mentions[1:], strict=False):
        if left.sentence != right.sentence or right.first - left.end > 10:
            continue
        if right.many and right.rank > 0 and left.many:
            continue
        gap = [reading.tokens[i].norm for i in range(left.end, right.start)]
        owned = bool(gap) and gap[0] in ("'s", "’s", "'", "’") or (not gap and left.clipped)
        tied = right.tie in ("in", "near", "of", "on") and bool(gap)
        if not owned and not _linked(gap[:-1] if tied else gap):
            continue
        if owned or (not gap and WIDTH[left.kind] > WIDTH[right.kind] and not right.many):
            _hold(right, left)
            if id(left) in holder:  # "X in Syria's Y": Y too holds X
                _hold(holder[id(left)], right)
        elif tied or WIDTH[right.kind] > WIDTH[left.kind]:
            if WIDTH[left.kind] > max(WIDTH[right.kind], 4):
                _hold(right, left)
            elif right.tie == "near":
                left.near.append(right)
                right.outer = left.kind not in ("building", "street")
            else:
                _hold(left, right)
                holder[id(right)] = left


def _linked(gap: list[str]) -> bool:
    """True where nothing but commas, distances and points of the compass stands between two names."""
    directions = words().directions
    return all(word in _LINKS or word in directions or word == "of" or word[0].isdigit() for word in gap)


def _hold(inner: Mention, outer: Mention) -> None:
    inner.within.append(outer)
    if inner.tie == "none" and outer.end <= inner.start:
        inner.tie = outer.tie  # "in Syria's Karun", "in the Karun suburb of Maro"
    if inner.kind in ("building", "street"):
        if outer.tie in ("in", "of", "near", "none", "on"):
            outer.tie = inner.tie if inner.tie != "none" else outer.tie
        return
    outer.outer = True
    if inner.many:
        outer.holds_many = True
    if outer.tie in ("in", "of", "none") and inner.tie in ("to", "from", "seat"):
        outer.tie = inner.tie
