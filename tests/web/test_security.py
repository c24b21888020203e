"""What keeps other sites, other browsers and caches out."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.web.conftest import ORIGIN, PASSPHRASE, Clients, People

from attunement.programme.conversations.conversation import access_conversations
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.sessions import do_open_session
from attunement.programme.throttle import Throttle
from attunement.web.access import Role
from attunement.web.app import create_app
from attunement.web.middleware import HEADERS
from attunement.web.security import FORM_COOKIE, SESSION_COOKIE
from attunement.web.settings import Settings


def _proof(page: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]{64})"', page)
    assert found, page
    return found.group(1)


def _sign_in(client: TestClient, proof: str) -> tuple[int, bool]:
    form = {"name": "Rosa", "passphrase": PASSPHRASE, "csrf": proof}
    answer = client.post("/sign-in", data=form)
    return answer.status_code, SESSION_COOKIE in answer.cookies


@pytest.mark.parametrize(
    "path", ["/", "/healthz", "/api/nothing", "/no-such-page", "/static/tokens.css", "/api/members"]
)
def test_every_response_carries_the_security_headers(anonymous: TestClient, path: str) -> None:
    """Pages, answers, errors and files alike; nothing inline is allowed."""
    headers = anonymous.get(path).headers
    assert {name: headers.get(name) for name, _ in HEADERS} == dict(HEADERS)
    assert "unsafe" not in headers["content-security-policy"]


def test_only_files_may_be_kept_by_caches(anonymous: TestClient, clients: Clients) -> None:
    """What people see is not stored; files named by their content are, for a year."""
    page = anonymous.get("/").text
    named = re.search(r'href="(/static/[^"]+\?v=[^"]+)"', page)
    assert named
    assert anonymous.get(named.group(1)).headers["cache-control"] == "public, max-age=31536000, immutable"
    assert anonymous.get("/static/tokens.css").headers["cache-control"] == "no-cache"
    for path in ("/api/members/me", "/api/members/me/export"):
        assert clients[Role.MEMBER].get(path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Origin": ""},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "cross-site"}, {"Origin": ORIGIN, "Sec-Fetch-Site": "same-site"},
        {"Origin": ORIGIN, "Sec-Fetch-Site": "none"},
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/api/members/me/check-ins"), ("DELETE", "/api/members/me"), ("POST", "/sign-out")]
)
def test_another_site_cannot_write_for_who_is_signed_in(
    clients: Clients, headers: dict[str, str], method: str, path: str
) -> None:
    """A cookie alone writes nothing: the browser must say that our own page sent it."""
    answer = clients[Role.MEMBER].request(method, path, headers=headers, json={"needs": ["calm"]})
    assert answer.status_code == 403
    assert "cross-site" in answer.text


def test_an_api_write_that_says_nothing_of_its_origin_is_refused(clients: Clients) -> None:
    """With a cookie and neither Origin nor Sec-Fetch-Site, nothing is written; reading is harmless."""
    client = clients[Role.MEMBER]
    del client.headers["Origin"]
    assert client.post("/api/members/me/check-ins", json={"needs": ["calm"]}).json()["code"] == "cross-site"
    assert client.get("/api/members/me").status_code == 200


def test_a_form_works_only_in_the_browser_it_was_made_for(app: FastAPI, anonymous: TestClient, people: People) -> None:
    """Signing in needs the form's proof and the cookie it belongs to; another browser's proof is worth nothing."""
    proof = _proof(anonymous.get("/sign-in").text)
    stranger = TestClient(app, follow_redirects=False, headers={"Origin": ORIGIN})
    assert _sign_in(stranger, proof) == (403, False)
    stranger.get("/sign-in")
    assert _sign_in(stranger, proof) == (403, False)
    assert _sign_in(anonymous, "0" * 64) == (403, False)
    assert _sign_in(anonymous, proof) == (303, True)


def test_a_proof_ends_with_its_session(anonymous: TestClient, people: People) -> None:
    """A form made before signing in does not work after it."""
    proof = _proof(anonymous.get("/sign-in").text)
    assert _sign_in(anonymous, proof) == (303, True)
    assert anonymous.post("/sign-out", data={"csrf": proof}).status_code == 403
    own = _proof(anonymous.get("/privacy").text)
    assert anonymous.post("/sign-out", data={"csrf": own}).status_code == 303
    assert anonymous.get("/api/members/me").status_code == 401


@pytest.mark.parametrize(("origin", "secure"), [("http://testserver", False), ("https://attune.example", True)])
def test_cookies_are_out_of_reach(web_house: House, people: People, origin: str, secure: bool) -> None:
    """Scripts cannot read them, other sites do not send them, and over https they never travel in the clear."""
    app = create_app(web_house, settings=Settings(learn=False, origin=origin))
    browser = TestClient(app, base_url=origin, follow_redirects=False, headers={"Origin": origin})
    form = browser.get("/sign-in")
    signed_in = browser.post("/sign-in", data={"name": "Rosa", "passphrase": PASSPHRASE, "csrf": _proof(form.text)})
    for answer, name in ((form, FORM_COOKIE), (signed_in, SESSION_COOKIE)):
        cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith(f"{name}="))
        flags = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert {"httponly", "samesite=lax", "path=/"} <= flags
        assert ("secure" in flags) is secure


def test_who_writes_too_often_waits(web_house: House, people: People) -> None:
    """Over the limit comes 429 with Retry-After; reading, and another caller, go on."""
    house = replace(web_house, throttle=Throttle(lambda: 0.0))
    app = create_app(house, settings=Settings(learn=False, writes=3))
    ours, theirs = (
        TestClient(app, headers={"Authorization": f"Bearer {key.key}"}) for key in (people.key, people.foreign_key)
    )
    statuses = [ours.post("/api/members", json={}).status_code for _ in range(4)]
    assert statuses == [201, 201, 201, 429]
    refused = ours.post("/api/members", json={})
    assert (refused.json()["code"], refused.headers["retry-after"]) == ("too-many-tries", "60")
    assert ours.get("/api/members").status_code == 200
    assert theirs.post("/api/members", json={}).status_code == 201


def test_who_floods_shuts_out_nobody_and_is_heard(web_house: House, people: People) -> None:
    """A key is counted for each member by itself; what members say, and asking for a person, is never refused by it."""
    house = replace(web_house, throttle=Throttle(lambda: 0.0))
    app = create_app(house, settings=Settings(learn=False, writes=3))
    other = do_enrol(house, keeper=people.key.id)
    with TestClient(app, headers={"Authorization": f"Bearer {people.key.key}"}) as key:
        talks = f"/api/members/{people.kept}/conversations"
        assert [key.post(talks, json={}).status_code for _ in range(4)] == [200, 200, 200, 429]
        assert key.post(f"/api/members/{other}/conversations", json={}).status_code == 200
        talk = key.get(talks).json()["conversations"][0]["id"]
        lines = [key.post(f"/api/conversations/{talk}/lines", json={"text": f"Line {i}"}) for i in range(5)]
        assert {answer.status_code for answer in lines} == {200}
        assert [key.post(f"/api/conversations/{talk}/ask", json={}).status_code for _ in range(5)] == [200] * 5
        assert [key.post(f"/api/conversations/{talk}/stop-waiting", json={}).status_code for _ in range(4)][-1] == 429


def test_a_member_who_wrote_too_often_is_still_heard(web_house: House, people: People) -> None:
    """On the pages too: whatever else they did in this minute, a line arrives and a person can be asked for."""
    app = create_app(replace(web_house, throttle=Throttle(lambda: 0.0)), settings=Settings(learn=False, writes=0))
    token = do_open_session(web_house, people.rosa.id, people.rosa.role)
    cookies = {SESSION_COOKIE: token}
    with TestClient(app, follow_redirects=False, cookies=cookies, headers={"Origin": ORIGIN}) as rosa:
        proof = {"csrf": _proof(rosa.get("/talk").text)}
        assert rosa.post("/talk", data={**proof, "with": "person", "words": "Please come."}).status_code == 303
        with web_house.store.read() as connection:
            talk = access_conversations(connection, people.rosa.member or "")[0].id
        for end, form in (("lines", {"text": "Hello?"}), ("ask", {})):
            assert rosa.post(f"/talk/{talk}/{end}", data={**proof, **form}).status_code == 303
        assert rosa.post(f"/talk/{talk}/stop-waiting", data=proof).status_code == 429


@pytest.mark.parametrize("path", ["/static/../app.py", "/static/%2e%2e/app.py", "/static/../../../../etc/passwd"])
def test_files_outside_static_are_not_served(anonymous: TestClient, path: str) -> None:
    """No path leads out of the folder."""
    assert anonymous.get(path).status_code in (403, 404)
