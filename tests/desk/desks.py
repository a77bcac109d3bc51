"""A desk to test with: a ledger of invented dispatches, the real command, one browser for a whole module."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from dispatches import write_reports

CHROMIUM = which("chromium") or which("chromium-browser")
PASSWORD = "four invented words here"
_FLAGS = (
    "--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run",
    "--enable-unsafe-swiftshader", "--use-gl=angle", "--use-angle=swiftshader", "--ignore-gpu-blocklist",
)  # fmt: skip
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: nobody sat at the desk")
AXE = Path(__file__).parent / "axe" / "axe.min.js"


@dataclass
class Desk:
    """A running desk. ``link`` makes its administrator."""

    base: str
    link: str
    home: Path

    def run(self, *arguments: str) -> str:
        """Run a command on the desk's ledger beside it, as another program would."""
        done = subprocess.run(
            [sys.executable, "-m", "harmledger.cli", *arguments],
            env=_environment(self.home), capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout


class Clock:
    """A clock that tests turn."""

    def __init__(self) -> None:
        self.now = 1_900_000_000.0

    def __call__(self) -> float:
        """Tell the time."""
        return self.now


def _environment(home: Path) -> dict[str, str]:
    told = {name: value for name, value in os.environ.items() if not name.startswith("HARMLEDGER_")}
    return told | {"HARMLEDGER_HOME": str(home), "PYTHONUNBUFFERED": "1"}


@contextmanager
def open_desk(home: Path, built: Path, filled: bool = True, arguments: Sequence[str] = ()) -> Iterator[Desk]:
    """Start the command, and end it."""
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "gazetteer").exists():
        (home / "gazetteer").symlink_to(built / "gazetteer")
    desk = Desk("", "", home)
    if filled:
        desk.run("add", str(write_reports(home / "reports.jsonl")), "--by", "importer")
    running = subprocess.Popen(
        [sys.executable, "-m", "harmledger.cli", "desk", "--port", "0", "--no-browser", *arguments],
        env=_environment(home), stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert running.stdout is not None
        for line in running.stdout:
            found = re.search(r"(https?://\S+?)(/join/\S+)?$", line.strip())
            if found:
                desk.base, desk.link = found[1], found[0] if found[2] else ""
                break
        assert desk.base, "the desk told no address"
        yield desk
    finally:
        running.terminate()
        running.wait(30)


class Sitting:
    """A browser at a desk, with all that it asked for and all that went wrong."""

    def __init__(self, browser: Any, desk: Desk, width: int = 1280, **more: Any) -> None:
        self.desk = desk
        self.context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=False, **more)
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.asked: list[str] = []
        self.wrong: list[str] = []
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.on("console", lambda m: self.wrong.append(m.text) if m.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def go(self, path: str) -> Any:
        """Open a page of the desk."""
        return self.page.goto(self.desk.base + path)

    def join(self, link: str, name: str) -> None:
        """Come in by a one-time link."""
        self.page.goto(link)
        self.page.fill("input[name=name]", name)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("button.main")
        self.page.wait_for_url(re.compile("/(queue|record)$"))

    def invited(self, role: str) -> str:
        """Return a link for a new person, made by the administrator who sits here."""
        self.go("/people")
        self.page.select_option("form[action='/people/invite'] select", role)
        self.page.click("form[action='/people/invite'] button.main")
        return str(self.page.locator("code.copy").inner_text())

    def violations(self) -> list[str]:
        """Return what axe finds wrong with the page as it stands."""
        self.page.evaluate(f"() => {{ {AXE.read_text(encoding='utf-8')} }}")
        found = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [f"{v['id']}: {v['nodes'][0]['html'][:200]}" for v in found["violations"]]


@contextmanager
def chromium() -> Iterator[Any]:
    """Start Chromium, and end it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        yield browser
        browser.close()
