"""The page of facts: who sees each and what it is used for, told, changed and taken back."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People
from tests.web.talking import post

from attunement.programme.house import House
from attunement.programme.members import access_member, do_change_profile
from attunement.web.access import Role


@pytest.fixture
def rosa(clients: Clients) -> TestClient:
    """Rosa's browser."""
    return clients[Role.MEMBER]


def test_each_fact_says_who_sees_it_and_what_it_is_used_for(rosa: TestClient, people: People) -> None:
    """Name, language, country, clock and id, each with both; the page of privacy and that of choices lead there."""
    page = rosa.get("/facts").text
    assert page.count("Who sees it:") == page.count("What it is used for:") == 5
    assert f">{people.rosa.member}</code>" in page
    assert "Your age, gender and the like: nothing here would use them." in page
    for at in ("/privacy", "/consent"):
        assert 'href="/facts"' in rosa.get(at).text


def test_facts_are_told_and_taken_back_on_their_page(rosa: TestClient, web_house: House, people: People) -> None:
    """What was kept is chosen when the page comes again; left unsaid it is gone, and so is help for that country."""
    member = people.rosa.member or ""
    told = {"language": "pt", "country": "ES", "time_zone": "Europe/Madrid"}
    assert post(rosa, "/facts", **told) == (303, "/facts?said=facts")
    page = rosa.get("/facts").text
    for value in told.values():
        assert f'<option value="{value}" selected>' in page
    assert post(rosa, "/facts", language="", country="", time_zone="") == (303, "/facts?said=facts")
    page = rosa.get("/facts").text
    assert '<option value="" selected>English, or not said</option>' in page
    assert '<option value="ES" selected>' not in page
    assert "Spain" not in rosa.get("/help").text.split("<form")[0]
    with web_house.store.read() as connection:
        assert access_member(connection, member).time_zone == "UTC"


def test_a_language_of_a_region_stays_as_it_is(rosa: TestClient, web_house: House, people: People) -> None:
    """Brazilian Portuguese is listed once and kept when something else is changed."""
    do_change_profile(web_house, people.rosa.member or "", language="pt-BR")
    page = rosa.get("/facts").text
    assert '<option value="pt-BR" selected>Portuguese</option>' in page
    assert 'value="pt"' not in page


def test_a_fact_that_is_not_known_is_refused_in_words(rosa: TestClient) -> None:
    """A form that was tampered with gets the page again and the reason."""
    status, page = post(rosa, "/facts", language="", country="Ireland", time_zone="")
    assert (status, 'id="errors"' in page) == (422, True)
