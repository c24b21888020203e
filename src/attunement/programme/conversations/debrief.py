"""When a supporter should take a breath: after a hard talk left their hands, however it did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, exists, not_, select, update

from attunement.domain.conversation import Owner, Speaker
from attunement.domain.reading import SIGNS
from attunement.programme.house import House
from attunement.store.schema import conversations, shifts, turns

DEBRIEF_WITHIN = timedelta(hours=24)
CLAIMED_WITHIN = timedelta(days=7)
TIME_TO_READ = timedelta(minutes=1)
LONG_TALK = timedelta(hours=1)
_TALK = conversations.c
_SAID = select(
    turns.c.line, turns.c.epoch, turns.c.author, turns.c.speaker, turns.c.at, turns.c.risk
).order_by(turns.c.line)  # fmt: skip


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

    Hard is one with signs of danger in it, or of more than an hour in their hands. They had it where they wrote in it,
    or where it was theirs for a minute, time enough to read what is on the page; however it left their hands, passed
    on, given back, ended by anybody, or left at the end of a shift. Talks that somebody took over within a week are
    looked at.
    """
    now = house.clock()
    debriefed = connection.execute(select(shifts.c.debriefed).where(shifts.c.account == account)).scalar()
    since = max(debriefed or now - DEBRIEF_WITHIN, now - DEBRIEF_WITHIN)
    took = exists().where(turns.c.conversation == _TALK.id, turns.c.author == account)
    theirs = and_(_TALK.owner == Owner.SUPPORTER, _TALK.supporter == account)
    recent = (_TALK.claimed > now - CLAIMED_WITHIN, _TALK.last_at > since)
    talks = connection.execute(select(_TALK.id).where(*recent, took, not_(theirs))).scalars().all()
    found = [one for talk in talks for one in _out_of_hand(connection, talk, account)]
    return max((one for one in found if one.ended > since), key=lambda one: one.ended, default=None)


def do_debrief(house: House, account: str) -> None:
    """Say that it was talked over, or that there is no need."""
    with house.store.write() as transaction:
        now = house.clock()
        transaction.connection.execute(update(shifts).where(shifts.c.account == account).values(debriefed=now))


def _out_of_hand(connection: Connection, conversation: str, account: str) -> Iterator[Debrief]:
    """Each time they had it: from the notice that began the epoch to that which began the next."""
    said = connection.execute(_SAID.where(turns.c.conversation == conversation)).all()
    for epoch in {row.epoch for row in said if row.author == account}:
        mine = [row for row in said if row.epoch == epoch]
        left = next((row for row in said if row.epoch > epoch), None)
        wrote = any(row.author == account and row.speaker == Speaker.SUPPORTER for row in mine)
        if left is not None and (wrote or left.at - mine[0].at >= TIME_TO_READ):
            danger = any(row.risk in SIGNS for row in said if row.line < left.line)
            yield from _hard(conversation, mine[0].at, left.at, danger=danger)


def _hard(conversation: str, claimed: datetime, left: datetime, *, danger: bool) -> Iterator[Debrief]:
    if danger:
        yield Debrief(conversation, left, "danger")
    elif left - claimed >= LONG_TALK:
        yield Debrief(conversation, left, "long")
