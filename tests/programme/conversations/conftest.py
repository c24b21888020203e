"""A member who talks, and supporters on duty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from attunement.programme.accounts import do_make_staff
from attunement.programme.conversations.asking import do_open
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import do_describe_supporter, do_go_on_duty
from attunement.programme.house import House
from attunement.programme.members import do_enrol

MakeSupporter = Callable[..., str]


@pytest.fixture
def member(house: House) -> str:
    """Somebody who joined."""
    return do_enrol(house, name="Rosa")


@pytest.fixture
def talk(house: House, member: str) -> Conversation:
    """Their conversation with the companion."""
    return do_open(house, member)


@pytest.fixture
def make_supporter(house: House) -> MakeSupporter:
    """Makes supporters, on duty for eight hours unless told otherwise; gives their account."""

    def make(name: str = "Noor", *, on_duty: bool = True, **described: object) -> str:
        with house.store.write() as transaction:
            account = do_make_staff(house, transaction, "supporter", name, "x").id
        if described:
            do_describe_supporter(house, account, **described)
        if on_duty:
            do_go_on_duty(house, account, house.clock() + timedelta(hours=8))
        return account

    return make


@pytest.fixture
def noor(make_supporter: MakeSupporter) -> str:
    """A supporter on duty."""
    return make_supporter("Noor")


@pytest.fixture
def ida(make_supporter: MakeSupporter) -> str:
    """Her colleague, on duty as well."""
    return make_supporter("Ida")
