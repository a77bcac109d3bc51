"""The import wizard, splitting, timelines, pictures and the map's borders, as a person goes them in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from desks import Sitting, needs_chromium
from sheets import far_corner, xlsx
from test_wizard import CODED, CSV

pytestmark = needs_chromium
_PNG = b"\x89PNG\r\n\x1a\n"
HOSTILE = [
    ["Body", "Date", "Date", '"><script>window.hit=1</script>'],
    ['<img src=x onerror="window.hit=1"> Two people were killed in Binnish.', "=HYPERLINK(1)", "", "x"],
    ["Three people were killed in Azaz on 4 June 2030.", "2030-06-05", "\u202eevil", "=cmd|' /C calc'!A0"],
    ["x" * 2_000_001, "2030-06-05", "", ""],
]


def _said(sitting: Sitting, words: str) -> None:
    sitting.page.wait_for_selector(f".told:has-text('{words}')")


def _upload(sitting: Sitting, path: Path, data: bytes, what: str) -> None:
    path.write_bytes(data)
    sitting.go("/add")
    sitting.page.set_input_files("form[action='/import'] input[type=file]", path)
    sitting.page.check(f"form[action='/import'] input[value={what}]")
    sitting.page.click("form[action='/import'] button.main")


def _told(sitting: Sitting) -> str:
    return str(sitting.page.locator("main").inner_text())


def _take(sitting: Sitting) -> None:
    sitting.page.click("form[action$='/take'] button")
    sitting.page.locator("#batch h2", has_text=re.compile("Done|تم")).wait_for(timeout=60_000)


def test_a_spreadsheet_of_reports_comes_in(amal: Sitting, tmp_path: Path) -> None:
    """Columns are guessed, what cannot be read is told by row and column, the good rows come in and wait."""
    _upload(amal, tmp_path / "reports.csv", CSV.encode(), "reports")
    amal.page.wait_for_selector("#check table")
    assert amal.page.locator("select[name=column_text] option:checked").inner_text() == "E · Body"
    told = _told(amal)
    assert "2 rows can be taken in · 4 rows cannot" in told
    assert "Day or month first? Say it above" in told
    assert "B · Date\tDay or month" in told
    amal.page.select_option("select[name=order]", "dmy")
    amal.page.get_by_role("button", name="Check again").click()
    amal.page.locator("text=3 rows can be taken in").first.wait_for()
    assert amal.violations() == []
    _take(amal)
    assert "3 taken in" in _told(amal)
    amal.page.locator("#batch a", has_text="Shelling").click()
    amal.page.wait_for_selector(".claim h2 b:text-is('3')")
    assert "2030-04-03" in _told(amal)


def test_incidents_of_another_recorder_come_in_and_go_as_one(amal: Sitting, tmp_path: Path) -> None:
    """A coded table stands in the record under its recorder; undoing takes all of it out, bringing back restores it."""
    _upload(amal, tmp_path / "incidents.xlsx", xlsx(CODED), "incidents")
    amal.page.wait_for_selector("#check .bad")
    assert amal.page.locator("form[action$='/take']").count() == 0
    amal.page.fill("input[name=outlet]", "Invented Recorder")
    amal.page.get_by_role("button", name="Check again").click()
    amal.page.locator("text=Take in 3 rows").wait_for()
    assert "Killed: 14 to 17" in _told(amal)
    _take(amal)
    asked = "/record?place=Binnish&from=2030-06-10&to=2030-06-10"
    amal.go(asked)
    assert "3 to 5" in amal.page.locator("tbody").inner_text()
    before = amal.page.locator("tbody").inner_text()
    amal.go("/add")
    mine = amal.page.locator("#imports li", has_text="incidents.xlsx")
    mine.locator("button").click()
    assert amal.page.locator("#imports .undone").count() == 0, "an undo without a reason"
    mine.locator("input[name=reason]").fill("the wrong year")
    mine.locator("button").click()
    _said(amal, "set aside")
    assert "the wrong year" in amal.page.locator("#imports .undone").inner_text()
    amal.go(asked)
    assert "3 to 5" not in _told(amal)
    assert "Invented Recorder: A-1" in amal.desk.run("history", "Invented Recorder: A-1")
    amal.go("/add")
    amal.page.locator("#imports .undone button").click()
    _said(amal, "undo")
    amal.go(asked)
    assert amal.page.locator("tbody").inner_text() == before


def test_hostile_spreadsheets_harm_nothing(amal: Sitting, tmp_path: Path) -> None:
    """Scripts, formulas and direction marks in cells, one of two megabytes, a corner that fills the memory."""
    _upload(amal, tmp_path / "t.xlsx", xlsx(HOSTILE), "reports")
    amal.page.wait_for_selector("#check table")
    told = _told(amal)
    assert "These headings stand over several columns: Date" in told
    assert "longer than any report" in told
    assert amal.page.evaluate("window.hit") is None
    assert "\u202e" not in amal.page.content()
    assert len(amal.page.content()) < 300_000
    assert amal.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert amal.violations() == []
    amal.page.select_option("select[name=column_title]", "1")
    amal.page.get_by_role("button", name="Check again").click()
    _said(amal, "is chosen for two fields")
    for data, words in ((far_corner(), "no workbook that can be read"), (b"", "is empty"), (b"\x89PNG", "a picture")):
        _upload(amal, tmp_path / "t.csv", data, "reports")
        _said(amal, words)


def test_another_person_cannot_see_an_upload(browser: Any, amal: Sitting, tmp_path: Path) -> None:
    """What waits for its columns is its person's alone."""
    _upload(amal, tmp_path / "t.csv", CSV.encode(), "reports")
    amal.page.wait_for_selector("#check table")
    address = amal.page.url.split("#")[0].removeprefix(amal.desk.base)
    badr = Sitting(browser, amal.desk)
    badr.join(amal.invited("editor"), "Badr Salem")
    assert badr.go(address).status == 404


def test_an_incident_is_split_and_put_together_again(amal: Sitting) -> None:
    """What belongs elsewhere is parted as one entry, each side leads to the other, and one undo puts all back."""
    amal.go("/record?place=Saraqib&from=2030-05-01&to=2030-05-01&grade=")
    amal.page.locator("tbody a").first.click()
    amal.page.wait_for_selector("#split")
    old = amal.page.url.rsplit("/", 1)[1].split("#")[0]
    events = amal.page.locator("#split input[type=checkbox]").count()
    assert events >= 2
    amal.page.click("#split summary")
    amal.page.fill("#split input[name=reason]", "another market")
    amal.page.click("#split button")
    _said(amal, "Choose the reports that belong elsewhere")
    amal.page.click("#split summary")
    chosen = amal.page.locator("#split label", has_text="daily-1")
    former = str(chosen.locator("input").get_attribute("value"))
    chosen.locator("input").check()
    amal.page.fill("#split input[name=reason]", "another market")
    amal.page.click("#split button")
    _said(amal, "split off")
    assert f"split: {events - 1} pairs kept apart" in amal.page.locator(".judgements").inner_text()
    assert amal.page.locator("#together a[href^='/incident/']").count() >= 1
    assert amal.violations() == []
    amal.go(f"/incident/{former}")
    assert "17" in amal.page.locator(".tolls").inner_text()
    amal.go(f"/incident/{old}")
    assert "14" in amal.page.locator(".tolls").inner_text()
    amal.page.locator("form.undo[data-mine] button").first.click()
    _said(amal, "undo")
    assert amal.page.locator("#split input[type=checkbox]").count() == events
    amal.go(f"/incident/{former}")
    assert amal.page.locator("#split input[type=checkbox]").count() == events
    judged = amal.desk.run("judge", "list")
    assert f"{events - 1} judgements from split of {old}" in judged


def test_what_was_nearly_put_together_can_be(amal: Sitting) -> None:
    """A pair below the bar is shown with both incidents; who says that it is one joins them, and undoing parts them."""
    amal.go("/merges/nearly")
    rows = amal.page.locator("ol.rows li").count()
    assert rows
    shown = [float(told) for told in re.findall(r"probability (\d\.\d+)", _told(amal))]
    assert shown == sorted(shown, reverse=True)
    first = amal.page.locator("ol.rows li").first
    names = {str(link.get_attribute("href")) for link in first.locator("a").all()}
    assert len(names) == 2
    first.locator("form:has(input[value=same_incident]) button").click()
    _said(amal, "same incident")
    amal.go(names.pop())
    assert amal.page.locator("#split input[type=checkbox]").count() >= 2
    amal.page.locator("form.undo[data-mine] button").first.click()
    _said(amal, "undo")
    amal.go("/merges/nearly")
    assert amal.page.locator("ol.rows li").count() == rows


def test_the_timeline_leads_to_incidents(amal: Sitting) -> None:
    """Each incident with a day is on the line or counted beside it, and a table says the same to who cannot see it."""
    amal.go("/timeline")
    dots = amal.page.locator("svg.bars a[href^='/incident/']").count()
    amal.go("/record")
    rows = amal.page.locator("tbody tr").count()
    undated = amal.page.locator("tbody td:first-child", has_text="not told").count()
    assert dots <= rows - undated
    amal.go("/timeline?q=date:2030-05")
    assert amal.page.locator("table tbody tr").count() >= 1
    amal.page.locator("table tbody a").first.click()
    amal.page.wait_for_url(re.compile("/record"))
    assert amal.page.locator("tbody tr").count() >= 1
    assert amal.page.locator("[style]").count() == 0


def test_a_table_tells_how_the_tolls_rose(amal: Sitting) -> None:
    """By publication and origin, with the range so far: the drawing says it in lines, the table in numbers."""
    amal.go("/record?place=Saraqib&from=2030-05-01&to=2030-05-01")
    amal.page.locator("tbody a").first.click()
    amal.page.wait_for_selector("#timeline svg")
    told = [row.inner_text().split("\t") for row in amal.page.locator("#timeline tbody tr").all()]
    days = [row[0] for row in told if row[0] != "not told"]
    assert days == sorted(days)
    assert any("14 to 17" in row[-1] for row in told)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_figure_can_be_saved(amal: Sitting, language: str) -> None:
    """A figure goes into a report as PNG, as SVG, or as numbers; in Arabic its words are drawn too."""
    amal.go(f"/language/{language}")
    amal.go("/record?place=Saraqib&from=2030-05-01&to=2030-05-01")
    incident = str(amal.page.locator("tbody a").first.get_attribute("href"))
    for path in ("/figures.{}?by=means&kind=killed", "/timeline.{}", incident + "/timeline.{}"):
        for form, begins in (("png", _PNG), ("svg", b"<svg"), ("csv", b"")):
            answer = amal.context.request.get(amal.desk.base + path.format(form))
            assert answer.status == 200, path
            assert answer.body().startswith(begins)
            assert len(answer.body()) > (3000 if form == "png" else 20)
            assert "attachment" in answer.headers["content-disposition"]
    amal.go("/language/en")


def test_bars_by_means_lead_to_their_incidents(amal: Sitting) -> None:
    """A bar that leads nowhere cannot be defended."""
    amal.go("/figures?by=means&kind=killed")
    bar = amal.page.locator(".bars a").first
    told = str(bar.get_attribute("aria-label"))
    bar.click()
    amal.page.wait_for_url(re.compile("means"))
    number = re.search(r"\((\d+) incident", told)
    assert number is not None
    assert amal.page.locator("tbody tr").count() >= int(number[1])


def test_the_record_is_narrowed_to_one_doubt(amal: Sitting) -> None:
    """A reviewer asks for what contradicts itself, or for what has no point; every one of these has it, no other."""
    amal.go("/map")
    beside = amal.page.locator("aside li").count()
    amal.go("/record?doubt=no_point")
    assert amal.page.locator("tbody tr").count() == beside > 0
    assert amal.page.locator("select[name=doubt] option:checked").inner_text() == "no point on the map"
    amal.go("/record?doubt=quarrel&place=Saraqib")
    amal.page.locator("tbody a").first.click()
    amal.page.locator("h2", has_text="Contradictions").wait_for()


def test_the_map_draws_borders_within_countries(amal: Sitting) -> None:
    """A governorate's border and name tell where a point lies; nothing is asked of another host, nothing sent twice."""
    amal.go("/map")
    amal.page.wait_for_selector("#map[data-drawn]", timeout=60_000)
    assert any("/map/provinces/SYR.json" in url for url in amal.asked)
    names = amal.page.evaluate("fetch('/map/provinces/SYR.json').then(got => got.json())")["features"]
    assert {"Tartus", "Homs (Hims)"} <= {each["properties"].get("name") for each in names}
    assert names[0]["geometry"]["type"] == "MultiLineString"
    answer = amal.context.request.get(f"{amal.desk.base}/map/incidents.json")
    tag = {"If-None-Match": answer.headers["etag"]}
    assert amal.context.request.get(f"{amal.desk.base}/map/incidents.json", headers=tag).status == 304
    packed = amal.context.request.get(f"{amal.desk.base}/map/countries.json")
    assert packed.headers["content-encoding"] == "gzip"
    assert answer.headers["cache-control"] == "no-store"
    assert amal.context.request.get(f"{amal.desk.base}/map/provinces/XXX.json").status == 404
    assert {url.split("/")[2] for url in amal.asked if url.startswith("http")} == {amal.desk.base.split("/")[2]}


def test_errors_are_told_in_the_language_of_the_page(amal: Sitting, tmp_path: Path) -> None:
    """Who reads Arabic must not be left with an English sentence alone."""
    amal.go("/language/ar")
    amal.go("/record?q=nonsense:x")
    assert "لم يُفهم السؤال" in _told(amal)
    _upload(amal, tmp_path / "t.csv", CSV.encode(), "reports")
    amal.page.wait_for_selector("#check table")
    assert "أيهما أولاً، اليوم أم الشهر؟" in _told(amal)
    assert amal.violations() == []
    amal.go("/language/en")


def test_names_of_three_scripts_stand_side_by_side(amal: Sitting, tmp_path: Path) -> None:
    """A Hebrew or Cyrillic name must neither turn its neighbours around nor be turned by them."""
    rows = "id,outlet,title,text\n"
    rows += 'heb-1,סוכנות הדוגמה,ידיעה 12,"Two people were killed in Azaz on 3 June 2030, said דוד."\n'
    rows += 'cyr-1,Агентство Пример,Новость 7,"Five people were injured in Azaz on 3 June 2030, said Иван."\n'
    _upload(amal, tmp_path / "t.csv", rows.encode(), "reports")
    amal.page.wait_for_selector("#check table")
    # Each name stands in its own isolation, so that the number behind a Hebrew title stays behind it.
    told = [cell.inner_text() for cell in amal.page.locator("#check tbody td bdi").all()]
    assert {"ידיעה 12", "Новость 7", "סוכנות הדוגמה", "Агентство Пример"} <= set(told)
    _take(amal)
    amal.page.locator("#batch a", has_text="ידיעה 12").click()
    # Until the record is made of it the page says so, and shows no claim.
    amal.page.wait_for_selector("h1")
    for _ in range(60):
        if not amal.page.locator(".told[role=status]").count():
            break
        amal.page.wait_for_timeout(500)
        amal.page.reload()
    amal.page.wait_for_selector(".claim h2 b:text-is('2')")
    assert amal.page.locator(".text[dir=auto]").count() == 1
    assert amal.page.locator("bdi", has_text="סוכנות הדוגמה").count() >= 1


def test_nothing_was_wrong_in_the_browser(amal: Sitting) -> None:
    """No script was refused by the policy, and none broke."""
    amal.go("/queue")
    assert [told for told in amal.wrong if "Failed to load resource" not in told and "GL Driver" not in told] == []
