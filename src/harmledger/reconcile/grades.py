"""How well an incident is established, after the grades that casualty recorders use, each with its sentence of reason.

``confirmed``: the party blamed admits it. ``fair``: two or more independent origins, no quarrel about who did it.
``weak``: one origin. ``contested``: different parties are blamed, or it is told that none is. ``discounted``: what was
told is denied or rejected, or only fighters were harmed. A person's grade outranks all of them.
"""

from __future__ import annotations

from collections.abc import Sequence

from harmledger.model import Claim, Incident, Judgement, Origin
from harmledger.reconcile.origins import OWN_VOICE, also_heard, told_origins

# Words by which a party speaks of itself in a report's credits.
_SPEAKS_FOR = {
    "israel": ("israeli military", "israeli army", "idf", "israel defense forces", "israel defence forces"),
    "russia": (
        "russian defence ministry",
        "russian defense ministry",
        "russian ministry of defence",
        "russian military",
    ),
    "coalition": ("coalition", "centcom", "pentagon", "us military", "operation inherent resolve"),
    "syrian_government": ("syrian army", "syrian military", "syrian defence ministry"),
    "turkey": ("turkish defence ministry", "turkish military", "turkish army"),
    "isis": ("amaq", "islamic state", "isis"),
}
_STRONG_RIVAL = 0.5
# So many sources, independent of each other, make an incident fair.
_ENOUGH = 2
_SHOWN = 4
_LONGEST = 160


def _admits(claims: Sequence[Claim]) -> str | None:
    for claim in claims:
        for source in claim.sources:
            spoken = source.lower()
            if claim.role == "stated" and any(words in spoken for words in _SPEAKS_FOR.get(claim.actor or "", ())):
                return source
    return None


def _claimed(incident: Incident, claims: Sequence[Claim]) -> str | None:
    """Return who is blamed and claims to have done it."""
    blamed = {claim.actor for claim in claims if claim.actor}
    for event in incident.events:
        for statement in event.statements:
            for name in statement.sources[:1] if statement.topic == "responsibility" else ():
                spoken = name.lower()
                if any(words in spoken for party in blamed for words in _SPEAKS_FOR.get(party, ())):
                    return name
    return None


def _unblamed(incident: Incident) -> str:
    """Return the sentence that says that no source blames anybody, where as many reports say so as blame somebody."""
    said = [(event, s) for event in incident.events for s in event.statements if s.topic == "unblamed"]
    silent = {event.report for event, _ in said}
    blaming = {claim.report for claim in incident.claims if claim.actor and claim.report not in silent}
    if not said or len(blaming) > len(silent):
        return ""
    event, statement = said[0]
    return " ".join(statement.span.of(event.text).split())[:_LONGEST]


def blamed_of(claims: Sequence[Claim]) -> dict[str, int]:
    """Return how many claims blame each party, the most blamed first."""
    blamed: dict[str, int] = {}
    for claim in claims:
        if claim.actor and claim.role != "denied":
            blamed[claim.actor] = blamed.get(claim.actor, 0) + 1
    return dict(sorted(blamed.items(), key=lambda pair: (-pair[1], pair[0])))


def grade_of(
    incident: Incident, origins: Sequence[Origin], judged: Judgement | None = None, rejected: bool = False
) -> tuple[str, str]:
    """Return an incident's grade and the sentence that gives its reason; ``rejected`` where persons rejected counts."""
    if judged is not None and judged.value:
        return judged.value, f"graded by {judged.by or 'a person'}: {judged.reason or 'no reason given'}"
    standing = [claim for claim in incident.claims if claim.role == "stated"]
    if rejected and not incident.claims:
        return "discounted", "every count of it was rejected"
    if incident.claims and not standing:
        return "discounted", "every count of it is denied or disputed"
    harmed = [claim for claim in standing if claim.kind in ("killed", "injured", "casualties")]
    if harmed and all(claim.status == "combatant" for claim in harmed):
        return "discounted", "only fighters are told to be harmed"
    admitted = _admits(standing) or _claimed(incident, standing)
    if admitted is not None:
        return "confirmed", f"{admitted} speaks for the party blamed and states the harm"
    blamed = blamed_of(standing)
    parties = [party for party in blamed if party not in ("multiple", "other")]
    if "multiple" in blamed and blamed["multiple"] == max(blamed.values()):
        return "contested", "more than one party is blamed"
    if len(parties) > 1 and blamed[parties[1]] >= _STRONG_RIVAL * blamed[parties[0]]:
        return "contested", f"blamed on {parties[0]} and on {parties[1]}"
    unblamed = _unblamed(incident)
    if unblamed:
        return "contested", f"told that nobody is held responsible: “{unblamed}”"
    told, others = told_origins(origins), also_heard(incident, origins)
    if others and len(origins) < _ENOUGH:
        told += f"; also heard on it: {'; '.join(others[:_SHOWN])}{'; …' if len(others) > _SHOWN else ''}"
    # A report in its own voice that names one speaker rests on that speaker: it is one source.
    own = bool(origins) and all(origin.because == OWN_VOICE for origin in origins)
    sources = max(len(origins), len(others)) if own else len(origins) + len(others)
    return ("fair", told) if sources >= _ENOUGH else ("weak", told)
