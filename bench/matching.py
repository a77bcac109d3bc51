"""Measure matching: the labelled reports, invented stories, and scale, beside the plain TF-IDF baseline.

    python bench/matching.py                  labelled reports and stories
    python bench/matching.py --scale 1000 10000 100000 300000
                                              invented reports with known truth, each size in a process of its own
    python bench/matching.py --alone 1000 300000
                                              the same without the baseline, whose tables take 17 GB at 300,000

The figures are the scorer's own (B-cubed and pairs); time and peak memory stand beside them.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Sequence

import plain
from gold import BENCHMARK, read_jsonl, scorer
from harmledger.batch import claims_of
from harmledger.dates import parse_day
from harmledger.match import events_of
from harmledger.match.matcher import Matcher
from harmledger.model import Event, Report
from stories import Story, abduction, one_day, two_strikes, year


def events(reports: Sequence[Report]) -> list[Event]:
    """Return the events of reports, read by the engine that ships."""
    return [event for report in reports for event in events_of(report, claims_of(report))]


def figures(wanted: dict[str, str], groups: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return B-cubed and pairs F1 of groups of report ids."""
    gold = [{"id": report, "incident": incident} for report, incident in wanted.items()]
    result = scorer("score_matching").score(gold, [{"reports": list(group)} for group in groups])
    return {"b_cubed": round(result["b-cubed"]["f1"], 4), "pairs": round(result["pairs"]["f1"], 4)}


def measure(name: str, found: Sequence[Event], wanted: dict[str, str], baseline: bool = True) -> None:
    """Match events and print one line of JSON: figures, pairs, time, peak memory, and the plain baseline's figures."""
    started = time.process_time()
    matcher = Matcher()
    matcher.add(found)
    incidents = matcher.incidents()
    seconds = time.process_time() - started
    row: dict[str, object] = {
        "what": name,
        "reports": len(wanted),
        "incidents": len(incidents),
        "pairs_compared": matcher.compared,
        "ms_a_report": round(1000 * seconds / len(wanted), 2),
        **figures(wanted, [incident.reports for incident in incidents]),
    }
    # Before the baseline, whose tables are no part of matching.
    row["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    if not baseline:
        print(json.dumps(row), flush=True)
        return
    first = {event.report: event for event in reversed(found)}
    names = list(first)
    texts, days = [first[name].text for name in names], [first[name].published for name in names]
    told = plain.best(texts, days, lambda groups: figures(wanted, [[names[n] for n in group] for group in groups]))
    row |= {f"plain_{key}": value for key, value in told.items()}
    print(json.dumps(row), flush=True)


def _stories(name: str, stories: Sequence[Story]) -> None:
    measure(name, events([story.report for story in stories]), {story.report.id: story.incident for story in stories})


def _labelled() -> None:
    records = read_jsonl(BENCHMARK / "matching" / "dev.jsonl")
    reports = [Report(str(r["id"]), r["text"], parse_day(r["published"]), r.get("outlet")) for r in records]
    measure(
        "labelled reports (weights learnt on them)", events(reports), {str(r["id"]): r["incident"] for r in records}
    )


def main(arguments: Sequence[str]) -> None:
    """Run what the arguments name."""
    if arguments[:1] in (["--one"], ["--one-alone"]):
        stories = year(int(arguments[1]))
        wanted = {story.report.id: story.incident for story in stories}
        measure(f"a year, {arguments[1]}", [s.event() for s in stories], wanted, arguments[0] == "--one")
    elif arguments[:1] in (["--scale"], ["--alone"]):
        one = "--one" if arguments[0] == "--scale" else "--one-alone"
        for size in arguments[1:]:
            subprocess.run([sys.executable, __file__, one, size], check=True)
    else:
        _stories("one abduction", abduction())
        _stories("two strikes in one town on one day", two_strikes())
        told = one_day(10_000)
        wanted = {story.report.id: story.incident for story in told}
        measure("10,000 reports of one day and town", [story.event() for story in told], wanted)
        if BENCHMARK.exists():
            _labelled()


if __name__ == "__main__":
    main(sys.argv[1:])
