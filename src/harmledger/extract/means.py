"""How the harm that a claim counts was done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from harmledger.extract.actors import blame, main_actor
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
from harmledger.extract.reading import Reading

# What an open word may be read as.
_READINGS = {
    "strike": ("airstrike", "shelling"),
    "bombing": ("airstrike", "explosive", "shelling"),
    "bombardment": ("airstrike", "shelling"),
    "blast": ("explosive", "airstrike", "shelling"),
    "missile": ("shelling", "airstrike"),
    "fire": ("shelling", "shooting"),
    "attack": (),
}
_ARMS = {
    "israel": "air power",
    "coalition": "air power",
    "russia": "air power",
    "syrian_government": "army",
    "turkey": "army",
    "iran": "army",
    "multiple": "several",
    None: "nobody",
}
_BACK = 3
_MANY = 12


def means_of(
    reading: Reading, drafts: Drafts, blamed: Sequence[Found[str | None]] | None = None
) -> list[Found[str | None]]:
    """Return for each draft how the harm was done, None where the report does not tell.

    ``blamed`` is what ``blame`` gave for the same drafts, where it was asked already: who has jets decides what
    "a strike" is.
    """
    told = blame(reading, drafts) if blamed is None else blamed
    table = weights("means")
    read: list[Found[str | None]] = []
    asked = means_answers(reading, drafts, [found.value for found in told])
    for draft, answers in zip(drafts, asked, strict=True):
        answer = best(answers.values(), table)
        if not answer.words and answer.value is not None:
            answer.words.extend(Said(w.words, w.sentence) for w in scene_of(reading).first_ways(answer.value))
        read.append(Found(answer.value, because(answer, reading.tokens[draft.first].sentence)))
    return read


def means_answers(reading: Reading, drafts: Drafts, blamed: Sequence[str | None]) -> list[dict[str | None, Answer]]:
    """Return for each draft the means that may be meant, with the signs for each."""
    scene = scene_of(reading)
    lead = _leading(scene)
    answers = [
        _answers(scene, draft, _ARMS.get(actor, "group"), lead) for draft, actor in zip(drafts, blamed, strict=True)
    ]
    share_signs(drafts, answers, _LENT)
    return answers


_LENT = [
    f"same sentence: {sign}{form}"
    for sign in ("nearest before", "nearest after", "the only one")
    for form in ("", " (perhaps)", " (strike)", " (bombing)", " (bombardment)", " (blast)", " (missile)")
]


def main_means(reading: Reading) -> str | None:
    """Return how the harm of a report as a whole was done, None where it does not tell.

    Where only open words tell it ("an Israeli strike"), the party blamed decides what they mean.
    """
    scene = scene_of(reading)
    lead = _leading(scene)
    words = next((way.open for way in scene.ways if way.open in {"strike", "bombing", "bombardment", "missile"}), None)
    if words is not None and _ARMS.get(main_actor(reading), "group") == "air power":
        lead["airstrike"] += 1
    return lead.most_common(1)[0][0] if lead else None


def _leading(scene: Scene) -> Counter[str]:
    told: Counter[str] = Counter()
    for way in scene.ways:
        if way.code and way.sure:
            told[way.code] += 2 if scene.reading.tokens[way.first].sentence < 2 else 1
    return told


def _answers(scene: Scene, draft: Draft, arms: str, lead: Counter[str]) -> dict[str | None, Answer]:
    answers: dict[str | None, Answer] = {None: Answer(None), "multiple": Answer("multiple")}
    sentence = scene.reading.tokens[draft.first].sentence
    here = around(scene.ways_in.get(sentence, []), draft)
    for sign, way in _signs_here(draft, here):
        _add(answers, way, arms, f"same sentence: {sign}")
    own = any(way.code or way.open != "attack" for way in here)
    if own:
        _signs_agreeing(answers, lead)
    else:
        for sign, way in _signs_before(scene, sentence):
            _add(answers, way, arms, sign)
        _signs_report(scene, answers, arms, lead)
        for sign, way in _signs_of_order(scene, sentence):
            _add(answers, way, arms, sign)
    _signs_unsaid(answers, draft, arms, own, here)
    for value, answer in answers.items():
        answer.signs.add(f"{value}, {draft.kind}")
        answer.signs.add(f"{value} by {arms}")
        if draft.status == "combatant":
            answer.signs.add(f"{value}, combatants")
    _signs_nothing(scene, draft, answers, here, arms)
    _signs_several(draft, answers, here)
    return answers


def _signs_agreeing(answers: dict[str | None, Answer], lead: Counter[str]) -> None:
    """Add whether what the sentence tells is also what the report tells most of."""
    total = sum(lead.values())
    for code, count in lead.items():
        share = count / total
        size = "all" if share == 1 else "most" if share >= 0.6 else "some" if share >= 0.25 else "few"
        where = "same sentence: as" if code in answers else "only elsewhere:"
        answers.setdefault(code, Answer(code)).signs.add(f"{where} {size} of the report's")


def _signs_report(scene: Scene, answers: dict[str | None, Answer], arms: str, lead: Counter[str]) -> None:
    """Add what the report tells elsewhere, for a sentence that tells nothing."""
    total = sum(lead.values())
    for code, count in lead.items():
        answer = answers.setdefault(code, Answer(code))
        share = count / total
        size = "all" if share == 1 else "most" if share >= 0.6 else "some" if share >= 0.25 else "few"
        answer.signs.add(f"{size} of the report's means")
        answer.signs.add(f"{code}, {size} of the report's")
    for way in scene.ways_in.get(0, [])[:_MANY]:
        _add(answers, way, arms, "in the headline")


def _add(answers: dict[str | None, Answer], way: Way, arms: str, sign: str) -> None:
    if way.code:
        readings: tuple[str, ...] = (way.code,)
    else:
        readings = _READINGS.get(way.open or "", ())
    for code in readings:
        answer = answers.setdefault(code, Answer(code))
        if way.code:
            answer.signs.add(f"{sign}{'' if way.sure else ' (perhaps)'}")
        else:
            answer.signs.add(f"{sign} ({way.open})")
            answer.signs.add(f"{code} for {way.open} by {arms}")
        said = Said(way.words, way.sentence)
        answer.words.insert(0 if sign.startswith("same sentence") else len(answer.words), said)


def _signs_here(draft: Draft, here: Sequence[Way]) -> Iterator[tuple[str, Way]]:
    nearest: dict[str, tuple[int, Way]] = {}
    for way in here:
        side, distance = gap(draft, way.first, way.last)
        yield f"{side} {bucket(distance)}", way
        if (way.code or way.open != "attack") and (side not in nearest or distance < nearest[side][0]):
            nearest[side] = (distance, way)
    for side, (_, way) in nearest.items():
        yield f"nearest {side}", way
    codes = {way.code for way in here if way.sure}
    if len(codes) == 1:
        for way in here:
            if way.sure:
                yield "the only one", way
                break


def _signs_before(scene: Scene, sentence: int) -> Iterator[tuple[str, Way]]:
    turn = " across a turn" if sentence in scene.turns else ""
    latest = False
    for back in range(1, _BACK + 1):
        ways = [way for way in scene.ways_in.get(sentence - back, [])[-_MANY:] if way.code or way.open != "attack"]
        if ways and not latest:
            latest = True
            for way in ways:
                yield f"latest before{turn}", way
            yield f"last of the latest, {back} back{turn}", ways[-1]
    for way in scene.ways_in.get(sentence + 1, ())[:1]:
        yield "first of the next sentence", way


def _signs_of_order(scene: Scene, sentence: int) -> Iterator[tuple[str, Way]]:
    """Tell of each means whether it was told before a sentence that tells none, or is only told after it."""
    told = {code: scene.first_ways(code)[0] for code in _MEANS if scene.first_ways(code)}
    before = [code for code, way in told.items() if way.sentence < sentence]
    for way in told.values():
        if way.sentence < sentence:
            yield "told before" + (", the only one" if len(before) == 1 else ""), way
        elif way.sentence > sentence and not before:
            yield "nothing before, told after" + (" the headline" if sentence == 0 else ""), way


_MEANS = ("airstrike", "shelling", "chemical", "explosive", "shooting", "execution", "clashes", "multiple", "other")


def _signs_unsaid(answers: dict[str | None, Answer], draft: Draft, arms: str, own: bool, here: Sequence[Way]) -> None:
    """Add what may be meant without a word of it: combatants fall in fights, those shot by some were executed."""
    clashes = answers.setdefault("clashes", Answer("clashes"))
    place = "a way here" if own else "no way here"
    clashes.signs.add(f"a fight, unsaid: {draft.status}, {draft.kind}, {place}")
    clashes.signs.add(f"a fight, unsaid: {draft.status}, by {arms}, {place}")
    if any(way.code == "shooting" for way in here):
        execution = answers.setdefault("execution", Answer("execution"))
        execution.signs.add(f"shot: {draft.kind}, {draft.status}")
        execution.signs.add(f"shot: by {arms}")


def _signs_nothing(
    scene: Scene, draft: Draft, answers: dict[str | None, Answer], here: Sequence[Way], arms: str
) -> None:
    sentence = scene.reading.tokens[draft.first].sentence
    signs = answers[None].signs
    signs.add("nothing told")
    signs.add(f"nothing told: {draft.kind}, {draft.scope}")
    kinds = "sure" if any(w.sure for w in here) else "open" if any(w.open != "attack" for w in here) else "none"
    signs.add(f"nothing told: {kinds} in the sentence")
    signs.add(f"nothing told: {kinds} in the sentence, {draft.scope}")
    signs.add(f"nothing told: {kinds} in the sentence, {draft.scope}, by {arms}")
    if not scene.ways or not any(way.sure for way in scene.ways):
        signs.add("nothing told: nothing sure in the report")
    if sentence in scene.war_words:
        signs.add(f"nothing told: a war in the sentence, {draft.scope}, {kinds}")
    if draft.count.value is not None and draft.count.value >= 2000:
        signs.add("nothing told: thousands")
    if sentence in scene.turns:
        signs.add(f"nothing told: after a turn, {kinds}")


def _signs_several(draft: Draft, answers: dict[str | None, Answer], here: Sequence[Way]) -> None:
    signs = answers["multiple"].signs
    codes = {way.code for way in here if way.sure}
    signs.add("several")
    signs.add(f"several: {draft.scope}, {min(len(codes), 3)} in the sentence")
    for first, second in pairwise(here):
        if first.sure and second.sure and first.code != second.code and second.first - first.last <= 3:
            signs.add("several: two side by side")
