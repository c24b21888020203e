"""Choosing another passphrase on its page, and what the page to sign in says to whoever forgot theirs."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import PASSPHRASE, Clients, People
from tests.web.talking import proof

from attunement.domain.errors import Invalid, NotSignedIn
from attunement.programme.house import House
from attunement.programme.sessions import access_account, do_open_session, do_sign_in
from attunement.web.access import Role

NEW = "a red kettle on the stairs"
BACK = {Role.MEMBER: "/privacy", Role.SUPPORTER: "/queue", Role.STEWARD: "/steward"}


def _change(client: TestClient, old: str, new: str, again: str) -> tuple[int, str]:
    form = {"csrf": proof(client, "/passphrase"), "old": old, "new": new, "again": again}
    answer = client.post("/passphrase", data=form)
    return answer.status_code, answer.headers.get("location", answer.text)


@pytest.mark.parametrize("role", BACK)
def test_whoever_is_signed_in_can_choose_another_passphrase(
    clients: Clients, web_house: House, people: People, role: Role
) -> None:
    """The old one opens nothing any more, sessions elsewhere end, and the browser it was done in stays signed in."""
    account = {Role.MEMBER: people.rosa, Role.SUPPORTER: people.supporter, Role.STEWARD: people.steward}[role]
    elsewhere, client, back = do_open_session(web_house, account.id, account.role), clients[role], BACK[role]
    assert 'href="/passphrase"' in client.get("/library").text
    assert _change(client, PASSPHRASE, NEW, NEW) == (303, f"{back}?said=passphrase")
    assert "From now on you sign in with the new one" in client.get(f"{back}?said=passphrase").text
    with pytest.raises(NotSignedIn):
        access_account(web_house, elsewhere)
    with pytest.raises(Invalid):
        do_sign_in(web_house, account.name, PASSPHRASE)
    assert do_sign_in(web_house, account.name, NEW)


@pytest.mark.parametrize(
    ("old", "new", "again", "field"),
    [("not the one", NEW, NEW, "old"), (PASSPHRASE, "short", "short", "new"), (PASSPHRASE, NEW, f"{NEW}s", "again")],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_changes(
    clients: Clients, web_house: House, old: str, new: str, again: str, field: str
) -> None:
    """The reason beside the field it is about; no passphrase comes back in the page, and the old one still works."""
    status, page = _change(clients[Role.MEMBER], old, new, again)
    assert (status, re.findall(r'id="(\w+)-error"', page)) == (422, [field])
    assert NEW not in page
    assert do_sign_in(web_house, "Rosa", PASSPHRASE)


def test_guessing_the_old_one_is_slowed_down(clients: Clients) -> None:
    """Twenty tries a minute; then the page says to wait, whatever is typed."""
    tries = [_change(clients[Role.MEMBER], f"guess number {n}", NEW, NEW)[0] for n in range(21)]
    assert tries == [422] * 20 + [429]


def test_signing_in_says_who_can_help_when_it_is_forgotten(anonymous: TestClient) -> None:
    """One honest line: nobody can look it up, and whoever invited them can give them a new code."""
    page = anonymous.get("/sign-in").text
    assert "Nobody here can look it up or change it for you. Whoever invited you can give you a new code" in page
