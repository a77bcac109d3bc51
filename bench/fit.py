"""Fit the shipped weights of the extraction, all or some, as bench/crossval.py fits them without the third it reads.

    python bench/fit.py                     all parts, each in the light of those before it; written into the package
    python bench/fit.py --parts harm,status only these, in the light of the others as shipped

Needs the annotated reports beside the checkout and the dependency group ``train``. What the weights are, and what they
were fitted on, stands in docs/model-card.md.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import harmledger.extract
from gold import BENCHMARK, gold_reports
from harmledger.extract.linear import Linear
from refit import PARTS, fitted

WEIGHTS = Path(harmledger.extract.__file__).parent / "weights"
DECIDES = {
    "harm": "whether a quantity counts harm of a kind (signals.py)",
    "status": "civilian, combatant, mixed or unstated (status.py)",
    "scope": "one incident or a running total (scope.py)",
    "when": "which time a count belongs to (when_choices.py)",
    "actor": "who is blamed (actors.py)",
    "means": "by what means (means.py)",
    "where": "which place a count belongs to (where/features.py)",
}
# A lighter weight changes no answer that was looked at.
LEAST = 0.005


def written(name: str, fitted_part: Linear) -> str:
    """Return the text of a weights file, a weight a line, so that a change can be read."""
    weights = {sign: round(weight, 3) for sign, weight in sorted(fitted_part.weights.items()) if abs(weight) >= LEAST}
    body = {
        "about": f"Weights of signs for {DECIDES[name]}; written by bench/fit.py, see docs/model-card.md.",
        "bar": fitted_part.bar,
        "reliability": fitted_part.reliability,
        "weights": weights,
    }
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).replace(',"', ',\n"') + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", default=",".join(PARTS), help="the parts to fit, by comma")
    parts = [name for name in parser.parse_args(arguments).parts.split(",") if name]
    unknown = [name for name in parts if name not in PARTS]
    if unknown:
        parser.error(f"no learnt part is called {', '.join(unknown)}; there are {', '.join(PARTS)}")
    if not BENCHMARK.is_dir():
        print("The annotated reports are not here; nothing was fitted. HARMLEDGER_BENCHMARK names their folder.")
        return 1
    for name, part in fitted(gold_reports(), parts).items():
        path = WEIGHTS / f"{name}.json"
        path.write_text(written(name, part), encoding="utf-8")
        print(f"{name}: {len(part.weights)} weights, {path.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
