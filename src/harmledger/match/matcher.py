"""A record that grows: events are added day by day, compared with what is there, and gathered into incidents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from harmledger.match.candidates import Candidates
from harmledger.match.cluster import Groups, cluster
from harmledger.match.compare import Compared, compare
from harmledger.match.incidents import incident_of, tells
from harmledger.match.profile import Profile, profile_of
from harmledger.match.rarity import Rarity
from harmledger.match.weights import Weights, probability, shipped
from harmledger.model import Event, Incident, Judgement, Link

# Below this a pair that was never a candidate stands; none of the labelled pairs outside the candidates was likelier.
_NEVER_MET = -6.0
_LINKS_SHOWN = 3
_PARTS_SHOWN = 6


class Matcher:
    """Events met with earlier ones. ``compared`` counts the pairs that were looked at.

    Reports are taken in the order of their days, so that adding a day later gives what one build gives. ``unplaced``
    lists judgements whose reports or incidents are not here.
    """

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights if weights is not None else shipped()
        self.profiles: list[Profile] = []
        self.compared = 0
        self.unplaced: list[Judgement] = []
        self._rarity = Rarity()
        self._candidates = Candidates()
        self._links: dict[tuple[int, int], float] = {}
        self._asked: dict[tuple[int, int], float] = {}

    def add(self, events: Iterable[Event]) -> None:
        """Add events; those of one day are counted together before any is compared."""
        self._asked.clear()
        profiles = sorted((profile_of(event) for event in events), key=lambda profile: profile.order)
        for _, day in groupby(profiles, key=lambda profile: profile.order[0]):
            together = list(day)
            for profile in together:
                self._rarity.add(profile.words, profile.order[0])
            for profile in together:
                self._place(profile)

    def _place(self, profile: Profile) -> None:
        number = len(self.profiles)
        self.profiles.append(profile)
        for other in self._candidates.meet(number, profile, self._rarity):
            earlier = self.profiles[other]
            if earlier.event.report == profile.event.report:
                continue
            self.compared += 1
            self._links[other, number] = self.weights.odds(compare(earlier, profile, self._rarity))

    def _odds(self, one: int, other: int) -> float:
        pair = (one, other) if one < other else (other, one)
        known = self._links.get(pair, self._asked.get(pair))
        if known is None:
            if self.profiles[one].event.report == self.profiles[other].event.report:
                known = _NEVER_MET
            else:
                known = self.weights.odds(compare(self.profiles[pair[0]], self.profiles[pair[1]], self._rarity))
            self._asked[pair] = known
        return known

    def incidents(self, judgements: Sequence[Judgement] = ()) -> list[Incident]:
        """Return the incidents that the events make, those of main events first within each report."""
        same, apart = self._judged(judgements)
        reached = {pair: odds for pair, odds in self._links.items() if odds > self.weights.together}
        groups = cluster(len(self.profiles), reached, self._odds, self.weights.together, same, apart)
        words = dict.fromkeys(same, "judged the same incident")
        told = (m for m in self._in_order(groups) if any(tells(self.profiles[number].event) for number in m))
        return [self._incident(members, words) for members in told]

    def _in_order(self, groups: Groups) -> list[list[int]]:
        def first(members: list[int]) -> tuple[bool, int]:
            main = [number for number in members if self.profiles[number].event.main]
            return (not main, min(main or members))

        return sorted((sorted(members) for members in groups.members.values()), key=first)

    def _judged(self, judgements: Sequence[Judgement]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Return the pairs that persons judged the same and not the same; the later of two on one pair stands."""
        if not judgements:
            return [], []
        places: dict[str, int] = {}
        for number, profile in enumerate(self.profiles):
            places[profile.event.id] = number
            if profile.event.main:
                places.setdefault(profile.event.report, number)
        verdicts: dict[tuple[int, int], str] = {}
        self.unplaced = []
        for judgement in sorted(judgements, key=lambda each: each.at):
            if judgement.verb not in ("same_incident", "not_same_incident"):
                continue
            one, other = places.get(judgement.subject), places.get(judgement.other or "")
            if one is None or other is None or one == other:
                self.unplaced.append(judgement)
                continue
            verdicts[min(one, other), max(one, other)] = judgement.verb
        same = [pair for pair, verb in verdicts.items() if verb == "same_incident"]
        return same, [pair for pair, verb in verdicts.items() if verb == "not_same_incident"]

    def _incident(self, members: Sequence[int], judged: dict[tuple[int, int], str]) -> Incident:
        events = [self.profiles[number].event for number in members]
        if len(members) == 1:
            return incident_of(events)
        links = [link for number in members[1:] if (link := self._best_link(number, members, judged)) is not None]
        because = [f"{link.other} joins {link.report}: {_told(link)}" for link in links]
        return incident_of(events, links, because)

    def _best_link(self, number: int, members: Sequence[int], judged: dict[tuple[int, int], str]) -> Link | None:
        """Return the strongest reason for which an event stands with the earlier ones of its incident."""
        for other in members:
            word = judged.get((min(other, number), max(other, number)))
            if word is not None and other != number:
                return Link(self.profiles[other].event.report, self.profiles[number].event.report, 1.0, (), word)
        earlier = [other for other in members if other < number]
        known = [other for other in earlier if (other, number) in self._links] or earlier[:1]
        if not known:
            return None
        best = max(known, key=lambda other: (self._odds(other, number), -other))
        compared: Compared = compare(self.profiles[best], self.profiles[number], self._rarity)
        parts = self.weights.parts(compared)[:_PARTS_SHOWN]
        named = [
            (f"{words} ({', '.join(compared.shared)})" if "rare" in words and compared.shared else words, weight)
            for words, weight in parts
        ]
        odds = self._odds(best, number)
        return Link(
            self.profiles[best].event.report, self.profiles[number].event.report, probability(odds), tuple(named)
        )


def _told(link: Link) -> str:
    if link.judged:
        return link.judged
    parts = "; ".join(f"{words} {weight:+.1f}" for words, weight in link.weights[:_LINKS_SHOWN])
    return f"{link.probability:.0%} sure ({parts})"
