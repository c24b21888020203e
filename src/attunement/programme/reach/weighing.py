"""One moment of one member: reach them with an offer, or leave them in peace, and write down which and why."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from sqlalchemy import Connection, func, select

from attunement.domain.channel import Channel
from attunement.domain.ids import new_id
from attunement.domain.reach_events import DeliveryKept, ReachWeighed
from attunement.policy.receptivity import ReceptivityPolicy
from attunement.policy.timing import Held, day_began, even_share, why_not
from attunement.programme.consents import access_permissions
from attunement.programme.decisions import access_fits, do_decide
from attunement.programme.house import House
from attunement.programme.members import Member, access_member
from attunement.programme.reach.addresses import access_keys
from attunement.programme.reach.care import access_care
from attunement.programme.reach.moments import access_here, access_known, learnable_moment
from attunement.programme.reach.settings import ReachSettings, access_reach_settings
from attunement.store.schema import decisions, reaches
from attunement.store.store import Transaction

EVERY = timedelta(hours=1)
COUNTS_FOR = timedelta(hours=3)
WAITS = timedelta(hours=24)
COST, COST_OF_LEAVING = 0.03, 0.07
EVEN = 0.5
_SENT = (
    select(reaches.c.at, func.coalesce(reaches.c.answer, decisions.c.answer).label("answered"))
    .outerjoin(decisions, decisions.c.id == reaches.c.decision)
    .where(reaches.c.sent).order_by(reaches.c.at.desc())
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was decided: ``decision`` is the offer that was sent, else ``held`` why not, with the chance of sending."""

    reach: str | None
    sent: bool
    held: Held | None
    probability: float | None
    decision: str | None = None


def do_weigh(house: House, member: str, receptivity: ReceptivityPolicy, *, seed: int | None = None) -> Weighed:
    """Weigh whether to reach a member now; where yes, choose what to offer and queue it for delivery.

    A no that stays the same from one moment to the next is written down once; a draw always, with its probability.
    Raises `NotFound` (``unknown-member``).
    """
    seed = secrets.randbits(53) if seed is None else seed
    now = house.clock()
    with house.store.read() as connection:  # a forecast takes a while, and others wait for a write
        profile, before = access_member(connection, member), access_permissions(house, connection, member)
        known = access_known(house, connection, profile, before)
    with house.store.write() as transaction:
        transaction.hold(member)
        connection = transaction.connection
        chosen = access_reach_settings(connection, member)
        held = access_held(house, connection, profile, chosen)
        if held is None and not access_fits(house, connection, member):
            held = Held.NOTHING_FITS
        if held is not None:
            return _hold(transaction, member, held, now)
        allowed = access_permissions(house, connection, member)
        if allowed != before:
            known = access_known(house, connection, profile, allowed)
        who = chosen.reachable(profile)
        share = even_share(now, who, sent_today=_today(connection, member, day_began(now, who)), every=EVERY)
        takes = known.values["takes"] or EVEN  # 0 only where it may not be looked at
        cost = COST + COST_OF_LEAVING * (1 - takes)
        drawn = receptivity.decide(known.vector, cost=cost, share=share, rng=np.random.default_rng(seed))
        learnable = learnable_moment(known, allowed)
        event = ReachWeighed(
            at=now, reach=new_id(), sent=drawn.send, held=None if drawn.send else Held.CHANCE,
            probability=drawn.probability, effect=drawn.effect, moment=learnable, until=now + COUNTS_FOR,
            learned_from=receptivity.n, used=list(known.used), learnable=bool(learnable), seed=seed,
            decision=do_decide(house, member).id if drawn.send else None,
            deliveries=_deliveries(connection, house, member, chosen) if drawn.send else [],
        )  # fmt: skip
        transaction.append(event, member=member)
    return Weighed(event.reach, event.sent, Held.CHANCE if not event.sent else None, drawn.probability, event.decision)


def access_held(house: House, connection: Connection, member: Member, chosen: ReachSettings) -> Held | None:
    """Why a member may not be reached now, or None where they may be.

    An offer waits no more once it was opened or put off, or its decision was answered, wherever that was.
    """
    now = house.clock()
    sent = connection.execute(_SENT.where(reaches.c.member == member.id, reaches.c.at > now - 2 * WAITS)).all()
    waiting = bool(sent) and sent[0].answered is None and now - sent[0].at < WAITS
    return why_not(
        now, chosen.reachable(member), sent=tuple(row.at for row in sent), here=access_here(connection, member.id),
        waiting=waiting, care=access_care(house, connection, member.id),
    )  # fmt: skip


def _hold(transaction: Transaction, member: str, held: Held, now: datetime) -> Weighed:
    query = select(reaches.c.held).where(reaches.c.member == member).order_by(reaches.c.seq.desc()).limit(1)
    if transaction.connection.execute(query).scalar() != held:
        event = ReachWeighed(at=now, reach=new_id(), sent=False, held=held, until=now)
        transaction.append(event, member=member)
    return Weighed(None, False, held, None)


def _today(connection: Connection, member: str, began: datetime) -> int:
    query = select(func.count()).where(reaches.c.member == member, reaches.c.sent, reaches.c.at >= began)
    return int(connection.execute(query).scalar_one())


def _deliveries(connection: Connection, house: House, member: str, chosen: ReachSettings) -> list[DeliveryKept]:
    """One for each address on the channels they chose and the programme has; the page needs none."""
    used: Sequence[Channel] = [channel for channel in chosen.channels if channel in house.outbound.couriers]
    return [
        DeliveryKept(delivery=new_id(), channel=channel, key=key)
        for channel in used
        for key in ([""] if channel is Channel.WEBHOOK else access_keys(connection, member, channel))
    ]
