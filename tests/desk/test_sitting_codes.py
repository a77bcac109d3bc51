"""The second factor and tokens as a person meets them, in a real browser, in both languages and at both widths."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyotp
import pytest
from desks import PASSWORD, Desk, Sitting, needs_chromium, open_desk

pytestmark = needs_chromium
# A folder to look at what is shown there.
SHOTS = os.environ.get("HARMLEDGER_SHOTS", "")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, built_home: Path) -> Iterator[Desk]:
    """Give a desk over an empty ledger."""
    with open_desk(tmp_path_factory.mktemp("desk"), built_home, filled=False) as running:
        yield running


def _right(sitting: Sitting, name: str, language: str) -> None:
    """Look at the page at both widths: nothing over the edge, nothing that axe finds."""
    for width in (1280, 400):
        sitting.page.set_viewport_size({"width": width, "height": 900})
        assert sitting.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        if SHOTS:
            sitting.page.screenshot(path=f"{SHOTS}/{name}-{language}-{width}.png", full_page=True)
    assert sitting.violations() == [], name


@pytest.mark.parametrize("language", ["en", "ar"])
def test_enrol_sign_in_and_turn_off(browser: Any, desk: Desk, language: str) -> None:
    """From the link to a second factor that is on, a sign-in by it, and back; by what stands on the pages alone."""
    sitting = Sitting(browser, desk)
    page = sitting.page
    if desk.link:
        sitting.join(desk.link, "Amal Haddad")
        desk.link = ""
        page.click("form[action='/sign-out'] button")
    sitting.go(f"/language/{language}")
    sitting.go("/sign-in")
    page.fill("input[name=name]", "Amal Haddad")
    page.fill("input[name=password]", PASSWORD)
    page.click("button.main")
    page.wait_for_selector("a[href='/me']")
    page.click("a[href='/me']")
    _right(sitting, "me", language)
    page.fill("form[action='/me/factor/begin'] input[name=password]", PASSWORD)
    page.click("form[action='/me/factor/begin'] button")
    page.wait_for_selector(".qr svg")
    _right(sitting, "qr", language)
    phone = pyotp.TOTP(page.locator("#main code.copy").first.inner_text())
    page.fill("form[action='/me/factor/confirm'] input[name=code]", phone.now())
    page.click("form[action='/me/factor/confirm'] button")
    page.wait_for_selector("form[action='/me/factor/off']")
    codes = page.locator("#main code.copy").first.inner_text().split()
    assert len(codes) == 10
    _right(sitting, "codes", language)
    sitting.go("/people")
    _right(sitting, "people", language)
    page.click("form[action='/sign-out'] button")
    page.wait_for_selector("input[name=password]")
    page.fill("input[name=name]", "Amal Haddad")
    page.fill("input[name=password]", PASSWORD)
    page.click("button.main")
    # The field has the keyboard at once; a function to wait for would need an eval, which the pages' policy forbids.
    page.wait_for_selector("input[name=code]:focus")
    page.keyboard.type(codes[0])
    _right(sitting, "code", language)
    page.locator("input[name=code]").press("Enter")
    page.wait_for_selector("a[href='/me']")
    sitting.go("/me")
    page.fill("form[action='/me/factor/off'] input[name=code]", codes[1])
    page.click("form[action='/me/factor/off'] button")
    page.wait_for_selector("form[action='/me/factor/begin']")
    page.fill("form[action='/me/tokens'] input[name=name]", f"bulletin {language}")
    page.click("form[action='/me/tokens'] button.main")
    assert page.locator("code.copy").inner_text().startswith("hl_")
    _right(sitting, "token", language)
    assert [told for told in sitting.wrong if "Failed to load resource" not in told] == []
    sitting.context.close()
