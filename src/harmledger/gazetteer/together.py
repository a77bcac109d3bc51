"""The places of one report, settled together: the country it is about by vote, namesakes by their neighbours."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from harmledger.gazetteer.asking import place_words, read_words
from harmledger.gazetteer.index import Entry
from harmledger.gazetteer.resolution import Hint, Mention, Point, Resolution
from harmledger.gazetteer.resolve import Resolver
from harmledger.gazetteer.spelling import fold
from harmledger.gazetteer.weighing import Context, weigh

_WORD = re.compile(r"\b[^\W\d_][\w'’]*")
_WIDE = ("area1", "area2", "area3", "country")
# A country with less than this share of the votes is a bystander (where an official spoke, who bombed).
_BYSTANDER = 0.15
_MOST_NEIGHBOURS = 40
_COARSE = ("country", "province_governorate", "district")
_WEAK = ("unknown", "")
_FINE = ("part", "landmark", "street", "building", "neighbourhood", "neighborhood", "quarter", "road")


def resolve_together(resolver: Resolver, mentions: Sequence[Mention], text: str = "") -> list[Resolution]:
    """Return a resolution for each mention, in order; ``text`` lets the peoples it names vote on the country too."""
    votes = vote(resolver, mentions, text)
    found: list[Resolution] = []
    points: dict[str, Point] = {}
    for turn in range(2):
        holders = _holders(mentions, found) if turn else [""] * len(mentions)
        known: dict[tuple[str, Hint], Resolution] = {}
        now = []
        for place, mention in enumerate(mentions):
            hint = _with(mention, votes, points, holders[place])
            key = (mention.words, hint)
            if key not in known:
                known[key] = resolver.resolve(mention.words, hint)
            now.append(known[key])
        found = now
        points = _points(mentions, found)
    return _in_shared_area(resolver, mentions, found)


def _speaks(mention: Mention, found: Resolution) -> bool:
    """True where a place found can speak for others: a village's name of no told kind may be a person's."""
    return mention.hint.kind not in _WEAK or found.precision in ("city", "town")


def _points(mentions: Sequence[Mention], found: Sequence[Resolution]) -> dict[str, Point]:
    """Return the points of what is settled, for their neighbours."""
    points: dict[str, Point] = {}
    for mention, resolution in zip(mentions, found, strict=True):
        place = resolution.place
        if place is None or resolution.status != "found" or resolution.precision in _COARSE:
            continue
        if len(points) < _MOST_NEIGHBOURS and _speaks(mention, resolution):
            points[fold(mention.words)] = (place.latitude, place.longitude)
    return points


def _holders(mentions: Sequence[Mention], found: Sequence[Resolution]) -> list[str]:
    """Return, for each quarter, landmark or street told without its town, the town named nearest to it, else "".

    A town counts where an area that the report names lies in its country, or no area is named: the city where a speaker
    sits holds no street of another country. Where no town is left, the area named nearest stands in.
    """
    towns = [i for i, its in enumerate(found) if _is_town(its) and mentions[i].hint.kind not in _FINE]
    areas = [i for i, its in enumerate(found) if its.status == "found" and its.precision in _COARSE[1:]]
    lands = {place.country for i in areas if (place := found[i].place)}
    towns = [i for i in towns if not lands or ((place := found[i].place) and place.country in lands)]
    named = {mentions[i].words for i in towns}
    held = []
    for index, mention in enumerate(mentions):
        if mention.hint.kind not in _FINE or any(outer in named for outer in mention.hint.within):
            held.append("")
        else:
            nearest = _nearest(index, towns) if towns else _nearest(index, areas)
            held.append("" if nearest is None else mentions[nearest].words)
    return held


def _nearest(index: int, others: Sequence[int]) -> int | None:
    """Return the one of ascending ``others`` nearest to ``index``; of two as near the later, as in "X street, Y"."""
    after = bisect_right(others, index)
    near = [*others[max(0, after - 1) : after], *others[after : after + 1]]
    return min(near, key=lambda other: (abs(other - index), other < index), default=None)


def _in_shared_area(resolver: Resolver, mentions: Sequence[Mention], found: list[Resolution]) -> list[Resolution]:
    """Hold what found no place by the area in which all the places of the report lie, if there is one."""
    ids = [
        its.place.id
        for mention, its in zip(mentions, found, strict=True)
        if its.status == "found" and its.place and its.precision != "country" and _speaks(mention, its)
    ]
    entries = [entry for i in dict.fromkeys(ids) if (entry := resolver.index.by_id(i))]
    area = _shared(resolver, entries)
    if area is None:
        return found
    why = "in which all the places lie that the report names,"
    return [resolver.held_by(r, area, why) if r.status in ("unknown", "ambiguous") else r for r in found]


def _shared(resolver: Resolver, entries: Sequence[Entry]) -> Entry | None:
    fine = [entry for entry in entries if entry.sort != "area1"]
    if len({(e.country, e.admin1) for e in entries}) != 1:
        return None
    districts = {e.admin2 for e in fine}
    return resolver.index.area(entries[0].country, entries[0].admin1, districts.pop() if len(districts) == 1 else "")


def _is_town(found: Resolution) -> bool:
    return found.status == "found" and found.precision in ("city", "town")


def _with(mention: Mention, votes: Mapping[str, float], points: Mapping[str, Point], town: str) -> Hint:
    hint = mention.hint
    own = fold(mention.words)
    near = (*hint.near, *(point for name, point in points.items() if name != own))
    within = (*hint.within, town) if town else hint.within
    return replace(hint, within=within, near=near, countries=hint.countries or _Votes(votes))


class _Votes(dict[str, float]):
    """Votes that can be part of a key."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted(self.items())))


def vote(resolver: Resolver, mentions: Sequence[Mention], text: str = "") -> dict[str, float]:
    """Return how much the report is about each country, the first at 1.0; empty where nothing tells."""
    votes: dict[str, float] = defaultdict(float)
    weights: dict[str, float] = {}
    for mention in mentions:
        kind = mention.hint.kind
        # a quarter or street bears any name; a name of no told kind may be a person's
        own = 0.2 if kind in _FINE else 0.4 if kind in _WEAK else 1.0
        weights[mention.words] = max(own, weights.get(mention.words, 0.0))
        for outer in mention.hint.within:
            weights[outer] = max(0.6, weights.get(outer, 0.0))
    for name, own in weights.items():
        for country, weight in _ballot(resolver, name).items():
            votes[country] += weight * own
    peoples = place_words().demonyms
    for word, count in Counter(w.lower() for w in _WORD.findall(text) if w[0].isupper()).items():
        code = peoples.get(word)
        if code and code != "ZZ":
            votes[code] += 0.25 * min(count, 4)
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
    found = [c for c in weigh(asked.name, resolver.index.spelt_so(asked.name), Context()) if c.likeness >= 0.93]
    shares: dict[str, float] = {}
    for candidate in found:
        entry = candidate.entry
        weight = 3.0 if entry.sort == "country" else (1.0 if entry.sort in _WIDE else 0.3) + entry.population / 100_000
        shares[entry.country] = max(shares.get(entry.country, 0.0), weight)
    total = sum(shares.values())
    # a name that only small places bear may as well be a person's
    strength = (
        2.0 if any(c.entry.sort == "country" for c in found) else 1.0 if max(shares.values(), default=0) >= 0.8 else 0.3
    )
    return {country: strength * share / total for country, share in shares.items()}
