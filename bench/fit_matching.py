"""Learn the weights of matching from labelled pairs, held apart by incident, and write them where they ship.

    python bench/fit_matching.py            figures by five-fold cross-validation, and new weights
    python bench/fit_matching.py --dry      figures only

Reads ``matching/dev.jsonl`` of the benchmark (US shooting reports, coded by recorders). What ships is a short list of
numbers, and how common ordinary words are; no sentence and no name.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from gold import BENCHMARK, read_jsonl, scorer
from harmledger.dates import parse_day
from harmledger.extract.engine import extract_claims
from harmledger.match import events_of
from harmledger.match.compare import compare
from harmledger.match.matcher import Matcher
from harmledger.match.profile import Profile, lines_of_harm
from harmledger.match.weights import Weights
from harmledger.model import Event, Report

ROOM = Path(__file__).parents[1] / "src" / "harmledger" / "match"
FOLDS = 5
RIDGE = 2.0
# Reached by the pairs between two groups on average; chosen by the labelled reports and the invented stories together.
TOGETHER = 0.4
# The words of each comparison, and the sign that a recorder would give it; one learnt with the other sign is dropped.
WORDS = {
    "words": ("some of the same words", 1),
    "more_words": ("most of the same words", 1),
    "names": ("some of the same names and numbers", 1),
    "more_names": ("most of the same names and numbers", 1),
    "rare_words": ("the same rare words", 1),
    "undated": ("a report without a day", 0),
    "days_between": ("days between the reports", -1),
    "within_1_days": ("published within a day of each other", 1),
    "within_4_days": ("published within four days", 1),
    "within_12_days": ("published within twelve days", 1),
    "within_45_days": ("published within 45 days", 1),
    "day_untold": ("the day of the harm is not told", 0),
    "same_day": ("the same day of harm", 1),
    "days_off": ("days of harm up to a week apart", -1),
    "days_far_off": ("days of harm more than a week apart", -1),
    "same_place": ("the same place", 1),
    "other_place": ("other places", -1),
    "far_apart": ("places more than 60 km apart", -1),
    "same_street": ("the same street or quarter", 1),
    "other_street": ("other streets or quarters", -1),
    "both_tolls_off": ("both the dead and the injured number otherwise", -1),
    "same_killed": ("the same number killed", 1),
    "other_killed": ("another number killed", -1),
    "same_injured": ("the same number injured", 1),
    "other_injured": ("another number injured", -1),
    "tolls_far_apart": ("tolls far apart within a week", -1),
    "same_taken": ("the same number taken", 1),
    "same_hour": ("the same part of the day", 1),
    "other_hour": ("another part of the day", -1),
    "same_age": ("a victim or suspect of the same age", 1),
    "other_ages": ("only other ages", -1),
    "same_victims": ("the same names of victims", 1),
    "other_victims": ("only other names of victims", -1),
    "words_late": ("the same words after more than 45 days", 0),
}
# Set by hand, not learnt: the labelled reports seldom tell two strikes of one day apart. A town of the same name
# elsewhere is taken for the right one too often for distance to weigh more (at -4 pairs F1 was 0.011 lower).
BY_HAND = {"far_apart": -2.0, "tolls_far_apart": -3.0, "both_tolls_off": -2.0, "same_taken": 1.0}


def background() -> dict[str, Any]:
    """Return in how many benchmark reports each common word stands; names and rare words are left out."""
    reports = [r for name in ("gold", "coded", "matching") for r in read_jsonl(BENCHMARK / name / "dev.jsonl")]
    seen: Counter[str] = Counter()
    lower: Counter[str] = Counter()
    for report in reports:
        words = {w.strip(".,;:!?\"'()“”‘’[]") for line in lines_of_harm(report["text"]) for w in line.split()}
        seen.update({word.lower() for word in words})
        lower.update({word for word in words if word == word.lower()})
    common = {w: n for w, n in sorted(seen.items()) if n >= 12 and (w.isalpha() or w.isdigit()) and lower[w] >= 0.8 * n}
    return {"reports": len(reports), "words": common}


def events() -> tuple[list[Event], list[str], list[dict[str, Any]]]:
    """Return the main event of each dev report and the incident it was coded as."""
    records = read_jsonl(BENCHMARK / "matching" / "dev.jsonl")
    found, wanted = [], {}
    for record in records:
        report = Report(str(record["id"]), record["text"], parse_day(record["published"]), record.get("outlet"))
        wanted[report.id] = record["incident"]
        found += events_of(report, extract_claims(report))[:1]
    return found, [wanted[event.report] for event in found], records


def learn(features: Any, right: Any) -> Any:
    """Return ridge logistic regression weights, the start first (Newton's method)."""
    scale = features.std(axis=0)
    scale[scale == 0] = 1
    x = np.hstack([np.ones((len(features), 1)), features / scale])
    weights = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], RIDGE)
    penalty[0] = 1e-6
    for _ in range(30):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        step = np.linalg.solve(
            (x * (p * (1 - p))[:, None]).T @ x + np.diag(penalty), x.T @ (p - right) + penalty * weights
        )
        weights = weights - step
        if np.abs(step).max() < 1e-6:
            break
    return np.concatenate([weights[:1], weights[1:] / scale])


def learn_signed(names: list[str], features: Any, right: Any) -> Any:
    """Return weights of which none contradicts its sign; what would is dropped and the rest learnt again."""
    keep = list(range(len(names)))
    while True:
        found = learn(features[:, keep], right)
        wrong = [i for i, w in zip(keep, found[1:], strict=True) if w * WORDS[names[i]][1] < 0]
        if not wrong:
            break
        keep = [i for i in keep if i not in wrong]
    weights = np.zeros(len(names) + 1)
    weights[0] = found[0]
    weights[[i + 1 for i in keep]] = found[1:]
    return weights


class Held(Matcher):
    """A matcher that weighs each pair by the models that saw neither of its incidents."""

    def __init__(self, together: float, names: list[str], models: list[Any], fold_of: dict[str, int]) -> None:
        self._names, self._models, self._fold_of = names, models, fold_of
        super().__init__(Weights(0.0, together, {}, {}))

    def weighed(self, earlier: Profile, later: Profile) -> float:
        """Return the odds that the two folds' models give, on average."""
        row = compare(earlier, later).values
        vector = np.array([1.0] + [row.get(name, 0.0) for name in self._names])
        by_hand = sum(weight * row.get(name, 0.0) for name, weight in BY_HAND.items())
        models = [self._models[self._fold_of[profile.report]] for profile in (earlier, later)]
        return by_hand + float(vector @ (models[0] + models[1]) / 2)


def main() -> None:
    """Cross-validate, print the figures, and write the weights unless asked not to."""
    if "--dry" not in sys.argv:
        (ROOM / "background.json").write_text(json.dumps(background(), ensure_ascii=False) + "\n", encoding="utf-8")
    found, wanted, records = events()
    coded = {event.report: incident for event, incident in zip(found, wanted, strict=True)}
    matcher = Matcher(Weights(1.0, 0.0, {}, {}))  # every pair that meets is kept
    matcher.add(found)
    profiles = [matcher.memory.profile(number) for number in range(len(found))]
    names = [name for name in WORDS if name not in BY_HAND]
    pairs = sorted((other, number) for number in range(len(found)) for other in matcher.memory.links[number])
    rows = [compare(profiles[a], profiles[b]).values for a, b in pairs]
    features = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    right = np.array([coded[profiles[a].report] == coded[profiles[b].report] for a, b in pairs], float)
    gold = sum(n * (n - 1) // 2 for n in Counter(wanted).values())
    print(
        f"{len(pairs)} pairs compared for {len(found)} reports; {int(right.sum())} of {gold} gold pairs are among them"
    )
    fold_of = {report: crc32(incident.encode()) % FOLDS for report, incident in coded.items()}
    folds = [fold_of[profile.report] for profile in profiles]
    models = []
    for fold in range(FOLDS):
        train = np.array([folds[a] != fold and folds[b] != fold for a, b in pairs])
        models.append(learn_signed(names, features[train], right[train]))
    score = scorer("score_matching").score
    for together in (0.3, 0.4, 0.5, 0.6):
        held = Held(math.log(together / (1 - together)), names, models, fold_of)
        held.add(found)
        result = score(records, [{"reports": list(incident.reports)} for incident in held.incidents()])
        print(
            together,
            {k: {n: round(v, 4) for n, v in result[k].items()} for k in ("b-cubed", "pairs")},
            result["groups"],
            flush=True,
        )
    final = learn_signed(names, features, right)
    if "--dry" in sys.argv:
        return
    entries = {
        name: {"weight": round(float(w), 3), "words": WORDS[name][0]} for name, w in zip(names, final[1:], strict=True)
    }
    entries |= {name: {"weight": weight, "words": WORDS[name][0]} for name, weight in BY_HAND.items()}
    table = {
        "about": "Log odds that two events are one, by comparison. Learnt from 1,503 labelled US shooting reports by "
        "bench/fit_matching.py, a few set by hand. Reviewed: no weight speaks against what a recorder would say.",
        "start": round(float(final[0]), 3),
        "together": round(math.log(TOGETHER / (1 - TOGETHER)), 3),
        "comparisons": entries,
    }
    (ROOM / "weights.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
