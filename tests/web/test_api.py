"""The API as a program meets it: one moment from end to end, errors it can tell apart, requests sent twice."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from pydantic import BaseModel
from starlette.testclient import TestClient
from tests.conftest import Clock
from tests.web.conftest import Clients, People

from attunement.programme.alerts.seeing import access_waiting_alerts
from attunement.programme.alerts.settings import do_arrange_alerts
from attunement.programme.api_keys import do_revoke_api_key
from attunement.programme.house import House
from attunement.web import access
from attunement.web.access import Role
from attunement.web.api.answers import CheckInInfo
from attunement.web.api.conversation_answers import ConversationInfo

LOOP = {"affect": {"valence": -0.4, "arousal": 0.6}, "needs": ["calm"], "text": "I feel sad about my sister."}
JSON = {"Content-Type": "application/json"}


def _problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    problem: dict[str, Any] = answer.json()
    assert (answer.status_code, problem["status"], problem["code"]) == (status, status, code), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["type"] == f"urn:attunement:error:{code}"
    assert problem["detail"]
    return problem


def test_one_moment_from_end_to_end(integrator: TestClient) -> None:
    """Enrol, allow, check in, decide, finish, read back, erase: each step sees what the one before did."""
    member = integrator.post("/api/members", json={"country": "IE"}).json()["id"]
    at = f"/api/members/{member}"
    allow = ["personalise:self_report", "personalise:text", "personalise:interactions", "learn:interactions"]
    assert integrator.put(f"{at}/consents", json={"cells": allow}).json()["allowed"] == sorted(allow)
    loop = integrator.post(f"{at}/loop", json=LOOP).json()
    decision = loop["decision"]
    assert loop["check_in"]["reading"]["language"] == "en"
    assert sum(decision["probabilities"].values()) == pytest.approx(1)
    assert decision["probabilities"][decision["offered"]] == decision["probability"]
    assert (decision["moment"], decision["used"]) == (loop["check_in"]["id"], ["self_report", "text", "interactions"])
    assert integrator.get(f"{at}/decisions/{decision['id']}").json() == decision
    done = integrator.post(f"{at}/decisions/{decision['id']}/outcome", json={"rating": 5})
    assert done.status_code == 201
    assert integrator.get(f"{at}/decisions/{decision['id']}/outcome").json() == done.json()
    journey = integrator.get(f"{at}/journey").json()
    assert (len(journey["moments"]), journey["practices"][0]["rating"]) == (1, 5)
    ahead = integrator.get(f"{at}/outlook").json()
    assert (ahead["outlook"], ahead["arousal"], ahead["danger"]["lapsed"]) == (None, None, False)
    _problem(integrator.get(f"{at}/outlook?hours=0"), 422, "bad-input")
    assert integrator.get(f"{at}/outlook?hours=72").json() == ahead
    assert 0 < ahead["danger"]["low"] < ahead["danger"]["chance"] < ahead["danger"]["high"] < 1
    assert integrator.get(f"{at}/export").json()["consent_chain_unbroken"] is True
    counts = integrator.get(f"{at}/erasure").json()["counts"]
    receipt = integrator.delete(at).json()
    assert receipt["counts"] == counts
    assert integrator.get(f"/api/receipts/{receipt['id']}").json() == receipt
    _problem(integrator.get(at), 404, "unknown-member")


def test_nothing_allowed_is_a_fair_draw(integrator: TestClient) -> None:
    """Without consent nothing is looked at, the text is not read into the answer, and every practice is as likely."""
    member = integrator.post("/api/members", json={}).json()["id"]
    loop = integrator.post(f"/api/members/{member}/loop", json=LOOP).json()
    assert loop["check_in"]["reading"] is None
    assert loop["decision"]["not_used"] == ["self_report", "text", "interactions"]
    assert len(set(loop["decision"]["probabilities"].values())) == 1


def test_an_outcome_counts_once_and_in_time(integrator: TestClient, people: People, clock: Clock) -> None:
    """The second is refused as already sent; one after fourteen days as too late; of a stranger's, as unknown."""
    at = f"/api/members/{people.kept}/decisions"
    first, late = people.decisions[people.kept], integrator.post(at, json={}).json()["id"]
    answer = {"answer": "something-different"}
    assert integrator.post(f"{at}/{first}/answers", json=answer).json()["decision"]["id"] not in (first, late)
    _problem(integrator.post(f"{at}/{first}/outcome", json={"practice": "no-such"}), 404, "unknown-practice")
    assert integrator.post(f"{at}/{first}/outcome", json={"finished": False}).status_code == 201
    _problem(integrator.post(f"{at}/{first}/outcome", json={}), 409, "outcome-already-sent")
    _problem(integrator.post(f"{at}/{first}/answers", json=answer), 409, "outcome-already-sent")
    clock.time += timedelta(days=14, seconds=1)
    _problem(integrator.post(f"{at}/{late}/outcome", json={}), 409, "outcome-too-late")
    _problem(integrator.post(f"{at}/{people.decisions[people.foreign]}/outcome", json={}), 404, "unknown-decision")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 422, "bad-input"), (b"\xff\xfe", 422, "bad-input"), (b"[" * 100_000, 422, "bad-input"),
        (b"null", 422, "bad-input"), (b'{"needs": ["\\ud800"]}', 422, "bad-input"),
        (b'{"affect": {"valence": NaN, "arousal": 0}}', 422, "bad-input"),
        (b'{"affect": {"valence": 1e999, "arousal": 0}}', 422, "bad-input"),
        (b'{"affect": {"valence": "0.5", "arousal": 0}}', 422, "bad-input"),
        (b'{"affect": {"valence": 2, "arousal": 0}}', 422, "bad-input"), (b'{"mood": 3}', 422, "bad-input"),
        (b'{"text": "   "}', 422, "bad-input"), (b'{"text": "%s"}' % (b"x" * 20_001), 422, "bad-input"),
        (b'{"needs": ["calm"], "at": "2026-05-01T11:00:00"}', 422, "bad-input"),
        (b'{"needs": ["calm"], "at": 1777630000}', 422, "bad-input"),
        (b'{"needs": ["calm"], "at": "2026-05-02T11:00:00Z"}', 422, "bad-time"),
        (b'{"text": "%s"}' % (b"x" * 300_000), 413, "too-large"),
    ],
)  # fmt: skip
def test_bad_bodies_get_coded_answers(
    integrator: TestClient, people: People, body: bytes, status: int, code: str
) -> None:
    """Nothing that can be sent as a body crashes; the answer says what is wrong, and nothing is written."""
    before = len(integrator.get(f"/api/members/{people.kept}/check-ins").json()["check_ins"])
    answer = integrator.post(f"/api/members/{people.kept}/check-ins", content=body, headers=JSON)
    _problem(answer, status, code)
    assert len(integrator.get(f"/api/members/{people.kept}/check-ins").json()["check_ins"]) == before


def test_a_streamed_body_is_counted_as_it_comes(integrator: TestClient) -> None:
    """Without a Content-Length, too much is still too much."""
    pieces = (b" " * 10_000 for _ in range(40))
    _problem(integrator.post("/api/read", content=pieces, headers=JSON), 413, "too-large")


def test_emoji_and_right_to_left_text_pass_unharmed(integrator: TestClient, people: People) -> None:
    """What people type comes back in the export as they typed it."""
    text = "שלום 👩‍👧 \u202bnested\u202c done"
    integrator.post(f"/api/members/{people.kept}/check-ins", json={"text": text})
    events = integrator.get(f"/api/members/{people.kept}/export").json()["events"]
    assert events[-1]["text"] == text


def test_fields_at_fault_are_named(integrator: TestClient, people: People) -> None:
    """Validation tells field by field, and never repeats what was sent."""
    body = {"affect": {"valence": "secret words", "arousal": 0}}
    answer = integrator.post(f"/api/members/{people.kept}/check-ins", json=body)
    problem = _problem(answer, 422, "bad-input")
    assert [error["field"] for error in problem["errors"]] == ["body.affect.valence"]
    assert "secret" not in answer.text


def test_addresses_and_methods_that_are_not_there(integrator: TestClient, people: People) -> None:
    """404 and 405 are problems too; Allow lists everything the address takes; unknown parameters are told."""
    _problem(integrator.get("/api/nothing"), 404, "not-found")
    answer = integrator.put(f"/api/members/{people.kept}")
    _problem(answer, 405, "method-not-allowed")
    assert answer.headers["allow"] == "DELETE, GET, PATCH"
    _problem(integrator.get("/api/members?limits=3"), 422, "bad-input")


def test_members_come_in_pages(integrator: TestClient, people: People) -> None:
    """Following the Link header meets every member of this key once, in order, and nobody else's."""
    made = [people.kept, *(integrator.post("/api/members", json={}).json()["id"] for _ in range(4))]
    met, address = [], "/api/members?limit=2"
    while address:
        answer = integrator.get(address)
        met += [member["id"] for member in answer.json()["members"]]
        address = answer.links.get("next", {}).get("url", "")
    assert met == made


def test_a_request_sent_twice_is_done_once(integrator: TestClient, people: People) -> None:
    """With an Idempotency-Key the same answer comes again; for another body it is refused; erasing works the same."""
    address, key = f"/api/members/{people.kept}/loop", {"Idempotency-Key": "once"}
    first, second = (integrator.post(address, json=LOOP, headers=key) for _ in range(2))
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert len(integrator.get(f"/api/members/{people.kept}/check-ins").json()["check_ins"]) == 2
    _problem(integrator.post(address, json={"needs": ["act"]}, headers=key), 409, "idempotency-mismatch")
    receipts = [integrator.delete(f"/api/members/{people.kept}", headers={"Idempotency-Key": "e"}) for _ in range(2)]
    assert receipts[0].status_code == receipts[1].status_code == 200
    assert receipts[0].json() == receipts[1].json()
    _problem(integrator.delete(f"/api/members/{people.kept}"), 404, "unknown-member")


@pytest.mark.parametrize(("answer", "later"), [(ConversationInfo, "second"), (CheckInInfo, "violence")])
def test_an_answer_kept_by_the_version_before_is_given_again(answer: type[BaseModel], later: str) -> None:
    """What is remembered for a day outlives an upgrade: a field that came later may be missing in it."""
    assert not answer.model_fields[later].is_required()


def test_every_write_takes_an_idempotency_key(app: FastAPI) -> None:
    """Each unsafe operation documents the header; only reading, which writes nothing, does without, and what comes to
    the same however often it is sent: the minutes of a file of signals, the parts of the coach drawn for a talk."""
    without = [
        path
        for path, operations in app.openapi()["paths"].items()
        for method, operation in operations.items()
        if method in ("post", "put", "patch", "delete")
        and "idempotency-key" not in {parameter["name"].lower() for parameter in operation.get("parameters", [])}
    ]
    assert set(without) == {
        "/api/members/{member}/body/file", "/api/programme/objective/effect", "/api/read", "/api/read/replies",
        "/api/coach", "/api/conversations/{conversation}/coach", "/api/supporters/me/cases/{case}/reply",
    }  # fmt: skip


def test_reading_keeps_the_order(integrator: TestClient) -> None:
    """A batch reads each text as it would alone."""
    texts = ["I am sad.", "", "What a lovely day!"]
    batch = integrator.post("/api/read", json={"texts": texts}).json()["readings"]
    single = [integrator.post("/api/read", json={"texts": [text]}).json()["readings"][0] for text in texts]
    assert [one["labels"] for one in batch] == [one["labels"] for one in single]
    assert batch[0]["valence"] == pytest.approx(single[0]["valence"], abs=1e-3)


def test_a_reading_says_why_where_it_is_asked_to(integrator: TestClient) -> None:
    """Each word of the text for each thing read; nothing for a language that is not read; no field filled unasked."""
    texts = ["I am so grateful.", "Mir geht es heute nicht gut."]
    english, german = integrator.post("/api/read", json={"texts": texts, "why": True}).json()["readings"]
    assert {"gratitude", "valence", "arousal", "dominance", "stress", "risk"} <= set(english["why"])
    strongest = max(english["why"]["gratitude"], key=lambda word: word["weight"])
    assert texts[0][strongest["start"] : strongest["end"]] == "grateful."
    assert set(map(len, german["why"].values())) == {0}
    assert integrator.post("/api/read", json={"texts": texts}).json()["readings"][0]["why"] is None


def test_of_a_check_in_more_is_heard(integrator: TestClient) -> None:
    """The same line as a check-in tells of a feeling, with the words that carried it; danger is read the same."""
    asked = {"texts": ["finally a day off"], "why": True}
    line, told = (
        integrator.post("/api/read", json=asked | {"check_ins": yes}).json()["readings"][0] for yes in (False, True)
    )
    assert (line["labels"], told["labels"]) == ([], ["joy"])
    strongest = max(told["why"]["joy"], key=lambda word: word["weight"])
    assert asked["texts"][0][strongest["start"] : strongest["end"]] in {"finally", "day", "off"}
    assert line["risk"] == told["risk"]


def test_a_history_raises_the_risk_of_its_text(integrator: TestClient) -> None:
    """A text may come with what was written before it; the answer says from where it was raised."""
    sad = "I'm so tired and sad tonight."
    texts = [{"text": sad, "history": ["Nobody would miss me if I was gone."]}, {"text": sad}, sad]
    after, alone, same = integrator.post("/api/read", json={"texts": texts}).json()["readings"]
    assert (after["risk"]["level"], after["risk"]["raised_from"]) == ("indirect", "distress")
    assert (alone["risk"]["level"], alone["risk"]["raised_from"]) == ("distress", None)
    assert same == alone
    for history, field in ((["a"] * 41, "history"), (["a", 3], "history.1"), (["x" * 20_001], "history.0")):
        answer = integrator.post("/api/read", json={"texts": [sad, {"text": sad, "history": history}]})
        assert [e["field"] for e in _problem(answer, 422, "bad-input")["errors"]] == [f"body.texts.1.{field}"]


def test_violence_is_a_sign_of_danger_to_programs_too(integrator: TestClient, people: People) -> None:
    """Read for itself or in a check-in, the same words have the same level, and say which lines to show first."""
    hurt, calm = "My husband hit me again last night.", "She beat me at chess."
    first, second = integrator.post("/api/read", json={"texts": [hurt, calm]}).json()["readings"]
    assert (first["violence"], first["risk"]["level"]) == (True, "indirect")
    assert (second["violence"], second["risk"]["level"]) == (False, "none")
    told = [integrator.post(f"/api/members/{people.kept}/check-ins", json={"text": one}).json() for one in (calm, hurt)]
    assert [(one["violence"], one["risk"], one["help_shown"]) for one in told] == [
        (False, "none", False), (True, "indirect", True)
    ]  # fmt: skip


def test_a_reading_of_a_reply_says_why_where_it_is_asked_to(integrator: TestClient) -> None:
    """Each word for each thing read of it; nothing for a language that is not read; no field filled unasked."""
    exchanges = [{"post": "She left.", "reply": "When did it happen?"}, {"reply": "Das tut mir sehr leid für dich."}]
    english, german = integrator.post("/api/read/replies", json={"exchanges": exchanges, "why": True}).json()["replies"]
    assert {"emotional_reactions", "concern", "skill", english["strategy"]} <= set(english["why"])
    words = [exchanges[0]["reply"][word["start"] : word["end"]] for word in english["why"]["explorations"]]
    assert words == ["When", "did", "it", "happen?"]
    assert set(map(len, german["why"].values())) == {0}
    assert integrator.post("/api/read/replies", json={"exchanges": exchanges}).json()["replies"][0]["why"] is None


def test_replies_are_read_after_what_they_answer(integrator: TestClient) -> None:
    """Each reply has three mechanisms with spans in it, a strategy and what it is in an interview; order is kept."""
    exchanges = [
        {"post": "I failed again.", "reply": "I'm so sorry. What happened?"},
        {"post": "I failed again.", "reply": "The office opens at nine."},
    ]
    replies = integrator.post("/api/read/replies", json={"exchanges": exchanges}).json()["replies"]
    kind, dry = replies
    assert kind["emotional_reactions"]["level"] > dry["emotional_reactions"]["level"] == 0
    assert all(0 <= start < end <= 28 for start, end in kind["explorations"]["spans"])
    assert sum(kind["strategies"].values()) == pytest.approx(1, abs=1e-4)
    alone = integrator.post("/api/read/replies", json={"exchanges": exchanges[1:]}).json()["replies"]
    assert alone == [dry]
    _problem(integrator.post("/api/read/replies", json={"exchanges": []}), 422, "bad-input")
    _problem(integrator.post("/api/read/replies", json={"exchanges": [{"post": "no reply"}]}), 422, "bad-input")


def test_a_draft_is_coached_about_what_it_answers(integrator: TestClient) -> None:
    """Suggestions name what the post tells of, best first, with places in the draft given back; bad input is coded."""
    body = {"post": "My cat died on Sunday.", "draft": "  Cheer up. You can always get another one some day.  "}
    found = integrator.post("/api/coach", json=body).json()
    assert found["draft"] == body["draft"].strip()
    assert "your cat" in found["suggestions"][0]["text"]
    assert len({one["adds"] for one in found["suggestions"]}) == len(found["suggestions"]) <= 3
    caution = found["cautions"][0]
    assert (caution["kind"], found["draft"][caution["start"] : caution["end"]]) == ("minimising", "Cheer up")
    assert (found["danger"], found["danger_of"], found["notice"], found["asks"]) == (False, None, None, None)
    hurt = integrator.post("/api/coach", json=body | {"post": "My husband hits me when he drinks."}).json()
    assert (hurt["danger"], hurt["danger_of"]) == (True, "violence")
    assert "safe" in hurt["asks"]
    _problem(integrator.post("/api/coach", json={"post": "no draft"}), 422, "bad-input")
    _problem(integrator.post("/api/coach", json=body | {"draft": "x" * 20_001}), 422, "bad-input")


def test_what_a_draft_mostly_does_is_said_where_it_is_clear(integrator: TestClient) -> None:
    """It asks, tells back or informs; null where it does a bit of each."""
    drafts = {
        "What happened then? How did you feel?": "asks",
        "It sounds like you feel torn between your sister and your own rest.": "reflects",
        "You can look for a cheaper flat. There is an office for that in town, open on Mondays.": "informs",
        "It sounds lonely at that table. Would you like to tell me about him? There is a group on Tuesdays, and many "
        "people find that a letter helps.": None,
    }
    post = "My brother died in March and I still set a place for him."
    found = {d: integrator.post("/api/coach", json={"post": post, "draft": d}).json()["mostly"] for d in drafts}
    assert found == drafts


def test_a_check_in_in_another_language_says_that_it_was_not_read(integrator: TestClient, people: People) -> None:
    """The numbers of one that was read come with the words that moved them; of the other, only danger counts."""

    def read(text: str) -> dict[str, Any]:
        address = f"/api/members/{people.kept}/check-ins"
        made = integrator.post(address, json={"text": text}).json()["id"]
        found: dict[str, Any] = integrator.get(f"{address}/{made}").json()
        return found

    german, english = read("Ich will mich umbringen"), read("I feel a bit sad today.")
    assert (german["language"], german["was_read"], german["words"], german["other_words"]) == ("de", False, {}, {})
    assert german["risk"]["level"] == "explicit"
    assert (english["was_read"], english["valence"] < 3) == (True, True)
    lowered = english["other_words"]["valence"]
    assert lowered
    assert all(word["weight"] < 0 for word in lowered)


def test_changes_of_a_profile_keep_the_rest(integrator: TestClient, people: People) -> None:
    """A PATCH touches only what it names; an empty one, and a zone that does not exist, are refused."""
    address = f"/api/members/{people.kept}"
    changed = integrator.patch(address, json={"language": "de", "breadth": 0.9}).json()
    assert (changed["language"], changed["breadth"], changed["time_zone"]) == ("de", 0.9, "UTC")
    _problem(integrator.patch(address, json={}), 422, "bad-input")
    _problem(integrator.patch(address, json={"time_zone": "Mars/Olympus"}), 422, "bad-input")
    _problem(integrator.put(f"{address}/consents", json={"cells": ["learn:everything"]}), 422, "bad-input")


def test_the_library_and_helplines_are_open(anonymous: TestClient, web_house: House) -> None:
    """Practices and help need no signing in; an unknown country still gets help."""
    listed = anonymous.get("/api/practices").json()["practices"]
    assert [practice["id"] for practice in listed] == [p.id for p in web_house.library.practices]
    detail = anonymous.get(f"/api/practices/{listed[0]['id']}").json()
    assert detail["steps"]
    _problem(anonymous.get("/api/practices/no-such"), 404, "unknown-practice")
    assert anonymous.get("/api/helplines?country=ie").json()["code"] == "IE"
    assert anonymous.get("/api/helplines?country=ZZ").json()["lines"]
    assert anonymous.get("/healthz").json()["status"] == "ok"


def test_a_revoked_key_stops_within_seconds(
    integrator: TestClient, web_house: House, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once what is remembered of it has run out, a revoked key is refused with 401."""
    assert integrator.get("/api/members").status_code == 200
    do_revoke_api_key(web_house, people.key.id)
    now = access.time.monotonic()
    monkeypatch.setattr(access.time, "monotonic", lambda: now + access.KEY_KNOWN_S + 0.1)
    answer = integrator.get("/api/members")
    _problem(answer, 401, "not-signed-in")
    assert answer.headers["www-authenticate"] == "Bearer"


@pytest.mark.parametrize("header", ["Bearer", "Bearer att_x", "Basic att_x", "att_x", "Bearer  ", "Bearer \xe4\xf6"])
def test_wrong_keys_are_refused(app: FastAPI, anonymous: TestClient, people: People, header: str) -> None:
    """Whatever stands in the Authorization header, only a key that works lets in; a wrong one is no one."""
    raw = {"Authorization": header.encode("latin-1")}
    _problem(anonymous.get("/api/members", headers=raw), 401, "not-signed-in")
    basic = {"Authorization": f"Basic {people.key.key}"}
    _problem(anonymous.get("/api/members", headers=basic), 401, "not-signed-in")


def test_what_nobody_foresaw_is_told_by_number_only(
    clients: Clients, people: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A crash answers 500 with a number and no details; the details are in the log under that number."""

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr("attunement.web.api.members.access_export", broken)
    answer = clients[Role.MEMBER].get("/api/members/me/export")
    problem = _problem(answer, 500, "internal")
    assert "secret" not in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert problem["instance"].removeprefix("urn:uuid:") in caplog.text
    assert "the secret of the house" in caplog.text


def test_the_description_needs_nothing_from_elsewhere(anonymous: TestClient) -> None:
    """The OpenAPI document is served as JSON, every reference in it resolves, and no address of others is in it."""
    text = anonymous.get("/api/openapi.json").text
    description = json.loads(text)
    for piece in text.split('"#/components/schemas/')[1:]:
        assert piece.split('"')[0] in description["components"]["schemas"]
    assert "cdn" not in text


def test_a_check_in_is_kept_where_nothing_may_be_offered(
    app: FastAPI, web_house: House, integrator: TestClient, people: People
) -> None:
    """In danger, with a library that has nothing gentle: no decision, help shown, and the alert is raised and stays."""
    steady = tuple(p for p in web_house.library.practices if p.intensity > 1)
    app.state.house = replace(web_house, library=replace(web_house.library, practices=steady))
    do_arrange_alerts(web_house, check_ins=True)
    at = f"/api/members/{people.kept}"
    answer = integrator.post(f"{at}/loop", json={"text": "I want to kill myself tonight."})
    assert (answer.status_code, answer.json()["decision"]) == (201, None)
    told = answer.json()["check_in"]
    assert (told["help_shown"], told["alerted"]) == (True, True)
    assert told["id"] in [one["id"] for one in integrator.get(f"{at}/check-ins").json()["check_ins"]]
    assert access_waiting_alerts(web_house) == 1
    _problem(integrator.post(f"{at}/decisions", json={}), 409, "nothing-to-offer")
    refused = integrator.post(
        f"{at}/decisions/{people.decisions[people.kept]}/answers", json={"answer": "less-like-this"}
    )
    assert (refused.status_code, refused.json()["decision"]) == (201, None)
