"""Every page, on a phone and a desktop, in light and dark, left to right and right to left."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Visit = Callable[..., AbstractContextManager[Page]]
Enter = Callable[[Page, str], None]
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
OPEN = ("/", "/sign-in", "/join", "/help", "/about", "/nothing-here")
PAGES = {
    "member": ("/today", "/library", "/library/breathe-with-the-circle", "/journey", "/journey/body", "/consent",
               "/privacy", "/privacy/erase", "/facts", "/passphrase", "/reaching", "/talk", "/talk/past",
               "/talk/settings", "/talk/memory"),
    "supporter": ("/queue", "/queue/past", "/supporter", "/growth", "/growth/the-loan", "/alerts", "/passphrase"),
    "steward": ("/steward", "/steward/objective", "/steward/people", "/steward/service", "/steward/comparison",
                "/steward/comparison?work_out=true", "/alerts", "/steward/alerts"),
}  # fmt: skip
MOVING = "document.getAnimations().filter(a => a instanceof CSSAnimation && a.playState === 'running').length"
CONTROLS = "button, summary, select, textarea, input:not([type=hidden]), .site-nav a, .help-link, a.target, a.button"
SMALL = """controls => controls.filter(c => c.checkVisibility()).map(c => c.closest("label.choice") ?? c).filter(c => {
  const box = c.getBoundingClientRect();
  return box.width > 1 && (box.width < 44 || box.height < 44);
}).map(c => c.outerHTML.slice(0, 120))"""
LARGE_FITS = """() => {
  document.documentElement.style.fontSize = "212.5%";  // twice what attunement.css says
  return document.documentElement.scrollWidth <= window.innerWidth;
}"""
OUTLINE = "getComputedStyle(document.activeElement.closest('.choice') ?? document.activeElement).outlineStyle"
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    "resultTypes": ["violations"],  # the rest, told of every element that is right, takes longest
}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
SCHEMES: dict[Literal["dark", "light"], dict[str, Any]] = {"dark": CONTRAST, "light": AXE}
"""What is looked for in each: in the dark nothing else can differ."""


def _check(page: Page, path: str, options: dict[str, Any]) -> None:
    found = Axe().run(page, options=options)
    faults = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found.response["violations"]]
    assert faults == [], path
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{path} is too wide"
    assert page.locator("h1").count() == 1, path


def _check_every_look(page: Page, path: str) -> None:
    lang = path + ("&" if "?" in path else "?") + "lang="
    for scheme, options in SCHEMES.items():
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{lang}en")
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            _check(page, path, options)
    assert page.locator("html").get_attribute("dir") == "ltr"
    page.set_viewport_size(PHONE)
    page.goto(f"{lang}ar-XB")
    _check(page, path, AXE)
    assert page.locator("html").get_attribute("dir") == "rtl"


@pytest.mark.timeout(400)
@pytest.mark.parametrize("role", ["", *PAGES])
def test_every_page_is_accessible_and_fits(visiting: Visit, enter: Enter, demo: str, role: str) -> None:
    """No violation of WCAG 2.2 AA that axe can see, nothing wider than the screen, the right direction.

    On a phone and a desktop, in light and in dark; on a phone from right to left as well.
    """
    with visiting(demo, bypass_csp=True, viewport=PHONE) as page:
        if role:
            enter(page, role)
        for path in PAGES.get(role, OPEN):
            _check_every_look(page, path)


def test_the_keyboard_reaches_every_control_and_shows_where_it_is(visiting: Visit, enter: Enter, demo: str) -> None:
    """Tab goes through Today from top to bottom, each stop is outlined, and the hidden ranges show themselves."""
    with visiting(demo) as page:
        enter(page, "member")
        reached = []
        for _ in range(40):
            page.keyboard.press("Tab")
            reached.append(page.evaluate("document.activeElement.id || document.activeElement.value || ''"))
            if page.evaluate("document.activeElement.matches('main .main-action')"):
                break
            if page.evaluate("document.activeElement.matches('main input, main textarea')"):
                drawn = page.evaluate(OUTLINE)
                assert drawn != "none" or reached[-1] in ("valence", "arousal"), reached[-1]
            if reached[-1] == "valence":
                assert page.locator("#arousal").bounding_box()["height"] >= 44  # type: ignore[index]
                assert page.locator(".pad svg").evaluate("pad => getComputedStyle(pad).outlineStyle") == "solid"
        assert page.evaluate("document.activeElement.matches('main .main-action')")
        assert [stop for stop in reached if stop in ("valence", "arousal", "heard", "text")] == [
            "valence", "arousal", "heard", "text",
        ]  # fmt: skip


def test_every_page_keeps_to_its_own_policy_and_suits_a_thumb(visiting: Visit, enter: Enter, demo: str) -> None:
    """No page asks another host for anything or breaks the Content-Security-Policy (axe itself would).

    On a phone each control, with the label around it, is 44 by 44 px or more (WCAG 2.5.5), and with letters twice as
    large a page is no wider than the screen (WCAG 1.4.4).
    """
    for role, paths in {"": OPEN, **PAGES}.items():
        with visiting(demo, viewport=PHONE, has_touch=True) as page:
            if role:
                enter(page, role)
            for path in paths:
                page.goto(path)
                expect(page.locator("h1")).to_be_visible()
                assert page.locator(CONTROLS).evaluate_all(SMALL) == [], path
                assert page.evaluate(LARGE_FITS), path


def test_offer_practice_and_feedback_are_accessible(visiting: Visit, enter: Enter, demo: str) -> None:
    """The pages of one loop pass the same checks; a picture can be paused and is still under reduced motion."""
    with visiting(demo, bypass_csp=True, reduced_motion="reduce") as page:
        enter(page, "member")
        page.fill("#text", "I am so sad, I miss my sister.")
        page.locator("main .main-action").click()
        page.wait_for_url("**/offer/*")
        _check(page, page.url, AXE)
        page.goto(page.locator("a[href^='/check-ins/']").get_attribute("href") or "")
        _check(page, page.url, AXE)
        page.goto("/library/breathe-with-the-circle")
        page.locator("main .main-action").click()
        page.wait_for_url("**/practice/*")
        _check(page, page.url, AXE)
        assert page.evaluate(MOVING) == 0
        page.locator("button[name=stopped]").click()
        page.wait_for_url("**/feedback/*")
        _check(page, page.url, AXE)
    with visiting(demo) as page:
        enter(page, "member")
        page.goto("/library/breathe-with-the-circle")
        page.locator("main .main-action").click()
        page.wait_for_url("**/practice/*")
        assert page.evaluate(MOVING) > 0
        page.locator(".pause-picture").check()
        expect(page.locator(".pause-picture")).to_be_checked()
        assert page.evaluate(MOVING) == 0
