"""How fast the desk's pages are over a large ledger: requests a second and the 95th percentile of each page.

    uv run python bench/desk_load.py --reports 33000

It fills a ledger of invented dispatches (kept in --home, so that a second run starts at once), opens the real desk on
it, and asks for the queue, the record, an incident, a report, the map's incidents and the lists of the API, some at a
time.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path
from statistics import quantiles

import orjson

_TOWNS = ("Saraqib", "Binnish", "Sarmin", "Taftanaz", "Azaz", "Al Bab", "Manbij", "Harem", "Salqin", "Jisr al-Shughur")
_MEANS = ("an air strike", "artillery shelling", "a car bomb", "clashes", "sniper fire")
_SPEAKERS = ("rescuers", "a doctor", "residents", "a monitor", "the civil defence centre")


def dispatches(number: int) -> bytes:
    """Return so many invented dispatches as JSON lines, always the same."""
    dice = random.Random(8)
    lines = []
    for each in range(number):
        year, month, day = 2020 + each * 10 // number, 1 + dice.randrange(12), 1 + dice.randrange(28)
        town, means, speaker = dice.choice(_TOWNS), dice.choice(_MEANS), dice.choice(_SPEAKERS)
        killed, injured, children = 2 + dice.randrange(30), 2 + dice.randrange(60), 1 + dice.randrange(2)
        text = (
            f"{town}, report {each}\n\n{killed} people were killed, including {children + 1} children, and {injured} "
            f"were injured in {means} on {town} on {day:02}/{month:02}/{year}, {speaker} said."
        )
        lines.append(orjson.dumps({"id": f"r{each}", "text": text, "published": f"{year}-{month:02}-{day:02}"}))
    return b"\n".join(lines)


def main() -> None:
    """Fill, open, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=33_000)
    parser.add_argument("--home", type=Path, default=Path("/tmp/harmledger-desk-load"))
    parser.add_argument("--requests", type=int, default=60)
    parser.add_argument("--at-once", type=int, default=4)
    told = parser.parse_args()
    environment = os.environ | {"HARMLEDGER_HOME": str(told.home), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "harmledger.cli"]
    if not (told.home / "ledger.db").exists():
        told.home.mkdir(parents=True, exist_ok=True)
        (told.home / "reports.jsonl").write_bytes(dispatches(told.reports))
        started = time.perf_counter()
        subprocess.run([*command, "add", str(told.home / "reports.jsonl")], env=environment, check=True)
        print(f"taken in and read in {time.perf_counter() - started:.0f} s")
    print(subprocess.run([*command, "ledger"], env=environment, capture_output=True, text=True).stdout)
    (told.home / "desk-people.db").unlink(missing_ok=True)
    running = subprocess.Popen(
        [*command, "desk", "--port", "0", "--no-browser"], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        _ask(running, told, environment)
    finally:
        running.terminate()


def _ask(running: subprocess.Popen[str], told: argparse.Namespace, environment: dict[str, str]) -> None:
    assert running.stdout is not None
    link = next(found[0] for line in running.stdout if (found := re.search(r"http://\S+/join/\S+", line)))
    base = link.split("/join/")[0]
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    form = urllib.parse.urlencode({"name": "bench", "password": "four words for bench"}).encode()
    opener.open(link, form).read()
    started = time.perf_counter()
    while not re.search(rb"/incident/\w+", opener.open(f"{base}/record").read()):
        time.sleep(0.5)
    print(f"the shelf was filled {time.perf_counter() - started:.1f} s after the first question")
    record = opener.open(f"{base}/record").read()
    incident = re.search(rb"/incident/(\w+)", record)
    assert incident is not None
    make = ["token", "make", "bench", "--for", "bench", "--scope", "read", "--scope", "restricted"]
    token = subprocess.run(
        [sys.executable, "-m", "harmledger.cli", *make], env=environment, capture_output=True, text=True, check=True
    ).stdout.strip()
    pages = (
        "/queue", "/queue?page=900", "/record", "/record?sort=doubt&down=true&page=200", "/record?place=Saraqib",
        f"/incident/{incident[1].decode()}", "/report/20", "/figures", "/map", "/map/incidents.json",
        "/api/incidents", "/api/incidents?query=place:Saraqib&sort=killed&down=true", "/api/claims",
        f"/api/incidents/{incident[1].decode()}", "/api/reports", "/api/search?words=artillery",
    )  # fmt: skip
    print(f"{'page':<62}{'first ms':>10}{'p95 ms':>10}{'a second':>10}{'KB':>8}")
    for path in pages:

        def one(_: int, path: str = path) -> tuple[float, int]:
            asked = urllib.request.Request(base + path)
            if path.startswith("/api"):
                asked.add_header("Authorization", f"Bearer {token}")
            begun = time.perf_counter()
            size = len(opener.open(asked).read())
            return time.perf_counter() - begun, size

        first, size = one(0)
        begun = time.perf_counter()
        with ThreadPoolExecutor(told.at_once) as pool:
            times = [each for each, _ in pool.map(one, range(told.requests))]
        whole = time.perf_counter() - begun
        p95 = quantiles(times, n=20)[-1]
        print(f"{path:<62}{first * 1000:>10.0f}{p95 * 1000:>10.0f}{told.requests / whole:>10.1f}{size / 1000:>8.0f}")


if __name__ == "__main__":
    main()
