"""What stewards see of reaching out: counts of a week, never one person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, func, select

from attunement.domain.channel import Channel
from attunement.programme.house import House
from attunement.store.schema import decisions, deliveries, delivery_tries, reach_settings, reaches

WEEK = timedelta(days=7)
TROUBLE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ChannelReport:
    """One channel in a week: how many were delivered, given up as too late, and wait now.

    ``trouble`` tells why the oldest waits, where that is more than a quarter of an hour.
    """

    channel: Channel
    delivered: int
    too_late: int
    waiting: int
    trouble: str | None


@dataclass(frozen=True, slots=True)
class ReachReport:
    """A week of reaching out: who wants it, how often it was done and taken up, and why at other moments not.

    ``held`` counts reasons as they are written down: one that stays the same from hour to hour is written once.
    """

    on: int
    sent: int
    taken: int
    held: Mapping[str, int]
    channels: tuple[ChannelReport, ...]


def access_reach_report(house: House) -> ReachReport:
    """Count the last seven days."""
    since = house.clock() - WEEK
    with house.store.read() as connection:
        on = select(func.count()).select_from(reach_settings).where(reach_settings.c.on)
        weighed = connection.execute(
            select(reaches.c.held, func.count()).where(reaches.c.at > since).group_by(reaches.c.held)
        )
        held = Counter({reason or "": n for reason, n in weighed})
        sent = held.pop("", 0)
        taken = (
            select(func.count()).select_from(reaches).join(decisions, decisions.c.id == reaches.c.decision)
            .where(reaches.c.at > since, decisions.c.answer.in_(("started", "done")))
        )  # fmt: skip
        channels = tuple(_channel(house, connection, one) for one in house.outbound.channels if one is not Channel.PAGE)
        return ReachReport(
            int(connection.execute(on).scalar_one()), sent, int(connection.execute(taken).scalar_one()), held, channels
        )


def _channel(house: House, connection: Connection, channel: Channel) -> ChannelReport:
    now = house.clock()
    ended = select(deliveries.c.how, func.count().label("n")).where(
        deliveries.c.channel == channel, deliveries.c.at > now - WEEK
    )
    by = {row.how: row.n for row in connection.execute(ended.group_by(deliveries.c.how))}
    oldest = (
        select(deliveries.c.at, delivery_tries.c.why)
        .join(delivery_tries, delivery_tries.c.delivery == deliveries.c.id)
        .where(deliveries.c.channel == channel, deliveries.c.how.is_(None)).order_by(deliveries.c.at).limit(1)
    )  # fmt: skip
    row = connection.execute(oldest).first()
    trouble = row.why if row is not None and now - row.at > TROUBLE else None
    return ChannelReport(channel, by.get("delivered", 0), by.get("too-late", 0), by.get(None, 0), trouble)
