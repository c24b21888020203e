"""When a supporter should take a breath: after a hard talk left their hands, however it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, exists, not_, select, update

from attunement.domain.conversation import Owner
from attunement.domain.reading import RiskLevel
from attunement.programme.house import House
from attunement.store.schema import conversations, shifts, turns

DEBRIEF_WITHIN = timedelta(hours=24)
CLAIMED_WITHIN = timedelta(hours=48)
LONG_TALK = timedelta(hours=1)
_TALK = conversations.c


@dataclass(frozen=True, slots=True)
class Debrief:
    """A talk after which to take a breath and talk to a colleague; ``reason`` is ``danger`` or ``long``.

    ``ended`` is when it left their hands.
    """

    conversation: str
    ended: datetime
    reason: str


def access_debrief(house: House, connection: Connection, account: str) -> Debrief | None:
    """The newest hard talk that left a supporter's hands within a day and was not talked over yet, or None.

    Hard is one with signs of danger in it, or of more than an hour in their hands. It was theirs where they ended it,
    or wrote in it before it was passed on, given back, ended by the member, or left at the end of a shift; the talks
    that somebody took over within two days are looked at.
    """
    now = house.clock()
    debriefed = connection.execute(select(shifts.c.debriefed).where(shifts.c.account == account)).scalar()
    since = max(debriefed or now - DEBRIEF_WITHIN, now - DEBRIEF_WITHIN)
    found = [*_ended(connection, account, since), *_handed_on(connection, account, now)]
    return max((one for one in found if one.ended > since), key=lambda one: one.ended, default=None)


def do_debrief(house: House, account: str) -> None:
    """Say that it was talked over, or that there is no need."""
    with house.store.write() as transaction:
        now = house.clock()
        transaction.connection.execute(update(shifts).where(shifts.c.account == account).values(debriefed=now))


def _ended(connection: Connection, account: str, since: datetime) -> Iterator[Debrief]:
    theirs = (_TALK.supporter == account, _TALK.owner == Owner.CLOSED, _TALK.closed > since)
    for row in connection.execute(select(conversations).where(*theirs)):
        danger = RiskLevel(row.risk).rank >= RiskLevel.INDIRECT.rank
        yield from _hard(row.id, row.claimed, row.closed, danger=danger)


def _handed_on(connection: Connection, account: str, now: datetime) -> Iterator[Debrief]:
    """Of talks in which they wrote, and which are not theirs now."""
    wrote = exists().where(turns.c.conversation == _TALK.id, turns.c.author == account)
    theirs = and_(_TALK.owner == Owner.SUPPORTER, _TALK.supporter == account)
    query = select(_TALK.id).where(_TALK.claimed > now - CLAIMED_WITHIN, wrote, not_(theirs))
    for conversation in connection.execute(query).scalars().all():
        said = select(turns).where(turns.c.conversation == conversation).order_by(turns.c.line)
        yield from _while_theirs(conversation, connection.execute(said).all(), account)


def _while_theirs(conversation: str, said: Sequence[Any], account: str) -> Iterator[Debrief]:
    """What they had in their hands last: from the notice that began their epoch to that which began the next."""
    theirs = max(row.epoch for row in said if row.author == account)
    claimed = next((row.at for row in said if row.epoch == theirs), None)
    left = next((row for row in said if row.epoch > theirs), None)
    if left is not None:
        levels = [RiskLevel(row.risk) for row in said if row.risk is not None and row.line < left.line]
        danger = any(level.rank >= RiskLevel.INDIRECT.rank for level in levels)
        yield from _hard(conversation, claimed, left.at, danger=danger)


def _hard(conversation: str, claimed: datetime | None, left: datetime, *, danger: bool) -> Iterator[Debrief]:
    if danger:
        yield Debrief(conversation, left, "danger")
    elif claimed is not None and left - claimed >= LONG_TALK:
        yield Debrief(conversation, left, "long")
