"""What only a browser can show: a practice read aloud, a rehearsal, and what happens when things go wrong."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser
Visit = Callable[..., AbstractContextManager[Page]]
Enter = Callable[[Page, str], None]
WORDS = "The bus was late and then nobody had kept my seat."
VOICE = """
window.said = [];
Object.defineProperty(window, "speechSynthesis", { value: {
  speak(utterance) { said.push(utterance.text); window.speaking = utterance; },
  cancel() {},
} });
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
"""


def _start(page: Page, practice: str) -> None:
    page.goto(f"/library/{practice}")
    page.locator("main .main-action").click()
    page.wait_for_url("**/practice/*")


def test_a_practice_is_read_aloud_with_its_silences(visiting: Visit, enter: Enter, demo: str) -> None:
    """The sentence being said lights up, a silence lasts as long as it says, and a pause keeps the place."""
    with visiting(demo) as page:
        enter(page, "member")
        page.add_init_script(VOICE)
        _start(page, "a-hand-where-it-helps")
        page.clock.install()
        player, now = page.locator(".player"), page.locator("#listen-text .now")
        expect(player).to_be_visible()
        player.locator("[data-do=toggle]").click()
        while "pause" not in (now.get_attribute("class") or ""):
            expect(now).to_have_text(page.evaluate("said.at(-1)"))
            page.evaluate("speaking.onend()")
        spoken = page.evaluate("said.length")
        assert spoken > 3
        expect(player.locator("[role=status]")).to_have_text("Quiet for 10 seconds.")
        page.clock.run_for(9_000)
        assert page.evaluate("said.length") == spoken
        page.clock.run_for(1_100)
        assert page.evaluate("said.length") == spoken + 1

        player.locator("[data-do=toggle]").click()
        expect(player.locator("[role=status]")).to_have_text("Paused.")
        place = now.inner_text()
        page.evaluate("speaking.onend()")
        assert page.evaluate("said.length") == spoken + 1
        player.locator("[data-do=toggle]").click()
        assert page.evaluate("said.at(-1)") == place

        while now.inner_text() != page.locator("#listen-text h2").last.inner_text():
            page.evaluate("speaking.onend()")
            page.clock.run_for(60_000)  # longer than any silence
        expect(now).to_be_in_viewport()
        expect(player.locator("[data-do=toggle]")).to_be_in_viewport(ratio=1)  # wherever the reading has got to


def test_without_a_voice_the_words_are_there_to_be_read(visiting: Visit, enter: Enter, demo: str) -> None:
    """No player that does nothing, and every sentence on the page."""
    with visiting(demo, java_script_enabled=False) as page:
        enter(page, "member")
        _start(page, "a-hand-where-it-helps")
        expect(page.locator(".player")).to_be_hidden()
        expect(page.locator("#listen-text")).to_contain_text("The hand is enough.")


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_choice_in_a_rehearsal_says_why(visiting: Visit, enter: Enter, demo: str, scripts: bool) -> None:
    """One reason at a time, that of the line chosen, and another when the choice changes."""
    with visiting(demo, java_script_enabled=scripts) as page:
        enter(page, "member")
        _start(page, "ask-before-you-guess")
        turn = page.locator("#turn-0")
        shown = turn.locator(".whys p").filter(visible=True)
        expect(shown).to_have_count(0)
        for place, why in enumerate(["Your guess arrives as a fact", "Kind and quick", "You say what you saw"]):
            turn.locator("input[type=radio]").nth(place).check()
            expect(shown).to_have_count(1)
            expect(shown).to_contain_text(why)


def test_times_say_whose_clock_they_go_by(visiting: Visit, enter: Enter, demo: str) -> None:
    """Where nobody told a time zone, times say UTC, and with JavaScript they are those of the browser's own clock."""
    with visiting(demo, java_script_enabled=False) as page:
        enter(page, "steward")
        expect(page.locator("#policies + ul time").first).to_contain_text(re.compile(r"\d:\d\d\s[AP]M UTC$"))
    with visiting(demo, timezone_id="Asia/Kathmandu") as page:  # three quarters of an hour off, on no one's own clock
        enter(page, "steward")
        time = page.locator("#policies + ul time").first
        there = datetime.fromisoformat(time.get_attribute("datetime") or "").astimezone(ZoneInfo("Asia/Kathmandu"))
        clock = f"{there.hour % 12 or 12}:{there:%M}"
        expect(time).to_have_text(re.compile(rf" {there.day}, {there.year}, {clock}\s[AP]M$"))


def test_finishing_from_a_stale_page_says_so_and_gives_the_words_back(visiting: Visit, enter: Enter, demo: str) -> None:
    """The second of two tabs is told that it was done already, and what was written there is still to be copied."""
    with visiting(demo) as page:
        enter(page, "member")
        page.goto("/library")
        _start(page, "ask-before-you-guess")
        other = page.context.new_page()
        other.goto(page.url)
        other.locator("button[name=finished]").click()
        other.wait_for_url("**/feedback/*")
        other.close()
        page.locator("form[action^='/practice/']").evaluate(
            "(form, words) => { const text = document.createElement('textarea');"
            " text.name = 'text'; text.value = words; form.append(text); }",
            WORDS,
        )
        page.locator("button[name=finished]").click()
        expect(page.locator("h1")).to_have_text("This was already done")
        expect(page.locator("textarea[readonly]")).to_have_value(WORDS)
        page.goto(other.url)
        expect(page.locator("main h2").first).to_be_visible()


def test_an_ended_session_leads_to_sign_in(visiting: Visit, enter: Enter, demo: str) -> None:
    """A page asked for without a session leads to signing in, not to an error."""
    with visiting(demo) as page:
        enter(page, "member")
        page.context.clear_cookies()
        page.goto("/today")
        expect(page).to_have_url(f"{demo}/sign-in")


def test_words_sent_after_the_session_ended_come_back(visiting: Visit, enter: Enter, demo: str) -> None:
    """Words sent without a session are given back on the page that says so."""
    with visiting(demo) as page:
        enter(page, "member")
        page.fill("#text", WORDS)
        page.context.clear_cookies()
        page.locator("main .main-action").click()
        expect(page.locator("h1")).to_have_text("Please sign in")
        expect(page.locator("textarea[readonly]")).to_have_value(WORDS)


def test_a_draft_survives_a_reload_and_goes_with_signing_out(visiting: Visit, enter: Enter, demo: str) -> None:
    """What is half typed is there again in this tab, and gone when the member signs out."""
    with visiting(demo) as page:
        enter(page, "member")
        page.fill("#text", WORDS)
        page.reload()
        expect(page.locator("#text")).to_have_value(WORDS)
        page.locator("form[action='/sign-out'] button").click()
        page.wait_for_url(f"{demo}/")
        assert page.evaluate("Object.keys(sessionStorage).filter(name => name.startsWith('draft:'))") == []


def _typed_before_scripts(page: Page, words: str) -> None:
    """Opens a page whose script that keeps drafts comes only once something is typed."""
    held: list[Route] = []
    page.route("**/drafts.js*", lambda route: held.append(route))
    with page.expect_request("**/drafts.js*"):
        page.goto("/today", wait_until="commit")
    page.fill("#text", words)
    held[0].continue_()
    page.unroute("**/drafts.js*")


def test_what_is_typed_before_the_scripts_came_is_kept_too(visiting: Visit, enter: Enter, demo: str) -> None:
    """On a slow line one types first; when the scripts arrive, what stands in the field is a draft like any other."""
    with visiting(demo) as page:
        enter(page, "member")
        _typed_before_scripts(page, WORDS)
        page.wait_for_load_state()
        page.goto("/library")
        _typed_before_scripts(page, "And this.")
        expect(page.locator("#text")).to_have_value(f"{WORDS}\nAnd this.")
        page.goto("/today")
        expect(page.locator("#text")).to_have_value(f"{WORDS}\nAnd this.")


def test_what_was_sent_before_the_scripts_came_is_no_draft(visiting: Visit, enter: Enter, demo: str) -> None:
    """Nobody heard it being sent: here the form is sent so that no script hears of it."""
    with visiting(demo) as page:
        enter(page, "member")
        _typed_before_scripts(page, WORDS)
        page.wait_for_load_state()
        page.evaluate("document.getElementById('text').form.submit()")
        page.wait_for_url(lambda url: "/today" not in url)
        page.goto("/today")
        expect(page.locator("#text")).to_have_value("")


def test_characters_no_one_can_see_are_dropped_and_the_words_are_kept(visiting: Visit, enter: Enter, demo: str) -> None:
    """A NUL in the text is no reason to refuse it."""
    with visiting(demo) as page:
        enter(page, "member")
        page.locator("#text").evaluate("(field, words) => { field.value = words; }", f"\0{WORDS}\0")
        page.locator("main .main-action").click()
        page.wait_for_url("**/offer/*")
        expect(page.locator("#offer-title")).to_be_visible()


def test_a_wrong_passphrase_keeps_the_name_and_never_says_which_was_wrong(visiting: Visit, empty: str) -> None:
    """After ten tries for one name the door says that it is shut, and for how long."""
    with visiting(empty) as page:
        for tried in range(11):
            page.goto("/sign-in")
            page.fill("#name", "Nobody At All")
            page.fill("#passphrase", f"wrong words {tried}")
            page.locator("main .main-action").click()
            expect(page.locator("#errors")).to_be_visible()
            expect(page.locator("#name")).to_have_value("Nobody At All")
            if not tried:
                expect(page.locator("#errors")).to_contain_text("do not belong together")
        expect(page.locator("#errors")).to_contain_text("minutes")
