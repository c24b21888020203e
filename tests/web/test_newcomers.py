"""Somebody who just came, and allowed nothing yet: every page of theirs is there, and says what will be on it."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import PASSPHRASE, Clients

from attunement.domain.consent import Cell
from attunement.programme.consents import do_change_consent
from attunement.programme.house import House
from attunement.programme.invitations import do_make_invitation
from attunement.programme.members import do_enrol
from attunement.web.access import Role

PAGES = (
    "/today", "/talk", "/talk/past", "/talk/settings", "/talk/memory", "/library", "/journey", "/journey/body",
    "/consent", "/privacy", "/privacy/erase", "/facts", "/passphrase", "/reaching", "/help",
)  # fmt: skip


@pytest.fixture
def newcomer(anonymous: TestClient, web_house: House) -> TestClient:
    """A browser in which somebody joined a moment ago."""
    proof = re.findall(r'name="csrf" value="(.+?)"', anonymous.get("/join").text)[0]
    form = {"code": do_make_invitation(web_house, "member"), "name": "Noor", "passphrase": PASSPHRASE, "csrf": proof}
    assert anonymous.post("/join", data=form).status_code == 303
    return anonymous


@pytest.mark.parametrize("choose", ["", "none", "all"])
def test_every_page_of_a_newcomer_is_there(newcomer: TestClient, choose: str) -> None:
    """Before anything was allowed, with nothing allowed, and with all of it; nothing was told or met."""
    if choose:
        proof = re.findall(r'name="csrf" value="(.+?)"', newcomer.get("/consent").text)[0]
        assert newcomer.post("/consent", data={"choose": choose, "csrf": proof}).status_code == 303
    assert {page: newcomer.get(page, follow_redirects=True).status_code for page in PAGES} == dict.fromkeys(PAGES, 200)
    assert "Here you will see how you have been over time" in newcomer.get("/journey").text


def test_supporters_see_who_is_made_up(clients: Clients, web_house: House) -> None:
    """Of two who show them how they are, the one that is synthetic is called so, and the other is not."""
    for name, synthetic in (("Ana", True), ("Bea", False)):
        member = do_enrol(web_house, name=name, synthetic=synthetic)
        do_change_consent(web_house, member, grant=[Cell.parse("supporters:self_report")])
    page = re.sub(r"<[^>]+>", "", clients[Role.SUPPORTER].get("/supporter").text)
    assert ("Ana (made up)" in page, "Bea (made up)" in page, "Bea" in page) == (True, False, True)
