"""Asking for a second person: a supporter would like a colleague beside them, and colleagues see it in their queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from attunement.domain.conversation import Owner
from attunement.domain.conversation_events import SecondPersonAsked
from attunement.domain.reading import RiskLevel
from attunement.programme.bell import QUEUE
from attunement.programme.conversations.conversation import access_as_supporter
from attunement.programme.house import House
from attunement.store.errors import not_the_owner
from attunement.store.schema import accounts, conversations


@dataclass(frozen=True, slots=True)
class SecondWanted:
    """A colleague who would like a second person: who, since when, and how much danger was read. No talk."""

    name: str
    since: datetime
    risk: RiskLevel


def do_ask_second(house: House, supporter: str, conversation: str, *, asked: bool = True) -> None:
    """Ask for a second person in one's own conversation, or no more; until it changes hands.

    Raises `NotFound` (``unknown-conversation``), `Conflict` (``not-the-owner``) where it only waits.
    """
    with house.store.read() as connection:
        member = access_as_supporter(connection, supporter, conversation).member
    with house.store.write() as transaction:
        transaction.hold(member)
        found = access_as_supporter(transaction.connection, supporter, conversation)
        if found.owner is not Owner.SUPPORTER:
            raise not_the_owner()
        event = SecondPersonAsked(at=house.clock(), conversation=found.id, supporter=supporter, asked=asked)
        transaction.append(event, member=member)
        transaction.when_committed(lambda: house.bell.ring(QUEUE, found.id))


def access_second_wanted(connection: Connection, supporter: str) -> list[SecondWanted]:
    """Colleagues of a supporter who would like a second person, those who asked first on top."""
    cells = conversations.c
    query = select(accounts.c.name, cells.second_asked, cells.risk).join_from(
        conversations, accounts, accounts.c.id == cells.supporter
    ).where(cells.owner == Owner.SUPPORTER, cells.supporter != supporter, cells.second_asked.is_not(None))  # fmt: skip
    rows = connection.execute(query.order_by(cells.second_asked))
    return [SecondWanted(row.name, row.second_asked, RiskLevel(row.risk)) for row in rows]
