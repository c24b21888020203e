"""Who sees segments: stewards, in words; never a member, by any page or answer."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.conftest import Clock
from tests.programme.kinds import ALLOWED, live
from tests.web.conftest import Clients, People

from attunement.domain.consent import Cell
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent
from attunement.programme.decisions import do_decide
from attunement.programme.house import House
from attunement.programme.learner import do_learn
from attunement.programme.segments import access_segments, do_find_segments
from attunement.web.access import Role
from attunement.web.api.description import declared_roles

WORDS = ("segment", "stable group", "leaning", "who comes here")


@pytest.fixture
def kinds(web_house: House, people: People, clock: Clock) -> House:
    """A programme in which two kinds are known, and Rosa is placed among them."""
    live(web_house, clock, range(16))
    do_learn(web_house)
    do_find_segments(web_house)
    for member in (people.rosa.member, people.kept):
        assert member is not None
        do_change_consent(web_house, member, grant=[Cell.parse(cell) for cell in ALLOWED])
        do_check_in(web_house, member, text="I cannot sleep.")
        do_decide(web_house, member, seed=1)
    return web_house


def _read(client: TestClient, app: FastAPI, member: str, role: Role) -> Iterator[tuple[str, str]]:
    """Every page and answer there is to read for a role."""
    for path, method, roles in declared_roles(list(app.routes)):
        streams = path.endswith("/live")  # they do not end by themselves, and carry nothing but what pages draw
        if method == "GET" and role in roles and not streams and "{" not in path.replace("{member}", ""):
            answer = client.get(path.format(member=member), follow_redirects=True)
            yield path, unescape(answer.text).lower()


def test_stewards_see_segments_on_a_page_and_over_http(kinds: House, clients: Clients) -> None:
    """Both tell the same words and rounded sizes, and the page says who can see it."""
    seen = access_segments(kinds)
    assert len(seen.segments) == 2
    page = unescape(clients[Role.STEWARD].get("/steward/people").text)
    told = clients[Role.STEWARD].get("/api/segments").json()
    assert [s["words"] for s in told["segments"]] == [list(s.words) for s in seen.segments]
    assert [s["people"] for s in told["segments"]] == [10, 10]
    for segment in seen.segments:
        assert all(words in page for words in segment.words)
    assert "never who is in one" in page
    assert "/steward/people" in clients[Role.STEWARD].get("/steward").text


def test_without_enough_people_the_page_says_so(clients: Clients, people: People) -> None:
    """Nothing is made up where there is nothing to see."""
    assert "Too few people yet" in clients[Role.STEWARD].get("/steward/people").text
    assert clients[Role.STEWARD].get("/api/segments").json() == {"people": 0, "enough": False, "segments": []}


@pytest.mark.parametrize("role", [Role.MEMBER, Role.INTEGRATOR, Role.SUPPORTER])
def test_nobody_else_is_told_of_a_segment(
    kinds: House, app: FastAPI, clients: Clients, people: People, role: Role
) -> None:
    """No page, answer, reason or export for a member, their program or a supporter names a segment or its words."""
    assert people.rosa.member is not None
    member = people.kept if role is Role.INTEGRATOR else people.rosa.member
    words = {word.lower() for segment in access_segments(kinds).segments for word in segment.words}
    assert len(words) >= 4
    read = dict(_read(clients[role], app, member, role))
    assert len(read) >= 3
    for path, text in read.items():
        for word in (*WORDS, *words):
            assert word not in text, (path, word)
    assert clients[role].get("/steward/people").status_code in (303, 401, 403)
    assert clients[role].get("/api/segments").status_code == 403
