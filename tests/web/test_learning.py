"""Whether what is learned is still right, as a steward and a program see it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
from starlette.testclient import TestClient
from tests.web.conftest import Clients

from attunement.domain.programme_events import DriftFound
from attunement.programme.house import House
from attunement.programme.mood_lessons import MoodLesson, do_learn_moods
from attunement.programme.standing import Stretch
from attunement.web.access import Role
from attunement.web.pages.learning import describe


def _alarm(house: House, **why: Any) -> None:
    with house.store.write() as transaction:
        now = house.clock()
        transaction.append(DriftFound(at=now, version=7, since=now - timedelta(days=2), **why))


def _page(client: TestClient) -> str:
    """That part of the page, with its white space made one."""
    text = client.get("/steward").text
    return " ".join(text[text.index('id="learning"') : text.index('id="policies"')].split())


def test_the_page_tells_the_state_in_words(clients: Clients, web_house: House) -> None:
    """Too early at first; after an alarm, whether learning or the world is to blame, and since when."""
    client = clients[Role.STEWARD]
    assert "Too early to say: 0 outcomes" in _page(client)
    _alarm(web_house, cause="world")
    assert "Since April 29, 2026 offers helped less" in _page(client)
    assert "people or circumstances seem to have changed" in _page(client)
    _alarm(web_house, cause="unknown")
    assert "there is no earlier version to compare with" in _page(client)
    assert "Go on learning" not in _page(client)
    _alarm(web_house, cause="version", good=3)
    assert "Version 3 would have been nearer" in _page(client)


def test_the_page_tells_what_moods_taught(clients: Clients, web_house: House) -> None:
    """Nothing before it was looked at; then whether too few allow it, whether it helped, and by how much."""
    client = clients[Role.STEWARD]
    assert "Forecasts of mood" not in _page(client)
    do_learn_moods(web_house)
    assert "fewer than 8 members let the program learn" in _page(client)
    tried = MoodLesson(None, -0.02, people=12, moods=1300)
    for lesson, words in (
        (tried, "the moods of 12 members add to them was tried, and brought them no nearer"),
        (replace(tried, correction=np.zeros(3), gain=0.034), "from 1,300 moods of 12 members who allow it"),
    ):
        web_house.moods._kept = None  # as after a day
        web_house.moods.kept_or_made(web_house.store, web_house.clock, lambda _: ((), ()), lambda _, told=lesson: told)
        assert words in _page(client)
    assert "that brought them 3% nearer" in _page(client)


def test_the_button_lets_learning_go_on(clients: Clients, web_house: House) -> None:
    """Pressed once, the pause is over and the page says so."""
    client = clients[Role.STEWARD]
    _alarm(web_house, cause="version", good=3)
    proof = re.search(r'name="(\w+)" value="([^"]+)"', _page(client))
    assert proof is not None
    answer = client.post("/steward/learning/resume", data={proof[1]: proof[2]})
    assert (answer.status_code, answer.headers["location"]) == (303, "/steward?said=resumed")
    assert "Learning goes on" in client.get(answer.headers["location"]).text
    assert "Go on learning" not in _page(client)


def test_a_program_reads_it_and_a_steward_resumes(clients: Clients, web_house: House) -> None:
    """Over HTTP a key may read the state; only a steward may end a pause, and only where there is one."""
    _alarm(web_house, cause="version", good=3)
    told = clients[Role.INTEGRATOR].get("/api/programme/learning").json()
    assert (told["state"], told["alarm"]["good"], told["stretches"]) == ("paused", 3, [])
    assert clients[Role.INTEGRATOR].post("/api/programme/learning/resume").status_code == 403
    steward = clients[Role.STEWARD]
    assert steward.post("/api/programme/learning/resume").json()["state"] == "early"
    again = steward.post("/api/programme/learning/resume")
    assert (again.status_code, again.json()["code"]) == (409, "learning-not-paused")


def test_the_chart_is_there_for_stewards(clients: Clients) -> None:
    """It is an SVG, whether or not there is anything to draw yet."""
    answer = clients[Role.STEWARD].get("/steward/expected.svg")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")


def test_the_chart_is_told_in_words(web_house: House) -> None:
    """First and last stretch, with both means; nothing where there is none."""
    day = web_house.clock()
    told = describe([Stretch(day, 25, 0.71, 0.7), Stretch(day + timedelta(days=3), 30, 0.655, 0.4)], "en")
    assert told == (
        "Expected and what came, on average: up to May 1, 2026 0.71 and 0.7; up to May 4, 2026 0.66 and 0.4."
    )  # fmt: skip
    assert describe([], "en") == "There is nothing to draw yet."
