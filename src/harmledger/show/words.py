"""Counts, places, dates and chains of sources in the words of a person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from harmledger.counts import Count, CountRange
from harmledger.model import Claim, Group
from harmledger.places import Place
from harmledger.show.safe import visible

_BOUNDS = {"exact": "", "at_least": "at least ", "at_most": "up to ", "about": "about ", "vague": ""}
_ONE: dict[Group, str] = {
    "people": "",
    "children": "child",
    "women": "woman",
    "men": "man",
    "women_and_children": "woman or child",
    "things": "",
}


def count_words(count: Count, said: str) -> str:
    """Return a count in plain words; a vague one is given as it was said.

    >>> count_words(Count(550, bound="at_least"), "more than 550"), count_words(Count(None, bound="vague"), "dozens")
    ('at least 550', 'dozens')
    """
    if count.value is None:
        return visible(said)
    if count.high is not None:
        return f"{count.value:,} to {count.high:,}"
    return _BOUNDS[count.bound] + (f"{count.value:,}" if count.value else "none")


def range_words(counted: CountRange) -> str:
    """Return a range in plain words.

    >>> range_words(CountRange(9, 12)), range_words(CountRange(9, None)), range_words(CountRange(0, 0))
    ('9 to 12', '9 or more', 'none')
    """
    if counted.high is None:
        return f"{counted.low:,} or more"
    if counted.low != counted.high:
        return f"{counted.low:,} to {counted.high:,}"
    return f"{counted.low:,}" if counted.low else "none"


def group_words(group: Group, single: bool) -> str:
    """Return the noun for a group; plain people and things have none.

    >>> group_words("children", True), group_words("women_and_children", False), group_words("people", False)
    ('child', 'women and children', '')
    """
    if group in ("people", "things"):
        return ""
    return _ONE[group] if single else group.replace("_", " ")


def claim_words(claim: Claim, text: str) -> str:
    """Return what a claim counts: "6 children killed", "dozens injured", "at least 230 damaged"."""
    count = count_words(claim.count, claim.span.of(text))
    group = group_words(claim.group, claim.count.value == 1 and claim.count.high is None)
    return " ".join(filter(None, (count, group, claim.kind)))


def place_words(name: str | None, located: Place | None) -> str:
    """Return a place as written, then what the gazetteer holds it to be, and how finely that is known."""
    if name is None and located is None:
        return "not told"
    written = visible(name or "")
    if located is None:
        return f"{written} (not found in the gazetteer)"
    known = ", ".join(filter(None, (located.name, located.admin1, located.country)))
    point = f"{located.precision.replace('_', ' ')}, {located.latitude:.4f} {located.longitude:.4f}"
    found = f"{visible(known)} ({point})"
    return found if written in ("", visible(located.name)) else f"{written} → {found}"


def term_words(term: str | None) -> str:
    """Return a term of a list in plain words.

    >>> term_words("syrian_government"), term_words(None)
    ('Syrian government', 'not told')
    """
    if term is None:
        return "not told"
    names = {"isis": "ISIS", "hts": "HTS", "sdf": "SDF", "coalition": "US-led coalition", "multiple": "several"}
    plain = term.replace("_", " ")
    known = ("syrian", "russia", "turkey", "israel", "palestinian", "hezbollah", "iran")
    return names.get(term) or (plain[0].upper() + plain[1:] if plain.startswith(known) else plain)


def chain_words(sources: Sequence[str]) -> str:
    """Return who said it and who passed it on.

    >>> chain_words(("local activists", "Reuters"))
    'local activists, via Reuters'
    """
    return ", via ".join(visible(source) for source in sources)


def chains_words(claims: Iterable[Claim]) -> str:
    """Return the distinct chains behind several claims; where there is none, the report speaks for itself."""
    chains = list(dict.fromkeys(claim.sources for claim in claims if claim.sources))
    return "; ".join(map(chain_words, chains)) or "the report itself"
