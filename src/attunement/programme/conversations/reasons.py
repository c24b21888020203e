"""Why a conversation is with people: what colleagues wrote when they passed it on, and why it was held for one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from attunement.domain.conversation import Speaker
from attunement.domain.conversation_events import ConversationGivenBack, ConversationTransferred, HumanAsked
from attunement.programme.conversations.conversation import access_as_supporter
from attunement.programme.house import House
from attunement.store.schema import accounts, turns

LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class HandedOn:
    """One reason why it is with people, and the line it is told by.

    Where a colleague passed it on, ``name`` is theirs and ``reason`` is what they wrote (``shift-over`` where their
    shift ended). Else ``name`` is empty, and ``reason`` is the code under which the programme held it: ``stepped-in``,
    ``companion-fault``, or the step of the companion's talk about danger (``imminent``).
    """

    line: int
    at: datetime
    name: str
    reason: str


def access_reasons(house: House, connection: Connection, supporter: str, conversation: str) -> list[HandedOn]:
    """The reasons since the companion had it last, newest first, for whoever has it, may take it or looks along.

    Raises `NotFound` for anybody else.
    """
    found = access_as_supporter(connection, supporter, conversation)
    notices = select(turns.c.logged).where(turns.c.conversation == found.id, turns.c.speaker == Speaker.NOTICE)
    places = connection.execute(notices.order_by(turns.c.line.desc()).limit(LOOKED_AT)).scalars().all()
    events = house.store.at(connection, found.member, places)
    names = {row.id: row.name for row in connection.execute(select(accounts.c.id, accounts.c.name))}
    reasons = []
    for event in (events[place].event for place in places if place in events):
        if isinstance(event, ConversationGivenBack):
            break
        if isinstance(event, ConversationTransferred | HumanAsked) and event.reason:
            name = names.get(event.supporter, "…") if isinstance(event, ConversationTransferred) else ""
            reasons.append(HandedOn(event.line, event.at, name, event.reason))
    return reasons
