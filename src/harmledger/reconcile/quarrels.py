"""What cannot all be right about an incident: denials, rival blame, tolls at odds, parts larger than their whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from harmledger.match.told import Told
from harmledger.model import Claim, Incident
from harmledger.reconcile.grades import blamed_of
from harmledger.reconcile.speakers import same_speaker

_MOST_SHOWN = 5


def _who(claim: Claim) -> str:
    return claim.sources[0] if claim.sources else f"report {claim.report}"


def contradictions_of(incident: Incident) -> tuple[str, ...]:
    """Return the denials, rival blame and tolls at odds, each as a sentence."""
    claims = incident.claims
    found = [f"{_who(claim)} denies it ({claim.kind})" for claim in claims if claim.role == "denied"]
    found += [f"{_who(claim)} disputes it ({claim.kind})" for claim in claims if claim.role == "disputed"]
    statements = [statement for event in incident.events for statement in event.statements]
    for statement in statements:
        deed = "having done it" if statement.topic == "responsibility" else "what is told"
        found += [f"{name} denies {deed}" for name in statement.denied_by]
    claimed = dict.fromkeys(n for s in statements if s.topic == "responsibility" for n in s.sources[:1])
    if len(claimed) > 1 and not all(same_speaker(next(iter(claimed)), name) for name in claimed):
        found.append(f"claimed by different parties: {', '.join(claimed)}")
    parties = [party for party in blamed_of(claims) if party not in ("multiple", "other")]
    if len(parties) > 1:
        found.append(f"blamed on different parties: {', '.join(parties)}")
    for kind in ("killed", "injured"):
        found += _at_odds([claim for claim in claims if claim.kind == kind and _whole(claim)], kind)
    return tuple(dict.fromkeys(found))


def _whole(claim: Claim) -> bool:
    return claim.parent is None and claim.group == "people" and claim.role == "stated" and claim.count.bound == "exact"


def _at_odds(claims: Sequence[Claim], kind: str) -> list[str]:
    """Return tolls that two speakers state on one day as exact and that differ."""
    told: list[str] = []
    spoken = [claim for claim in claims if claim.sources and claim.count.value is not None]
    for place, one in enumerate(spoken[:40]):
        for other in spoken[place + 1 : 40]:
            same_day = one.when is None or other.when is None or one.when == other.when
            if same_day and one.count != other.count and not same_speaker(_who(one), _who(other)):
                told.append(f"{kind}: {_who(one)} says {one.count.value}, {_who(other)} says {other.count.value}")
    return told[:_MOST_SHOWN]


def warnings_of(tolls: Mapping[str, Told | None]) -> tuple[str, ...]:
    """Return a warning for each part that is larger than its whole, naming both."""
    found = []
    for field, told in tolls.items():
        group, _, kind = field.rpartition("_")
        whole = tolls.get(kind) if group else None
        if told is None or whole is None or whole.range.high is None or told.range.low <= whole.range.high:
            continue
        plain = group.replace("_", " ")
        found.append(f"{plain}: {told.range} {kind}, more than the {whole.range} {kind} in all")
    return tuple(found)
