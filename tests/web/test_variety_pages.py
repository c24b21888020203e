"""How varied it was, as members and stewards see it, and the same over HTTP."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People

from attunement.domain.consent import Cell
from attunement.programme.arousal_ahead import ArousalAhead
from attunement.programme.consents import do_change_consent
from attunement.programme.decisions import access_decision, do_choose, do_decide
from attunement.programme.house import House
from attunement.programme.members import access_member, do_enrol
from attunement.web.access import Role


def test_a_member_sees_what_they_met_and_sets_their_breadth_there(
    web_house: House, clients: Clients, people: People
) -> None:
    """Families not met are named with a way to them; both pictures are there; what is set is kept."""
    member = clients[Role.MEMBER]
    page = member.get("/journey").text
    rosa = people.rosa.member or ""
    with web_house.store.read() as connection:
        decision = access_decision(web_house, connection, rosa, people.decisions[rosa])
    offered = web_house.library.practice(decision.offered)
    assert "Still to meet, whenever you are curious" in page
    for family in web_house.library.families:
        assert (f'href="/library#family-{family}"' in page) == (family != offered.family)
    for name in ("families", "viewpoints"):
        drawn = member.get(f"/journey/{name}.svg")
        assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/svg+xml")
    [proof] = set(re.findall(r'name="csrf" value="([0-9a-f]{64})"', page))
    answer = member.post("/journey/breadth", data={"breadth": "0.85", "csrf": proof})
    assert (answer.status_code, answer.headers["location"]) == (303, "/journey?said=breadth")
    with web_house.store.read() as connection:
        assert access_member(connection, rosa).breadth == 0.85


def test_a_program_gets_the_same_measures(integrator: TestClient, people: People) -> None:
    """Offered and taken apart, and what was there before them still stands first."""
    at = f"/api/members/{people.kept}"
    told = integrator.get(f"{at}/variety").json()
    assert (told["offered"]["n"], told["taken"]["n"], told["calibration_error"], told["drift"]) == (1, 0, None, None)
    assert (sum(told["families"].values()), told["narrow"], len(told["weeks"])) == (1, False, 8)
    assert told["offered"]["coverage"] == pytest.approx(1 / len(told["families"]))
    integrator.post(f"{at}/decisions/{people.decisions[people.kept]}/outcome", json={"rating": 5})
    assert integrator.get(f"{at}/variety").json()["taken"]["n"] == 1


def test_a_decision_tells_chances_to_be_shown(integrator: TestClient, people: People) -> None:
    """Those of what is shown, exact, and no less than the chance to be offered."""
    decision = integrator.post(f"/api/members/{people.kept}/decisions", json={}).json()
    assert set(decision["inclusion"]) == {decision["offered"], *decision["alternatives"]}
    assert all(p >= decision["probabilities"][practice] for practice, p in decision["inclusion"].items())
    assert (decision["inclusion_error"], decision["guarded"]) == (0, False)


def test_stewards_see_the_guard_once_there_are_enough(web_house: House, clients: Clients) -> None:
    """Before, it says when it will be told; then how many the guard spoke for, its threshold and what is done."""
    steward = clients[Role.STEWARD]
    assert "Told once at least five members" in steward.get("/steward").text
    first = next(p for p in web_house.library.practices if p.family == "self-compassion")
    for _ in range(5):
        member = do_enrol(web_house)
        do_change_consent(web_house, member, grant=[Cell.parse("personalise:interactions")])
        for _ in range(9):
            do_choose(web_house, member, first.id)
        do_decide(web_house, member)
    page = steward.get("/steward").text
    assert "For 5 members it fell under 45%" in page
    assert "Then their offers reach wider by themselves" in page
    assert "Worth a look:" in page
    told = clients[Role.INTEGRATOR].get("/api/variety").json()
    assert (told["members"], told["guarded"], told["threshold"], told["alarm"]) == (5, 5, 0.45, True)
    assert len(told["weeks"]) == 8


@pytest.mark.parametrize("middle", [0.4, 0.0])
def test_the_next_hours_are_told_only_where_they_stand_out(
    clients: Clients, monkeypatch: pytest.MonkeyPatch, middle: float
) -> None:
    """More stirred up than usual is said, as uncertain; as usual is not."""
    ahead = ArousalAhead(datetime(2026, 5, 4, tzinfo=UTC), middle, -0.5, 0.9, -0.1, 6, 0, 0)
    monkeypatch.setattr("attunement.web.pages.journey.access_arousal_ahead", lambda *_: ahead)
    page = clients[Role.MEMBER].get("/journey").text
    assert ("more stirred up than is usual for you, or you may not" in page) == (middle == 0.4)
