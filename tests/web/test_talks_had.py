"""The talks a supporter had, as pages and over HTTP: listed, read again, noted on, and gone when not allowed."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People

from attunement.domain.ids import new_id
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.closing import do_close_as_supporter
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.conversations.handing import do_claim
from attunement.programme.conversations.notes import do_write_note
from attunement.programme.conversations.talks_had import LETS
from attunement.programme.conversations.writing import do_write_as_supporter
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.web.access import Role

POST = "My brother died in March & I still set a place for him."
MINE = "/api/supporters/me/talks-had"


@pytest.fixture
def sam(clients: Clients) -> TestClient:
    """The supporter's client."""
    return clients[Role.SUPPORTER]


@pytest.fixture
def had(web_house: House, people: People) -> Conversation:
    """Rosa's talk with Sam, who noted something and ended it. She lets supporters read what she writes."""
    member, sam = people.rosa.member or "", people.supporter.id
    do_change_consent(web_house, member, grant=[LETS])
    do_go_on_duty(web_house, sam, web_house.clock() + timedelta(hours=4))
    found = do_ask_for_human(web_house, member, do_open(web_house, member).id, words=POST)
    do_claim(web_house, sam, found.id)
    do_write_as_supporter(web_house, sam, found.id, "I'm here.")
    do_write_note(web_house, sam, found.id, "In the talk.")
    return do_close_as_supporter(web_house, sam, found.id)


def _note(client: TestClient, talk: Conversation, text: str) -> tuple[int, str]:
    proof = re.search(r'name="csrf" value="([^"]+)"', client.get("/queue").text)
    assert proof is not None
    answer = client.post(f"/queue/past/{talk.id}/notes", data={"csrf": proof[1], "note": text})
    return answer.status_code, answer.headers.get("location", html.unescape(answer.text))


def test_the_queue_leads_to_the_talks_one_had(sam: TestClient, had: Conversation) -> None:
    """Each with the name and its days; the page of each has the lines and no way to write one."""
    assert 'href="/queue/past"' in sam.get("/queue").text
    listed = html.unescape(sam.get("/queue/past").text)
    assert f'<a class="target" href="/queue/past/{had.id}">Rosa</a>' in listed
    assert "For 14 days after a talk left your hands" in listed
    shown = html.unescape(sam.get(f"/queue/past/{had.id}").text)
    for words in (POST, "I'm here.", "In the talk.", "It left your hands"):
        assert words in shown, words
    assert ('id="reply"' in shown, "Take over" in shown) == (False, False)
    assert sam.get(f"/queue/{had.id}").headers["location"] == "/queue?said=gone"  # it is no talk of theirs now


def test_a_long_one_leads_to_its_earlier_lines(
    sam: TestClient, had: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With room for three."""
    monkeypatch.setattr("attunement.web.pages.talks_had.MOST", 3)
    at = f"/queue/past/{had.id}"
    shown = sam.get(f"{at}?after=3").text
    assert 'href="?after=0"' in shown
    assert 'id="line-4"' in shown
    assert 'id="line-3"' not in shown
    assert "Read earlier lines" not in sam.get(f"{at}?after=0").text
    assert sam.get(f"{at}?after={had.last_line + 5}").status_code == 200
    assert sam.get(f"{at}?after=x").status_code == 422


def test_a_note_afterwards_is_kept_beside_the_others(sam: TestClient, had: Conversation, web_house: House) -> None:
    """Marked as looking back; an empty one is refused with the page there again."""
    web_house.clock.forward(minutes=1)  # type: ignore[attr-defined]
    assert _note(sam, had, "I asked <too> much.") == (303, f"/queue/past/{had.id}?said=noted#notes")
    shown = sam.get(f"/queue/past/{had.id}").text
    assert "I asked &lt;too&gt; much." in shown
    assert shown.count("looking back, ") == 1
    status, told = _note(sam, had, " ")
    assert (status, POST in told, 'class="error"' in told) == (422, True, True)


def test_once_it_may_not_be_read_nothing_of_it_is_there(sam: TestClient, had: Conversation, web_house: House) -> None:
    """Taken back: the list says what would stand there, the address leads back to it, notes and HTTP find nothing."""
    do_change_consent(web_house, had.member, withdraw=[LETS])
    assert "There are none." in sam.get("/queue/past").text
    assert sam.get(f"/queue/past/{had.id}").headers["location"] == "/queue/past?said=not-readable"
    assert "cannot be read again" in sam.get("/queue/past?said=not-readable").text
    assert _note(sam, had, "Hm.")[0] == 404
    assert sam.get(MINE).json() == {"talks": []}
    for talk in (had.id, new_id(), "none", "%00"):
        answer = sam.get(f"{MINE}/{talk}")
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-conversation")
    answer = sam.post(f"{MINE}/{had.id}/notes", json={"text": "Hm."})
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-conversation")


def test_the_same_over_http(sam: TestClient, had: Conversation, web_house: House) -> None:
    """Listed, read and noted on; each opening, and no other look, is in the member's export."""
    (listed,) = sam.get(MINE).json()["talks"]
    assert (listed["conversation"], listed["name"], listed["last_line"]) == (had.id, "Rosa", had.last_line)
    assert sam.post(f"{MINE}/{had.id}/notes", json={"text": "Looking back."}).json()["name"] == "Sam"
    again = sam.get(f"{MINE}/{had.id}").json()
    assert again["talk"] == listed
    assert POST in [line["text"] for line in again["lines"]]
    assert {note["text"] for note in again["notes"]} == {"In the talk.", "Looking back."}
    assert sam.get(f"{MINE}/{had.id}", params={"after": 3}).json()["lines"][0]["line"] == 4
    sam.get(f"/queue/past/{had.id}")
    kinds = [event["kind"] for event in access_export(web_house, had.member)["events"]]
    assert kinds.count("talk-read-again") == 3
