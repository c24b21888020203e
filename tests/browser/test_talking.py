"""Talking on a phone: pressed twice a line is one, an answer comes by itself, and a person can be asked for."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect
from tests.browser.test_every_page import AXE, CONTROLS, SMALL
from tests.browser.test_who_sees_what import _be_steward, _invite, _join

pytestmark = pytest.mark.browser
Visit = Callable[..., AbstractContextManager[Page]]
Enter = Callable[[Page, str], None]
PHONE = {"width": 390, "height": 844}
UNCOVERED = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return document.activeElement.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2));
}"""
LINE = "I had a fight with my sister and cannot stop thinking about it."


def _begin(page: Page) -> None:
    """A new conversation with the companion, whatever was open before."""
    page.goto("/talk")
    if page.locator("#composer").count():
        page.locator("form[action$='/end'] button").click()
        page.wait_for_url("**/talk/*")
        page.goto("/talk")
    page.locator("button[value=companion]").click()
    expect(page.locator("#composer")).to_be_visible()


def test_from_the_companion_to_waiting_for_a_person(visiting: Visit, enter: Enter, demo: str) -> None:
    """Send pressed twice writes once; the answer comes without reloading; once waiting, no machine writes any more.

    Whom one would like stays unfolded and chosen whatever comes meanwhile, and can be said while one waits.
    """
    with visiting(demo, viewport=PHONE, has_touch=True, bypass_csp=True) as page:
        enter(page, "member")
        _begin(page)
        stands = page.locator("#talk-stands [role=status]")
        expect(stands).to_contain_text("the companion, a computer program")
        page.locator(".wish summary").click()
        page.select_option("#wish-skill", "family")
        page.fill("#text", LINE)
        page.locator("#composer button").dblclick()
        expect(page.locator(".line.companion")).to_have_count(1)
        expect(page.locator(".line.member")).to_have_count(1)
        expect(page.locator(".line.member .own-words")).to_have_text(LINE)
        expect(page.locator("#text")).to_have_value("")
        expect(page.locator(".writing")).to_have_count(0)
        expect(page.locator("#wish-skill")).to_be_visible()
        expect(page.locator("#wish-skill")).to_have_value("family")

        page.locator(".line.companion summary").click()
        expect(page.locator(".line.companion details")).to_contain_text("A program put it together")
        page.locator(".line.companion button[value=yes]").click()
        expect(page.locator(".line.companion button[value=yes]")).to_have_attribute("aria-pressed", "true")
        assert Axe().run(page, options=AXE).response["violations"] == []
        assert page.locator(CONTROLS).evaluate_all(SMALL) == []
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

        page.locator("#talk-stands button").click()
        expect(stands).to_contain_text("Waiting for a person")
        expect(page.locator("#talk-stands")).to_be_focused()  # the button that was pressed is gone
        page.locator(".wish summary").click()
        page.select_option("#wish-skill", "work")
        page.locator(".wish button").click()
        expect(page.locator("#talk-foot")).to_contain_text("somebody good at work")
        expect(page.locator("#wish-skill")).not_to_be_visible()
        page.fill("#text", "Is somebody there?")
        page.keyboard.press("Control+Enter")
        expect(page.locator(".line.member")).to_have_count(2)
        page.wait_for_timeout(3_000)  # longer than the companion takes
        expect(page.locator(".line.companion")).to_have_count(1)
        expect(page.locator(".writing")).to_have_count(0)
        page.reload()
        expect(page.locator(".line.member")).to_have_count(2)
        expect(page.locator(".line.companion")).to_have_count(1)


def test_what_was_unfolded_before_the_script_came_stays(visiting: Visit, enter: Enter, demo: str) -> None:
    """On a slow line the page stands before what keeps it up to date does."""
    with visiting(demo, viewport=PHONE, has_touch=True) as page:
        enter(page, "member")
        _begin(page)
        held: list[Route] = []
        page.route("**/talk.js*", lambda route: held.append(route))
        page.reload(wait_until="commit")
        page.locator(".wish summary").click()
        page.select_option("#wish-skill", "family")
        with page.expect_response("**/news*"):  # asked for as soon as the stream is there
            held[0].continue_()
        page.fill("#text", LINE)
        page.locator("#composer button").click()
        expect(page.locator(".line.companion")).to_have_count(1)
        expect(page.locator("#wish-skill")).to_be_visible()
        expect(page.locator("#wish-skill")).to_have_value("family")


def test_who_waits_learns_that_somebody_came_on_duty(apart: tuple[Visit, Visit], empty: str) -> None:
    """Within a minute, without touching the page; with the companion, where nothing hangs on it, nothing is asked."""
    on_phone, on_desktop = apart
    with on_desktop(empty) as steward:
        _be_steward(steward)
        codes = [_invite(steward, "member"), _invite(steward, "supporter")]
    with on_phone(empty, viewport=PHONE) as member, on_desktop(empty) as supporter:
        member.clock.install()
        _join(member, codes[0], "Pia")
        member.wait_for_url("**/consent")
        _join(supporter, codes[1], "Arne")
        supporter.wait_for_url("**/queue")
        with member.expect_response("**/news*"):  # as soon as the stream is there
            _begin(member)
        asked: list[str] = []
        member.on("request", lambda request: asked.append(request.url) if "/news" in request.url else None)
        member.clock.fast_forward(61_000)
        member.wait_for_timeout(500)
        assert asked == []
        member.locator("#talk-stands button").click()
        expect(member.locator("#talk-stands")).to_contain_text("Waiting for a person")
        foot = member.locator("#talk-foot")
        there = foot.text_content() or ""
        assert "Arne" not in there
        supporter.locator("form[action='/queue/duty'] button").click()
        expect(supporter.locator(".flash")).to_contain_text("You are on duty")
        member.clock.fast_forward(61_000)
        expect(foot).not_to_have_text(there)
        expect(foot).to_contain_text("on duty")


def test_a_line_that_cannot_be_sent_is_kept(visiting: Visit, enter: Enter, demo: str) -> None:
    """Refused, the words come back into the field with the reason; they outlast a reload and are sent in the end."""
    with visiting(demo, viewport=PHONE) as page:
        enter(page, "member")
        _begin(page)
        for path in ("**/lines*", "**/news*"):
            page.route(path, lambda route: route.fulfill(status=429, body=""))
        page.fill("#text", LINE)
        page.locator("#composer button").click()
        expect(page.locator("#talk-error")).to_contain_text("The connection is lost")
        expect(page.locator("#text")).to_have_value(LINE)
        page.unroute("**/news*")  # the server answers again, and takes no line yet
        expect(page.locator("#talk-error")).to_contain_text("have not arrived yet")
        expect(page.locator("#text")).to_have_value(LINE)
        page.unroute("**/lines*")
        page.reload()
        expect(page.locator("#text")).to_have_value(LINE)
        page.locator("#composer button").click()
        expect(page.locator(".line.member")).to_have_count(1)
        expect(page.locator(".line.companion")).to_have_count(1)


def test_on_a_slow_line_it_says_that_it_is_being_sent_and_sent_again_it_is_one(
    visiting: Visit, enter: Enter, demo: str
) -> None:
    """The words stand in the talk at once, with what becomes of them; later they can go once more, under their id.

    Where the field and the button to send stand does not change until then.
    """
    with visiting(demo, viewport=PHONE) as page:
        page.clock.install()
        enter(page, "member")
        _begin(page)
        held: list[Route] = []
        page.route("**/lines*", lambda route: held.append(route))
        page.fill("#text", LINE)
        page.locator("#composer button").click()
        way = page.locator(".way")
        expect(way.locator(".own-words")).to_have_text(LINE)
        expect(page.locator("#text")).to_have_value("")
        place = page.locator("#composer").bounding_box()
        page.clock.fast_forward(1_000)
        expect(way.locator("[role=status]")).to_have_text("Being sent …")
        assert page.locator("#composer").bounding_box() == place
        expect(way.locator("button")).to_be_hidden()
        page.clock.fast_forward(10_000)
        expect(way.locator("[role=status]")).to_contain_text("the line is slow")
        way.locator("button").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#text")).to_be_focused()
        expect(way.locator("button")).to_be_hidden()
        assert len({request.request.post_data for request in held}) == 1
        held[0].fetch()  # the first did arrive, though its answer never comes
        held[1].continue_()
        expect(page.locator(".line.companion")).to_have_count(1)
        expect(page.locator(".line.member .own-words")).to_have_text([LINE])
        expect(way).to_be_hidden()


def test_words_on_their_way_while_the_page_is_left_are_no_draft_once_they_arrived(
    visiting: Visit, enter: Enter, demo: str
) -> None:
    """Loaded anew, the page has them among the lines and not in the field too; lost, they are in the field."""
    with visiting(demo, viewport=PHONE) as page:
        enter(page, "member")
        _begin(page)
        held: list[Route] = []
        page.route("**/lines*", lambda route: held.append(route))
        for arrives in (False, True):
            page.fill("#text", LINE)
            page.locator("#composer button").click()
            expect(page.locator(".way .own-words")).to_have_text(LINE)
            if arrives:
                held[-1].fetch()
                expect(page.locator(".line.member")).to_have_count(1)
            page.reload()
            expect(page.locator("#talk-look")).to_be_hidden()
            expect(page.locator("#text")).to_have_value("" if arrives else LINE)
        expect(page.locator(".line.member")).to_have_count(1)


def test_words_that_were_lost_can_be_sent_again_by_one_press(visiting: Visit, enter: Enter, demo: str) -> None:
    """A button where the loss is told; it stays once the connection is back, and is gone once they have arrived."""
    with visiting(demo, viewport=PHONE) as page:
        enter(page, "member")
        _begin(page)
        page.route("**/lines*", lambda route: route.fulfill(status=429, body=""))
        page.fill("#text", LINE)
        page.locator("#composer button").click()
        error = page.locator("#talk-error")
        expect(error).to_contain_text("Your words have not arrived yet.")  # five seconds later, when it looked again
        page.unroute("**/lines*")
        error.get_by_role("button", name="Send again").click()
        expect(page.locator(".line.member .own-words")).to_have_text([LINE])
        expect(error).to_be_empty()
        expect(page.locator("#text")).to_have_value("")


def test_a_remembered_line_is_read_whole_on_a_phone(visiting: Visit, enter: Enter, demo: str) -> None:
    """Two hundred characters wrap in their field; nothing of them is out of sight."""
    with visiting(demo, viewport=PHONE) as page:
        enter(page, "member")
        page.goto("/privacy")
        page.locator("button[value=all]").click()
        page.goto("/talk/memory")
        page.fill("#text", ("My sister lives in Porto with two dogs and a cat. " * 4).strip())
        page.locator("form[action='/talk/memory'] button").click()
        page.wait_for_url("**/talk/memory?said=remembered")  # and for the look of the page, which the measure hangs on
        kept = page.locator(".remembered textarea").first
        expect(kept).to_be_visible()
        assert kept.evaluate(
            "field => field.scrollWidth <= field.clientWidth && field.scrollHeight <= field.clientHeight"
        )


ANSWER_LOST = """() => {
  window.there = window.fetch.bind(window);
  window.fetch = async (...asked) => {
    const answer = await window.there(...asked);
    if (String(asked[0]).includes("/lines")) throw new TypeError("lost on the way");
    return answer;
  };
}"""


def test_a_line_that_arrived_though_its_answer_was_lost_leaves_the_field(
    visiting: Visit, enter: Enter, demo: str
) -> None:
    """As soon as it stands among the lines; what is typed next is a line of its own."""
    with visiting(demo, viewport=PHONE) as page:
        enter(page, "member")
        _begin(page)
        page.evaluate(ANSWER_LOST)
        page.fill("#text", LINE)
        page.locator("#composer button").click()
        expect(page.locator(".line.member")).to_have_count(1)
        expect(page.locator("#text")).to_have_value("")
        page.evaluate("window.fetch = window.there")
        page.fill("#text", "And I miss her.")
        page.locator("#composer button").click()
        expect(page.locator(".line.member .own-words")).to_have_text([LINE, "And I miss her."])


def test_without_javascript_every_step_is_a_page(visiting: Visit, enter: Enter, demo: str) -> None:
    """Begun, written, looked for, asked and ended with links and buttons alone."""
    with visiting(demo, viewport=PHONE, java_script_enabled=False) as page:
        enter(page, "member")
        _begin(page)
        page.fill("#text", LINE)
        page.locator("#composer button").click()
        expect(page.locator(".line.member")).to_have_count(1)
        for _ in range(20):
            if page.locator(".line.companion").count():
                break
            page.wait_for_timeout(500)
            page.get_by_text("Look for new lines").click()
        expect(page.locator(".line.companion")).to_have_count(1)
        page.locator("#talk-stands button").click()
        expect(page.locator("#talk-stands")).to_contain_text("Waiting for a person")
        page.locator("form[action$='/end'] button").click()
        expect(page.locator("#talk-stands")).to_contain_text("This conversation has ended")
        expect(page.locator("h1")).not_to_have_class("hidden-visually")  # it says of which day it is


@pytest.mark.parametrize("viewport", [PHONE, {"width": 844, "height": 390}], ids=["upright", "on its side"])
def test_what_has_the_focus_is_in_sight(visiting: Visit, enter: Enter, demo: str, viewport: dict[str, int]) -> None:
    """Tab goes down and up a talk longer than the screen, and nothing that sticks to an edge hides where it is."""
    with visiting(demo, viewport=viewport) as page:
        enter(page, "member")
        _begin(page)
        for answers in (1, 2, 3):
            page.fill("#text", LINE)
            page.locator("#composer button").click()
            expect(page.locator(".line.companion")).to_have_count(answers)
        controls = page.locator("#talk-lines :is(a, summary, button):visible")
        controls.first.focus()
        stops = controls.count() - 1
        assert stops >= 8
        for key in ["Tab"] * stops + ["Shift+Tab"] * stops:
            page.keyboard.press(key)
            assert page.evaluate(UNCOVERED), f"{key}: {page.evaluate('document.activeElement.outerHTML')}"


def test_danger_brings_help_into_sight(visiting: Visit, enter: Enter, demo: str) -> None:
    """The help card is in the window, under the line it answers, without a touch."""
    with visiting(demo, viewport=PHONE) as page:
        enter(page, "member")
        _begin(page)
        page.fill("#text", "I want to kill myself tonight.")
        page.locator("#composer button").click()
        expect(page.locator("#talk-care h2")).to_be_in_viewport()
        expect(page.locator(".line.companion")).to_have_count(1)
        page.locator("form[action$='/end'] button").click()


def test_help_folds_after_a_no_and_opens_by_keyboard(visiting: Visit, empty: str) -> None:
    """Who spoke of danger for the first time, was asked and denied it, has one line; Enter on it shows whom to call."""
    with visiting(empty) as steward:
        _be_steward(steward)
        code = _invite(steward, "member")
    with visiting(empty, viewport=PHONE) as page:
        _join(page, code, "Ines")
        page.wait_for_url("**/consent")
        _begin(page)
        for answers, text in enumerate(("I just want it all to stop.", "No, nothing like that."), start=1):
            page.fill("#text", text)
            page.locator("#composer button").click()
            expect(page.locator(".line.companion")).to_have_count(answers)
        expect(page.locator("#talk-care > .care")).to_have_count(0)
        lines = page.locator("#talk-care ul")
        expect(lines).to_be_hidden()
        page.locator("#talk-care summary").focus()
        page.keyboard.press("Enter")
        expect(lines).to_be_visible()
