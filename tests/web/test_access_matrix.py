"""Every route, for every role, about one's own data and about somebody else's: table-driven from the app's routes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from tests.web.conftest import Clients, People

from attunement.domain.consent import Cell
from attunement.programme.consents import do_change_consent
from attunement.programme.house import House
from attunement.web.access import EVERYONE, Role
from attunement.web.api.description import declared_roles
from attunement.web.app import create_app
from attunement.web.settings import Settings

PLAIN = {"/api/openapi.json"}  # the description of the API holds nobody's data
BODIES: dict[str, dict[str, Any]] = {
    "/reaches/{reach}/answers": {"answer": "opened"},
    "/check-ins": {"needs": ["calm"]}, "/loop": {"needs": ["calm"]}, "/answers": {"answer": "started"},
    "/consents": {"cells": []}, "/read": {"texts": ["Hello"]}, "/correction": {"emotions": []},
    "/replies": {"exchanges": [{"reply": "Hello"}]}, "/coach": {"post": "I failed.", "draft": "Oh no."},
    "/body": {"channels": [{"kind": "heart_rate", "times": [1_777_636_740], "values": [70]}]},
    "/reaching": {"on": True}, "/addresses": {"channel": "email", "address": "rosa@example.org"},
    "/outcome": {"rating": 4}, "/rating": {"rating": 4}, "/objective/effect": {"name": "ratings", "rating": 1},
    "/objective": {"name": "ratings", "rating": 1, "why": "As agreed."}, "{member}": {"breadth": 0.3},
    "/memory": {"text": "My sister is Ana."}, "/memory/{remembered}": {"text": "My sister is Bea."},
}  # fmt: skip
MEMBER_DATA = frozenset({Role.MEMBER, Role.INTEGRATOR})
DECLARED = {
    "/api/members": {Role.INTEGRATOR},
    "/api/policies": {Role.INTEGRATOR, Role.STEWARD},
    "/api/policies/comparison": {Role.INTEGRATOR, Role.STEWARD},
    "/api/programme/objective": {Role.INTEGRATOR, Role.STEWARD},
    "/api/programme/objective/effect": {Role.INTEGRATOR, Role.STEWARD},
    "/api/service": {Role.INTEGRATOR, Role.STEWARD},
    "/api/variety": {Role.INTEGRATOR, Role.STEWARD},
    "/api/segments": {Role.STEWARD},
    "/api/alerts": {Role.SUPPORTER, Role.STEWARD},
    "/api/alerts/status": {Role.SUPPORTER, Role.STEWARD, Role.INTEGRATOR},
    "/api/alerts/settings": {Role.STEWARD},
    "/api/alerts/address": {Role.SUPPORTER, Role.STEWARD},
    "/api/alerts/browsers": {Role.SUPPORTER, Role.STEWARD},
    "/api/alerts/browsers/{browser}": {Role.SUPPORTER, Role.STEWARD},
    "/api/alerts/{alert}": {Role.SUPPORTER, Role.STEWARD},
    "/api/alerts/{alert}/take": {Role.SUPPORTER, Role.STEWARD},
    "/api/alerts/{alert}/step-in": {Role.SUPPORTER},
    "/api/alerts/{alert}/pass-on": {Role.SUPPORTER, Role.STEWARD},
    "/api/alerts/{alert}/close": {Role.SUPPORTER, Role.STEWARD},
    "/api/programme/learning": {Role.INTEGRATOR, Role.STEWARD},
    "/api/programme/learning/resume": {Role.STEWARD},
    "/api/read": {Role.INTEGRATOR, Role.STEWARD},
    "/api/read/replies": {Role.INTEGRATOR, Role.STEWARD},
    "/api/coach": {Role.INTEGRATOR, Role.SUPPORTER, Role.STEWARD},
    "/api/practices": set(EVERYONE),
    "/api/practices/{practice}": set(EVERYONE),
    "/api/helplines": set(EVERYONE),
    "/api/receipts/{receipt}": set(EVERYONE),
    "/healthz": set(EVERYONE),
    **dict.fromkeys(
        ("/api/conversations", "/api/conversations/wait", "/api/conversations/settings",
         "/api/conversations/memory", "/api/conversations/memory/{remembered}"),
        frozenset({Role.MEMBER}),
    ),
    **dict.fromkeys(
        ("/api/conversations/{conversation}/ask", "/api/conversations/{conversation}/stop-waiting",
         "/api/conversations/{conversation}/lines/{turn}/helped",
         "/api/conversations/{conversation}/lines/{turn}/remember"),
        frozenset({Role.MEMBER, Role.INTEGRATOR}),
    ),
    **dict.fromkeys(
        ("/api/conversations/{conversation}", "/api/conversations/{conversation}/lines",
         "/api/conversations/{conversation}/close", "/api/conversations/{conversation}/live"),
        frozenset({Role.MEMBER, Role.SUPPORTER, Role.INTEGRATOR}),
    ),
    **dict.fromkeys(
        ("/api/queue", "/api/queue/live", "/api/queue/search", "/api/supporters/me", "/api/supporters/me/shift",
         "/api/supporters/me/debrief", "/api/conversations/{conversation}/claim",
         "/api/conversations/{conversation}/transfer", "/api/conversations/{conversation}/give-back",
         "/api/conversations/{conversation}/notes", "/api/conversations/{conversation}/ask-second",
         "/api/conversations/{conversation}/look-along", "/api/conversations/{conversation}/end-look-along",
         "/api/supporters/me/talks-had", "/api/supporters/me/talks-had/{conversation}",
         "/api/supporters/me/talks-had/{conversation}/notes", "/api/conversations/{conversation}/insight",
         "/api/conversations/{conversation}/coach", "/api/supporters/me/growth", "/api/supporters/me/cases",
         "/api/supporters/me/cases/{case}", "/api/supporters/me/cases/{case}/reply"),
        frozenset({Role.SUPPORTER}),
    ),
}  # fmt: skip


def _routes(app: FastAPI) -> Iterator[tuple[str, str, frozenset[Role]]]:
    for path, method, roles in declared_roles(list(app.routes)):
        if path not in PLAIN:
            yield path, method, roles


def _send(client: TestClient, method: str, path: str, member: str, decision: str, moment: str = "none") -> int:
    address = path.format_map(defaultdict(lambda: "none", member=member, decision=decision, moment=moment))
    body = next((body for end, body in BODIES.items() if path.endswith(end)), {})
    if path.endswith("/body/file"):
        return client.post(address, files={"file": ("rest.csv", b"time,heart_rate\n1777636740,70\n")}).status_code
    return client.request(method, address, json=body if method in ("POST", "PUT", "PATCH") else None).status_code


def test_every_route_declares_who_may_use_it(app: FastAPI) -> None:
    """No route takes requests without saying for whom it is."""
    assert [(method, path) for path, method, roles in _routes(app) if not roles] == []


def test_api_routes_are_for_exactly_these_roles(app: FastAPI) -> None:
    """Whoever is let into the API is written down here a second time, so that no one is let in by mistake."""
    for path, method, roles in _routes(app):
        if path.startswith("/api/members/{member}"):
            assert roles == MEMBER_DATA, (method, path)
        elif (path, method) == ("/api/programme/objective", "PUT"):
            assert roles == {Role.STEWARD}  # it carries a person's name
        elif path.startswith("/api") or path == "/healthz":
            assert roles == DECLARED[path], (method, path)


def test_a_role_that_is_not_declared_is_refused_everywhere(app: FastAPI, clients: Clients, people: People) -> None:
    """Who is not signed in gets 401 (pages lead to signing in), who is, and is not meant, gets 403."""
    for path, method, roles in _routes(app):
        for role in set(Role) - roles:
            if role is Role.INTEGRATOR and not path.startswith("/api"):
                continue  # keys open the API alone: on pages an integrator is nobody, which the next test looks at
            status = _send(clients[role], method, path, people.kept, people.decisions[people.kept])
            anonymous = {303, 401} if method == "GET" and not path.startswith("/api") else {401}
            assert status in (anonymous if role is Role.ANONYMOUS else {403}), (method, path, role, status)


def test_an_api_key_opens_no_page(app: FastAPI, clients: Clients, people: People) -> None:
    """On pages, an integrator is nobody in particular."""
    for path, method, roles in _routes(app):
        if not path.startswith("/api") and Role.ANONYMOUS not in roles:
            status = _send(clients[Role.INTEGRATOR], method, path, people.kept, "none")
            assert status in {303, 401}, (method, path, status)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.INTEGRATOR])
def test_somebody_elses_data_is_as_unknown_as_none(app: FastAPI, clients: Clients, people: People, role: Role) -> None:
    """Every route about a member answers 404 for another's id exactly as for an id that never was."""
    strangers = [people.other.member, people.foreign, people.kept if role is Role.MEMBER else people.rosa.member]
    for path, method, _ in _routes(app):
        if "{member}" not in path:
            continue
        for stranger in (*strangers, "01234567-89ab-7def-8123-456789abcdef", "nobody", "%00"):
            decision = people.decisions.get(str(stranger), "none")
            assert _send(clients[role], method, path, str(stranger), decision) == 404, (method, path, stranger)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.INTEGRATOR])
def test_one_is_let_in_to_ones_own(
    app: FastAPI, clients: Clients, people: People, web_house: House, role: Role
) -> None:
    """Every route about a member answers its owner, or refuses for want of an outcome, never for who they are."""
    own = "me" if role is Role.MEMBER else people.kept
    who = people.rosa.member or "" if role is Role.MEMBER else people.kept
    decision, moment = people.decisions[who], people.moments[who]
    do_change_consent(web_house, who, grant=[Cell.parse("companion:text")])
    last = ["PUT", "DELETE"]  # consents are withdrawn, and all is erased, when everything else was asked
    for path, method, _ in sorted(
        _routes(app), key=lambda route: (last.index(route[1]) if route[1] in last else -1, -len(route[0]))
    ):
        if "{member}" in path:
            status = _send(clients[role], method, path, own, decision, moment)
            none_yet = "{reach}" in path or "{remembered}" in path or (path.endswith("/outcome") and method == "GET")
            expected = {200, 201, 404} if none_yet else {200, 201}
            assert status in expected, (method, path, status)


def test_somebody_elses_decision_is_unknown_under_ones_own_name(clients: Clients, people: People) -> None:
    """A decision's id opens nothing under another member."""
    client, theirs = clients[Role.MEMBER], people.decisions[people.other.member or ""]
    for method, end in (("GET", ""), ("POST", "/answers"), ("POST", "/outcome"), ("PATCH", "/outcome"),
                        ("GET", "/outcome")):  # fmt: skip
        body = {"answer": "started"} if end == "/answers" else {"rating": 4}
        answer = client.request(method, f"/api/members/me/decisions/{theirs}{end}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-decision")


def test_somebody_elses_check_in_is_unknown_under_ones_own_name(clients: Clients, people: People) -> None:
    """A check-in's id opens nothing under another member, neither in the API nor as a page."""
    client, theirs = clients[Role.MEMBER], people.moments[people.other.member or ""]
    for method, path in (("GET", ""), ("POST", "/correction")):
        answer = client.request(method, f"/api/members/me/check-ins/{theirs}{path}", json={"emotions": []})
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-moment")
    assert client.get(f"/check-ins/{theirs}").status_code == 404


def test_a_route_without_a_declaration_is_noticed(web_house: House) -> None:
    """The walk finds a route that forgot to say for whom it is."""
    app = create_app(web_house, settings=Settings(learn=False))

    @app.get("/api/forgotten")
    def forgotten() -> dict[str, int]:
        return {}

    assert ("/api/forgotten", "GET", frozenset()) in set(_routes(app))
