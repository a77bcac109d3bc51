"""One run over annotated reports, claim by claim, and what two runs have won and lost against each other.

A saved run holds sentences of the annotated reports: it stays under ``build/`` and out of the repository.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from causes import (
    BECAUSE,
    asked_with_annotated,
    cause_of_miss,
    cause_of_spurious,
    cause_of_wrong,
    overlapping,
    shape_of,
)
from gold import GoldReport, part
from harmledger.counts import Count
from harmledger.extract.counting import Engine
from harmledger.extract.draft import Draft
from harmledger.extract.engine import claims_of_reading
from harmledger.extract.reading import Reading, read_through
from harmledger.model import Report
from harmledger.show.records import claim_records
from trace_counts import Looked, trace

FIELDS = ("value", "bound", "group", "status", "scope", "place", "start_date", "actor", "means", "sources", "parent")
CORE = ("value", "group", "scope")
FULL = (*CORE, "place", "start_date", "actor", "means", "sources")
STYLES = {"fakes": "news, commas lost", "airwars": "incident narratives", "gva": "local crime news"}


class Judge(Protocol):
    """What is asked of the benchmark's scorer."""

    def pair(self, gold: Any, predicted: Any) -> list[tuple[int, int]]:
        """Return pairs (annotated, read)."""

    def attribute_right(self, name: str, gold: Any, predicted: Any, partner: Any) -> bool:
        """Tell whether a field is read as annotated."""


@dataclass(frozen=True)
class Row:
    """One claim of a run. ``number`` is its index among the annotated claims of the report, None for a spurious find.

    ``wrong`` gives the cause for each field that is not as annotated. ``steps`` tells what each stage did.
    """

    report: str
    number: int | None
    kind: str
    start: int
    end: int
    verdict: str  # right, wrong, missed, spurious
    cause: str = ""
    shape: str = ""
    wrong: Mapping[str, str] = field(default_factory=dict)
    wanted: Mapping[str, Any] = field(default_factory=dict)
    read: Mapping[str, Any] = field(default_factory=dict)
    before: str = ""
    words: str = ""
    after: str = ""
    steps: Sequence[str] = ()
    confidence: float | None = None

    @property
    def key(self) -> tuple[str, int | None, int, int, str]:
        """What names the claim in another run; where a spurious find stands is all that names it."""
        return (self.report, self.number, self.start, self.end, self.kind)

    @property
    def third(self) -> int:
        """The third of the reports that it belongs to."""
        return part(self.report)

    @property
    def style(self) -> str:
        """The style of text of its report."""
        prefix = self.report.split("-")[0]
        return STYLES.get(prefix, prefix)

    def good(self, fields: Sequence[str] = ()) -> bool:
        """True for a claim found with these fields as annotated."""
        return self.verdict in ("right", "wrong") and not any(name in self.wrong for name in fields)


def run(reports: Iterable[GoldReport], judge: Judge, engine: Engine = "learned") -> list[Row]:
    """Return every annotated claim and every spurious find, read as in earnest."""
    return [row for report in reports for row in run_one(report, judge, engine)]


def run_one(report: GoldReport, judge: Judge, engine: Engine = "learned") -> Iterator[Row]:
    """Yield the rows of one report: annotated claims in their order, then spurious finds."""
    known = report.reading
    source = Report(known.report, known.text, known.published, known.outlet)
    reading = read_through(source)  # its own, so that nothing worked out by other weights is kept beside it
    read = claim_records(claims_of_reading(reading, source, engine))
    looked = trace(reading, engine)
    pairs = dict(judge.pair(report.claims, read))
    asked = asked_with_annotated(reading, report.drafts)
    for number, claim in enumerate(report.claims):
        row = _row(reading, claim, report.drafts[number], number)
        if number not in pairs:
            cause = cause_of_miss(looked, report.drafts[number], claim, read)
            steps = _steps(reading, looked, report.drafts[number])
            yield replace(row, verdict="missed", cause=cause, steps=steps, wanted=_fields(claim))
            continue
        found = read[pairs[number]]
        wrong: dict[str, str] = {}
        for name in FIELDS:
            if not judge.attribute_right(name, claim, found, pairs):
                own = None
                if name in asked:
                    own = not judge.attribute_right(name, claim, {name: asked[name][number]}, pairs)
                wrong[name] = cause_of_wrong(name, reading, claim, found, own)
        yield replace(
            row,
            verdict="wrong" if wrong else "right",
            wrong=wrong,
            wanted=_fields(claim),
            read=_fields(found),
            steps=_steps(reading, looked, report.drafts[number], found),
            confidence=found["confidence"],
        )
    taken = set(pairs.values())
    for index, found in enumerate(read):
        if index not in taken:
            yield _spurious(reading, looked, found, report.claims)


def _row(reading: Reading, claim: Mapping[str, Any], draft: Draft, number: int | None) -> Row:
    """Return a row that tells what is counted and where, and nothing yet of how it was read."""
    text, start, end = reading.text, claim["start"], claim["end"]
    sentence = reading.sentence_of(reading.token_at(start))
    return Row(
        reading.report,
        number,
        claim["kind"],
        start,
        end,
        "right",
        shape=shape_of(reading, draft, claim),
        before=text[min(sentence.start, start) : start],
        words=text[start:end],
        after=text[end : max(sentence.end, end)],
    )


def _spurious(reading: Reading, looked: Sequence[Looked], found: dict[str, Any], claims: Sequence[Any]) -> Row:
    first, last = reading.token_at(found["start"]), reading.token_at(found["end"] - 1) + 1
    draft = Draft(first, last, found["kind"], Count(found["value"], found["high"], found["bound"]))
    return replace(
        _row(reading, found, draft, None),
        verdict="spurious",
        cause=cause_of_spurious(looked, draft, found, claims),
        read=_fields(found),
        steps=_steps(reading, looked, draft, found),
        confidence=found["confidence"],
    )


def _fields(claim: Mapping[str, Any]) -> dict[str, Any]:
    return {name: claim.get(name) for name in ("value", "high", *FIELDS[1:-1], "end_date", "parent")}


def _steps(
    reading: Reading, looked: Sequence[Looked], draft: Draft, found: Mapping[str, Any] | None = None
) -> list[str]:
    lines = [line for one in overlapping(looked, draft) for line in one.steps(reading)]
    if not lines:
        beside = [one for one in looked if reading.sentence_of(one.quantity.first) is reading.sentence_of(draft.first)]
        lines = [f"quantity: none; the sentence has {len(beside)} others"]
    if found is not None:
        lines += [f"{name}: {found.get(name)!r}, because: {_reason(found, name)}" for name in FIELDS]
    return lines


def _reason(found: Mapping[str, Any], name: str) -> str:
    return str(found["because"].get(BECAUSE.get(name, name), "nothing noted"))


def save(rows: Iterable[Row], path: Path) -> None:
    """Write a run as JSON lines, one claim a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(asdict(row), ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def load(path: Path) -> list[Row]:
    """Return a saved run; ValueError where a line is none of its rows."""
    rows = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line:
            try:
                rows.append(Row(**json.loads(line)))
            except (TypeError, ValueError) as error:
                raise ValueError(f"{path}:{number} is no row of a run ({error}). Write it anew with --save.") from error
    return rows


@dataclass(frozen=True)
class Change:
    """What became of one claim from one run to the next: the row as it was (None: it was not there) and as it is."""

    gain: bool
    what: str
    old: Row | None
    new: Row | None
    told: str = ""

    @property
    def row(self) -> Row:
        """The claim as it is now, or as it was where it went."""
        row = self.new or self.old
        if row is None:
            raise ValueError("A change without a claim on either side says nothing; give it the old row or the new.")
        return row


def compare(before: Iterable[Row], now: Iterable[Row]) -> list[Change]:
    """Return the gains and losses of a run against an earlier one, claim by claim; what stayed is left out.

    Only reports that both runs read are compared.
    """
    old, new = {row.key: row for row in before}, {row.key: row for row in now}
    shared = {row.report for row in old.values()} & {row.report for row in new.values()}
    changes: list[Change] = []
    for key in [*new, *(key for key in old if key not in new)]:
        if key[0] in shared:
            changes += _changed(old.get(key), new.get(key))
    return changes


def _changed(old: Row | None, new: Row | None) -> Iterator[Change]:
    if old is None or new is None:
        row = old or new
        if row is not None and row.verdict == "spurious":
            what = "spurious find is gone" if new is None else "new spurious find"
            yield Change(new is None, what, old, new, row.cause)
        return
    if (old.verdict == "missed") != (new.verdict == "missed"):
        gain = old.verdict == "missed"
        yield Change(gain, "missed, now found" if gain else "found, now missed", old, new, old.cause or new.cause)
        return
    for name in FIELDS:
        if (name in old.wrong) != (name in new.wrong):
            gain = name in old.wrong
            told = f"annotated {new.wanted.get(name)!r}, was {old.read.get(name)!r}, is {new.read.get(name)!r}"
            yield Change(gain, f"{name} wrong, now right" if gain else f"{name} right, now wrong", old, new, told)


@dataclass(frozen=True)
class Tally:
    """Figures of some rows. ``f1`` of found, core and full; ``share`` of found claims whose field is right."""

    annotated: int
    read: int
    found: int
    core: int
    full: int
    right: Mapping[str, int]

    def f1(self, what: str) -> float:
        """Return F1 for "found", "core" or "full"; 0 where there is nothing to count."""
        return 2 * int(getattr(self, what)) / max(1, self.annotated + self.read)

    def precision(self) -> float:
        """Return the share of claims read that are annotated."""
        return self.found / max(1, self.read)

    def recall(self) -> float:
        """Return the share of annotated claims that were read."""
        return self.found / max(1, self.annotated)

    def share(self, name: str) -> float:
        """Return the share of found claims with a field as annotated."""
        return self.right[name] / max(1, self.found)


def tally(rows: Iterable[Row]) -> Tally:
    """Return the figures of some rows, counted as the benchmark's scorer counts."""
    counted: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for row in rows:
        counted["annotated"] += row.verdict != "spurious"
        counted["read"] += row.verdict != "missed"
        counted["found"] += row.good()
        counted["core"] += row.good(CORE)
        counted["full"] += row.good(FULL)
        right.update(name for name in FIELDS if row.good((name,)))
    return Tally(counted["annotated"], counted["read"], counted["found"], counted["core"], counted["full"], right)


def tallies(rows: Iterable[Row], by: str) -> dict[str, Tally]:
    """Return the figures by an attribute of the rows ("kind", "style", "third", "shape")."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[str(getattr(row, by))].append(row)
    return {name: tally(group) for name, group in sorted(groups.items(), key=lambda pair: -len(pair[1]))}
