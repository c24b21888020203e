"""What a supporter may take over now: what waits and is kept for nobody else, and what its supporter left behind."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, exists, not_, or_, select

from attunement.domain.conversation import Owner, Speaker
from attunement.domain.reading import SIGNS
from attunement.programme.conversations.duty import access_on_duty
from attunement.programme.house import House
from attunement.store.schema import conversations, sessions, shifts, turns

KEPT_FOR = timedelta(minutes=10)
LEFT_AFTER = timedelta(minutes=15)
_TALK = conversations.c


def is_left(now: datetime) -> ColumnElement[bool]:
    """Whether its supporter left a conversation: they wrote nothing for 15 minutes, and are not there.

    They are not where their shift is over for so long, or where they did nothing on any page for so long while
    something their member wrote waits for an answer.
    """
    since = now - LEFT_AFTER
    on_shift = select(shifts.c.account).where(shifts.c.until > since)
    writes = exists().where(
        turns.c.conversation == _TALK.id, turns.c.author == _TALK.supporter, turns.c.at > since
    )  # fmt: skip
    gone = or_(_TALK.supporter.not_in(on_shift), and_(~_acts(since), _is_unanswered(since)))
    return and_(_TALK.owner == Owner.SUPPORTER, gone, ~writes)


def _acts(since: datetime) -> ColumnElement[bool]:
    """Whether its supporter did anything on a page since a time."""
    return exists().where(sessions.c.account == _TALK.supporter, sessions.c.acted > since)


def _is_unanswered(since: datetime) -> ColumnElement[bool]:
    """Whether a line of its member has waited since before a time, under the supporter it has had for as long."""
    said, answer, begun = turns.alias(), turns.alias(), turns.alias()
    answered = exists().where(
        answer.c.conversation == _TALK.id, answer.c.author == _TALK.supporter, answer.c.line > said.c.line,
        answer.c.speaker == Speaker.SUPPORTER,  # the notice that they took it over answers nothing
    )  # fmt: skip
    waits = exists().where(
        said.c.conversation == _TALK.id, said.c.speaker == Speaker.MEMBER, said.c.at <= since, ~answered
    )  # fmt: skip
    theirs = exists().where(
        begun.c.conversation == _TALK.id, begun.c.epoch == _TALK.epoch, begun.c.at <= since
    )  # fmt: skip
    return and_(waits, theirs)


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
