"""Somebody who just came, and allowed nothing yet: every page of theirs is there, and says what will be on it."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import PASSPHRASE

from attunement.programme.house import House
from attunement.programme.invitations import do_make_invitation

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
