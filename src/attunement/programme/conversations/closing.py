"""Ending a conversation: by the member, by their supporter, or because the companion may not go on."""

from __future__ import annotations

from attunement.domain.conversation import Owner
from attunement.domain.conversation_events import ConversationClosed
from attunement.domain.reading import RiskLevel
from attunement.programme.conversations.asking import ask_for_consent
from attunement.programme.conversations.conversation import (
    Conversation,
    access_conversation,
    access_open_conversation,
    change_hands,
    held_as_supporter,
)
from attunement.programme.house import House
from attunement.store.schema import conversations
from attunement.store.store import Transaction


def do_close(house: House, member: str, conversation: str) -> Conversation:
    """A member ends their conversation, whoever owns it; one that has ended is as good. Raises `NotFound`."""
    with house.store.write() as transaction:
        transaction.hold(member)
        found = access_conversation(transaction.connection, member, conversation)
        if not found.is_open:
            return found
        event = ConversationClosed(at=house.clock(), conversation=found.id, line=1, epoch=1, by="member")
        return change_hands(house, transaction, found, event)


def do_close_as_supporter(house: House, supporter: str, conversation: str) -> Conversation:
    """A supporter ends a conversation that is theirs; raises `NotFound`, `Conflict` (``not-the-owner``)."""
    with held_as_supporter(house, supporter, conversation) as (transaction, found):
        event = ConversationClosed(
            at=house.clock(), conversation=found.id, line=1, epoch=1, by="supporter", supporter=supporter
        )
        cells = conversations.c
        theirs = (cells.owner == Owner.SUPPORTER, cells.supporter == supporter)
        return change_hands(house, transaction, found, event, *theirs)


def end_companion_talk(house: House, transaction: Transaction, member: str) -> None:
    """The member took back what the companion may know: it says no more, not even what it is thinking of right now.

    See `end_for_consent`. One that waits goes on waiting, and the companion is not called back in it. What is a
    supporter's goes on: they write with a person, and it ends when that person gives it back.
    """
    found = access_open_conversation(transaction.connection, member)
    if found is not None and found.owner is not Owner.SUPPORTER:
        end_for_consent(house, transaction, found)


def end_for_consent(house: House, transaction: Transaction, found: Conversation) -> Conversation:
    """The companion may not go on in a conversation: it ends with a notice, or waits for a person.

    That is where it waited already, or danger was read in it.
    """
    if found.owner is Owner.WAITING or found.risk.rank >= RiskLevel.INDIRECT.rank:
        return ask_for_consent(house, transaction, found)
    event = ConversationClosed(
        at=house.clock(), conversation=found.id, line=1, epoch=1, by="consent", supporter=found.supporter
    )
    return change_hands(house, transaction, found, event, conversations.c.owner == found.owner)
