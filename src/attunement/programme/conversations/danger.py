"""Danger in what a member writes in a conversation, read before anything answers."""

from __future__ import annotations

from sqlalchemy import select

from attunement.domain.reading import RiskLevel
from attunement.programme.house import House
from attunement.reading.risk_history import REMEMBERED, with_history
from attunement.store.schema import conversations, turns


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
