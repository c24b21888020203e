"""Alerts as pages and over HTTP: shown, taken, passed on, closed, and an alarm where one reaches nobody."""

from __future__ import annotations

import html
import re
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient
from tests.delivery.browsers import Browser
from tests.web.conftest import Clients, People

from attunement.dialogue.replying.passing import DANGEROUS_REPLY
from attunement.domain.alert import Audience
from attunement.domain.consent import Cell
from attunement.domain.ids import new_id
from attunement.domain.reading import RiskLevel
from attunement.programme.alerts.alert import Alert
from attunement.programme.alerts.raising import LATE, do_raise_alert
from attunement.programme.alerts.seeing import access_alert, access_alerts
from attunement.programme.alerts.settings import do_arrange_alerts
from attunement.programme.alerts.staff import access_staff_address
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.conversations.hearing import NOT_KEPT
from attunement.programme.conversations.memory import NOTED
from attunement.programme.conversations.writing import SAID_SO
from attunement.programme.house import House
from attunement.store.schema import sessions
from attunement.web.access import Role
from attunement.web.pages.alert_view import REASONS

DANGER = "I want to kill myself tonight."


@pytest.fixture
def supporter(clients: Clients) -> TestClient:
    """Sam's browser."""
    return clients[Role.SUPPORTER]


@pytest.fixture
def steward(clients: Clients) -> TestClient:
    """Stella's browser."""
    return clients[Role.STEWARD]


@pytest.fixture
def alert(web_house: House, people: People) -> Alert:
    """An alert about a check-in of Rosa's."""
    do_arrange_alerts(web_house, check_ins=True)
    do_check_in(web_house, people.rosa.member or "", text=DANGER)
    return access_alerts(web_house)[0].alert


def _csrf(client: TestClient, path: str) -> dict[str, str]:
    """The hidden field a page's forms carry."""
    name, value = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', client.get(path).text)[0]
    return {name: html.unescape(value)}


def _post(client: TestClient, path: str, at: str = "/alerts", **form: str) -> tuple[int, str]:
    answer = client.post(path, data={**form, **_csrf(client, at)})
    return answer.status_code, answer.headers.get("location", answer.text)


# pages --------------------------------------------------------------------------------------------------------------
def test_why_an_alert_was_raised_stands_on_its_page_in_words(
    supporter: TestClient, steward: TestClient, alert: Alert, web_house: House, people: People
) -> None:
    """The reason with the facts and in the trail, for both; where it rose, the newest reason and each at its time."""
    for client in (supporter, steward):
        page = client.get(f"/alerts/{alert.id}").text
        assert page.count("What they wrote in a check-in speaks of danger.") == 2
    rosa = people.rosa.member or ""
    talk = do_open(web_house, rosa).id
    found = do_raise_alert(web_house, rosa, level=RiskLevel.INDIRECT, reason="ask", conversation=talk)
    do_raise_alert(web_house, rosa, level=RiskLevel.EXPLICIT, reason="present", conversation=talk)
    page = supporter.get(f"/alerts/{found.id}").text
    assert "<dt>Why</dt><dd>They wrote of danger plainly, or said yes when asked.</dd>" in page
    assert "Raised: Signs of danger. There were signs of danger before, and now there are again." in page
    assert "It got worse: Clear danger. They wrote of danger plainly, or said yes when asked." in page


def test_every_reason_the_programme_gives_has_words() -> None:
    """The companion's steps that call people, and what is raised for lines, replies, check-ins, practices, memory and
    late.
    """
    steps = {"ask", "again", "asks", "present", "stay", "imminent", "body", "harm-to-others", "another-person"}
    assert set(REASONS) == steps | {SAID_SO, LATE, DANGEROUS_REPLY, NOT_KEPT, NOTED, "check-in", "practice"}


def test_the_list_shows_who_and_how_urgent_and_counts_in_the_navigation(
    supporter: TestClient, steward: TestClient, alert: Alert, web_house: House
) -> None:
    """Rosa, danger right now, nobody took it; both who looked are noted as told."""
    for client in (supporter, steward):
        page = client.get("/alerts").text
        for told in ("Rosa", "Danger right now", "Nobody has taken it yet", f'href="/alerts/{alert.id}"'):
            assert told in page
        assert 'class="badge">1' in client.get("/library").text
    trail = steward.get(f"/api/alerts/{alert.id}").json()["trail"]
    assert [(mark["who"], mark["channel"]) for mark in trail[1:]] == [("Sam", "page"), ("Stella", "page")]
    assert access_alert(web_house, alert.id).alert.told is not None


def test_without_alerts_the_page_says_what_will_be_here(supporter: TestClient) -> None:
    """An empty page, and no number in the navigation."""
    page = supporter.get("/alerts").text
    assert "No alert is open" in page
    assert 'class="badge"' not in page


def test_a_supporter_takes_it_and_closes_it(supporter: TestClient, alert: Alert, web_house: House) -> None:
    """First it is theirs, and they read "you"; closing without what was done keeps the note; then it is over."""
    at = f"/alerts/{alert.id}"
    assert _post(supporter, f"{at}/take", at) == (303, f"{at}?said=alert-taken")
    for told in ("Sam looks after it.", "You look after it. In 30 minutes you are asked how it stands."):
        assert told in supporter.get(at).text
    status, page = _post(supporter, f"{at}/close", at, done="", note="We talked for a while.")
    assert status == 422
    for told in ("Say what was done", "We talked for a while."):
        assert told in page
    assert _post(supporter, f"{at}/close", at, done="talked", note="We talked.")[1] == "/alerts?said=alert-closed"
    closed = supporter.get(at).text
    assert "Closed. Somebody talked with them." in closed
    assert '<h1><span class="over">Closed</span>' in closed
    assert access_alert(web_house, alert.id).alert.done == "talked"


def test_whoever_comes_second_is_told_who_has_it(supporter: TestClient, steward: TestClient, alert: Alert) -> None:
    """A page that is out of date refuses kindly, and shows how it stands."""
    at = f"/alerts/{alert.id}"
    _post(steward, f"{at}/take", at)
    status, page = _post(supporter, f"{at}/take", at)
    assert status == 409
    assert "Stella looks after this alert already" in page


def test_a_supporter_goes_from_an_alert_to_the_conversation(
    supporter: TestClient, steward: TestClient, web_house: House, people: People
) -> None:
    """There is a way to it where it waits for a person; not while the companion has it, and never for a steward."""
    member = people.rosa.member or ""
    talk = do_open(web_house, member).id
    raised = do_raise_alert(web_house, member, level=RiskLevel.EXPLICIT, reason="said-so", conversation=talk)
    at, way = f"/alerts/{raised.id}", f'href="/queue/{talk}"'
    assert way not in supporter.get(at).text
    do_ask_for_human(web_house, member, talk)
    assert [way in client.get(at).text for client in (supporter, steward)] == [True, False]


def test_a_supporter_steps_in_from_the_alert(
    supporter: TestClient, steward: TestClient, web_house: House, people: People
) -> None:
    """Offered to a supporter while the companion answers; off duty they read what it needs; once theirs, no more."""
    member = people.rosa.member or ""
    talk = do_open(web_house, member).id
    raised = do_raise_alert(web_house, member, level=RiskLevel.EXPLICIT, reason="said-so", conversation=talk)
    at = f"/alerts/{raised.id}"
    form = f'action="{at}/step-in"'
    assert [form in client.get(at).text for client in (supporter, steward)] == [False, False]
    assert "For that you need to be on duty" in supporter.get(at).text
    status, page = _post(supporter, f"{at}/step-in", at)
    assert (status, "You are not on duty." in page) == (409, True)
    do_go_on_duty(web_house, people.supporter.id, web_house.clock() + timedelta(hours=1))
    assert form in supporter.get(at).text
    assert supporter.get(f"/queue/{talk}").headers["location"] == "/queue?said=gone"
    assert _post(supporter, f"{at}/step-in", at) == (303, f"/queue/{talk}")
    assert supporter.get(f"/queue/{talk}").status_code == 200
    assert form not in supporter.get(at).text
    do_close(web_house, member, talk)
    status, page = _post(supporter, f"{at}/step-in", at)
    assert (status, "This conversation is in other hands by now" in page) == (409, True)


def test_stepping_in_over_http(supporter: TestClient, web_house: House, people: People) -> None:
    """The same as from the page; a steward may not (see the matrix of who may what)."""
    member = people.rosa.member or ""
    talk = do_open(web_house, member).id
    raised = do_raise_alert(web_house, member, level=RiskLevel.EXPLICIT, reason="said-so", conversation=talk)
    at = f"/api/alerts/{raised.id}"
    do_go_on_duty(web_house, people.supporter.id, web_house.clock() + timedelta(hours=1))
    assert supporter.get(at).json()["conversation"] is None
    answer = supporter.post(f"{at}/step-in")
    assert (answer.status_code, answer.json()["id"], answer.json()["owner"]) == (200, talk, "supporter")
    assert supporter.get(at).json()["conversation"] == talk


def test_it_is_passed_on(supporter: TestClient, steward: TestClient, alert: Alert, people: People) -> None:
    """A steward passes it to Sam, who is here."""
    at = f"/alerts/{alert.id}"
    _post(steward, f"{at}/take", at)
    assert _post(steward, f"{at}/pass-on", at, to=people.supporter.id)[1] == f"{at}?said=alert-passed-on"
    assert "Passed on to Sam, who has not taken it yet." in supporter.get(at).text


def test_words_are_shown_to_supporters_alone_where_the_member_lets_them(
    supporter: TestClient, steward: TestClient, alert: Alert, web_house: House, people: People
) -> None:
    """Not before they allow it, and never to a steward; nor over HTTP."""
    clients, path = (supporter, steward), f"/alerts/{alert.id}"
    assert all("kill" not in client.get(path).text for client in clients)
    do_change_consent(web_house, people.rosa.member or "", grant=[Cell.parse("supporters:text")])
    assert ["kill" in client.get(path).text for client in clients] == [True, False]
    answers = [client.get(f"/api{path}").json()["words"] for client in clients]
    assert answers == [DANGER, None]


def test_an_alert_that_reaches_nobody_is_an_alarm_on_the_stewards_page(
    steward: TestClient, alert: Alert, web_house: House
) -> None:
    """A minute after it was raised; not before, and not any more once somebody looked."""
    assert "Alerts that reach nobody" not in steward.get("/steward").text
    web_house.clock.forward(minutes=1)  # type: ignore[attr-defined]
    page = steward.get("/steward").text
    assert "Alerts that reach nobody" in page
    assert "Nobody could be told." in page
    steward.get("/alerts")
    assert "Alerts that reach nobody" not in steward.get("/steward").text


def test_a_steward_arranges_alerts_and_members_read_it(
    steward: TestClient, clients: Clients, web_house: House, people: People
) -> None:
    """Off at first, and nothing is said of it; switched on, the page of choices says so. Nonsense is refused."""
    member = clients[Role.MEMBER]
    said = "speaks clearly of danger to somebody tells people"
    assert said not in member.get("/consent").text + member.get("/privacy").text
    at = "/steward/alerts"
    form = {"check_ins": "1", "indirect_min": "10", "explicit_min": "3"}
    assert _post(steward, at, at, **form)[1] == f"{at}?said=alerts-arranged"
    assert said in member.get("/consent").text
    assert said in member.get("/privacy").text
    status, page = _post(steward, at, at, **{**form, "explicit_min": "30"})
    assert status == 422
    assert 'value="30"' in page


def test_a_member_is_told_when_their_check_in_raises_an_alert(
    clients: Clients, web_house: House, people: People
) -> None:
    """In the moment it happens, with help on the same page; over HTTP the check-in says so too."""
    do_arrange_alerts(web_house, check_ins=True)
    member = clients[Role.MEMBER]
    status, location = _post(member, "/today", "/today", text=DANGER)
    assert status == 303
    assert "people of this programme were told" in member.get(location).text
    sent = clients[Role.INTEGRATOR].post(f"/api/members/{people.kept}/check-ins", json={"text": DANGER})
    assert sent.json()["alerted"] is True


def test_addresses_are_given_by_whose_they_are_or_a_steward(
    supporter: TestClient, steward: TestClient, web_house: House, people: People
) -> None:
    """Sam gives his, a steward changes it; what is no address is refused and kept in the form."""

    def kept() -> str:
        with web_house.store.read() as connection:
            return access_staff_address(web_house, connection, people.supporter.id)

    assert _post(supporter, "/alerts/address", email="sam@example.org")[0] == 303
    assert kept() == "sam@example.org"
    path = f"/steward/alerts/addresses/{people.supporter.id}"
    assert _post(steward, path, "/steward/alerts", email="s@example.org")[0] == 303
    assert kept() == "s@example.org"
    status, page = _post(supporter, "/alerts/address", email="sam at home")
    assert status == 422
    assert "sam at home" in page


def test_what_is_told_of_an_address_is_so(supporter: TestClient) -> None:
    """Letters go there; taken out, none go there any more."""
    sent = [_post(supporter, "/alerts/address", email=email)[1] for email in ("sam@example.org", "")]
    assert sent == ["/alerts?said=alert-address", "/alerts?said=alert-address-off"]
    assert "No letters about alerts" in supporter.get(sent[1]).text


def test_a_browser_is_turned_on_shown_and_turned_off_with_one_click(supporter: TestClient, steward: TestClient) -> None:
    """Its push service is named, for whoever it belongs to; the steward sees only that there is one."""
    given = Browser().address("https://push.example.net/secret")
    assert _post(supporter, "/alerts/browsers", subscription=given) == (303, "/alerts?said=alert-browser")
    page = supporter.get("/alerts").text
    assert "push.example.net" in page
    assert "secret" not in page
    assert "push.example.net" not in steward.get("/alerts").text
    assert "notices in 1 browser" in steward.get("/steward/alerts").text
    (drop,) = re.findall(r'action="(/alerts/browsers/[^"]+/drop)"', page)
    assert _post(steward, drop)[0] == 303
    assert "push.example.net" in supporter.get("/alerts").text, "it is not the steward's to turn off"
    assert _post(supporter, drop) == (303, "/alerts?said=alert-browser-off")
    assert "push.example.net" not in supporter.get("/alerts").text


def test_what_is_no_browser_is_refused_with_the_reason(supporter: TestClient) -> None:
    """A form that lost what the browser gave."""
    status, page = _post(supporter, "/alerts/browsers", subscription="")
    assert status == 422
    assert "push subscription" in page


def test_signed_out_in_the_middle_a_note_is_given_back(clients: Clients, alert: Alert) -> None:
    """What was typed stands on the page that says so, and the way on is to sign in."""
    answer = clients[Role.ANONYMOUS].post(f"/alerts/{alert.id}/close", data={"done": "talked", "note": "We spoke."})
    assert answer.status_code == 401
    assert "We spoke." in answer.text
    assert 'href="/sign-in"' in answer.text


# HTTP ---------------------------------------------------------------------------------------------------------------
def test_the_same_over_http(supporter: TestClient, steward: TestClient, alert: Alert, people: People) -> None:
    """Listed, taken (twice under one key is once), refused to another, passed on, closed, and gone from the list."""
    (listed,) = supporter.get("/api/alerts").json()["alerts"]
    assert (listed["id"], listed["name"], listed["level"], listed["owner_name"]) == (
        alert.id, "Rosa", "imminent", None
    )  # fmt: skip
    at = f"/api/alerts/{alert.id}"
    for _ in range(2):
        taken = supporter.post(f"{at}/take", headers={"Idempotency-Key": "once"})
        assert (taken.status_code, taken.json()["owner"]) == (200, people.supporter.id)
    second = steward.post(f"{at}/take")
    assert (second.status_code, second.json()["code"]) == (409, "not-yours")
    passed = supporter.post(f"{at}/pass-on", json={"to": people.steward.id}).json()
    assert (passed["owner"], passed["meant_for"]) == (None, people.steward.id)
    assert steward.post(f"{at}/close", json={"done": "talked", "note": "All well."}).json()["done"] == "talked"
    assert steward.post(f"{at}/close", json={"done": "talked"}).json()["code"] == "alert-closed"
    assert supporter.get("/api/alerts").json()["alerts"] == []
    assert [one["id"] for one in supporter.get("/api/alerts?closed=true").json()["alerts"]] == [alert.id]
    trail = [mark["kind"] for mark in supporter.get(at).json()["trail"] if mark["kind"] != "alert-told"]
    assert trail == ["alert-raised", "alert-taken", "alert-passed-on", "alert-taken", "alert-closed"]


def test_what_is_not_there_is_unknown(supporter: TestClient) -> None:
    """A made-up id, and a text that no database takes."""
    for unknown in ("01234567-89ab-7def-8123-456789abcdef", "none", "%00"):
        answer = supporter.get(f"/api/alerts/{unknown}")
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-alert")
        assert supporter.get(f"/alerts/{unknown}").status_code == 404


def test_a_program_watches_without_learning_who(clients: Clients, alert: Alert, web_house: House) -> None:
    """Counts and alarms, and of an alarm only its id."""
    web_house.clock.time = alert.raised + timedelta(minutes=5)  # type: ignore[attr-defined]
    watched = clients[Role.INTEGRATOR].get("/api/alerts/status").json()
    assert watched["open"] == watched["waiting"] == 1
    assert watched["alarms"] == [{"alert": alert.id, "kind": "untold", "why": ""}]


def test_settings_over_http_are_a_stewards(steward: TestClient, web_house: House, people: People) -> None:
    """Set and read; the minutes hold for the next alert."""
    wanted = {"check_ins": False, "indirect_min": 7, "explicit_min": 1}
    assert steward.put("/api/alerts/settings", json=wanted).json() == wanted
    assert steward.get("/api/alerts/settings").json() == wanted
    assert steward.put("/api/alerts/settings", json={**wanted, "explicit_min": 8}).status_code == 422
    assert steward.put("/api/alerts/address", json={"email": "stella@example.org"}).status_code == 200
    raised = do_raise_alert(web_house, people.kept, level=RiskLevel.EXPLICIT, reason="said-so")
    assert raised.due - raised.raised == timedelta(minutes=1)


# about a conversation -----------------------------------------------------------------------------------------------
def test_an_alert_about_a_conversation_leads_there_and_back(
    supporter: TestClient, steward: TestClient, web_house: House, people: People
) -> None:
    """A supporter gets from the list to the talk and from the talk to the alert; a steward is told no conversation."""
    rosa = people.rosa.member or ""
    talk = do_open(web_house, rosa, human=True).id
    found = do_raise_alert(
        web_house, rosa, level=RiskLevel.EXPLICIT, reason="said-so", conversation=talk
    )  # fmt: skip
    link = f'href="/queue/{talk}"'
    for path in ("/alerts", f"/alerts/{found.id}"):
        assert link in supporter.get(path).text
        assert talk not in steward.get(path).text
    page = supporter.get(f"/queue/{talk}").text
    assert "Alert: Clear danger." in page
    assert f'href="/alerts/{found.id}"' in page
    assert steward.get(f"/queue/{talk}").status_code == 403
    for client, told in ((supporter, talk), (steward, None)):
        (one,) = client.get("/api/alerts").json()["alerts"]
        detail = client.get(f"/api/alerts/{found.id}").json()
        assert [(x["about"], x["conversation"]) for x in (one, detail)] == [("conversation", told)] * 2
    assert steward.post(f"/api/alerts/{found.id}/take").json()["conversation"] is None


def test_the_alert_on_a_talks_page_is_drawn_again(supporter: TestClient, web_house: House, people: People) -> None:
    """Nothing before it is raised; then how it stands, and that it was seen there is on record."""
    rosa = people.rosa.member or ""
    talk = do_open(web_house, rosa, human=True).id
    piece = f"/queue/{talk}/alert"
    assert "Alert" not in supporter.get(piece).text
    found = do_raise_alert(
        web_house, rosa, level=RiskLevel.IMMINENT, reason="said-so", conversation=talk
    )  # fmt: skip
    assert "Alert: Danger right now." in supporter.get(piece).text
    assert access_alert(web_house, found.id).alert.told is not None
    assert supporter.get(f"/queue/{new_id()}/alert").status_code == 404


# who is there -------------------------------------------------------------------------------------------------------
def _acted(house: House, account: str) -> datetime | None:
    with house.store.read() as connection:
        return connection.execute(select(sessions.c.acted).where(sessions.c.account == account)).scalar_one()


PIECE = {"HX-Request": "true"}


@pytest.mark.parametrize(("method", "path", "headers", "counts"), [
    ("GET", "/alerts", {}, True),
    ("GET", "/alerts", {"Sec-Fetch-Dest": "document"}, True),
    ("GET", "/alerts", PIECE, False),
    ("GET", "/queue/board", PIECE, False),
    ("GET", "/alerts", {"Sec-Fetch-Dest": "empty"}, False),
    ("GET", "/api/alerts", {}, False),
    ("GET", "/api/queue", {}, False),
    ("POST", "/here", {}, True),
    ("POST", "/queue/debrief", PIECE, True),
])  # fmt: skip
def test_only_what_a_person_does_says_that_they_are_there(
    supporter: TestClient, web_house: House, people: People, method: str, path: str, headers: dict, counts: bool
) -> None:
    """Going to a page and sending anything does; what an open page, or a program, asks for by itself does not."""
    form = _csrf(supporter, "/alerts") if method == "POST" else {}
    before = _acted(web_house, people.supporter.id)
    web_house.clock.forward(minutes=5)  # type: ignore[attr-defined]
    answer = supporter.request(method, path, headers=headers, data=form or None)
    assert answer.status_code in (200, 204, 303)
    now = _acted(web_house, people.supporter.id)
    assert now == (web_house.clock() if counts else before)


def test_where_only_pages_lie_open_an_alert_goes_to_everybody(
    supporter: TestClient, web_house: House, people: People
) -> None:
    """The queue and the alerts ask for news for a quarter of an hour, with nobody before them."""
    for _ in range(15):
        web_house.clock.forward(minutes=1)  # type: ignore[attr-defined]
        for path in ("/alerts", "/queue/board"):
            supporter.get(path, headers=PIECE)
    assert "0 supporters are here now" in supporter.get("/alerts", headers=PIECE).text
    rosa = people.rosa.member or ""
    found = do_raise_alert(web_house, rosa, level=RiskLevel.EXPLICIT, reason="said-so")
    assert found.audience is Audience.EVERYBODY
    supporter.get("/alerts", headers=PIECE)
    assert access_alert(web_house, found.id).alert.told is None
    supporter.get("/alerts")
    assert access_alert(web_house, found.id).alert.told == web_house.clock()


def test_what_members_do_is_noted_nowhere(clients: Clients, web_house: House, people: People) -> None:
    """Their pages carry no such script, their sessions no such time, and the address is not theirs."""
    rosa = clients[Role.MEMBER]
    assert "presence" not in rosa.get("/today").text
    assert rosa.post("/here", data=_csrf(rosa, "/today")).status_code == 403
    assert _acted(web_house, people.rosa.id) is None
    assert "presence" in clients[Role.SUPPORTER].get("/alerts").text


def test_browsers_over_http(supporter: TestClient) -> None:
    """Given, listed with the programme's public key, and taken out."""
    given = supporter.post("/api/alerts/browsers", json={"subscription": Browser().address("https://p.example.net/a")})
    assert (given.status_code, given.json()["browsers"][0]["host"]) == (200, "p.example.net")
    listed = supporter.get("/api/alerts/browsers").json()
    assert len(listed["push_key"]) == 87
    left = supporter.delete(f"/api/alerts/browsers/{listed['browsers'][0]['id']}")
    assert left.json()["browsers"] == []
