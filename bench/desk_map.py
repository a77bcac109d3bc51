"""How smooth the map is with many incidents, in a real browser: time until drawn, bytes sent, time from frame to frame.

    uv run python bench/desk_map.py --incidents 50000

It opens the real desk on a small ledger, puts invented incidents on its shelf (the cache that pages are asked of),
opens the map in Chromium, and moves it by the map's own means: pans, zooms, and jumps to where the clusters fall apart.
Without a graphics card Chromium draws on the processor, which is slower than on a desktop machine.
"""

from __future__ import annotations

import argparse
import math
import os
import random
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from shutil import which
from statistics import median, quantiles
from tempfile import mkdtemp
from typing import Any

_FLAGS = ("--no-sandbox", "--disable-background-networking", "--no-first-run", "--enable-unsafe-swiftshader",
          "--use-gl=angle", "--use-angle=swiftshader", "--ignore-gpu-blocklist")  # fmt: skip
_MOVES = """async (name) => {
  const map = document.querySelector("#map").map;
  const moves = {
    pan: () => map.panBy([400, 120], { duration: 1500 }),
    zoom_in: () => map.zoomTo(map.getZoom() + 3, { duration: 1500 }),
    zoom_out: () => map.zoomTo(map.getZoom() - 3, { duration: 1500 }),
    fly: () => map.flyTo({ center: [36.8, 35.4], zoom: 10, duration: 2500 }),
  };
  const frames = [];
  let last = performance.now();
  const seen = () => { const now = performance.now(); frames.push(now - last); last = now; };
  map.on("render", seen);
  const ended = new Promise((done) => map.once("moveend", done));
  last = performance.now();
  moves[name]();
  await ended;
  map.off("render", seen);
  await new Promise((done) => map.loaded() ? done() : map.once("idle", done));
  return frames.slice(1);
}"""


def fill(shelf: Path, number: int, all_spread: bool) -> None:
    """Put so many invented incidents on a shelf, around some towns of Syria, always the same."""
    dice = random.Random(8)
    precisions = ("town", "village", "neighbourhood_area", "exact_location", "city", "subdistrict")
    grades = ("confirmed", "fair", "weak", "contested")
    towns = [(dice.uniform(32.5, 37.0), dice.uniform(36.0, 41.5), f"Tell Example {n}") for n in range(400)]
    rows = []
    for each in range(number):
        y, x, title = dice.choice(towns)
        low = min(int(dice.expovariate(0.2)), 200)
        day = f"{2020 + each * 10 // number}-{1 + dice.randrange(12):02}-{1 + dice.randrange(28):02}"
        precision = dice.choice(precisions)
        # What is known to a city or subdistrict alone stands at its one point; the others are spread around theirs.
        spread = 0.0 if precision in ("city", "subdistrict") and not all_spread else 0.03
        rows.append((
            f"{each:016x}", "", title, "Example Governorate", "SY", day, day, "none", "shelling", dice.choice(grades),
            low, low + dice.randrange(3), None, None, 0, 0, round(y + dice.gauss(0, spread), 5),
            round(x + dice.gauss(0, spread), 5), precision, 0.5, f"|{title.casefold()}|sy|", "killed", 1, 1,
            title, " ",
        ))  # fmt: skip
    with closing(sqlite3.connect(shelf)) as file:
        file.executemany(f"INSERT OR REPLACE INTO incidents VALUES ({','.join('?' * 26)})", rows)
        file.commit()


def main() -> None:
    """Fill, open, move, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=50_000)
    parser.add_argument(
        "--spread", action="store_true", help="put imprecise incidents each at a point of its own, the worst case"
    )
    told = parser.parse_args()
    home = Path(mkdtemp(prefix="harmledger-desk-map-"))
    environment = os.environ | {"HARMLEDGER_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-m", "harmledger.cli"]
    report = home / "one.txt"
    report.write_text("Nine people were killed in Azaz on 1 May 2030, a doctor said.")
    subprocess.run([*command, "add", str(report)], env=environment, check=True, capture_output=True)
    for filled in (False, True):
        with subprocess.Popen(
            [*command, "desk", "--port", "0", "--no-browser"], env=environment, stdout=subprocess.PIPE, text=True
        ) as running:
            try:
                assert running.stdout is not None
                found = next(
                    m for line in running.stdout if (m := re.search(r"(http://\S+?)(/join/\S+)?$", line.strip()))
                )
                if filled:
                    _measure(found[1], found[0], told.incidents)
                else:
                    # Let the desk bring its shelf up to date once, so that it leaves the invented rows alone.
                    for _ in range(600):
                        if _noted(home / "desk-shelf.db"):
                            break
                        time.sleep(0.1)
            finally:
                running.terminate()
        fill(home / "desk-shelf.db", told.incidents, told.spread)


def _noted(shelf: Path) -> bool:
    try:
        with closing(sqlite3.connect(shelf)) as file:
            return file.execute("SELECT 1 FROM noted WHERE name = 'head'").fetchone() is not None
    except sqlite3.Error:
        return False


def _measure(base: str, link: str, number: int) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=which("chromium"), args=list(_FLAGS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        sizes: dict[str, int] = {}
        page.on("requestfinished", lambda request: sizes.update({request.url: _size(request)}))
        page.goto(link)
        page.fill("input[name=name]", "bench")
        page.fill("input[name=password]", "four words for bench")
        page.click("button.main")
        page.wait_for_url(re.compile("/(queue|record)$"))
        started = time.perf_counter()
        page.goto(f"{base}/map")
        page.wait_for_selector("#map[data-drawn]", timeout=120_000)
        drawn = time.perf_counter() - started
        sent = next(size for url, size in sizes.items() if "incidents.json" in url)
        print(
            f"{number:,} incidents: drawn {drawn:.1f} s after the page was asked for; {sent / 1000:,.0f} KB were sent"
        )
        print(f"{'move':<10}{'frames':>8}{'median ms':>11}{'p95 ms':>9}{'longest ms':>12}")
        for name in ("pan", "zoom_in", "pan", "zoom_in", "pan", "zoom_out", "fly", "pan"):
            frames = page.evaluate(_MOVES, name) or [math.nan]
            p95 = quantiles(frames, n=20)[-1] if len(frames) > 1 else frames[0]
            print(f"{name:<10}{len(frames):>8}{median(frames):>11.0f}{p95:>9.0f}{max(frames):>12.0f}")
        browser.close()


def _size(request: Any) -> int:
    try:
        return int(request.sizes()["responseBodySize"])
    except Exception:
        return 0


if __name__ == "__main__":
    main()
