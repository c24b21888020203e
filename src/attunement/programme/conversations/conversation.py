"""A conversation as it stands: who owns it, and whose it is to look at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, bindparam, select, update

from attunement.domain.conversation import Owner
from attunement.domain.conversation_events import SecondPersonLeft, Wanted
from attunement.domain.errors import ErrorCode, NotFound
from attunement.domain.ids import is_id
from attunement.domain.reading import RiskLevel
from attunement.programme.bell import ANSWERS, QUEUE
from attunement.programme.house import House
from attunement.store.conversation_projections import Moved, Told
from attunement.store.errors import not_the_owner
from attunement.store.schema import accounts, conversations
from attunement.store.store import Transaction

_ONE = select(conversations).where(conversations.c.id == bindparam("conversation"))  # built once: asked all the time
_OPEN = select(conversations).where(
    conversations.c.member == bindparam("member"), conversations.c.owner != Owner.CLOSED
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation.

    ``supporter`` is whose it is, or was when it closed. ``asked_by`` is on whose word it waits for a person (member,
    companion, safety, consent, supporter, time). ``risk`` is the highest danger read in it. ``last_line`` counts its
    lines, ``answered`` is the last that the companion had read when it spoke, ``epoch`` how often it changed hands;
    ``second_asked`` is since when its supporter would like a second person, ``second`` the colleague who looks along.
    ``noted`` is when the newest note on it was written.
    """

    id: str
    member: str
    owner: Owner
    epoch: int
    supporter: str | None
    asked_by: str | None
    wanted: Wanted
    language: str
    risk: RiskLevel
    opened: datetime
    waiting_since: datetime | None
    closed: datetime | None
    last_at: datetime
    last_line: int
    answered: int
    second_asked: datetime | None = None
    second: str | None = None
    noted: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether anything can still be said in it."""
        return self.owner is not Owner.CLOSED

    def is_of(self, supporter: str) -> bool:
        """Whether this supporter may answer in it now."""
        return self.owner is Owner.SUPPORTER and self.supporter == supporter


def access_conversation(connection: Connection, member: str, conversation: str) -> Conversation:
    """A member's own conversation; raises `NotFound` (``unknown-conversation``)."""
    found = find_conversation(connection, conversation)
    if found.member != member:
        raise unknown_conversation()
    return found


def access_as_supporter(connection: Connection, supporter: str, conversation: str) -> Conversation:
    """One that waits for a person, is the supporter's own, or in which they look along.

    Any other is as unknown as one that never was. Who may read may not always write: `Conversation.is_of` tells.
    """
    found = find_conversation(connection, conversation)
    theirs = found.is_of(supporter) or found.second == supporter
    if not theirs and found.owner is not Owner.WAITING:
        raise unknown_conversation()
    return found


def access_conversations(connection: Connection, member: str, *, limit: int = 50) -> list[Conversation]:
    """A member's conversations, newest first."""
    query = select(conversations).where(conversations.c.member == member)
    rows = connection.execute(query.order_by(conversations.c.seq.desc()).limit(limit))
    return [opened_row(row) for row in rows]


def access_open_conversation(connection: Connection, member: str) -> Conversation | None:
    """The conversation a member is in; there is one at most."""
    row = connection.execute(_OPEN, {"member": member}).first()
    return None if row is None else opened_row(row)


def find_conversation(connection: Connection, conversation: str) -> Conversation:
    """Any conversation, for use cases that check themselves who may; raises `NotFound` (``unknown-conversation``)."""
    row = connection.execute(_ONE, {"conversation": conversation}).first() if is_id(conversation) else None
    if row is None:
        raise unknown_conversation()
    return opened_row(row)


def take_line(transaction: Transaction, conversation: Conversation, *only_if: ColumnElement[bool]) -> Any:
    """Take the next line of a conversation, only where the conditions hold at this very moment, else None.

    Other writes in the conversation wait until this transaction ends. Gives ``last_line`` and ``epoch``.
    """
    cells = conversations.c
    return transaction.connection.execute(
        update(conversations).where(cells.id == conversation.id, *only_if)
        .values(last_line=cells.last_line + 1).returning(cells.last_line, cells.epoch)
    ).first()  # fmt: skip


def change_hands(
    house: House, transaction: Transaction, conversation: Conversation, event: Moved, *only_if: ColumnElement[bool]
) -> Conversation:
    """Write a change of hands, whose line and epoch are filled in, where nothing changed since it was looked at.

    Whoever looks along does so no more, and the member is told first. Raises `Conflict` (``not-the-owner``) where
    something changed.
    """
    let_second_go(house, transaction, conversation, "hands", *only_if)
    taken = take_line(transaction, conversation, conversations.c.epoch == conversation.epoch, *only_if)
    if taken is None:
        raise not_the_owner()
    event = event.model_copy(update={"line": taken.last_line, "epoch": taken.epoch + 1})
    transaction.append(event, member=conversation.member)
    announce(house, transaction, conversation.id, queue=True)
    return find_conversation(transaction.connection, conversation.id)


def tell_in(
    house: House, transaction: Transaction, conversation: Conversation, event: Told, *only_if: ColumnElement[bool]
) -> None:
    """Write a notice by which nothing changes hands, as `change_hands` writes those by which it does; raises alike."""
    taken = take_line(transaction, conversation, conversations.c.epoch == conversation.epoch, *only_if)
    if taken is None:
        raise not_the_owner()
    event = event.model_copy(update={"line": taken.last_line, "epoch": taken.epoch})
    transaction.append(event, member=conversation.member)
    announce(house, transaction, conversation.id, queue=True)


def let_second_go(
    house: House, transaction: Transaction, conversation: Conversation,
    by: Literal["second", "supporter", "hands", "time"], *only_if: ColumnElement[bool],
) -> None:  # fmt: skip
    """Whoever looks along does so no more, and the member is told; nothing where nobody does."""
    if conversation.second is None:
        return
    name = transaction.connection.execute(select(accounts.c.name).where(accounts.c.id == conversation.second)).scalar()
    event = SecondPersonLeft(
        at=house.clock(), conversation=conversation.id, line=1, epoch=1, supporter=conversation.second,
        name=name or "…", by=by,
    )  # fmt: skip
    tell_in(house, transaction, conversation, event, *only_if)


def announce(house: House, transaction: Transaction, conversation: str, *, queue: bool = False) -> None:
    """Once it is written, wake those who follow the conversation or the queue, and the companion."""
    about = (conversation, QUEUE, ANSWERS) if queue else (conversation, ANSWERS)
    transaction.when_committed(lambda: house.bell.ring(*about))


@contextmanager
def held_as_supporter(house: House, supporter: str, conversation: str) -> Iterator[tuple[Transaction, Conversation]]:
    """A write that holds the member of a conversation, and the conversation as it is while nothing can change.

    Raises `NotFound` where `access_as_supporter` does.
    """
    with house.store.read() as connection:
        member = access_as_supporter(connection, supporter, conversation).member
    with house.store.write() as transaction:
        transaction.hold(member)
        yield transaction, access_as_supporter(transaction.connection, supporter, conversation)


def unknown_conversation() -> NotFound:
    """The error for a conversation that is not there, or is not the asker's to see."""
    return NotFound(ErrorCode.UNKNOWN_CONVERSATION, "There is no such conversation, or it is not yours to see.")


def opened_row(row: Any) -> Conversation:
    """A row of the table as a value."""
    return Conversation(
        id=row.id, member=row.member, owner=Owner(row.owner), epoch=row.epoch, supporter=row.supporter,
        asked_by=row.asked_by, wanted=Wanted(person=row.person, team=row.team, skill=row.skill),
        language=row.language, risk=RiskLevel(row.risk), opened=row.opened, waiting_since=row.waiting_since,
        closed=row.closed, last_at=row.last_at, last_line=row.last_line, answered=row.answered,
        second_asked=row.second_asked, second=row.second, noted=row.noted,
    )  # fmt: skip
