"""What stands around a quantity, as named signals: the evidence that the learned reader of harm weighs.

A quantity is held against each kind of harm that its sentence speaks of: is it a count of *that*? Words of harm are
named by how they relate to the kind asked about ("=" the same kind, "~" another), so that what is learnt of "killed 14"
serves "captured 14" too. A signal is made of word classes and plain function words, never of a text's own names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from harmledger.extract.governing_harm import governed_kind
from harmledger.extract.harm import HarmWord
from harmledger.extract.lexicon import lexicon
from harmledger.extract.quantities import Quantity
from harmledger.extract.scene import Scene, named

REACH = 14  # tokens: further off, what stands between is not spelled out
CLAUSE = 40  # tokens: the furthest that a verb is looked for after its subject
_BODY = 5  # tokens after "shot" in which a part of the body is looked for
PATH = 5  # classes of a path that are spelled out


@dataclass(slots=True)
class Look:
    """One quantity with the words of harm on both sides of it."""

    scene: Scene
    position: int
    previous: str
    quantity: Quantity
    start: int
    who: str
    form: str
    before: HarmWord | None
    inside: HarmWord | None
    after: HarmWord | None
    ruled: str
    rule: str
    harm: HarmWord | None


def look_at(scene: Scene, position: int, previous: str) -> Look:
    """Return the quantity at ``position`` of a scene, looked at; ``previous`` is the kind of the quantity before it."""
    quantity = scene.found[position]
    start = quantity.bound_first if 0 <= quantity.bound_first < quantity.first else quantity.first
    after = next((h for h in scene.harms if h.first >= quantity.end), None)
    inside = next((h for h in scene.harms if quantity.first <= h.first < quantity.end), None)
    before = next((h for h in reversed(scene.harms) if h.last <= quantity.first), None)
    ruled = governed_kind(scene, position, previous)
    noun = quantity.noun
    return Look(
        scene,
        position,
        previous,
        quantity,
        start,
        f"{noun.kind}.{noun.status[0]}{'L' if noun.listed else ''}" if noun else "none",
        quantity.form + ("p" if quantity.partitive else ""),
        before,
        inside,
        after,
        ruled.kind if ruled else "",
        ruled.rule if ruled else "",
        (ruled.word if ruled else None) or _nearest(after, before, quantity.end, start),
    )


def _nearest(after: HarmWord | None, before: HarmWord | None, end: int, start: int) -> HarmWord | None:
    if after is None or before is None:
        return after or before
    return after if after.first - end <= start - before.last else before


def signals(look: Look, kind: str) -> list[str]:
    """Return what speaks for and against the quantity being a count of a kind of harm."""
    rule = "yes" if look.ruled == kind else "none" if not look.ruled else "other"
    previous = "yes" if look.previous == kind else "none" if look.previous == "none" else look.previous and "other"
    found = _own(look, kind, rule) + _neighbours(look, kind, rule, previous) + _page(look, kind, rule, previous)
    if look.after:
        found += _after(look, kind, look.after)
    if look.before:
        found += _before(look, kind, look.before)
    if look.inside:
        found += _inside(look, kind, look.inside)
    return found


def _size(quantity: Quantity) -> str:
    value = quantity.count.value
    if value is None:
        return "vague"
    for most, name in ((0, "none"), (1, "one"), (12, "few"), (99, "tens"), (999, "hundreds"), (9999, "thousands")):
        if value <= most:
            return name
    return "many"


def _own(look: Look, kind: str, rule: str) -> list[str]:
    """Signals of the quantity itself and of the noun it counts."""
    quantity, who, form = look.quantity, look.who, look.form
    tokens = look.scene.reading.tokens
    size = _size(quantity)
    found = [
        "bias",
        f"{kind}",
        f"form={form}",
        f"size={size}",
        f"{kind}|size={size}",
        f"form+who={form}|{who}",
        f"{kind}|form+who={form}|{who}",
        f"who={who}",
        f"{kind}|who={who}",
        f"{kind}|who={who}|{rule}",
        f"bound={quantity.count.bound}",
        f"rule={rule}",
        f"{kind}|rule={rule}",
        f"by={rule}|{look.rule}",
        f"by+who={rule}|{look.rule}|{who}",
        f"rule+form={rule}|{form}",
        f"rule+who={rule}|{who}",
    ]
    if quantity.age is not None:
        found += [f"age|{form}", f"age+rule={rule}"]
    if quantity.noun is not None and quantity.noun.listed and quantity.head is not None:
        head = tokens[quantity.head].norm
        found += [f"head={head}", f"{kind}|head={head}", f"head+rule={head}|{rule}"]
    if quantity.form in ("vague", "part", "none", "group", "article", "ordinal"):
        word = tokens[quantity.first].norm
        found += [f"w={word}", f"w+rule={word}|{rule}", f"w+who={word}|{who}"]
    return found


def _neighbours(look: Look, kind: str, rule: str, previous: str) -> list[str]:
    """Signals of the words beside the quantity, and of the quantities before and after it."""
    scene, quantity, who, start = look.scene, look.quantity, look.who, look.start
    tokens, sentence = scene.reading.tokens, scene.sentence
    around_before = [scene.class_at(i, kind) for i in range(start - 3, start)]
    around_after = [scene.class_at(i, kind) for i in range(quantity.end, quantity.end + 3)]
    pre = around_before[-1]
    found = [
        f"pre1={pre}",
        f"post1={around_after[0]}",
        f"pre={'_'.join(around_before)}",
        f"pre2={'_'.join(around_before[1:])}|{who}",
        f"post={'_'.join(around_after)}",
        f"post2={'_'.join(around_after[:2])}|{who}",
        f"prev={previous}",
        f"prev+pre={previous}|{pre}",
        f"prev+rule={previous}|{rule}",
        f"prev+who={previous}|{who}|{pre}",
        f"{kind}|prev+who={previous}|{who}",
    ]
    for index, name in ((start - 1, "tw-1"), (start - 2, "tw-2"), (quantity.end, "tw+1"), (quantity.end + 1, "tw+2")):
        if sentence.first <= index < sentence.last and not tokens[index].capital and tokens[index].word:
            found.append(f"{name}={tokens[index].norm}")
    if look.position:
        last = scene.found[look.position - 1]
        between = scene.path(last.end, start, kind)
        alike = bool(last.noun and quantity.noun and last.noun.kind == quantity.noun.kind)
        found += [
            f"between={previous}|{'>'.join(between[:4]) if len(between) < 7 else 'far'}",
            f"between+who={previous}|{'>'.join(between[:3])}|{who}",
            f"samehead={previous}|{alike}",
        ]
    if look.position + 1 < len(scene.found):
        following = scene.found[look.position + 1]
        gap = following.first - quantity.end
        found.append(f"next={following.noun.kind[0] if following.noun else '?'}|{gap if gap < 4 else 'far'}")
    return found


def _page(look: Look, kind: str, rule: str, previous: str) -> list[str]:
    """Signals of the sentence and the report around the quantity."""
    scene, who, form = look.scene, look.who, look.form
    own = kind in scene.kinds
    others = "+".join(sorted(k[:3] for k in scene.kinds if k != kind))
    found = [
        f"own={own}|{rule}|{previous}",
        f"{kind}|others={others}",
        f"others={len(scene.kinds) - own}|{own}",
        f"others+form={min(len(scene.kinds) - own, 2)}|{own}|{form}|{who}",
        f"mostly={scene.mostly == kind}|{own}",
    ]
    if not scene.harms:
        found += ["noharm", f"noharm+earlier={kind in scene.earlier}|{len(scene.earlier)}", f"noharm+form={form}|{who}"]
    if "casualties" in scene.kinds:
        found.append(f"cas={kind}|{scene.mostly == kind}|{who}|{rule}")
    if scene.natural:
        found += ["natural", f"natural|{rule}"]
    if scene.verbless:
        found += ["verbless", f"verbless+rule={rule}"]
    if scene.modal:
        found += ["modal", f"modal+rule={rule}"]
    return found


def _after(look: Look, kind: str, after: HarmWord) -> list[str]:
    """Signals of the word of harm that follows."""
    scene, quantity, who, name = look.scene, look.quantity, look.who, named(after, kind)
    gap = after.first - quantity.end
    right = scene.path(quantity.end, min(after.first, quantity.end + REACH), kind)
    others = sum(1 for q in scene.found[look.position + 1 :] if q.first < after.first)
    path = "far" if gap > REACH else f"{'>'.join(right[:PATH])}>{name}"
    beyond = scene.class_at(after.last, kind)
    found = [
        f"aobject={name}|{beyond}|{min(gap, 3)}|{'BE' in right}",
        f"right={path}",
        f"who+right={who}|{path}",
        f"akind={name}",
        f"{kind}|akind={name}",
        f"agap={min(gap, 9)}|{name}",
        f"abetween={min(others, 3)}|{name}",
        f"afirst={right[0] if right else '-'}|{name}",
        f"alast={right[-1] if right else '-'}|{name}|{min(others, 2)}",
        f"awho={who}|{name}|{min(others, 1)}",
        f"{kind}|awho={who}|{name}",
    ]
    if "BE" in right and "WHO" not in right and "END" not in right:
        found.append(f"passive={name}|{min(others, 2)}")
    verb = _main_verb(look, kind)
    if verb:
        found += [f"verb={verb}", f"verb+who={verb}|{who}", f"verb+form={verb}|{look.form}"]
    if after.form == "shot":
        found += _shot(look, kind, after)
    second = next((h for h in scene.harms if h.first > after.first), None)
    if second is not None and second.first - quantity.end <= REACH:
        found += [f"second={name}|{named(second, kind)}|{min(second.first - after.last, 4)}"]
    return found


def _shot(look: Look, kind: str, word: HarmWord) -> list[str]:
    """Signals of who was shot: in which part of the body, and whether one or many."""
    tokens, limit = look.scene.reading.tokens, look.scene.sentence.last
    hits = (lexicon("body_parts").at(tokens, near, limit) for near in range(word.last, min(word.last + _BODY, limit)))
    part = next((str(hit.entry["part"]) for hit in hits if hit is not None), "no part told")
    value = look.quantity.count.value
    many = "one" if value == 1 else "many"
    harm = "harm told" if any(other.form != "shot" for other in look.scene.harms) else "only shot"
    return [f"{kind}|shot: {part}", f"{kind}|shot: {part}, {many}", f"{kind}|shot: {many}, {harm}"]


def _main_verb(look: Look, kind: str) -> str:
    """Return what the first "was" or "were" after the quantity says, over names and asides, if it is harm."""
    scene, quantity = look.scene, look.quantity
    limit = min(scene.sentence.last, quantity.end + CLAUSE)
    for index in range(quantity.end, limit):
        if scene.class_at(index, kind) != "BE":
            continue
        for near in range(index + 1, min(index + 4, limit)):
            name = scene.class_at(near, kind)
            if name[:1] in "=~x" and "." in name[1:2]:
                others = sum(1 for q in scene.found[look.position + 1 :] if q.first < index)
                return f"{name}|{min(others, 2)}"
            if name not in ("ADV", "BE", ".", "VED"):
                return ""
        return ""
    return ""


def _before(look: Look, kind: str, before: HarmWord) -> list[str]:
    """Signals of the word of harm that stands before."""
    scene, who, name = look.scene, look.who, named(before, kind)
    gap = look.start - before.last
    left = scene.path(max(before.last, look.start - REACH), look.start, kind)
    others = sum(1 for q in scene.found[: look.position] if q.first >= before.last)
    path = "far" if gap > REACH else f"{name}<{'<'.join(left[-PATH:])}"
    found = [
        f"left={path}",
        f"who+left={who}|{path}",
        f"bkind={name}",
        f"{kind}|bkind={name}",
        f"bgap={min(gap, 9)}|{name}",
        f"bbetween={min(others, 3)}|{name}",
        f"bfirst={left[0] if left else '-'}|{name}",
        f"blast={left[-1] if left else '-'}|{name}",
        f"bwho={who}|{name}|{min(others, 1)}",
        f"{kind}|bwho={who}|{name}",
    ]
    if before.form == "shot":
        found += _shot(look, kind, before)
    if not others and "WHO" not in left and "END" not in left:
        found.append(f"object={name}|{who}|{'BE' in left}")
    if scene.class_at(before.first - 1, kind) == "BE":
        found.append(f"bpassive={name}|{left[0] if left else '-'}")
    return found


def _inside(look: Look, kind: str, inside: HarmWord) -> list[str]:
    """Signals of a word of harm within the noun phrase ("14 deaths", "three wounded soldiers")."""
    name = named(inside, kind)
    post = look.scene.class_at(look.quantity.end, kind)
    found = [f"inside={name}", f"{kind}|inside={name}", f"inside+post={name}|{post}"]
    if look.quantity.head is not None and inside.last - 1 == look.quantity.head:
        found.append(f"headharm={name}")
    return found


def mostly(harms: Sequence[HarmWord]) -> str:
    """Return the kind that a report's words of harm speak of most, "" for none; people outrank things."""
    tally = Counter(word.kind for word in harms if word.kind not in ("damaged", "casualties"))
    return max(sorted(tally), key=tally.__getitem__) if tally else ""
