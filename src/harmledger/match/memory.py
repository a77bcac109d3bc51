"""What a matcher knows: events and their profiles, who is filed under which word, links, groups, days, names."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right, insort
from itertools import islice
from pathlib import Path

from harmledger.errors import MatchingStateError
from harmledger.match.packed import event_bytes, event_from, profile_bytes, profile_from
from harmledger.match.plain import dumped, loaded
from harmledger.match.profile import Order, Profile
from harmledger.match.rarity import Counted
from harmledger.match.shelves import Shelf, open_file
from harmledger.model import Event, Judgement

# Profiles kept ready to be compared; others are unpacked when they are met.
_READY = 240_000
_LET_GO = _READY // 8


def _same(data: bytes) -> bytes:
    return data


class Memory:
    """The shelves of one record, in memory or in a file."""

    def __init__(self, path: Path | None, weights: str) -> None:
        self._file = open_file(path, weights) if path is not None else None
        file = self._file
        self._events: Shelf[Event] = Shelf("events", file, event_bytes, event_from)
        self._profiles: Shelf[bytes] = Shelf("profiles", file, _same, _same)
        self.words: Shelf[Counted] = Shelf("words", file)
        self.filed: Shelf[list[int]] = Shelf("filed", file)
        self.links: Shelf[dict[int, float]] = Shelf("links", file, _pack_links, _unpack_links)
        self.near: Shelf[dict[int, float]] = Shelf("near", file, _pack_links, _unpack_links)
        self.linked_by: Shelf[list[int]] = Shelf("linked_by", file)
        self.trees: Shelf[list[int]] = Shelf("trees", file)
        self.firsts: Shelf[int] = Shelf("firsts", file)
        self.joined: Shelf[list[int]] = Shelf("joined", file)
        self.days: Shelf[list[int]] = Shelf("days", file)
        self.names: Shelf[int] = Shelf("names", file)
        self.reports_events: Shelf[list[int]] = Shelf("reports", file)
        self._about: Shelf[int | list[list[str | None]]] = Shelf("about", file)
        self._ready: dict[int, Profile] = {}
        self._briefs: dict[int, tuple[Order, bool, bool]] = {}
        self._known_days = sorted(int(day) for day in self.days)
        self._rested = self._known_days[-1] if self._known_days else 0
        self.dropped: set[str] = set()
        self._next = _number(self._about.get("next"))
        self.reports = _number(self._about.get("counted"))
        told = self._about.get("pairs")
        self.pairs = tuple(Judgement(*row) for row in told) if isinstance(told, list) else ()  # type: ignore[arg-type]

    def event(self, number: int) -> Event:
        """Return an event by its number."""
        return self._events[number]

    def profile(self, number: int) -> Profile:
        """Return what of an event is compared."""
        known = self._ready.get(number)
        if known is None:
            known = profile_from(self._profiles[number])
            self._hold(number, known)
        return known

    def order(self, number: int) -> Order:
        """Return the place of an event among all."""
        return self.brief(number)[0]

    def brief(self, number: int) -> tuple[Order, bool, bool]:
        """Return the place of an event among all, whether it is its report's main one, and whether it tells of harm.

        Asked for far more often than the rest of a profile, and small: it stays when the profile is let go.
        """
        known = self._briefs.get(number)
        if known is None:
            profile = self.profile(number)
            known = self._briefs[number] = (profile.order, profile.main, profile.tells)
        return known

    def _hold(self, number: int, profile: Profile) -> None:
        if len(self._ready) >= _READY:
            for old in list(islice(self._ready, _LET_GO)):
                del self._ready[old]
        self._ready[number] = profile

    def wake(self, first: int) -> None:
        """Remember that the days from one on are entered anew."""
        self._rested = min(self._rested, first - 1)

    def rest(self, until: int) -> None:
        """Let the profiles of all days up to one lie in less room; they stay ready."""
        for number in self.since(self._rested + 1, until):
            if (known := self._ready.get(number)) is not None:
                known.rest()
        self._rested = max(self._rested, until)

    def keep(self, number: int, profile: Profile) -> None:
        """Keep a profile as it is now."""
        self._profiles[number] = profile_bytes(profile)
        self._hold(number, profile)

    def take(self, event: Event, profile: Profile) -> int:
        """Take an event in and return its number."""
        number = self._next
        self._next += 1
        self._events[number] = event
        self.keep(number, profile)
        self.names[event.id] = number
        its = self.reports_events.get(event.report) or []
        self.reports_events[event.report] = [*its, number]
        return number

    def drop(self, number: int) -> None:
        """Forget an event."""
        profile = self.profile(number)
        self.dropped.add(profile.event)
        self.names.pop(profile.event)
        its = [other for other in self.reports_events[profile.report] if other != number]
        if its:
            self.reports_events[profile.report] = its
        else:
            self.reports_events.pop(profile.report)
        self._events.pop(number)
        self._profiles.pop(number)
        self._ready.pop(number, None)
        self._briefs.pop(number, None)

    def number_of(self, name: str) -> int | None:
        """Return the number of an event by its id, by an id that its incident has or had, or by its report's id."""
        number = self.names.get(name)
        if number is not None:
            return number
        of_report = self.reports_events.get(name) or ()
        main = [(self.profile(each).order, each) for each in of_report if self.profile(each).main]
        return min(main)[1] if main else None

    def link(self, number: int, likely: dict[int, float], near: dict[int, float]) -> None:
        """Keep the earlier events that an event is likely one with, and those that it is nearly."""
        self.links[number] = likely
        if near:
            self.near[number] = near
        for other in likely:
            known = self.linked_by.get(other)
            if known is None:
                self.linked_by[other] = [number]
            else:
                known.append(number)
                self.linked_by.touch(other)

    def unlink(self, number: int) -> None:
        """Forget the links of the event that was linked last."""
        self.near.pop(number)
        for other in self.links.pop(number) or ():
            known = self.linked_by[other]
            known.remove(number)
            self.linked_by.touch(other)

    @property
    def last_day(self) -> int | None:
        """Return the last day that has events."""
        return self._known_days[-1] if self._known_days else None

    def days_from(self, first: int, last: int | None = None) -> list[int]:
        """Return the days that have events, from one on, up to another."""
        start = bisect_left(self._known_days, first)
        return (
            self._known_days[start:] if last is None else self._known_days[start : bisect_right(self._known_days, last)]
        )

    def since(self, first: int, last: int | None = None) -> list[int]:
        """Return the events of the days from one on, up to another, in their order."""
        return [number for day in self.days_from(first, last) for number in self.days[day]]

    def set_day(self, day: int, numbers: list[int]) -> None:
        """Keep the events of a day in their order."""
        if numbers:
            if day not in self.days:
                insort(self._known_days, day)
            self.days[day] = numbers
        elif self.days.pop(day) is not None:
            self._known_days.remove(day)

    def save(self) -> None:
        """Write what changed, all of it or nothing."""
        if self._file is None:
            return
        self._about["next"] = self._next
        self._about["counted"] = self.reports
        self._about["pairs"] = [
            [p.verb, p.subject, p.other, p.value, p.by, p.at, p.reason, p.field, p.id] for p in self.pairs
        ]
        shelves = [shelf for shelf in vars(self).values() if isinstance(shelf, Shelf)]
        try:
            self._file.execute("BEGIN IMMEDIATE")
            for shelf in shelves:
                shelf.save()
            self._file.execute("COMMIT")
        except sqlite3.Error as error:
            if self._file.in_transaction:
                self._file.execute("ROLLBACK")
            raise MatchingStateError(f"The saved matching could not be written ({error}).") from error
        for shelf in shelves:
            shelf.forget()
        self._ready.clear()
        self._briefs.clear()

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _pack_links(links: dict[int, float]) -> bytes:
    return dumped([list(links), list(links.values())])


def _unpack_links(data: bytes) -> dict[int, float]:
    return dict(zip(*loaded(data), strict=True))
