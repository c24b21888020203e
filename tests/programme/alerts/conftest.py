"""A programme with couriers that carry nothing further, a member, and people to tell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from attunement.delivery.courier import Message
from attunement.delivery.outbound import Outbound
from attunement.domain.channel import Channel
from attunement.programme.accounts import do_make_staff
from attunement.programme.alerts.staff import do_choose_staff_address
from attunement.programme.house import House
from attunement.programme.members import do_enrol
from attunement.programme.sessions import do_open_session


@dataclass
class Hand:
    """A courier that keeps what it is handed; ``down`` is what it fails with until that is None."""

    channel: Channel
    carried: list[tuple[Message, str]] = field(default_factory=list)
    down: Exception | None = None

    def carry(self, message: Message, address: str) -> None:
        if self.down is not None:
            raise self.down
        self.carried.append((message, address))


@dataclass
class Place:
    """A programme with Rosa, a member, and its people: Sam and Noor (supporters), and Stella (steward)."""

    house: House
    mail: Hand
    hook: Hand
    rosa: str
    sam: str
    noor: str
    stella: str

    def letters(self) -> list[str]:
        """To whom letters went, in order of address; what was seen is forgotten."""
        found = sorted(address for _, address in self.mail.carried)
        self.mail.carried.clear()
        return found

    def comes(self, account: str) -> None:
        """A supporter comes to work."""
        do_open_session(self.house, account, "supporter")


@pytest.fixture
def place(house: House) -> Place:
    """With a mail server, no application of its own, and a mail address for each of its people."""
    mail, hook = Hand(Channel.EMAIL), Hand(Channel.WEBHOOK)
    house = replace(house, outbound=Outbound("https://example.org", {Channel.EMAIL: mail}))
    staff = {}
    with house.store.write(alone=True) as transaction:
        for name, role in (("Sam", "supporter"), ("Noor", "supporter"), ("Stella", "steward")):
            staff[name] = do_make_staff(house, transaction, role, name, "secret").id  # type: ignore[arg-type]
    for name, account in staff.items():
        do_choose_staff_address(house, account, f"{name.lower()}@example.org")
    rosa = do_enrol(house, name="Rosa Quince", time_zone="Europe/Dublin")
    return Place(house, mail, hook, rosa, staff["Sam"], staff["Noor"], staff["Stella"])
