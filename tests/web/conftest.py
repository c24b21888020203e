"""A programme with one of everybody in it, behind its real application."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from attunement.delivery.outbound import outbound_from_environment
from attunement.domain.consent import Cell
from attunement.privacy.programme_key import ProgrammeKey
from attunement.programme.accounts import do_join, do_set_up
from attunement.programme.api_keys import NewApiKey, do_make_api_key
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_change_consent
from attunement.programme.decisions import do_decide
from attunement.programme.house import House
from attunement.programme.invitations import do_make_invitation
from attunement.programme.members import do_enrol
from attunement.programme.sessions import Account, do_open_session
from attunement.web.access import Role
from attunement.web.app import create_app
from attunement.web.security import SESSION_COOKIE
from attunement.web.settings import Settings

PASSPHRASE = "four words in a row"
PERSONALISED = ("self_report", "text", "interactions", "body")
ALLOWED = [Cell.parse(text) for text in (*(f"personalise:{of}" for of in PERSONALISED), "learn:interactions")]
ORIGIN = "http://testserver"


@dataclass(frozen=True)
class People:
    """One of everybody: ``rosa`` and ``other`` are members with accounts, ``kept`` belongs to the API key ``key``."""

    rosa: Account
    other: Account
    supporter: Account
    steward: Account
    key: NewApiKey
    foreign_key: NewApiKey
    kept: str
    foreign: str
    decisions: dict[str, str] = field(default_factory=dict)
    moments: dict[str, str] = field(default_factory=dict)


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A fresh database file with nothing but its schema."""
    shutil.copy(sqlite_template, tmp_path / "web.db")
    return f"sqlite:///{tmp_path / 'web.db'}"


@pytest.fixture
def web_house(make_house: Callable[[str], House], sqlite_url: str) -> House:
    """A programme with nobody in it, which can send letters and notices (and in these tests sends none)."""
    environment = {
        "ATTUNEMENT_ORIGIN": ORIGIN, "ATTUNEMENT_SMTP": "smtp://localhost", "ATTUNEMENT_MAIL_FROM": "us@example.org"
    }  # fmt: skip
    return replace(make_house(sqlite_url), outbound=outbound_from_environment(b"x" * 32, environment))


@pytest.fixture
def key() -> ProgrammeKey:
    """The same in all of these tests, so that people made for one can be copied for the next."""
    return ProgrammeKey(b"k" * 32)


@pytest.fixture(scope="session")
def made_before() -> dict[datetime, tuple[Path, People]]:
    """The programmes with people that earlier tests made, by the time at which they did."""
    return {}


@pytest.fixture
def people(
    web_house: House, made_before: dict[datetime, tuple[Path, People]], tmp_path_factory: pytest.TempPathFactory
) -> People:
    """One of everybody, each member with a decision; made once, then copied."""
    now, here = web_house.clock(), web_house.store.file
    assert here is not None
    if now not in made_before:
        found = _people(web_house)
        made_before[now] = tmp_path_factory.mktemp("people") / "web.db", deepcopy(found)
        _copy(here, made_before[now][0])
        return found
    there, found = made_before[now]
    _copy(there, here)
    return deepcopy(found)


def _copy(one: Path, other: Path) -> None:
    """All of a database, also where it is open."""
    with closing(sqlite3.connect(one)) as source, closing(sqlite3.connect(other)) as target:
        source.backup(target)


def _people(house: House) -> People:
    steward = do_set_up(house, "Stella", PASSPHRASE)
    joined = {
        name: do_join(house, do_make_invitation(house, role), name, PASSPHRASE)
        for name, role in (("Rosa", "member"), ("Oli", "member"), ("Sam", "supporter"))
    }
    key, foreign_key = do_make_api_key(house, "ours"), do_make_api_key(house, "theirs")
    kept, foreign = do_enrol(house, keeper=key.id), do_enrol(house, keeper=foreign_key.id)
    found = People(joined["Rosa"], joined["Oli"], joined["Sam"], steward, key, foreign_key, kept, foreign)
    for member in (found.rosa.member, found.other.member, kept, foreign):
        assert member is not None
        do_change_consent(house, member, grant=ALLOWED)
        found.moments[member] = do_check_in(house, member, text="I feel a bit sad today.").id
        found.decisions[member] = do_decide(house, member, seed=1).id
    return found


@pytest.fixture
def app(web_house: House) -> FastAPI:
    """The real application, without the learner's thread."""
    return create_app(web_house, settings=Settings(learn=False, writes=100_000))


@pytest.fixture
def anonymous(app: FastAPI) -> Iterator[TestClient]:
    """A browser that is not signed in."""
    with TestClient(app, follow_redirects=False, headers={"Origin": ORIGIN}) as client:
        yield client


Clients = dict[Role, TestClient]


@pytest.fixture
def clients(app: FastAPI, anonymous: TestClient, web_house: House, people: People) -> Clients:
    """A client for each role."""

    def signed_in(account: Account) -> TestClient:
        token = do_open_session(web_house, account.id, account.role)
        cookies = {SESSION_COOKIE: token}
        return TestClient(app, follow_redirects=False, cookies=cookies, headers={"Origin": ORIGIN})

    bearer = {"Authorization": f"Bearer {people.key.key}"}
    return {
        Role.ANONYMOUS: anonymous,
        Role.MEMBER: signed_in(people.rosa),
        Role.SUPPORTER: signed_in(people.supporter),
        Role.STEWARD: signed_in(people.steward),
        Role.INTEGRATOR: TestClient(app, follow_redirects=False, headers=bearer),
    }


@pytest.fixture
def integrator(clients: Clients) -> TestClient:
    """A client with the API key ``people.key``."""
    return clients[Role.INTEGRATOR]
