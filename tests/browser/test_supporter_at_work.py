"""A member asks for a person, a supporter takes over, writes with the coach and gives back: two browsers at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.test_every_page import AXE, CONTROLS, SMALL
from tests.browser.test_who_sees_what import _be_steward, _invite, _join

pytestmark = pytest.mark.browser
Visit = Callable[..., AbstractContextManager[Page]]
DESKTOP = {"width": 1280, "height": 900}
POST = "My sister stopped answering three weeks ago and I check my phone all night."
DRAFT = "You just need to move on. Maybe write her a letter."


def _api(page: Page, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    """What the member's own page would send, from their browser."""
    return page.evaluate(
        """async ([method, path, body]) => (await fetch(path, {
            method, headers: {"Content-Type": "application/json"}, body: body && JSON.stringify(body),
        })).json()""",
        [method, path, body],
    )  # fmt: skip


def _lines(member: Page, talk: str) -> list[tuple[str, str]]:
    found = _api(member, "GET", f"/api/conversations/{talk}/lines")["lines"]
    return [(line["speaker"], line["text"]) for line in found if line["speaker"] != "notice"]


def test_from_asking_to_giving_back(visiting: Visit, empty: str) -> None:
    """The queue fills by itself, lines cross by themselves, a suggestion is taken and sent; it is given back."""
    with visiting(empty) as steward:
        _be_steward(steward)
        codes = [_invite(steward, "member"), _invite(steward, "supporter")]
    with visiting(empty) as member, visiting(empty, viewport=DESKTOP, bypass_csp=True) as supporter:
        _join(member, codes[0], "Lena")
        member.wait_for_url("**/consent")
        _join(supporter, codes[1], "Tomas")
        supporter.wait_for_url("**/queue")
        supporter.locator("form[action='/queue/duty'] button").click()
        expect(supporter.locator(".flash")).to_contain_text("You are on duty")

        talk = _api(member, "POST", "/api/conversations", {"human": True})["id"]
        _api(member, "POST", f"/api/conversations/{talk}/lines", {"text": POST})
        card = supporter.locator(".waiting-talk", has_text="Lena")
        expect(card).to_be_visible()  # by itself, on the queue that was open
        supporter.locator(f"#look-{talk}").focus()
        supporter.keyboard.press("ArrowDown")
        expect(supporter.locator(f"#claim-{talk}")).to_be_focused()
        supporter.keyboard.press("Enter")
        supporter.wait_for_url(f"**/queue/{talk}")

        expect(supporter.locator("#lines")).to_contain_text(POST)
        supporter.locator(".summary a").first.click()
        expect(supporter.locator("#line-2")).to_be_in_viewport()
        _api(member, "POST", f"/api/conversations/{talk}/lines", {"text": "Are you there?"})
        expect(supporter.locator("#lines")).to_contain_text("Are you there?")

        box = supporter.locator("#text")
        box.fill(DRAFT)
        first = supporter.locator(".suggestion").first
        expect(first).to_be_visible(timeout=60_000)  # models are loaded with the first reading
        expect(supporter.locator(".caution")).to_contain_text("May hurry to fix it")
        faults = [
            f"{v['id']}: {v['nodes'][0]['html']}" for v in Axe().run(supporter, options=AXE).response["violations"]
        ]
        assert faults == []
        assert supporter.locator(CONTROLS).evaluate_all(SMALL) == []
        box.press("Alt+1")
        expect(box).not_to_have_value(DRAFT)
        box.press("Alt+0")
        expect(box).to_have_value(DRAFT)
        expect(first).to_be_visible()
        box.press("Alt+1")
        expect(box).not_to_have_value(DRAFT)
        written = box.input_value()
        assert "sister" in written or "phone" in written  # it speaks of what this member wrote
        box.press("Control+Enter")
        expect(box).to_have_value("")
        expect(supporter.locator("#lines .supporter")).to_have_count(1)
        assert _lines(member, talk) == [("member", POST), ("member", "Are you there?"), ("supporter", written.strip())]

        supporter.get_by_role("button", name="Give back to the companion").click()
        supporter.wait_for_url("**/queue?said=given-back")
        assert _api(member, "GET", f"/api/conversations/{talk}")["owner"] == "companion"
        supporter.goto("/growth")
        expect(supporter.locator("#reliance ~ ul")).to_contain_text("sent as they were: 1")


def test_a_draft_is_kept_and_the_end_is_told(visiting: Visit, empty: str) -> None:
    """A draft survives a reload and goes out once; where the member ends the talk, the queue says so."""
    with visiting(empty) as steward:
        _be_steward(steward)
        codes = [_invite(steward, "member"), _invite(steward, "supporter")]
    with visiting(empty) as member, visiting(empty) as supporter:
        _join(member, codes[0], "Mina")
        member.wait_for_url("**/consent")
        _join(supporter, codes[1], "Vera")
        supporter.wait_for_url("**/queue")
        supporter.locator("form[action='/queue/duty'] button").click()
        talk = _api(member, "POST", "/api/conversations", {"human": True})["id"]
        supporter.locator(f"#claim-{talk}").click()
        supporter.wait_for_url(f"**/queue/{talk}")
        box = supporter.locator("#text")
        box.fill("I am with you.")
        supporter.reload()
        expect(box).to_have_value("I am with you.")
        box.press("Control+Enter")
        expect(supporter.locator("#lines .supporter")).to_have_count(1)
        supporter.locator(".openings summary").click()
        supporter.locator(".opening").first.click()
        expect(box).to_have_value(re.compile("Vera"))
        _api(member, "POST", f"/api/conversations/{talk}/close")
        supporter.wait_for_url("**/queue?said=gone")
        expect(supporter.locator(".flash")).to_contain_text("not yours any more")
