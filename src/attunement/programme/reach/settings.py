"""Whether, how and when a member wants to be reached."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import time

from sqlalchemy import Connection, select

from attunement.domain.channel import Channel
from attunement.domain.errors import ErrorCode, Invalid
from attunement.domain.reach_events import ReachChosen
from attunement.policy.timing import Reachable
from attunement.programme.house import House
from attunement.programme.members import Member
from attunement.store.schema import reach_settings
from attunement.store.store import Transaction

MOST_A_DAY = 5


@dataclass(frozen=True, slots=True)
class ReachSettings:
    """What a member chose; nobody is reached who never chose to be.

    Hours are by the clock where they are, and quiet from the first to the second, over midnight where it is later.
    ``channels`` are ways beside the page, which is always one.
    """

    on: bool = False
    channels: tuple[Channel, ...] = ()
    quiet_from: time = time(21)
    quiet_until: time = time(9)
    a_day: int = 1

    def reachable(self, member: Member) -> Reachable:
        """The same for the rules of timing."""
        return Reachable(self.on, member.time_zone, self.quiet_from, self.quiet_until, self.a_day)


def access_reach_settings(connection: Connection, member: str) -> ReachSettings:
    """What a member chose, or that they never did."""
    row = connection.execute(select(reach_settings).where(reach_settings.c.member == member)).first()
    if row is None:
        return ReachSettings()
    chosen = tuple(Channel(name) for name in row.channels.split(",") if name)
    return ReachSettings(
        row.on, chosen, time.fromisoformat(row.quiet_from), time.fromisoformat(row.quiet_until), row.a_day
    )


def do_set_reach(
    house: House, member: str, *, on: bool, channels: Collection[Channel] = (), quiet_from: time = time(21),
    quiet_until: time = time(9), a_day: int = 1,
) -> None:  # fmt: skip
    """Choose whether, how and when to be reached.

    Raises `Invalid` (``bad-input``) where the quiet hours have no length, or ``a_day`` is not from 1 to 5.
    """
    if quiet_from == quiet_until:
        raise Invalid(ErrorCode.BAD_INPUT, "Quiet hours must end at another time than they begin.")
    if not 1 <= a_day <= MOST_A_DAY:
        raise Invalid(ErrorCode.BAD_INPUT, "Choose how often: from 1 to {most} times a day.", most=MOST_A_DAY)
    kept = [channel for channel in Channel if channel in channels and channel is not Channel.PAGE]
    event = ReachChosen(
        at=house.clock(), on=on, channels=kept, quiet_from=quiet_from, quiet_until=quiet_until, a_day=a_day
    )
    with house.store.write() as transaction:
        transaction.append(event, member=member)


def do_stop_reaching(house: House, transaction: Transaction, member: str) -> None:
    """Never again, until they choose otherwise; the rest of what they chose is kept for then."""
    standing = access_reach_settings(transaction.connection, member)
    if not standing.on:
        return
    event = ReachChosen(
        at=house.clock(), on=False, channels=list(standing.channels), quiet_from=standing.quiet_from,
        quiet_until=standing.quiet_until, a_day=standing.a_day,
    )  # fmt: skip
    transaction.append(event, member=member)
