"""The library for everyone who is signed in, and no way in it that leads nowhere."""

from __future__ import annotations

import pytest
from tests.web.conftest import Clients

from attunement.programme.house import House
from attunement.web.access import Role


def test_a_member_can_start_a_practice(clients: Clients, web_house: House) -> None:
    """There is the button, and the words come with the practice."""
    practice = web_house.library.practices[0]
    page = clients[Role.MEMBER].get(f"/library/{practice.id}").text
    assert f'action="/library/{practice.id}/start"' in page
    assert practice.steps[0].title not in page


@pytest.mark.parametrize("role", [Role.SUPPORTER, Role.STEWARD])
def test_whoever_cannot_start_it_reads_what_a_member_reads(clients: Clients, web_house: House, role: Role) -> None:
    """No button that would be refused; every step instead."""
    practice = web_house.library.practices[0]
    page = clients[role].get(f"/library/{practice.id}").text
    assert "/start" not in page
    assert all(step.title in page for step in practice.steps)


def test_help_shows_a_member_the_way_to_a_person_here(clients: Clients) -> None:
    """Helplines first; whoever is not a member of the programme sees those alone."""
    page = clients[Role.MEMBER].get("/help").text
    assert 0 < page.index("People to talk to") < page.index("Ask for a person here")
    assert "Ask for a person here" not in clients[Role.ANONYMOUS].get("/help").text
