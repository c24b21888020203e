"""The supporter's queue and one conversation, as pages: taken over once, written in once, handed on, and searched."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import PASSPHRASE, Clients, People

from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.conversation_events import Wanted
from attunement.domain.ids import new_id
from attunement.domain.reading import RiskLevel
from attunement.programme.accounts import do_join
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.answering import FAULT
from attunement.programme.conversations.asking import (
    do_ask_for_human,
    do_hold_for_human,
    do_open,
    do_stop_waiting,
)
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.conversation import Conversation, find_conversation
from attunement.programme.conversations.duty import (
    access_supporter,
    do_describe_supporter,
    do_go_on_duty,
    end_shift,
)
from attunement.programme.conversations.handing import SHIFT_OVER, STEPPED_IN, do_claim, do_transfer
from attunement.programme.conversations.insight import NAMED_SINCE
from attunement.programme.conversations.lines import access_lines
from attunement.programme.conversations.second import do_ask_second
from attunement.programme.conversations.talk_settings import do_choose_talk
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.house import House
from attunement.programme.invitations import do_make_invitation
from attunement.programme.members import access_name
from attunement.web.access import Role
from attunement.web.pages.support_view import shown_by

POST = "My brother died in March and I still set a place for him."


def _csrf(client: TestClient, page: str = "/queue") -> str:
    proof = re.search(r'name="csrf" value="([^"]+)"', client.get(page).text)
    assert proof is not None
    return proof[1]


def _post(client: TestClient, to: str, /, *, fragment: bool = False, **fields: str):  # type: ignore[no-untyped-def]
    headers = {"HX-Request": "true"} if fragment else {}
    return client.post(to, data={"csrf": _csrf(client), **fields}, headers=headers)


@pytest.fixture
def sam(clients: Clients, web_house: House, people: People) -> TestClient:
    """The supporter's browser, on duty for four hours."""
    do_go_on_duty(web_house, people.supporter.id, web_house.clock() + timedelta(hours=4))
    return clients[Role.SUPPORTER]


@pytest.fixture
def ida(web_house: House) -> str:
    """A colleague on duty."""
    account = do_join(web_house, do_make_invitation(web_house, "supporter"), "Ida", PASSPHRASE).id
    do_go_on_duty(web_house, account, web_house.clock() + timedelta(hours=4))
    return account


@pytest.fixture
def waiting(web_house: House, people: People) -> Conversation:
    """Rosa's talk, in which she asks for a person."""
    member = people.rosa.member or ""
    talk = do_open(web_house, member)
    do_write_as_member(web_house, member, talk.id, POST, risk=RiskLevel.INDIRECT)
    return do_ask_for_human(web_house, member, talk.id)


@pytest.fixture
def mine(sam: TestClient, waiting: Conversation) -> Conversation:
    """The same, taken over."""
    assert _post(sam, f"/queue/{waiting.id}/claim").headers["location"] == f"/queue/{waiting.id}"
    return waiting


def _drawn_for(shown: str) -> str:
    found = re.search(r'data-shows="([^"]*)"', shown)
    assert found is not None
    return found[1]


def _said(house: House, talk: Conversation) -> list[str]:
    with house.store.read() as connection:
        return [one.text for one in access_lines(house, connection, talk.member, talk.id) if one.notice is None]


def _owner(house: House, talk: Conversation) -> str:
    with house.store.read() as connection:
        return find_conversation(connection, talk.id).owner.value


def test_the_queue_tells_danger_and_fit_in_words(clients: Clients, web_house: House, waiting: Conversation) -> None:
    """Off duty nothing can be taken; on duty, the danger, the wait and the wish stand in words, and one press takes."""
    client = clients[Role.SUPPORTER]
    assert "To take one over, go on duty first." in client.get("/queue").text
    assert f"/queue/{waiting.id}/claim" not in client.get("/queue").text
    assert _post(client, "/queue/duty", hours="4").headers["location"] == "/queue?said=on-duty"
    shown = client.get("/queue/board").text
    for words in ("Rosa", "May point to danger", "Waits less than a minute.", "In English", "They asked for a person."):
        assert words in shown
    assert f"/queue/{waiting.id}/claim" in shown
    assert "<html" not in shown


def test_wishes_and_what_is_kept_are_told(sam: TestClient, web_house: House, people: People, ida: str) -> None:
    """A language and a skill with whether they are the supporter's; kept for them; left behind by a colleague."""
    do_describe_supporter(web_house, people.supporter.id, languages=["en"], skills=["grief"])
    do_open(web_house, people.rosa.member or "", human=True, language="pt", wanted=Wanted(skill="grief"))
    kept = do_open(web_house, people.other.member or "", human=True, wanted=Wanted(person=people.supporter.id))
    shown = sam.get("/queue/board").text
    for words in ("In Portuguese, which you did not name", "Wants: grief, which is you", "They wished for you"):
        assert words in shown
    assert shown.index("They wished for you") < shown.index("In Portuguese")
    do_claim(web_house, people.supporter.id, kept.id)
    do_ask_second(web_house, people.supporter.id, kept.id)
    assert "you asked for a second person" in sam.get("/queue/board").text


def test_what_a_silent_colleague_left_is_told_as_it_is(
    sam: TestClient, web_house: House, waiting: Conversation, ida: str
) -> None:
    """Ida is on duty and answers nothing: nothing is said of her shift."""
    do_claim(web_house, ida, waiting.id)
    do_write_as_member(web_house, waiting.member, waiting.id, "Are you there?")
    web_house.clock.forward(minutes=16)  # type: ignore[attr-defined]
    shown = sam.get("/queue/board").text
    assert "Was with Ida, who has written nothing for a quarter of an hour and seems not to be there." in shown
    assert "on duty" not in shown


def test_who_asked_without_words_is_found_by_name(sam: TestClient, web_house: House, people: People) -> None:
    """With a link to their talk, and that they have not written yet."""
    talk = do_open(web_house, people.rosa.member or "", human=True)
    with web_house.store.read() as connection:
        name = access_name(web_house, connection, talk.member)
    shown = sam.get(f"/queue?words={name}").text
    assert f'href="/queue/{talk.id}#line-1"' in shown
    assert "They have not written anything yet." in shown


def test_who_was_too_late_is_told_so_kindly(sam: TestClient, web_house: House, waiting: Conversation, ida: str) -> None:
    """Somebody was faster, or they do not wait any more; either way the queue is there with a sentence."""
    do_claim(web_house, ida, waiting.id)
    answer = _post(sam, f"/queue/{waiting.id}/claim")
    assert (answer.status_code, "A colleague was faster" in answer.text) == (409, True)
    answer = _post(sam, f"/queue/{new_id()}/claim")
    assert (answer.status_code, "They do not wait any more" in answer.text) == (404, True)


@pytest.mark.parametrize("end", [do_close, do_stop_waiting])
def test_a_talk_that_nobody_has_is_not_said_to_be_with_a_colleague(
    sam: TestClient, web_house: House, waiting: Conversation, end: Callable[[House, str, str], object]
) -> None:
    """Ended by its member, or back with the companion: they do not wait any more."""
    end(web_house, waiting.member, waiting.id)
    answer = _post(sam, f"/queue/{waiting.id}/claim")
    assert (answer.status_code, "They do not wait any more" in answer.text) == (409, True)
    assert "A colleague was faster" not in answer.text


def test_a_line_that_arrived_before_the_talk_ended_is_sent(
    sam: TestClient, web_house: House, mine: Conversation
) -> None:
    """Sent again under its id it is told as sent; another line, or one that never arrived, is not."""
    sent = new_id()
    _post(sam, f"/queue/{mine.id}/lines", fragment=True, text="I'm here.", sent=sent)
    do_close(web_house, mine.member, mine.id)
    assert _post(sam, f"/queue/{mine.id}/lines", fragment=True, text="I'm here.", sent=sent).status_code == 200
    for text, name in (("I'm here. Still.", sent), ("I'm here.", new_id())):
        assert _post(sam, f"/queue/{mine.id}/lines", fragment=True, text=text, sent=name).status_code == 404


def test_a_full_supporter_is_told_and_offered_nothing(
    sam: TestClient, web_house: House, people: People, waiting: Conversation
) -> None:
    """With one talk of one, the next cannot be pressed; sent all the same, it is refused in words."""
    _post(sam, "/queue/me", languages="en, pt", skills="Grief", team="Night", capacity="1")
    _post(sam, f"/queue/{waiting.id}/claim")
    other = do_open(web_house, people.other.member or "", human=True)
    shown = sam.get("/queue").text
    assert "as many talks as you said are not too many" in shown
    assert f"/queue/{other.id}/claim" not in shown
    answer = _post(sam, f"/queue/{other.id}/claim")
    assert (answer.status_code, "nobody else on duty has room" in answer.text) == (409, True)
    with web_house.store.read() as connection:
        me = access_supporter(web_house, connection, people.supporter.id)
    assert (me.languages, me.skills, me.team, me.capacity) == (("en", "pt"), ("grief",), "night", 1)
    assert "English, Portuguese" in sam.get("/queue").text


@pytest.mark.parametrize(("to", "fields"), [
    ("/queue/duty", {"hours": "13"}), ("/queue/duty", {"hours": "nan"}), ("/queue/duty", {"hours": "1e300"}),
    ("/queue/me", {"capacity": "0"}), ("/queue/me", {"capacity": "inf"}),
    ("/queue/me", {"capacity": "3", "skills": "deep_grief"}),
])  # fmt: skip
def test_what_makes_no_sense_is_refused_beside_its_field(sam: TestClient, to: str, fields: dict[str, str]) -> None:
    """The queue is there again, with the reason."""
    answer = _post(sam, to, **fields)
    assert answer.status_code == 422
    assert 'class="error"' in answer.text


def test_a_talk_shows_its_lines_and_where_the_summary_is_from(sam: TestClient, mine: Conversation) -> None:
    """The line, its danger in words, and a summary whose sentence leads to it."""
    shown = html.unescape(sam.get(f"/queue/{mine.id}").text)
    assert 'id="line-2"' in shown
    assert re.search(rf"What brought them: <q[^>]*>{POST}</q> <span class=\"from\"><a href=\"#line-2\"", shown)
    assert "May point to danger" in shown
    assert "They show supporters nothing beyond this talk." in shown
    assert "You are writing with Sam now, a person." in shown
    for text in ("Hi, I'm Sam.", "Before we stop"):
        assert text in shown


def test_what_an_older_yes_did_not_name_is_said_to_be_so(sam: TestClient, web_house: House, mine: Conversation) -> None:
    """Not that too little is known, nor that they told nothing: nobody can know that there."""
    before = replace(web_house, wording=web_house.wording.model_copy(update={"version": NAMED_SINCE - 1}))
    shares = [Cell(Purpose.SUPPORTERS, c) for c in (Category.SELF_REPORT, Category.INTERACTIONS)]
    do_change_consent(before, mine.member, grant=shares)
    shown = sam.get(f"/queue/{mine.id}").text
    beside = shown[shown.index("Before hard moments") :]
    assert beside.count("Not shown: when they agreed, this was not named yet.") == 3
    assert "Not enough to tell" not in shown
    assert "They have not told yet." not in beside


def test_what_is_shared_is_shown_and_gone_once_it_is_not(sam: TestClient, web_house: House, mine: Conversation) -> None:
    """The chart and its words under self-report; without it, neither."""
    cells = [Cell.parse("supporters:self_report"), Cell.parse("supporters:interactions")]
    do_change_consent(web_house, mine.member, grant=cells)
    shown = sam.get(f"/queue/{mine.id}").text
    for words in ("How they have been", "Not enough to tell", "What helped before"):
        assert words in shown
    do_choose_talk(web_house, mine.member, ideas=0.0, elsewhere=False)
    assert "Of the companion they want more listening." in sam.get(f"/queue/{mine.id}").text
    assert sam.get(f"/queue/{mine.id}/affect.svg").headers["content-type"] == "image/svg+xml"
    do_change_consent(web_house, mine.member, withdraw=cells)
    assert "How they have been" not in sam.get(f"/queue/{mine.id}").text


def test_a_page_that_is_open_is_told_what_was_taken_back(sam: TestClient, web_house: House, mine: Conversation) -> None:
    """The piece comes only where what a page was drawn for has changed; what is gone is named once, and not shown."""
    cells = [Cell.parse("supporters:self_report"), Cell.parse("supporters:interactions")]
    do_change_consent(web_house, mine.member, grant=cells)
    do_choose_talk(web_house, mine.member, ideas=0.0, elsewhere=False)
    had = _drawn_for(sam.get(f"/queue/{mine.id}").text)
    at = f"/queue/{mine.id}/insight"
    assert (sam.get(at, params={"had": had}).status_code, sam.get(at, params={"had": had}).text) == (204, "")
    do_change_consent(web_house, mine.member, withdraw=cells)
    piece = sam.get(at, params={"had": had}).text
    assert "just taken back what they let supporters see: how they said they are; what they did" in piece
    assert "They show supporters nothing beyond this talk." in piece
    for gone in ("How they have been", "affect.svg", "Before hard moments", "What helped before", "more listening"):
        assert gone not in piece
    assert POST in html.unescape(piece)
    assert "<html" not in piece
    assert sam.get(at, params={"had": _drawn_for(piece)}).status_code == 204
    assert "just taken back" not in sam.get(f"/queue/{mine.id}").text
    do_change_consent(web_house, mine.member, grant=cells[:1])
    piece = sam.get(at, params={"had": _drawn_for(piece)}).text
    assert ("How they have been" in piece, "taken back" in piece) == (True, False)
    assert 'data-said="They have just changed what they let supporters see."' in piece


def test_a_piece_that_is_put_in_place_leads_to_lines_that_are_on_the_page(sam: TestClient, mine: Conversation) -> None:
    """A line the page does not show is led to on a page that begins with it."""
    at = f"/queue/{mine.id}/insight"
    assert 'href="#line-2"' in sam.get(at, params={"after": 0, "last": 2}).text
    assert 'href="?after=1#line-2"' in sam.get(at, params={"after": 2, "last": 4}).text


def test_a_page_is_drawn_anew_where_newer_words_were_agreed_to() -> None:
    """What is shown rests on what is shared and on the words of it."""
    text = frozenset({Category.TEXT})
    assert (shown_by(text, frozenset()), shown_by(text, text)) == ("text", "text all-text")


def test_a_line_sent_twice_is_written_once(sam: TestClient, web_house: House, mine: Conversation) -> None:
    """Under the same id the second sending changes nothing; the answer carries a fresh id for the next line."""
    sent = new_id()
    for _ in range(2):
        answer = _post(sam, f"/queue/{mine.id}/lines", fragment=True, text="I'm here.", sent=sent)
        assert answer.status_code == 200
        assert sent not in answer.text
    assert _said(web_house, mine) == [POST, "I'm here."]
    fresh = sam.get(f"/queue/{mine.id}/lines?after=4").text
    assert fresh.count("<li") == 1
    assert "I&#39;m here." in fresh
    for nowhere in ("-1", "9" * 30, "x"):
        assert sam.get(f"/queue/{mine.id}/lines?after={nowhere}").status_code == 422


def test_a_line_that_cannot_be_sent_stays(sam: TestClient, web_house: House, mine: Conversation) -> None:
    """As a form the page comes again with the words in the box; as a piece the same id stays with the reason."""
    answer = _post(sam, f"/queue/{mine.id}/lines", text="x" * 4001, sent=new_id())
    assert (answer.status_code, "x" * 4001 in answer.text) == (422, True)
    sent = new_id()
    answer = _post(sam, f"/queue/{mine.id}/lines", fragment=True, text=" ", sent=sent)
    assert (answer.status_code, sent in answer.text) == (422, True)
    do_close(web_house, mine.member, mine.id)
    answer = _post(sam, f"/queue/{mine.id}/lines", fragment=True, text="Hello?", sent=sent)
    assert (answer.status_code, "not yours to see" in answer.text) == (404, True)
    assert sam.get(f"/queue/{mine.id}").headers["location"] == "/queue?said=gone"


def test_words_that_arrived_before_are_told_and_what_is_new_can_be_sent(
    sam: TestClient, web_house: House, mine: Conversation
) -> None:
    """Another text under the id of a line that is there: said plainly, with a fresh id that works."""
    sent = new_id()
    _post(sam, f"/queue/{mine.id}/lines", fragment=True, text="I'm here.", sent=sent)
    answer = _post(sam, f"/queue/{mine.id}/lines", fragment=True, text="I'm here. Really.", sent=sent)
    assert (answer.status_code, "Your earlier words did arrive" in answer.text) == (409, True)
    fresh = re.findall(r'name="sent" value="([^"]+)"', answer.text)[0]
    assert _post(sam, f"/queue/{mine.id}/lines", fragment=True, text="Really.", sent=fresh).status_code == 200
    assert _said(web_house, mine) == [POST, "I'm here.", "Really."]


def test_a_long_talk_shows_its_newest_lines_and_leads_to_the_earlier(
    sam: TestClient, web_house: House, mine: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With room for three; the summary leads to an earlier line on a page that begins with it."""
    monkeypatch.setattr("attunement.web.pages.conversation.SHOWN", 3)
    for text in ("One.", "Two.", "Three."):
        do_write_as_member(web_house, mine.member, mine.id, text)
    shown = sam.get(f"/queue/{mine.id}").text
    numbers = [int(number) for number in re.findall(r'data-line="(\d+)"', shown)]
    assert numbers == list(range(numbers[-1] - 2, numbers[-1] + 1))
    assert [text in shown.split('id="lines"')[1].split("</ol>")[0] for text in (POST, "Three.")] == [False, True]
    assert f'href="?after={max(0, numbers[0] - 4)}"' in shown
    assert 'href="?after=1#line-2"' in shown
    earlier = sam.get(f"/queue/{mine.id}?after=1").text
    assert 'id="line-2"' in earlier
    assert 'href="#line-2"' in earlier
    assert "Read earlier lines" not in sam.get(f"/queue/{mine.id}?after=0").text


@pytest.mark.parametrize(("to", "fields", "owner"), [
    ("back", {}, "companion"), ("end", {}, "closed"), ("pass", {"to": "", "reason": "my shift ends"}, "waiting"),
    ("pass", {"to": "skill:grief"}, "waiting"), ("pass", {"to": "team:night"}, "waiting"),
])  # fmt: skip
def test_a_talk_leaves_ones_hands(
    sam: TestClient, web_house: House, mine: Conversation, to: str, fields: dict[str, str], owner: str
) -> None:
    """Given back, ended or passed on, it is the next owner's, and the queue says what happened."""
    location = _post(sam, f"/queue/{mine.id}/{to}", **fields).headers["location"]
    assert location.startswith("/queue?said=")
    assert '<div class="flash" role="status"><p>' in sam.get(location).text
    assert _owner(web_house, mine) == owner


def test_it_is_passed_on_to_a_person(sam: TestClient, web_house: House, mine: Conversation, ida: str) -> None:
    """The colleague stands in the list; one who is none is refused, with the page there again."""
    assert f'<option value="person:{ida}">Ida</option>' in sam.get(f"/queue/{mine.id}").text
    answer = _post(sam, f"/queue/{mine.id}/pass", to=f"person:{new_id()}")
    assert (answer.status_code, "There is no such supporter." in answer.text) == (422, True)
    _post(sam, f"/queue/{mine.id}/pass", to=f"person:{ida}")
    with web_house.store.read() as connection:
        assert find_conversation(connection, mine.id).wanted.person == ida


def test_why_it_was_passed_on_stands_above_the_talk(
    sam: TestClient, web_house: House, mine: Conversation, ida: str
) -> None:
    """In the colleague's words, or what a code means; the form says who reads it. An unknown code is not shown."""
    assert "is in what the member can export" in sam.get(f"/queue/{mine.id}").text
    _post(sam, f"/queue/{mine.id}/pass", to="", reason="She asked for <somebody> older.")
    do_claim(web_house, ida, mine.id)
    do_transfer(web_house, ida, mine.id, reason=SHIFT_OVER)
    shown = sam.get(f"/queue/{mine.id}/alert").text
    assert re.search(r"Sam passed it on: <q[^>]*>She asked for &lt;somebody&gt; older.</q>", shown)
    assert "Ida passed it on: Their shift was over." in shown


@pytest.mark.parametrize(("reason", "words"), [
    (FAULT, "because of a fault in the program"), (STEPPED_IN, "A colleague stepped in"),
    ("imminent", "as if it were happening now"), ("some-new-code", ""),
])  # fmt: skip
def test_why_it_was_held_stands_above_the_talk(
    sam: TestClient, web_house: House, people: People, reason: str, words: str
) -> None:
    """In words; what there are no words for is left out."""
    talk = do_open(web_house, people.rosa.member or "")
    do_hold_for_human(web_house, talk.id, "safety", reason=reason)
    shown = sam.get(f"/queue/{talk.id}").text
    assert words in shown
    assert reason not in shown.replace(words, "")


def test_who_gives_back_what_the_companion_may_not_have_is_told(
    sam: TestClient, web_house: House, people: People
) -> None:
    """It ended instead, and why."""
    cell = Cell.parse("companion:interactions")
    talk = do_open(web_house, people.rosa.member or "", human=True)
    do_change_consent(web_house, talk.member, grant=[cell])
    _post(sam, f"/queue/{talk.id}/claim")
    do_change_consent(web_house, talk.member, withdraw=[cell])
    location = _post(sam, f"/queue/{talk.id}/back").headers["location"]
    assert "they took back what the companion may know" in sam.get(location).text
    assert _owner(web_house, talk) == "closed"


def test_in_clear_danger_a_full_supporter_is_offered_the_talk(
    sam: TestClient, web_house: House, people: People, mine: Conversation
) -> None:
    """On signs of it alone, not."""
    do_describe_supporter(web_house, people.supporter.id, capacity=1)
    talk = do_open(web_house, people.other.member or "", human=True)
    for risk, offered in ((RiskLevel.INDIRECT, False), (RiskLevel.EXPLICIT, True)):
        do_write_as_member(web_house, talk.member, talk.id, POST, risk=risk)
        assert (f"/queue/{talk.id}/claim" in sam.get("/queue/board").text) is offered


def test_a_talk_one_had_is_found_with_a_link_to_read_it_again(
    sam: TestClient, web_house: House, mine: Conversation
) -> None:
    """By name, where the member lets supporters; its words are not shown before it is opened."""
    do_change_consent(web_house, mine.member, grant=[Cell.parse("supporters:text")])
    _post(sam, f"/queue/{mine.id}/lines", text="I'm here.", sent=new_id())
    _post(sam, f"/queue/{mine.id}/end")
    shown = sam.get("/queue", params={"words": "brother"}).text
    assert f'href="/queue/past/{mine.id}#line-2"' in shown
    assert POST not in html.unescape(shown)


def test_notes_and_a_second_person(sam: TestClient, mine: Conversation) -> None:
    """A note stands there for colleagues; an empty one is refused; a second person is asked for and no more."""
    assert _post(sam, f"/queue/{mine.id}/notes", note="Call <her> on Friday.").status_code == 303
    assert "Call &lt;her&gt; on Friday." in sam.get(f"/queue/{mine.id}").text
    assert _post(sam, f"/queue/{mine.id}/notes", note=" ").status_code == 422
    _post(sam, f"/queue/{mine.id}/second", asked="1")
    assert "No second person needed" in sam.get(f"/queue/{mine.id}").text
    _post(sam, f"/queue/{mine.id}/second")
    assert "Ask for a second person" in sam.get(f"/queue/{mine.id}").text


def test_a_hard_talk_is_followed_by_a_breath(sam: TestClient, mine: Conversation) -> None:
    """After danger the card stands there until it is put away."""
    _post(sam, f"/queue/{mine.id}/lines", fragment=True, text="I'm here.", sent=new_id())
    _post(sam, f"/queue/{mine.id}/end")
    assert "Take a breath first" in sam.get("/queue").text
    _post(sam, "/queue/debrief")
    assert "Take a breath first" not in sam.get("/queue").text


def test_going_off_duty_passes_on_what_is_theirs(sam: TestClient, web_house: House, mine: Conversation) -> None:
    """It waits for a colleague."""
    _post(sam, "/queue/duty/end")
    assert _owner(web_house, mine) == "waiting"


def test_a_shift_that_is_over_is_said_in_the_talk(
    sam: TestClient, web_house: House, people: People, mine: Conversation
) -> None:
    """With one press to stay for another hour; the piece that is put in place by itself says it too."""
    at, over = f"/queue/{mine.id}", "Your shift is over."
    assert over not in sam.get(at).text
    end_shift(web_house, people.supporter.id)
    assert over in sam.get(at).text
    assert over in sam.get(f"{at}/alert").text
    assert _post(sam, f"{at}/stay").headers["location"] == at
    assert over not in sam.get(at).text
    with web_house.store.read() as connection:
        until = access_supporter(web_house, connection, people.supporter.id).until
    assert until is not None
    _post(sam, f"{at}/stay")  # pressed again on an old page: the shift is not made anew
    with web_house.store.read() as connection:
        assert access_supporter(web_house, connection, people.supporter.id).until == until


def test_a_label_tells_for_whom_a_talk_is_kept(sam: TestClient, web_house: House, people: People, ida: str) -> None:
    """Also where it may be taken over by now, because of the danger in it."""
    member = people.other.member or ""
    talk = do_open(web_house, member, human=True, wanted=Wanted(person=ida))
    assert "They wished for Ida" not in sam.get("/queue/board").text
    do_write_as_member(web_house, member, talk.id, POST, risk=RiskLevel.INDIRECT)
    shown = sam.get("/queue/board").text
    assert "They wished for Ida" in shown
    assert f"/queue/{talk.id}/claim" in shown


def test_a_fault_of_the_companion_is_called_so(clients: Clients, web_house: House, people: People) -> None:
    """It did not think anything: it could not answer."""
    talk = do_open(web_house, people.rosa.member or "")
    do_hold_for_human(web_house, talk.id, "companion", reason=FAULT)
    assert "The companion could not answer" in clients[Role.SUPPORTER].get("/queue").text


def test_words_are_found_with_the_line_they_are_in(sam: TestClient, mine: Conversation) -> None:
    """A link to the line; where nothing holds them, that is said."""
    shown = sam.get("/queue", params={"words": "BROTHER place"}).text
    assert f'href="/queue/{mine.id}#line-2"' in shown
    assert "Nothing holds all of these words." in sam.get("/queue", params={"words": "sister"}).text
    assert sam.get("/queue", params={"words": "x" * 300}).status_code == 200
    assert "brother" not in sam.get("/queue/board").text


def test_a_colleagues_talk_is_as_unknown_as_none(
    sam: TestClient, web_house: House, waiting: Conversation, ida: str
) -> None:
    """Nothing of it is shown, and nothing in it can be done."""
    do_claim(web_house, ida, waiting.id)
    for path in ("/lines", "/affect.svg"):
        assert sam.get(f"/queue/{waiting.id}{path}").status_code == 404
    assert sam.get(f"/queue/{waiting.id}").headers["location"] == "/queue?said=gone"
    for to in ("lines", "back", "end", "pass", "notes", "second", "coach"):
        answer = _post(sam, f"/queue/{waiting.id}/{to}", text="Hello there.", note="note", asked="1")
        assert (answer.status_code, POST in answer.text) == (404, False), to


def test_the_coach_reads_a_draft_after_what_it_answers(sam: TestClient, mine: Conversation) -> None:
    """The ways in words, a suggestion that speaks of this post, and what may hurt; positions as a browser counts."""
    answer = _post(sam, f"/queue/{mine.id}/coach", text="😀 You just need to move on. Maybe write him a letter.")
    assert answer.status_code == 200
    for words in ("Warmth", "Showing what you understood", "Asking on", "May hurry to fix it"):
        assert words in answer.text
    assert "brother" in answer.text
    assert '<mark class="hurts"' in answer.text
    hostile = _post(sam, f"/queue/{mine.id}/coach", text="<b>You</b> should get over it.").text
    assert "<b>You" not in hostile


def test_the_coach_says_what_a_draft_mostly_does(sam: TestClient, web_house: House, mine: Conversation) -> None:
    """In one line where that is clear, and not at all where it is not; of an answer to a written case too."""
    asks, mixed = "What happened then? How did you feel?", "Thank you for telling me."
    assert "This draft mostly asks." in _post(sam, f"/queue/{mine.id}/coach", text=asks).text
    assert "mostly" not in _post(sam, f"/queue/{mine.id}/coach", text=mixed).text
    case = web_house.cases[0].id
    assert "This draft mostly asks." in _post(sam, f"/growth/{case}", text=asks).text


def test_a_verdict_is_not_said_to_tell_back_what_was_understood(sam: TestClient, mine: Conversation) -> None:
    """Not of an insult, an order or a platitude, however much they are built like a reflection."""
    for draft in ("You are such an idiot, get a new dog.", "You are a bad parent.", "Calm down.", "Men are like that."):
        assert "tells back" not in _post(sam, f"/queue/{mine.id}/coach", text=draft).text


def test_a_draft_in_another_language_is_unread_and_not_cold(
    sam: TestClient, web_house: House, mine: Conversation
) -> None:
    """It says that it cannot read it, and no levels; of a draft without words, neither; of a written case too."""
    for to in (f"/queue/{mine.id}/coach", f"/growth/{web_house.cases[0].id}"):
        answer = _post(sam, to, text="Das tut mir leid.").text
        assert "This is not in English" in answer
        assert "not yet" not in answer
    answer = _post(sam, f"/queue/{mine.id}/coach", text="?!?!?!").text
    assert "This is not in English" not in answer
    assert "not yet" not in answer


def test_in_danger_the_coach_names_the_plain_question_and_help(
    sam: TestClient, web_house: House, people: People, mine: Conversation
) -> None:
    """The opening that asks, to be put in at a press, and help; once the draft asks it, help alone; else neither."""
    calm = _post(sam, f"/queue/{mine.id}/coach", text="Think of your family, it is not that bad.").text
    assert "may point to danger" not in calm
    do_write_as_member(web_house, mine.member, mine.id, "I want to kill myself tonight.", risk=RiskLevel.EXPLICIT)
    answer = _post(sam, f"/queue/{mine.id}/coach", text="Think of your family, it is not that bad.").text
    assert re.search(r'data-opening="I want to ask you something straight out[^"]*ending your life\?"', answer)
    assert 'href="/help"' in answer
    assert "You want to kill yourself tonight?" not in answer
    answer = _post(sam, f"/queue/{mine.id}/coach", text="Are you thinking about ending your life?").text
    assert "data-opening" not in answer
    assert 'href="/help"' in answer


@pytest.mark.parametrize("raw", ["", "nonsense", "[{}]", json.dumps([{"text": "x" * 2000, "change": "insert"}])])
def test_a_line_is_sent_whatever_a_browser_says_of_the_coach(
    sam: TestClient, web_house: House, mine: Conversation, raw: str
) -> None:
    """What it tells wrongly is left out, and the line is written."""
    _post(sam, f"/queue/{mine.id}/lines", text="I'm here.", sent=new_id(), coach=raw)
    assert _said(web_house, mine)[-1] == "I'm here."
