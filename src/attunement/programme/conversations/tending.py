"""Talks in which nothing happens: one that fell silent ends, one that was left finds a person, a long wait is told."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from sqlalchemy import Row, Select, and_, exists, func, or_, select

from attunement.domain.conversation import Owner, Speaker
from attunement.domain.conversation_events import ConversationClosed, ConversationTransferred, StillWaiting
from attunement.domain.errors import Conflict, ErrorCode, NotFound, StoreError
from attunement.domain.reading import SIGNS
from attunement.programme.conversations.answering import IS_OWED
from attunement.programme.conversations.asking import raise_standing_danger
from attunement.programme.conversations.claimable import LEFT_AFTER, is_left
from attunement.programme.conversations.conversation import (
    Conversation,
    change_hands,
    let_second_go,
    opened_row,
    tell_in,
)
from attunement.programme.conversations.waiting import access_expectation
from attunement.programme.house import House
from attunement.programme.recurring import Recurring
from attunement.reading.history import REMEMBERED
from attunement.store.schema import alerts, conversations, shifts, turns
from attunement.store.store import Transaction

_log = logging.getLogger(__name__)
EVERY_S = 30.0
MOST = 100
QUIET = timedelta(hours=24)
FIRST_TOLD, TOLD_AGAIN = timedelta(minutes=30), timedelta(hours=24)
HEARD_AFTER, HEARD_AGAIN = timedelta(seconds=30), timedelta(minutes=3)
"""Where nobody is on duty, who writes on while they wait is told so, this long after, and so often at most."""
_TALK = conversations.c
_NO_ONES_FAULT = (  # the database itself, and not one talk: the next round finds out whether it is well again
    ErrorCode.STORE_BUSY, ErrorCode.STORE_FULL, ErrorCode.STORE_READ_ONLY, ErrorCode.STORE_UNREACHABLE
)  # fmt: skip


def do_end_quiet(house: House) -> int:
    """End the companion's talks in which nothing was said for 24 hours; returns how many.

    Never one in which the companion still owes an answer, one about which an alert is open, or one in which signs of
    danger were read within 72 hours: as long as those count, the talk they count in stays.
    """
    now = house.clock()
    signs = exists().where(
        turns.c.conversation == _TALK.id, turns.c.risk.in_(SIGNS), turns.c.at > now - REMEMBERED
    )  # fmt: skip
    alerted = exists().where(alerts.c.conversation == _TALK.id, alerts.c.closed.is_(None))
    quiet = select(conversations).where(
        _TALK.owner == Owner.COMPANION, _TALK.last_at <= now - QUIET, ~IS_OWED, ~signs, ~alerted
    )  # fmt: skip

    def end(transaction: Transaction, talk: Conversation) -> None:
        event = ConversationClosed(at=now, conversation=talk.id, line=1, epoch=1, by="time")
        change_hands(house, transaction, talk, event, _TALK.owner == Owner.COMPANION)

    return _each(house, quiet, end)


def do_bring_back_left(house: House) -> int:
    """Bring back to the queue what a supporter left (`is_left`): their shift is over, or they vanished during it.

    Returns how many. The member is told that it waits for a colleague.
    """
    left = select(conversations).where(is_left(house.clock()))

    def bring_back(transaction: Transaction, talk: Conversation) -> None:
        event = ConversationTransferred(
            at=house.clock(), conversation=talk.id, line=1, epoch=1, supporter=talk.supporter or "", by="time",
            told=access_expectation(house, transaction.connection).told,
        )  # fmt: skip
        now = change_hands(house, transaction, talk, event, _TALK.owner == Owner.SUPPORTER)
        raise_standing_danger(house, transaction, now)

    return _each(house, left, bring_back)


def do_tell_still_waiting(house: House) -> int:
    """Tell whoever waits for long that nobody has come yet; returns how many were told.

    First after half an hour, or after what nine in ten waited lately where that is more, then once a day; who writes on
    while nobody is on duty is not left in silence either. How often it was told is read from the notices written since
    the conversation last changed hands. What waits is never ended.
    """
    with house.store.read() as connection:
        expected = access_expectation(house, connection)
    now, first = house.clock(), max(FIRST_TOLD, timedelta(minutes=expected.most_min or 0))
    notices = (
        turns.c.conversation == _TALK.id, turns.c.epoch == _TALK.epoch, turns.c.speaker == Speaker.NOTICE
    )  # fmt: skip
    last = select(func.max(turns.c.at)).where(*notices).scalar_subquery()
    times = select(func.count()).select_from(turns).where(*notices).scalar_subquery()
    said = turns.alias()
    wrote = exists().where(
        said.c.conversation == _TALK.id, said.c.speaker == Speaker.MEMBER,
        said.c.line > select(func.max(turns.c.line)).where(*notices).scalar_subquery(), said.c.at <= now - HEARD_AFTER,
    )  # fmt: skip
    due = [last <= now - TOLD_AGAIN, and_(times == 1, last <= now - first)]
    if not expected.told.on_duty:
        due.append(and_(last <= now - HEARD_AGAIN, wrote))
    waits = select(conversations).where(_TALK.owner == Owner.WAITING, or_(*due))

    def tell(transaction: Transaction, talk: Conversation) -> None:
        event = StillWaiting(at=now, conversation=talk.id, line=1, epoch=1, told=expected.told)
        tell_in(house, transaction, talk, event, _TALK.owner == Owner.WAITING)

    return _each(house, waits, tell)


def do_let_seconds_go(house: House) -> int:
    """End the looking along of those whose shift is over for 15 minutes; returns of how many."""
    there = select(shifts.c.account).where(shifts.c.until > house.clock() - LEFT_AFTER)
    over = select(conversations).where(_TALK.owner == Owner.SUPPORTER, _TALK.second.not_in(there))

    def let_go(transaction: Transaction, talk: Conversation) -> None:
        let_second_go(house, transaction, talk, "time")

    return _each(house, over, let_go)


def _each(house: House, wanted: Select[Any], do: Callable[[Transaction, Conversation], None]) -> int:
    """Do it in each conversation the query finds, in a transaction of its own, where the query finds it there still.

    So of several processes one does it, and nothing that happened meanwhile is passed over. A fault of ours in one is
    logged and keeps nobody else waiting.
    """
    with house.store.read() as connection:
        found = connection.execute(wanted.order_by(_TALK.last_at).limit(MOST)).all()
    return sum(_apart(partial(_once, house, wanted, row, do), f"the talk {row.id}") for row in found)


def _once(house: House, wanted: Select[Any], row: Row[Any], do: Callable[[Transaction, Conversation], None]) -> int:
    try:
        with house.store.write() as transaction:
            transaction.hold(row.member)
            still = transaction.connection.execute(wanted.where(_TALK.id == row.id)).first()
            if still is None:
                return 0
            do(transaction, opened_row(still))
    except (NotFound, Conflict):  # erased, or in other hands, meanwhile
        return 0
    return 1


def _apart(work: Callable[[], int], what: str) -> int:
    """Do it; a fault of ours is logged and counts as nothing done, so that what comes after it is done all the same."""
    try:
        return work()
    except Exception as error:
        if isinstance(error, StoreError) and error.code in _NO_ONES_FAULT:
            raise
        _log.exception("Tending stumbled over %s", what)
        return 0


class Tender(Recurring):
    """Does all four every half minute in a thread of the server. Several may run."""

    def __init__(self, house: House) -> None:
        super().__init__("attunement-talks", every_s=EVERY_S)
        self._house = house

    def round(self, number: int) -> None:
        """What was left comes first: somebody may sit there and write to nobody."""
        for work in (do_bring_back_left, do_let_seconds_go, do_tell_still_waiting, do_end_quiet):
            _apart(partial(work, self._house), work.__name__)
