"""Who a member asks for, on their pages: what can be chosen, that it counts, and what they are told of it."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People
from tests.web.talking import SCRIPT, begin, newest, post, said

from attunement.domain.conversation import Owner
from attunement.domain.conversation_events import Wanted
from attunement.domain.ids import new_id
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.closing import do_close_as_supporter
from attunement.programme.conversations.conversation import access_conversations
from attunement.programme.conversations.duty import do_describe_supporter, do_go_on_duty
from attunement.programme.conversations.handing import do_claim, do_transfer
from attunement.programme.conversations.writing import do_write_as_supporter
from attunement.programme.house import House
from attunement.web.access import Role

ALL_THE_SAME = "Somebody else may answer all the same."


@pytest.fixture
def rosa(clients: Clients) -> TestClient:
    """Rosa's browser."""
    return clients[Role.MEMBER]


@pytest.fixture
def sam(web_house: House, people: People) -> str:
    """A supporter who speaks Portuguese, is good at grief, and works at night."""
    account = people.supporter.id
    do_describe_supporter(web_house, account, languages=["pt-BR"], skills=["grief"], team="night")
    return account


def _lists(page: str) -> dict[str, list[str]]:
    """The values of each list to choose from, the chosen one marked."""
    found = {}
    for name, options in re.findall(r'<select id="wish-\w+" name="(\w+)">(.*?)</select>', page, re.DOTALL):
        values = re.findall(r'<option value="([^"]*)"( selected)?', options)
        found[name] = [f"{value}*" if chosen else value for value, chosen in values]
    return found


def test_nothing_is_there_where_nothing_can_be_chosen(rosa: TestClient, web_house: House, people: People) -> None:
    """Neither at the start nor in a talk: nobody entered a skill, a team or a language but hers."""
    do_describe_supporter(web_house, people.supporter.id, languages=["en-IE"])
    assert '<details class="wish"' not in rosa.get("/talk").text
    at = begin(rosa, web_house, people)
    assert '<details class="wish"' not in rosa.get("/talk").text
    post(rosa, f"{at}/ask")
    page = rosa.get("/talk").text
    assert '<details class="wish"' not in page
    assert ALL_THE_SAME not in page


def test_at_the_start_one_can_wish_for_what_there_is(
    rosa: TestClient, web_house: House, people: People, sam: str
) -> None:
    """Nothing is chosen beforehand; what is chosen counts, is told in words, and stands in the lists of the talk."""
    page = rosa.get("/talk").text
    assert "Anybody in particular?" in page
    assert "A wish, not a condition" in page
    assert _lists(page) == {"skill": ["*", "grief"], "team": ["*", "night"], "language": ["en*", "pt"]}
    form = {"with": "person", "words": "My mother died.", "sent": new_id(), "skill": "grief", "language": "pt"}
    assert post(rosa, "/talk", **form, team="") == (303, "/talk")
    talk = newest(web_house, people)
    assert (talk.owner, talk.wanted, talk.language) == (Owner.WAITING, Wanted(skill="grief"), "pt")
    assert [line.text for line in said(web_house, people)] == ["My mother died."]
    page = rosa.get("/talk").text
    assert f"Looked for first: somebody good at grief, somebody who speaks Portuguese. {ALL_THE_SAME}" in page
    assert _lists(page) == {"skill": ["", "grief*"], "team": ["*", "night"], "language": ["en", "pt*"]}


def test_begun_with_nobody_in_particular_anybody_is_asked_for(
    rosa: TestClient, web_house: House, people: People, sam: str
) -> None:
    """The lists left as they are wish for nobody, and nothing is said of a wish."""
    post(rosa, "/talk", **{"with": "person", "skill": "", "team": "", "language": "en"})
    talk = newest(web_house, people)
    assert (talk.wanted, talk.language) == (Wanted(), "en")
    assert ALL_THE_SAME not in rosa.get("/talk").text


def test_in_a_talk_with_the_companion_one_asks_for_somebody_in_particular(
    rosa: TestClient, web_house: House, people: People, sam: str
) -> None:
    """By one form, also as a piece for a script; the button at the top still asks for anybody by one press."""
    at = begin(rosa, web_house, people)
    page = rosa.get("/talk").text
    assert "Ask for somebody in particular" in page
    assert page.count(f'action="{at}/ask"') == 2
    status, piece = post(rosa, f"{at}/ask", SCRIPT, skill="", team="night", language="en")
    assert (status, newest(web_house, people).wanted) == (200, Wanted(team="night"))
    assert f"Looked for first: the team night. {ALL_THE_SAME}" in piece
    assert "Anybody in particular?" in piece


def test_a_wish_is_changed_while_one_waits(rosa: TestClient, web_house: House, people: People, sam: str) -> None:
    """Another wish, then none again: told in the talk each time; asked again by the plain button it stays."""
    post(rosa, "/talk", **{"with": "person", "skill": "grief", "team": "", "language": "en"})
    at = f"/talk/{newest(web_house, people).id}"
    assert post(rosa, f"{at}/ask", skill="", team="night", language="en") == (303, "/talk#last")
    assert newest(web_house, people).wanted == Wanted(team="night")
    page = rosa.get("/talk").text
    assert "Your wish for who should come is changed. Your conversation keeps its place" in page
    assert "Looked for first: the team night." in page
    post(rosa, f"{at}/ask")
    assert newest(web_house, people).wanted == Wanted(team="night")
    post(rosa, f"{at}/ask", skill="", team="", language="en")
    assert newest(web_house, people).wanted == Wanted()
    assert ALL_THE_SAME not in rosa.get("/talk").text


def test_somebody_one_has_written_with_can_be_wished_for_by_name(
    rosa: TestClient, web_house: House, people: People
) -> None:
    """Sam after they wrote to her, and to nobody else; the page says for how long it is kept for them."""
    sam = people.supporter.id
    do_go_on_duty(web_house, sam, web_house.clock() + timedelta(hours=2))
    talk = do_open(web_house, people.rosa.member or "", human=True)
    assert "first ten minutes" not in rosa.get("/talk").text
    do_claim(web_house, sam, talk.id)
    assert _lists(rosa.get("/talk").text) == {}  # a person is there
    do_write_as_supporter(web_house, sam, talk.id, "I am here.")
    do_close_as_supporter(web_house, sam, talk.id)
    page = rosa.get("/talk").text
    assert _lists(page) == {"person": ["*", sam]}
    assert "In your first ten minutes of waiting, your conversation is kept for somebody you name" in page
    post(rosa, "/talk", **{"with": "person", "person": sam})
    assert newest(web_house, people).wanted == Wanted(person=sam)
    assert "Looked for first: Sam. If they cannot come soon, somebody else may." in rosa.get("/talk").text


def test_who_is_not_here_any_more_cannot_be_wished_for_and_nothing_typed_is_lost(
    rosa: TestClient, web_house: House, people: People, sam: str
) -> None:
    """At the start: the reason, the words and the other choices, unfolded, and nothing begun. In a talk: the reason."""
    form = {"with": "person", "words": "My mother died.", "person": new_id(), "skill": "grief", "team": ""}
    status, page = post(rosa, "/talk", **form, language="pt")
    assert (status, "There is no such supporter." in page, "My mother died.</textarea>" in page) == (422, True, True)
    assert '<details class="wish" open>' in page
    assert _lists(page) == {"skill": ["", "grief*"], "team": ["*", "night"], "language": ["en", "pt*"]}
    with web_house.store.read() as connection:
        assert access_conversations(connection, people.rosa.member or "") == []
    at = begin(rosa, web_house, people)
    status, page = post(rosa, f"{at}/ask", person=new_id())
    assert (status, "There is no such supporter." in page) == (422, True)
    assert newest(web_house, people).owner is Owner.COMPANION


def test_what_a_colleague_or_a_program_wished_for_can_be_seen_and_kept(
    rosa: TestClient, web_house: House, people: People, sam: str
) -> None:
    """A team nobody is of, and a name she never met: told in words, and chosen in the lists as it stands."""
    do_go_on_duty(web_house, sam, web_house.clock() + timedelta(hours=2))
    talk = do_open(web_house, people.rosa.member or "", human=True, wanted=Wanted(team="day"))
    assert _lists(rosa.get("/talk").text)["team"] == ["", "night", "day*"]
    do_claim(web_house, sam, talk.id)
    do_transfer(web_house, sam, talk.id, Wanted(person=sam))
    page = html.unescape(rosa.get("/talk").text)
    assert "Looked for first: Sam." in page
    assert _lists(page)["person"] == ["", f"{sam}*"]


def test_over_http_wishes_are_changed_by_asking_again(
    rosa: TestClient, web_house: House, people: People, sam: str
) -> None:
    """What is left out stays; `{}` wishes for nobody; opened again with others, those count."""
    at = "/api/conversations"
    talk = rosa.post(at, json={"human": True, "wanted": {"team": "night"}}).json()
    assert rosa.post(at, json={"human": True}).json() == talk
    asked = rosa.post(f"{at}/{talk['id']}/ask", json={"wanted": {"skill": "grief"}, "language": "pt"}).json()
    assert (asked["wanted"], asked["language"]) == ({"person": None, "team": None, "skill": "grief"}, "pt")
    assert asked["waiting_since"] == talk["waiting_since"]
    lines = rosa.get(f"{at}/{talk['id']}/lines").json()["lines"]
    assert [line["notice"]["code"] for line in lines] == ["nobody-on-duty", "wished"]
    assert rosa.post(f"{at}/{talk['id']}/ask", json={"wanted": {}}).json()["wanted"]["skill"] is None
    again = rosa.post(at, json={"human": True, "wanted": {"team": "night"}, "language": "en"}).json()
    assert (again["id"], again["wanted"]["team"], again["language"]) == (talk["id"], "night", "en")


def test_words_that_have_to_wait_keep_no_wish_back(
    rosa: TestClient, web_house: House, people: People, sam: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over the limit of lines the person wished for is asked for all the same, on the page and over HTTP."""
    monkeypatch.setattr("attunement.programme.conversations.hearing.LINES_A_MINUTE", 0)
    form = {"with": "person", "words": "My mother died.", "skill": "grief", "team": "", "language": "pt"}
    assert post(rosa, "/talk", **form)[0] == 429
    talk = newest(web_house, people)
    assert (talk.wanted, talk.language) == (Wanted(skill="grief"), "pt")
    body = {"words": "A person, please.", "wanted": {"team": "night"}, "language": "en"}
    assert rosa.post(f"/api/conversations/{talk.id}/ask", json=body).status_code == 429
    talk = newest(web_house, people)
    assert (talk.wanted, talk.language) == (Wanted(team="night"), "en")


def test_a_wish_at_a_closed_talk_leads_to_it(rosa: TestClient, web_house: House, people: People, sam: str) -> None:
    """Pressed on a page that is out of date it shows how it stands, and no lists."""
    at = begin(rosa, web_house, people)
    do_ask_for_human(web_house, people.rosa.member or "", at.removeprefix("/talk/"))
    post(rosa, f"{at}/end")
    assert post(rosa, f"{at}/ask", skill="grief", team="", language="en") == (303, f"{at}#last")
    assert '<details class="wish"' not in rosa.get(at).text
