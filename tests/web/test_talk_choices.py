"""How the companion is and what it remembers, as pages and over HTTP."""

from __future__ import annotations

import html
import re

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People
from tests.web.talking import SCRIPT, begin, newest, post, said

from attunement.domain.consent import Cell
from attunement.domain.ids import new_id
from attunement.programme.consents import do_change_consent
from attunement.programme.house import House
from attunement.web.access import Role


@pytest.fixture
def rosa(clients: Clients) -> TestClient:
    """Rosa's browser."""
    return clients[Role.MEMBER]


def test_how_the_companion_is_can_be_chosen(rosa: TestClient, web_house: House, people: People) -> None:
    """In between at first; another computer is not asked about where there is none; the API tells the same."""
    page = rosa.get("/talk/settings").text
    assert re.search(r'value="0.5" checked', page)
    assert 'name="elsewhere"' not in page
    assert post(rosa, "/talk/settings", ideas="1.0") == (303, "/talk/settings?said=talk-settings")
    assert re.search(r'value="1.0" checked', rosa.get("/talk/settings").text)
    assert post(rosa, "/talk/settings", ideas="nan")[0] == 422


def _allow(house: House, people: People) -> None:
    do_change_consent(house, people.rosa.member or "", grant=[Cell.parse("companion:text")])


def test_another_computer_is_asked_about_in_the_words_of_its_own_page(
    rosa: TestClient, web_house: House, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a language model runs elsewhere: its place is named, a no is how it begins, and a yes is kept."""
    monkeypatch.setattr(House, "voice_place", "llm.example.org")
    page = html.unescape(rosa.get("/talk/settings").text)
    assert web_house.elsewhere.says_of("llm.example.org") in page
    assert web_house.elsewhere.without in page
    assert re.search(r'name="elsewhere" value="1">', page)
    assert "llm.example.org" not in rosa.get("/talk").text
    post(rosa, "/talk/settings", ideas="0.5", elsewhere="1")
    assert re.search(r'name="elsewhere" value="1" checked>', rosa.get("/talk/settings").text)
    assert "a computer at llm.example.org helps it" in rosa.get("/talk").text


def test_settings_over_http_are_those_of_the_page(rosa: TestClient) -> None:
    """What is put there is got there, and shown on the page."""
    assert rosa.get("/api/conversations/settings").json() == {
        "ideas": 0.5, "elsewhere": True, "place": "", "asks": "",
    }  # fmt: skip
    assert rosa.put("/api/conversations/settings", json={"ideas": 0.9}).json()["ideas"] == 0.9
    assert re.search(r'value="1.0" checked', rosa.get("/talk/settings").text)
    assert rosa.put("/api/conversations/settings", json={"ideas": 1.1}).status_code == 422


def test_a_line_is_remembered_by_one_press_where_that_is_allowed(
    rosa: TestClient, web_house: House, people: People
) -> None:
    """No button before consent; then one, which says afterwards that it is remembered."""
    at = begin(rosa, web_house, people)
    post(rosa, f"{at}/lines", text="My sister is Ana.", sent=new_id())
    line = said(web_house, people)[0].id
    assert "Remember this" not in rosa.get("/talk").text
    status, page = post(rosa, f"{at}/lines/{line}/remember")
    assert (status, "You have not allowed the companion" in page) == (403, True)
    _allow(web_house, people)
    assert "Remember this" in rosa.get("/talk").text
    status, piece = post(rosa, f"{at}/lines/{line}/remember?after=2", SCRIPT)
    assert (status, re.findall(r'data-line="(\d+)"', piece)) == (200, ["2"])
    assert "Remember this" not in piece
    assert "The companion is to remember this" in piece
    assert "My sister is Ana.</textarea>" in rosa.get("/talk/memory").text


def test_what_is_remembered_is_changed_and_taken_out_on_its_page(
    rosa: TestClient, web_house: House, people: People
) -> None:
    """Typed, put into other words, taken out; what is refused stays in its field."""
    _allow(web_house, people)
    assert post(rosa, "/talk/memory", text="My sister is Ana.") == (303, "/talk/memory?said=remembered")
    one = rosa.get("/api/conversations/memory").json()["remembered"][0]["id"]
    status, page = post(rosa, f"/talk/memory/{one}", text=" ")
    assert (status, f'id="{one}-error"' in page) == (422, True)
    post(rosa, f"/talk/memory/{one}", text="My sister is Bea.")
    page = rosa.get("/talk/memory").text
    assert "My sister is Bea.</textarea>" in page
    assert "Ana" not in page
    status, page = post(rosa, "/talk/memory", text="b" * 201)
    assert (status, "b" * 201 in page) == (422, True)
    assert post(rosa, f"/talk/memory/{one}/forget") == (303, "/talk/memory?said=forgotten")
    assert "Nothing yet." in rosa.get("/talk/memory").text


def test_without_consent_the_page_of_memory_says_that_nothing_is_used(
    rosa: TestClient, web_house: House, people: People
) -> None:
    """The line is there to be taken out and cannot be changed; nothing can be added."""
    _allow(web_house, people)
    post(rosa, "/talk/memory", text="My sister is Ana.")
    do_change_consent(web_house, people.rosa.member or "", withdraw=[Cell.parse("companion:text")])
    page = rosa.get("/talk/memory").text
    assert "nothing here is used" in page
    assert "My sister is Ana." in page
    assert 'name="text"' not in page
    assert "/forget" in page


def test_the_page_of_memory_says_truly_how_it_is_used(
    rosa: TestClient, web_house: House, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no model answers this member, the companion itself comes back to a line, once; a model is given them."""
    once = "It may come back to one of these lines, at most once in a conversation."
    _allow(web_house, people)
    page = rosa.get("/talk/memory").text
    assert once in page
    assert "does not use" not in page
    object.__setattr__(web_house, "voiced", web_house.companion)
    try:
        assert once not in rosa.get("/talk/memory").text
        monkeypatch.setattr(House, "voice_place", "llm.example.org")  # to which this member did not say yes
        assert once in rosa.get("/talk/memory").text
    finally:
        object.__setattr__(web_house, "voiced", None)


def test_memory_over_http(rosa: TestClient, web_house: House, people: People) -> None:
    """Refused without consent; then made, changed, taken out, and unknown afterwards."""
    at = "/api/conversations/memory"
    assert rosa.post(at, json={"text": "My sister is Ana."}).json()["code"] == "consent-missing"
    _allow(web_house, people)
    one = rosa.post(at, json={"text": "My sister is Ana."}).json()
    assert rosa.put(f"{at}/{one['id']}", json={"text": "My sister is Bea."}).json()["text"] == "My sister is Bea."
    kept = rosa.get(at).json()
    assert (kept["used"], [line["text"] for line in kept["remembered"]]) == (True, ["My sister is Bea."])
    assert rosa.delete(f"{at}/{one['id']}").json()["remembered"] == []
    assert rosa.delete(f"{at}/{one['id']}").status_code == 404
    assert post(rosa, "/talk", **{"with": "companion"})[0] == 303
    talk = newest(web_house, people).id
    line = rosa.post(f"/api/conversations/{talk}/lines", json={"text": "I work at night."}).json()["id"]
    assert rosa.post(f"/api/conversations/{talk}/lines/{line}/remember").json()["turn"] == line


CARD = "First: are you safe right now?"


@pytest.mark.parametrize(
    ("text", "to"),
    [
        ("I am going to kill myself tonight.", "/talk/memory?care=1&said=alerted"),
        ("Everyone would be better off without me.", "/talk/memory?care=1&said=remembered"),
    ],
)
@pytest.mark.parametrize("changed", [False, True], ids=["new", "changed"])
def test_danger_in_what_is_to_be_remembered_shows_help_first(
    rosa: TestClient, web_house: House, people: People, text: str, to: str, changed: bool
) -> None:
    """On the page that follows, which says that people were told only where they were; not on the next visit."""
    _allow(web_house, people)
    at = "/talk/memory"
    if changed:
        post(rosa, at, text="My sister is Ana.")
        at += "/" + rosa.get("/api/conversations/memory").json()["remembered"][0]["id"]
    assert post(rosa, at, text=text) == (303, to)
    page = rosa.get(to).text
    assert (CARD in page, "people of this programme were told" in page) == (True, "alerted" in to)
    assert CARD not in rosa.get("/talk/memory").text


def test_danger_in_what_cannot_be_remembered_shows_help_too(rosa: TestClient, web_house: House, people: People) -> None:
    """Without consent, or too long: it is refused, and help stands there."""
    status, page = post(rosa, "/talk/memory", text="I am going to kill myself tonight.")
    assert (status, CARD in page) == (403, True)
    _allow(web_house, people)
    status, page = post(rosa, "/talk/memory", text="I am going to kill myself tonight." + " word" * 50)
    assert (status, CARD in page) == (422, True)
    status, page = post(rosa, "/talk/memory", text="word " * 50)
    assert (status, CARD in page) == (422, False)


def test_the_api_says_where_what_is_to_be_remembered_asks_for_help(
    rosa: TestClient, web_house: House, people: People
) -> None:
    """With what was kept, changed or refused; a list says nothing of it."""
    at, grave = "/api/conversations/memory", {"text": "I am going to kill myself tonight."}
    assert rosa.post(at, json=grave).json()["help_shown"] is True
    _allow(web_house, people)
    one = rosa.post(at, json={"text": "My sister is Ana."}).json()
    assert (one["help_shown"], one["alerted"]) == (False, False)
    two = rosa.put(f"{at}/{one['id']}", json=grave).json()
    assert two["help_shown"] is True
    assert [told["help_shown"] for told in rosa.get(at).json()["remembered"]] == [False]
    assert rosa.post(at, json={"text": grave["text"] + " word" * 50}).json()["help_shown"] is True
