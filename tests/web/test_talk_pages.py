"""Talking, as pages: begun either way, written once however often it is pressed, handed to a person, and read again."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People
from tests.web.talking import SCRIPT, answer, begin, newest, post, said

from attunement.domain.conversation import Owner
from attunement.domain.ids import new_id
from attunement.programme.alerts.alert import find_open_alerts
from attunement.programme.conversations.asking import do_hold_for_human, do_open
from attunement.programme.conversations.closing import do_close_as_supporter
from attunement.programme.conversations.conversation import access_conversations
from attunement.programme.conversations.duty import do_describe_supporter, do_go_on_duty
from attunement.programme.conversations.handing import do_claim
from attunement.programme.conversations.writing import access_ticket, do_write_as_companion
from attunement.programme.house import House
from attunement.programme.members import do_change_profile, do_enrol
from attunement.web.access import Role


@pytest.fixture
def rosa(clients: Clients) -> TestClient:
    """Rosa's browser."""
    return clients[Role.MEMBER]


def test_the_start_offers_both_ways_and_says_openly_that_nobody_is_there(rosa: TestClient) -> None:
    """A program and a person, each with a button of its own; with nobody on duty, what else there is."""
    page = rosa.get("/talk").text
    assert 'value="companion"' in page
    assert 'value="person"' in page
    assert "It is a computer program, not a person." in page
    assert "Nobody is on duty right now." in page
    assert 'id="composer"' not in page


def test_with_somebody_on_duty_the_start_says_so(rosa: TestClient, web_house: House, people: People) -> None:
    """One is there; how long it takes is not known, since nobody asked lately."""
    do_go_on_duty(web_house, people.supporter.id, web_house.clock() + timedelta(hours=2))
    page = rosa.get("/talk").text
    assert "1 person is on duty. How long it takes is not known yet" in page
    assert "Nobody is on duty" not in page


def test_who_waits_reads_that_nobody_on_duty_has_room(rosa: TestClient, web_house: House, people: People) -> None:
    """One is there and in as many talks as are not too many; with room for another it says nothing of it."""
    do_open(web_house, people.rosa.member or "", human=True)
    do_go_on_duty(web_house, people.supporter.id, web_house.clock() + timedelta(hours=2))
    do_describe_supporter(web_house, people.supporter.id, capacity=1)
    words = "1 person is on duty. They are with somebody just now."
    assert words not in rosa.get("/talk").text
    do_claim(web_house, people.supporter.id, do_open(web_house, people.other.member or "", human=True).id)
    assert words in rosa.get("/talk").text


def test_news_tell_who_can_see_the_page_now(rosa: TestClient, web_house: House, people: People) -> None:
    """As the page itself does; another once people may take over."""
    at, words = begin(rosa, web_house, people), "only you, as long as you write with the companion."
    assert words in rosa.get("/talk").text
    assert words in rosa.get(f"{at}/news").text
    post(rosa, f"{at}/ask")
    for path in ("/talk", f"{at}/news"):
        assert words not in rosa.get(path).text
        assert "you, and the supporters of this programme" in rosa.get(path).text


def test_who_waits_reads_at_the_end_that_nobody_is_on_duty(rosa: TestClient, web_house: House, people: People) -> None:
    """Whatever the notices above say and however far they scrolled away, below them it stands as it is now."""
    do_open(web_house, people.rosa.member or "", human=True)
    words = "Nobody is on duty right now. What you write waits for the first person who comes."
    assert words in rosa.get("/talk").text
    do_go_on_duty(web_house, people.supporter.id, web_house.clock() + timedelta(hours=2))
    assert words not in rosa.get("/talk").text


def test_beginning_with_the_companion_says_what_it_is(rosa: TestClient, web_house: House, people: People) -> None:
    """The page names a computer program at its top, has a composer and a way to a person."""
    at = begin(rosa, web_house, people)
    page = rosa.get("/talk").text
    assert "Writing with the companion, a computer program." in page
    assert f'action="{at}/ask"' in page
    assert 'role="log"' in page
    assert "/help" in page


def test_words_for_a_person_are_the_first_line_and_nobody_answers(
    rosa: TestClient, web_house: House, people: People
) -> None:
    """Asked with words, it waits, the words stand in it, and the way back to the companion is there."""
    assert post(rosa, "/talk", **{"with": "person", "words": "It is about my exam.", "sent": new_id()}) == (
        303,
        "/talk",
    )
    assert (newest(web_house, people).owner, [line.text for line in said(web_house, people)]) == (
        Owner.WAITING, ["It is about my exam."],
    )  # fmt: skip
    page = rosa.get("/talk").text
    assert "Waiting for a person." in page
    assert "/stop-waiting" in page
    assert "The companion is writing" not in page


def test_words_that_are_too_long_are_shown_again_and_nothing_is_begun(
    rosa: TestClient, web_house: House, people: People
) -> None:
    """4,001 characters: the reason, the words, and no conversation."""
    status, page = post(rosa, "/talk", **{"with": "person", "words": "a" * 4_001})
    assert status == 422
    assert "a" * 4_001 in page
    with web_house.store.read() as connection:
        assert access_conversations(connection, people.rosa.member or "") == []


def test_send_pressed_twice_is_one_line(rosa: TestClient, web_house: House, people: People) -> None:
    """The form carries an id; the same form sent again writes nothing, and the next page carries another id."""
    at = begin(rosa, web_house, people)
    sent = re.findall(r'name="sent" value="([^"]+)"', rosa.get("/talk").text)
    for _ in range(2):
        assert post(rosa, f"{at}/lines", text="I had a fight.", sent=sent[0]) == (303, "/talk#last")
    assert [line.text for line in said(web_house, people)] == ["I had a fight."]
    page = rosa.get("/talk").text
    assert "The companion is writing" in page
    assert re.findall(r'name="sent" value="([^"]+)"', page) != sent


def test_another_line_under_the_same_id_keeps_what_was_typed(
    rosa: TestClient, web_house: House, people: People
) -> None:
    """Sent from a page that was gone back to: the reason, the words in the field, and a fresh id that works."""
    at = begin(rosa, web_house, people)
    sent = new_id()
    post(rosa, f"{at}/lines", text="One.", sent=sent)
    status, page = post(rosa, f"{at}/lines", text="Two <b>.", sent=sent)
    assert (status, "Two <b>.</textarea>" in page) == (409, True)
    assert "Your earlier words did arrive; they stand above. Send only what is new." in page
    assert f'data-sent="{sent}"' in page
    fresh = re.findall(r'name="sent" value="([^"]+)"', page)[0]
    post(rosa, f"{at}/lines", text="Two <b>.", sent=fresh)
    assert [line.text for line in said(web_house, people)] == ["One.", "Two <b>."]
    assert "Two &lt;b&gt;." in rosa.get("/talk").text


@pytest.mark.parametrize(("text", "danger"), [("I want to kill myself tonight.", True), ("A fight again.", False)])
def test_a_line_too_many_stays_and_danger_in_it_brings_help(
    rosa: TestClient, web_house: House, people: People, monkeypatch: pytest.MonkeyPatch, text: str, danger: bool
) -> None:
    """Nothing is written; her words are in the field. Of danger in them people are told, and help stands there."""
    at = begin(rosa, web_house, people)
    monkeypatch.setattr("attunement.programme.conversations.hearing.LINES_A_MINUTE", 0)
    status, page = post(rosa, f"{at}/lines", text=text, sent=new_id())
    assert (status, f"{text}</textarea>" in page, said(web_house, people)) == (429, True, [])
    assert "Your words are still here. Send them again in a minute." in page
    assert ("First: are you safe right now?" in page) is danger
    with web_house.store.read() as connection:
        assert bool(find_open_alerts(connection)) is danger


def test_a_person_is_asked_for_though_the_words_have_to_wait(
    rosa: TestClient, web_house: House, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The conversation waits, and the words stand in its field, to be sent in a minute."""
    monkeypatch.setattr("attunement.programme.conversations.hearing.LINES_A_MINUTE", 0)
    status, page = post(rosa, "/talk", **{"with": "person", "words": "My sister left.", "sent": new_id()})
    assert (status, "My sister left.</textarea>" in page) == (429, True)
    assert (newest(web_house, people).owner, said(web_house, people)) == (Owner.WAITING, [])


@pytest.mark.parametrize("text", ["", "   ", "\x07"])
def test_an_empty_line_is_refused_in_words(rosa: TestClient, web_house: House, people: People, text: str) -> None:
    """Nothing is written, and the page says what is missing."""
    at = begin(rosa, web_house, people)
    status, page = post(rosa, f"{at}/lines", text=text, sent=new_id())
    assert (status, "A line needs at least one word." in page, said(web_house, people)) == (422, True, [])


def test_a_reply_says_why_and_can_be_rated(rosa: TestClient, web_house: House, people: People) -> None:
    """What it does, what led to it, who composed it, the practice it offers; and which button was pressed."""
    at = begin(rosa, web_house, people)
    post(rosa, f"{at}/lines", text="I failed.", sent=new_id())
    why = {"reason-1": "You prefer more listening.", "practice": "breathe-with-the-circle"}
    reply = answer(web_house, people, why=why)
    page = html.unescape(rosa.get("/talk").text)
    for told in (
        "It asks, so that you can say more.",
        why["reason-1"],
        "A program put it together",
        "/library/breathe",
    ):
        assert told in page
    assert "The companion is writing" not in page
    assert 'aria-pressed="true"' not in page
    assert post(rosa, f"{at}/lines/{reply.id}/helped", helped="no") == (303, f"/talk#{reply.id}")
    assert re.search(r'value="no" aria-pressed="true"', rosa.get("/talk").text)
    assert said(web_house, people)[-1].helped is False


def test_a_language_model_is_named(rosa: TestClient, web_house: House, people: People) -> None:
    """Who composed a reply is said where it was a model."""
    at = begin(rosa, web_house, people)
    post(rosa, f"{at}/lines", text="I failed.", sent=new_id())
    with web_house.store.read() as connection:
        ticket = access_ticket(connection, at.removeprefix("/talk/"))
    do_write_as_companion(web_house, ticket, "Oh no.", by="qwen-9")
    assert "A language model called qwen-9 wrote it." in rosa.get("/talk").text


def test_one_press_asks_for_a_person_and_one_goes_back(rosa: TestClient, web_house: House, people: People) -> None:
    """Companion, waiting, companion; the same as a piece of the page for a script."""
    at = begin(rosa, web_house, people)
    status, piece = post(rosa, f"{at}/ask", SCRIPT)
    assert (status, newest(web_house, people).owner) == (200, Owner.WAITING)
    assert "Waiting for a person." in piece
    assert "<html" not in piece
    assert post(rosa, f"{at}/stop-waiting") == (303, "/talk#last")
    assert newest(web_house, people).owner is Owner.COMPANION


def test_held_for_safety_there_is_no_way_back_to_the_companion(
    rosa: TestClient, web_house: House, people: People
) -> None:
    """The button is not there, and whoever presses it on an old page reads why."""
    at = begin(rosa, web_house, people)
    do_hold_for_human(web_house, at.removeprefix("/talk/"), "safety")
    assert "/stop-waiting" not in rosa.get("/talk").text
    status, page = post(rosa, f"{at}/stop-waiting")
    assert (status, "A person should look at this with you first." in page) == (409, True)
    assert newest(web_house, people).owner is Owner.WAITING


def test_danger_puts_help_on_the_page_at_once(rosa: TestClient, web_house: House, people: People) -> None:
    """The card of her country is in the very answer to the line, before anybody answers it; not before."""
    do_change_profile(web_house, people.rosa.member or "", country="IE")
    at = begin(rosa, web_house, people)
    assert "are you safe right now" not in rosa.get("/talk").text
    status, piece = post(rosa, f"{at}/lines", SCRIPT, text="I want to kill myself tonight.", sent=new_id())
    assert (status, "First: are you safe right now?" in piece) == (200, True)
    assert 'href="tel:' in piece


def test_a_supporter_is_named_and_what_is_asked_for_anew_is_only_the_new(
    rosa: TestClient, web_house: House, people: People
) -> None:
    """Sam at the top; news after a line has those that follow, and not the ones before."""
    at = begin(rosa, web_house, people)
    post(rosa, f"{at}/lines", text="A first thing.", sent=new_id())
    post(rosa, f"{at}/ask")
    do_go_on_duty(web_house, people.supporter.id, web_house.clock() + timedelta(hours=2))
    do_claim(web_house, people.supporter.id, at.removeprefix("/talk/"))
    assert "Writing with Sam, a person." in rosa.get("/talk").text
    news = rosa.get(f"{at}/news?after=3").text
    assert re.findall(r'data-line="(\d+)"', news) == ["4"]
    assert "A first thing." not in news
    assert 'name="sent"' not in news  # the id of what is being sent is not changed under it


def test_what_has_ended_can_be_read_and_another_begun(rosa: TestClient, web_house: House, people: People) -> None:
    """Its lines without a composer; a list of all, each with what it was about; a line for it is shown to be copied."""
    at = begin(rosa, web_house, people)
    post(rosa, f"{at}/lines", text="Hi!", sent=new_id())
    post(rosa, f"{at}/lines", text="A thing to keep.", sent=new_id())
    assert post(rosa, f"{at}/end") == (303, f"{at}#last")
    page = rosa.get(at).text
    assert "A thing to keep." in page
    assert 'id="composer"' not in page
    past = rosa.get("/talk/past").text
    assert f'href="{at}"' in past
    assert "<q>A thing to keep.</q>" in past  # not the greeting before it
    status, page = post(rosa, f"{at}/lines", text="Too late.", sent=new_id())
    assert (status, "Too late.</blockquote>" in page) == (409, True)
    begin(rosa, web_house, people)
    assert "A thing to keep." not in rosa.get("/talk").text


def test_an_ending_by_a_supporter_is_not_an_error(rosa: TestClient, web_house: House, people: People) -> None:
    """Whoever presses a button of a page that is out of date sees how it stands."""
    at = begin(rosa, web_house, people)
    talk = at.removeprefix("/talk/")
    post(rosa, f"{at}/ask")
    do_go_on_duty(web_house, people.supporter.id, web_house.clock() + timedelta(hours=2))
    do_claim(web_house, people.supporter.id, talk)
    do_close_as_supporter(web_house, people.supporter.id, talk)
    for press in ("ask", "stop-waiting", "end"):
        assert post(rosa, f"{at}/{press}") == (303, f"{at}#last")


def test_somebody_elses_conversation_is_as_unknown_as_none(
    rosa: TestClient, clients: Clients, web_house: House, people: People
) -> None:
    """Every address under it answers 404 to another member, as it does for one that never was."""
    theirs = do_open(web_house, people.other.member or "").id
    for talk in (theirs, new_id(), "nothing"):
        for end in ("", "/news"):
            assert rosa.get(f"/talk/{talk}{end}").status_code == 404
        for end in ("/lines", "/ask", "/stop-waiting", "/end", f"/lines/{new_id()}/helped"):
            assert post(rosa, f"/talk/{talk}{end}", text="Hello", sent=new_id())[0] == 404
    assert clients[Role.SUPPORTER].get(f"/talk/{theirs}").status_code == 403


def test_a_long_conversation_shows_its_newest_lines_and_a_way_to_the_earlier(
    rosa: TestClient, web_house: House, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With room for three, the fourth pushes the first out; the link leads to it."""
    monkeypatch.setattr("attunement.web.pages.talk.SHOWN", 3)
    at = begin(rosa, web_house, people)
    for text in ("One.", "Two.", "Three."):
        post(rosa, f"{at}/lines", text=text, sent=new_id())
    page = rosa.get("/talk").text
    assert re.findall(r'data-line="(\d+)"', page) == ["2", "3", "4"]
    assert 'href="?after=0"' in page
    assert re.findall(r'data-line="(\d+)"', rosa.get("/talk?after=0").text) == ["1", "2", "3", "4"]


def test_who_waits_longer_than_others_is_told_so(rosa: TestClient, web_house: House, people: People) -> None:
    """Five waited two minutes; after three of hers no page says "up to two" any more, and the API says how long."""
    sam = people.supporter.id
    do_describe_supporter(web_house, sam, capacity=20)
    do_go_on_duty(web_house, sam, web_house.clock() + timedelta(hours=2))
    for _ in range(5):
        talk = do_open(web_house, do_enrol(web_house), human=True)
        web_house.clock.forward(minutes=2)  # type: ignore[attr-defined]
        do_claim(web_house, sam, talk.id)
    assert post(rosa, "/talk", **{"with": "person"}) == (303, "/talk")
    usual = "nine in ten up to 2"
    assert usual in rosa.get("/talk").text.split('id="talk-foot"')[1]
    web_house.clock.forward(minutes=3)  # type: ignore[attr-defined]
    foot = rosa.get("/talk").text.split('id="talk-foot"')[1]
    assert usual not in foot
    assert "You have waited longer than nearly everybody lately." in foot
    wait = rosa.get("/api/conversations/wait").json()
    assert (wait["so_far_min"], wait["most_min"], wait["ahead"]) == (3, 2, 0)


@pytest.mark.parametrize(("country", "named"), [("", False), ("DE", True)])
def test_where_no_emergency_number_is_known_an_emergency_call_is_named_all_the_same(
    rosa: TestClient, web_house: House, people: People, country: str, named: bool
) -> None:
    """In words beside the lines, and with a button where the country's number is known."""
    if country:
        do_change_profile(web_house, people.rosa.member or "", country=country)
    post(rosa, f"{begin(rosa, web_house, people)}/lines", text="I just swallowed all my pills.")
    card = rosa.get("/talk").text.split("First: are you safe right now?")[1].split("</section>")[0]
    assert ('href="tel:112"' in card) is named
    assert ("call the emergency number of the place where you are" in card) is not named
