"""The rules that tie a quantity to the word of harm that governs it, over the tokens alone.

Each rule looks for one shape ("14 people were killed", "killing 14", "including two children") and says which word of
harm governs the quantity, or nothing; the first that holds and that `out_of_question` lets pass decides. The rules are
an engine of their own, and their verdict is one of the signals that the learned engine weighs.
"""

from __future__ import annotations

from collections.abc import Callable

from harmledger.extract.beside import FAR, LIST, Place, Ruled, by
from harmledger.extract.carried_harm import along, listed, one_by_one, part
from harmledger.extract.harm import HarmWord
from harmledger.extract.ruled_out import out_of_question
from harmledger.extract.scene import Scene

_VERBAL = frozenset(("ved", "adj", "shot", "die"))
_DONE = frozenset(("base", "ing", "ved", "shot"))
_TOLD = frozenset(
    [
        "reported",
        "reportedly",
        "believed",
        "feared",
        "presumed",
        "confirmed",
        "known",
        "thought",
        "estimated",
        "said",
        "alleged",
        "declared",
        "considered",
        "listed",
        "described",
        "found",
        "remains",
        "remain",
        "remained",
        "lay",
        "went",
        "feel",
        "fell",
    ]
)
_PASSIVE = frozenset(("was", "were", "is", "are", "be", "been", "being", "got", "get", "gets"))
_PLACED = frozenset(("from", "by", "in", "at", "on", "against", "near", "into", "for"))


def governed_kind(scene: Scene, position: int, previous: str) -> Ruled | None:
    """Return the kind of harm that a quantity counts by rule, and the word that governs it; None where no rule holds.

    ``previous`` is the kind that the quantity before it in the sentence counts, "none" or "" where it counts none.
    """
    quantity = scene.found[position]
    start = quantity.bound_first if 0 <= quantity.bound_first < quantity.first else quantity.first
    before = next((h for h in reversed(scene.harms) if h.last <= quantity.first), None)
    after = next((h for h in scene.harms if h.first >= quantity.end), None)
    place = Place(scene, position, "" if previous == "none" else previous, quantity, start, before, after)
    for rule in RULES:
        ruled = rule(place)
        if ruled is not None and not out_of_question(scene, quantity, ruled.kind, ruled.word, ruled.rule):
            return ruled
    return None


def _inside(place: Place) -> Ruled | None:
    """ "14 deaths", "three wounded soldiers", "the bodies": the word of harm is the noun or stands in its phrase."""
    quantity = place.quantity
    for word in place.scene.harms:
        if word.phrase.startswith("victim"):
            continue  # of what, other words tell
        if quantity.first <= word.first < quantity.end and word.form in ("noun", "body", "ved", "adj", "die"):
            return by(word, "inside")
    return None


def _next(place: Place) -> Ruled | None:
    """ "14 dead", "14 people were killed", "14 people who were killed", "14 feared dead": the word follows at once."""
    before = place.before
    end = place.end
    word = _predicate(place, end)
    if word is None and place.name(end) == "WHO":
        word = _predicate(place, end + 1)
    if word is None or (place.norm(place.start - 1) in _PLACED and word.first > end):
        return None
    swapped = (
        before is not None
        and word.first == end
        and before.last == place.start
        and _acts(place, before)
        and place.name(word.last).startswith("Q")
    )
    # Without its commas, "killed 14 wounded 20" is two verbs, each with its own object after it.
    return None if swapped else by(word, "next" if word.first == end else "predicate")


def _predicate(place: Place, index: int) -> HarmWord | None:
    """Return the word of harm that "were", "are feared" or nothing at all joins to what ends at a token."""
    be = False
    for near in range(index, index + 9):
        word = place.scene.harm_at.get(near)
        if word is not None:
            if word.form == "shot":
                return _fatal(place, word)
            if word.form in _VERBAL or (be and word.form == "noun"):
                return word
            return word if word.form == "base" and word.kind == "displaced" else None
        name, norm = place.name(near), place.norm(near)
        if name in ("BE", "MOD"):
            be = True
        elif name == "INC" and be and norm == "among":
            return _among(place, near + 1)
        elif not (name in ("ADV", "QUO", "NOT") or norm in _TOLD or norm == "to" or _adverb(place, near)):
            return None
    return None


def _fatal(place: Place, word: HarmWord) -> HarmWord:
    """ "was shot dead", "were shot and then killed": the death outranks the shot."""
    for near in range(word.last, word.last + 4):
        second = place.scene.harm_at.get(near)
        if second is not None:
            return second if second.kind == "killed" and second.form in _VERBAL else word
        if place.name(near) not in ("AND", "ADV", "TO", "BE"):
            break
    return word


def _adverb(place: Place, index: int) -> bool:
    norm = place.norm(index)
    return norm.endswith("ly") or norm in ("left", "else", "instantly", "outright", "mostly", "who", "each")


def _among(place: Place, index: int) -> HarmWord | None:
    for near in range(index, index + 4):
        word = place.scene.harm_at.get(near)
        if word is not None:
            return word
    return None


def _acts(place: Place, word: HarmWord) -> bool:
    """True for a verb of harm that takes an object: no passive stands before it."""
    if word.phrase == "dead":
        return word.first - 1 in place.scene.harm_at and place.scene.harm_at[word.first - 1].form == "shot"
    if word.form not in _DONE:
        return False
    return not any(place.norm(i) in _PASSIVE for i in range(word.first - 2, word.first))


def _object(place: Place) -> Ruled | None:
    """ "killing at least 14", "killed Adam, his wife and two sons", "the deaths of 14", "killed: 14"."""
    word = place.before
    if word is None or place.start - word.last > LIST:
        return None
    names = [n for n in place.names(word.last, place.start) if n != "IN" or place.norm(place.start - 1) != "between"]
    first = place.norm(word.last)
    if names and first == ":" and len(names) == 1:
        return by(word, "colon")
    if word.form in ("noun", "body", "toll", "ing", "base", "ved") and first == "of":
        if all(name in ("OF", "DET", "ADV", ".", "NUM", "QUO", "CAP", "AND", "VED") for name in names):
            return by(word, "of")
        return None
    if not _acts(place, word):
        return None
    if len(names) <= 5 and all(name in ("DET", "ADV", "QUO", ".", "NUM", "CAP", "OF") for name in names):
        return by(word, "object")
    listed = all(name in ("CAP", "AND", "DET", ".", "ADV", "NUM", "COL", "OF") for name in names)
    if listed and _joined(place, word.last) and place.norm(place.start - 1) in ("and", ",", "his", "her", "their"):
        return by(word, "objects")
    return None


def _joined(place: Place, first: int) -> bool:
    norms = place.norms(first, place.start)
    return ("and" in norms or "," in norms) and not any(place.breaks(index) for index in range(first, place.start))


def _toll(place: Place) -> Ruled | None:
    """ "the death toll rose to 31", "put the number of dead at 40", "an earlier toll of 15"."""
    word = place.before
    if word is None or not _is_toll(place, word) or place.start - word.last > LIST + 2:
        return None
    if place.norm(place.start - 1) in (
        "to",
        "at",
        "of",
        "as",
        "reached",
        "hit",
        "is",
        "was",
        "stands",
        "passed",
        "from",
    ):
        return by(word, "toll")
    return None


def _is_toll(place: Place, word: HarmWord) -> bool:
    """True for "the death toll" and for "the dead" of "put the dead at 71"."""
    return word.form == "toll" or (word.form == "adj" and place.norm(word.first - 1) == "the")


def _later(place: Place) -> Ruled | None:
    """ "14 members of the family, among them a child, were killed": the predicate stands further on."""
    if place.norm(place.start - 1) in _PLACED:
        return None
    failed = 0
    parts = False
    for index in range(place.end, min(place.scene.sentence.last, place.end + FAR)):
        name = place.name(index)
        # "20 people, including two women, and three men, were killed": within its parts no new subject begins.
        parts = parts or place.norm(index) in ("including", "among")
        if name in ("END", "SAY") or place.breaks(index) or (not parts and _new_subject(place, index)):
            return None
        word = place.scene.harm_at.get(index)
        if word is not None and word.form == "die" and not failed:
            return by(word, "later")
        if word is not None and word.form not in ("ved", "shot", "adj"):
            return None
        if name == "WHO" or place.norm(index) == "whom":
            failed -= 1
        elif name == "BE" and place.norm(index - 1) not in ("it", "he", "she", "they", "this"):
            word = _predicate(place, index)
            if word is not None:
                return by(word, "later")
            failed += 1
            if failed > 0:
                return None
    return None


def _new_subject(place: Place, index: int) -> bool:
    """True for ", and 20 ..." and "20 others": another subject begins, which has the verb to itself."""
    if not place.name(index).startswith("Q"):
        return False
    return (place.norm(index - 1) == "and" and place.norm(index - 2) == ",") or "others" in place.norms(
        index, index + 3
    )


def _bearing(place: Place) -> Ruled | None:
    """ "two men were taken to a clinic with gunshot wounds", "one with burns to both arms"."""
    for index in range(place.end, min(place.scene.sentence.last, place.end + FAR // 2)):
        if place.name(index) in ("END", "SAY", "H") and place.norm(index) not in ("taken", "admitted", "treated"):
            return None
        if place.norm(index) in ("with", "suffering", "from", "for"):
            word = _among(place, index + 1)
            if word is not None and word.kind == "injured":
                return by(word, "bearing")
    return None


def _victims(place: Place) -> Ruled | None:
    """ "14 victims": what befell them is what the report speaks of most."""
    for word in place.scene.harms:
        if (
            place.quantity.form != "none"
            and word.phrase.startswith("victim")
            and place.quantity.first <= word.first < place.quantity.end
        ):
            return Ruled(place.scene.mostly or word.kind, word, "inside")
    return None


def _among_the_dead(place: Place) -> Ruled | None:
    """ "Among the dead were three children", "Of the wounded, nine were men"."""
    word = place.before
    if word is None or place.start - word.last > 3:
        return None
    led = place.norms(max(place.scene.sentence.first, word.first - 3), word.first)
    names = place.names(word.last, place.start)
    if "among" in led and "BE" in names:
        return by(word, "among")
    if led[-2:] == ["of", "the"] and all(name in ("AND", "DET") for name in names):
        return by(word, "among")
    return None


RULES: tuple[Callable[[Place], Ruled | None], ...] = (
    _inside,
    _among_the_dead,
    _next,
    _object,
    part,
    _toll,
    _later,
    along,
    listed,
    _bearing,
    one_by_one,
    _victims,
)
