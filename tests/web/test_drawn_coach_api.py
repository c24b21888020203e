"""The coach in a conversation over HTTP: drawn as on the page, with what became of it measured like there."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import PASSPHRASE, Clients, People
from tests.web.test_growth_pages import SENT, SUGGESTED
from tests.web.test_queue_pages import _post as post_form

from attunement.domain.coaching import CoachFeature, Fate
from attunement.domain.conversation_events import CoachDrawn
from attunement.domain.ids import new_id
from attunement.programme.accounts import do_join
from attunement.programme.coach_trial import CoachedLine, access_coach_trial
from attunement.programme.coaching import do_set_coach_chances
from attunement.programme.conversations.asking import do_open
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.conversations.handing import do_claim, do_give_back
from attunement.programme.conversations.second import do_ask_second, do_look_along
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.invitations import do_make_invitation
from attunement.web.access import Role

DRAFT = "You just need to move on. Maybe write him a letter."
SEEN = [{"kind" if key == "change" else key: value for key, value in one.items()} for one in SUGGESTED]


@pytest.fixture
def sam(clients: Clients) -> TestClient:
    """The supporter's client."""
    return clients[Role.SUPPORTER]


@pytest.fixture
def mine(web_house: House, people: People) -> Conversation:
    """A talk in Sam's hands."""
    return _claimed(web_house, people.supporter.id, people.rosa.member or "")


def _claimed(house: House, supporter: str, member: str) -> Conversation:
    do_go_on_duty(house, supporter, house.clock() + timedelta(hours=4))
    talk = do_open(house, member, human=True)
    do_write_as_member(house, member, talk.id, "My brother died in March and I still set a place for him.")
    return do_claim(house, supporter, talk.id)


def _coach(client: TestClient, talk: Conversation, draft: str) -> dict[str, Any]:
    answer = client.post(f"/api/conversations/{talk.id}/coach", json={"draft": draft})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _write(client: TestClient, talk: Conversation, headers: dict[str, str] | None = None, **body: Any) -> int:
    sent = {"text": SENT, **body}
    return client.post(f"/api/conversations/{talk.id}/lines", json=sent, headers=headers).status_code


def _trial(house: House) -> list[CoachedLine]:
    return list(access_coach_trial(house))


def test_all_of_it_is_there_unless_drawn_away(sam: TestClient, mine: Conversation) -> None:
    """Levels, suggestions whose places are in the draft as it is given back, cautions; what it answers is the talk."""
    told = _coach(sam, mine, f"  {DRAFT} ")
    assert (told["draft"], told["shown"], told["was_read"]) == (DRAFT, ["spans", "suggestions", "cautions"], True)
    assert {len(told[m]["p"]) for m in ("emotional_reactions", "interpretations", "explorations")} == {3}
    (caution, *_) = told["cautions"]
    assert (caution["kind"], DRAFT[caution["start"] : caution["end"]] in DRAFT) == ("hurrying", True)
    assert any("brother" in one["text"] or "place" in one["text"] for one in told["suggestions"])
    assert (told["danger"], told["asks"]) == (False, None)


def test_what_is_drawn_away_is_null_and_the_chances_are_on_record(
    sam: TestClient, web_house: House, mine: Conversation
) -> None:
    """Drawn once for page and HTTP alike, and the same when the chances change."""
    chances = {CoachFeature.SPANS: 0.0, CoachFeature.SUGGESTIONS: 0.0, CoachFeature.CAUTIONS: 1.0}
    do_set_coach_chances(web_house, None, chances)
    told = _coach(sam, mine, DRAFT)
    nulls = ("emotional_reactions", "interpretations", "explorations", "mostly", "suggestions")
    assert (told["shown"], [told[part] for part in nulls]) == (["cautions"], [None] * 5)
    assert told["cautions"][0]["kind"] == "hurrying"
    do_set_coach_chances(web_house, None, dict.fromkeys(CoachFeature, 1.0))
    assert _coach(sam, mine, DRAFT)["suggestions"] is None
    assert "data-take" not in post_form(sam, f"/queue/{mine.id}/coach", text=DRAFT).text
    with web_house.store.read() as connection:
        drawn = [one.event for one in web_house.store.events(connection, member=mine.member, kinds=("coach-drawn",))]
    (event,) = drawn
    assert isinstance(event, CoachDrawn)
    assert (event.shown, event.chances) == ([CoachFeature.CAUTIONS], chances)


def test_danger_is_told_whatever_is_drawn(sam: TestClient, web_house: House, mine: Conversation) -> None:
    """With a plain question until the draft asks one."""
    do_set_coach_chances(web_house, None, dict.fromkeys(CoachFeature, 0.0))
    do_write_as_member(web_house, mine.member, mine.id, "I want to kill myself.")
    told = _coach(sam, mine, "Oh no.")
    assert (told["shown"], told["danger"], "ending your life?" in told["asks"]) == ([], True, True)
    asked = _coach(sam, mine, told["asks"])
    assert (asked["danger"], asked["asks"]) == (True, None)


def test_a_draft_it_cannot_read_says_so(sam: TestClient, mine: Conversation) -> None:
    """No levels then, rather than levels of nothing."""
    told = _coach(sam, mine, "Das tut mir wirklich sehr leid für dich und deine Familie.")
    assert (told["was_read"], told["language"], told["explorations"], told["mostly"]) == (False, "de", None, None)


def test_a_line_is_measured_like_one_of_the_page(
    sam: TestClient, web_house: House, people: People, mine: Conversation
) -> None:
    """The same line with the same suggestions: the same levels, fates and draw, whichever way it came."""
    do_set_coach_chances(web_house, None, {CoachFeature.SPANS: 0.5})
    other = _claimed(web_house, people.supporter.id, people.other.member or "")
    assert _write(sam, mine, coach=SEEN) == 200
    post_form(sam, f"/queue/{other.id}/lines", text=SENT, sent=new_id(), coach=json.dumps(SUGGESTED))
    here, there = _trial(web_house)
    assert here.fates == dict.fromkeys(Fate, 1) == there.fates
    assert (here.levels, here.on, here.chances) == (there.levels, True, there.chances)
    assert here.chances[CoachFeature.SPANS] == 0.5
    assert here.probability == pytest.approx(0.5)


def test_no_words_of_it_are_kept(sam: TestClient, web_house: House, mine: Conversation) -> None:
    """Neither in the log nor in what is left once the member is erased; the counts stay."""
    _coach(sam, mine, DRAFT)
    assert _write(sam, mine, coach=SEEN) == 200
    with web_house.store.read() as connection:
        (used,) = web_house.store.events(connection, kinds=("coach-used",))
    assert not any(word in used.event.model_dump_json() for word in ("brother", "place", "letter"))
    do_erase(web_house, mine.member)
    assert len(_trial(web_house)) == 1


def test_sent_again_it_is_counted_once(sam: TestClient, web_house: House, mine: Conversation) -> None:
    """Under the id of the line, or by the Idempotency-Key of the request."""
    sent = new_id()
    for _ in range(2):
        assert _write(sam, mine, sent=sent, coach=SEEN) == 200
        assert _write(sam, mine, {"Idempotency-Key": "a"}, coach=SEEN) == 200
    assert len(_trial(web_house)) == 2


def test_without_the_coach_the_line_counts_and_nothing_else(
    sam: TestClient, web_house: House, mine: Conversation
) -> None:
    """Off is kept as off, with what was drawn; an empty list is a coach that had nothing to say."""
    assert _write(sam, mine) == 200
    assert _write(sam, mine, coach=[]) == 200
    off, on = _trial(web_house)
    assert (off.on, on.on, off.drawn, sum(off.fates.values())) == (False, True, dict.fromkeys(CoachFeature, True), 0)
    seen = sam.get("/api/supporters/me/growth").json()
    assert (seen["lines"], seen["coached"]) == (2, 1)


def test_a_members_line_is_measured_nowhere(clients: Clients, web_house: House, mine: Conversation) -> None:
    """Whatever is sent with it."""
    assert _write(clients[Role.MEMBER], mine, coach=SEEN) == 200
    assert _trial(web_house) == []


def test_what_is_no_suggestion_is_refused_and_the_line_not_written(
    sam: TestClient, web_house: House, mine: Conversation
) -> None:
    """Too many, too long, or of a kind that is not known; a draft too long to be a line."""
    for wrong in ([SEEN[0]] * 61, [{**SEEN[0], "text": "x" * 1001}], [{**SEEN[0], "kind": "delete"}], "all"):
        assert _write(sam, mine, coach=wrong) == 422
    assert sam.get(f"/api/conversations/{mine.id}").json()["last_line"] == mine.last_line
    answer = sam.post(f"/api/conversations/{mine.id}/coach", json={"draft": "x" * 4001})
    assert (answer.status_code, answer.json()["code"]) == (422, "bad-input")


def test_only_whose_the_talk_is_gets_coached(
    clients: Clients, web_house: House, people: People, mine: Conversation
) -> None:
    """One that waits, or in which one looks along, is not one's own; a colleague's, or none, is unknown."""
    sam, body = clients[Role.SUPPORTER], {"draft": DRAFT}
    ida = do_join(web_house, do_make_invitation(web_house, "supporter"), "Ida", PASSPHRASE).id
    theirs = _claimed(web_house, ida, people.other.member or "")
    do_give_back(web_house, people.supporter.id, mine.id)
    for talk in (theirs.id, mine.id, new_id(), "none"):
        answer = sam.post(f"/api/conversations/{talk}/coach", json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-conversation")
    do_ask_second(web_house, ida, theirs.id)
    do_look_along(web_house, people.supporter.id, theirs.id)
    waiting = do_open(web_house, people.kept, human=True)
    for talk in (theirs.id, waiting.id):
        answer = sam.post(f"/api/conversations/{talk}/coach", json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, "not-the-owner")
    for role in (Role.MEMBER, Role.STEWARD, Role.INTEGRATOR):
        assert clients[role].post(f"/api/conversations/{mine.id}/coach", json=body).status_code == 403
