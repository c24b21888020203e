"""Hands over what waits to be delivered: each once, again where it failed, and not when it is too late."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, Row, delete, insert, or_, select

from attunement.delivery.courier import Gone, Message, NotNow
from attunement.domain.channel import Channel
from attunement.domain.errors import NotFound
from attunement.domain.reach_events import AddressDropped, DeliveryEnded
from attunement.policy.timing import is_quiet
from attunement.programme.house import House
from attunement.programme.members import access_member
from attunement.programme.reach.addresses import access_address
from attunement.programme.reach.letters import Translate, confirmation, notice
from attunement.programme.reach.settings import access_reach_settings
from attunement.store.schema import deliveries, delivery_tries, reaches

CLAIMED = timedelta(minutes=2)
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
    """Try all that is due now, in each member's language; returns how many were handed over.

    A delivery is taken on for two minutes before it is tried, so that two processes never try the same; where one
    breaks off, another goes on. A message keeps its id through all tries, so whoever gets it twice (it arrived, and
    the answer was lost) can tell. Pauses double from half a minute to half an hour; an offer that is three hours old,
    or meets the quiet hours, is not sent any more, and still waits on the member's page.
    """
    return sum(_deliver(house, due, translate) for due in _claim(house))


def _claim(house: House) -> list[_Due]:
    now = house.clock()
    query = (
        select(deliveries, delivery_tries.c.tries)
        .outerjoin(delivery_tries, delivery_tries.c.delivery == deliveries.c.id)
        .where(deliveries.c.how.is_(None), or_(delivery_tries.c.next.is_(None), delivery_tries.c.next <= now))
        .order_by(deliveries.c.at).limit(AT_ONCE)
    )  # fmt: skip
    with house.store.read() as connection:
        if connection.execute(query).first() is None:
            return []
    with house.store.write(alone=True) as transaction:
        due = [_due(row) for row in transaction.connection.execute(query)]
        for one in due:
            _note(transaction.connection, one.id, one.tries + 1, now + CLAIMED, "under way")
    return due


def _due(row: Row[tuple[str, str, str, str, str, datetime, str, int | None]]) -> _Due:
    return _Due(row.id, row.member, row.reach, Channel(row.channel), row.key, row.at, row.tries or 0)


def _deliver(house: House, due: _Due, translate: Translate) -> bool:
    """Try one; whatever happens is written down, and nothing of it stops the others."""
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
    except NotFound:  # erased meanwhile, and the delivery with them
        return False
    except Gone as gone:
        _log.warning("one address of %s is given up: %s", due.channel, gone)
        _end(house, due, "gone")
        return False
    except NotNow as failure:
        _put_off(house, due, str(failure))
        return False
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
    answer = connection.execute(select(reaches.c.answer).where(reaches.c.id == due.reach)).scalar()
    if not chosen.on or due.channel not in chosen.channels or answer is not None:
        return "stopped"
    quiet = is_quiet(now, chosen.reachable(access_member(connection, due.member)))
    return "too-late" if quiet or now - due.at > OFFER_LASTS else None


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
