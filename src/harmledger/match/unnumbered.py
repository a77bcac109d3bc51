"""Harm told without a number: "and others were injured", "there were martyrs", "a child was among the dead".

The annotation's claims want a quantity; a recorder's ranges do not ("others" is two or more). What is found here only
fills a range that no claim and no name fills.
"""

from __future__ import annotations

import re

from harmledger.model import Group, Kind, Report, Span, Unnumbered

_WHO = (
    r"(?:others|civilians|people|persons|residents|citizens|victims|members|children|women|men|students|passengers"
    r"|patients|worshippers|protesters|paramedics|soldiers|villagers|shoppers|families|relatives|boys|girls)"
)
_BE = (
    r"(?:was|were|been|being|get|got|are|is)"
    r"(?:\s+(?:also|reportedly|allegedly|seriously|critically|badly|lightly|then))*"
)
_ONE = r"(?:man|woman|boy|girl|child|teen|teenager|person|infant|toddler|victim|officer|he|she)"
_DEAD = r"(?:fatally shot|shot dead|shot and killed|killed|murdered|pronounced dead|dead)"
_HURT = r"(?:wounded|injured|hospitali[sz]ed|shot|grazed|hurt|in (?:critical|stable|serious) condition)"
_LEAD = r"(?:led to|resulting in|caused|of|were|with|report(?:ed|ing)?|and|number of|several|the)"
_SHAPES: tuple[tuple[Kind, bool, str], ...] = (
    ("injured", True, rf"\b{_WHO}\b[^.;]{{0,40}}?\b(?:{_BE}\s+)?(?:injured|wounded|hurt)\b"),
    ("injured", True, rf"\b(?:injuring|wounding|injured|wounded)\b[^.,;]{{0,40}}?\b{_WHO}\b"),
    ("injured", True, rf"\b{_LEAD}\s+(?:injuries|wounded|wounding|injured)\b"),
    ("killed", True, rf"\b{_WHO}\b[^.;]{{0,40}}?\b(?:{_BE}\s+)(?:killed|martyred|slain)\b"),
    ("killed", True, rf"\b(?:killing|killed)\b(?:\s+and\s+(?:injuring|wounding))?[^.,;]{{0,40}}?\b{_WHO}\b"),
    ("killed", True, r"\b(?:martyrs|fatalities|deaths|dead)\b\W{1,3}(?:and|or)\W{1,3}(?:injur|wound)\w+"),
    ("killed", False, rf"\b{_ONE}\b[^.;]{{0,60}}?\b(?:{_BE}\s+{_DEAD}|died|dies)\b"),
    ("injured", False, rf"\b{_ONE}\b[^.;]{{0,60}}?\b{_BE}\s+{_HURT}\b"),
)
_PATTERNS = tuple((kind, several, re.compile(shape, re.IGNORECASE)) for kind, several, shape in _SHAPES)
_GROUPS: tuple[tuple[Group, re.Pattern[str]], ...] = (
    ("children", re.compile(r"\b(?:child(?:ren)?|boys?|girls?|infants?|toddlers?)\b", re.IGNORECASE)),
    ("women", re.compile(r"\b(?:wom[ae]n|mothers?|wi(?:fe|ves))\b", re.IGNORECASE)),
    ("men", re.compile(r"\b(?:m[ae]n|fathers?|husbands?)\b", re.IGNORECASE)),
)
# What follows page upon page adds nothing to a range of "two or more".
_MOST = 20
_LONGEST = 200_000


def unnumbered(report: Report) -> tuple[Unnumbered, ...]:
    """Return what a report tells of killed and injured persons without a number, the first few of each kind.

    >>> [u.kind for u in unnumbered(Report("r", "Two died and others were injured in Marlow."))]
    ['injured']
    """
    found: list[Unnumbered] = []
    text = report.text[:_LONGEST]
    for kind, several, pattern in _PATTERNS:
        for count, match in enumerate(pattern.finditer(text)):
            if count == _MOST:
                break
            group: Group = next((g for g, words in _GROUPS if words.search(match.group())), "people")
            found.append(Unnumbered(report.id, Span(*match.span()), kind, group, several))
    return tuple(sorted(found, key=lambda mention: mention.span.start))
