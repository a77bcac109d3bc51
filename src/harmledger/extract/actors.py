"""Who is said to have done the harm that a claim counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from harmledger.extract.draft import Draft, Drafts, Found
from harmledger.extract.linear import weights
from harmledger.extract.passages import (
    Answer,
    Said,
    Scene,
    Way,
    around,
    because,
    best,
    bucket,
    gap,
    scene_of,
    share_signs,
)
from harmledger.extract.presumed import presumed
from harmledger.extract.reading import Reading
from harmledger.extract.roles import DOER, Party
from harmledger.extract.whose import victims_of

_STATES = frozenset(["syrian_government", "russia", "coalition", "turkey", "israel", "iran"])
_BACK = 4
_MANY = 12


def blame(reading: Reading, drafts: Drafts) -> list[Found[str | None]]:
    """Return for each draft the code of the party that the report blames, None where it blames nobody.

    The doer in the claim's own clause comes first, then the doer of the event that the passage is about.
    """
    table = weights("actor")
    found: list[Found[str | None]] = []
    for draft, answers in zip(drafts, actor_answers(reading, drafts), strict=True):
        answer = best(answers.values(), table)
        named = scene_of(reading).first_doers.get(answer.value or "")
        if named is not None and not answer.words:
            answer.words.append(Said(named.words, named.sentence))
        found.append(Found(answer.value, because(answer, reading.tokens[draft.first].sentence)))
    return found


def actor_answers(reading: Reading, drafts: Drafts) -> list[dict[str | None, Answer]]:
    """Return for each draft the parties that may be blamed, with the signs for each."""
    scene = scene_of(reading)
    lead = _leading(scene)
    answers = [_answers(scene, draft, lead) for draft in drafts]
    share_signs(drafts, answers, _LENT)
    return answers


_LENT = [
    f"same sentence: {sign}"
    for sign in ("nearest doer before", "nearest doer after", "only doer", "its people are counted", "as side after")
] + ["several: a fight among themselves"]


def main_actor(reading: Reading) -> str | None:
    """Return the party that a report as a whole blames, None where it blames nobody."""
    scene = scene_of(reading)
    doers = _leading(scene)
    return doers.most_common(1)[0][0] if doers else None


def _leading(scene: Scene) -> Counter[str]:
    """Return how often each party is said to do harm; the headline and what follows it count more."""
    doers: Counter[str] = Counter()
    for party in scene.parties:
        if party.role in DOER:
            doers[party.code] += 2 if scene.reading.tokens[party.first].sentence < 2 else 1
    return doers


def _answers(scene: Scene, draft: Draft, lead: Counter[str]) -> dict[str | None, Answer]:
    answers: dict[str | None, Answer] = {None: Answer(None), "multiple": Answer("multiple")}
    sentence = scene.reading.tokens[draft.first].sentence
    here = around(scene.parties_in.get(sentence, []), draft)
    victims = victims_of(scene, draft, here)
    for sign, party in _signs_here(draft, here, victims):
        _add(answers, party, f"same sentence: {sign}")
    own = {party.code for party in here if party.role in DOER}
    if own:
        leading = max(lead, key=lambda code: lead[code])
        if leading in own:
            answers[leading].signs.add("same sentence: the report's leading doer")
        else:
            answers.setdefault(leading, Answer(leading)).signs.add("only elsewhere: the report's leading doer")
    else:
        total = ", for a total" if draft.scope == "cumulative" else ""
        for sign, party in _signs_before(scene, sentence):
            _add(answers, party, sign)
        _signs_report(scene, answers, lead, total)
        _signs_verdict(scene, sentence, answers, total)
    for code, sign, named in presumed(scene, draft, here, victims):
        answer = answers.setdefault(code, Answer(code))
        answer.signs.add(sign)
        if not answer.words:
            answer.words.append(Said(named.words, named.sentence))
    _signs_sides(draft, answers, here, victims)
    _without_the_arms(scene, draft, answers)
    _signs_nobody(scene, draft, answers, own, lead)
    _signs_several(scene, draft, answers, here, victims)
    return answers


def _add(answers: dict[str | None, Answer], party: Party, sign: str) -> None:
    here = sign.startswith("same sentence")
    answer = answers.setdefault(party.code, Answer(party.code))
    answer.signs.add(sign)
    if party.maybe and party.maybe != party.code and party.role in DOER:
        place = "in the sentence" if here else "elsewhere"
        answer.signs.add(f"a doer without a name {place}")
        answers.setdefault(party.maybe, Answer(party.maybe)).signs.add(f"perhaps the doer without a name {place}")
    if party.role in DOER or not answer.words:
        said = Said(party.words, party.sentence)
        answer.words.insert(0 if here else len(answer.words), said)


def _signs_here(draft: Draft, here: Sequence[Party], victims: Party | None) -> Iterator[tuple[str, Party]]:
    nearest: dict[str, tuple[int, Party]] = {}
    doers = [party for party in here if party.role in DOER]
    for party in here:
        if party is victims:
            yield "its people are counted", party
            continue
        side, distance = gap(draft, party.first, party.last)
        part = "doer" if party.role in DOER else party.role
        yield f"{part} {side} {bucket(distance)}", party
        if party.role in DOER and (side not in nearest or distance < nearest[side][0]):
            nearest[side] = (distance, party)
    for side, (_, party) in nearest.items():
        yield f"nearest doer {side}", party
    if doers:
        yield "first doer", doers[0]
        if len({party.code for party in doers}) == 1:
            yield "only doer", doers[0]


def _signs_before(scene: Scene, sentence: int) -> Iterator[tuple[str, Party]]:
    turn = " across a turn" if sentence in scene.turns else ""
    latest = False
    for back in range(1, _BACK + 1):
        doers = scene.doers_in(sentence - back)
        if doers and not latest:
            latest = True
            for party in {p.code: p for p in doers}.values():
                yield f"latest doer before{turn}", party
            yield f"last doer of the latest, {min(back, 3)} back{turn}", doers[-1]
        for party in scene.parties_in.get(sentence - back, [])[:_MANY]:
            if party.role in {"sufferer", "speaker"} and back == 1:
                yield f"{party.role} 1 back", party
    for party in scene.doers_in(sentence + 1)[:1]:
        yield "first doer of the next sentence", party
    yield from _signs_of_order(scene, sentence)


def _signs_of_order(scene: Scene, sentence: int) -> Iterator[tuple[str, Party]]:
    """Tell of each party whether it was said to do harm before a sentence, or is only blamed after it."""
    place = {code: scene.reading.tokens[party.first].sentence for code, party in scene.first_doers.items()}
    before = [code for code in place if place[code] < sentence]
    for code in before:
        yield "a doer before", scene.first_doers[code]
        if len(before) == 1:
            yield "the only doer before", scene.first_doers[code]
    for code, party in scene.first_doers.items():
        if place[code] > sentence:
            yield f"a doer only after, as {party.role}", party
            if not before:
                yield f"nobody before, a doer after, as {party.role}", party


def _signs_report(scene: Scene, answers: dict[str | None, Answer], lead: Counter[str], total: str) -> None:
    count_all = sum(lead.values())
    for code, count in lead.items():
        answer = answers.setdefault(code, Answer(code))
        share = count / count_all
        answer.signs.add(
            f"{'all' if share == 1 else 'most' if share >= 0.6 else 'some' if share >= 0.25 else 'few'}"
            f" of the report's doers"
        )
        if code == max(lead, key=lambda c: lead[c]):
            answer.signs.add(f"leading doer{total}")
    for party in scene.doers_in(0)[:1]:
        _add(answers, party, "first doer of the headline")
    for party in {p.code: p for p in scene.doers_in(0)}.values():
        _add(answers, party, "doer in the headline")


def _signs_verdict(scene: Scene, sentence: int, answers: dict[str | None, Answer], total: str) -> None:
    """Add who is blamed for "the attack" in a sentence of its own: "it was carried out by", "sources attributed"."""
    blamed = [
        (place, party)
        for place in range(sentence - _FAR, sentence + _FAR + 1)
        for party in scene.doers_in(place)
        if _verdict(scene, party)
    ]
    codes = {party.code for _, party in blamed}
    for place, party in blamed:
        doubt = ", unclear" if place in scene.unclear else ""
        only = "the only one" if len(codes) == 1 else "one"
        _add(answers, party, f"{only} blamed in a sentence of its own{doubt}{total}")
        if len(codes) > 1:
            answers["multiple"].signs.add(f"several: blamed in a sentence of its own{doubt}")


def _verdict(scene: Scene, party: Party) -> bool:
    """Tell whether a sentence blames a party for the attack: "it was carried out by", "attributed to", "claimed"."""
    tokens = scene.reading.tokens
    if party.role == "by":
        return bool({token.norm for token in tokens[max(0, party.first - 6) : party.first]} & _DONE)
    after = {token.norm for token in tokens[party.last : party.last + 8]}
    return party.role == "blamed" or ("claimed" in after and bool(after & {"responsibility", "attack", "bombing"}))


_DONE = frozenset(["carried", "conducted", "launched", "perpetrated", "committed", "behind", "work"])
_FAR = 12


def _signs_sides(draft: Draft, answers: dict[str | None, Answer], here: Sequence[Party], victims: Party | None) -> None:
    """Add what it tells that the people of a party are counted: its enemies did it, not itself."""
    if victims is None:
        if draft.status == "combatant":
            for code in answers:
                answers[code].signs.add("combatants counted" + (": nobody" if code is None else ""))
        return
    if victims.code != "other" and not any(p.code == victims.code and p.role in {"by", "attack"} for p in here):
        answers.pop(victims.code, None)
    camp = "state" if victims.code in _STATES else "armed group"
    others = {p.code for p in here if p.code not in {victims.code, victims.maybe, "multiple"}}
    if victims.code == "other" and any(p is not victims and p.code == "other" and p.role in DOER for p in here):
        others.add("other")
    for code, answer in answers.items():
        if code is None:
            answer.signs.add(f"a {camp}'s people counted: nobody")
        elif code == "multiple":
            continue
        else:
            answer.signs.add(f"a {camp}'s people counted, by a {'state' if code in _STATES else 'armed group'}")
            if others == {code}:
                answer.signs.add("the only other party in the sentence")


def _without_the_arms(scene: Scene, draft: Draft, answers: dict[str | None, Answer]) -> None:
    """Leave out whom the sentence does not name and who has no such arms: rebels no jets, armies no suicide bombers."""
    sentence = scene.reading.tokens[draft.first].sentence
    ways = [way for way in around(scene.ways_in.get(sentence, []), draft) if way.sure]
    if not ways:
        return
    nearest = min(ways, key=lambda way: gap(draft, way.first, way.last)[1])
    own = {party.code for party in scene.doers_in(sentence)}
    for party in [party for party in answers if party is not None and party not in own and _lacks(party, nearest)]:
        del answers[party]


def _lacks(code: str, way: Way) -> bool:
    """Tell whether a party is known to have no such arms."""
    words = way.words.lower()
    if code in _GROUPS:
        return way.code == "airstrike" and "drone" not in words
    return code in _STATES and way.code == "explosive" and ("suicide" in words or "bomber" in words)


_GROUPS = frozenset(["isis", "hts", "opposition", "sdf", "palestinian_groups", "hezbollah"])


def _signs_nobody(
    scene: Scene, draft: Draft, answers: dict[str | None, Answer], own: set[str], lead: Counter[str]
) -> None:
    sentence = scene.reading.tokens[draft.first].sentence
    signs = answers[None].signs
    signs.add("nobody")
    signs.add(f"nobody: {draft.kind}, {draft.scope}")
    signs.add("nobody: " + ("a doer in the sentence" if own else "no doer in the sentence"))
    if not lead:
        signs.add("nobody: no doer in the report")
    if not own and scene.first_doing >= sentence:
        signs.add("nobody: no doer so far")
    if sentence in scene.war_words:
        signs.add(f"nobody: a war in the sentence, {draft.scope}")
        if not own:
            signs.add(f"nobody: a war and no doer in the sentence, {draft.scope}")
    if draft.scope == "cumulative" and not own:
        signs.add("nobody: a total and no doer")
    value = draft.count.value
    size = "vague" if value is None else "thousands" if value >= 2000 else "hundreds" if value >= 150 else "fewer"
    signs.add(f"nobody: {size}")
    signs.add(f"nobody: {size}, {draft.scope}, {'a' if own else 'no'} doer in the sentence")
    if scene.unclear & {sentence - 1, sentence, sentence + 1}:
        signs.add("nobody: said to be unclear")
    if scene.unclear:
        signs.add("nobody: said to be unclear somewhere")
    if sentence in scene.turns:
        signs.add("nobody: after a turn" + ("" if own else ", no doer"))


def _signs_several(
    scene: Scene, draft: Draft, answers: dict[str | None, Answer], here: Sequence[Party], victims: Party | None
) -> None:
    signs = answers["multiple"].signs
    signs.add("several")
    signs.add(f"several: {draft.scope}")
    tokens = scene.reading.tokens
    sentence = tokens[draft.first].sentence
    codes = {party.code for party in here if party.role in DOER}
    signs.add(f"several: {min(len(codes), 3)} doers in the sentence")
    clash = any(way.code == "clashes" and way.sure for way in scene.ways_in.get(sentence, ()))
    if clash:
        signs.add("several: a clash" + (", one side counted" if victims else f", {draft.status}"))
        if any(way.mutual for way in scene.ways_in.get(sentence, ())):
            signs.add("several: a fight among themselves")
        if not codes:
            signs.add("several: a clash and no doer")
        if any(p.role == "side" for p in here):
            signs.add("several: a clash with its sides named" + (", one side counted" if victims else ""))
