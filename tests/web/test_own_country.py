"""Which country a member is in, put right where help is shown."""

from __future__ import annotations

import re
from html import unescape

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People

from attunement.programme.check_ins import do_check_in
from attunement.programme.decisions import do_decide
from attunement.programme.house import House
from attunement.programme.members import access_member, do_change_profile
from attunement.web.access import Role


@pytest.fixture
def rosa(clients: Clients) -> TestClient:
    """A member's browser."""
    return clients[Role.MEMBER]


def _country(house: House, people: People) -> str | None:
    with house.store.read() as connection:
        return access_member(connection, people.rosa.member or "").country


@pytest.mark.parametrize("where", ["help", "privacy"])
def test_a_wrong_country_is_put_right_on_the_page_itself(
    rosa: TestClient, web_house: House, people: People, where: str
) -> None:
    """A form without scripts names all countries, has one's own chosen, keeps another, and comes back to its page."""
    do_change_profile(web_house, people.rosa.member or "", country="US")
    shown = rosa.get(f"/{where}").text
    assert '<option value="US" selected>United States</option>' in shown
    proof = re.search(r'name="csrf" value="([^"]+)"', shown)
    assert proof is not None
    sent = {"csrf": proof[1], "country": "IE", "back": where}
    answer = rosa.post("/privacy/country", data=sent)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/{where}?said=country")
    assert _country(web_house, people) == "IE"
    assert '<option value="IE" selected>Ireland</option>' in rosa.get(f"/{where}").text
    assert "People to talk to: Ireland" in rosa.get("/help").text
    assert rosa.post("/privacy/country", data={**sent, "country": ""}).headers["location"] == f"/{where}"
    assert rosa.post("/privacy/country", data={**sent, "country": "Ireland"}).status_code == 422
    assert _country(web_house, people) == "IE"


def test_only_a_member_has_a_country_to_keep(anonymous: TestClient, clients: Clients) -> None:
    """Everybody else looks at any country, and nothing is kept."""
    for client in (anonymous, clients[Role.SUPPORTER]):
        assert "Which country are you in?" not in client.get("/help").text
    assert "There is nothing about you on it." in anonymous.get("/help").text
    assert "only you, as it says which country you are in." in clients[Role.MEMBER].get("/help").text


@pytest.mark.parametrize(
    ("country", "says"),
    [("IE", "Lines for: Ireland."), ("LI", "These can be reached from anywhere."), (None, "reached from anywhere.")],
)
def test_help_names_the_country_it_is_for_and_leads_to_changing_it(
    rosa: TestClient, web_house: House, people: People, country: str | None, says: str
) -> None:
    """So that a wrong emergency number is seen to be wrong."""
    member = people.rosa.member or ""
    if country:
        do_change_profile(web_house, member, country=country)
    moment = do_check_in(web_house, member, text="I want to kill myself tonight.")
    page = unescape(rosa.get(f"/offer/{do_decide(web_house, member, after=moment).id}").text)
    assert page.index("are you safe right now?") < page.index(says) < page.index('href="/help#where"')
    assert 'id="where"' in rosa.get("/help").text


def test_the_page_of_help_shows_the_lines_for_those_who_are_hurt(anonymous: TestClient) -> None:
    """Under a heading of their own, where a country has any."""
    spain = unescape(anonymous.get("/help?country=ES").text)
    assert spain.index('"tel:024"') < spain.index("If somebody close to you hurts you") < spain.index('"tel:016"')
    assert "If somebody close to you hurts you" not in unescape(anonymous.get("/help?country=CA").text)
