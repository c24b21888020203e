"""The coach by keyboard alone: its keys are heard in the reply and among what it says, and nowhere else."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.browser.test_supporter_at_work import DESKTOP, DRAFT, Visit, _ask_for_a_person
from tests.browser.test_who_sees_what import _be_steward, _invite, _join

pytestmark = pytest.mark.browser
REST_MS = 350  # as in coach.js
POST = "My sister left me three weeks ago. I feel so alone at night."


def test_suggestions_are_walked_taken_put_away_and_switched_off(visiting: Visit, empty: str) -> None:
    """With Alt and Escape, wherever the keyboard is in the reply or the coach; a note beside it is typed in peace."""
    with visiting(empty) as steward:
        _be_steward(steward)
        codes = [_invite(steward, "member"), _invite(steward, "supporter")]
    with visiting(empty) as member, visiting(empty, viewport=DESKTOP) as supporter:
        _join(member, codes[0], "Liv")
        member.wait_for_url("**/consent")
        _join(supporter, codes[1], "Emil")
        supporter.wait_for_url("**/queue")
        supporter.locator("form[action='/queue/duty'] button").click()
        talk = _ask_for_a_person(member, POST)
        supporter.locator(f"#claim-{talk}").press("Enter")
        supporter.wait_for_url(f"**/queue/{talk}")
        box, takes = supporter.locator("#text"), supporter.locator("[data-take]")
        press = supporter.keyboard.press
        expect(box).to_be_focused()
        supporter.keyboard.type(DRAFT)
        expect(takes).to_have_count(3, timeout=60_000)  # models are loaded with the first reading
        says = supporter.locator(".suggestion .says").all_inner_texts()

        press("Alt+ArrowUp")
        expect(box).to_be_focused()  # there is nothing before it
        for take, words in zip(takes.all(), says, strict=True):
            press("Alt+ArrowDown")
            expect(take).to_be_focused()
            expect(take).to_have_accessible_description(re.compile(re.escape(words)))
        press("Alt+ArrowUp")
        expect(takes.nth(1)).to_be_focused()
        press("Escape")
        expect(supporter.locator(".suggestion .says")).to_have_text([says[0], says[2]])
        expect(takes.nth(1)).to_be_focused()  # the next one
        press("Alt+1")
        expect(box).to_have_value(re.compile(re.escape(says[0])))
        expect(box).to_be_focused()
        press("Tab")  # on to Send
        press("Alt+0")
        expect(box).to_have_value(DRAFT)
        expect(takes.first).to_be_visible()
        for elsewhere in ("Control+Alt+1", "Alt+Shift+1", "Alt+8"):
            press(elsewhere)
        expect(box).to_have_value(DRAFT)

        press("Alt+ArrowDown")
        expect(takes.first).to_be_focused()
        press("Alt+9")
        expect(supporter.locator("#coach-on")).not_to_be_checked()
        expect(takes).to_have_count(0)
        expect(box).to_be_focused()  # what had the keyboard is gone
        expect(supporter.locator("#coach-said")).to_have_text("The coach is off.")
        press("Alt+9")
        expect(supporter.locator("#coach-on")).to_be_checked()
        expect(takes.first).to_be_visible()

        box.press("End")
        supporter.keyboard.type("!")
        press("Alt+9")  # before what was typed is asked about
        supporter.wait_for_timeout(2 * REST_MS)
        expect(supporter.locator("#coach-said")).to_have_text("The coach is off.")
        press("Backspace")
        press("Alt+9")
        expect(takes.first).to_be_visible()

        there = takes.count()
        supporter.locator(".openings summary").press("Enter")
        expect(supporter.locator(".opening").first).to_be_visible()
        press("Escape")  # folds what is folded out, and no more
        expect(supporter.locator(".opening").first).to_be_hidden()
        expect(supporter.locator(".openings summary")).to_be_focused()
        supporter.locator("#note").focus()
        supporter.keyboard.type("Slowly")
        for key in ("Alt+1", "Alt+9", "Alt+ArrowDown", "Escape"):
            press(key)
        expect(supporter.locator("#note")).to_be_focused()
        expect(supporter.locator("#note")).to_have_value("Slowly")
        expect(box).to_have_value(DRAFT)
        expect(takes).to_have_count(there)
        expect(supporter.locator("#keys")).to_contain_text("Alt and 9 turns the coach off or on")
