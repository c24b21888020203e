"""Signals of the body as a wearable's developer meets them: sent in windows, read against one's own rest."""

from __future__ import annotations

import importlib.util
import re
from typing import Any

import numpy as np
import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People
from tests.web.talking import proof

from attunement.cli.body import face
from attunement.domain.body import Flaw
from attunement.programme.body import access_body
from attunement.programme.consents import do_set_consent
from attunement.programme.house import House
from attunement.web.access import Role
from attunement.web.pages.body_view import WHY_NOT

NOON = 1_777_636_800.0  # 1 May 2026, 12:00 UTC, when the clock of these tests stands still
FACE = {"start", "end", "arousal", "stress", "quality", "why", "features", "model"}
EVEN = {"kind": "heart_rate", "start": NOON - 60, "rate_hz": 1, "values": [70] * 60}


def _heart(minutes: int, *, end: float = 0.0, bpm: float = 70.0) -> dict[str, Any]:
    """A heart rate each second, of so many minutes until ``end`` minutes from noon."""
    rng, t = np.random.default_rng(1), np.arange(60.0 * minutes)
    times = NOON + 60 * (end - minutes) + t
    return {"kind": "heart_rate", "times": times.tolist(), "values": (bpm + rng.normal(0, 1, t.size)).round(1).tolist()}


def _pulse(minutes: int) -> dict[str, Any]:
    """A blood volume pulse of 72 beats a minute, 32 times a second, until noon."""
    t = np.arange(32 * 60 * minutes) / 32
    wave = np.maximum(np.sin(2 * np.pi * 1.2 * t), 0) ** 3
    return {"kind": "ppg", "start": NOON - 60 * minutes, "rate_hz": 32, "values": wave.round(3).tolist()}


@pytest.fixture
def address(people: People) -> str:
    """Where the signals of the member ``people.kept`` go."""
    return f"/api/members/{people.kept}/body"


def test_windows_come_back_in_the_words_of_the_command_line(
    integrator: TestClient, address: str, people: People, web_house: House
) -> None:
    """Four minutes sent are four windows, the same when listed, and the same as ``attune body`` prints."""
    answer = integrator.post(address, json={"channels": [_heart(4)]})
    windows = answer.json()["windows"]
    assert (answer.status_code, len(windows), answer.json()["left_out"]) == (201, 4, 0)
    assert all(set(window) == FACE for window in windows)
    assert [window["stress"]["p"] is None for window in windows] == [True] * 3 + [False]
    assert integrator.get(address).json()["windows"] == windows
    assert integrator.get(f"{address}?limit=1").json()["windows"] == windows[-1:]
    printed = [face(reading) for reading in access_body(web_house, people.kept)]
    assert [{**w, "start": 0, "end": 0} for w in windows] == [{**p, "start": 0, "end": 0} for p in printed]
    assert windows[0]["start"] == "2026-05-01T11:56:00Z"


def test_evenly_spaced_samples_need_no_times(integrator: TestClient, address: str) -> None:
    """A start and a rate say the same as times; channels of one kind are joined; other units are told."""
    later = {**EVEN, "start": NOON - 30, "values": [70] * 30}
    halves = [{**EVEN, "values": [70] * 30}, later, {**EVEN, "kind": "temperature", "values": [91.4] * 60}]
    (window,) = integrator.post(address, json={"channels": halves}).json()["windows"]
    assert window["features"]["heart_rate"] == 70
    assert window["features"]["temperature_mean"] == pytest.approx(33)
    assert "units" in window["why"]
    assert "gap" not in window["why"]


def test_heartbeats_are_found_in_a_waveform(integrator: TestClient, address: str) -> None:
    """A minute of pulse gives its heart rate."""
    (window,) = integrator.post(address, json={"channels": [_pulse(1)]}).json()["windows"]
    assert window["features"]["heart_rate"] == pytest.approx(72, abs=1)


def test_a_waveform_without_the_extra_is_a_problem_that_says_what_to_do(
    integrator: TestClient, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where NeuroKit2 is not installed the answer names the command; with a heart rate beside it, it is not needed."""
    found = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name, *rest: (name != "neurokit2" and found(name, *rest)) or None
    )
    problem = integrator.post(address, json={"channels": [_pulse(1)]})
    assert (problem.status_code, problem.json()["code"]) == (500, "missing-extra")
    assert problem.headers["content-type"] == "application/problem+json"
    assert "pip install 'attunement[body]'" in problem.json()["detail"]
    assert integrator.get(address).json()["windows"] == []
    assert integrator.post(address, json={"channels": [_pulse(1), _heart(1)]}).status_code == 201


def test_sending_again_doubles_nothing(integrator: TestClient, address: str) -> None:
    """Under one Idempotency-Key the same answer comes again; without one, what is kept already is left out."""
    sent, key = {"channels": [_heart(2, end=-1)]}, {"Idempotency-Key": "minute-1"}
    first, second = (integrator.post(address, json=sent, headers=key) for _ in range(2))
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    again = integrator.post(address, json=sent)
    assert (again.status_code, again.json()) == (201, {"windows": [], "left_out": 120})
    assert len(integrator.get(address).json()["windows"]) == 2


def test_without_consent_it_is_refused(integrator: TestClient, address: str, people: People, web_house: House) -> None:
    """Sending and listing answer 403 with a code, once consent is taken back."""
    integrator.post(address, json={"channels": [_heart(1, end=-2)]})
    do_set_consent(web_house, people.kept, [])
    for answer in (integrator.post(address, json={"channels": [_heart(1)]}), integrator.get(address)):
        assert (answer.status_code, answer.json()["code"]) == (403, "consent-missing")
        assert "personalise:body" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"channels": []}, "bad-input"),
        ({}, "bad-input"),
        ({"channels": [{**EVEN, "values": []}]}, "bad-input"),
        ({"channels": [{**EVEN, "kind": "steps"}]}, "bad-input"),
        ({"channels": [{**EVEN, "unit": "bpm"}]}, "bad-input"),
        ({"channels": [{**EVEN, "times": [NOON]}]}, "bad-input"),
        ({"channels": [{"kind": "eda", "values": [1]}]}, "bad-input"),
        ({"channels": [{"kind": "eda", "values": [1], "start": NOON}]}, "bad-input"),
        ({"channels": [{**EVEN, "rate_hz": 0}]}, "bad-input"),
        ({"channels": [{**EVEN, "values": ["70"]}]}, "bad-input"),
        ({"channels": [{**EVEN, "values": [None]}]}, "bad-input"),
        ({"channels": [{**EVEN, "values": [1e300]}]}, "bad-input"),
        ({"channels": [EVEN], "rest": 1}, "bad-input"),
        ({"channels": [{"kind": "eda", "times": [NOON - 1, NOON], "values": [1]}]}, "bad-signal"),
        ({"channels": [{"kind": "eda", "times": [NOON * 1000], "values": [1]}]}, "bad-time"),
        ({"channels": [{**EVEN, "start": NOON + 600}]}, "bad-time"),
        ({"channels": [{**EVEN, "start": 0}]}, "bad-time"),
        ({"channels": [{**EVEN, "start": -1e300}]}, "bad-time"),
        ({"channels": [{**EVEN, "start": 1e308, "rate_hz": 0.01}]}, "bad-time"),
        ({"channels": [{"kind": "eda", "times": [NOON - 20_000, NOON], "values": [1, 1]}]}, "too-large"),
        ({"channels": [{**EVEN, "rate_hz": 2000, "values": [1] * 50_001}] * 2}, "too-large"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_and_nothing_kept(
    integrator: TestClient, address: str, body: dict[str, Any], code: str
) -> None:
    """Every fault has its code, and a window sent before is all there is afterwards."""
    integrator.post(address, json={"channels": [_heart(1, end=-10)]})
    answer = integrator.post(address, json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, code), answer.text
    assert len(integrator.get(address).json()["windows"]) == 1


@pytest.mark.parametrize(
    ("number", "status"), [(b"NaN", 422), (b"Infinity", 422), (b"1e999", 422), (b"1" * 4_200_000, 413)]
)
def test_numbers_that_are_none_and_bodies_too_large(
    integrator: TestClient, address: str, number: bytes, status: int
) -> None:
    """NaN and infinity are no JSON, and more than 4 MB are not taken."""
    raw = b'{"channels": [{"kind": "eda", "times": [1777636700], "values": [%s]}]}' % number
    answer = integrator.post(address, content=raw, headers={"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()["code"]) == (status, "bad-input" if status == 422 else "too-large")


def test_as_many_samples_as_are_promised_can_be_sent(integrator: TestClient, address: str) -> None:
    """A hundred thousand, each with its time and as long as a number gets, are taken whole; one more is too many."""
    times = [NOON - 3600 + k / 30 + 0.0123456 for k in range(100_000)]
    sent = {"channels": [{"kind": "eda", "times": times, "values": [1.0123456789012345] * len(times)}]}
    answer = integrator.post(address, json=sent)
    assert (answer.status_code, answer.json().get("left_out")) == (201, 0), answer.text
    sent["channels"].append({"kind": "eda", "times": [NOON], "values": [1.0]})
    assert integrator.post(address, json=sent).json()["code"] == "too-large"


def test_only_signals_may_be_that_long(integrator: TestClient, address: str) -> None:
    """An address beside it takes 256 kB."""
    raw = b'{"text": "%s"}' % (b"x" * 300_000)
    beside = address.removesuffix("body") + "check-ins"
    assert integrator.post(beside, content=raw, headers={"Content-Type": "application/json"}).status_code == 413


def test_what_kept_the_body_from_being_read_is_said_in_words(clients: Clients, people: People) -> None:
    """Three seconds of a heart rate tell nothing, and the journey says why."""
    client, beats = clients[Role.MEMBER], _heart(1)
    few = {**beats, "times": beats["times"][:3], "values": beats["values"][:3]}
    client.post("/api/members/me/body", json={"channels": [few]})
    page = client.get("/journey").text
    assert "could not be told. The sensor measured only part of the time." in page


@pytest.mark.parametrize("flaw", Flaw)
def test_every_flaw_that_can_keep_one_from_telling_has_its_words(flaw: Flaw) -> None:
    """Those that only changed a value, and the doubt of stress alone, do not."""
    told = flaw not in {Flaw.DUPLICATE, Flaw.UNITS, Flaw.IN_BASELINE, Flaw.UNSURE}
    assert (flaw in WHY_NOT) is told


def test_a_member_sends_and_sees_their_own(clients: Clients, people: People) -> None:
    """A member's own session may send too; the journey says in one line what the body showed, while that is allowed."""
    client = clients[Role.MEMBER]
    assert "Body, last read" not in client.get("/journey").text
    client.post("/api/members/me/body", json={"channels": [_heart(3, end=-1)], "rest": True})
    client.post("/api/members/me/body", json={"channels": [_heart(1, bpm=110)]})
    assert "more stirred up than is usual for you" in client.get("/journey").text
    client.put("/api/members/me/consents", json={"cells": []})
    assert "Body, last read" not in client.get("/journey").text


def test_a_decision_over_http_says_that_the_body_was_used(integrator: TestClient, people: People) -> None:
    """Rest, then a quick heart, then a check-in without affect: state and decision name the body."""
    at = f"/api/members/{people.kept}"
    integrator.post(f"{at}/body", json={"channels": [_heart(5, end=-1)], "rest": True})
    integrator.post(f"{at}/body", json={"channels": [_heart(1, bpm=110)]})
    loop = integrator.post(f"{at}/loop", json={"needs": ["calm"]}).json()
    assert loop["check_in"]["state"]["sensed"] > 0.5
    assert loop["decision"]["used"][-1] == "body"
    said = integrator.post(f"{at}/loop", json={"affect": {"valence": 0, "arousal": -0.5}}).json()
    assert (said["check_in"]["state"]["sensed"], said["check_in"]["state"]["arousal"]) == (None, -0.5)


def _table(minutes: int, *, end: float = 0.0, bpm: float = 70.0) -> bytes:
    """The same heart rate as a file."""
    heart = _heart(minutes, end=end, bpm=bpm)
    rows = [f"{time},{value}" for time, value in zip(heart["times"], heart["values"], strict=True)]
    return "\n".join(["time,heart_rate", *rows]).encode()


def test_a_file_is_read_as_its_samples_would_be(integrator: TestClient, address: str) -> None:
    """The answer has the windows that come when listed; what cannot be read is told with its code."""
    answer = integrator.post(f"{address}/file", files={"file": ("ride.csv", _table(4))}, data={"rest": "true"})
    assert (answer.status_code, answer.json()["left_out"], answer.json()["older"]) == (201, 0, 0)
    assert integrator.get(address).json()["windows"] == answer.json()["windows"]
    assert [w["start"][:16] for w in answer.json()["windows"]] == [f"2026-05-01T11:{m}" for m in (56, 57, 58, 59)]
    beats = {"file": ("beats.txt", b"850\n" * 300)}
    assert integrator.post(f"{address}/file", files=beats).json()["code"] == "bad-time"
    assert integrator.post(f"{address}/file", files=beats, data={"start": "yesterday"}).json()["code"] == "bad-input"
    assert integrator.post(f"{address}/file", files={"file": ("a.txt", b"x" * 33 * 2**20)}).status_code == 413


def test_a_member_reads_a_file_on_their_page(clients: Clients, people: People) -> None:
    """Rest, then a quick heart: each minute in words, and a chart with them; the same file again says nothing new."""
    client = clients[Role.MEMBER]
    assert 'href="/journey/body"' in client.get("/journey").text

    def give(data: bytes, **fields: str) -> tuple[int, str]:
        sent = {"csrf": proof(client, "/journey/body"), **fields}
        answer = client.post("/journey/body", files={"file": ("ride.csv", data)}, data=sent)
        return answer.status_code, answer.headers.get("location") or answer.text

    assert give(_table(6, end=-3), rest="1") == (303, "/journey/body?said=body-read")
    assert give(_table(3, bpm=110)) == (303, "/journey/body?said=body-read")
    page = client.get("/journey/body").text
    assert page.count("more stirred up than is usual for you at rest.") == 1
    stretch = next(part for part in page.split("<li>") if "more stirred up than is usual" in part)
    assert re.findall(r"T(\d\d:\d\d)", stretch) == ["11:57", "12:00"]
    assert "Minutes read up to" in page
    assert "<svg" in client.get("/journey/body.svg?theme=dark&width=narrow").text
    assert give(_table(3, bpm=110)) == (303, "/journey/body?said=body-known")
    status, told = give(b"dear diary")
    assert (status, "What this file is cannot be told." in told) == (422, True)
    status, told = give(b"850\n" * 300, start="soon")
    assert (status, "That is no day and time." in told, 'value="soon"' in told) == (422, True, True)
    assert give(b"")[0] == 422


def test_the_page_shows_and_reads_nothing_that_is_not_allowed(clients: Clients, people: People) -> None:
    """Taken back, what was read is not shown; there is no form, and what is sent all the same is refused."""
    client = clients[Role.MEMBER]
    client.post("/api/members/me/body", json={"channels": [_heart(4)]})
    csrf = proof(client, "/journey/body")
    client.put("/api/members/me/consents", json={"cells": []})
    page = client.get("/journey/body").text
    assert ("You have not allowed signals" in page, 'type="file"' in page, "body.svg" in page) == (True, False, False)
    sent = client.post("/journey/body", files={"file": ("a.csv", _table(4))}, data={"csrf": csrf})
    assert sent.status_code == 403
    assert 'href="/journey/body"' not in client.get("/journey").text
