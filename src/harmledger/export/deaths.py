"""Deaths by a standard's own number rule, and who they were, as its columns want them."""

from __future__ import annotations

from dataclasses import dataclass

from harmledger.export.figures import fighters, figure, supporting, who_was_harmed, words_of
from harmledger.model import Case
from harmledger.standards import Rules


@dataclass(frozen=True, slots=True)
class Deaths:
    """Deaths as GED splits them. ``best`` is the sum of the four parts, and ``low`` <= ``best`` <= ``high``."""

    low: int
    best: int
    high: int
    side_a: int
    side_b: int
    civilians: int
    unknown: int
    open_end: bool
    claims: tuple[str, ...]
    because: str


def ged_deaths(case: Case) -> Deaths | None:
    """Return an incident's deaths as GED counts them, None where none is told.

    Fighters that the record leaves out of a civilian toll are added, since GED counts all who died. Whoever is neither
    called a civilian nor a fighter is unknown; fighters are of the side attacked where one party is blamed, and unknown
    in clashes, where either side may have lost them.
    """
    whole, apart = figure(case, "killed"), fighters(case)
    if whole is None or whole.top == 0:
        return None
    who = who_was_harmed(case, ("killed",))
    low, best, high = whole.low, whole.best, whole.top
    civilians = side_b = unknown = 0
    if apart is not None:
        low, best, high = low + apart.low, best + apart.best, high + apart.top
        civilians = whole.best
        side_b, unknown = _sides(case, apart.best)
    elif who == "civilians" and _all(case, "civilian"):
        civilians = best
    elif who == "fighters" and _all(case, "combatant"):
        side_b, unknown = _sides(case, best)
    else:
        civilians = min(best, _surely(case, "civilian"))
        side_b, _ = _sides(case, min(best - civilians, _surely(case, "combatant")))
        unknown = best - civilians - side_b
    claims = whole.claims + (apart.claims if apart is not None else ())
    return Deaths(
        min(low, best), best, max(high, best), 0, side_b, civilians, unknown,
        whole.high is None or (apart is not None and apart.high is None), tuple(dict.fromkeys(claims)), whole.because,
    )  # fmt: skip


def _sides(case: Case, number: int) -> tuple[int, int]:
    one_sided = case.entry.actor not in (None, "multiple") and case.entry.means != "clashes"
    return (number, 0) if one_sided else (0, number)


def _all(case: Case, status: str) -> bool:
    claims = supporting(case, "killed")
    young = ("children", "women_and_children") if status == "civilian" else ()
    return bool(claims) and all(claim.status == status or claim.group in young for claim in claims)


def _surely(case: Case, status: str) -> int:
    """Return how many of a mixed toll are told to be civilians (children always are) or fighters."""
    ids = {claim.id for claim in supporting(case, "killed")}
    parts = [
        claim.count.value or 0
        for claim in case.incident.claims
        if claim.kind == "killed" and claim.role != "denied" and claim.status == status and claim.id not in ids
        and claim.group == "people"
    ]  # fmt: skip
    children = figure(case, "killed", "children") if status == "civilian" else None
    return max([children.low if children else 0, *parts])


def lowest_deaths(case: Case, rules: Rules) -> tuple[int, tuple[str, ...], str]:
    """Return an incident's deaths as ACLED counts them: the lowest figure, vague words by its own list, else 0."""
    whole, apart = figure(case, "killed"), fighters(case)
    if whole is None:
        return 0, (), "no death told"
    stated = [claim for claim in supporting(case, "killed") if claim.count.value is not None]
    vague = [claim for claim in supporting(case, "killed") if claim.count.value is None]
    extra = apart.low if apart is not None else 0
    ids = tuple(dict.fromkeys(whole.claims + (apart.claims if apart is not None else ())))
    named = any(victim.kind == "killed" for victim in case.entry.victims)
    if stated or named:
        return whole.low + extra, ids, whole.because
    if vague:
        words = [words_of(case, claim) for claim in vague]
        number, word = min((word_number(said, case, rules), said) for said in words)
        return number + extra, ids, f"“{word}” is {number}"
    several = any(
        mention.kind == "killed" and mention.several for e in case.incident.events for mention in e.unnumbered
    )
    if several:
        number = word_number("several", case, rules)
        return number + extra, ids, f"deaths told without a number are {number}"
    return whole.low + extra, ids, whole.because


def word_number(words: str, case: Case, rules: Rules) -> int:
    """Return the number that a standard gives to a vague word; one that it does not list is as "several"."""
    setting = "heavy" if case.entry.means in rules["heavy_means"]["means"] else "light"
    said = f" {words.casefold()} "
    rows = rules["vague"]
    row = next((row for row in rows if any(f" {word}" in said for word in row["words"])), rows[-1])
    return int(row[setting])
