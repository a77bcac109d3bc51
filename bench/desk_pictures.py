"""Makes the pictures of docs/desk.md: the real desk over invented dispatches, in Chromium.

    uv run python bench/desk_pictures.py --out docs/desk

Look at them before you commit them.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "desk"))

from desks import Sitting, chromium, open_desk
from PIL import Image
from sheets import xlsx

_TABLE = [
    ["Code", "Event date", "Location", "Lat", "Lon", "Precision", "Killed", "Killed max", "Injured", "Means"],
    ["A-117", "2030-05-01", "Saraqib", "35.8647", "36.8058", "town", "14", "17", "34+", "airstrike"],
    ["A-118", "03/06/2030", "Binnish", "35.9586", "36.7169", "town", "3", "", "5", "shelling"],
    ["A-119", "2030-06-11", "Azaz", "36.5862", "37.0440", "town", "2", "", "7", "explosive"],
    ["A-120", "2030-06-14", "Tell Nowhere", "", "", "", "dozens", "", "", "shooting"],
    ["A-121", "2030-06-20", "Harem", "36.2067", "36.5194", "town", "6", "", "", "mortar"],
]


def main() -> None:
    """Open the desk, go where each picture is, and save it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/desk"))
    out: Path = parser.parse_args().out
    home = Path(mkdtemp(prefix="harmledger-desk-pictures-"))
    subprocess.run(
        [sys.executable, "-m", "harmledger.cli", "gazetteer", "list"],
        env=os.environ | {"HARMLEDGER_HOME": str(home)}, check=True, capture_output=True,
    )  # fmt: skip
    with open_desk(home / "desk", home) as desk, chromium() as browser:
        sitting = Sitting(browser, desk, 1180)
        sitting.join(desk.link, "Amal Haddad")
        _all(sitting, out, home)


def _all(sitting: Sitting, out: Path, home: Path) -> None:
    page = sitting.page

    def picture(name: str, high: int, at: str = "") -> None:
        page.set_viewport_size({"width": 1180, "height": high})
        if at:
            page.locator(at).scroll_into_view_if_needed()
        page.wait_for_timeout(400)
        taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        taken.quantize(64).save(out / f"{name}.png", optimize=True)

    sitting.go("/queue")
    picture("queue", 640)
    sitting.go("/queue?state=all&place=saraqib&kind=killed")
    page.locator("a.figure", has_text="14").first.click()
    page.wait_for_selector(".claim h2")
    report = page.url.removeprefix(sitting.desk.base)
    picture("report", 820)
    sitting.go("/language/ar")
    sitting.go(report)
    picture("report-ar", 820)
    sitting.go("/language/en")
    sitting.go("/record?place=Saraqib&from=2030-05-01&to=2030-05-31")
    page.locator("tbody a").first.click()
    page.wait_for_selector(".fall rect")
    picture("incident", 900)
    box = page.locator("#timeline").bounding_box()
    assert box is not None
    page.screenshot(path=str(home / "whole.png"), full_page=True)
    whole = Image.open(home / "whole.png").convert("RGB")
    top = int(page.evaluate("document.querySelector('#timeline').getBoundingClientRect().top + scrollY"))
    whole.crop((0, top - 10, 1180, top + int(box["height"]) + 10)).quantize(64).save(out / "rising.png", optimize=True)
    sitting.go("/timeline")
    picture("timeline", 560)
    sitting.go("/map")
    page.wait_for_selector("#map[data-drawn]", timeout=60_000)
    page.wait_for_timeout(1500)
    picture("map", 900)
    sitting.go("/figures?by=month&kind=killed")
    picture("figures", 620)
    table = home / "incidents.xlsx"
    table.write_bytes(xlsx(_TABLE))
    for language in ("en", "ar"):
        sitting.go(f"/language/{language}")
        sitting.go("/add")
        page.set_input_files("form[action='/import'] input[type=file]", table)
        page.check("form[action='/import'] input[value=incidents]")
        page.click("form[action='/import'] button.main")
        page.wait_for_selector("#check")
        page.fill("input[name=outlet]", "Invented Recorder")
        page.locator("form.card button.main").click()
        page.wait_for_selector("form[action$='/take']")
        page.evaluate("document.querySelector('#check').scrollIntoView()")
        picture("import" if language == "en" else "import-ar", 760)
    sitting.go("/language/en")


if __name__ == "__main__":
    main()
