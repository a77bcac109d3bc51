"""Who may be meant where a sentence names no doer: another party that the report names.

"The SDF said four of its fighters were killed" names no doer; a report that spoke of IS before means IS. Nothing here
decides: each party that may be meant gets signs, and the weights tell what they are worth. A party that the report does
not name is never presumed, however often it strikes in a land: nobody could defend such a blame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from harmledger.extract.draft import Draft
from harmledger.extract.passages import Scene, Way, around, gap
from harmledger.extract.roles import DOER, Party


def presumed(
    scene: Scene, draft: Draft, here: Sequence[Party], victims: Party | None
) -> Iterator[tuple[str, str, Party]]:
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


_SLOW = frozenset(["displaced", "affected", "detained", "missing", "damaged"])


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
