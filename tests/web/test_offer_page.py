"""Today and the offer that follows: who reads what is written, what comes first in danger, and what a reload brings."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People

from attunement.domain.consent import Cell
from attunement.programme.accounts import do_join
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent, do_set_consent
from attunement.programme.house import House
from attunement.programme.invitations import do_make_invitation
from attunement.programme.members import do_change_profile
from attunement.programme.sessions import do_open_session
from attunement.web.access import Role
from attunement.web.security import SESSION_COOKIE

DANGER = "I want to kill myself tonight. I have the pills here."
HURT = "My husband hits me and I am scared to go home."
HELD = "They took my passport and lock us in at night."
"""No rule knows it; a model reads it."""
SAFE = "are you safe right now?"
FOLDED = "<summary>If you are safe and want something quiet</summary>"
NOBODY = "A computer reads it to choose a practice. Nobody else does."
HTMX = {"HX-Request": "true"}


@pytest.fixture
def rosa(clients: Clients) -> TestClient:
    """A member's browser."""
    return clients[Role.MEMBER]


def _csrf(client: TestClient) -> str:
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/today").text)
    assert found is not None
    return found[1]


def _check_in(client: TestClient, text: str) -> str:
    """The address of the offer after a check-in."""
    answer = client.post("/today", data={"csrf": _csrf(client), "text": text})
    assert answer.status_code == 303
    return str(answer.headers["location"])


def _page(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.text)


@pytest.mark.parametrize(
    ("others", "says"),
    [
        ([], [NOBODY]),
        (["learn:text", "supporters:self_report", "research:body"], [NOBODY]),
        (["supporters:text"], ["choose a practice. Supporters here can read it too, as you allowed."]),
        (["research:text"], ["choose a practice. Researchers may read it without your name, as you allowed."]),
        (["supporters:text", "research:text"], ["Supporters here can read it too", "Researchers may read it"]),
    ],
)
def test_who_reads_a_check_in_is_said_as_it_was_allowed(
    rosa: TestClient, web_house: House, people: People, others: list[str], says: list[str]
) -> None:
    """That nobody else reads it is said only where nobody else may."""
    do_change_consent(web_house, people.rosa.member or "", grant=[Cell.parse(cell) for cell in others])
    page = _page(rosa, "/today")
    assert ("Nobody else does." in page) is (says == [NOBODY])
    assert all(words in page for words in says)


def test_who_may_read_is_said_where_it_is_not_used_to_choose(
    rosa: TestClient, web_house: House, people: People
) -> None:
    """Supporters are named beside what it is not used for."""
    do_set_consent(web_house, people.rosa.member or "", [Cell.parse("supporters:text")])
    page = _page(rosa, "/today")
    assert "because you have not allowed that. Supporters here can read it too, as you allowed." in page


@pytest.mark.parametrize("text", [DANGER, HURT])
@pytest.mark.parametrize("allowed", [True, False], ids=["kept", "nothing allowed"])
def test_in_danger_help_comes_first_and_one_quiet_offer_is_folded_away(
    rosa: TestClient, web_house: House, people: People, text: str, allowed: bool
) -> None:
    """Help and a person to ask for stand above; no variety is a reason, no other practices stand beside it."""
    if not allowed:
        do_set_consent(web_house, people.rosa.member or "", [])
    page = _page(rosa, _check_in(rosa, text))
    order = [SAFE, 'href="/talk#with-person"', FOLDED, "This might fit"]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    assert page.count("<h1") == 1
    for told in ("Or one of these", "varied", "you have not met this kind yet", "keep your choice wide"):
        assert told not in page, told


def test_without_danger_an_offer_stands_open_with_two_more(rosa: TestClient) -> None:
    """Nothing is folded and no help is pressed on anyone."""
    page = _page(rosa, _check_in(rosa, "A quiet, good day."))
    assert "Or one of these" in page
    assert SAFE not in page
    assert FOLDED not in page


@pytest.mark.parametrize("allowed", [True, False], ids=["kept", "nothing allowed"])
def test_who_is_hurt_gets_the_lines_for_that_first(
    rosa: TestClient, web_house: House, people: People, allowed: bool
) -> None:
    """Whether or not what was read may be kept; who speaks of wanting to die gets theirs, and the others not at all."""
    if not allowed:
        do_set_consent(web_house, people.rosa.member or "", [])
    do_change_profile(web_house, people.rosa.member or "", country="ES")
    for text in (HURT, HELD):
        page = _page(rosa, _check_in(rosa, text))
        assert page.index(SAFE) < page.index('"tel:016"') < page.index('"tel:024"')
    page = _page(rosa, _check_in(rosa, DANGER))
    assert '"tel:024"' in page
    assert '"tel:016"' not in page


@pytest.mark.parametrize("act", ["different", "less"])
@pytest.mark.parametrize("text", ["A quiet, good day.", DANGER, HURT])
@pytest.mark.parametrize("allowed", [True, False], ids=["kept", "nothing allowed"])
def test_a_refused_offer_does_not_come_back_with_a_reload(
    rosa: TestClient, web_house: House, people: People, act: str, text: str, allowed: bool
) -> None:
    """The new offer has its own address, with htmx and without, and what comes first comes first there too."""
    if not allowed:
        do_set_consent(web_house, people.rosa.member or "", [])
    first = _check_in(rosa, text)
    asked, _, care = first.partition("?")
    to = f"{asked}/{act}" + (f"?{care}" if care else "")
    assert f'action="{to}"' in rosa.get(first).text
    for headers in ({}, HTMX):
        answer = rosa.post(to, data={"csrf": _csrf(rosa)}, headers=headers)
        new = answer.headers["hx-replace-url" if headers else "location"]
        assert new.partition("?")[0] not in (first.partition("?")[0], "")
        again = _page(rosa, new)
        assert new.partition("?")[0] + "/start" in again
        assert (SAFE in again) is (text != "A quiet, good day.")
        if headers:
            assert (SAFE in answer.text, "<h1" in answer.text) == (text != "A quiet, good day.", True)


def test_an_offer_says_that_a_text_was_not_read(rosa: TestClient) -> None:
    """A text in another language is told not to have been used, on the offer as on the page of the reading."""
    page = _page(rosa, _check_in(rosa, "Heute bin ich sehr müde und traurig."))
    assert "What you wrote seems to be in German, which this program cannot read, so it was not read." in page
    used = re.search(r"<strong>Used:</strong>([^<]*)", page)
    assert used is not None
    assert "what you wrote" not in used[1]
    assert "seems to be in" not in _page(rosa, _check_in(rosa, "I feel a bit sad today."))


def test_who_never_said_what_may_be_used_is_led_there_quietly(rosa: TestClient, web_house: House) -> None:
    """A line on Today leads to the page that was left; any answer, a no to everything too, ends it."""
    line = "You have not said yet what your data may be used for"
    assert line not in _page(rosa, "/today")
    account = do_join(web_house, do_make_invitation(web_house, "member"), "Ines", "a blue kettle on the stairs")
    rosa.cookies.set(SESSION_COOKIE, do_open_session(web_house, account.id, account.role))
    page = _page(rosa, "/today")
    assert page.index(line) < page.index('href="/consent"')
    answer = rosa.post("/consent", data={"csrf": _csrf(rosa), "choose": "none"})
    assert answer.headers["location"] == "/today?said=consent-none"
    assert line not in _page(rosa, "/today")


@pytest.fixture
def stern(app: FastAPI, web_house: House) -> None:
    """The programme has no gentle practice, so nothing is left to offer in danger."""
    steady = tuple(p for p in web_house.library.practices if p.intensity > 1)
    app.state.house = replace(web_house, library=replace(web_house.library, practices=steady))


@pytest.mark.usefixtures("stern")
@pytest.mark.parametrize(("text", "first"), [(DANGER, '"tel:112"'), (HURT, '"tel:016"')])
def test_a_check_in_is_kept_where_nothing_may_be_offered(
    rosa: TestClient, web_house: House, people: People, text: str, first: str
) -> None:
    """The page says that it is kept, that nothing fits, and first of all whom to call, whatever may be kept."""
    do_change_profile(web_house, people.rosa.member or "", country="ES")
    for kept in (True, False):
        if not kept:
            do_set_consent(web_house, people.rosa.member or "", [])
        page = _page(rosa, _check_in(rosa, text))
        assert page.index(SAFE) < page.index(first) < page.index("Nothing to suggest just now")
        assert "What you told is kept." in page
        assert page.count("<h1") == 1
        checked_in = rosa.get("/api/members/me/check-ins").json()["check_ins"]
        assert len(checked_in) == (2 if kept else 3)


@pytest.mark.usefixtures("stern")
@pytest.mark.parametrize("act", ["different", "less"])
def test_an_offer_that_is_refused_where_nothing_else_fits(
    rosa: TestClient, web_house: House, people: People, act: str
) -> None:
    """The answer is kept, and the page says that there is nothing else, with htmx and without."""
    member = people.rosa.member or ""
    offer = people.decisions[member]
    do_check_in(web_house, member, text=DANGER)
    address = rosa.post(f"/offer/{offer}/{act}", data={"csrf": _csrf(rosa)}).headers["location"]
    piece = rosa.post(f"/offer/{offer}/{act}", data={"csrf": _csrf(rosa)}, headers=HTMX).text
    for told in (_page(rosa, address), unescape(piece)):
        assert told.index(SAFE) < told.index("Nothing to suggest just now")
    assert 'id="offer"' in piece
    assert "<html" not in piece


@pytest.mark.usefixtures("stern")
def test_without_danger_an_offer_comes_as_ever(rosa: TestClient) -> None:
    """And the page that says there is none shows no helplines of itself."""
    assert _check_in(rosa, "A quiet, good day.").startswith("/offer/")
    assert SAFE not in _page(rosa, "/today?nothing=1&care=0")
