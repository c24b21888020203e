"""A request sent twice is done once, however it comes twice."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import func, select
from tests.conftest import Clock

from attunement.domain.errors import Conflict
from attunement.programme.api_keys import access_api_key, access_api_keys, do_make_api_key, do_revoke_api_key
from attunement.programme.erasure import do_erase
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.requests import SentOnce, do_once
from attunement.store.schema import members, requests


def _sent(key: str = "k", digest: str = "d", member: str | None = None, caller: str = "c") -> SentOnce:
    return SentOnce(caller, key, digest, member, 201)


def _enrol(house: House) -> Callable[[], bytes]:
    return lambda: do_enrol(house).encode()


def _members(house: House) -> int:
    with house.store.read() as connection:
        return int(connection.execute(select(func.count()).select_from(members)).scalar_one())


def test_the_second_time_only_the_answer_comes(house: House) -> None:
    """Same caller, key and request: one member, one answer; another caller's equal key is another request."""
    first = do_once(house, _sent(), _enrol(house))
    assert do_once(house, _sent(), _enrol(house)) == first
    assert do_once(house, _sent(caller="e"), _enrol(house)) != first
    assert _members(house) == 2


def test_a_key_is_for_one_request(house: House) -> None:
    """The same key for something else is refused and does nothing."""
    do_once(house, _sent(), _enrol(house))
    with pytest.raises(Conflict) as refused:
        do_once(house, _sent(digest="other"), _enrol(house))
    assert (refused.value.code, _members(house)) == ("idempotency-mismatch", 1)


def test_what_fails_can_be_sent_again(house: House) -> None:
    """A failure leaves neither the work nor the key behind."""

    def fails() -> bytes:
        do_enrol(house)
        raise RuntimeError("in the middle")

    with pytest.raises(RuntimeError):
        do_once(house, _sent(), fails)
    assert _members(house) == 0
    do_once(house, _sent(), _enrol(house))
    assert _members(house) == 1


def test_two_at_the_same_time_are_one(house: House) -> None:
    """Eight threads with one key get one answer between them."""
    answers: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: answers.append(do_once(house, _sent(), _enrol(house)))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(answers), len(set(answers)), _members(house)) == (8, 1, 1)


def test_answers_are_sealed_and_forgotten(house: House, clock: Clock) -> None:
    """An answer is not readable in the table, is gone after a day, and goes with the member it is about."""
    member = do_enrol(house)
    do_once(house, _sent("a", member=member), lambda: b"how Rosa felt")
    with house.store.read() as connection:
        assert b"Rosa" not in connection.execute(select(requests.c.answer)).scalar_one()
    do_erase(house, member)
    with house.store.read() as connection:
        assert connection.execute(select(requests)).all() == []
    do_once(house, _sent("b"), lambda: b"1")
    clock.forward(hours=24)
    assert do_once(house, _sent("b"), lambda: b"2") == b"2"


def test_a_revoked_key_is_unknown(house: House) -> None:
    """An API key is known by its hash, until it is revoked."""
    made = do_make_api_key(house, "Our app")
    with house.store.read() as connection:
        assert access_api_key(house, connection, made.key) == made.id
        assert access_api_key(house, connection, made.key[:-1]) is None
        assert access_api_key(house, connection, made.id) is None
    do_revoke_api_key(house, made.id)
    with house.store.read() as connection:
        assert access_api_key(house, connection, made.key) is None
    assert access_api_keys(house) == []
