"""What stewards see of waiting, by group, and how they share out the coach."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People
from tests.web.test_queue_pages import _csrf

from attunement.domain.coaching import CoachFeature
from attunement.domain.conversation_events import Wanted
from attunement.programme.coaching import access_coach_chances
from attunement.programme.conversations.asking import do_open, do_stop_waiting
from attunement.programme.conversations.duty import do_describe_supporter, do_go_on_duty
from attunement.programme.conversations.handing import do_claim
from attunement.programme.conversations.service import Service, access_service
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.web.access import Role


@pytest.fixture
def stella(clients: Clients) -> TestClient:
    """The steward's browser."""
    return clients[Role.STEWARD]


def _asks(house: House, **opened: object):  # type: ignore[no-untyped-def]
    return do_open(house, do_enrol(house), human=True, **opened)  # type: ignore[arg-type]


def test_waits_are_told_by_groups_of_five(
    stella: TestClient, clients: Clients, web_house: House, people: People
) -> None:
    """Six who wished for grief waited 0 to 5 minutes; one more went on with the companion; four of a team stay out."""
    sam = people.supporter.id
    do_go_on_duty(web_house, sam, web_house.clock() + timedelta(hours=8))
    do_describe_supporter(web_house, sam, capacity=20)
    assert "Shown once at least 5 people" in stella.get("/steward/service").text
    for minutes in range(6):
        talk = _asks(web_house, wanted=Wanted(skill="grief"), language="pt-BR")
        web_house.clock.forward(minutes=minutes)  # type: ignore[attr-defined]
        do_claim(web_house, sam, talk.id)
    gone = _asks(web_house)
    do_stop_waiting(web_house, gone.member, gone.id)
    for _ in range(4):
        _asks(web_house, wanted=Wanted(team="night"), language="sv")
    assert access_service(web_house) == [
        Service("all", "", 11, 0.55, 2.5, 4.5), Service("skill", "grief", 6, 1.0, 2.5, 4.5),
        Service("language", "pt", 6, 1.0, 2.5, 4.5),
    ]  # fmt: skip
    shown = stella.get("/steward/service").text
    for words in ("Wished for grief", "Speak Portuguese", "55%", "2.5 min"):
        assert words in shown
    assert "night" not in shown
    assert "Swedish" not in shown
    told = clients[Role.INTEGRATOR].get("/api/service").json()["groups"]
    assert [(one["by"], one["name"], one["asked"], one["half_min"]) for one in told] == [
        ("all", "", 11, 2.5), ("skill", "grief", 6, 2.5), ("language", "pt", 6, 2.5),
    ]  # fmt: skip
    web_house.clock.forward(days=29)  # type: ignore[attr-defined]
    assert access_service(web_house) == []


def test_the_coach_is_shared_out_from_the_page(stella: TestClient, web_house: House) -> None:
    """Always there at first; set to half, that holds; what is no chance is refused and still stands in its box."""
    page = "/steward/service"

    def chances() -> dict[CoachFeature, float]:
        with web_house.store.read() as connection:
            return dict(access_coach_chances(web_house, connection))

    assert chances() == dict.fromkeys(CoachFeature, 1.0)
    sent = {"csrf": _csrf(stella, page), "spans": "100", "suggestions": "50", "cautions": "0"}
    assert stella.post(f"{page}/coach", data=sent).headers["location"] == f"{page}?said=chances"
    half = {CoachFeature.SPANS: 1.0, CoachFeature.SUGGESTIONS: 0.5, CoachFeature.CAUTIONS: 0.0}
    assert chances() == half
    stella.post(f"{page}/coach", data=sent | {"suggestions": "33.3"})
    assert round(chances()[CoachFeature.SUGGESTIONS], 6) == 0.333
    assert 'value="33.3"' in stella.get(page).text
    stella.post(f"{page}/coach", data=sent)
    for bad in ("101", "-1", "nan", "much", str(math.inf)):
        answer = stella.post(f"{page}/coach", data=sent | {"spans": bad})
        assert (answer.status_code, f'value="{bad}"' in answer.text) == (422, True), bad
    assert chances() == half
