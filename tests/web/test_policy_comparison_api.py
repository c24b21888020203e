"""The comparison of policies over HTTP: the same figures, bounded, for those who look after a programme."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from tests.web.conftest import Clients, People

from attunement.programme.house import House
from attunement.programme.policy_comparison import access_policy_comparison
from attunement.web.access import Role


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
