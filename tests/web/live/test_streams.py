"""Live streams over a real server: every line once, in order, whatever happens to the connection."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI
from sqlalchemy import delete, update
from tests.web.conftest import PASSPHRASE, People

from attunement.domain.consent import Cell
from attunement.programme.accounts import do_join
from attunement.programme.api_keys import do_revoke_api_key
from attunement.programme.consents import do_change_consent, do_expire_consents
from attunement.programme.conversations.asking import do_ask_for_human, do_open
from attunement.programme.conversations.closing import do_close
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import do_go_on_duty
from attunement.programme.conversations.handing import do_claim, do_give_back
from attunement.programme.conversations.notes import do_write_note
from attunement.programme.conversations.second import do_ask_second, do_end_look_along, do_look_along
from attunement.programme.conversations.writing import do_write_as_member
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.invitations import do_make_invitation
from attunement.programme.sessions import Account, do_open_session
from attunement.store.schema import consents, sessions
from attunement.web.live.watch import Watch
from attunement.web.security import SESSION_COOKIE

Event = tuple[str, str | None, Any]
SHARED = [Cell.parse("supporters:self_report"), Cell.parse("supporters:interactions")]


@contextmanager
def _served(app: FastAPI) -> Iterator[str]:
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    """Where the application is served."""
    with _served(app) as address:
        yield address


@pytest.fixture
def talk(web_house: House, people: People) -> Conversation:
    """Rosa's conversation."""
    return do_open(web_house, people.rosa.member or "")


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Waits until the watch has looked at all that is followed by now."""
    done, look = threading.Event(), Watch.look

    def look_and_tell(watch: Watch) -> None:
        look(watch)
        done.set()

    def wait() -> None:
        for _ in range(2):  # the first may have begun before
            done.clear()
            assert done.wait(60)

    monkeypatch.setattr(Watch, "look", look_and_tell)
    return wait


@contextmanager
def _followed(
    house: House, account: Account, address: str, path: str, **headers: str
) -> Iterator[tuple[httpx.Response, Iterator[Event]]]:
    cookies = {SESSION_COOKIE: do_open_session(house, account.id, account.role)}
    with (
        httpx.Client(cookies=cookies, timeout=60) as client,
        client.stream("GET", f"{address}{path}", headers=headers) as answer,
    ):
        yield answer, _events(answer)


def _events(answer: httpx.Response) -> Iterator[Event]:
    fields: dict[str, str] = {}
    for line in answer.iter_lines():
        if line.startswith(":"):
            continue
        if line:
            name, _, value = line.partition(": ")
            fields[name] = value
        elif "event" in fields:
            yield fields["event"], fields.get("id"), json.loads(fields["data"])
            fields = {}


def _until(events: Iterator[Event], wanted: Callable[[Event], bool]) -> list[Event]:
    seen = []
    for event in events:
        seen.append(event)
        if wanted(event):
            return seen
    raise AssertionError(f"the stream ended before: {seen}")


def _line(number: int) -> Callable[[Event], bool]:
    return lambda event: event[:2] == ("line", str(number))


def _shares(event: Event) -> bool:
    return event[0] == "shares"


def test_lines_come_as_they_are_written(
    app: FastAPI, web_house: House, people: People, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was there comes first, then each line, woken by nothing but its being written; the end is told."""
    for clock in ("watch.EVERY_S", "follow.PATIENCE_S"):
        monkeypatch.setattr(f"attunement.web.live.{clock}", 3600.0)  # whatever comes late would come too late
    path = f"/api/conversations/{talk.id}/live"
    with _served(app) as address, _followed(web_house, people.rosa, address, path) as (answer, events):
        assert answer.headers["content-type"].startswith("text/event-stream")
        _until(events, lambda event: event[0] == "stands")
        for number in (2, 3):
            do_write_as_member(web_house, talk.member, talk.id, f"line\n{number}")
            seen = _until(events, _line(number))
            assert seen[-1][2]["text"] == f"line\n{number}"
        do_close(web_house, talk.member, talk.id)
        assert _until(events, lambda event: event[0] == "end")[-1][2] == {"why": "closed"}
        assert list(events) == []


@pytest.mark.parametrize("how", ["Last-Event-ID", "after"])
def test_coming_again_loses_and_doubles_nothing(
    web_house: House, people: People, address: str, talk: Conversation, how: str
) -> None:
    """Through six broken connections, with lines written while nobody listened, all 60 come once and in order."""
    got: list[int] = [1]
    for round_ in range(6):
        for i in range(5):
            do_write_as_member(web_house, talk.member, talk.id, f"away {round_} {i}", sent=None)
        query, headers = (f"?after={got[-1]}", {}) if how == "after" else ("", {how: str(got[-1])})
        path = f"/api/conversations/{talk.id}/live{query}"
        with _followed(web_house, people.rosa, address, path, **headers) as (_, events):
            for i in range(5):
                do_write_as_member(web_house, talk.member, talk.id, f"there {round_} {i}")
            got += [int(id_ or 0) for name, id_, _ in _until(events, _line(1 + 10 * (round_ + 1))) if name == "line"]
    assert got == list(range(1, 62))


def test_a_server_that_starts_again_goes_on_where_it_was(
    web_house: House, people: People, app: FastAPI, talk: Conversation
) -> None:
    """The number of the line is all a client needs to remember."""
    path = f"/api/conversations/{talk.id}/live"
    with _served(app) as address, _followed(web_house, people.rosa, address, path) as (_, events):
        do_write_as_member(web_house, talk.member, talk.id, "before")
        _until(events, _line(2))
    do_write_as_member(web_house, talk.member, talk.id, "between")
    headers = {"Last-Event-ID": "2"}
    with _served(app) as address, _followed(web_house, people.rosa, address, path, **headers) as (_, events):
        seen = _until(events, lambda event: event[0] == "stands")
    assert [(event[1], event[2]["text"]) for event in seen if event[0] == "line"] == [("3", "between")]


def test_a_server_that_ends_ends_its_streams(
    web_house: House, people: People, address: str, talk: Conversation
) -> None:
    """Nobody waits for a stream that never ends by itself; who followed comes again."""
    with _followed(web_house, people.rosa, address, f"/api/conversations/{talk.id}/live") as (_, events):
        _until(events, lambda event: event[0] == "stands")
        web_house.bell.close()
        assert list(events) == []


def test_another_process_is_heard(
    make_house: Callable[[str], House], sqlite_url: str, web_house: House, people: People, address: str,
    talk: Conversation, looked: Callable[[], None],
) -> None:  # fmt: skip
    """What is written by somebody else on the same database comes too, a little later."""
    other = make_house(sqlite_url)
    with _followed(web_house, people.rosa, address, f"/api/conversations/{talk.id}/live") as (_, events):
        _until(events, lambda event: event[0] == "stands")
        looked()  # and sees a change from here on
        do_write_as_member(other, talk.member, talk.id, "From afar.")
        assert _until(events, _line(2))[-1][2]["text"] == "From afar."


def test_a_supporter_hears_no_more_once_it_is_not_theirs(
    web_house: House, people: People, address: str, talk: Conversation
) -> None:
    """Given back, the stream ends, and coming again is refused as unknown."""
    sam = people.supporter
    do_go_on_duty(web_house, sam.id, web_house.clock() + timedelta(hours=1))
    do_ask_for_human(web_house, talk.member, talk.id)
    do_claim(web_house, sam.id, talk.id)
    path = f"/api/conversations/{talk.id}/live"
    with _followed(web_house, sam, address, path) as (_, events):
        _until(events, lambda event: event[0] == "stands")
        do_give_back(web_house, sam.id, talk.id)
        do_write_as_member(web_house, talk.member, talk.id, "not for Sam")
        seen = _until(events, lambda event: event[0] == "end")
        assert seen[-1][2] == {"why": "gone"}
        assert "not for Sam" not in str(seen)
    with _followed(web_house, sam, address, path) as (answer, _):
        assert answer.status_code == 404


def test_a_note_of_who_looks_along_is_told_to_the_supporters_alone(
    web_house: House, people: People, address: str, talk: Conversation
) -> None:
    """Whose talk it is hears of it at once, and again after coming back; the member hears who is there, and no more."""
    sam, path = people.supporter, f"/api/conversations/{talk.id}/live"
    ida = do_join(web_house, do_make_invitation(web_house, "supporter"), "Ida", PASSPHRASE)
    do_ask_for_human(web_house, talk.member, talk.id)
    for account in (sam, ida):
        do_go_on_duty(web_house, account.id, web_house.clock() + timedelta(hours=1))
    do_claim(web_house, sam.id, talk.id)
    do_ask_second(web_house, sam.id, talk.id)
    with (
        _followed(web_house, sam, address, path) as (_, sams),
        _followed(web_house, people.rosa, address, path) as (_, rosas),
    ):
        for events in (sams, rosas):
            _until(events, lambda event: event[0] == "stands")
        do_look_along(web_house, ida.id, talk.id)
        for events in (sams, rosas):
            _until(events, lambda event: event[0] == "stands" and event[2]["second"] == ida.id)
        do_write_note(web_house, ida.id, talk.id, "Go slowly.")
        assert "Go slowly." not in str(_until(sams, lambda event: event[0] == "note"))
        do_write_as_member(web_house, talk.member, talk.id, "Hm.")
        assert "note" not in {event[0] for event in _until(rosas, _line(5))}
    with _followed(web_house, sam, address, path) as (_, again):
        _until(again, lambda event: event[0] == "note")
        do_end_look_along(web_house, ida.id, talk.id)
        _until(again, lambda event: event[0] == "stands" and event[2]["second"] is None)
    with _followed(web_house, ida, address, path) as (answer, _):
        assert answer.status_code == 404


@pytest.fixture
def sams(web_house: House, people: People, talk: Conversation) -> Conversation:
    """The same, in the supporter's hands, its member showing how they are and what they did."""
    do_change_consent(web_house, talk.member, grant=SHARED)
    do_ask_for_human(web_house, talk.member, talk.id)
    do_go_on_duty(web_house, people.supporter.id, web_house.clock() + timedelta(hours=1))
    return do_claim(web_house, people.supporter.id, talk.id)


def test_what_a_member_takes_back_is_told_to_the_supporter_at_once(
    app: FastAPI, web_house: House, people: People, sams: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Woken by nothing but the taking back; what concerns no supporter is not told, and no member is told at all."""
    for clock in ("watch.EVERY_S", "follow.PATIENCE_S"):
        monkeypatch.setattr(f"attunement.web.live.{clock}", 3600.0)  # whatever comes late would come too late
    path = f"/api/conversations/{sams.id}/live"
    with (
        _served(app) as address,
        _followed(web_house, people.supporter, address, path) as (_, theirs),
        _followed(web_house, people.rosa, address, path) as (_, rosas),
    ):
        assert _until(theirs, _shares)[-1][2] == {"shares": ["interactions", "self_report"]}
        for events in (theirs, rosas):
            _until(events, lambda event: event[0] == "stands")
        do_change_consent(web_house, sams.member, grant=[Cell.parse("learn:self_report")])
        do_change_consent(web_house, sams.member, withdraw=SHARED[:1])
        assert next(theirs) == ("shares", None, {"shares": ["interactions"]})
        do_change_consent(web_house, sams.member, grant=SHARED[:1], withdraw=SHARED[1:])
        assert next(theirs) == ("shares", None, {"shares": ["self_report"]})
        do_write_as_member(web_house, sams.member, sams.id, "Still here.")
        assert next(theirs)[0] == "line"
        assert "shares" not in {event[0] for event in _until(rosas, lambda event: event[0] == "line")}


def test_what_is_taken_back_elsewhere_or_has_run_out_is_told_too(
    make_house: Callable[[str], House], sqlite_url: str, web_house: House, people: People, address: str,
    sams: Conversation, looked: Callable[[], None],
) -> None:  # fmt: skip
    """Through another process on the same database, and where a yes has ended by itself."""
    other = make_house(sqlite_url)
    with _followed(web_house, people.supporter, address, f"/api/conversations/{sams.id}/live") as (_, events):
        _until(events, lambda event: event[0] == "stands")
        looked()
        do_change_consent(other, sams.member, withdraw=SHARED[:1])
        assert _until(events, _shares)[-1][2] == {"shares": ["interactions"]}
        with web_house.store.write() as transaction:
            transaction.connection.execute(update(consents).values(expires=web_house.clock()))
        do_expire_consents(web_house)
        assert _until(events, _shares)[-1][2] == {"shares": []}


def test_an_erased_member_hears_the_end(
    web_house: House, people: People, address: str, talk: Conversation, looked: Callable[[], None]
) -> None:
    """Their own stream ends as soon as they are gone."""
    with _followed(web_house, people.rosa, address, f"/api/conversations/{talk.id}/live") as (_, events):
        _until(events, lambda event: event[0] == "stands")
        looked()
        do_erase(web_house, talk.member)
        assert _until(events, lambda event: event[0] == "end")[-1][2] == {"why": "gone"}


def test_the_queue_is_live(web_house: House, people: People, address: str, talk: Conversation) -> None:
    """Supporters see who asks for a person, and who is taken, without asking themselves."""
    with _followed(web_house, people.supporter, address, "/api/queue/live") as (_, events):
        assert next(events)[2]["waiting"] == []
        do_ask_for_human(web_house, talk.member, talk.id)
        seen = _until(events, lambda event: bool(event[2]["waiting"]))
        assert seen[-1][2]["waiting"][0]["conversation"]["id"] == talk.id
        do_close(web_house, talk.member, talk.id)
        _until(events, lambda event: event[2]["waiting"] == [])


def test_who_signs_out_follows_no_longer_however_much_there_is_to_tell(
    web_house: House, people: People, address: str, talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who follows is asked again now and then, also where lines never leave a pause."""
    monkeypatch.setattr("attunement.web.live.follow.PATIENCE_S", 0.5)
    done = threading.Event()

    def goes_on() -> None:
        while not done.wait(0.1):
            do_write_as_member(web_house, talk.member, talk.id, "And then?")

    with _followed(web_house, people.rosa, address, f"/api/conversations/{talk.id}/live") as (_, events):
        _until(events, lambda event: event[0] == "stands")
        with web_house.store.write() as transaction:
            transaction.connection.execute(delete(sessions))
        talking = threading.Thread(target=goes_on)
        talking.start()
        try:
            assert sum(1 for _ in events) < 30
        finally:
            done.set()
            talking.join()


def test_an_integrator_follows_a_talk_of_their_member_until_their_key_is_revoked(
    web_house: House, people: People, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Lines come as they are written; a key that does not work any more ends the stream quietly."""
    monkeypatch.setattr("attunement.web.live.follow.PATIENCE_S", 0.5)
    talk = do_open(web_house, people.kept)
    with httpx.stream(
        "GET", f"{address}/api/conversations/{talk.id}/live", timeout=60,
        headers={"Authorization": f"Bearer {people.key.key}"},
    ) as answer:  # fmt: skip
        events = _events(answer)
        _until(events, _line(1))
        do_write_as_member(web_house, people.kept, talk.id, "Hello?")
        _until(events, _line(2))
        do_revoke_api_key(web_house, people.key.id)
        assert [event for event in events if event[0] == "line"] == []
