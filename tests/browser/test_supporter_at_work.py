"""A member asks for a person, a supporter takes over, writes with the coach and gives back: two browsers at once.

Of the whole way pictures are kept, step by step and on both sides, in ``test-results``.
"""

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
Picture = Callable[[Page, str], None]
Names = tuple[str, str]
DESKTOP, LAPTOP, TALL = ({"width": 1280, "height": 900}, {"width": 1280, "height": 800}, {"width": 390, "height": 844})
PHONE: dict[str, Any] = {"is_mobile": True, "has_touch": True, "device_scale_factor": 2}
POST = "My sister stopped answering three weeks ago and I check my phone all night."
AWAY = "() => { window.there = window.fetch; window.fetch = () => Promise.reject(new TypeError('away')); }"
BACK = "() => { window.fetch = window.there; }"
DRAFT = "You just need to move on. Maybe write her a letter."


def _ask_for_a_person(member: Page, words: str = "") -> str:
    """As a member does it, on the page where a conversation begins; its id."""
    member.goto("/talk")
    member.fill("#words", words)
    member.get_by_role("button", name="Ask for a person").click()
    expect(member.locator("#talk-stands")).to_contain_text("Waiting for a person")
    return (member.locator("#talk").get_attribute("data-at") or "").removeprefix("/talk/")


def _write(page: Page, words: str) -> None:
    page.fill("#text", words)
    page.locator("#composer button").click()
    expect(page.locator(".line.member .own-words").last).to_have_text(words)


def test_from_asking_to_giving_back(visiting: Visit, apart: tuple[Visit, Visit], picture: Picture, empty: str) -> None:
    """On a phone and a desktop: the queue fills by itself, lines cross, a suggestion is sent; it is given back."""
    with visiting(empty) as steward:
        _be_steward(steward)
        codes = [_invite(steward, "member"), _invite(steward, "supporter")]
    on_phone, on_desktop = apart
    with on_phone(empty, **PHONE) as member, on_desktop(empty, viewport=DESKTOP, bypass_csp=True) as supporter:
        _join(member, codes[0], "Lena")
        member.wait_for_url("**/consent")
        _join(supporter, codes[1], "Tomas")
        supporter.wait_for_url("**/queue")
        supporter.locator("form[action='/queue/duty'] button").click()
        expect(supporter.locator(".flash")).to_contain_text("You are on duty")
        picture(supporter, "supporter-on-duty")

        member.goto("/talk")
        member.fill("#words", POST)
        picture(member, "member-about-to-ask")
        talk = _ask_for_a_person(member, POST)
        expect(member.locator(".line.member .own-words")).to_have_text(POST)
        picture(member, "member-waits")
        card = supporter.locator(".waiting-talk", has_text="Lena")
        expect(card).to_be_visible()  # by itself, on the queue that was open
        supporter.locator(f"#look-{talk}").focus()
        supporter.keyboard.press("ArrowDown")
        expect(supporter.locator(f"#claim-{talk}")).to_be_focused()
        picture(supporter, "supporter-sees-who-waits")
        supporter.keyboard.press("Enter")
        supporter.wait_for_url(f"**/queue/{talk}")

        expect(supporter.locator("#lines")).to_contain_text(POST)
        picture(supporter, "supporter-has-taken-over")
        first_line = supporter.locator(".summary a").first
        first_line.click()
        expect(supporter.locator(first_line.get_attribute("href") or "")).to_be_in_viewport()
        expect(member.locator("#talk-stands")).to_contain_text("Writing with Tomas, a person.")  # by itself
        expect(member.locator("#talk-sees")).to_contain_text("supporters of this programme")
        picture(member, "member-is-with-a-person")
        _write(member, "Are you there?")
        expect(supporter.locator("#lines")).to_contain_text("Are you there?")

        box = supporter.locator("#text")
        box.fill(DRAFT)
        first = supporter.locator(".suggestion").first
        expect(first).to_be_visible(timeout=60_000)  # models are loaded with the first reading
        expect(supporter.locator(".caution").first).to_contain_text("May hurry to fix it")
        picture(supporter, "supporter-writes-with-the-coach")
        supporter.locator("#keys").evaluate("hint => hint.scrollIntoView({ block: 'end' })")
        picture(supporter, "supporter-reads-the-suggestions")
        faults = [
            f"{v['id']}: {v['nodes'][0]['html']}" for v in Axe().run(supporter, options=AXE).response["violations"]
        ]
        assert faults == []
        assert supporter.locator(CONTROLS).evaluate_all(SMALL) == []
        supporter.locator("[data-take]").first.focus()
        first.evaluate("suggestion => { suggestion.dataset.stale = ''; }")
        box.dispatch_event("input")  # read anew, with the keyboard among the suggestions
        expect(supporter.locator("[data-stale]")).to_have_count(0)
        expect(supporter.locator("[data-take]").first).to_be_focused()
        says = first.locator(".says").inner_text()
        box.press("Alt+1")
        expect(box).not_to_have_value(DRAFT)
        box.press("Alt+0")
        expect(box).to_have_value(DRAFT)
        expect(first.locator(".says")).to_have_text(says)  # read anew, it is offered again
        box.press("Alt+1")
        expect(box).to_have_value(re.compile(re.escape(says)))
        expect(supporter.locator("#coach")).not_to_have_class("htmx-request")
        picture(supporter, "supporter-took-a-suggestion")
        written = box.input_value()
        assert "sister" in written or "phone" in written  # it speaks of what this member wrote
        box.press("Control+Enter")
        expect(box).to_have_value("")
        expect(supporter.locator("#lines .supporter")).to_have_count(1)
        picture(supporter, "supporter-has-answered")
        expect(member.locator(".line.supporter .own-words")).to_have_text(written.strip())  # by itself
        expect(member.locator(".line.member .own-words")).to_have_text([POST, "Are you there?"])
        expect(member.locator(".line.companion")).to_have_count(0)
        picture(member, "member-reads-the-answer")

        supporter.get_by_role("button", name="Give back to the companion").click()
        supporter.wait_for_url("**/queue?said=given-back")
        picture(supporter, "supporter-gave-back")
        expect(member.locator("#talk-stands")).to_contain_text("the companion, a computer program")
        expect(member.locator("#talk-sees")).to_contain_text("only you")  # who sees the page is told anew as well
        picture(member, "member-is-with-the-companion")
        supporter.goto("/growth")
        expect(supporter.locator("#reliance ~ ul")).to_contain_text("sent as they were: 1")
        supporter.locator("#reliance").evaluate("title => title.scrollIntoView({ block: 'center' })")
        picture(supporter, "supporter-sees-what-became-of-suggestions")


@pytest.mark.parametrize(
    ("screen", "names"),
    [({"viewport": LAPTOP}, ("Hana", "Olaf")), ({"viewport": TALL, **PHONE}, ("Juno", "Ruth"))],
    ids=["laptop", "phone"],
)
def test_an_opened_talk_has_its_newest_lines_and_the_reply_in_sight(
    visiting: Visit, apart: tuple[Visit, Visit], picture: Picture, empty: str, screen: dict[str, Any], names: Names
) -> None:
    """Of a talk longer than the screen, with whose it is and the danger in it; lines that come push nothing away.

    On a laptop, with the first words of a draft, the coach is in sight under it.
    """
    with visiting(empty) as steward:
        _be_steward(steward)
        codes = [_invite(steward, "member"), _invite(steward, "supporter")]
    with apart[0](empty) as member, apart[1](empty, **screen) as supporter:
        _join(member, codes[0], names[0])
        member.wait_for_url("**/consent")
        _join(supporter, codes[1], names[1])
        supporter.wait_for_url("**/queue")
        supporter.locator("form[action='/queue/duty'] button").click()
        talk = _ask_for_a_person(member, POST)
        for words in ("I want to kill myself tonight.", "She is all I have.", POST, "Nobody else knows.", POST):
            _write(member, words)
        supporter.locator(f"#claim-{talk}").click()
        supporter.wait_for_url(f"**/queue/{talk}")
        newest = supporter.locator("#lines .member").last
        for words in (POST, "Are you there?"):
            expect(newest).to_contain_text(words)
            expect(newest).to_be_in_viewport(ratio=1)
            expect(supporter.locator("#reply [type=submit]")).to_be_in_viewport(ratio=1)
            expect(supporter.locator("h1 .danger")).to_be_in_viewport(ratio=1)
            picture(supporter, "supporter-opened-the-talk")
            if words == POST:
                _write(member, "Are you there?")
        if screen["viewport"] == LAPTOP:
            supporter.locator("#text").press_sequentially("Yes")
            expect(supporter.locator("#coach-idle")).to_be_in_viewport(ratio=1)
            expect(newest).to_be_in_viewport(ratio=1)
            picture(supporter, "supporter-begins-to-write")


def test_a_draft_is_kept_and_the_end_is_told(visiting: Visit, empty: str) -> None:
    """A draft outlasts a reload and a server that is away, and goes out once; the queue tells of the end."""
    with visiting(empty) as steward:
        _be_steward(steward)
        codes = [_invite(steward, "member"), _invite(steward, "supporter")]
    with visiting(empty) as member, visiting(empty) as supporter:
        _join(member, codes[0], "Mina")
        member.wait_for_url("**/consent")
        _join(supporter, codes[1], "Vera")
        supporter.wait_for_url("**/queue")
        supporter.locator("form[action='/queue/duty'] button").click()
        talk = _ask_for_a_person(member)
        supporter.locator(f"#claim-{talk}").click()
        supporter.wait_for_url(f"**/queue/{talk}")
        box = supporter.locator("#text")
        box.fill("I am with you.")
        supporter.reload()
        expect(box).to_have_value("I am with you.")
        supporter.evaluate(AWAY)
        box.press("Control+Enter")
        error = supporter.locator("#sent .error")
        expect(error).to_contain_text("It stays here")
        box.press("End")
        box.press_sequentially("!")
        expect(error).to_have_count(0)  # with the next key it is no news any more
        box.press("Backspace")
        box.press("Control+Enter")
        expect(error).to_contain_text("It stays here")
        expect(box).to_have_value("I am with you.")
        _write(member, "Hello?")
        expect(supporter.locator("#lost")).to_contain_text("The connection is lost")
        supporter.evaluate(BACK)
        expect(supporter.locator("#lines .member")).to_have_count(1)
        expect(supporter.locator("#lost span")).to_be_empty()
        expect(error).to_have_count(0)
        box.press("Control+Enter")
        expect(box).to_have_value("")
        expect(supporter.locator("#lines .supporter")).to_have_count(1)
        supporter.fill("#note", "Likes to write in the evening.")
        supporter.get_by_role("button", name="Keep the note").click()
        expect(supporter.locator("#notes-card li")).to_have_count(1)
        expect(supporter.locator("#note")).to_have_value("")  # or it would be kept a second time
        supporter.locator(".openings summary").click()
        supporter.locator(".opening").first.click()
        expect(box).to_have_value(re.compile("Vera"))
        box.press_sequentially(" It hurts.")
        box.press("Alt+0")
        expect(box).to_have_value(" It hurts.")  # what was typed since stays
        member.locator("form[action$='/end'] button").click()
        supporter.wait_for_url("**/queue?said=gone")
        expect(supporter.locator(".flash")).to_contain_text("not yours any more")


def test_whoever_is_signed_out_keeps_what_they_typed(visiting: Visit, empty: str) -> None:
    """In the middle of a line on both sides: told so, with a way to sign in, and the words still in the box."""
    with visiting(empty) as steward:
        _be_steward(steward)
        codes = [_invite(steward, "member"), _invite(steward, "supporter")]
    with visiting(empty) as member, visiting(empty) as supporter:
        _join(member, codes[0], "Iris")
        member.wait_for_url("**/consent")
        _join(supporter, codes[1], "Otto")
        supporter.wait_for_url("**/queue")
        supporter.locator("form[action='/queue/duty'] button").click()
        talk = _ask_for_a_person(member)
        supporter.locator(f"#claim-{talk}").click()
        supporter.wait_for_url(f"**/queue/{talk}")
        supporter.fill("#text", "I am still")
        supporter.context.clear_cookies()
        _write(member, "Hello?")  # which makes the supporter's page ask for news
        expect(supporter.locator("#lost")).to_contain_text("You are signed out")
        expect(supporter.locator("#lost a")).to_be_visible()
        expect(supporter.locator("#text")).to_have_value("I am still")
        member.context.clear_cookies()
        member.fill("#text", "Are you")
        member.locator("#composer button").click()
        expect(member.locator("#talk-error")).to_contain_text("You are signed out")
        expect(member.locator("#talk-error a")).to_be_visible()
        expect(member.locator("#text")).to_have_value("Are you")


def test_in_danger_the_plain_question_is_put_in_at_a_press(visiting: Visit, empty: str) -> None:
    """The coach names it and help; what was written stays before it, and it can be undone."""
    with visiting(empty) as steward:
        _be_steward(steward)
        codes = [_invite(steward, "member"), _invite(steward, "supporter")]
    with visiting(empty) as member, visiting(empty) as supporter:
        _join(member, codes[0], "Nele")
        member.wait_for_url("**/consent")
        _join(supporter, codes[1], "Piet")
        supporter.wait_for_url("**/queue")
        supporter.locator("form[action='/queue/duty'] button").click()
        talk = _ask_for_a_person(member, "I want to kill myself tonight.")
        supporter.locator(f"#claim-{talk}").click()
        supporter.wait_for_url(f"**/queue/{talk}")
        box = supporter.locator("#text")
        box.fill("I read every word.")
        coach = supporter.locator("#coach")
        expect(coach).to_contain_text("may point to danger", timeout=60_000)
        expect(coach.locator("a[href='/help']")).to_be_visible()
        coach.locator("[data-opening]").click()
        expect(box).to_have_value(re.compile(r"^I read every word\. .*ending your life\?$"))
        expect(coach.locator("[data-opening]")).to_have_count(0)  # it is asked now
        box.press("Alt+0")
        expect(box).to_have_value("I read every word.")
