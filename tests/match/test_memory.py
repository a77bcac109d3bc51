"""What matching keeps ready: in little room once its days are past, with no search for cycles meanwhile."""

from __future__ import annotations

import gc
from contextlib import suppress
from datetime import date, timedelta

import pytest
from making import event

from harmledger.match import memory
from harmledger.match.matcher import WINDOW, Matcher
from harmledger.match.uncollected import uncollected
from stories import year


def test_weights_of_past_days_lie_side_by_side_and_tell_the_same() -> None:
    """A profile at rest gives each word the weight that it had; a late report wakes the days since its own."""
    start = date(2030, 3, 1)
    texts = [f"A blast at the bakery of Marzul killed {n + 2} people, number {n}." for n in range(3)]
    told = [event(str(n), text, start + timedelta(days=n * WINDOW)) for n, text in enumerate(texts)]
    matcher = Matcher()
    matcher.add(told[:1])
    before = dict(matcher.memory.profile(0).weighed())
    matcher.add(told[1:])
    assert isinstance(matcher.memory.profile(2).weights, dict)
    assert not isinstance(matcher.memory.profile(0).weights, dict)
    assert matcher.memory.profile(0).weighed() == before
    matcher.add([event("late", "A shell fell on Ostrel.", start - timedelta(days=1))])
    assert matcher.memory.profile(0).weighed().keys() == before.keys()


def test_few_kept_ready_give_the_same_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was let go is unpacked when it is met again, as it was."""
    events = [story.event() for story in year(300)]
    whole = Matcher()
    whole.add(events)
    monkeypatch.setattr(memory, "_READY", 24)
    monkeypatch.setattr(memory, "_LET_GO", 3)
    small = Matcher()
    small.add(events)
    assert len(small.memory._ready) <= 24
    assert small.incidents() == whole.incidents()


def test_the_search_for_cycles_goes_on_afterwards() -> None:
    """It rests only meanwhile, also where something breaks, and stays off for who had it off."""
    seen = []
    with suppress(ZeroDivisionError), uncollected():
        seen.append(gc.isenabled())
        seen.append(bool(1 / len(seen[1:])))
    assert seen == [False]
    assert gc.isenabled()
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
