"""Whether a member took back, while a talk went on, anything the companion may know: then it says no more in it."""

from __future__ import annotations

from sqlalchemy import Connection

from attunement.domain.consent import Category, Purpose
from attunement.domain.events import ConsentChanged
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.house import House


def access_taken_back(house: House, connection: Connection, conversation: Conversation) -> bool:
    """Whether they did since it was opened, also where they allowed it again: in another talk it may.

    A no from who never said yes takes nothing back.
    """
    allowed: set[Category] = set()
    for logged in house.store.events(connection, member=conversation.member, kinds=(ConsentChanged.kind,)):
        change = logged.event
        if not isinstance(change, ConsentChanged) or change.purpose is not Purpose.COMPANION:
            continue
        if change.granted:
            allowed.add(change.category)
        elif change.category in allowed and change.at >= conversation.opened:
            return True
    return False
