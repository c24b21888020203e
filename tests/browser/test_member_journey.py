"""A newcomer's whole way, on a phone, in a real browser on the real server."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Visit = Callable[..., AbstractContextManager[Page]]
Enter = Callable[[Page, str], None]
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
WORDS = "He sounded tired, and I think he was worried on Tuesday. I felt hurt when he hung up at nine."
STEWARD, STEWARD_WORDS = "Ada", "seven quiet boats at noon"
NEWCOMER, NEWCOMER_WORDS = "Rosa", "a blue kettle on the stairs"


def _invite(page: Page) -> str:
    """Set the programme up, where it is not, and make an invitation."""
    page.goto("/")
    if page.get_by_text("Set it up").count():
        page.goto("/set-up")
    else:
        page.goto("/sign-in")
    page.fill("#name", STEWARD)
    page.fill("#passphrase", STEWARD_WORDS)
    page.locator("main .main-action").click()
    page.wait_for_url("**/steward")
    page.locator("form[action='/steward/invitations'] button").click()
    return page.locator("code.secret").inner_text()


def _join(page: Page, code: str, name: str) -> None:
    page.goto("/join")
    page.fill("#code", code)
    page.fill("#name", name)
    page.fill("#passphrase", NEWCOMER_WORDS)
    page.locator("main .main-action").click()
    page.wait_for_url("**/consent")


def _do_practice(page: Page) -> None:
    """Whatever the medium: write where asked, choose where there is a choice, tick, rate, finish."""
    page.wait_for_url("**/practice/*")
    if page.locator("#text").count():
        page.fill("#text", WORDS)
    for turn in page.locator("fieldset[id^=turn-]").all():
        turn.locator("input[type=radio]").last.check()
    if page.locator("input[name=ticked]").count():
        page.locator("input[name=ticked]").first.check()
    page.locator("main form details summary").first.click()
    page.locator("input[name=rating][value='4']").check()
    page.locator("button[name=finished]").click()
    page.wait_for_url("**/feedback/*")


def test_a_newcomer_goes_the_whole_way_and_leaves_nothing(
    visiting: Visit, enter: Enter, empty: str, tmp_path: Path
) -> None:
    """Join, consent, check in, be offered one with a reason, do it, hear feedback, look back, export, erase."""
    with visiting(empty) as steward:
        code = _invite(steward)
    with visiting(empty, has_touch=True) as page:
        _join(page, code, NEWCOMER)
        assert page.locator("input[name=cell]:checked").count() == 0
        for cell in ("self_report", "text", "interactions"):
            page.locator(f"input[value='personalise:{cell}']").check()
        page.locator("button[value=ticked]").click()
        page.wait_for_url("**/today?said=consent")

        page.locator(".pad").tap(position={"x": 60, "y": 60})
        expect(page.locator(".place")).to_contain_text("low")
        page.locator("input[name=need][value=calm]").check()
        page.fill("#text", "My uncle said something awful about refugees at dinner.")
        page.locator("main .main-action").click()
        page.wait_for_url("**/offer/*")
        reasons = re.compile("Because|This is a fair pick|Several small things|Others were")
        expect(page.locator("#offer")).to_contain_text(reasons)
        title = page.locator("#offer-title")
        first = title.text_content() or ""
        page.locator("form[action$='/different'] button").click()
        expect(title).not_to_have_text(first)
        second = title.text_content() or ""
        page.reload()
        expect(title).to_have_text(second)
        page.locator("#offer details summary").first.click()
        expect(page.locator("#offer details").first).to_contain_text("It was chosen with a chance of")
        page.locator("form[action$='/start'] button").click()
        _do_practice(page)
        expect(page.locator("main h2").first).to_be_visible()
        expect(page.locator(".closing")).not_to_be_empty()

        page.goto("/journey")
        image = page.locator("figure.chart img").first
        expect(image).to_be_visible()
        assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
        expect(page.locator("main")).to_contain_text("helped: 4 of 5")

        page.goto("/privacy")
        page.locator("button[value=none]").click()
        page.goto("/today")
        page.locator("main .main-action").click()
        page.wait_for_url("**/offer/*")
        expect(page.locator("#offer")).to_contain_text("This is a fair draw from everything in the library")

        page.goto("/privacy")
        with page.expect_download() as download:
            page.locator("form[action='/privacy/export'] button").click()
        download.value.save_as(tmp_path / "mine.json")
        kinds = {event["kind"] for event in json.loads((tmp_path / "mine.json").read_text("utf-8"))["events"]}
        assert {"checked-in", "decision-made", "outcome-recorded", "consent-changed"} <= kinds

        page.goto("/privacy/erase")
        expect(page.locator("table")).to_contain_text("check-ins")
        page.fill("#word", "no")
        page.locator("button.final").click()
        expect(page.locator("#word-error")).to_be_visible()
        page.fill("#word", "erase")
        page.locator("button.final").click()
        expect(page.locator("h1")).to_have_text("It is erased")
        page.goto("/sign-in")
        page.fill("#name", NEWCOMER)
        page.fill("#passphrase", NEWCOMER_WORDS)
        page.locator("main .main-action").click()
        expect(page.locator("#errors")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["keyboard", "without JavaScript"])
def test_the_loop_works_by_keyboard_and_without_scripts(
    visiting: Visit, enter: Enter, demo: str, scripts: bool
) -> None:
    """From check-in to feedback with keys alone, and again with no JavaScript at all."""
    with visiting(demo, java_script_enabled=scripts) as page:
        enter(page, "member")
        page.locator("#valence").focus()
        for key in ("ArrowLeft",) * 8:
            page.keyboard.press(key)
        if not scripts:
            page.locator(".affect-given").check()
        page.locator("input[name=need][value=heard]").focus()
        page.keyboard.press("Space")
        page.locator("main .main-action").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/offer/*")
        page.locator("form[action$='/start'] button").focus()
        page.keyboard.press("Enter")
        _do_practice(page)
        expect(page.locator(".closing")).not_to_be_empty()


def test_words_of_danger_bring_help_first_even_where_nothing_is_allowed(
    visiting: Visit, enter: Enter, empty: str
) -> None:
    """Help stands above the offer, and the reading of the text is not kept."""
    with visiting(empty) as steward:
        code = _invite(steward)
    with visiting(empty) as page:
        _join(page, code, "Ida")
        page.locator("button[value=none]").click()
        page.wait_for_url("**/today?said=consent-none")
        page.fill("#text", "I want to end my life")
        page.locator("main .main-action").click()
        page.wait_for_url("**/offer/*")
        expect(page.locator("main h1")).to_have_text(re.compile("are you safe right now"))
        expect(page.locator("#offer-title")).to_be_hidden()
        page.locator("summary", has_text="If you are safe").click()
        expect(page.locator("#offer-title")).to_be_visible()
        page.goto("/privacy")
        with page.expect_download() as download:
            page.locator("form[action='/privacy/export'] button").click()
        events = json.loads(download.value.path().read_text("utf-8"))["events"]
        told = next(event for event in events if event["kind"] == "checked-in")
        assert (told["reading"], told["near"]) == (None, {})


def test_what_was_typed_is_kept_where_it_cannot_be_taken(visiting: Visit, enter: Enter, demo: str) -> None:
    """A text over the limit comes back with the words in the field and the reason beside it."""
    with visiting(demo, java_script_enabled=False) as page:
        enter(page, "member")
        page.locator("#text").evaluate_all("fields => fields.forEach(field => field.removeAttribute('maxlength'))")
        page.fill("#text", "word " * 5000)
        page.locator("main .main-action").click()
        expect(page.locator("#errors")).to_be_visible()
        assert len(page.locator("#text").input_value()) > 20_000


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_reading_is_shown_with_its_words_and_put_right(
    visiting: Visit, enter: Enter, demo: str, scripts: bool
) -> None:
    """From the offer to what was read, another feeling chosen, and it stands there as the member said it."""
    with visiting(demo, java_script_enabled=scripts) as page:
        enter(page, "member")
        page.fill("#text", "I am so sad, I miss my sister.")
        page.locator("main .main-action").click()
        page.wait_for_url("**/offer/*")
        page.locator("#offer details summary").first.click()
        page.locator("a[href^='/check-ins/']").click()
        expect(page.locator("blockquote mark").first).to_be_visible()
        sadness = page.locator("input[name=emotion][value=sadness]")
        expect(sadness).to_be_checked()
        sadness.uncheck()
        page.locator("fieldset details summary").click()
        page.locator("input[name=emotion][value=gratitude]").check()
        page.locator("input[name=need][value=connect]").check()
        page.locator("main .main-action").click()
        expect(page.locator(".flash")).to_contain_text("counts as you said it")
        expect(sadness).not_to_be_checked()
        expect(page.locator("input[name=emotion][value=gratitude]")).to_be_checked()
        expect(page.locator("input[name=need][value=connect]")).to_be_checked()


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_staff_see_what_is_theirs_and_members_are_refused(
    visiting: Visit, enter: Enter, demo: str, viewport: dict[str, int]
) -> None:
    """A supporter sees who shares, a steward makes and takes back a key, and a member gets neither page."""
    with visiting(demo, viewport=viewport) as page:
        enter(page, "supporter")
        page.goto("/supporter")
        expect(page.locator("article.card").first).to_contain_text("Last check-in")
    with visiting(demo, viewport=viewport) as page:
        enter(page, "steward")
        page.fill("#key_name", "a program")
        page.locator("form[action='/steward/keys'] button").click()
        assert page.locator("code.secret").inner_text().startswith("att_")
        page.locator("form[action*='/steward/keys/'][action$='/revoke'] button").first.click()
        expect(page.locator(".flash")).to_contain_text("Taken back")
    with visiting(demo, viewport=viewport) as page:
        enter(page, "member")
        for path in ("/steward", "/supporter"):
            answer = page.goto(path)
            assert answer is not None
            assert answer.status == 403
