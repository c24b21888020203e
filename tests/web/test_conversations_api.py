"""Conversations over HTTP: from the companion to a person and back, for each only what is theirs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People

from attunement.domain.consent import Cell
from attunement.domain.ids import new_id
from attunement.domain.reading import RiskLevel
from attunement.programme.alerts.alert import find_open_alerts
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.asking import do_open
from attunement.programme.conversations.writing import access_ticket, do_write_as_companion
from attunement.programme.house import House
from attunement.web.access import Role

GRAVE = "I am going to kill myself tonight, I have the pills here."


@pytest.fixture
def rosa(clients: Clients) -> TestClient:
    """A member's client."""
    return clients[Role.MEMBER]


@pytest.fixture
def sam(clients: Clients) -> TestClient:
    """A supporter's client."""
    return clients[Role.SUPPORTER]


def _post(client: TestClient, path: str, body: dict[str, Any] | None = None, status: int = 200) -> dict[str, Any]:
    answer = client.post(f"/api/conversations{path}", json=body or {})
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _on_duty(client: TestClient, house: House) -> None:
    until = (house.clock() + timedelta(hours=4)).isoformat()
    assert client.put("/api/supporters/me/shift", json={"until": until}).json()["me"]["until"]


def test_from_the_companion_to_a_person_and_back(rosa: TestClient, sam: TestClient, web_house: House) -> None:
    """Each step sees what the one before did, and every line is where it belongs."""
    talk = _post(rosa, "")["id"]
    assert _post(rosa, f"/{talk}/lines", {"text": "I feel so alone."})["line"] == 2
    with web_house.store.read() as connection:
        ticket = access_ticket(connection, talk)
    reply = do_write_as_companion(web_house, ticket, "What is that like?", by="composer")
    assert rosa.put(f"/api/conversations/{talk}/lines/{reply.id}/helped", json={"helped": True}).status_code == 200
    assert rosa.get("/api/conversations/wait").json()["on_duty"] == 0
    assert _post(rosa, f"/{talk}/ask", {"words": "A person, please."})["owner"] == "waiting"
    assert sam.get("/api/queue").json()["waiting"][0]["conversation"]["id"] == talk
    assert _post(sam, f"/{talk}/claim", status=409)["code"] == "not-on-duty"
    _on_duty(sam, web_house)
    assert _post(sam, f"/{talk}/claim")["owner"] == "supporter"
    _post(sam, f"/{talk}/lines", {"text": "I am here, Rosa."})
    _post(sam, f"/{talk}/notes", {"text": "Likes quiet."})
    assert sam.get(f"/api/conversations/{talk}/notes").json()["notes"][0]["name"] == "Sam"
    assert _post(sam, f"/{talk}/give-back")["owner"] == "companion"
    assert sam.get(f"/api/conversations/{talk}/lines").status_code == 404
    assert _post(rosa, f"/{talk}/close")["owner"] == "closed"
    told = rosa.get(f"/api/conversations/{talk}/lines").json()["lines"]
    assert [(line["line"], line["speaker"]) for line in told] == [
        (1, "notice"), (2, "member"), (3, "companion"), (4, "member"), (5, "notice"), (6, "notice"), (7, "supporter"),
        (8, "notice"), (9, "notice"),
    ]  # fmt: skip
    assert told[4]["notice"]["code"] == "nobody-on-duty"
    assert told[6]["name"] == "Sam"
    assert rosa.get(f"/api/conversations/{talk}/lines", params={"after": 7}).json()["lines"] == told[7:]
    assert [one["id"] for one in rosa.get("/api/conversations").json()["conversations"]] == [talk]


def test_a_member_is_told_why_and_what_was_offered_and_supporters_are_not(
    rosa: TestClient, sam: TestClient, web_house: House
) -> None:
    """On the companion's lines, in sentences; of a practice that has left the library, nothing."""
    talk = _post(rosa, "")["id"]
    practice = web_house.library.practices[0]
    for offered in (practice.id, "gone"):
        _post(rosa, f"/{talk}/lines", {"text": "I feel so alone."})
        with web_house.store.read() as connection:
            ticket = access_ticket(connection, talk)
        why = {"reason-1": "You spoke of {who}.", "reason-1-who": "Ana", "practice": offered, "refused": "verdict"}
        do_write_as_companion(web_house, ticket, "What is that like?", by="composer", why=why)
    told = rosa.get(f"/api/conversations/{talk}/lines").json()["lines"]
    assert [line["reasons"] for line in told] == [None, None, ["You spoke of Ana."], None, ["You spoke of Ana."]]
    assert told[2]["practice"] == {"id": practice.id, "title": practice.title}
    assert told[4]["practice"] is None
    _post(rosa, f"/{talk}/ask")
    seen = sam.get(f"/api/conversations/{talk}/lines").json()["lines"]
    assert {(line["reasons"], line["practice"]) for line in seen} == {(None, None)}


def test_why_it_was_passed_on_is_told_to_supporters_alone(rosa: TestClient, sam: TestClient, web_house: House) -> None:
    """With who wrote it; its member is told nothing of it here."""
    talk = _post(rosa, "", {"human": True})["id"]
    _on_duty(sam, web_house)
    _post(sam, f"/{talk}/claim")
    _post(sam, f"/{talk}/transfer", {"reason": "She asked for somebody older."})
    (why,) = sam.get(f"/api/conversations/{talk}").json()["reasons"]
    assert (why["name"], why["reason"], why["line"]) == ("Sam", "She asked for somebody older.", 3)
    assert rosa.get(f"/api/conversations/{talk}").json()["reasons"] is None
    assert "older" not in rosa.get(f"/api/conversations/{talk}/lines").text


def test_a_line_or_a_request_sent_twice_is_written_once(rosa: TestClient) -> None:
    """By the id of the line, or by the Idempotency-Key of the request."""
    talk = _post(rosa, "")["id"]
    sent = {"text": "Hello?", "sent": new_id()}
    assert _post(rosa, f"/{talk}/lines", sent) == _post(rosa, f"/{talk}/lines", sent)
    for _ in range(2):
        rosa.post(f"/api/conversations/{talk}/lines", json={"text": "Hm."}, headers={"Idempotency-Key": "a"})
    assert len(rosa.get(f"/api/conversations/{talk}/lines").json()["lines"]) == 3


def test_danger_is_read_before_it_is_written(rosa: TestClient, sam: TestClient) -> None:
    """A line that speaks of danger puts its conversation first in the queue."""
    talk = _post(rosa, "", {"human": True})["id"]
    _post(rosa, f"/{talk}/lines", {"text": "I want to kill myself tonight."})
    assert sam.get("/api/queue").json()["waiting"][0]["risk"] in ("explicit", "imminent")


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "a"}])
def test_over_the_limit_danger_is_told_and_a_person_asked_for(
    rosa: TestClient, web_house: House, monkeypatch: pytest.MonkeyPatch, headers: dict[str, str]
) -> None:
    """The answer is 429, says where help is to be shown, and no line is written; what is done besides stays done."""
    talk = _post(rosa, "")["id"]
    monkeypatch.setattr("attunement.programme.conversations.hearing.LINES_A_MINUTE", 0)
    for end, body, danger in (
        ("lines", {"text": "I want to kill myself tonight."}, True),
        ("ask", {"words": "A person, please."}, False),
        ("ask", {"words": "I want to kill myself tonight."}, True),
    ):
        answer = rosa.post(f"/api/conversations/{talk}/{end}", json=body, headers=headers)
        told = answer.json()
        assert (answer.status_code, told["code"], told["help_shown"]) == (429, "too-many-tries", danger)
    with web_house.store.read() as connection:
        assert [alert.level for alert in find_open_alerts(connection)] == [RiskLevel.IMMINENT]
    assert rosa.get(f"/api/conversations/{talk}").json()["owner"] == "waiting"
    lines = rosa.get(f"/api/conversations/{talk}/lines").json()["lines"]
    assert {line["speaker"] for line in lines} == {"notice"}


@pytest.mark.parametrize("headers", [{}, {"Idempotency-Key": "a"}])
@pytest.mark.parametrize("closed", [True, False], ids=["ended", "too long"])
@pytest.mark.parametrize(("end", "field"), [("lines", "text"), ("ask", "words")])
def test_danger_in_words_that_are_refused_is_told(
    integrator: TestClient, web_house: House, people: People, end: str, field: str, closed: bool,
    headers: dict[str, str],
) -> None:  # fmt: skip
    """The conversation has ended, or they are too long: the problem says that help is to be shown, and people know."""
    talk = integrator.post(f"/api/members/{people.kept}/conversations", json={}).json()["id"]
    if closed:
        _post(integrator, f"/{talk}/close")
    words = GRAVE if closed else GRAVE + " word" * 1_000
    answer = integrator.post(f"/api/conversations/{talk}/{end}", json={field: words}, headers=headers)
    told = answer.json()
    refused = (409, "conversation-closed") if closed else (422, "text-too-long")
    assert (answer.status_code, told["code"], told["help_shown"]) == (*refused, True)
    with web_house.store.read() as connection:
        assert [alert.level for alert in find_open_alerts(connection)] == [RiskLevel.IMMINENT]
    owner = integrator.get(f"/api/conversations/{talk}").json()["owner"]
    assert owner == ("closed" if closed else "waiting" if end == "ask" else "companion")


def test_a_supporters_line_that_is_too_long_is_refused(sam: TestClient, rosa: TestClient, web_house: House) -> None:
    """As ever, and no danger of the member's is read in it."""
    talk = _post(rosa, "", {"human": True})["id"]
    _on_duty(sam, web_house)
    _post(sam, f"/{talk}/claim")
    assert _post(sam, f"/{talk}/lines", {"text": GRAVE + " word" * 1_000}, status=422)["help_shown"] is False
    with web_house.store.read() as connection:
        assert find_open_alerts(connection) == []


def test_what_is_anothers_is_as_unknown_as_none(
    rosa: TestClient, sam: TestClient, web_house: House, people: People
) -> None:
    """Another member's conversation, one a supporter may not see, and one that never was look the same."""
    theirs = do_open(web_house, people.other.member or "").id
    for client in (rosa, sam):
        for talk in (theirs, new_id(), "none"):
            for method, end in (
                ("GET", ""),
                ("GET", "/lines"),
                ("GET", "/live"),
                ("POST", "/lines"),
                ("POST", "/close"),
            ):
                body = {"text": "Hello?"} if (method, end) == ("POST", "/lines") else None
                answer = client.request(method, f"/api/conversations/{talk}{end}", json=body)
                assert (answer.status_code, answer.json()["code"]) == (404, "unknown-conversation"), (method, end)


def test_a_supporter_describes_themselves(sam: TestClient, web_house: House) -> None:
    """What they said stands, a shift can be ended, and no debrief is asked for out of nothing."""
    described = {"languages": ["en", "pt-BR"], "skills": ["grief"], "team": "night", "capacity": 2}
    me = sam.put("/api/supporters/me", json=described).json()["me"]
    assert {name: me[name] for name in described} == described
    _on_duty(sam, web_house)
    assert sam.get("/api/queue").json()["me"]["free"] == 2
    assert sam.delete("/api/supporters/me/shift").json()["me"]["until"] is None
    found = sam.post("/api/supporters/me/debrief").json()
    assert (found["debrief"], found["colleagues"]) == (None, [])
    assert sam.put("/api/supporters/me", json={"skills": ["Deep Grief"]}).status_code == 422


# integrators --------------------------------------------------------------------------------------------------------
def test_an_integrator_speaks_for_a_member_of_theirs(
    integrator: TestClient, sam: TestClient, web_house: House, people: People
) -> None:
    """From the first notice to a person and to the end, over the API alone, and a draft is read on the way."""
    members = f"/api/members/{people.kept}/conversations"
    talk = integrator.post(members, json={}).json()["id"]
    assert _post(integrator, f"/{talk}/lines", {"text": "I feel so alone."})["line"] == 2
    with web_house.store.read() as connection:
        ticket = access_ticket(connection, talk)
    reply = do_write_as_companion(web_house, ticket, "What is that like?", by="composer")
    helped = integrator.put(f"/api/conversations/{talk}/lines/{reply.id}/helped", json={"helped": True})
    assert helped.status_code == 200
    assert _post(integrator, f"/{talk}/ask", {"words": "A person, please."})["owner"] == "waiting"
    assert _post(integrator, f"/{talk}/stop-waiting")["owner"] == "companion"
    assert _post(integrator, f"/{talk}/ask")["owner"] == "waiting"
    web_house.clock.forward(minutes=2)  # type: ignore[attr-defined]
    assert integrator.get(f"{members}/wait").json()["so_far_min"] == 2
    _on_duty(sam, web_house)
    _post(sam, f"/{talk}/claim")
    _post(sam, f"/{talk}/lines", {"text": "I am here."})
    found = integrator.get(f"/api/conversations/{talk}/lines", params={"after": 1}).json()
    assert found["conversation"]["owner"] == "supporter"
    assert [line["speaker"] for line in found["lines"] if line["speaker"] != "notice"] == [
        "member", "companion", "member", "supporter"
    ]  # fmt: skip
    assert found["lines"][-1]["name"] == "Sam"
    draft = {"post": "I failed.", "draft": "Oh no, I am sorry."}
    assert integrator.post("/api/coach", json=draft).status_code == 200
    assert _post(integrator, f"/{talk}/close")["owner"] == "closed"
    assert [one["id"] for one in integrator.get(members).json()["conversations"]] == [talk]


def test_danger_written_through_an_integrator_is_read_first(
    integrator: TestClient, sam: TestClient, people: People
) -> None:
    """Help is to be shown with it, and an alert is raised that names the talk to whoever may open it."""
    talk = integrator.post(f"/api/members/{people.kept}/conversations", json={"human": True}).json()["id"]
    assert _post(integrator, f"/{talk}/lines", {"text": "I want to kill myself tonight."})["help_shown"]
    (alert,) = sam.get("/api/alerts").json()["alerts"]
    assert (alert["member"], alert["conversation"]) == (people.kept, talk)


def test_an_integrator_speaks_for_nobody_else(integrator: TestClient, web_house: House, people: People) -> None:
    """Neither for who joined by themselves, nor for who another key enrolled: as unknown as a talk that never was."""
    theirs = [do_open(web_house, member or "").id for member in (people.rosa.member, people.foreign)]
    for talk in (*theirs, new_id(), "none", "%00"):
        for method, end, body in (
            ("GET", "", None), ("GET", "/lines", None), ("GET", "/live", None), ("POST", "/lines", {"text": "Hello?"}),
            ("POST", "/ask", {}), ("POST", "/stop-waiting", None), ("POST", "/close", None),
            ("PUT", f"/lines/{new_id()}/helped", {"helped": True}),
        ):  # fmt: skip
            answer = integrator.request(method, f"/api/conversations/{talk}{end}", json=body)
            assert (answer.status_code, answer.json()["code"]) == (404, "unknown-conversation"), (method, end)


def test_an_integrator_chooses_what_its_member_chose(integrator: TestClient, people: People) -> None:
    """How the companion is to be counts for that member; a request sent twice under one key is done once."""
    address = f"/api/members/{people.kept}/conversations"
    assert integrator.put(f"{address}/settings", json={"ideas": 0.9}).json()["ideas"] == 0.9
    assert integrator.get(f"{address}/settings").json()["ideas"] == 0.9
    talk = integrator.post(address, json={}).json()["id"]
    for _ in range(2):
        integrator.post(f"/api/conversations/{talk}/lines", json={"text": "Hm."}, headers={"Idempotency-Key": "a"})
    assert len(integrator.get(f"/api/conversations/{talk}/lines").json()["lines"]) == 2


def test_an_integrator_keeps_what_its_member_wants_remembered(integrator: TestClient, people: People) -> None:
    """Nothing without the member's consent; with it lines are added, changed and taken from the talk, each once.

    Taken back, the lines are there to be seen and taken out, and no more than that.
    """
    at, memory = f"/api/members/{people.kept}", f"/api/members/{people.kept}/conversations/memory"
    talk = integrator.post(f"{at}/conversations", json={}).json()["id"]
    line = f"/{talk}/lines/{_post(integrator, f'/{talk}/lines', {'text': 'I work at night.'})['id']}/remember"
    assert integrator.post(memory, json={"text": "My sister is Ana."}).json()["code"] == "consent-missing"
    assert _post(integrator, line, status=403)["code"] == "consent-missing"
    integrator.put(f"{at}/consents", json={"cells": ["companion:text"]})
    (one,) = {
        integrator.post(memory, json={"text": "My sister is Ana."}, headers={"Idempotency-Key": "a"}).json()["id"]
        for _ in range(2)
    }
    assert integrator.put(f"{memory}/{one}", json={"text": "My sister is Bea."}).json()["text"] == "My sister is Bea."
    _post(integrator, line)
    kept = integrator.get(memory).json()
    assert kept["used"] is True
    assert [told["text"] for told in kept["remembered"]] == ["I work at night.", "My sister is Bea."]
    integrator.put(f"{at}/consents", json={"cells": []})
    assert integrator.get(memory).json() == {**kept, "used": False}
    assert integrator.put(f"{memory}/{one}", json={"text": "Hm."}).json()["code"] == "consent-missing"
    assert integrator.delete(f"{memory}/{one}").json()["remembered"] == kept["remembered"][:1]
    assert integrator.delete(f"{memory}/{one}").status_code == 404


def test_what_one_member_keeps_is_unknown_under_another(
    integrator: TestClient, rosa: TestClient, web_house: House, people: People
) -> None:
    """A line of Rosa's is neither seen nor touched by a key, under her own id or under that of its member."""
    for member in (people.rosa.member or "", people.kept):
        do_change_consent(web_house, member, grant=[Cell.parse("companion:text")])
    hers = rosa.post("/api/conversations/memory", json={"text": "My sister is Ana."}).json()
    assert rosa.get("/api/members/me/conversations/memory").json()["remembered"] == [hers]
    for member in (people.rosa.member, people.kept):
        at = f"/api/members/{member}/conversations/memory/{hers['id']}"
        assert integrator.put(at, json={"text": "Hm."}).status_code == 404
        assert integrator.delete(at).status_code == 404
    assert rosa.get("/api/conversations/memory").json()["remembered"] == [hers]


def test_the_description_says_that_keys_may_talk(integrator: TestClient) -> None:
    """Every operation in a conversation names the key among what opens it, but for what supporters alone do."""
    paths = integrator.get("/api/openapi.json").json()["paths"]
    for path in ("/lines", "/live", "/ask", "/close", "/stop-waiting", ""):
        for method, operation in paths[f"/api/conversations/{{conversation}}{path}"].items():
            assert {"api-key": []} in operation["security"], (method, path)
    assert paths["/api/conversations/{conversation}/claim"]["post"]["security"] == [{"session": []}]


def test_danger_beside_half_an_emoji_is_kept_and_told(rosa: TestClient, web_house: House) -> None:
    """A program that cut a line in the midst of an emoji sends a line like any other."""
    talk = _post(rosa, "")["id"]
    sent = rosa.post(
        f"/api/conversations/{talk}/lines", content=b'{"text": "%s \\ud83d"}' % GRAVE.encode(),
        headers={"Content-Type": "application/json"},
    )  # fmt: skip
    assert (sent.status_code, sent.json()["text"]) == (200, f"{GRAVE} \ufffd")
    with web_house.store.read() as connection:
        assert [alert.level for alert in find_open_alerts(connection)] == [RiskLevel.IMMINENT]
