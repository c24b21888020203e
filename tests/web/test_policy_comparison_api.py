"""The comparison of policies over HTTP: the same figures, bounded, for those who look after a programme."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from tests.web.conftest import Clients, People

from attunement.programme.house import House
from attunement.programme.policy_comparison import access_policy_comparison
from attunement.web.access import Role
from attunement.web.pages.comparison import LOOKED_AT, POLICIES


def test_stewards_and_programs_get_the_same_as_at_the_command_line(
    web_house: House, clients: Clients, people: People
) -> None:
    """Field by field, and with so little "insufficient evidence" for each policy."""
    found = access_policy_comparison(web_house, newest=300)
    told = clients[Role.STEWARD].get("/api/policies/comparison")
    assert told.status_code == 200
    assert told.json() == clients[Role.INTEGRATOR].get("/api/policies/comparison").json()
    assert (told.json()["decisions"], told.json()["ended"]) == (found.decisions, found.ended)
    assert [one["policy"] for one in told.json()["policies"]] == [one.policy for one in found.policies]
    assert told.json()["policies"][0]["gain"] == asdict(found.policies[0].gain)
    assert {one["verdict"] for one in told.json()["policies"]} == {"insufficient evidence"}


@pytest.mark.parametrize("decisions", [0, 501])
def test_how_many_is_bounded(clients: Clients, decisions: int) -> None:
    """More than five hundred are for the command line."""
    told = clients[Role.STEWARD].get("/api/policies/comparison", params={"decisions": decisions})
    assert (told.status_code, told.json()["code"]) == (422, "bad-input")


def test_a_steward_compares_on_a_page(web_house: House, clients: Clients, people: People) -> None:
    """Worked out only when asked for; each policy with its verdict in words, the numbers those of the command line."""
    steward = clients[Role.STEWARD]
    assert 'href="/steward/comparison"' in steward.get("/steward").text
    before = steward.get("/steward/comparison").text
    assert ("<table" in before, "Work it out" in before) == (False, True)
    assert "No offer has ended yet" in steward.get("/steward/comparison", params={"work_out": True}).text
    at = f"/api/members/{people.kept}/decisions/{people.decisions[people.kept]}"
    clients[Role.INTEGRATOR].post(f"{at}/answers", json={"answer": "started"})
    assert clients[Role.INTEGRATOR].post(f"{at}/outcome", json={"rating": 4}).status_code == 201
    page = steward.get("/steward/comparison", params={"work_out": True}).text
    found = access_policy_comparison(web_house, newest=LOOKED_AT)
    assert f"From {found.decisions} offers to {found.people} people" in page
    assert page.count("cannot be told yet") == len(found.policies)
    assert all(words in page for words in POLICIES.values())
    assert {one.policy for one in found.policies} == set(POLICIES)
    assert clients[Role.MEMBER].get("/steward/comparison", params={"work_out": True}).status_code == 403
