"""How a practice was, in one's own words: read like a check-in, seen and put right, met with help where it must be."""

from __future__ import annotations

import re

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People
from tests.web.talking import post

from attunement.domain.consent import Cell
from attunement.programme.consents import do_change_consent
from attunement.programme.decisions import do_choose
from attunement.programme.house import House
from attunement.programme.journey import access_journey
from attunement.web.access import Role


@pytest.fixture
def rosa(clients: Clients) -> TestClient:
    """Rosa's browser."""
    return clients[Role.MEMBER]


@pytest.fixture
def at(web_house: House, people: People) -> str:
    """The page of a practice that itself asks for no words, begun from the library."""
    silent = next(p for p in web_house.library.practices if not p.ask)
    return f"/practice/{do_choose(web_house, people.rosa.member or '', silent.id).id}"


def _check_ins(house: House, people: People) -> int:
    return len(access_journey(house, people.rosa.member or "").moments)


def test_words_on_how_it_was_are_a_check_in(
    rosa: TestClient, web_house: House, people: People, at: str
) -> None:  # fmt: skip
    """Asked for on every practice; they lead from looking back to what was read, and the rating stands beside them."""
    before = _check_ins(web_house, people)
    page = rosa.get(at).text
    assert 'name="reflection"' in page
    assert "A computer reads it to choose a practice. Nobody else does." in page
    words = "I am so relieved and grateful, that was exactly what I needed."
    status, to = post(rosa, at, reflection=words, rating="4", finished="1")
    assert (status, to.startswith(at.replace("practice", "feedback") + "?words=")) == (303, True)
    page = rosa.get(to).text
    reading = to.partition("words=")[2]
    assert f'href="/check-ins/{reading}"' in page
    read = re.sub(r"<[^>]+>", "", rosa.get(f"/check-ins/{reading}").text)
    assert words in " ".join(read.split())
    assert _check_ins(web_house, people) == before + 1
    assert rosa.get("/api/members/me/decisions").json()["decisions"][0]["rating"] == 4


def test_without_words_nothing_is_told(rosa: TestClient, web_house: House, people: People, at: str) -> None:
    """A field left empty is no check-in."""
    before = _check_ins(web_house, people)
    assert post(rosa, at, reflection="  ", finished="1") == (303, at.replace("practice", "feedback"))
    assert _check_ins(web_house, people) == before


@pytest.mark.parametrize(
    ("words", "care"),
    [
        ("I want to kill myself tonight.", "care=1"),
        ("My husband hits me.", "care=2"),
        ("They took my passport and lock us in at night.", "care=2"),
    ],
)
@pytest.mark.parametrize("read", [True, False])
def test_danger_in_them_is_met_with_help(
    rosa: TestClient, web_house: House, people: People, at: str, words: str, care: str, read: bool
) -> None:
    """Before anything else, whether or not they may be read for choosing; what may not be read is not led to."""
    if not read:
        do_change_consent(web_house, people.rosa.member or "", withdraw=[Cell.parse("personalise:text")])
    _, to = post(rosa, at, reflection=words, finished="1")
    assert (care in to, "words=" in to) == (True, read)  # a number, which tells an onlooker nothing
    page = rosa.get(to).text
    assert page.index("are you safe right now?") < page.index("The practice can wait.")


def test_too_long_ones_lose_nothing(rosa: TestClient, web_house: House, people: People, at: str) -> None:
    """The page comes back with all that was typed, and neither an outcome nor a check-in is kept."""
    before = _check_ins(web_house, people)
    status, page = post(rosa, at, reflection="word " * 5000, rating="3", finished="1")
    assert (status, page.count("word word") > 100) == (422, True)
    assert _check_ins(web_house, people) == before
    assert rosa.get(at.replace("practice", "feedback"), follow_redirects=False).status_code == 303


def test_who_lets_supporters_read_their_check_ins_is_told_so_of_a_reflection(
    rosa: TestClient, web_house: House, people: People, at: str
) -> None:
    """Beside the field, in the words that stand beside the check-in."""
    do_change_consent(web_house, people.rosa.member or "", grant=[Cell.parse("supporters:text")])
    assert "Supporters here can read it too, as you allowed." in rosa.get(at).text
