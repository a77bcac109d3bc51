"""A record that grows: events are added day by day, compared with what is there, and gathered into incidents."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from harmledger.judged import Standing, Unplaced, standing
from harmledger.match.candidates import Candidates
from harmledger.match.compare import Compared, compare
from harmledger.match.constraints import constraints_of
from harmledger.match.groups import Groups
from harmledger.match.incidents import incident_of
from harmledger.match.memory import Memory
from harmledger.match.nearly import NEARLY, Near, nearest, nearly
from harmledger.match.profile import Order, Profile, profile_of
from harmledger.match.rarity import Rarity
from harmledger.match.reasons import reason_of
from harmledger.match.uncollected import uncollected
from harmledger.match.weights import Weights, shipped
from harmledger.model import Event, Incident, Judgement, Link

# Two events of one report are two events.
_SAME_REPORT = -6.0
# What was gathered on a day is open for so many days, that day included: surer links of the next days come first.
# On the labelled reports and the invented year 3 to 15 days did about as well; without, years lost a point of F1.
WINDOW = 7
_MOST_ASKED = 1_000_000


class Matcher:
    """Events met with earlier ones. ``compared`` counts the pairs that were looked at.

    Reports are taken in the order of their days, and what was gathered is open for a week and then stays: adding a day
    takes time for that day. A late report of an earlier day takes time for the days since its own, which are done
    again, so that the record is the same as if all had been there at once.

    ``unplaced`` lists the judgements that could not be applied, with reasons; ``repeated`` the reports that came twice.
    With a ``path`` what is known lies in a file, of which only what is asked is read; ``save`` writes what changed.

    >>> matcher = Matcher()
    >>> matcher.add([Event("e", "r", ())])
    >>> matcher.incidents()
    []
    """

    def __init__(self, weights: Weights | None = None, path: Path | None = None) -> None:
        self.weights = weights if weights is not None else shipped()
        self.memory = Memory(path, self.weights.digest)
        self.compared = 0
        self.repeated: list[str] = []
        self.unplaced: list[Unplaced] = []
        self._rarity = Rarity(self.memory.words, self.memory.reports)
        self.order = self.memory.order
        self._candidates = Candidates(self.memory.filed, self.order)
        kept = (self.memory.trees, self.memory.firsts, self.memory.joined)
        self._groups = Groups(*kept, self._odds, self.order, self.weights.together)
        self._pairs: tuple[Judgement, ...] = self.memory.pairs
        self._asked: dict[tuple[int, int], float] = {}
        self._constrain()
        self._groups.touched.clear()

    # Adding and taking out.

    def add(self, events: Iterable[Event]) -> None:
        """Add events; those of one day are counted together before any is compared.

        A report that is here already is left as it is and listed in ``repeated``; read anew, with other claims, it
        takes the place of what was here. Another text under the same id is kept beside the first, under an id of its
        own: nothing is lost.
        """
        come: dict[str, Event] = {}
        gone: set[int] = set()
        for event in sorted(events, key=_settled):
            event = self._named_apart(event, come)
            number = self.memory.names.get(event.id)
            known = self.memory.event(number) if number is not None else come.get(event.id)
            if known == event:
                self.repeated.append(event.report)
                continue
            if number is not None:
                gone.add(number)
            come[event.id] = event
        with uncollected():
            self._replace(gone, list(come.values()))

    def _named_apart(self, event: Event, come: dict[str, Event]) -> Event:
        """Return an event under an id of its own where another text stands under its report's id."""
        number = self.memory.names.get(event.id)
        known = self.memory.event(number) if number is not None else come.get(event.id)
        if known is None or known.text == event.text:
            return event
        told = hashlib.sha256(f"{event.id}\x1f{event.text}".encode("utf-8", "surrogatepass"))
        return replace(event, id=told.hexdigest()[:16])

    def replace(self, report: str, events: Iterable[Event] = ()) -> None:
        """Put what a report tells now in the place of all it told before; without events, take it out."""
        self.replace_all({report: events})

    def replace_all(self, told: Mapping[str, Iterable[Event]]) -> None:
        """Do the same for many reports at once, by their ids: the days since the earliest are done again once."""
        gone = {number for report in told for number in self.memory.reports_events.get(report) or ()}
        self._replace(gone, [event for events in told.values() for event in events])

    def _replace(self, gone: set[int], come: Sequence[Event]) -> None:
        if not gone and not come:
            return
        profiles = [profile_of(event) for event in come]
        days = [profile.order[0] for profile in profiles] + [self.order(number)[0] for number in gone]
        later = self._take_back(min(days))
        for number in gone:
            later[self.order(number)[0]].remove(number)
            self.memory.drop(number)
        for event, profile in zip(come, profiles, strict=True):
            later[profile.order[0]].append(self.memory.take(event, profile))
        self._constrain()
        last = self.memory.last_day
        for day in sorted(day for day in later if later[day]):
            self._settle(last, day - 1)
            self._enter(day, sorted(later[day], key=self.order))
            self._settle(day - 1, day)
            last = day

    def _take_back(self, first: int) -> dict[int, list[int]]:
        """Take back a day and all later ones, the last first; return their events by day."""
        later = {day: list(self.memory.days[day]) for day in self.memory.days_from(first)}
        if later:
            self._asked.clear()
            self._groups.cut(first - WINDOW)
            self.memory.wake(first)
        for day in sorted(later, reverse=True):
            for number in reversed(later[day]):
                profile = self.memory.profile(number)
                self._groups.leave(number)
                self._candidates.take_back(number, profile)
                self._rarity.remove(profile.words)
                self.memory.unlink(number)
            self.memory.set_day(day, [])
        if later and (before := self.memory.last_day) is not None:
            self._settle(before - 1, before)
        return defaultdict(list, later)

    def _enter(self, day: int, numbers: Sequence[int]) -> None:
        """Count a day's events, compare them with earlier ones, and let each stand by itself."""
        self.memory.set_day(day, list(numbers))
        profiles = {number: self.memory.profile(number) for number in numbers}
        for number in numbers:
            self._rarity.add(profiles[number].words, day)
        for number in numbers:
            profiles[number].weigh(self._rarity)
            self.memory.keep(number, profiles[number])
        for number in numbers:
            self.memory.link(number, *self._met(number, profiles[number]))
            self._groups.enter(number)
        self.memory.rest(day - WINDOW)

    def _settle(self, after: int | None, until: int, only: set[int] | None = None) -> None:
        """Gather anew, on each day after one until another, what is open then: of ``only`` some events, or of all."""
        if after is None:
            return
        days = self.memory.days_from(after - WINDOW + 2, until)
        if only is not None:
            days = sorted({self.order(number)[0] for number in only}.intersection(days))
        opened = {on for day in days for on in range(max(day, after + 1), min(day + WINDOW, until + 1))}
        for day in sorted(opened):
            first = day - WINDOW + 1
            fresh = (number for number in self.memory.since(first, day) if only is None or number in only)
            held = self._groups.cut(first, only).union(fresh)
            self._groups.play(sorted(held, key=self.order), self.memory.links, first)
        if len(self._asked) > _MOST_ASKED:
            self._asked.clear()

    def _met(self, number: int, profile: Profile) -> tuple[dict[int, float], dict[int, float]]:
        """Return the earlier events that an event is likely one with, and those that it is nearly, with the odds."""
        likely, near = {}, {}
        for other in self._candidates.meet(number, profile):
            earlier = self.memory.profile(other)
            if earlier.report == profile.report:
                continue
            self.compared += 1
            odds = self.weighed(earlier, profile)
            if odds > self.weights.together:
                likely[other] = odds
            elif odds > self.weights.together - NEARLY:
                near[other] = odds
        return likely, nearest(near)

    def _odds(self, one: int, other: int) -> float:
        """Return the odds of any two events, met or not."""
        if self.order(one) > self.order(other):
            one, other = other, one
        known = self.memory.links[other].get(one, self._asked.get((one, other)))
        if known is None:
            earlier, later = self.memory.profile(one), self.memory.profile(other)
            same = earlier.report == later.report
            known = self._asked[one, other] = _SAME_REPORT if same else self.weighed(earlier, later)
        return known

    def weighed(self, earlier: Profile, later: Profile) -> float:
        """Return the logarithm of the odds that two events are one."""
        return self.weights.odds(compare(earlier, later))

    # What persons judged.

    def judge(self, judgements: Sequence[Judgement] | Standing) -> None:
        """Let these judgements, and no others, stand; only what they touch is gathered anew."""
        stands = judgements if isinstance(judgements, Standing) else standing(judgements)
        self._pairs = self.memory.pairs = stands.pairs
        self._constrain()

    def _constrain(self) -> None:
        """Find what the judgements mean now, and gather anew what they touch."""
        before = self._groups.constraints
        now = constraints_of(self._pairs, self.memory.number_of) if self._pairs or before.together else before
        self._groups.constraints = now
        self.unplaced = list(now.unplaced)
        touched = {number for number in now.changed(before) if self._groups.of(number) is not None}
        last = self.memory.last_day
        if not touched or last is None:
            return
        start = min(self.order(number)[0] for number in touched)
        reached = self._reached(touched, [before.together, now.together])
        self._groups.cut(start - WINDOW, reached)
        self._settle(start - 2, last, reached)

    def _reached(self, numbers: Iterable[int], judged: Sequence[dict[int, frozenset[int]]]) -> set[int]:
        """Return the events that links or judgements lead to from some: nothing outside bears on how they group."""
        found = {number for number in numbers if self._groups.of(number) is not None}
        todo = list(found)
        while todo:
            number = todo.pop()
            near = {*self.memory.links[number], *(self.memory.linked_by.get(number) or ())}
            for sets in judged:
                near |= sets.get(number, frozenset())
            for other in near - found:
                if self._groups.of(other) is not None:
                    found.add(other)
                    todo.append(other)
        return found

    # What comes of it.

    def incidents(self, judgements: Sequence[Judgement] | Standing | None = None) -> list[Incident]:
        """Return every incident, those of main events first. With ``judgements`` these stand from now on."""
        if judgements is not None:
            self.judge(judgements)
        with uncollected():
            return self._made(self._groups.all())

    def incident(self, name: str) -> Incident | None:
        """Return the incident of an id that it has or ever had, or that holds a report's main event."""
        number = self.memory.number_of(name)
        first = self._groups.of(number) if number is not None else None
        made = self._made([first]) if first is not None else []
        return made[0] if made else None

    def changed(self) -> tuple[list[Incident], list[str]]:
        """Return the incidents that may have changed since this was last asked, and the ids that are none any more.

        An id that is gone leads, by ``incident``, to the one that took its events in, or to nothing where its report
        was taken out.
        """
        touched = self._groups.touched
        firsts = {first for number in touched if (first := self._groups.of(number)) is not None}
        made = self._made(sorted(firsts))
        names = {incident.id for incident in made}
        members = {event.id for incident in made for event in incident.events}
        gone = sorted((members | self.memory.dropped) - names)
        self._groups.touched.clear()
        self.memory.dropped.clear()
        return made, gone

    def nearly(self, most: int) -> list[Near]:
        """Return the pairs that were nearly put together, or linked and yet apart, the nearest first."""
        return nearly(self.memory, self._groups, most)

    def save(self) -> None:
        """Write what changed to the file, all of it or nothing."""
        self.memory.reports = self._rarity.reports
        self.memory.save()

    def close(self) -> None:
        """Let go of the file; what was not saved is as it was."""
        self.memory.close()

    def _made(self, firsts: Iterable[int]) -> list[Incident]:
        groups = [sorted(self._groups.members(first), key=self.order) for first in firsts]

        def place(members: Sequence[int]) -> tuple[bool, Order]:
            main = [number for number in members if self.memory.brief(number)[1]]
            return (not main, self.order((main or members)[0]))

        told = [members for members in groups if any(self.memory.brief(number)[2] for number in members)]
        return [self._incident(members) for members in sorted(told, key=place)]

    def _incident(self, members: Sequence[int]) -> Incident:
        events = [self.memory.event(number) for number in members]
        if len(members) == 1 and members[0] not in self._groups.constraints.apart:
            return incident_of(events)
        links = [self._best_link(place, members) for place in range(1, len(members))]
        because = [f"{link.other} joins {link.report}: {reason_of(link)}" for link in links]
        return incident_of(events, links, because + self._kept_apart(members))

    def _kept_apart(self, members: Sequence[int]) -> list[str]:
        constraints = self._groups.constraints
        within = set(members)
        return [
            f"kept apart from {self.memory.profile(other).event}: {words}"
            for (one, two), words in constraints.words.items()
            for here, other in ((one, two), (two, one))
            if here in within and other in constraints.apart.get(here, ())
        ]

    def _best_link(self, place: int, members: Sequence[int]) -> Link:
        """Return the strongest reason for which an event stands with the earlier ones of its incident."""
        number, earlier = members[place], members[:place]
        later = self.memory.profile(number)
        constraints = self._groups.constraints
        for other in earlier if constraints.linked(number) else ():
            word = constraints.words.get((min(other, number), max(other, number)))
            if word is not None and other in constraints.linked(number):
                return Link(self.memory.profile(other).report, later.report, 1.0, (), word)
        links = self.memory.links[number]
        known = [other for other in earlier if other in links] or earlier[:1]
        best = max(known, key=lambda other: self._odds(other, number))
        compared: Compared = compare(self.memory.profile(best), later)
        return self.weights.link(self.memory.profile(best).report, later.report, compared)


def _settled(event: Event) -> tuple[str, str, str]:
    return event.report, event.id, event.text
