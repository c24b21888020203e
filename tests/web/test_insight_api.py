"""What a supporter is told of a member over HTTP, and what their search finds: as on the page, and no more."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import PASSPHRASE, Clients, People

from attunement.domain.affect import Affect
from attunement.domain.consent import Cell
from attunement.domain.ids import new_id
from attunement.domain.need import Need
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy
from attunement.programme.accounts import do_join
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.closing import do_close_as_supporter
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.conversations.handing import do_claim, do_give_back
from attunement.programme.conversations.insight import InsightPart
from attunement.programme.conversations.notes import do_rate_turn
from attunement.programme.conversations.second import do_ask_second, do_look_along
from attunement.programme.conversations.talk_settings import do_choose_talk
from attunement.programme.conversations.writing import (
    access_ticket,
    do_write_as_companion,
    do_write_as_member,
    do_write_as_supporter,
)
from attunement.programme.decisions import do_decide
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.invitations import do_make_invitation
from attunement.programme.outcomes import do_finish
from attunement.web.access import Role

SHARES = [Cell.parse(f"supporters:{of}") for of in ("self_report", "text", "interactions")]
POST = "I am so sad that my dog died."


@pytest.fixture
def sam(clients: Clients) -> TestClient:
    """The supporter's client."""
    return clients[Role.SUPPORTER]


@pytest.fixture
def mine(web_house: House, people: People) -> Conversation:
    """Rosa's talk in Sam's hands, in which the companion helped once and offered a practice."""
    member = people.rosa.member or ""
    do_check_in(web_house, member, affect=Affect(-0.5, 0.25))
    talk = do_open(web_house, member)
    do_write_as_member(web_house, member, talk.id, POST)
    with web_house.store.read() as connection:
        ticket = access_ticket(connection, talk.id)
    said = do_write_as_companion(
        web_house, ticket, "You miss your dog.", by="composer", strategy=Strategy.REFLECTION,
        why={"practice": web_house.library.practices[0].id},
    )  # fmt: skip
    do_rate_turn(web_house, member, talk.id, said.id, helped=True)
    do_ask_for_human(web_house, member, talk.id)
    do_go_on_duty(web_house, people.supporter.id, web_house.clock() + timedelta(hours=4))
    return do_claim(web_house, people.supporter.id, talk.id)


def _insight(client: TestClient, talk: Conversation) -> dict[str, Any]:
    answer = client.get(f"/api/conversations/{talk.id}/insight")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _found(client: TestClient, words: str) -> list[tuple[str, int, str | None, bool]]:
    found = client.get("/api/queue/search", params={"words": words}).json()["found"]
    return [(one["name"], one["line"], one["text"], one["past"]) for one in found]


def _colleague(house: House) -> str:
    ida = do_join(house, do_make_invitation(house, "supporter"), "Ida", PASSPHRASE).id
    do_go_on_duty(house, ida, house.clock() + timedelta(hours=4))
    return ida


def test_without_a_yes_each_part_is_null_and_says_why(sam: TestClient, mine: Conversation) -> None:
    """The summary of the talk alone, without the feeling; every part that is not there is named."""
    seen = _insight(sam, mine)
    assert [seen[part] for part in ("points", "before", "helped", "liked", "prefers")] == [None] * 5
    assert (seen["shares"], seen["absent"]) == ([], dict.fromkeys(InsightPart, "not-shared"))
    assert [one["told"] for one in seen["summary"]] == ["brought", "tried", "offered"]


def test_with_a_yes_it_is_what_the_page_shows(
    sam: TestClient, web_house: House, people: People, mine: Conversation
) -> None:
    """Points as they said them, what helped and is preferred; sentences with the lines they are from."""
    do_change_consent(web_house, mine.member, grant=SHARES)
    do_choose_talk(web_house, mine.member, ideas=0.9, elsewhere=False)
    offered = do_decide(web_house, mine.member, seed=2)
    do_finish(web_house, mine.member, offered.id, rating=5)
    do_write_as_supporter(web_house, people.supporter.id, mine.id, "What was your dog called?")
    seen = _insight(sam, mine)
    assert seen["shares"] == ["self_report", "text", "interactions"]
    assert [(point["valence"], point["arousal"]) for point in seen["points"]] == [(-0.5, 0.25)]
    title = web_house.library.practice(offered.offered).title
    assert seen["helped"] == [{"practice": offered.offered, "title": title, "times": 1, "rating": 5.0}]
    assert seen["liked"] == [{"strategy": "Reflection of feelings", "helped": 1, "rated": 1}]
    assert (seen["prefers"], seen["absent"]) == ("ideas", {"before": "too-few"})
    told = {one["told"]: one for one in seen["summary"]}
    assert (told["brought"]["quote"], told["brought"]["lines"]) == (POST, [2])
    assert (told["feeling"]["says"], told["feeling"]["lines"]) == (
        f"The strongest feeling a computer read, {told['feeling']['what']}:", [2],
    )  # fmt: skip
    assert (told["tried"]["says"], told["tried"]["lines"]) == ("The companion named a feeling.", [3])
    assert told["offered"]["what"] == web_house.library.practices[0].id
    assert (told["wrote"]["says"], told["wrote"]["who"]) == ("Sam, as a computer read it, asked a question.", "Sam")
    shown = sam.get(f"/queue/{mine.id}").text
    for words in (title, *(one["says"] for one in seen["summary"]), "Of the companion they want more ideas."):
        assert words in shown, words


def test_what_came_before_hard_moments_is_told_with_its_counts(
    sam: TestClient, web_house: House, mine: Conversation
) -> None:
    """Where there were enough of them, in a sentence and in numbers."""
    do_change_consent(web_house, mine.member, grant=SHARES)
    for _ in range(6):
        for affect, needs in ((Affect(0.4, 0.0), [Need.CALM]), (Affect(-0.8, 0.5), []), (Affect(0.5, 0.0), [])):
            web_house.clock.forward(minutes=10)  # type: ignore[attr-defined]
            do_check_in(web_house, mine.member, affect=affect, needs=needs)
    (before,) = _insight(sam, mine)["before"]
    assert (before["need"], before["times"], before["hard"], before["other"]) == ("calm", 6, 6, 0)
    assert before["says"].startswith("Two days or less before 6 of 6 low moments they wished to calm down;")


def test_what_is_taken_back_is_gone_at_once(sam: TestClient, web_house: House, mine: Conversation) -> None:
    """One part after the other; the rest stays."""
    do_change_consent(web_house, mine.member, grant=SHARES)
    assert _insight(sam, mine)["points"]
    do_change_consent(web_house, mine.member, withdraw=SHARES[:2])
    seen = _insight(sam, mine)
    assert (seen["points"], seen["absent"]["points"], seen["absent"]["feeling"]) == (None, "not-shared", "not-shared")
    assert "feeling" not in [one["told"] for one in seen["summary"]]
    assert (seen["shares"], len(seen["liked"])) == (["interactions"], 1)


def test_danger_stands_first_in_the_summary(sam: TestClient, web_house: House, mine: Conversation) -> None:
    """With its level, its words and its line, whatever they share."""
    line = do_write_as_member(web_house, mine.member, mine.id, "I want to be dead.", risk=RiskLevel.EXPLICIT)
    first = _insight(sam, mine)["summary"][0]
    assert (first["told"], first["what"], first["quote"]) == ("danger", "explicit", "I want to be dead.")
    assert (first["says"], first["lines"]) == ("Speaks of danger:", [line.line])


def test_insight_is_theirs_who_have_the_talk(
    clients: Clients, web_house: House, people: People, mine: Conversation
) -> None:
    """Another's, one that was given back, one that never was: unknown all alike; a member has no such look."""
    at, sam = f"/api/conversations/{mine.id}/insight", clients[Role.SUPPORTER]
    assert clients[Role.MEMBER].get(at).json()["code"] == "not-allowed"
    ida = _colleague(web_house)
    theirs = do_open(web_house, people.other.member or "", human=True)
    do_claim(web_house, ida, theirs.id)
    do_give_back(web_house, people.supporter.id, mine.id)
    for talk in (theirs.id, mine.id, new_id(), "none", "%00"):
        answer = sam.get(f"/api/conversations/{talk}/insight")
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-conversation")
    do_ask_second(web_house, ida, theirs.id)
    do_look_along(web_house, people.supporter.id, theirs.id)
    assert _insight(sam, theirs)["summary"] == []


def test_the_search_finds_names_and_words(sam: TestClient, mine: Conversation) -> None:
    """In a line all words must be; spaces find nothing; what is no search is refused with a code."""
    assert _found(sam, "DOG sad") == [("Rosa", 2, POST, False)]
    assert _found(sam, "ros miss") == [("Rosa", 3, "You miss your dog.", False)]
    assert (_found(sam, "dog cat"), _found(sam, " ")) == ([], [])
    for wrong in ({"words": ""}, {"words": "x" * 201}, {}, {"words": "dog", "q": "dog"}):
        answer = sam.get("/api/queue/search", params=wrong)
        assert (answer.status_code, answer.json()["code"]) == (422, "bad-input")


def test_the_search_ends_where_reading_ends(
    sam: TestClient, web_house: House, people: People, mine: Conversation
) -> None:
    """A talk one had, without its text, and only while its member lets it be read; a colleague's never."""
    do_change_consent(web_house, mine.member, grant=SHARES)
    do_write_as_supporter(web_house, people.supporter.id, mine.id, "I am so sorry.")
    do_close_as_supporter(web_house, people.supporter.id, mine.id)
    theirs = do_open(web_house, people.other.member or "", human=True)
    do_write_as_member(web_house, theirs.member, theirs.id, "My dog ran off, I am sad.")
    do_claim(web_house, _colleague(web_house), theirs.id)
    assert _found(sam, "dog sad") == [("Rosa", 2, None, True)]
    assert "talk-read-again" not in [one["kind"] for one in access_export(web_house, mine.member)["events"]]
    do_change_consent(web_house, mine.member, withdraw=SHARES[1:2])
    assert _found(sam, "dog") == []
