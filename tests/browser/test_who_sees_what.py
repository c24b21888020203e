"""What one person decides changes what another sees at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Visit = Callable[..., AbstractContextManager[Page]]
Enter = Callable[[Page, str], None]
STEWARD, STEWARD_WORDS = "Ada", "seven quiet boats at noon"
WORDS = "The bus was late and then nobody had kept my seat."


def _be_steward(page: Page) -> None:
    """Set the programme up, where it is not, and end on the steward's page."""
    page.goto("/")
    page.goto("/set-up" if page.get_by_text("Set it up").count() else "/sign-in")
    page.fill("#name", STEWARD)
    page.fill("#passphrase", STEWARD_WORDS)
    page.locator("main .main-action").click()
    page.wait_for_url("**/steward")


def _invite(page: Page, role: str, note: str = "") -> str:
    page.select_option("#role", role)
    page.fill("#note", note)
    page.locator("form[action='/steward/invitations'] button").click()
    return page.locator("code.secret").inner_text()


def _join(page: Page, code: str, name: str) -> None:
    page.goto("/join")
    page.fill("#code", code)
    page.fill("#name", name)
    page.fill("#passphrase", "a blue kettle on the stairs")
    page.locator("main .main-action").click()


def test_a_supporter_sees_what_is_shared_and_nothing_once_it_is_withdrawn(visiting: Visit, empty: str) -> None:
    """The words stand on the supporter's page while they may, and the person is gone from it afterwards."""
    with visiting(empty) as steward:
        _be_steward(steward)
        codes = [_invite(steward, "member"), _invite(steward, "supporter")]
    with visiting(empty) as member, visiting(empty) as supporter:
        _join(member, codes[0], "Noor")
        member.wait_for_url("**/consent")
        for cell in ("self_report", "text"):
            member.locator(f"input[value='supporters:{cell}']").check()
        member.locator("button[value=ticked]").click()
        member.wait_for_url("**/today?said=consent")
        member.fill("#text", WORDS)
        member.locator("main .main-action").click()
        member.wait_for_url("**/offer/*")

        _join(supporter, codes[1], "Sam")
        supporter.wait_for_url("**/queue")
        supporter.goto("/supporter")
        card = supporter.locator("article.card", has_text="Noor")
        expect(card).to_contain_text(WORDS)

        member.goto("/privacy")
        member.locator("button[value=none]").click()
        supporter.reload()
        expect(card).to_have_count(0)
        expect(supporter.locator("main")).not_to_contain_text(WORDS)


def test_an_invitation_taken_back_opens_nothing(visiting: Visit, empty: str) -> None:
    """The code is refused in words, and what was typed beside it stays."""
    with visiting(empty) as steward:
        _be_steward(steward)
        code = _invite(steward, "member", "for the Tuesday group")
        row = steward.locator("tr", has_text="for the Tuesday group")
        row.locator("button").click()
        expect(steward.locator(".flash")).to_contain_text("Taken back")
        expect(row).to_have_count(0)
    with visiting(empty) as page:
        _join(page, code, "Jo")
        expect(page.locator("#code-error")).to_be_visible()
        expect(page.locator("#name")).to_have_value("Jo")


def test_help_is_that_of_ones_own_country(visiting: Visit, empty: str) -> None:
    """The country of the browser's language at first, then the member's own, and any other on asking."""
    with visiting(empty) as steward:
        _be_steward(steward)
        code = _invite(steward, "member")
    with visiting(empty, locale="en-IE") as page:
        page.goto("/help")
        expect(page.locator("h2").first).to_contain_text("Ireland")
        _join(page, code, "Aoife")
        page.wait_for_url("**/consent")
    with visiting(empty, locale="en-US") as page:
        page.goto("/sign-in")
        page.fill("#name", "Aoife")
        page.fill("#passphrase", "a blue kettle on the stairs")
        page.locator("main .main-action").click()
        page.wait_for_url("**/today")
        page.goto("/help")
        expect(page.locator("h2").first).to_contain_text("Ireland")
        page.select_option("#country", "NZ")
        page.locator("form[action='/help'] button").click()
        expect(page.locator("h2").first).to_contain_text("New Zealand")


def test_going_back_after_a_check_in_and_sending_again_gets_another_offer(
    visiting: Visit, enter: Enter, demo: str
) -> None:
    """The back button leads to a form that can be sent again, not to an error."""
    with visiting(demo) as page:
        enter(page, "member")
        page.locator("input[name=need][value=act]").check()
        page.locator("main .main-action").click()
        page.wait_for_url("**/offer/*")
        first = page.url
        page.go_back()
        expect(page.locator("h1")).to_have_text("How are you, just now?")
        page.locator("main .main-action").click()
        page.wait_for_url("**/offer/*")
        assert page.url != first
        expect(page.locator("#offer-title")).to_be_visible()
