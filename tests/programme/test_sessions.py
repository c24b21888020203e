"""Signing in: sessions that last and end, and what happens to those who guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from tests.conftest import Clock

from attunement.domain.errors import Invalid, NotSignedIn, Throttled
from attunement.programme.accounts import do_set_up
from attunement.programme.house import House
from attunement.programme.sessions import LASTS, MOST_FAILURES, access_account, do_sign_in, do_sign_out
from attunement.programme.throttle import Throttle
from attunement.store.schema import failures, sessions

WORDS = "four words in a row"


@pytest.fixture(autouse=True)
def stella(house: House) -> str:
    """A steward's account."""
    return do_set_up(house, "Stella", WORDS).id


def test_a_session_ends_when_signed_out(house: House, stella: str) -> None:
    """The token opens the account until then, and never after; the database holds only its hash."""
    token = do_sign_in(house, "stella", WORDS)
    assert access_account(house, token).id == stella
    with house.store.read() as connection:
        assert token not in repr(connection.execute(select(sessions)).all())
    do_sign_out(house, token)
    with pytest.raises(NotSignedIn):
        access_account(house, token)


def test_a_session_in_use_lasts_on(house: House, clock: Clock) -> None:
    """Used every six hours a twelve-hour session goes on; left alone it ends."""
    token = do_sign_in(house, "Stella", WORDS)
    for _ in range(4):
        clock.forward(hours=6)
        access_account(house, token)
    clock.time += LASTS["steward"] + timedelta(seconds=1)
    with pytest.raises(NotSignedIn):
        access_account(house, token)


def test_a_wrong_name_and_a_wrong_passphrase_look_the_same(house: House) -> None:
    """Nothing in the error tells which of the two was wrong."""
    errors = []
    for name, words in (("Nobody", WORDS), ("Stella", "some other words"), ("Stella", "\ud800"), ("", "")):
        with pytest.raises(Invalid) as refused:
            do_sign_in(house, name, words)
        errors.append((refused.value.code, str(refused.value), refused.value.data))
    assert errors == [errors[0]] * 4


@pytest.mark.parametrize("name", ["Stella", "Nobody"])
def test_guessing_locks_a_name_for_a_quarter_of_an_hour(house: House, clock: Clock, name: str) -> None:
    """After ten failures even the right words wait, whether or not the name exists; a success wipes the count."""
    for number in range(MOST_FAILURES):
        with pytest.raises(Invalid):
            do_sign_in(house, name, "wrong words here", ip=str(number))
    with pytest.raises(Throttled) as locked:
        do_sign_in(house, name, WORDS, ip="else")
    assert (locked.value.code, locked.value.data["minutes"]) == ("locked-out", 15)
    clock.forward(minutes=15)
    if name == "Stella":
        do_sign_in(house, name, WORDS, ip="else")
        with house.store.read() as connection:
            assert connection.execute(select(failures)).all() == []


def test_one_address_cannot_try_for_ever(house: House) -> None:
    """Twenty tries a minute from one address, whatever the names; another address is not touched."""
    house = replace(house, throttle=Throttle(lambda: 0.0))  # twenty passphrases may take a slow machine past a minute
    for number in range(20):
        with pytest.raises(Invalid):
            do_sign_in(house, f"Name {number}", "wrong words here", ip="192.0.2.7")
    with pytest.raises(Throttled) as throttled:
        do_sign_in(house, "Stella", WORDS, ip="192.0.2.7")
    assert throttled.value.code == "too-many-tries"
    assert do_sign_in(house, "Stella", WORDS, ip="192.0.2.8")
