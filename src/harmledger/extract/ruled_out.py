"""What a quantity can not be a count of, whatever stands beside it: arms, spans of time, threats, attackers."""

from __future__ import annotations

from harmledger.extract.harm import HarmWord
from harmledger.extract.nouns import noun_of
from harmledger.extract.quantities import Quantity
from harmledger.extract.scene import Scene, against

_MAY = frozenset(
    ["would", "could", "may", "might", "will", "can", "should", "if", "threatened", "threatens", "planned", "plans"]
)
_NTH = frozenset(["second", "third", "fourth", "fifth", "sixth", "seventh", "few", "couple", "dozen"])


def out_of_question(scene: Scene, quantity: Quantity, kind: str, word: HarmWord | None, rule: str) -> bool:
    """True where a rule found a kind of harm for a quantity that cannot count it."""
    noun = quantity.noun
    if noun is not None and noun.kind == "other" and rule != "inside":
        return True
    if kind == "damaged":
        if noun is None or noun.kind != "thing":
            return not (noun is None and (rule in ("part", "listed") or _after_a_thing(scene, quantity)))
        if _soldierly(scene, quantity):
            return True
    elif noun is not None and noun.kind == "thing" and rule != "inside":
        return True
    if _measures(scene, quantity, word) or _only_described(scene, quantity, rule):
        return True
    if rule in ("part", "listed", "later") and scene.class_at(quantity.end, "") == "SAY":
        return True  # "a monitor said"
    if word is None:
        return False
    if scene.natural:
        return True
    if rule in ("next", "predicate", "later") and _takes_object(scene, word, rule):
        return True
    if kind == "detained" and _suspect(scene, quantity, word):
        return True
    return rule != "inside" and _threatened(scene, word)


def _norms(scene: Scene, first: int, last: int) -> list[str]:
    sentence = scene.sentence
    return [token.norm for token in scene.reading.tokens[max(first, sentence.first) : min(last, sentence.last)]]


def _soldierly(scene: Scene, quantity: Quantity) -> bool:
    """True for "three military vehicles", "several boats for terrorists"."""
    if any(norm in against("soldierly") for norm in _norms(scene, quantity.last, quantity.end + 1)):
        return True
    beyond = _norms(scene, quantity.end, quantity.end + 4)
    if beyond and beyond[0] in ("equipped", "rigged", "loaded", "mounted", "laden"):
        return True
    return (
        bool(beyond)
        and beyond[0] in ("for", "of", "belonging")
        and any(norm in against("theirs") | against("soldierly") for norm in beyond)
    )


def _after_a_thing(scene: Scene, quantity: Quantity) -> bool:
    """True for the bare figure of "seventy flats were destroyed and 236 damaged"."""
    return any(q.noun is not None and q.noun.kind == "thing" for q in scene.found if q.first < quantity.first)


def _measures(scene: Scene, quantity: Quantity, word: HarmWord | None) -> bool:
    """True for "both legs", "a gunshot wound", "a boy of 15"."""
    tokens = scene.reading.tokens
    if quantity.first > scene.sentence.first and quantity.form == "digits":
        glued = tokens[quantity.first - 1]
        if glued.end == tokens[quantity.first].start and glued.word:
            return True  # "user48": part of a name
    if any(norm in ("aged", "ages", "age") for norm in _norms(scene, quantity.first - 3, quantity.first)):
        return quantity.noun is None
    if _norms(scene, quantity.first - 1, quantity.first) in (["how"], ["loved"]):
        return True
    if (
        quantity.form == "digits"
        and quantity.noun is None
        and _norms(scene, quantity.first - 2, quantity.first)[1:] == ["of"]
    ):
        led = noun_of(tokens[quantity.first - 2])
        if led is not None and led.kind == "person":
            return True  # "a boy of 13"
    near = _norms(scene, quantity.last, quantity.last + 2)
    if any(norm in against("body") for norm in near):
        return True
    if quantity.form in ("article", "group") and word is not None and word.form == "die" and quantity.noun is None:
        return word.first <= quantity.last + 1 and word.phrase.split()[-1].startswith(("wound", "injur", "burn"))
    return False


def _takes_object(scene: Scene, word: HarmWord, rule: str) -> bool:
    """True for the active verb of "two gunmen killed three": an object follows it at once."""
    if _norms(scene, word.last, word.last + 1) == ["down"]:
        return True  # "five drones were shot down"
    if word.form not in ("ved", "shot", "base"):
        return False
    if rule != "next":
        return False
    if _norms(scene, word.last, word.last + 1) in (["him"], ["them"], ["it"], ["us"], ["me"], ["her"]):
        return True
    name = scene.class_at(word.last, "")
    return name.startswith("Q") or name in ("DET", "CAP")


_LONGEST_SPEAKER = 12


def signs_off(scene: Scene, quantity: Quantity) -> bool:
    """True for who speaks at the end of a sentence: "... and injured at least 40, a doctor at the hospital said"."""
    tokens, sentence = scene.reading.tokens, scene.sentence
    if quantity.form != "article" or quantity.first == sentence.first or tokens[quantity.first - 1].norm != ",":
        return False
    for index in range(quantity.end, min(sentence.last, quantity.end + _LONGEST_SPEAKER)):
        name = scene.class_at(index, "")
        if name == "SAY":
            return index + 1 >= sentence.last or tokens[index + 1].norm in (".", ",", "”", '"')
        if index in scene.harm_at or tokens[index].norm in (",", ";", ":"):
            return False
    return False


def _only_described(scene: Scene, quantity: Quantity, rule: str) -> bool:
    """True for an article that counts no one: "Adam Vell, a driver, was killed", "is a martyr", "an accusation"."""
    if quantity.form != "article" or rule in ("part", "listed"):
        return False
    tokens, sentence = scene.reading.tokens, scene.sentence
    if quantity.noun is None and quantity.last < sentence.last:
        following = tokens[quantity.last]
        return not (following.norm[0].isdigit() or following.norm.endswith(("-old", "th")) or following.norm in _NTH)
    if quantity.first - 2 < sentence.first:
        return False
    if _apposed(scene, quantity):
        return True
    before, name = tokens[quantity.first - 1], tokens[quantity.first - 2]
    if before.norm in ("is", "was") and name.norm != "there":
        return True
    return before.norm in (",", "-", "–", "—") and name.capital and name.norm not in ("dead", "killed")


def _apposed(scene: Scene, quantity: Quantity) -> bool:
    """True for "one victim, a driver, was shot": it is the one who was counted just before."""
    tokens, last = scene.reading.tokens, scene.sentence.last
    counted = any(q.end == quantity.first - 1 and q.count.value == 1 for q in scene.found if q.first < quantity.first)
    if not counted or tokens[quantity.first - 1].norm != ",":
        return False
    for index in range(quantity.end, min(last - 1, quantity.end + 8)):
        if tokens[index].norm == ",":
            return scene.class_at(index + 1, "") in ("BE", "ADV", "WHO", "=.ved", "~.ved", "~.die")
    return False


def _suspect(scene: Scene, quantity: Quantity, word: HarmWord) -> bool:
    """True where someone is arrested for a crime ("arrested in the murder"), taken somewhere, or set free."""
    if word.phrase == "taken" and _norms(scene, word.last, word.last + 1) in (["to"], ["from"], ["in"], ["over"]):
        return True
    around = _norms(scene, quantity.first - 5, quantity.end + (4 if word.form == "noun" else 0))
    if any(norm in against("freed") for norm in around):
        return True
    if not word.phrase.startswith(("arrest", "in custody", "taken into custody", "jailed", "detained")):
        return False
    if quantity.form == "none" or any(
        norm.startswith("suspect") for norm in _norms(scene, quantity.last, quantity.end)
    ):
        return True
    beyond = _norms(scene, word.last, word.last + 3)
    return bool(beyond) and beyond[0] in ("in", "on", "for", "over") and quantity.form in ("article", "one")


def _threatened(scene: Scene, word: HarmWord) -> bool:
    """True for harm that may come: "would kill 14"; "may have killed 14" is told as done."""
    first = max(word.first - 3, scene.sentence.first)
    near = [t.norm for t in scene.reading.tokens[first : word.first] if not t.capital or t.norm != "may"]
    if word.form == "base" and near and near[-1] == "to":
        return True
    return any(norm in _MAY for norm in near) and "have" not in near and "been" not in near
