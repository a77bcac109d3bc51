"""Annotated reports of our own, in the benchmark's format, with a scorer that asks the same questions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

import gold

_SCORER = """
def pair(gold, predicted):
    pairs, used = [], set()
    for g, claim in enumerate(gold):
        for p, guess in enumerate(predicted):
            over = min(claim["end"], guess["end"]) > max(claim["start"], guess["start"])
            if over and claim["kind"] == guess["kind"] and p not in used:
                used.add(p)
                pairs.append((g, p))
                break
    return pairs


def attribute_right(name, gold, predicted, partner):
    if name == "parent" and gold["parent"] is not None:
        return partner.get(gold["parent"]) == predicted.get("parent")
    return predicted.get(name) == gold[name]
"""
# Every report begins so: fourteen dead is found by any engine, and annotated as it is read.
KNOWN = "Shelling killed 14 people in Marlow."


def claim(text: str, words: str, **told: Any) -> dict[str, Any]:
    """Return an annotated claim on the first place where ``words`` stand; fields as read of KNOWN unless told."""
    start = text.index(words)
    fields: dict[str, Any] = {
        "kind": "killed",
        "value": 14,
        "high": None,
        "bound": "exact",
        "group": "people",
        "status": "unstated",
        "scope": "incident",
        "place": "Marlow",
        "start_date": None,
        "end_date": None,
        "actor": None,
        "means": "shelling",
        "sources": [],
        "parent": None,
    }
    return {"start": start, "end": start + len(words), **fields, **told}


def report(name: str, text: str, *claims: dict[str, Any]) -> dict[str, Any]:
    """Return an annotated report."""
    return {"id": name, "text": text, "published": None, "outlet": "Example Wire", "claims": list(claims)}


@pytest.fixture
def benchmark_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Give a function that lays down annotated reports where the benches look for them."""

    def lay(*reports: dict[str, Any]) -> Path:
        (tmp_path / "gold").mkdir(exist_ok=True)
        lines = "".join(json.dumps(each) + "\n" for each in reports)
        (tmp_path / "gold" / "dev.jsonl").write_text(lines, encoding="utf-8")
        (tmp_path / "score_claims.py").write_text(_SCORER, encoding="utf-8")
        monkeypatch.setattr(gold, "BENCHMARK", tmp_path)
        for bench in ("errors", "crossval", "reliability"):
            monkeypatch.setattr(f"{bench}.BENCHMARK", tmp_path)
        return tmp_path

    return lay


@pytest.fixture
def known() -> str:
    """Give the sentence that is read as it is annotated."""
    return KNOWN


@pytest.fixture
def annotated() -> Any:
    """Give the function that writes an annotated claim."""
    return claim


@pytest.fixture
def reported() -> Any:
    """Give the function that writes an annotated report."""
    return report
