"""Pairs that were nearly put together are there for a person to see, and gone once she has judged them."""

from __future__ import annotations

from pathlib import Path

from dispatches import write_reports

from harmledger.ledger import open_ledger
from harmledger.ledger.nearly import nearly
from harmledger.model import Judgement


def test_the_nearest_come_first_and_leave_when_judged(tmp_path: Path, built_home: Path) -> None:
    """A pair that is one incident already, or was judged, must not be asked about again; undone, it is asked again."""
    with open_ledger(tmp_path / "ledger", by="amal") as book:
        assert nearly(book.store) is None, "nothing was matched yet"
        list(book.add_files([write_reports(tmp_path / "reports.jsonl")]))
        held = {event.id: case.incident.id for case in book.cases() for event in case.incident.events}
        pairs = nearly(book.store) or []
        assert pairs
        odds = [pair.probability for pair in pairs]
        assert odds == sorted(odds, reverse=True)
        assert all(held[pair.event] != held[pair.other_event] for pair in pairs)
        first = pairs[0]
        for verb in ("same_incident", "not_same_incident"):
            made = book.judge(Judgement(verb, first.event, first.other_event, by="amal", reason="a test"))
            list(book.cases())
            assert first not in (nearly(book.store) or [])
            book.judge(Judgement("undo", made.id, by="amal", reason="a test"))
            list(book.cases())
            assert nearly(book.store) == pairs


def test_under_a_passphrase_nothing_is_kept(tmp_path: Path, built_home: Path) -> None:
    """What would tell of the texts beside a locked ledger must not be there; the desk then says so."""
    from harmledger.ledger import lock_new

    lock_new(tmp_path / "ledger", "four words in a row")
    with open_ledger(tmp_path / "ledger", by="amal", passphrase="four words in a row") as book:
        list(book.add_files([write_reports(tmp_path / "reports.jsonl")]))
        assert list(book.cases())
        assert nearly(book.store) is None
