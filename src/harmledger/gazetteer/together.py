"""The places of one report, settled together: the country it is about by vote, namesakes by their neighbours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from harmledger.gazetteer.asking import place_words, read_words
from harmledger.gazetteer.resolution import Hint, Mention, Point, Resolution
from harmledger.gazetteer.resolve import Resolver
from harmledger.gazetteer.spelling import fold
from harmledger.gazetteer.weighing import Context, weigh

_WORD = re.compile(r"\b[^\W\d_][\w'’]*")
_WIDE = ("area1", "area2", "area3", "country")
# A country with less than this share of the votes is a bystander (where an official spoke, who bombed).
_BYSTANDER = 0.15
_MOST_NEIGHBOURS = 40


def resolve_together(resolver: Resolver, mentions: Sequence[Mention], text: str = "") -> list[Resolution]:
    """Return a resolution for each mention, in order; ``text`` lets the peoples it names vote on the country too."""
    votes = vote(resolver, mentions, text)
    known: dict[tuple[str, Hint], Resolution] = {}
    points: dict[str, Point] = {}
    for settled_first in (True, False):
        for mention in mentions:
            hint = _with(mention, votes, points)
            key = (mention.words, mention.hint)
            if key in known and settled_first:
                continue
            found = resolver.resolve(mention.words, hint)
            known[key] = found
            if found.status == "found" and found.place and found.precision not in ("country", "province_governorate"):
                if len(points) < _MOST_NEIGHBOURS:
                    points[fold(mention.words)] = (found.place.latitude, found.place.longitude)
            elif found.status != "found":
                points.pop(fold(mention.words), None)
    return [known[mention.words, mention.hint] for mention in mentions]


def _with(mention: Mention, votes: Mapping[str, float], points: Mapping[str, Point]) -> Hint:
    hint = mention.hint
    own = fold(mention.words)
    near = (*hint.near, *(point for name, point in points.items() if name != own))
    return replace(hint, near=near, countries=hint.countries or votes)


def vote(resolver: Resolver, mentions: Iterable[Mention], text: str = "") -> dict[str, float]:
    """Return how much the report is about each country, the first at 1.0; empty where nothing tells."""
    votes: Counter[str] = Counter()
    for name in dict.fromkeys(name for m in mentions for name in (m.words, *m.hint.within)):
        for country, weight in _ballot(resolver, name).items():
            votes[country] += weight
    peoples = place_words().demonyms
    for word, count in Counter(w.lower() for w in _WORD.findall(text) if w[0].isupper()).items():
        code = peoples.get(word)
        if code and code != "ZZ":
            votes[code] += 0.5 * min(count, 4)
    votes.pop("", None)
    total = sum(votes.values())
    if not total:
        return {}
    top = max(votes.values())
    return {country: weight / top for country, weight in votes.items() if weight / total >= _BYSTANDER}


def _ballot(resolver: Resolver, name: str) -> dict[str, float]:
    """A name's vote: one, shared by the countries that have a place spelt so, the larger places counting for more."""
    asked = read_words(name)
    code = place_words().demonyms.get(fold(name))
    if code:
        return {} if code == "ZZ" else {code: 1.0}
    if asked.refusal:
        return {}
    found = [c for c in weigh(asked.name, resolver.index.spelt_like(asked.name), Context()) if c.likeness >= 0.93]
    shares: dict[str, float] = {}
    for candidate in found:
        entry = candidate.entry
        weight = 3.0 if entry.sort == "country" else (1.0 if entry.sort in _WIDE else 0.3) + entry.population / 100_000
        shares[entry.country] = max(shares.get(entry.country, 0.0), weight)
    total = sum(shares.values())
    strength = 2.0 if any(c.entry.sort == "country" for c in found) else 1.0
    return {country: strength * share / total for country, share in shares.items()}
