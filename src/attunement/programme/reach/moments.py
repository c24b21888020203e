"""What is known of the moment at which somebody could be reached, from what they allowed to be used."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, select

from attunement.domain.consent import Category, Purpose
from attunement.domain.conversation import Speaker
from attunement.privacy.permissions import Permissions
from attunement.programme.check_ins import NEWEST_FIRST
from attunement.programme.house import House
from attunement.programme.members import Member
from attunement.programme.outlook import access_outlook
from attunement.store.schema import decisions, moments, outcomes, reaches, turns

NAMES = ("always", "morning", "evening", "weekend", "away", "takes", "low", "low_ahead")
SAID = frozenset({"low", "low_ahead"})
FRESH = timedelta(hours=12)
COUNTED = 10


@dataclass(frozen=True, slots=True)
class Known:
    """``values`` by `NAMES`; those that were not allowed are 0. ``used`` names the categories they stem from."""

    values: dict[str, float]
    used: tuple[str, ...]

    @property
    def vector(self) -> tuple[float, ...]:
        """In the order of `NAMES`."""
        return tuple(self.values[name] for name in NAMES)


def access_known(house: House, connection: Connection, member: Member, allowed: Permissions) -> Known:
    """What is known of a member just now.

    The clock and the day, by where they are; how long they have been away (0 to 1, an hour to a month) and how often
    they took up what reached them; how much lower they are than usual, and how much lower they may be tomorrow, each
    from 0 to 1. The last four only as far as they allow it to be used for them.
    """
    there = house.clock().astimezone(ZoneInfo(member.time_zone))
    values = dict.fromkeys(NAMES, 0.0) | {
        "always": 1.0, "morning": float(5 <= there.hour < 11), "evening": float(17 <= there.hour < 23),
        "weekend": float(there.weekday() >= 5),
    }  # fmt: skip
    used = []
    if allowed.allows(Purpose.PERSONALISE, Category.INTERACTIONS):
        values |= {"away": _away(connection, member.id, house.clock()), "takes": _takes(connection, member.id)}
        used.append(str(Category.INTERACTIONS))
    if allowed.allows(Purpose.PERSONALISE, Category.SELF_REPORT):
        values |= _mood(house, connection, member.id)
        used.append(str(Category.SELF_REPORT))
    return Known(values, tuple(used))


def learnable_moment(known: Known, allowed: Permissions) -> dict[str, float]:
    """What may be learned from: nothing without ``learn`` on interactions, and no moods without self-report."""
    if not allowed.allows(Purpose.LEARN, Category.INTERACTIONS):
        return {}
    said = allowed.allows(Purpose.LEARN, Category.SELF_REPORT)
    return {name: value for name, value in known.values.items() if said or name not in SAID}


def access_here(connection: Connection, member: str) -> datetime | None:
    """When a member was last here by themselves: to check in, to tell what came of a practice, or to talk."""
    wrote = turns.c.speaker == Speaker.MEMBER
    seen = [
        connection.execute(select(func.max(table.c.at)).where(table.c.member == member, *only)).scalar()
        for table, *only in ((moments,), (outcomes,), (turns, wrote))
    ]
    return max((at for at in seen if at is not None), default=None)


def _away(connection: Connection, member: str, now: datetime) -> float:
    here = access_here(connection, member)
    hours = 720.0 if here is None else max(1.0, (now - here).total_seconds() / 3600)
    return min(1.0, math.log(hours) / math.log(720))


def _takes(connection: Connection, member: str) -> float:
    """The share of the last ten that reached them which they took up, as if one of two more had been."""
    query = (
        select(decisions.c.answer)
        .join(reaches, reaches.c.decision == decisions.c.id)
        .where(reaches.c.member == member, reaches.c.sent).order_by(reaches.c.at.desc()).limit(COUNTED)
    )  # fmt: skip
    answers = list(connection.execute(query).scalars())
    return (1 + sum(answer in ("started", "done") for answer in answers)) / (2 + len(answers))


def _mood(house: House, connection: Connection, member: str) -> dict[str, float]:
    outlook = access_outlook(house, member)
    if outlook is None:
        return {}
    told = select(moments.c.at, moments.c.valence).where(moments.c.member == member, moments.c.valence.is_not(None))
    newest = connection.execute(told.order_by(*NEWEST_FIRST).limit(1)).first()
    fresh = newest is not None and house.clock() - newest.at < FRESH
    low = outlook.usual - newest.valence if newest is not None and fresh else 0.0
    return {"low": min(1.0, max(0.0, low)), "low_ahead": min(1.0, max(0.0, outlook.usual - outlook.middle))}
