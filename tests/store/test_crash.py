"""Killed at any instant: whatever was acknowledged is there, and nothing is half there."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import select

from attunement.domain.affect import Affect
from attunement.domain.errors import NotFound
from attunement.domain.events import CheckedIn
from attunement.programme.api_keys import do_make_api_key
from attunement.programme.check_ins import do_check_in
from attunement.programme.consents import do_set_consent
from attunement.programme.decisions import do_decide
from attunement.programme.erasure import do_erase
from attunement.programme.exports import access_export
from attunement.programme.house import House
from attunement.programme.learner import do_learn
from attunement.programme.members import do_enrol
from attunement.programme.outcomes import do_finish
from attunement.programme.rebuild import do_rebuild
from attunement.store import schema

KILLS = 14
CLIENTS = 6
pytestmark = [pytest.mark.slow, pytest.mark.timeout(170)]
Rows = Callable[[House], dict[str, list[tuple[object, ...]]]]


@dataclass
class Killable:
    """The process of ``process_to_kill.py``."""

    process: subprocess.Popen[str]
    port: int = 0

    def tell(self, line: str) -> str:
        """Have it do something; returns its answer."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(line, file=self.process.stdin, flush=True)
        return self.process.stdout.readline().strip()


@contextmanager
def killable(house: House) -> Iterator[Killable]:
    """Start it on a house's database, and make sure nothing of it is left."""
    script = Path(__file__).with_name("process_to_kill.py")
    url, secret = house.store.url.render_as_string(hide_password=False), house.key.secret.hex()
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, script, url, secret], stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        try:
            yield Killable(process, int(process.stdout.readline()))
        finally:
            process.stdin.close()  # type: ignore[union-attr]
            process.wait(20)


@dataclass
class Client:
    """Sends check-ins one after the other, each again and again under its own key until it is acknowledged."""

    port: int
    api_key: str
    member: str
    stop: threading.Event
    acknowledged: dict[str, str] = field(default_factory=dict)
    strange: list[tuple[int, bytes]] = field(default_factory=list)

    def run(self) -> None:
        """Until told to stop; what was begun is finished."""
        number = 0
        while not self.stop.is_set():
            number += 1
            request = f"{self.member}-{number}"
            while request not in self.acknowledged and not self.strange:
                with suppress(OSError, http.client.HTTPException):
                    self._send(request, number)

    def _send(self, request: str, number: int) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            body = json.dumps({"affect": {"valence": -0.5, "arousal": (number % 100) / 100}, "needs": ["calm"]})
            headers = {
                "Authorization": f"Bearer {self.api_key}", "Content-Type": "application/json",
                "Idempotency-Key": request,
            }  # fmt: skip
            connection.request("POST", f"/api/members/{self.member}/check-ins", body, headers)
            answer = connection.getresponse()
            content = answer.read()
            if answer.status == 201:
                self.acknowledged[request] = json.loads(content)["id"]
            elif answer.status != 503:
                self.strange.append((answer.status, content))
        finally:
            connection.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(house: House, rows: Rows) -> None:
    """A server killed again and again under load starts again by itself and has each check-in exactly once."""
    key = do_make_api_key(house, "Load")
    members = [do_enrol(house, keeper=key.id) for _ in range(CLIENTS)]
    stop, r = threading.Event(), random.Random(1)
    with killable(house) as server:
        clients = [Client(server.port, key.key, member, stop) for member in members]
        threads = [threading.Thread(target=client.run) for client in clients]
        pid = int(server.tell("serve"))
        for thread in threads:
            thread.start()
        try:
            for _ in range(KILLS):
                _wait_for_more(clients)
                time.sleep(r.uniform(0, 0.25))
                os.kill(pid, signal.SIGKILL)
                pid = int(server.tell("serve"))
        finally:
            stop.set()
            for thread in threads:
                thread.join(60)
            os.kill(pid, signal.SIGKILL)
    assert [client.strange for client in clients] == [[]] * CLIENTS
    acknowledged = [moment for client in clients for moment in client.acknowledged.values()]
    assert len(acknowledged) > KILLS * 3
    _assert_whole(house, acknowledged, rows)


def _wait_for_more(clients: list[Client]) -> None:
    """Until the server that was just started has acknowledged some more."""
    enough, until = sum(len(c.acknowledged) for c in clients) + 8, time.monotonic() + 30
    while sum(len(c.acknowledged) for c in clients) < enough:
        assert time.monotonic() < until, ("the server does not come back", [c.strange for c in clients])
        time.sleep(0.01)


def _assert_whole(house: House, acknowledged: list[str], rows: Rows) -> None:
    with house.store.read() as connection:
        logged = list(house.store.events(connection, kinds=(CheckedIn.kind,)))
        events = [x.event.moment for x in logged if isinstance(x.event, CheckedIn)]
        assert sorted(events) == sorted(acknowledged), "each acknowledged check-in is in the log exactly once"
        assert sorted(connection.execute(select(schema.moments.c.id)).scalars()) == sorted(events)
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    before = rows(house)
    do_rebuild(house)
    assert rows(house) == before


def _lives(house: House, loops: int) -> str:
    member = do_enrol(house)
    do_set_consent(house, member, house.wording.asked)
    for _ in range(loops):
        do_check_in(house, member, affect=Affect(0.1, 0.1))
        do_finish(house, member, do_decide(house, member).id, rating=5)
    do_learn(house)
    return member


def test_a_killed_rebuild_leaves_all_as_it_was(house: House, rows: Rows) -> None:
    """Killed after any of its statements, a rebuild has either not begun or is done."""
    _lives(house, 2)
    before = rows(house)
    with killable(house) as process:
        statements, ends = 1, []
        while "done" not in ends:
            ends.append(process.tell(f"rebuild {statements}"))
            assert rows(house) == before
            statements += 5
    assert len(ends) > 5
    assert "failed" not in ends


def test_a_killed_erasure_is_before_or_after_and_never_between(house: House) -> None:
    """Killed after any of its statements, an erasure left the member whole, or nothing of them; begun again it ends."""
    member, other = _lives(house, 2), _lives(house, 1)
    before = access_export(house, member), access_export(house, other)
    with killable(house) as process:
        statements, ends = 1, []
        while "done" not in ends:
            ends.append(process.tell(f"erase {member} {statements}"))
            statements += 1
            if _is_gone(house, member):
                break
            assert (access_export(house, member)["events"]) == before[0]["events"]
    assert _is_gone(house, member)
    assert ends.count("killed") >= 10
    assert "failed" not in ends
    assert access_export(house, other)["events"] == before[1]["events"]
    do_erase(house, other)


def _is_gone(house: House, member: str) -> bool:
    """Whether nothing is left of a member but sealed records and one receipt; fails where only part is gone."""
    with house.store.read() as connection:
        keys = connection.execute(select(schema.member_keys).where(schema.member_keys.c.member == member)).all()
        receipts = connection.execute(select(schema.erasures).where(schema.erasures.c.member == member)).all()
        own = {t: t.c.member for t in (schema.consents, schema.moments, schema.decisions, schema.outcomes)}
        own[schema.members] = schema.members.c.id
        left = [t.name for t, of in own.items() if connection.execute(select(t).where(of == member)).first()]
    assert (len(keys), len(receipts), len(left)) in ((1, 0, 5), (0, 1, 0)), (keys, receipts, left)
    if keys:
        return False
    with pytest.raises(NotFound):
        access_export(house, member)
    return True
