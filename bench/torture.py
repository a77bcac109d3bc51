"""What a ledger must outlive, in full: kills, writers beside each other, flipped bits. Takes some twenty minutes.

    uv run python bench/torture.py                  # all of it
    uv run python bench/torture.py kills --kills 200
    uv run python bench/torture.py together --seconds 60
    uv run python bench/torture.py flips --flips 1000

It starts a PostgreSQL server of its own. The short forms run among the tests (tests/ledger/test_torture.py).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests" / "ledger"))

from dangers import Bench, filled, flip_bits, kill_at_random, write_together
from postgres_server import binaries, server


def main() -> None:
    """Run what was asked for and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", nargs="*", default=["kills", "together", "flips"])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--flips", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    told = parser.parse_args()
    if binaries() is None:
        sys.exit("PostgreSQL 15 or newer is not installed; apt-get install postgresql.")
    with tempfile.TemporaryDirectory() as folder, server() as postgres:
        os.environ.setdefault("HARMLEDGER_HOME", f"{folder}/home")
        from harmledger.gazetteer import open_gazetteer

        open_gazetteer().close()
        for name in ("SQLite", "PostgreSQL"):
            bench = Bench(Path(tempfile.mkdtemp(dir=folder)), postgres if name == "PostgreSQL" else None)
            if "kills" in told.what:
                start = time.time()
                hit = kill_at_random(bench, told.kills, told.seed)
                work = ", ".join(f"{count} in {action}" for action, count in hit.items())
                print(f"{name}: {told.kills} kills ({work}) in {time.time() - start:.0f} s: nothing lost", flush=True)
            if "together" in told.what:
                lines = write_together(bench.fresh("together"), bench.folder, told.seconds)
                print(f"{name}: three programs wrote {lines:,} lines in {told.seconds:.0f} s: nothing lost", flush=True)
        if "flips" in told.what:
            source = Path(folder) / "flips"
            filled(source)
            start = time.time()
            missed = flip_bits(source, Path(folder), told.flips, told.seed)
            print(f"{told.flips - len(missed)} of {told.flips} flipped bits found in {time.time() - start:.0f} s")
            for each in missed:
                print(f"  missed: {each}")
            sys.exit(bool(missed))


if __name__ == "__main__":
    main()
