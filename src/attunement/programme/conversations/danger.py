"""Danger in what a member writes in a conversation: read before anything answers, and standing until it is seen to."""

from __future__ import annotations

from sqlalchemy import Connection, exists, or_, select

from attunement.domain.conversation import Speaker
from attunement.domain.reading import RiskLevel
from attunement.programme.house import House
from attunement.reading.risk_history import REMEMBERED, with_history
from attunement.store.schema import alerts, conversations, turns

SIGNS = [level for level in RiskLevel if level.rank >= RiskLevel.INDIRECT.rank]
_LATER = turns.alias()
_ANSWERED = exists().where(
    _LATER.c.conversation == turns.c.conversation, _LATER.c.speaker == Speaker.SUPPORTER, _LATER.c.line > turns.c.line
)
_LOOKED_AFTER = exists().where(alerts.c.conversation == turns.c.conversation, alerts.c.closed >= turns.c.at)


def read_danger(house: House, member: str, conversation: str, text: str) -> RiskLevel:
    """The danger a line speaks of, in the light of what was read in the same conversation in the last 72 hours."""
    level = house.reader.read([text])[0].risk.level
    query = select(turns.c.risk).join(conversations, conversations.c.id == turns.c.conversation).where(
        conversations.c.id == conversation, conversations.c.member == member, turns.c.risk.is_not(None),
        turns.c.at > house.clock() - REMEMBERED,
    )  # fmt: skip
    with house.store.read() as connection:
        before = [RiskLevel(risk) for risk in connection.execute(query).scalars()]
    return with_history(level, before)


def access_standing_danger(house: House, connection: Connection, conversation: str) -> RiskLevel:
    """The gravest sign of danger in a conversation that still stands, or none.

    A sign stands for 72 hours, whatever came of it; and after that for as long as no person has seen to it, however
    old it is. A person has where a supporter wrote after it, or an alert about the conversation was closed since. What
    the companion asked and was told counts for nothing here.
    """
    query = select(turns.c.risk).where(
        turns.c.conversation == conversation, turns.c.risk.in_(SIGNS),
        or_(turns.c.at > house.clock() - REMEMBERED, ~(_ANSWERED | _LOOKED_AFTER)),
    )  # fmt: skip
    stands = [RiskLevel(risk) for risk in connection.execute(query).scalars()]
    return max(stands, key=lambda level: level.rank, default=RiskLevel.NONE)
