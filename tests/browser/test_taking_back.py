"""A member takes back, in the middle of a talk, what supporters may see: the page that is open shows it no more."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect
from tests.browser.test_supporter_at_work import AWAY, BACK, DESKTOP, POST, Picture, Visit, _ask_for_a_person
from tests.browser.test_who_sees_what import _be_steward, _invite, _join

pytestmark = pytest.mark.browser


def test_what_is_taken_back_leaves_the_open_page_and_the_reply_stays(
    visiting: Visit, picture: Picture, empty: str
) -> None:
    """The chart and what helped go by themselves, after a lost connection too, which is said; what is typed stays."""
    with visiting(empty) as steward:
        _be_steward(steward)
        codes = [_invite(steward, "member"), _invite(steward, "supporter")]
    with visiting(empty, has_touch=True) as member, visiting(empty, viewport=DESKTOP) as supporter:
        _join(member, codes[0], "Noa")
        member.wait_for_url("**/consent")
        for cell in ("self_report", "interactions"):
            member.locator(f"input[value='supporters:{cell}']").check()
        member.locator("button[value=ticked]").click()
        member.wait_for_url("**/today?said=consent")
        member.locator(".pad").tap(position={"x": 60, "y": 60})
        member.locator("input[name=need][value=calm]").check()
        member.locator("main .main-action").click()
        member.wait_for_url("**/offer/*")
        _join(supporter, codes[1], "Levi")
        supporter.wait_for_url("**/queue")
        supporter.locator("form[action='/queue/duty'] button").click()
        talk = _ask_for_a_person(member, POST)
        supporter.locator(f"#claim-{talk}").click()
        supporter.wait_for_url(f"**/queue/{talk}")

        shown, box = supporter.locator("#insight"), supporter.locator("#text")
        expect(shown.locator("figure.chart img")).to_be_visible()
        for title in ("How they have been", "Before hard moments", "What helped before", "What they like in a reply"):
            expect(shown).to_contain_text(title)
        supporter.evaluate("window.same = true")
        box.fill("Three weeks is")
        box.press_sequentially(" long")
        supporter.fill("#note", "Go slowly.")
        box.focus()
        box.press("Home")
        picture(supporter, "while-it-is-shared")

        member.goto("/privacy")
        member.locator("button[value=none]").click()
        expect(member.locator(".flash")).to_be_visible()
        expect(shown).to_contain_text("They have just taken back what they let supporters see")  # by itself
        expect(shown).to_contain_text("They show supporters nothing beyond this talk.")
        expect(supporter.locator("#insight-said")).to_contain_text("It is not shown here any more.")
        expect(supporter.locator("figure.chart")).to_have_count(0)
        for title in ("How they have been", "Before hard moments", "What helped before", "What they like in a reply"):
            expect(supporter.locator("main")).not_to_contain_text(title)
        expect(shown).to_contain_text(POST)  # the talk itself they were told a person reads
        expect(box).to_have_value("Three weeks is long")
        expect(box).to_be_focused()
        assert box.evaluate("box => box.selectionStart") == 0
        expect(supporter.locator("#note")).to_have_value("Go slowly.")
        assert supporter.evaluate("window.same") is True  # the page was not loaded again
        picture(supporter, "once-it-is-taken-back")

        shown.locator(".summary a").first.focus()
        member.goto("/privacy")
        member.locator("input[value='supporters:self_report']").check()
        member.locator("button[value=ticked]").click()
        expect(shown.locator("figure.chart img")).to_be_visible()  # allowed again, it is there again
        expect(shown).not_to_contain_text(re.compile("taken back|What helped before"))
        expect(shown.locator(".summary a").first).to_be_focused()
        supporter.evaluate(AWAY)
        member.goto("/privacy")
        member.locator("button[value=none]").click()
        expect(supporter.locator("#lost")).to_contain_text("The connection is lost")
        supporter.evaluate(BACK)
        expect(supporter.locator("figure.chart")).to_have_count(0)  # as soon as it can be known
        expect(box).to_have_value("Three weeks is long")
