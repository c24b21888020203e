"""Offers at a good moment, as pages and links: chosen, opened, put off, and stopped by one press without signing in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People

from attunement.domain.channel import Channel
from attunement.policy.receptivity import ReceptivityPolicy
from attunement.programme.house import House
from attunement.programme.reach.addresses import access_addresses, confirm_link, do_give_address
from attunement.programme.reach.links import STOP, link_token
from attunement.programme.reach.moments import NAMES
from attunement.programme.reach.settings import access_reach_settings, do_set_reach
from attunement.programme.reach.weighing import do_weigh
from attunement.store.schema import reaches
from attunement.web.access import Role


def _post(client: TestClient, page: str, to: str, **fields: str) -> str:
    """Send a form of a page with the page's own proof; where it led to."""
    proof = re.search(r'name="csrf" value="([^"]+)"', client.get(page).text)
    assert proof is not None
    answer = client.post(to, data={"csrf": proof[1], **fields}, follow_redirects=False)
    return answer.headers.get("location", str(answer.status_code))


@pytest.fixture
def reached(web_house: House, people: People, clock: Callable[[], object]) -> str:
    """An offer that came for Rosa: the reach's id."""
    member = people.rosa.member or ""
    do_set_reach(web_house, member, on=True)
    clock.forward(hours=4)  # type: ignore[attr-defined]
    policy = ReceptivityPolicy(NAMES)
    return next(w.reach or "" for seed in range(500) if (w := do_weigh(web_house, member, policy, seed=seed)).sent)


def test_what_is_chosen_on_the_page_is_kept_and_shown(web_house: House, clients: Clients, people: People) -> None:
    """On, three times a day, with quiet hours of one's own; the page shows it again, and so does the API."""
    client = clients[Role.MEMBER]
    to = _post(
        client, "/reaching", "/reaching", on="1", a_day="3", quiet_from="20:30", quiet_until="08:15", channel="email"
    )
    assert to == "/reaching?said=reaching"
    shown = client.get("/reaching").text
    assert 'value="20:30"' in shown
    assert '<option value="3" selected>' in shown
    told = client.get("/api/members/me/reaching").json()
    assert (told["on"], told["channels"], told["quiet_until"]) == (True, ["email"], "08:15")
    assert _post(client, "/reaching", "/reaching", on="1", a_day="1", quiet_from="9:00", quiet_until="nine") == "422"
    assert _post(client, "/reaching", "/reaching", on="1", a_day="nan", quiet_from="9:00", quiet_until="10:00") == "422"
    with web_house.store.read() as connection:
        assert access_reach_settings(connection, people.rosa.member or "").a_day == 3


def test_whose_clock_is_not_known_yet_is_told_by_the_browser(clients: Clients) -> None:
    """Until then the page says UTC; a zone that is none is passed over, and one that is known stays."""
    client, kept = clients[Role.MEMBER], {"a_day": "1", "quiet_from": "21:00", "quiet_until": "09:00"}
    assert "by UTC" in client.get("/reaching").text
    for told, stands in (("Mars/Olympus", "UTC"), ("Europe/Dublin", "Europe/Dublin"), ("Asia/Tokyo", "Europe/Dublin")):
        _post(client, "/reaching", "/reaching", time_zone=told, **kept)
        assert client.get("/api/members/me").json()["time_zone"] == stands
    assert "By your clock (Europe/Dublin)." in client.get("/reaching").text


def test_what_cannot_be_kept_is_shown_again_as_it_was_chosen(clients: Clients) -> None:
    """Quiet hours without a length: the reason stands beside them, and every other choice is still there."""
    client = clients[Role.MEMBER]
    proof = re.search(r'name="csrf" value="([^"]+)"', client.get("/reaching").text)
    assert proof is not None
    sent = {
        "csrf": proof[1],
        "on": "1",
        "a_day": "4",
        "channel": "email",
        "quiet_from": "22:00",
        "quiet_until": "22:00",
    }
    shown = client.post("/reaching", data=sent)
    assert shown.status_code == 422
    assert "Quiet hours must end" in shown.text
    assert '<option value="4" selected>' in shown.text
    assert re.search(r'name="on" value="1" checked', shown.text)
    assert re.search(r'value="email" checked', shown.text)


def test_an_offer_waits_on_today_and_is_opened_or_put_off(clients: Clients, reached: str, web_house: House) -> None:
    """The card leads to the offer; opened, the page says so; "not now" takes the card away."""
    client = clients[Role.MEMBER]
    assert f'href="/reached/{reached}"' in client.get("/today").text
    to = client.get(f"/reached/{reached}", follow_redirects=False).headers["location"]
    assert to.startswith("/offer/")
    assert "you opened it" in client.get("/reaching").text
    assert _post(client, "/today", f"/reached/{reached}/later").startswith("/today")
    assert f'href="/reached/{reached}"' not in client.get("/today").text
    with web_house.store.read() as connection:
        assert connection.execute(select(reaches.c.answer).where(reaches.c.id == reached)).scalar() == "not-now"


def test_one_press_on_today_lets_no_more_come(web_house: House, clients: Clients, people: People, reached: str) -> None:
    """The rest of what was chosen stays for another day, the offer that waits is still there, the button is not."""
    client, member = clients[Role.MEMBER], people.rosa.member or ""
    with web_house.store.read() as connection:
        before = access_reach_settings(connection, member)
    assert 'action="/today/stop"' in client.get("/today").text
    to = _post(client, "/today", "/today/stop")
    assert to == "/today?said=reaching-off"
    with web_house.store.read() as connection:
        assert access_reach_settings(connection, member) == replace(before, on=False)
    shown = client.get(to).text
    assert "Nothing is sent to you." in shown
    assert f'href="/reached/{reached}"' in shown
    assert 'action="/today/stop"' not in shown


def test_stopping_on_today_needs_the_proof_of_the_page(clients: Clients, people: People, web_house: House) -> None:
    """Another site cannot press it for somebody."""
    do_set_reach(web_house, people.rosa.member or "", on=True)
    assert clients[Role.MEMBER].post("/today/stop", data={}, headers={"Origin": "https://x.example"}).status_code == 403
    with web_house.store.read() as connection:
        assert access_reach_settings(connection, people.rosa.member or "").on


def test_a_stop_link_asks_once_and_stops_without_signing_in(
    web_house: House, clients: Clients, people: People, reached: str
) -> None:
    """Looking at the link stops nothing; sending it does, from a mail program as from the page."""
    member, nobody = people.rosa.member or "", clients[Role.ANONYMOUS]
    link = f"/stop/{link_token(web_house, member, STOP)}"

    def on() -> bool:
        with web_house.store.read() as connection:
            return access_reach_settings(connection, member).on

    assert "Stop them" in nobody.get(link).text
    assert on()
    answer = nobody.post(link, data={"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, on()) == (200, False)
    assert "Stopped" in answer.text
    assert nobody.post("/stop/nonsense").status_code == 404


def test_an_address_is_added_confirmed_and_taken_out(web_house: House, clients: Clients, people: People) -> None:
    """It stands on the page as not confirmed, then as confirmed, then not at all."""
    client, member = clients[Role.MEMBER], people.rosa.member or ""
    assert _post(client, "/reaching", "/reaching/addresses", email="rosa@example.org").endswith("said=email-given")
    assert "not confirmed yet" in client.get("/reaching").text
    with web_house.store.read() as connection:
        (address,) = access_addresses(web_house, connection, member)
    link = confirm_link(web_house, member, address.key).removeprefix("http://testserver")
    assert "Yes, confirm it" in clients[Role.ANONYMOUS].get(link).text
    assert "Thank you" in clients[Role.ANONYMOUS].post(link).text
    assert "not confirmed yet" not in client.get("/reaching").text
    _post(client, "/reaching", f"/reaching/addresses/{address.key}/drop")
    assert "rosa@example.org" not in client.get("/reaching").text


def test_a_bad_address_is_told_beside_its_field_and_kept(clients: Clients) -> None:
    """What was typed is still there."""
    client = clients[Role.MEMBER]
    proof = re.search(r'name="csrf" value="([^"]+)"', client.get("/reaching").text)
    assert proof is not None
    answer = client.post("/reaching/addresses", data={"csrf": proof[1], "email": "rosa at example"})
    assert answer.status_code == 422
    assert 'value="rosa at example"' in answer.text
    assert "does not look like a mail address" in answer.text


def test_nobody_learns_an_address_from_the_api_of_another(web_house: House, clients: Clients, people: People) -> None:
    """One's own list holds it, in full; no other member's page or answer does."""
    do_give_address(web_house, people.other.member or "", Channel.EMAIL, "oli@example.org")
    for path in ("/reaching", "/api/members/me/reaching", "/api/members/me/reaches", "/api/members/me/export"):
        assert "oli@example.org" not in clients[Role.MEMBER].get(path).text
    assert "oli@example.org" not in clients[Role.STEWARD].get("/steward").text


def test_stewards_see_counts_and_reasons(clients: Clients, reached: str) -> None:
    """One wants it, one was sent; what was held back stands with its reason."""
    shown = clients[Role.STEWARD].get("/steward").text
    assert "1 member wants them." in shown
    assert "left to another moment" in shown


def test_the_worker_lies_at_the_top(clients: Clients) -> None:
    """A browser lets it serve the whole site, and asks again for a newer one."""
    answer = clients[Role.ANONYMOUS].get("/worker.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "no-cache"
    assert "showNotification" in answer.text
