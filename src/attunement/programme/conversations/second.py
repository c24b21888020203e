"""A second person: a supporter asks for one, a colleague looks along and writes them notes, and the member is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from attunement.domain.conversation import Owner
from attunement.domain.conversation_events import SecondPersonAsked, SecondPersonCame
from attunement.domain.errors import Conflict, ErrorCode
from attunement.domain.reading import RiskLevel
from attunement.programme.bell import QUEUE
from attunement.programme.conversations.conversation import (
    Conversation,
    find_conversation,
    held_as_supporter,
    let_second_go,
    opened_row,
    tell_in,
)
from attunement.programme.conversations.duty import access_supporter, lock_shift
from attunement.programme.house import House
from attunement.store.errors import not_the_owner
from attunement.store.schema import accounts, conversations

_TALK = conversations.c


@dataclass(frozen=True, slots=True)
class SecondWanted:
    """A colleague who would like a second person: who, since when, and how much danger was read. Nothing of the talk.

    ``conversation`` is which, to be answered by `do_look_along`; until then it cannot be read.
    """

    conversation: str
    name: str
    since: datetime
    risk: RiskLevel


def do_ask_second(house: House, supporter: str, conversation: str, *, asked: bool = True) -> Conversation:
    """Ask for a second person in one's own conversation, or no more; until one comes, or it changes hands.

    Asked for no more, whoever looks along does so no more. While one does, asking changes nothing.
    Raises `NotFound` (``unknown-conversation``), `Conflict` (``not-the-owner``) where it is not one's own.
    """
    with held_as_supporter(house, supporter, conversation) as (transaction, found):
        if not found.is_of(supporter):
            raise not_the_owner()
        if found.second is None:
            event = SecondPersonAsked(at=house.clock(), conversation=found.id, supporter=supporter, asked=asked)
            transaction.append(event, member=found.member)
            transaction.when_committed(lambda: house.bell.ring(QUEUE, found.id))
        elif not asked:
            let_second_go(house, transaction, found, "supporter")
        return find_conversation(transaction.connection, conversation)


def do_look_along(house: House, supporter: str, conversation: str) -> Conversation:
    """Be the second person in a colleague's conversation: read it, and write them notes; it stays theirs.

    The member is told by name. It ends when either ends it, when the conversation changes hands or ends, and when the
    shift of who looks along is over. It takes none of their room. Of two at once, one gets it.

    Raises `NotFound`, `Refused` for who is no supporter, `Conflict`: ``not-on-duty``; ``not-allowed`` where nobody asks
    for a second person in it, or not any more.
    """
    with house.store.read() as connection:
        member = find_conversation(connection, conversation).member
    with house.store.write() as transaction:
        connection = transaction.connection
        lock_shift(connection, supporter)
        transaction.hold(member)
        me = access_supporter(house, connection, supporter)
        found = find_conversation(connection, conversation)
        if found.second == supporter:
            return found
        if me.until is None:
            raise Conflict(ErrorCode.NOT_ON_DUTY, "You are not on duty. Say until when you are there, then look along.")
        if found.second_asked is None or found.supporter == supporter:
            raise Conflict(
                ErrorCode.NOT_ALLOWED, "Nobody asks for a second person there now: a colleague came, or it is over."
            )
        event = SecondPersonCame(
            at=house.clock(), conversation=found.id, line=1, epoch=1, supporter=supporter, name=me.name
        )
        tell_in(house, transaction, found, event, _TALK.second_asked.is_not(None))
        return find_conversation(connection, conversation)


def do_end_look_along(house: House, supporter: str, conversation: str) -> Conversation:
    """Look along no more; raises `NotFound`, or `Conflict` (``not-the-owner``), where they do not."""
    with held_as_supporter(house, supporter, conversation) as (transaction, found):
        if found.second != supporter:
            raise not_the_owner()
        let_second_go(house, transaction, found, "second")
        return find_conversation(transaction.connection, conversation)


def access_second_wanted(connection: Connection, supporter: str) -> list[SecondWanted]:
    """Colleagues of a supporter who would like a second person, those who asked first on top."""
    query = select(_TALK.id, accounts.c.name, _TALK.second_asked, _TALK.risk).join_from(
        conversations, accounts, accounts.c.id == _TALK.supporter
    ).where(_TALK.owner == Owner.SUPPORTER, _TALK.supporter != supporter, _TALK.second_asked.is_not(None))  # fmt: skip
    rows = connection.execute(query.order_by(_TALK.second_asked))
    return [SecondWanted(row.id, row.name, row.second_asked, RiskLevel(row.risk)) for row in rows]


def access_along(connection: Connection, supporter: str) -> list[Conversation]:
    """The conversations in which a supporter looks along."""
    query = select(conversations).where(_TALK.owner == Owner.SUPPORTER, _TALK.second == supporter)
    return [opened_row(row) for row in connection.execute(query.order_by(_TALK.id))]
