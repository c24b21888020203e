"""What is known of a member's danger now: what was read last, how long ago, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select

from attunement.domain.consent import Category, Purpose
from attunement.domain.conversation import Speaker
from attunement.domain.events import CheckedIn
from attunement.domain.reading import SIGNS, RiskLevel, gravest
from attunement.foresight.danger import danger_chance
from attunement.programme.check_ins import access_risk
from attunement.programme.consents import access_permissions
from attunement.programme.house import House
from attunement.reading.history import REMEMBERED
from attunement.reading.risk import RULE_P
from attunement.store.schema import turns

LOOKED_AT = 100
FRESH = timedelta(hours=24)
SAID_WITHIN = timedelta(days=30)
"""Signs in talks that are older have faded to nothing."""
_SIGNS_SAID = select(turns.c.at, turns.c.risk).where(
    turns.c.member == bindparam("member"), turns.c.speaker == Speaker.MEMBER, turns.c.risk.in_(SIGNS),
    turns.c.at > bindparam("since"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Danger:
    """The danger a member may be in.

    ``level`` is what was read last, however long ago: silence does not lower it; or, if that is graver, the gravest
    sign in what they wrote in talks in the last 72 hours. ``chance`` is how likely any danger is
    now, and ``low`` to ``high`` how far so few and old texts leave that open (`danger_chance`). ``read_at`` is when a
    text was last read, and ``lapsed`` says that this is more than a day ago, so that nothing is known of today.
    """

    level: RiskLevel
    chance: float
    low: float
    high: float
    read_at: datetime
    lapsed: bool


def access_danger(house: House, member: str) -> Danger | None:
    """What is known of a member's danger now; None without consent to read their words, or where none was read.

    A reading of danger that its member put right counts all the same: danger is not corrected away. Of what they wrote
    in talks the signs count and nothing else, for a line answers the one before it.
    """
    with house.store.read() as connection:
        house.store.require_member(connection, member)
        if not access_permissions(house, connection, member).allows(Purpose.PERSONALISE, Category.TEXT):
            return None
        found = house.store.events(
            connection, member=member, kinds=(CheckedIn.kind,), newest_first=True, limit=LOOKED_AT
        )  # fmt: skip
        read = [
            (event.at, event.reading.risk_p)
            for event in (logged.event for logged in found) if isinstance(event, CheckedIn) and event.reading
        ]  # fmt: skip
        now = house.clock()
        signs = connection.execute(_SIGNS_SAID, {"member": member, "since": now - SAID_WITHIN})
        read += [(row.at, RULE_P[RiskLevel(row.risk)]) for row in signs]
        if not read:
            return None
        said = access_talk_danger(connection, member, since=now - REMEMBERED)
        level = gravest([access_risk(house, connection, member), said])
    newest = max(at for at, _ in read)
    return Danger(level, *danger_chance(read, now), newest, now - newest > FRESH)


def access_talk_danger(connection: Connection, member: str, *, since: datetime) -> RiskLevel:
    """The gravest sign of danger read in a member's own lines since a time, in any conversation; none without one.

    Nothing written later ends it: a line answers the one before it, and is not word of how somebody is.
    """
    signs = connection.execute(_SIGNS_SAID, {"member": member, "since": since})
    return gravest(RiskLevel(row.risk) for row in signs)
