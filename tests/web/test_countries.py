"""Where a country is told over HTTP: one that is none is refused, and one that is only guessed at is left out."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import PASSPHRASE, People

from attunement.programme.house import House
from attunement.programme.invitations import do_make_invitation
from attunement.programme.members import access_member
from attunement.programme.sessions import access_account
from attunement.web.security import SESSION_COOKIE


def test_the_api_takes_no_country_that_is_none(integrator: TestClient, people: People) -> None:
    """Neither for somebody new nor in a change; nobody is enrolled, and what was told before stays."""
    at = f"/api/members/{people.kept}"
    integrator.patch(at, json={"country": "IE"})
    before = integrator.get("/api/members").json()
    for answer in (
        integrator.post("/api/members", json={"country": "XX"}),
        integrator.patch(at, json={"country": "XX"}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (422, "bad-input")
        assert "ISO 3166-1" in answer.json()["detail"]
    assert integrator.get("/api/members").json() == before


@pytest.mark.parametrize(
    ("told", "country"), [("en-IE,en;q=0.5", "IE"), ("en-XX", None), ("en-UK", None), ("en", None)]
)
def test_a_browser_that_tells_no_country_makes_none(
    anonymous: TestClient, web_house: House, told: str, country: str | None
) -> None:
    """Who joins with a browser of nowhere joins all the same, and has no country."""
    anonymous.headers["Accept-Language"] = told
    proof = re.findall(r'name="csrf" value="(.+?)"', anonymous.get("/join").text)[0]
    code = do_make_invitation(web_house, "member")
    form = {"code": code, "name": "Rosa", "passphrase": PASSPHRASE, "csrf": proof}
    assert anonymous.post("/join", data=form).status_code == 303
    member = access_account(web_house, anonymous.cookies[SESSION_COOKIE]).member
    with web_house.store.read() as connection:
        assert access_member(connection, member or "").country == country


@pytest.mark.parametrize(
    ("country", "says"), [("IE", 'href="tel:112"'), (None, "call the emergency number of the place")]
)
def test_the_page_of_help_names_an_emergency_call_wherever_somebody_is(
    anonymous: TestClient, country: str | None, says: str
) -> None:
    """The number where the country is known; where it is not, that there is one."""
    anonymous.headers["Accept-Language"] = f"en-{country}" if country else "en"
    page = anonymous.get("/help").text
    assert says in page
    assert ("call the emergency number of the place" in page) == (country is None)
