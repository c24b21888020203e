"""A supporter's own growth: what became of suggestions, counted from what was sent, and cases to practise with."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People
from tests.web.test_queue_pages import _post

from attunement.domain.coaching import CoachFeature, Fate
from attunement.domain.ids import new_id
from attunement.programme.coaching import do_set_coach_chances
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.conversations.handing import do_claim
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.growth import access_growth
from attunement.programme.house import House
from attunement.web.access import Role

SUGGESTED = [
    {"text": "You still set a place for him. ", "change": "insert", "adds": "interpretations", "dismissed": False},
    {
        "text": "I'm so sorry about your brother. ",
        "change": "insert",
        "adds": "emotional_reactions",
        "dismissed": False,
    },
    {"text": "What was he like?", "change": "insert", "adds": "explorations", "dismissed": True},
    {"text": "Shall we talk tomorrow?", "change": "insert", "adds": "explorations", "dismissed": False},
]
SENT = "You still set a place for him. I am so very sorry about your brother."


@pytest.fixture
def sam(clients: Clients) -> TestClient:
    """The supporter's browser."""
    return clients[Role.SUPPORTER]


@pytest.fixture
def mine(web_house: House, people: People) -> Conversation:
    """A talk in Sam's hands."""
    member = people.rosa.member or ""
    do_go_on_duty(web_house, people.supporter.id, web_house.clock() + timedelta(hours=4))
    talk = do_open(web_house, member)
    do_write_as_member(web_house, member, talk.id, "My brother died in March and I still set a place for him.")
    do_ask_for_human(web_house, member, talk.id)
    return do_claim(web_house, people.supporter.id, talk.id)


def test_what_became_of_suggestions_is_counted_from_the_line(
    sam: TestClient, web_house: House, people: People, mine: Conversation
) -> None:
    """One as it was, one in other words, one put away, one left alone; sent again under its id it counts once."""
    sent = new_id()
    for _ in range(2):
        _post(sam, f"/queue/{mine.id}/lines", text=SENT, sent=sent, coach=json.dumps(SUGGESTED))
    seen = access_growth(web_house, people.supporter.id)
    assert (seen.lines, seen.coached, set(seen.fates.values())) == (1, 1, {1})
    shown = sam.get("/growth").text
    for words in ("sent as they were: <strong>1</strong>", "put away: <strong>1</strong>", "too few"):
        assert words in shown


def test_without_the_coach_the_line_counts_and_nothing_else(
    sam: TestClient, web_house: House, people: People, mine: Conversation
) -> None:
    """Switched off, or never heard of: the line reads as it reads, and no suggestion is counted."""
    _post(sam, f"/queue/{mine.id}/lines", text=SENT, sent=new_id(), coach="", coach_off="1")
    seen = access_growth(web_house, people.supporter.id)
    assert (seen.lines, seen.coached, sum(seen.fates.values())) == (1, 0, 0)


def test_a_feature_drawn_away_is_not_shown(
    sam: TestClient, web_house: House, people: People, mine: Conversation
) -> None:
    """Suggestions and marks with chance 0 are not there, cautions are; it stays so when the chances change."""
    do_set_coach_chances(web_house, None, {CoachFeature.SPANS: 0, CoachFeature.SUGGESTIONS: 0})
    draft = "You just need to move on. Maybe write him a letter."
    shown = _post(sam, f"/queue/{mine.id}/coach", text=draft).text
    assert ("May hurry to fix it" in shown, "data-take" in shown, "Warmth" in shown) == (True, False, False)
    assert "mostly" not in _post(sam, f"/queue/{mine.id}/coach", text="What happened then? How did you feel?").text
    do_set_coach_chances(web_house, None, {CoachFeature.SUGGESTIONS: 1})
    assert "data-take" not in _post(sam, f"/queue/{mine.id}/coach", text=draft).text


def test_weeks_have_means_from_three_lines_on(
    sam: TestClient, web_house: House, people: People, mine: Conversation
) -> None:
    """Three lines that show warmth have a mean over zero; a colleague's growth is their own and empty."""
    for _ in range(3):
        _post(sam, f"/queue/{mine.id}/lines", text=SENT, sent=new_id())
    (week,) = access_growth(web_house, people.supporter.id).weeks
    assert week.lines == 3
    assert all(mean is not None for mean in week.means.values())
    assert sum(mean or 0 for mean in week.means.values()) > 0
    other = access_growth(web_house, people.steward.id)
    assert (other.weeks, other.lines, other.fates) == ((), 0, dict.fromkeys(Fate, 0))


def test_a_case_is_answered_read_and_tried_again(sam: TestClient, web_house: House) -> None:
    """The post alone at first; after an answer its reading, a good reply with why, and the words still in the box."""
    case = web_house.cases[0]
    assert case.title in sam.get("/growth").text
    assert "One good reply among many" not in sam.get(f"/growth/{case.id}").text
    answer = _post(sam, f"/growth/{case.id}", text="Just be strong <b>now</b>.")
    assert answer.status_code == 200
    for words in ("One good reply among many", "How your reply reads", "Try again", "Just be strong &lt;b&gt;now"):
        assert words in answer.text
    empty = _post(sam, f"/growth/{case.id}", text=" ")
    assert (empty.status_code, "a sentence is enough" in empty.text) == (422, True)
    assert sam.get("/growth/no-such-case").status_code == 404
