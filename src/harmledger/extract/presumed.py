"""Who may be meant where a sentence names no doer: the other side of this war, the state of this land, or some gunman.

"The SDF said four of its fighters were killed" names no doer; a report that spoke of IS before means IS. Nothing here
decides: each party that may be meant gets signs, and the weights tell what they are worth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from harmledger.extract.draft import Draft
from harmledger.extract.passages import Scene, Way, around, gap
from harmledger.extract.roles import DOER, Party

# Whose jets and guns harm people in a land, where a report does not say otherwise.
_STRIKES: Mapping[str, str] = {
    "syria": "syrian_government",
    "gaza": "israel",
    "israel": "palestinian_groups",
    "lebanon": "israel",
    "ukraine": "russia",
    "turkey": "turkey",
    "iran": "iran",
}


def presumed(
    scene: Scene, draft: Draft, here: Sequence[Party], victims: Party | None
) -> Iterator[tuple[str, str, Party | None]]:
    """Yield (code, sign, party): who may have done the harm, though the sentence does not say that they did."""
    sentence = scene.reading.tokens[draft.first].sentence
    own = any(party.role in DOER for party in here)
    way = _way(scene, draft, sentence)
    land = scene.land_at(sentence)
    said = {party.code: party for party in here if party.role == "speaker"}
    for code, party in scene.first_named.items():
        if code == "multiple" or (victims is not None and code == victims.code):
            continue
        place = "a doer here" if own else "no doer here"
        yield code, f"named in the report, {place}", party
        if victims is not None:
            yield code, f"{victims.code}'s people counted, by {code}, {place}", party
            if code in said:
                yield code, f"tells of the other side's people, {draft.kind}", party
        elif draft.status == "combatant" and code in said:
            yield code, f"tells of combatants, {draft.kind}", party
        if not own:
            standing = _standing(scene, code)
            yield code, f"named as {standing}, {way}", party
            yield code, f"named as {standing}, {draft.status}", party
            yield code, f"harm in {land}, by {code}", party
            if party.sentence <= 1:
                yield code, "named at the head", party
            if len(scene.first_named) == 1:
                yield code, f"the only party named, {way}", party
            if draft.kind in _SLOW:
                yield code, f"named as {standing}, {draft.kind}", party
    if own:
        return
    known = "doers told" if scene.first_doers else "no doer told"
    strikes = _STRIKES.get(land, "other")
    for sign in _signs_of_the_land(scene, draft, sentence, way, land):
        yield strikes, f"who strikes here: {sign}", None
        yield strikes, f"who strikes here: {sign}, {known}", None
    for sign in (way, f"{way}, {known}", "a crime report" if scene.crime else "no crime report", f"in {land}"):
        yield "other", f"someone unnamed: {sign}", None
    yield "other", f"someone unnamed: {draft.kind}, {known}, {'crime' if scene.crime else 'war'}", None


_SLOW = frozenset(["displaced", "affected", "detained", "missing", "damaged"])


def _signs_of_the_land(scene: Scene, draft: Draft, sentence: int, way: str, land: str) -> Iterator[str]:
    yield land
    yield f"{land}, {way}"
    yield f"{land}, {draft.kind}"
    yield f"{draft.status}"
    yield f"{draft.scope}, {way}"
    if scene.arms_in & {sentence}:
        yield f"{land}, arms of a state"
    elif scene.arms_in & {sentence - 1, sentence + 1}:
        yield f"{land}, arms of a state beside"


def _standing(scene: Scene, code: str) -> str:
    """Return how a report speaks of a party at its most telling: a doer, else a side, else a speaker, else a name."""
    roles = scene.roles.get(code, set())
    if roles & DOER:
        return "a doer"
    for role in ("side", "sufferer", "speaker"):
        if role in roles:
            return role
    return "a name"


def _way(scene: Scene, draft: Draft, sentence: int) -> str:
    """Return the means told nearest to a count in its sentence, else in the sentence before."""
    for place, back in ((sentence, ""), (sentence - 1, " before")):
        ways: Sequence[Way] = around(scene.ways_in.get(place, []), draft)
        if ways:
            nearest = min(ways, key=lambda way: gap(draft, way.first, way.last)[1])
            return f"{nearest.code or nearest.open}{back}"
    return "no means"
