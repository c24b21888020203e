"""The objective as a page and over HTTP, and a rating changed on the page and over HTTP."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People

from attunement.programme.decisions import do_choose
from attunement.programme.house import House
from attunement.programme.members import do_change_profile
from attunement.programme.objectives import access_objectives
from attunement.programme.outcomes import access_rating, do_correct_outcome, do_finish
from attunement.programme.sessions import do_open_session
from attunement.store.schema import log
from attunement.web.access import Role
from attunement.web.security import SESSION_COOKIE

FORM = {"name": "mostly ratings", "rating": "80", "finishing": "20", "affect": "0", "skill": "0", "why": "As agreed."}
BODY = {"name": "mostly ratings", "rating": 8, "finishing": 2}


def _csrf(client: TestClient, path: str) -> dict[str, str]:
    """The hidden field a page's forms carry."""
    name, value = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', client.get(path).text)[0]
    return {name: html.unescape(value)}


def _events(house: House) -> int:
    with house.store.read() as connection:
        return int(connection.execute(select(func.count()).select_from(log)).scalar_one())


@pytest.fixture
def steward(clients: Clients) -> TestClient:
    """A steward's browser."""
    return clients[Role.STEWARD]


@pytest.fixture
def finished(web_house: House, people: People) -> str:
    """A decision of Rosa's that she finished with a rating of 2."""
    member = people.rosa.member or ""
    do_finish(web_house, member, people.decisions[member], rating=2)
    return people.decisions[member]


def test_the_page_says_how_it_is_defined_and_is_found(steward: TestClient) -> None:
    """The programme's page leads to it; it names the definition, its parts and the start, and offers no switch yet."""
    assert 'href="/steward/objective"' in steward.get("/steward").text
    page = steward.get("/steward/objective").text
    for told in ("helped-1", "60%", "every programme begins so", "See what would change"):
        assert told in page
    assert "Use it from now on" not in page


def test_first_the_effect_then_the_switch(steward: TestClient, web_house: House) -> None:
    """Trying writes nothing and brings the button; pressing it changes the objective in the steward's name."""
    token, before = _csrf(steward, "/steward/objective"), _events(web_house)
    tried = steward.post("/steward/objective/effect", data={**FORM, **token})
    assert (tried.status_code, _events(web_house)) == (200, before)
    assert "Use it from now on" in tried.text
    assert "too few to say" in tried.text
    assert "not enough to tell" in tried.text
    used = steward.post("/steward/objective", data={**FORM, **token})
    assert (used.status_code, used.headers["location"]) == (303, "/steward/objective?said=objective")
    objective = access_objectives(web_house)[0]
    assert (objective.definition.name, objective.by, objective.why) == ("mostly ratings", "Stella", "As agreed.")
    page = steward.get("/steward/objective").text
    for told in ("mostly ratings", "80%", "Stella", "As agreed.", "Earlier", "helped-1", 'value="80"'):
        assert told in page


@pytest.mark.parametrize(
    ("path", "wrong", "says"),
    [
        ("/effect", {"rating": "0", "finishing": "0"}, "At least one weight"),
        ("/effect", {"rating": "-1"}, "from 0 to 100"),
        ("/effect", {"rating": "nan"}, "from 0 to 100"),
        ("/effect", {"rating": "many"}, "no number"),
        ("/effect", {"name": " "}, "Give it a name"),
        ("/effect", {"by_rank": "1"}, "Fewer than 5 people"),
        ("", {"name": " "}, "Give it a name"),
        ("", {"why": " "}, "Say why"),
        ("", {"name": "helped-1"}, "already stands for another"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    steward: TestClient, web_house: House, path: str, wrong: dict[str, str], says: str
) -> None:
    """Nothing is written, the fault is told in words, and the form still holds the rest."""
    token, before = _csrf(steward, "/steward/objective"), _events(web_house)
    answer = steward.post(f"/steward/objective{path}", data={**FORM, **wrong, **token})
    assert answer.status_code in (409, 422)
    assert says in html.unescape(answer.text)
    assert (wrong | {"finishing": wrong.get("finishing", "20")})["finishing"] in answer.text
    assert _events(web_house) == before


def test_over_http(steward: TestClient, integrator: TestClient, web_house: House) -> None:
    """A program sees and tries, and may not switch; a steward may, once a key, and the list tells it."""
    before = _events(web_house)
    effect = integrator.post("/api/programme/objective/effect", json=BODY).json()
    assert (effect["before"]["name"], effect["after"]["rating"], effect["rating"][0]["value"]) == ("helped-1", 8, None)
    assert effect["families"][0]["mean"] is None
    put = {"url": "/api/programme/objective", "json": {**BODY, "why": "As agreed."}}
    assert integrator.put(**put).status_code == 403
    assert _events(web_house) == before
    for _ in range(2):
        answer = steward.put(**put, headers={"Idempotency-Key": "one"})
        assert (answer.status_code, answer.json()) == (200, {"policy_version": 1})
    again = steward.put(**put)
    assert (again.status_code, again.json()["code"]) == (409, "name-taken")
    told = integrator.get("/api/programme/objective").json()["objectives"]
    assert [(one["definition"]["name"], one["by"]) for one in told] == [("mostly ratings", "Stella"), ("helped-1", "")]
    assert integrator.get("/api/policies").json()["policies"][0]["why"] == "objective"


@pytest.mark.parametrize("wrong", [{"rating": -1}, {"rating": 101}, {"rating": 0}, {"name": ""}, {"other": 1}])
def test_http_refuses_what_is_no_definition(integrator: TestClient, wrong: dict[str, object]) -> None:
    """With 422 and a coded problem."""
    answer = integrator.post("/api/programme/objective/effect", json={"name": "r", "rating": 1} | wrong)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad-input")


def test_a_rating_is_changed_on_the_page(clients: Clients, people: People, web_house: House, finished: str) -> None:
    """Looking back holds the old rating; another is kept and said; none given changes nothing; too late it is gone."""
    member, path = clients[Role.MEMBER], f"/feedback/{finished}"
    page = member.get(path).text
    assert "Changed your mind?" in page
    assert re.search(r'value="2"\s+checked', page)
    token = _csrf(member, path)
    for rating, said in (("5", "?said=rated"), ("", "")):
        answer = member.post(path, data={"rating": rating, **token})
        assert (answer.status_code, answer.headers["location"]) == (303, path + said)
        with web_house.store.read() as connection:
            assert access_rating(connection, people.rosa.member or "", finished) == 5
    assert re.search(r'value="5"\s+checked', member.get(path).text)
    web_house.clock.forward(days=15)  # type: ignore[attr-defined]
    member.cookies.set(SESSION_COOKIE, do_open_session(web_house, people.rosa.id, people.rosa.role))
    late = member.get(path)
    assert late.status_code == 200
    assert "Changed your mind?" not in late.text


def test_what_did_not_help_at_all_is_acknowledged(clients: Clients, people: People, web_house: House) -> None:
    """One sentence says so, where the rating was the lowest and nowhere else."""
    member = people.rosa.member or ""
    decision = people.decisions[member]
    do_finish(web_house, member, decision, rating=1)
    said = "You said it did not help at all."
    assert said in clients[Role.MEMBER].get(f"/feedback/{decision}").text
    do_correct_outcome(web_house, member, decision, rating=2)
    assert said not in clients[Role.MEMBER].get(f"/feedback/{decision}").text


def test_danger_written_in_a_practice_is_met_with_help(clients: Clients, people: People, web_house: House) -> None:
    """Before anything else on the page of looking back, and as fields over HTTP."""
    member, rosa = clients[Role.MEMBER], people.rosa.member or ""
    writing = next(p for p in web_house.library.practices if p.ask and not p.answers)
    decision = do_choose(web_house, rosa, writing.id).id
    answer = member.post(
        f"/api/members/{rosa}/decisions/{decision}/outcome", json={"text": "I want to kill myself tonight."}
    )
    told = answer.json()
    assert (told["risk"], told["help_shown"], told["alerted"]) == ("imminent", True, False)
    page = member.get(f"/feedback/{decision}").text
    assert page.index("are you safe right now?") < page.index("The practice can wait.") < page.index("Talk about it")
    assert "Another practice" not in page  # nobody is asked to go on practising


def test_violence_written_in_a_practice_is_met_with_the_lines_for_it(
    clients: Clients, people: People, web_house: House
) -> None:
    """They come before those for people who want to die."""
    member, rosa = clients[Role.MEMBER], people.rosa.member or ""
    do_change_profile(web_house, rosa, country="ES")
    decision = do_choose(web_house, rosa, next(p for p in web_house.library.practices if p.ask and not p.answers).id).id
    do_finish(web_house, rosa, decision, text="My husband hits me.")
    page = member.get(f"/feedback/{decision}").text
    assert page.index("are you safe right now?") < page.index('"tel:016"') < page.index('"tel:024"')


def test_a_rating_is_changed_over_http(clients: Clients, people: People, finished: str) -> None:
    """It is in the list of decisions afterwards; an open decision has none to change, another's is unknown."""
    member = clients[Role.MEMBER]
    path = f"/api/members/me/decisions/{finished}/rating"
    assert member.put(path, json={"rating": 4}).json() == {"rating": 4}
    assert member.get("/api/members/me/decisions").json()["decisions"][0]["rating"] == 4
    assert member.put(path, json={"rating": 6}).status_code == 422
    theirs = people.decisions[people.other.member or ""]
    assert member.put(f"/api/members/me/decisions/{theirs}/rating", json={"rating": 4}).status_code == 404
    kept = f"/api/members/{people.kept}/decisions/{people.decisions[people.kept]}/rating"
    answer = clients[Role.INTEGRATOR].put(kept, json={"rating": 4})
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


def test_an_outcome_is_changed_over_http(clients: Clients, finished: str) -> None:
    """What is sent changes, the rest stays; what says nothing, or no number, is refused."""
    member, path = clients[Role.MEMBER], f"/api/members/me/decisions/{finished}/outcome"
    before = member.get("/api/members/me/decisions").json()["decisions"][0]
    told = member.patch(path, json={"finished": False, "affect_after": {"valence": 0.5, "arousal": 0}})
    assert (told.status_code, told.json()["finished"], told.json()["rating"]) == (200, False, before["rating"])
    after = member.get("/api/members/me/decisions").json()["decisions"][0]
    assert after == before | told.json()
    for wrong in ({}, {"rating": None}, {"rating": True}, {"finished": 1}, {"affect_after": {"valence": 2}}):
        assert member.patch(path, json=wrong).status_code == 422, wrong
