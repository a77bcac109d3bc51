"""What stands around a quantity, as named signals: the evidence that the learned reader of harm weighs.

A signal is a short string made of word classes, never of a text's own names, so that what is learnt is language.
"""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.extract.harm import HarmWord, governed_kind, token_class
from harmledger.extract.quantities import Quantity
from harmledger.extract.reading import Reading, Sentence

REACH = 14
PATH = 5


class Scene:
    """A sentence with its quantities and words of harm, prepared once for all of its quantities."""

    def __init__(
        self,
        reading: Reading,
        sentence: Sentence,
        found: Sequence[Quantity],
        harms: Sequence[HarmWord],
        earlier: frozenset[str],
    ) -> None:
        self.reading, self.sentence, self.found = reading, sentence, found
        tokens = reading.tokens
        counted = {i for q in found for i in range(q.first, q.last)}
        self.harms = [h for h in harms if h.first not in counted]
        self.earlier = earlier
        self.classes: list[str] = []
        harm_at = {i: h for h in self.harms for i in range(h.first, h.last)}
        number_at = {q.first: q for q in found}
        for index in range(sentence.first, sentence.last):
            harm = harm_at.get(index)
            if harm is not None:
                self.classes.append(f"H{harm.kind[:3]}.{harm.form}" if harm.first == index else "")
            elif index in number_at:
                noun = number_at[index].noun
                self.classes.append("Q" + (noun.kind[0] if noun else "?"))
            elif index in counted:
                self.classes.append("")
            else:
                self.classes.append(token_class(tokens[index]))
        self.kinds = sorted({h.kind[:3] for h in self.harms})
        self.verbless = not any(name in ("BE", "SAY") for name in self.classes)
        self.modal = "MOD" in self.classes

    def path(self, first: int, last: int) -> list[str]:
        """Return the classes of tokens ``first`` to ``last``, runs of plain words folded into one."""
        base = self.sentence.first
        folded: list[str] = []
        for name in self.classes[first - base : last - base]:
            if name and not (name in (".", "CAP", "ADV", "QUO") and folded and folded[-1] == name):
                folded.append(name)
        return folded


def signals(scene: Scene, position: int, previous: str, plain: bool = False) -> tuple[list[str], str, HarmWord | None]:
    """Return the signals of the quantity at ``position`` of a scene, the kind the rules give it, and the governing word.

    ``previous`` is the kind decided for the quantity before it in the sentence ("" for none).
    """
    quantity = scene.found[position]
    tokens, sentence = scene.reading.tokens, scene.sentence
    value = quantity.count.value
    size = (
        "v"
        if value is None
        else "0"
        if value == 0
        else "1"
        if value == 1
        else "u"
        if value < 13
        else "t"
        if value < 100
        else "h"
        if value < 1000
        else "k"
        if value < 10000
        else "K"
    )
    noun = quantity.noun
    head = tokens[quantity.head].norm if quantity.head is not None else ""
    who = f"{noun.kind}.{noun.status[0]}{'L' if noun.listed else ''}" if noun else "none"
    after = next((h for h in scene.harms if h.first >= quantity.end), None)
    inside = next((h for h in scene.harms if quantity.first <= h.first < quantity.end), None)
    before = next((h for h in reversed(scene.harms) if h.last <= quantity.first), None)
    start = quantity.bound_first if 0 <= quantity.bound_first < quantity.first else quantity.first
    right = scene.path(quantity.end, min(after.first, quantity.end + REACH)) if after else []
    left = scene.path(max(before.last, start - REACH), start) if before else []
    ruled = governed_kind(quantity, scene.harms, right, left, after, before)
    rule = ruled[0] if ruled else "none"
    far_right = after is not None and after.first - quantity.end > REACH
    far_left = before is not None and start - before.last > REACH
    next_two = [scene.classes[i - sentence.first] for i in range(quantity.end, min(quantity.end + 3, sentence.last))]
    last_two = [scene.classes[i - sentence.first] for i in range(max(sentence.first, start - 3), start)]
    post1 = next_two[0] if next_two else "EOS"
    pre1 = last_two[-1] if last_two else "BOS"
    to_right = "far" if far_right else ">".join(right[:PATH]) + f">{after.kind[:3]}.{after.form}" if after else "no"
    to_left = "far" if far_left else f"{before.kind[:3]}.{before.form}<" + "<".join(left[-PATH:]) if before else "no"
    form = quantity.form + ("p" if quantity.partitive else "")
    out = [
        "bias",
        f"form={form}",
        f"size={size}",
        f"form+who={form}|{who}",
        f"who={who}",
        f"bound={quantity.count.bound}",
        f"rule={rule}",
        f"rule+form={rule}|{form}",
        f"rule+who={rule}|{who}",
        f"prev={previous}",
        f"prev+pre={previous}|{pre1}",
        f"prev+rule={previous}|{rule}",
        f"prev+who={previous}|{who}|{pre1}",
        f"pre1={pre1}",
        f"post1={post1}",
        f"pre={'_'.join(last_two)}",
        f"post={'_'.join(next_two)}",
        f"right={to_right}",
        f"left={to_left}",
        f"who+right={who}|{to_right}",
        f"who+left={who}|{to_left}",
        f"kinds={'+'.join(scene.kinds)}",
        f"kinds+who={'+'.join(scene.kinds)}|{who}",
        f"kinds+form={'+'.join(scene.kinds)}|{form}",
    ]
    if after:
        gap = after.first - quantity.end
        others = sum(1 for q in scene.found[position + 1 :] if q.first < after.first)
        out += [
            f"akind={after.kind[:3]}.{after.form}",
            f"agap={min(gap, 9)}|{after.kind[:3]}.{after.form}",
            f"abetween={min(others, 3)}|{after.kind[:3]}.{after.form}",
            f"afirst={right[0] if right else '-'}|{after.kind[:3]}.{after.form}",
            f"awho={who}|{after.kind[:3]}.{after.form}|{min(others, 1)}",
        ]
        if "BE" in right and "WHO" not in right and "END" not in right:
            out.append(f"passive={after.kind[:3]}.{after.form}|{min(others, 2)}")
    if before:
        gap = start - before.last
        others = sum(1 for q in scene.found[:position] if q.first >= before.last)
        out += [
            f"bkind={before.kind[:3]}.{before.form}",
            f"bgap={min(gap, 9)}|{before.kind[:3]}.{before.form}",
            f"bbetween={min(others, 3)}|{before.kind[:3]}.{before.form}",
            f"blast={left[-1] if left else '-'}|{before.kind[:3]}.{before.form}",
            f"bwho={who}|{before.kind[:3]}.{before.form}|{min(others, 1)}",
        ]
    if inside:
        out += [f"inside={inside.kind[:3]}.{inside.form}", f"inside+post={inside.kind[:3]}.{inside.form}|{post1}"]
        if quantity.head is not None and inside.last - 1 == quantity.head:
            out.append(f"headharm={inside.kind[:3]}.{inside.form}")
    if not scene.harms:
        out += ["noharm", f"noharm+earlier={'+'.join(sorted(scene.earlier))}", f"noharm+form={form}|{who}"]
    if quantity.age is not None:
        out.append(f"age|{form}")
    if scene.verbless:
        out += ["verbless", f"verbless+rule={rule}"]
    if scene.modal:
        out += ["modal", f"modal+rule={rule}"]
    if noun is not None and noun.listed:
        out += [f"head={head}", f"head+rule={head}|{rule}"]
    if quantity.form == "ordinal":
        out.append(f"ord|{who}|{after.kind[:3] if after else ''}")
    words = tokens[quantity.first].norm if quantity.form in ("vague", "part", "none", "group", "article") else ""
    if words:
        out += [f"w={words}", f"w+rule={words}|{rule}", f"w+who={words}|{who}"]
    for index, name in ((start - 1, "tw-1"), (start - 2, "tw-2"), (quantity.end, "tw+1"), (quantity.end + 1, "tw+2")):
        if sentence.first <= index < sentence.last and not tokens[index].capital and tokens[index].word:
            out.append(f"{name}={tokens[index].norm}")
    near = position + 1 < len(scene.found) and scene.found[position + 1]
    if near:
        out.append(
            f"next={near.noun.kind[0] if near.noun else '?'}|{near.first - quantity.end if near.first - quantity.end < 4 else 'far'}"
        )
    return out, rule, ruled[1] if ruled else (after or before)
