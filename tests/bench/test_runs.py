"""A run tells of each claim what became of it and why, and two runs what was won and lost."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gold import gold_reports, scorer
from runs import CORE, Change, Row, compare, load, run, save, tallies, tally

_RAIN = " It rained in three towns on that day."


def _run() -> list[Row]:
    return run(gold_reports(), scorer("score_claims"))


@pytest.mark.parametrize(
    ("more", "words", "told", "verdict", "cause"),
    [
        ("", "14", {}, None, ""),
        ("", "14", {"kind": "detained"}, "missed", "read as killed, annotated as detained"),
        ("", "Marlow", {}, "missed", "no quantity was seen there"),
        (_RAIN * 2, "three towns on that day. It", {"kind": "damaged", "value": 3}, "missed", "not looked at"),
    ],
    ids=["found", "another kind", "no quantity", "no word of harm"],
)
def test_why_a_claim_is_missed(
    benchmark_of: Any,
    known: str,
    annotated: Any,
    reported: Any,
    more: str,
    words: str,
    told: dict[str, Any],
    verdict: str | None,
    cause: str,
) -> None:
    """The cause is what the stages did with the words, not what they look like."""
    text = known + (" Nobody spoke." + more if more else "")
    benchmark_of(reported("wire-1", text, annotated(text, words, **told)))
    first = _run()[0]
    assert first.verdict == (verdict or first.verdict)
    assert cause in first.cause
    assert bool(first.cause) == (verdict is not None)


def test_a_find_that_nobody_annotated_is_spurious(benchmark_of: Any, known: str, reported: Any) -> None:
    """It is shown with its sentence, its number apart, and every stage's word on it."""
    benchmark_of(reported("wire-1", known))
    (row,) = _run()
    assert (row.verdict, row.number, row.words) == ("spurious", None, "14")
    assert row.before + row.words + row.after == known
    assert row.cause == "rule and score agree, nothing annotated in the sentence"
    for stage in ("quantity: '14 people'", "rule: killed by 'killed'", "score as killed", "chosen: killed", "means:"):
        assert any(stage in step for step in row.steps), stage


@pytest.mark.parametrize(
    ("field", "annotated_as", "cause"),
    [
        ("group", "children", "children read as people"),
        ("scope", "cumulative", "cumulative read as incident, the stage itself"),
        ("place", "Harn", "another place; the annotated one is not in the text in these words, the stage itself"),
        ("place", None, "a place where none is annotated, the stage itself"),
        ("start_date", "2030-05-01", "not told, the stage itself"),
        ("sources", ["the mayor"], "speaker not told: no word of speech in its sentence, the stage itself"),
        ("value", 13, "another number"),
    ],
)
def test_a_wrong_field_has_its_cause(
    benchmark_of: Any, known: str, annotated: Any, reported: Any, field: str, annotated_as: Any, cause: str
) -> None:
    """Each field is judged alone, and the others keep their verdict."""
    plain = reported("wire-1", known, annotated(known, "14"))
    benchmark_of(plain)
    before = _run()[0]
    benchmark_of(reported("wire-1", known, annotated(known, "14", **{field: annotated_as})))
    row = _run()[0]
    assert row.wrong[field] == cause
    assert {name for name in row.wrong if name != field} == {name for name in before.wrong if name != field}


def test_the_engine_of_rules_needs_no_scores(benchmark_of: Any, known: str, reported: Any) -> None:
    """What no weights were asked about shows none."""
    benchmark_of(reported("wire-1", known))
    (row,) = run(gold_reports(), scorer("score_claims"), "rules")
    assert not any(step.startswith("score") for step in row.steps)
    assert row.confidence is None


def _row(verdict: str, wrong: tuple[str, ...] = (), number: int | None = 0, start: int = 0, report: str = "a") -> Row:
    return Row(report, number, "killed", start, start + 2, verdict, wrong=dict.fromkeys(wrong, "cause"))


@pytest.mark.parametrize(
    ("before", "now", "changes"),
    [
        ([_row("right")], [_row("right")], []),
        ([_row("wrong", ("place",))], [_row("wrong", ("place",))], []),
        ([_row("missed")], [_row("right")], [(True, "missed, now found")]),
        ([_row("right")], [_row("missed")], [(False, "found, now missed")]),
        ([_row("wrong", ("place",))], [_row("right")], [(True, "place wrong, now right")]),
        (
            [_row("wrong", ("place",))],
            [_row("wrong", ("actor",))],
            [(True, "place wrong, now right"), (False, "actor right, now wrong")],
        ),
        ([_row("right")], [_row("right"), _row("spurious", (), None, 9)], [(False, "new spurious find")]),
        ([_row("right"), _row("spurious", (), None, 9)], [_row("right")], [(True, "spurious find is gone")]),
        ([_row("right"), _row("missed", report="b")], [_row("right")], []),
    ],
    ids=["same", "as wrong", "found", "missed", "field", "one for another", "spurious", "gone", "other reports"],
)
def test_two_runs(before: list[Row], now: list[Row], changes: list[tuple[bool, str]]) -> None:
    """A gain in one field does not hide a loss in another, and what only one run read is not compared."""
    assert [(change.gain, change.what) for change in sorted(compare(before, now), key=_order)] == changes


def _order(change: Change) -> bool:
    return not change.gain


def test_a_run_survives_the_file(tmp_path: Path) -> None:
    """What was kept is what is compared with."""
    rows = [_row("wrong", ("place",)), replace(_row("spurious", (), None, 4), before="He said:\u2028“", confidence=0.5)]
    save(rows, tmp_path / "deep" / "run.jsonl")
    again = load(tmp_path / "deep" / "run.jsonl")
    assert compare(rows, again) == []
    assert [row.before for row in again] == [row.before for row in rows]


def test_a_file_that_is_no_run_says_so(tmp_path: Path) -> None:
    """The line and the remedy are told."""
    (tmp_path / "run.jsonl").write_text('{"id": "a report"}\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"run\.jsonl:1 is no row of a run .* --save"):
        load(tmp_path / "run.jsonl")


def test_figures_count_as_the_scorer_counts() -> None:
    """A wrong place leaves a claim found and right in core; a spurious find lowers precision alone."""
    rows = [_row("right"), _row("wrong", ("place",)), _row("missed"), _row("spurious", (), None)]
    told = tally(rows)
    assert (told.annotated, told.read, told.found, told.core, told.full) == (3, 3, 2, 2, 1)
    assert [told.f1("found"), told.precision(), told.recall()] == pytest.approx([2 / 3] * 3)
    assert told.share("place") == 0.5
    assert rows[1].good(CORE)
    assert not rows[2].good()
    assert tally([]).f1("found") == 0
    assert list(tallies(rows, "kind")) == ["killed"]
