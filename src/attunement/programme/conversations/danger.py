"""Danger in what a member writes in a conversation: read before anything answers, and standing until it is seen to."""

from __future__ import annotations

from sqlalchemy import Connection, exists, or_, select

from attunement.dialogue.assessment import ActionKind
from attunement.domain.conversation import Line, Owner, Speaker
from attunement.domain.reading import SIGNS, RiskLevel
from attunement.programme.conversations.conversation import access_conversation
from attunement.programme.conversations.lines import access_lines
from attunement.programme.house import House
from attunement.reading.risk_history import REMEMBERED, with_history
from attunement.store.schema import alerts, turns

LOOKED_BACK = 40
"""So many lines before it are looked at when a line is read."""
_LATER = turns.alias()
_ANSWERED = exists().where(
    _LATER.c.conversation == turns.c.conversation, _LATER.c.speaker == Speaker.SUPPORTER, _LATER.c.line > turns.c.line
)
_LOOKED_AFTER = exists().where(alerts.c.conversation == turns.c.conversation, alerts.c.closed >= turns.c.at)


def read_danger(house: House, member: str, conversation: str, text: str) -> RiskLevel:
    """The danger a line speaks of, in the light of the conversation before it and of the last 72 hours of it.

    A yes to the companion's plain question says as much as the plain word. What only the model sees in an ordinary talk
    is a guess: the companion asks about it, and nothing is written of it, unless the line is the first and nothing else
    tells what kind of talk it is. Where nobody would ask, it counts.
    Raises `NotFound` (``unknown-conversation``).
    """
    level = house.reader.read([text])[0].risk.level
    query = select(turns.c.risk).where(
        turns.c.conversation == conversation, turns.c.risk.is_not(None), turns.c.at > house.clock() - REMEMBERED
    )
    with house.store.read() as connection:
        found = access_conversation(connection, member, conversation)
        before = [RiskLevel(risk) for risk in connection.execute(query).scalars()]
        lines = access_lines(house, connection, member, conversation, after=max(0, found.last_line - LOOKED_BACK))
    said = [line.as_line for line in lines if line.speaker is not Speaker.NOTICE]
    danger = house.companion.danger([*said, Line(Speaker.MEMBER, text)])
    if found.owner is Owner.COMPANION and danger.ordinary:
        shown = RiskLevel.INDIRECT if danger.asks_for(ActionKind.SHOW_HELP) else RiskLevel.NONE
        return max(shown if danger.guess else level, danger.said, key=lambda one: one.rank)
    return max(with_history(level, before), danger.said, key=lambda one: one.rank)


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
