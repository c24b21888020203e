"""What members told and did, as far as it may be learned from, in the form traits are measured in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, bindparam, func, or_, select

from attunement.domain.consent import Category, Purpose
from attunement.domain.need import Need
from attunement.foresight.traits import CheckedIn, Done
from attunement.programme.consents import access_permissions
from attunement.programme.house import House
from attunement.store.schema import consents, members, moments, outcomes

FEWEST, MOST = 5, 500
"""Who counts has checked in so often; of more than so many people, those who joined last do."""
_TOLD = (
    select(moments.c.at, moments.c.valence, moments.c.arousal, moments.c.needs)
    .where(moments.c.member == bindparam("member"), moments.c.at >= bindparam("since")).order_by(moments.c.seq)
)  # fmt: skip
_DID = (
    select(outcomes.c.practice, outcomes.c.finished, outcomes.c.rating, outcomes.c.reward)
    .where(outcomes.c.member == bindparam("member"), outcomes.c.learnable).order_by(outcomes.c.seq)
)  # fmt: skip
_OFTEN = select(moments.c.member).group_by(moments.c.member).having(func.count() >= FEWEST)


@dataclass(frozen=True, slots=True)
class Ended(Done):
    """A practice that was ended, and the reward it earned (0 to 1)."""

    reward: float


@dataclass(frozen=True, slots=True)
class Life:
    """What one member told and did, oldest first."""

    member: str
    check_ins: tuple[CheckedIn, ...]
    ended: tuple[Ended, ...]


def access_lives(house: House, connection: Connection) -> list[Life]:
    """Of those who allow learning from what they say of themselves, all check-ins since they allowed it.

    Practices they ended are among it where they allow learning from those as well. People stand in the order in which
    they joined; who has checked in fewer than `FEWEST` times is left out.
    """
    now = house.clock()
    allowing = (
        select(members.c.id, members.c.time_zone, consents.c.at)
        .join(consents, consents.c.member == members.c.id)
        .where(
            consents.c.purpose == Purpose.LEARN, consents.c.category == Category.SELF_REPORT, consents.c.granted,
            or_(consents.c.expires.is_(None), consents.c.expires > now), members.c.id.in_(_OFTEN),
        ).order_by(members.c.seq.desc())
    )  # fmt: skip
    lives = (_life(house, connection, *row) for row in connection.execute(allowing).all())
    return list(islice((life for life in lives if len(life.check_ins) >= FEWEST), MOST))[::-1]


def access_check_ins(connection: Connection, member: str, zone: str, since: datetime) -> tuple[CheckedIn, ...]:
    """A member's check-ins since then, by the clock where they are. Ask before whether they may be used."""
    rows = connection.execute(_TOLD, {"member": member, "since": since})
    return tuple(
        CheckedIn(row.at.astimezone(ZoneInfo(zone)), row.valence, row.arousal, _needs(row.needs)) for row in rows
    )


def _needs(kept: str) -> tuple[Need, ...]:
    return tuple(Need(need) for need in kept.split(",") if need)


def _life(house: House, connection: Connection, member: str, zone: str, since: datetime) -> Life:
    did = access_permissions(house, connection, member).allows(Purpose.LEARN, Category.INTERACTIONS)
    rows = connection.execute(_DID, {"member": member}).all() if did else []
    ended = (
        Ended(practice.family, practice.medium, row.finished, row.rating, row.reward)
        for row in rows if row.practice in house.library
        for practice in (house.library.practice(row.practice),)
    )  # fmt: skip
    return Life(member, access_check_ins(connection, member, zone, since), tuple(ended))
