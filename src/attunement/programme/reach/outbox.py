"""Hands over what waits to be delivered: each once, again where it failed, and not when it is too late."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, or_, select

from attunement.delivery.courier import Gone, Message, NotNow
from attunement.domain.channel import Channel
from attunement.domain.errors import NotFound
from attunement.domain.reach_events import AddressDropped, DeliveryEnded
from attunement.policy.timing import is_quiet
from attunement.programme.house import House
from attunement.programme.members import access_member
from attunement.programme.reach.addresses import access_address
from attunement.programme.reach.care import access_care
from attunement.programme.reach.letters import Translate, confirmation, notice
from attunement.programme.reach.settings import access_reach_settings
from attunement.store.schema import decisions, deliveries, delivery_tries, reaches

# A claim outlasts the slowest courier: letters, for which delivery/mail.py allows BEGUN_S and then TAKEN_S.
CLAIMED, ONE_TURN = timedelta(minutes=2), timedelta(minutes=1)
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=30), timedelta(minutes=30)
OFFER_LASTS, LETTER_LASTS = timedelta(hours=3), timedelta(days=2)
AT_ONCE = 50
Ended = Literal["delivered", "too-late", "gone", "stopped"]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Due:
    """One delivery this process took on, and how often it was tried."""

    id: str
    member: str
    reach: str | None
    channel: Channel
    key: str
    at: datetime
    tries: int


def do_deliver(house: House, translate: Translate) -> int:
    """Try what is due now, channel by channel, in each member's language; returns how many were handed over.

    A delivery is taken on, for two minutes, just before it is tried, so that two processes never try the same; where
    one breaks off, another goes on. A message keeps its id through all tries, so whoever gets it twice (it arrived, and
    the answer was lost) can tell. Pauses double from half a minute to half an hour; an offer that is three hours old,
    or meets the quiet hours, is not sent any more, and still waits on the member's page. A channel that says "not now",
    or takes longer than a minute, has its turn again next time: it must not keep the others waiting.
    """
    return sum(_deliver_by(house, channel, translate) for channel in Channel)


def _deliver_by(house: House, channel: Channel, translate: Translate) -> int:
    """Try what is due on one channel, as long as it works and its minute lasts."""
    handed_over, until = 0, house.clock() + ONE_TURN
    for delivery, member in _waiting(house, channel):
        if house.clock() > until:
            break
        try:
            due = _take_on(house, delivery, member)
            handed_over += due is not None and _deliver(house, due, translate)
        except NotFound:  # erased meanwhile, and the delivery with them
            continue
        except NotNow:
            break
    return handed_over


def _waiting(house: House, channel: Channel) -> list[tuple[str, str]]:
    """What is due on a channel and whose it is: what was tried least first, then what waits longest."""
    query = (
        select(deliveries.c.id, deliveries.c.member)
        .outerjoin(delivery_tries, delivery_tries.c.delivery == deliveries.c.id)
        .where(deliveries.c.channel == channel, *_is_due(house.clock()))
        .order_by(func.coalesce(delivery_tries.c.tries, 0), deliveries.c.at).limit(AT_ONCE)
    )  # fmt: skip
    with house.store.read() as connection:
        return [(row.id, row.member) for row in connection.execute(query)]


def _is_due(now: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return deliveries.c.how.is_(None), or_(delivery_tries.c.next.is_(None), delivery_tries.c.next <= now)


def _take_on(house: House, delivery: str, member: str) -> _Due | None:
    """Keep others from trying a delivery for two minutes; None where one of them was first."""
    now = house.clock()
    query = (
        select(deliveries, delivery_tries.c.tries)
        .outerjoin(delivery_tries, delivery_tries.c.delivery == deliveries.c.id)
        .where(deliveries.c.id == delivery, *_is_due(now))
    )  # fmt: skip
    with house.store.write() as transaction:
        transaction.hold(member)
        row = transaction.connection.execute(query).first()
        if row is None:
            return None
        due = _due(row)
        _note(transaction.connection, due.id, due.tries + 1, now + CLAIMED, "under way")
    return due


def _due(row: Row[tuple[str, str, str, str, str, datetime, str, int | None]]) -> _Due:
    return _Due(row.id, row.member, row.reach, Channel(row.channel), row.key, row.at, row.tries or 0)


def _deliver(house: House, due: _Due, translate: Translate) -> bool:
    """Try one; whatever happens is written down, and no fault of ours stops the others.

    Raises `NotNow` where its channel said so, and `NotFound` where its member is gone.
    """
    try:
        with house.store.read() as connection:
            over = _over(house, connection, due)
            address = "" if due.channel is Channel.WEBHOOK else access_address(house, connection, due.member, due.key)
            if over is None and address is not None:
                message = _message(house, connection, due, translate)
        if over is not None or address is None:
            _end(house, due, over or "gone")
            return False
        house.outbound.couriers[due.channel].carry(message, address)
    except Gone as gone:
        _log.warning("one address of %s is given up: %s", due.channel, gone)
        _end(house, due, "gone")
        return False
    except NotNow as failure:
        _put_off(house, due, str(failure))
        raise
    except (ValueError, LookupError, ArithmeticError, TypeError) as error:  # a fault of ours must not stop the others
        _log.exception("a message could not be made or carried")
        _put_off(house, due, type(error).__name__)
        return False
    _end(house, due, "delivered")
    return True


def _message(house: House, connection: Connection, due: _Due, translate: Translate) -> Message:
    if due.reach is None:
        return confirmation(house, connection, due.member, due.id, due.key, translate)
    return notice(house, connection, due.member, due.id, due.reach, translate)


def _over(house: House, connection: Connection, due: _Due) -> Ended | None:
    """Why a delivery should not be tried any more, or None."""
    now = house.clock()
    if due.channel not in house.outbound.couriers:
        return "stopped"
    if due.reach is None:
        return "too-late" if now - due.at > LETTER_LASTS else None
    chosen = access_reach_settings(connection, due.member)
    if access_care(house, connection, due.member):
        return "stopped"
    if not chosen.on or due.channel not in chosen.channels or _is_answered(connection, due.reach):
        return "stopped"
    quiet = is_quiet(now, chosen.reachable(access_member(connection, due.member)))
    return "too-late" if quiet or now - due.at > OFFER_LASTS else None


def _is_answered(connection: Connection, reach: str) -> bool:
    """Whether an offer was opened or put off, or its decision was answered, wherever that was."""
    query = (
        select(func.coalesce(reaches.c.answer, decisions.c.answer))
        .outerjoin(decisions, decisions.c.id == reaches.c.decision).where(reaches.c.id == reach)
    )  # fmt: skip
    return connection.execute(query).scalar() is not None


def _end(house: House, due: _Due, how: Ended) -> None:
    tries = due.tries + (how in ("delivered", "gone"))
    with house.store.write() as transaction:
        transaction.hold(due.member)
        event = DeliveryEnded(at=house.clock(), delivery=due.id, how=how, tries=tries)
        transaction.append(event, member=due.member)
        if how == "gone" and due.key:
            transaction.append(AddressDropped(at=house.clock(), key=due.key, why="gone"), member=due.member)
        transaction.connection.execute(delete(delivery_tries).where(delivery_tries.c.delivery == due.id))


def _put_off(house: House, due: _Due, why: str) -> None:
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**due.tries)
    _log.warning("%s does not work just now (%s); tried again in %s", due.channel, why, pause)
    with house.store.write() as transaction:
        transaction.hold(due.member)
        _note(transaction.connection, due.id, due.tries + 1, house.clock() + pause, why)


def _note(connection: Connection, delivery: str, tries: int, next: datetime, why: str) -> None:
    connection.execute(delete(delivery_tries).where(delivery_tries.c.delivery == delivery))
    row = {"delivery": delivery, "tries": tries, "next": next, "why": why[:80]}
    connection.execute(insert(delivery_tries), row)
