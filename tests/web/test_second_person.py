"""A second person, as pages and over HTTP: asked for, come to look along, with notes, and gone."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.web.conftest import ORIGIN, PASSPHRASE, Clients, People

from attunement.programme.accounts import do_join
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import do_go_on_duty, end_shift
from attunement.programme.conversations.handing import do_claim
from attunement.programme.conversations.notes import do_write_note
from attunement.programme.conversations.second import do_ask_second
from attunement.programme.house import House
from attunement.programme.invitations import do_make_invitation
from attunement.programme.sessions import Account, do_open_session
from attunement.web.access import Role
from attunement.web.security import SESSION_COOKIE

POST = "My brother died in March and I still set a place for him."


@pytest.fixture
def ida(web_house: House, people: People) -> Account:
    """A colleague of Sam's, on duty."""
    account = do_join(web_house, do_make_invitation(web_house, "supporter"), "Ida", PASSPHRASE)
    do_go_on_duty(web_house, account.id, web_house.clock() + timedelta(hours=4))
    return account


@pytest.fixture
def idas(app: FastAPI, anonymous: TestClient, web_house: House, ida: Account) -> TestClient:
    """Her browser."""
    cookies = {SESSION_COOKIE: do_open_session(web_house, ida.id, ida.role)}
    return TestClient(app, follow_redirects=False, cookies=cookies, headers={"Origin": ORIGIN})


@pytest.fixture
def talk(web_house: House, people: People, ida: Account) -> Conversation:
    """Rosa's talk in Sam's hands, who asks for a second person."""
    member, sam = people.rosa.member or "", people.supporter.id
    do_go_on_duty(web_house, sam, web_house.clock() + timedelta(hours=4))
    found = do_ask_for_human(web_house, member, do_open(web_house, member).id, words=POST)
    do_claim(web_house, sam, found.id)
    return do_ask_second(web_house, sam, found.id)


@pytest.fixture
def along(idas: TestClient, talk: Conversation) -> Conversation:
    """The same, with Ida looking along."""
    assert _post(idas, f"/queue/{talk.id}/along") == (303, f"/queue/{talk.id}")
    return talk


def _post(client: TestClient, to: str, **fields: str) -> tuple[int, str]:
    proof = re.search(r'name="csrf" value="([^"]+)"', client.get("/queue").text)
    assert proof is not None
    answer = client.post(to, data={"csrf": proof[1], **fields})
    return answer.status_code, answer.headers.get("location", html.unescape(answer.text))


def test_the_queue_offers_to_look_along(idas: TestClient, talk: Conversation, web_house: House, ida: Account) -> None:
    """Only to who is on duty; nothing of the talk, not even whose it is, stands there before."""
    shown = idas.get("/queue").text
    assert f'action="/queue/{talk.id}/along"' in shown
    assert "Rosa" not in shown
    assert POST not in shown
    end_shift(web_house, ida.id)
    shown = html.unescape(idas.get("/queue").text)
    assert f"/queue/{talk.id}/along" not in shown
    assert "For that, go on duty first." in shown
    status, told = _post(idas, f"/queue/{talk.id}/along")
    assert (status, "You are not on duty." in told) == (409, True)


def test_who_looks_along_reads_and_has_a_box_for_notes_alone(idas: TestClient, along: Conversation) -> None:
    """No reply, no coach, nothing to pass on, give back or end; sent all the same, it is refused."""
    shown = html.unescape(idas.get(f"/queue/{along.id}").text)
    for words in (POST, "You look along with Sam", "A note for your colleague", "Look along no more"):
        assert words in shown, words
    for nothing in ('id="reply"', "coach.js", "Take over", "When you want to stop", "Your shift is over"):
        assert nothing not in shown, nothing
    assert POST in idas.get(f"/queue/{along.id}/lines").text
    board = idas.get("/queue/board").text
    assert ("You look along" in board, "with Sam" in board) == (True, True)
    for to in ("lines", "back", "end", "pass", "second"):
        assert _post(idas, f"/queue/{along.id}/{to}", text="Hello there.")[0] == 409, to


def test_notes_reach_the_one_whose_talk_it_is(
    clients: Clients, idas: TestClient, along: Conversation, web_house: House, people: People
) -> None:
    """Above the talk, put in place by itself, those of the other alone; a note that is empty stays in its box."""
    sam, at = clients[Role.SUPPORTER], f"/queue/{along.id}"
    assert _post(idas, f"{at}/notes", note="Ask <when> it began.")[0] == 303
    assert _post(idas, f"{at}/notes", note=" ")[0] == 422
    piece = sam.get(f"{at}/alert").text
    assert "Ida looks along and can write you notes" in piece
    assert "Ask &lt;when&gt; it began." in piece
    assert "Ask &lt;when&gt;" not in idas.get(f"{at}/alert").text
    do_write_note(web_house, people.supporter.id, along.id, "I will.")
    assert ["I will." in one.get(f"{at}/alert").text for one in (idas, sam)] == [True, False]
    assert "a colleague looks along" in sam.get("/queue/board").text


def test_the_member_reads_who_is_there(clients: Clients, idas: TestClient, along: Conversation) -> None:
    """In a notice, and at the top for as long as it is so."""
    rosa = clients[Role.MEMBER]
    shown = html.unescape(rosa.get("/talk").text)
    assert "Writing with Sam, a person. Ida, another person here, reads along." in shown
    assert "Ida reads along now, a second person beside the one you write with" in shown
    assert _post(idas, f"/queue/{along.id}/along/end") == (303, "/queue?said=looked-along")
    shown = html.unescape(rosa.get("/talk").text)
    assert "Ida, another person here" not in shown
    assert "Ida does not read along any more." in shown


def test_the_owner_asks_and_ends_it_in_one_place(clients: Clients, idas: TestClient, along: Conversation) -> None:
    """The button to ask is gone while somebody is there; needed no more, Ida is led back and reads nothing."""
    sam, at = clients[Role.SUPPORTER], f"/queue/{along.id}"
    assert "Ask for a second person" not in sam.get(at).text
    assert _post(sam, f"{at}/second") == (303, at)
    assert "Ask for a second person" in sam.get(at).text
    assert idas.get(at).headers["location"] == "/queue?said=gone"
    assert idas.get(f"{at}/lines").status_code == 404
    assert "You do not look along" in idas.get("/queue?said=looked-along").text


def test_who_was_too_late_is_told(idas: TestClient, talk: Conversation, web_house: House) -> None:
    """On the queue, in words."""
    do_close(web_house, talk.member, talk.id)
    status, told = _post(idas, f"/queue/{talk.id}/along")
    assert (status, "Nobody asks for a second person there now" in told) == (409, True)


def test_the_same_over_http(clients: Clients, idas: TestClient, talk: Conversation, ida: Account) -> None:
    """Asked for and no more, looked along, noted, ended; the member's application sees who is there."""
    sam, rosa, at = clients[Role.SUPPORTER], clients[Role.MEMBER], f"/api/conversations/{talk.id}"
    assert idas.get(f"{at}/lines").status_code == 404
    (second,) = idas.get("/api/queue").json()["seconds"]
    assert (second["conversation"], second["name"], second["risk"]) == (talk.id, "Sam", "none")
    assert idas.post(f"{at}/look-along").json()["second"] == ida.id
    queue = idas.get("/api/queue").json()
    assert ([one["id"] for one in queue["along"]], queue["seconds"], queue["mine"]) == ([talk.id], [], [])
    assert POST in [one["text"] for one in idas.get(f"{at}/lines").json()["lines"]]
    assert idas.post(f"{at}/lines", json={"text": "Hello."}).json()["code"] == "not-the-owner"
    assert idas.post(f"{at}/notes", json={"text": "Ask when it began."}).status_code == 200
    assert sam.get(f"{at}/notes").json()["notes"][0]["name"] == "Ida"
    found = rosa.get(f"{at}/lines").json()
    assert (found["conversation"]["owner"], found["conversation"]["second"]) == ("supporter", ida.id)
    assert found["lines"][-1]["notice"]["code"] == "second-came"
    assert idas.post(f"{at}/end-look-along").json()["second"] is None
    assert rosa.get(f"{at}/lines").json()["lines"][-1]["notice"]["code"] == "second-left"
    assert idas.post(f"{at}/end-look-along").json()["code"] == "unknown-conversation"
    assert idas.post(f"{at}/look-along").json()["code"] == "not-allowed"
    assert sam.post(f"{at}/ask-second", json={}).status_code == 200
    assert sam.post(f"{at}/ask-second", json={"asked": False}).status_code == 200
    assert idas.get("/api/queue").json()["seconds"] == []
