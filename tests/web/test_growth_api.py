"""A supporter's growth over HTTP: their own alone, and cases of which nothing is kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.web.conftest import PASSPHRASE, Clients, People

from attunement.domain.coaching import Change
from attunement.domain.reply import Mechanism
from attunement.programme.accounts import do_join
from attunement.programme.coaching import Seen, do_keep_use
from attunement.programme.conversations.asking import do_open
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.conversations.handing import do_claim
from attunement.programme.conversations.writing import do_write_as_member, do_write_as_supporter
from attunement.programme.house import House
from attunement.programme.invitations import do_make_invitation
from attunement.web.access import Role

MINE, CASES = "/api/supporters/me/growth", "/api/supporters/me/cases"
SENT = "I'm so sorry about your brother. What was he like?"


@pytest.fixture
def sam(clients: Clients) -> TestClient:
    """The supporter's client."""
    return clients[Role.SUPPORTER]


@pytest.fixture
def grave(app: FastAPI, web_house: House) -> str:
    """A case whose post speaks of wanting to be dead."""
    case = web_house.cases[0]
    found = case.model_copy(update={"id": "grave", "post": "Nobody needs me any more. I just want to be dead."})
    app.state.house = replace(web_house, cases=(*web_house.cases, found))
    return found.id


def _writes(house: House, supporter: str, member: str, times: int) -> None:
    do_go_on_duty(house, supporter, house.clock() + timedelta(hours=4))
    talk = do_open(house, member, human=True)
    do_write_as_member(house, member, talk.id, "My brother died in March.")
    do_claim(house, supporter, talk.id)
    for _ in range(times):
        do_write_as_supporter(house, supporter, talk.id, SENT)
        seen = [Seen("What was he like?", Change.INSERT, Mechanism.EXPLORATIONS)]
        do_keep_use(house, supporter, talk.id, SENT, seen)


def test_growth_is_ones_own(sam: TestClient, web_house: House, people: People) -> None:
    """A colleague's lines count nowhere in it; a week has means from three lines on."""
    ida = do_join(web_house, do_make_invitation(web_house, "supporter"), "Ida", PASSPHRASE).id
    _writes(web_house, ida, people.other.member or "", 3)
    none = {"taken": 0, "adapted": 0, "dismissed": 0, "unused": 0}
    assert sam.get(MINE).json() == {"weeks": [], "lines": 0, "coached": 0, "suggestions": none}
    _writes(web_house, people.supporter.id, people.rosa.member or "", 2)
    seen = sam.get(MINE).json()
    assert (seen["lines"], seen["coached"], seen["suggestions"]) == (2, 2, {**none, "taken": 2})
    (week,) = seen["weeks"]
    assert week == {
        "begins": "2026-04-27", "lines": 2, "emotional_reactions": None, "interpretations": None, "explorations": None,
    }  # fmt: skip
    do_write_as_supporter(web_house, people.supporter.id, _talk(sam), SENT)
    do_keep_use(web_house, people.supporter.id, _talk(sam), SENT, None)
    seen = sam.get(MINE).json()
    assert (seen["lines"], seen["coached"], seen["weeks"][0]["explorations"] > 0) == (3, 2, True)


def _talk(client: TestClient) -> str:
    return str(client.get("/api/queue").json()["mine"][0]["id"])


def test_a_case_is_answered_read_and_leaves_no_trace(sam: TestClient, web_house: House) -> None:
    """The post alone at first; after a reply its reading and a good one beside it; no line counts."""
    listed = sam.get(CASES).json()["cases"]
    assert [case["id"] for case in listed] == [case.id for case in web_house.cases]
    case = web_house.cases[0]
    one = sam.get(f"{CASES}/{case.id}").json()
    assert one == {"id": case.id, "title": case.title, "who": case.who, "post": case.post} == listed[0]
    done = sam.post(f"{CASES}/{case.id}/reply", json={"reply": " Just be strong now. "}).json()
    assert (done["feedback"]["draft"], done["good"]) == ("Just be strong now.", case.reply)
    assert done["feedback"]["cautions"]
    assert [part["words"] for part in done["parts"]] == [part.words for part in case.parts]
    assert [matter["words"] for matter in done["matters"]] == [matter.words for matter in case.matters]
    assert done["asks"] is None
    assert sam.get(MINE).json()["lines"] == 0


def test_a_case_that_points_to_danger_brings_the_plain_question(grave: str, sam: TestClient) -> None:
    """Until the reply asks one."""
    at = f"{CASES}/{grave}/reply"
    done = sam.post(at, json={"reply": "That sounds heavy."}).json()
    assert (done["feedback"]["danger"], "ending your life?" in done["asks"]) == (True, True)
    assert sam.post(at, json={"reply": done["asks"]}).json()["asks"] is None


def test_what_is_no_reply_or_no_case_is_refused_with_a_code(sam: TestClient, web_house: House) -> None:
    """Empty, too long, a field that is not known, a case that is not there."""
    at = f"{CASES}/{web_house.cases[0].id}/reply"
    for body in ({"reply": " "}, {"reply": "x" * 4001}, {}, {"reply": "Hm.", "more": 1}):
        answer = sam.post(at, json=body)
        assert (answer.status_code, answer.json()["code"]) == (422, "bad-input")
    for answer in (sam.get(f"{CASES}/none"), sam.post(f"{CASES}/%00/reply", json={"reply": "Hm."})):
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found")
