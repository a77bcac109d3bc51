"""The table of spellings, on the extract of the gazetteers."""

from __future__ import annotations

from harmledger.gazetteer import Gazetteer
from place_table import judge, read_rows, resolver


def test_the_table_is_large_enough_and_every_row_says_where_it_is_from() -> None:
    """150 spellings, 80 places, five countries, 30 rows whose right answer is "not known", a note on each."""
    rows = read_rows()
    due = [row for row in rows if row.point]
    assert len(due) >= 150
    assert len({row.id for row in due}) >= 80
    assert len({tuple(row.hint.countries) for row in due}) >= 5
    assert len(rows) - len(due) >= 30
    assert sum(bool(row.hint.within or row.hint.near) for row in due) >= 10
    assert all(row.note for row in rows)


def test_spellings_are_resolved_and_wrong_pins_are_rare(gazetteer: Gazetteer) -> None:
    """The floors of the project: 0.92 right where an answer is due, 0.03 wrong pins."""
    verdict = judge(read_rows(), resolver(gazetteer))
    missed = [(row.spelling, row.hint, found.status, found.because) for row, found in verdict.errors]
    assert verdict.right >= 0.92, missed
    assert verdict.false_pins <= 0.03, missed
