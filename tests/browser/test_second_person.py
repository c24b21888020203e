"""A second person in a talk, and the talk read again afterwards: a member and two supporters, in three browsers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.browser.test_every_page import AXE, CONTROLS, SMALL
from tests.browser.test_who_sees_what import _be_steward, _invite, _join

pytestmark = pytest.mark.browser
Visit = Callable[..., AbstractContextManager[Page]]
DESKTOP = {"width": 1280, "height": 900}
POST = "My sister stopped answering three weeks ago."
NOTE = "Ask what she'd say to her."


def _faults(page: Page) -> list[str]:
    page.wait_for_load_state()  # words can be there before the style sheet that gives everything its size
    found = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in Axe().run(page, options=AXE).response["violations"]]
    return [*found, *page.locator(CONTROLS).evaluate_all(SMALL)]


def _at_work(page: Page, code: str, name: str) -> None:
    _join(page, code, name)
    page.wait_for_url("**/queue")
    page.locator("form[action='/queue/duty'] button").click()
    expect(page.locator(".flash")).to_contain_text("You are on duty")


def test_a_colleague_looks_along_and_the_talk_is_read_again(visiting: Visit, empty: str) -> None:
    """Who comes and goes is told to everybody, a note arrives while a reply is typed; once over, it is read again."""
    with visiting(empty) as steward:
        _be_steward(steward)
        codes = [_invite(steward, "member"), _invite(steward, "supporter"), _invite(steward, "supporter")]
    with (
        visiting(empty) as member,
        visiting(empty, viewport=DESKTOP, bypass_csp=True) as owner,
        visiting(empty, bypass_csp=True) as second,
    ):
        _join(member, codes[0], "Mara")
        member.wait_for_url("**/consent")
        member.locator("input[value='supporters:text']").check()
        member.locator("button[value=ticked]").click()
        member.wait_for_url("**/today?said=consent")
        _at_work(owner, codes[1], "Jonas")
        _at_work(second, codes[2], "Runa")

        member.goto("/talk")
        member.fill("#words", POST)
        member.get_by_role("button", name="Ask for a person").click()
        owner.locator(".waiting-talk", has_text="Mara").get_by_role("button").click()
        owner.wait_for_url("**/queue/*")
        talk = owner.locator("[data-talk]").get_attribute("data-talk")
        owner.get_by_role("button", name="Ask for a second person").click()
        expect(owner.locator("#alert")).to_contain_text("You asked for a second person; colleagues see that.")
        second.locator(f"#along-{talk}").click()  # by itself, on the queue that was open
        second.wait_for_url(f"**/queue/{talk}")
        expect(second.locator("#lines")).to_contain_text(POST)
        expect(second.locator("#text")).to_have_count(0)
        expect(member.locator("#talk-stands")).to_contain_text("Runa, another person here, reads along.")  # by itself
        expect(owner.locator("#alert")).to_contain_text("Runa looks along and can write you notes")

        owner.fill("#text", "Three weeks is long.")
        second.fill("#note", NOTE)
        second.get_by_role("button", name="Keep the note").click()
        expect(second.locator(".flash")).to_contain_text("The note is kept")
        expect(owner.locator("#alert")).to_contain_text(NOTE)  # by itself
        expect(owner.locator("#text")).to_have_value("Three weeks is long.")
        assert (_faults(owner), _faults(second)) == ([], [])
        owner.locator("#reply [type=submit]").click()
        expect(second.locator("#lines .supporter")).to_contain_text("Three weeks is long.")
        expect(member.locator(".line.supporter")).to_have_count(1)

        owner.locator("#alert").get_by_role("button", name="No second person needed").click()
        second.wait_for_url("**/queue?said=looked-along")
        expect(member.locator("#talk-lines")).to_contain_text("Runa does not read along any more.")
        expect(member.locator("#talk-stands")).not_to_contain_text("Runa")

        owner.get_by_text("End the talk").click()
        owner.get_by_role("button", name="End it now").click()
        owner.get_by_role("link", name="Talks you had").click()
        owner.get_by_role("link", name="Mara").click()
        expect(owner.locator("#lines")).to_contain_text(POST)
        owner.fill("#note", "I could have asked more.")
        owner.get_by_role("button", name="Keep the note").click()
        expect(owner.locator("#notes ~ ul")).to_contain_text("I could have asked more.")
        assert _faults(owner) == []
        member.goto("/privacy")
        member.locator("button[value=none]").click()
        expect(member.locator(".flash")).to_be_visible()
        owner.reload()
        expect(owner.locator(".flash")).to_contain_text("That talk cannot be read again")
        expect(owner.locator("main")).not_to_contain_text("Mara")
