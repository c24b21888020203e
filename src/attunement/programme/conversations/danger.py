"""Danger in what a member wrote in a conversation: it stands until it is seen to."""

from __future__ import annotations

from sqlalchemy import Connection, exists, or_, select

from attunement.domain.conversation import Speaker
from attunement.domain.reading import SIGNS, RiskLevel, gravest
from attunement.programme.house import House
from attunement.reading.history import REMEMBERED
from attunement.store.schema import alerts, turns

_LATER = turns.alias()
_ANSWERED = exists().where(
    _LATER.c.conversation == turns.c.conversation, _LATER.c.speaker == Speaker.SUPPORTER, _LATER.c.line > turns.c.line
)
_LOOKED_AFTER = exists().where(alerts.c.conversation == turns.c.conversation, alerts.c.closed >= turns.c.at)


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
    return gravest(RiskLevel(risk) for risk in connection.execute(query).scalars())
