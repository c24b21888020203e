"""What a supporter may take over now: what waits and is kept for nobody else, and what its supporter left behind."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, not_, or_, select

from attunement.domain.conversation import Owner
from attunement.domain.reading import SIGNS
from attunement.programme.conversations.duty import access_on_duty
from attunement.programme.house import House
from attunement.store.schema import conversations, shifts, turns

KEPT_FOR = timedelta(minutes=10)
LEFT_AFTER = timedelta(minutes=15)
_TALK = conversations.c


def is_left(now: datetime) -> ColumnElement[bool]:
    """Whether its supporter left a conversation: their shift is over for 15 minutes, and they wrote nothing since."""
    since = now - LEFT_AFTER
    there = select(shifts.c.account).where(shifts.c.until > since)
    writes = exists().where(
        turns.c.conversation == _TALK.id, turns.c.author == _TALK.supporter, turns.c.at > since
    )  # fmt: skip
    return and_(_TALK.owner == Owner.SUPPORTER, _TALK.supporter.not_in(there), ~writes)


def is_claimable(house: House, connection: Connection, supporter: str) -> ColumnElement[bool]:
    """Whether a supporter may take a conversation over.

    One that waits for a colleague by name is kept for them while they are on duty and have room, for ten minutes at
    most, and never where there were signs of danger in it: then whoever can may come.
    """
    now = house.clock()
    with_room = [one.account for one in access_on_duty(house, connection) if one.free and one.account != supporter]
    kept = and_(_TALK.person.in_(with_room), _TALK.risk.not_in(SIGNS), _TALK.waiting_since > now - KEPT_FOR)
    waits = and_(_TALK.owner == Owner.WAITING, or_(_TALK.person.is_(None), not_(kept)))
    return or_(waits, and_(is_left(now), _TALK.supporter != supporter))
