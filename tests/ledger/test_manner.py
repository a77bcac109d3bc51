"""Judging what another person judged meanwhile: one judgement, and many as one line."""

from __future__ import annotations

import pytest
from reports import MARLOW

from harmledger.errors import JudgedMeanwhile
from harmledger.ledger import open_ledger
from harmledger.ledger.judging import Manner
from harmledger.model import Judgement


def test_nothing_is_recorded_past_another_person(where: str) -> None:
    """Whoever looked before another judged is told, and no line comes of it; one's own judgements are no hindrance."""
    with open_ledger(where, by="amal") as book:
        book.add(MARLOW)
        first = book.judge(Judgement("note", "marlow", value="seen", by="amal"))
        looked = int(first.id.removeprefix("J"))
        book.judge(Judgement("note", "marlow", value="seen too", by="omar"))
        pairs = [Judgement("not_same_incident", "a", "b", by="amal", reason="x")]
        before = book.last_lines(1)[0].number
        with pytest.raises(JudgedMeanwhile, match="omar"):
            book.judge(Judgement("note", "marlow", value="again", by="amal"), Manner(looked))
        with pytest.raises(JudgedMeanwhile, match="omar"):
            book.judge_all(pairs, "split of i", "amal", Manner(looked, names=("i", "marlow")))
        assert book.last_lines(1)[0].number == before
        assert book.judge_all(pairs, "split of i", "omar", Manner(looked, names=("i", "marlow")))
        assert book.judge_all(pairs, "split of i", "amal", Manner(before, names=("i", "marlow")))
