"""Each path of the desk as a person goes it, in a real browser, on the real command."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from desks import Desk, Sitting, needs_chromium

pytestmark = needs_chromium
PAGES = (
    "/queue", "/merges", "/merges/nearly", "/record", "/totals", "/timeline", "/figures", "/figures?by=place", "/add",
    "/people", "/log", "/me", "/api/",
)  # fmt: skip


@pytest.fixture
def claim(amal: Sitting) -> str:
    """Open the claim that counts fourteen, and return its address."""
    amal.go("/queue?state=all&place=saraqib&kind=killed")
    amal.page.locator("a.figure", has_text=re.compile(r"^14")).click()
    amal.page.wait_for_selector(".claim h2")
    return str(amal.page.url)


def _state(sitting: Sitting) -> str:
    return str(sitting.page.locator(".claim h2 .state").inner_text())


def _said(sitting: Sitting, words: str) -> None:
    sitting.page.wait_for_selector(f".told:has-text('{words}')")


def test_the_link_works_once(browser: Any, desk: Desk, amal: Sitting) -> None:
    """A link in a terminal's history would let anybody in; a used one makes nobody."""
    other = Sitting(browser, desk)
    assert other.page.goto(desk.link).status == 404
    assert other.page.locator("input[name=password]").count() == 0
    assert other.go("/queue").url.endswith("/sign-in?back=%2Fqueue")


def test_every_number_is_marked_where_it_stands(amal: Sitting, claim: str) -> None:
    """A number that is not marked, or marked elsewhere, cannot be checked."""
    marks = [mark.inner_text().split("\n")[0] for mark in amal.page.locator(".text .mark").all()]
    assert [re.sub(r"(Killed|Injured).*", "", mark).strip() for mark in marks] == ["Fourteen", "six", "34", "210"]
    assert "Government aircraft struck the market of Saraqib" in amal.page.locator(".text").inner_text()
    assert amal.page.locator(".mark[aria-current]").inner_text().startswith("Fourteen")
    assert amal.page.locator(".fields .why").count() >= 6


def test_accept_and_undo_by_keys_alone(amal: Sitting, claim: str) -> None:
    """Accepting writes a judgement with the person; taking it back leaves both on record."""
    assert _state(amal) == "open"
    amal.page.keyboard.press("a")
    _said(amal, "accepted")
    assert _state(amal) == "accepted"
    amal.page.keyboard.press("u")
    _said(amal, "undo")
    assert _state(amal) == "open"
    told = amal.desk.run("judge", "list")
    assert "confirm_claim" in told.replace(" ", "_")
    assert "Amal Haddad" in told


def test_reject_needs_a_reason_and_changes_the_record(amal: Sitting, claim: str) -> None:
    """r leads to the reason; without one nothing is recorded; with one the claim leaves its incident's range."""
    amal.page.keyboard.press("r")
    amal.page.keyboard.press("Enter")
    assert _state(amal) == "open"
    amal.page.keyboard.type("a misprint, =HYPERLINK(1) <b>x</b>")
    amal.page.keyboard.press("Enter")
    _said(amal, "rejected")
    assert _state(amal) == "rejected"
    assert "<b>x</b>" in amal.page.locator(".judgements").inner_text()
    amal.page.keyboard.press("u")
    _said(amal, "undo")


def test_correct_a_field_by_keys(amal: Sitting, claim: str) -> None:
    """c opens the number; what is typed stands at once in the claim, the queue and the incident, with who and why."""
    amal.page.keyboard.press("c")
    amal.page.keyboard.type("15")
    amal.page.keyboard.press("Tab")
    amal.page.keyboard.type("the list names fifteen")
    amal.page.keyboard.press("Enter")
    _said(amal, "corrected")
    assert amal.page.locator(".claim h2 b").inner_text() == "15"
    assert "the list names fifteen" in amal.page.locator(".fields").inner_text()
    amal.page.keyboard.press("u")
    _said(amal, "undo")
    assert amal.page.locator(".claim h2 b").inner_text() == "14"


def test_a_wrong_correction_is_refused_in_words(amal: Sitting, claim: str) -> None:
    """A value that cannot be must be told, and nothing recorded."""
    before = amal.desk.run("judge", "list")
    amal.page.locator("details.fix").first.click()
    amal.page.locator("details.fix input[name=value]").first.fill("a crowd")
    amal.page.locator("details.fix input[name=reason]").first.fill("no reason")
    amal.page.locator("details.fix button").first.click()
    _said(amal, "is no count")
    assert amal.desk.run("judge", "list") == before


def test_j_and_k_walk_through_the_claims(amal: Sitting, claim: str) -> None:
    """Keys must reach every claim of a report, and q the next of the queue; typing in a field must not."""
    amal.page.keyboard.press("j")
    amal.page.wait_for_selector(".claim h2 b:text-is('6')")
    amal.page.keyboard.press("k")
    amal.page.wait_for_selector(".claim h2 b:text-is('14')")
    amal.page.keyboard.press("n")
    amal.page.keyboard.type("jkaru?")
    assert amal.page.locator("#note-text").input_value() == "jkaru?"
    assert _state(amal) == "open"
    amal.page.keyboard.press("Escape")
    amal.page.keyboard.press("?")
    assert amal.page.locator("#keys").is_visible()
    amal.page.keyboard.press("Escape")
    amal.page.keyboard.press("q")
    amal.page.wait_for_url(re.compile(r"/report/\d+\?claim="))


def test_two_reviewers_on_one_claim(browser: Any, amal: Sitting, claim: str) -> None:
    """The second must see that the first has judged meanwhile, and overrides nobody unseen."""
    link = amal.invited("reviewer")
    badr = Sitting(browser, amal.desk)
    badr.join(link, "Badr Salem")
    badr.page.goto(claim)
    amal.page.goto(claim)
    amal.page.keyboard.press("a")
    _said(amal, "accepted")
    badr.page.keyboard.press("r")
    badr.page.keyboard.type("not so")
    badr.page.keyboard.press("Enter")
    _said(badr, "Amal Haddad judged this while you looked at it")
    assert _state(badr) == "accepted"
    badr.page.locator("form.undo button").first.click()
    _said(badr, "undo")


def test_from_a_figure_of_the_record_to_its_sentence(amal: Sitting) -> None:
    """From any number to the sentence that says it: two clicks at most."""
    amal.go("/record?place=Saraqib&from=2030-05-01&to=2030-05-31")
    assert amal.page.locator("tbody tr").count() == 1
    amal.page.locator("tbody td.num a").first.click()
    amal.page.wait_for_selector("#sentences mark")
    assert "17" in [mark.inner_text() for mark in amal.page.locator("#sentences mark").all()]
    amal.page.locator("#sentences a").first.click()
    amal.page.wait_for_selector(".mark[aria-current]")


def test_the_record_sorts_and_filters(amal: Sitting) -> None:
    """The order and the filter must be those asked for; a question that is not understood says so."""
    amal.go("/record?sort=killed&down=true")
    told = [each.inner_text().split()[0] for each in amal.page.locator("tbody td:nth-child(3)").all()]
    figures = [int(each) for each in told if each != "–"]  # what tells none comes last
    assert figures == sorted(figures, reverse=True)
    assert figures[0] == 17
    amal.go("/record?q=kind:displaced")
    assert amal.page.locator("tbody tr").count() <= 1
    amal.go("/record?q=nonsense:x")
    assert "is not understood" in amal.page.locator("main").inner_text()


def test_an_incident_tells_everything(amal: Sitting) -> None:
    """Ranges, origins, what was left out, why it is one incident, and the names only on asking, logged."""
    amal.go("/record?place=Saraqib&from=2030-05-01&to=2030-05-31")
    amal.page.locator("tbody a").first.click()
    amal.page.wait_for_selector(".fall rect")
    told = amal.page.locator("main").inner_text()
    for words in ("2 independent origins", "overtaken by 17", "civil defence centre says 14", "Children killed"):
        assert words in told
    assert "Lina Darwish" not in told
    amal.page.get_by_text("Show the names").click()
    amal.page.wait_for_selector("text=Lina Darwish")
    amal.go("/log")
    assert "names of victims" in amal.page.locator("tbody").inner_text()


def test_grade_place_and_note_with_undo(amal: Sitting) -> None:
    """What is judged of an incident stands at once; the place is taken from a click on the map."""
    amal.go("/map")
    before = amal.page.locator("aside li").count()
    amal.go("/record?place=Tell%20Nowhere&kind=killed")
    amal.page.locator("tbody a").first.click()
    amal.page.wait_for_selector("#map[data-drawn]", timeout=30_000)
    amal.page.locator("#map canvas").click(position={"x": 200, "y": 100})
    assert re.fullmatch(r"-?\d+\.\d{5},-?\d+\.\d{5}", amal.page.locator("#picked").input_value())
    amal.page.fill("#picked", "35.7,36.7")
    amal.page.locator("form:has(#picked) input[name=reason]").fill("a map of the relief worker")
    amal.page.locator("form:has(#picked) button").click()
    _said(amal, "place set")
    amal.page.select_option("select[name=value]", "contested")
    amal.page.locator("form:has(select[name=value]) input[name=reason]").fill("one voice alone")
    amal.page.locator("form:has(select[name=value]) button").click()
    _said(amal, "grade set")
    assert amal.page.locator(".grade").first.inner_text() == "Contested"
    amal.go("/map")
    assert amal.page.locator("aside li").count() == before - 1
    amal.page.go_back()
    for _ in range(2):
        amal.page.locator("form.undo[data-mine] button").first.click()
        _said(amal, "undo")
        amal.page.reload()
    amal.go("/map")
    assert "Tell Nowhere" in amal.page.locator("aside").inner_text()


def test_the_map_draws_offline(amal: Sitting) -> None:
    """Every incident is on the map or beside it, and nothing is asked of any other host."""
    amal.go("/map")
    amal.page.wait_for_selector("#map[data-drawn]", timeout=30_000)
    assert {url.split("/")[2] for url in amal.asked if url.startswith("http")} == {amal.desk.base.split("/")[2]}
    points = amal.page.evaluate("fetch('/map/incidents.json').then(got => got.json())")["id"]
    areas = amal.page.evaluate("fetch('/map/areas.json').then(got => got.json())")["features"]
    beside = amal.page.locator("aside li").count()
    amal.go("/record")
    assert len(points) + beside == amal.page.locator("tbody tr").count()
    assert all(area["properties"]["words"] not in ("", "Village", "Town") for area in areas)


def test_a_bar_leads_to_its_incidents(amal: Sitting) -> None:
    """A figure that cannot be followed cannot be defended; its numbers can be saved."""
    amal.go("/figures?by=month&kind=killed")
    amal.page.locator(".bars a").first.click()
    amal.page.wait_for_selector("tbody")
    assert amal.page.locator("tbody tr").count() == 3
    answer = amal.context.request.get(f"{amal.desk.base}/figures.csv?by=month&kind=killed")
    assert answer.text().splitlines()[:2] == ["month,killed_lowest,killed_highest,incidents", "2030-05,28,28,3"]
    drawing = amal.context.request.get(f"{amal.desk.base}/figures.svg?by=actor&kind=killed").text()
    assert drawing.startswith("<svg")
    assert "210" not in drawing


def test_same_and_not_the_same(amal: Sitting) -> None:
    """Two reports put together by mistake are parted by one click, and joined again by undoing it."""
    amal.go("/merges")
    mine = amal.page.locator("li.row", has_text="daily-1")
    mine.locator("form:has(input[value=not_same_incident]) button").click()
    _said(amal, "not the same")
    amal.go("/record?place=Saraqib&from=2030-05-01&to=2030-05-31")
    assert amal.page.locator("tbody tr").count() == 2
    amal.page.locator("tbody a").first.click()
    amal.page.locator("form.undo[data-mine] button").first.click()
    _said(amal, "undo")
    amal.go("/record?place=Saraqib&from=2030-05-01&to=2030-05-31")
    assert amal.page.locator("tbody tr").count() == 1


def test_paste_and_drop(amal: Sitting, tmp_path: Path) -> None:
    """What is pasted or chosen is read and waits in the queue, taken in by the person; a broken file is told."""
    amal.go("/add")
    amal.page.fill("textarea", "Twenty-two people were killed in Maarrat Misrin on 2 August 2030, medics said.")
    amal.page.fill("form[action='/add/text'] input[name=name]", "pasted note")
    amal.page.locator("form[action='/add/text'] button").click()
    amal.page.get_by_text("Done", exact=True).wait_for(timeout=30_000)
    amal.page.locator("#batch a").first.click()
    amal.page.wait_for_selector(".claim h2 b:text-is('22')")
    good, bad = tmp_path / "page.txt", tmp_path / "broken.pdf"
    good.write_text("Five people were injured in Harem on 3 August 2030.")
    bad.write_bytes(b"%PDF-1.4 nothing of it")
    amal.go("/add")
    amal.page.set_input_files("input[type=file]", [good, bad])
    amal.page.locator("form[action='/add/files'] button").click()
    amal.page.get_by_text("Done", exact=True).wait_for(timeout=30_000)
    assert "1 taken in" in amal.page.locator("#batch").inner_text()
    assert "broken.pdf" in amal.page.locator("#batch .bad").inner_text()


def test_a_hostile_report_harms_nothing(amal: Sitting) -> None:
    """Markup, scripts, formulas, bidirectional marks, SVG and a line of two million characters stay text everywhere."""
    pages = ["/queue?state=all", "/record", "/totals", "/merges", "/log", "/map"]
    amal.go("/queue?state=all&place=sarmin")
    links = amal.page.locator("a.figure").all()
    pages += [str(link.get_attribute("href")) for link in links]
    amal.go("/record?place=Taftanaz")
    pages.append(str(amal.page.locator("tbody a").first.get_attribute("href")))
    amal.go("/record?place=Binnish&from=2030-05-01&to=2030-05-31")
    pages.append(str(amal.page.locator("tbody a").first.get_attribute("href")))
    for path in pages:
        answer = amal.go(path)
        assert answer.status == 200
        assert len(answer.body()) < 300_000, path
        assert amal.page.evaluate("window.hit") is None
        assert amal.page.locator("a[href^='javascript']").count() == 0
        assert amal.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert "\u202e" not in amal.page.content()
    assert "49" not in amal.page.locator("main").inner_text().split()


@pytest.mark.parametrize(("language", "width"), [("en", 1280), ("en", 400), ("ar", 1280), ("ar", 400)])
def test_pages_are_right_for_everybody(amal: Sitting, language: str, width: int) -> None:
    """axe finds nothing wrong, nothing runs over the edge, Arabic runs from right to left, no key is left untold."""
    page = amal.page
    page.set_viewport_size({"width": width, "height": 900})
    amal.go(f"/language/{language}")
    amal.go("/record")
    incident = str(page.locator("tbody a").first.get_attribute("href"))
    report = "/report/2"
    for path in (*PAGES, incident, report, "/map"):
        amal.go(path)
        assert page.locator("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        # What axe looks at is the same at the other two, and it takes its time.
        if (language, width) in (("en", 1280), ("ar", 400)):
            assert amal.violations() == [], path
        if path in ("/queue", report) and language == "ar":
            assert page.locator("time").count() == 0 or page.locator("time").first.get_attribute("dir") == "ltr"
    amal.go("/language/en")
    page.set_viewport_size({"width": 1280, "height": 900})


def test_nothing_was_wrong_in_the_browser(amal: Sitting) -> None:
    """No script was refused by the policy, and none broke; refusals that the tests provoke are the only ones."""
    amal.go("/queue")
    assert [told for told in amal.wrong if "Failed to load resource" not in told and "GL Driver" not in told] == []
