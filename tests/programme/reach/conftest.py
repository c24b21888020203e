"""A programme with couriers that carry nothing further, and members who want to be reached."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from attunement.delivery.courier import Message
from attunement.delivery.outbound import Outbound
from attunement.domain.channel import Channel
from attunement.programme.consents import do_set_consent
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.reach.settings import do_set_reach


@dataclass
class Hand:
    """A courier that keeps what it is handed, and fails as it is told to: ``fails`` holds the next failures."""

    channel: Channel
    carried: list[tuple[Message, str]] = field(default_factory=list)
    fails: list[Exception] = field(default_factory=list)

    def carry(self, message: Message, address: str) -> None:
        if self.fails:
            raise self.fails.pop(0)
        self.carried.append((message, address))


@pytest.fixture
def mail() -> Hand:
    """The courier of letters."""
    return Hand(Channel.EMAIL)


@pytest.fixture
def hook() -> Hand:
    """The courier to the programme's own application."""
    return Hand(Channel.WEBHOOK)


@pytest.fixture
def outgoing(house: House, mail: Hand, hook: Hand) -> House:
    """The programme with both couriers."""
    couriers = {Channel.EMAIL: mail, Channel.WEBHOOK: hook}
    return replace(house, outbound=Outbound("https://example.org", couriers))


@pytest.fixture
def willing(outgoing: House) -> Callable[..., str]:
    """Enrols a member who allows everything and may be reached by the programme's application."""

    def enrol(name: str = "Rosa", **chosen: object) -> str:
        member = do_enrol(outgoing, name=name, time_zone="Europe/Dublin")
        do_set_consent(outgoing, member, outgoing.wording.asked)
        settings = {"on": True, "channels": [Channel.WEBHOOK], "a_day": 2, **chosen}
        do_set_reach(outgoing, member, **settings)  # type: ignore[arg-type]
        return member

    return enrol
