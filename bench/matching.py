"""Measure matching: the labelled reports, invented stories, and scale, beside the plain TF-IDF baseline.

    python bench/matching.py                  labelled reports and stories
    python bench/matching.py --scale 1000 10000 100000
                                              invented reports with known truth, each size in a process of its own

The figures are the scorer's own (B-cubed and pairs); time and peak memory stand beside them.
"""

from __future__ import annotations

import json
import math
import resource
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence

from gold import BENCHMARK, read_jsonl, scorer
from harmledger.dates import parse_day
from harmledger.extract.engine import extract_claims
from harmledger.match import events_of
from harmledger.match.matcher import Matcher
from harmledger.match.profile import Profile, profile_of
from harmledger.model import Event, Report
from stories import Story, abduction, two_strikes, year

# The baseline of the issue: cosine of TF-IDF, a ten-day window, connected pairs.
_WINDOW = 10
_LEAST_COSINE = 0.3


def events(reports: Sequence[Report]) -> list[Event]:
    """Return the events of reports, read by the engine that ships."""
    return [event for report in reports for event in events_of(report, extract_claims(report))]


def figures(wanted: dict[str, str], groups: Sequence[Sequence[str]]) -> dict[str, float]:
    """Return B-cubed and pairs F1 of groups of report ids."""
    gold = [{"id": report, "incident": incident} for report, incident in wanted.items()]
    result = scorer("score_matching").score(gold, [{"reports": list(group)} for group in groups])
    return {"b_cubed": round(result["b-cubed"]["f1"], 4), "pairs": round(result["pairs"]["f1"], 4)}


def baseline(profiles: Sequence[Profile]) -> list[list[str]]:
    """Return the groups that TF-IDF cosine with a ten-day window makes, joined wherever a pair reaches it."""
    df: Counter[str] = Counter(word for profile in profiles for word in profile.words)
    vectors = []
    for profile in profiles:
        vector = {word: times * math.log(len(profiles) / df[word]) for word, times in profile.words.items()}
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors.append({word: weight / length for word, weight in vector.items()})
    postings: dict[str, list[int]] = defaultdict(list)
    root = list(range(len(profiles)))

    def of(number: int) -> int:
        while root[number] != number:
            root[number] = root[root[number]]
            number = root[number]
        return number

    for number, vector in enumerate(vectors):
        scores: dict[int, float] = defaultdict(float)
        for word, weight in vector.items():
            for other in postings[word]:
                scores[other] += weight * vectors[other][word]
            postings[word].append(number)
        for other, cosine in scores.items():
            days = abs((profiles[number].published or 0) - (profiles[other].published or 0))
            if cosine >= _LEAST_COSINE and days <= _WINDOW:
                root[of(number)] = of(other)
    groups: dict[int, list[str]] = defaultdict(list)
    for number, profile in enumerate(profiles):
        groups[of(number)].append(profile.report)
    return list(groups.values())


def measure(name: str, found: Sequence[Event], wanted: dict[str, str], plain: bool = True) -> None:
    """Match events and print one line of JSON with the figures, the pairs compared, time and memory."""
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
    if plain:
        row |= {
            f"baseline_{key}": value
            for key, value in figures(wanted, baseline([profile_of(event) for event in found])).items()
        }
    row["peak_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
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
    if arguments[:1] == ["--one"]:
        stories = year(int(arguments[1]))
        wanted = {story.report.id: story.incident for story in stories}
        measure(f"a year, {arguments[1]}", [s.event() for s in stories], wanted, plain=len(stories) <= 2_000)
    elif arguments[:1] == ["--scale"]:
        for size in arguments[1:]:
            subprocess.run([sys.executable, __file__, "--one", size], check=True)
    else:
        _stories("one abduction", abduction())
        _stories("two strikes in one town on one day", two_strikes())
        if BENCHMARK.exists():
            _labelled()


if __name__ == "__main__":
    main(sys.argv[1:])
