"""The report for people, in a real browser with the network off, and as paper."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from shutil import which
from typing import Any

import pytest
from cases_made import DAY, Said, case, killed, total

from harmledger.counts import Count
from harmledger.dates import DateRange
from harmledger.errors import ExportError
from harmledger.export import Plan, export_cases
from harmledger.export.redaction import read_profile
from harmledger.export.report.page import MOST_INCIDENTS
from harmledger.model import Case
from harmledger.places import Place

CHROMIUM = which("chromium") or which("chromium-browser")
_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
          "--disable-sync", "--no-first-run")  # fmt: skip
HOSTILE = '<img src=x onerror="window.hit=1"><script>window.hit=1</script>{{ 7*7 }}'
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: the report was not looked at")


def record() -> list[Case]:
    """Return cases of every sort: exact, an area, without a point, hostile, right to left."""
    area = Place("x", "Example Governorate", 35.2, 36.4, "province_governorate", "SY")
    village = Place("x", "قرية المثال", 35.5, 36.9, "village", "SY")
    hostile = {"outlet": HOSTILE, "title": HOSTILE, "address": "javascript:window.hit=1"}
    return [
        case([Said("14", Count(14), sources=("a doctor",)), Said("6", Count(6), group="children", part=True)]),
        killed(3, name="r2", place="Area", located=area, when=DateRange.day(DAY + timedelta(3))),
        case([Said("2", Count(2))], "r3", place=HOSTILE, located=None, **hostile),
        case([Said("قُتل 5", Count(5))], "r4", place="قرية المثال", located=village),
    ]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, list[str], Path]]:
    """Give the page opened offline, the addresses that it asked for, and where it lies."""
    from playwright.sync_api import sync_playwright

    folder = tmp_path_factory.mktemp("report")
    out = folder / "report.html"
    totals = [total(Said("987", Count(987)))]
    export_cases(record(), totals, Plan("html", out, title="Example record", at=1_900_000_000))
    asked: list[str] = []
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(_FLAGS))
        opened = browser.new_page(viewport={"width": 1100, "height": 800})
        opened.context.set_offline(True)
        opened.on("request", lambda request: asked.append(request.url))
        opened.on("console", lambda message: asked.append(f"console: {message.text}"))
        opened.goto(out.as_uri())
        yield opened, asked, out
        browser.close()


@needs_chromium
def test_the_page_asks_for_nothing(page: tuple[Any, list[str], Path]) -> None:
    """One file is all: no tile, font or script is fetched, and nothing complains."""
    _, asked, out = page
    assert asked == [out.as_uri()]


@needs_chromium
def test_every_incident_is_on_the_map_or_beside_it(page: tuple[Any, list[str], Path]) -> None:
    """Points are dots, coarse ones rings with their area; what has no point is listed beside the map."""
    opened, _, _ = page
    assert opened.locator("svg circle.dot").count() == 2
    assert opened.locator("svg circle.hollow").count() == 1
    assert opened.locator("svg circle.area").count() == 1
    assert opened.locator("svg path.land").count() >= 1
    beside = opened.locator("text=Not on the map").locator("xpath=..")
    assert beside.locator("a").count() == 1


@needs_chromium
def test_a_number_leads_to_its_sentence_in_two_clicks(page: tuple[Any, list[str], Path]) -> None:
    """From the table to the incident, from the figure to the sentence, with the number marked in it."""
    opened, _, _ = page
    row = opened.locator("tbody tr", has_text="14").first
    row.locator("td.num a", has_text="14").click()
    section = opened.locator("section.incident:target")
    assert section.count() == 1
    section.locator(".why a").first.click()
    quote = opened.locator("blockquote:target")
    assert quote.locator("mark").first.inner_text() == "14"
    assert "a doctor" in quote.inner_text()


@needs_chromium
def test_nothing_that_a_report_holds_runs(page: tuple[Any, list[str], Path]) -> None:
    """Markup, scripts, addresses and templates out of a report are shown as the text they are."""
    opened, _, _ = page
    assert opened.evaluate("window.hit") is None
    assert opened.locator("img, script").count() == 0
    assert "{{ 7*7 }}" in opened.locator("main").inner_text()
    assert opened.locator("a[href^='javascript']").count() == 0


@needs_chromium
def test_arabic_stands_from_right_to_left(page: tuple[Any, list[str], Path]) -> None:
    """A sentence takes the direction of its own script."""
    opened, _, _ = page
    quote = opened.locator("blockquote p", has_text="قُتل").first
    assert opened.evaluate("e => getComputedStyle(e).direction", quote.element_handle()) == "rtl"


@needs_chromium
def test_the_page_fits_a_telephone(page: tuple[Any, list[str], Path]) -> None:
    """On a narrow screen nothing but the table is wider than the screen, and that scrolls by itself."""
    opened, _, _ = page
    opened.set_viewport_size({"width": 360, "height": 700})
    assert opened.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    opened.set_viewport_size({"width": 1100, "height": 800})


def test_totals_are_told_apart_from_sums(tmp_path: Path) -> None:
    """A running total stands under its own heading; the sum above is of incidents only."""
    out = tmp_path / "x.html"
    export_cases([killed(3), killed(4, name="r2")], [total(Said("987", Count(987)))], Plan("html", out))
    text = out.read_text(encoding="utf-8")
    assert "<b>7</b> killed" in text
    assert text.index("Running totals") < text.index("987 killed")


def test_the_same_record_gives_the_same_page(tmp_path: Path) -> None:
    """Golden files and reviews need that nothing in a page is of chance."""
    for name in ("a.html", "b.html"):
        export_cases(record(), (), Plan("html", tmp_path / name, at=1_900_000_000))
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_more_than_a_page_holds_is_refused(tmp_path: Path) -> None:
    """Nobody reads a hundred thousand incidents on a page: it says so and what to do instead."""
    one = killed(3)
    with pytest.raises(ExportError, match="--query"):
        export_cases((one for _ in range(MOST_INCIDENTS + 1)), (), Plan("html", tmp_path / "x.html"))
    assert list(tmp_path.iterdir()) == []


def test_an_empty_page_is_a_page(tmp_path: Path) -> None:
    """A query that finds nothing gives a page that says so."""
    for form in ("html", "pdf"):
        export_cases([], (), Plan(form, tmp_path / f"x.{form}"))
    assert "No incident has a point on the map." in (tmp_path / "x.html").read_text()


def test_the_paper_holds_what_the_page_holds(tmp_path: Path) -> None:
    """The PDF has the incidents, the sentences and its pages; nothing is fetched to make it."""
    import pypdfium2

    out = tmp_path / "x.pdf"
    export_cases(record(), (), Plan("pdf", out, title="Example record"))
    text = " ".join(one.get_textpage().get_text_bounded() for one in pypdfium2.PdfDocument(out))
    flat = " ".join(text.split())
    assert "Example record" in flat
    assert "14 were killed there" in flat
    assert "onerror" in flat


def test_the_map_on_paper_can_be_seen(tmp_path: Path) -> None:
    """Drawn without its styles, every shape is black and the map a black block."""
    import pypdfium2

    out = tmp_path / "x.pdf"
    export_cases(record(), (), Plan("pdf", out))
    page = pypdfium2.PdfDocument(out)[0].render(scale=0.5).to_numpy()
    black = (page[:, :, :3].max(axis=2) < 40).mean()
    assert black < 0.05, f"{black:.0%} of the first page is black"


def test_a_redacted_page_has_its_figures_without_sentences(tmp_path: Path) -> None:
    """Withheld sentences leave figures, not an empty page or a broken one."""
    out = tmp_path / "x.html"
    record_of_five = [killed(n, name=f"r{n}") for n in range(1, 7)]
    export_cases(record_of_five, (), Plan("html", out, profile=read_profile("public")))
    text = out.read_text(encoding="utf-8")
    assert "<blockquote" not in text
    assert "<b>21</b> killed" in text
