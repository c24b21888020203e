"""What the companion may know of the member it answers, by what they allow right now."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from attunement.dialogue.companion import Partner
from attunement.dialogue.strategy import Feedback
from attunement.domain.consent import Category, Purpose
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy
from attunement.domain.state import State
from attunement.policy.eligibility import eligible
from attunement.privacy.permissions import Permissions
from attunement.programme.consents import access_permissions
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.duty import access_on_duty
from attunement.programme.conversations.memory import access_remembered
from attunement.programme.conversations.talk_settings import access_talk_settings
from attunement.programme.house import House
from attunement.programme.members import access_member
from attunement.reading.risk_history import REMEMBERED
from attunement.store.schema import moments, turns


def access_partner(house: House, connection: Connection, conversation: Conversation) -> Partner:
    """What counts beyond the talk itself.

    Danger read in earlier talks and check-ins, and what they asked to be remembered, only under ``companion`` ×
    ``text``; whether answers of a kind helped in
    earlier talks, only under ``companion`` × ``interactions``. What was said in this talk always counts in it.
    """
    member = conversation.member
    allowed = access_permissions(house, connection, member)
    return Partner(
        ideas=access_talk_settings(house, connection, member).ideas,
        country=access_member(connection, member).country,
        feedback=_feedback(connection, conversation, allowed),
        can_alert=bool(access_on_duty(house, connection)),
        before=_danger(house, connection, conversation, allowed),
        remembered=access_remembered(house, connection, member, allowed),
        practices=tuple(eligible(house.library.practices, State(risk=conversation.risk))),
    )


def _feedback(connection: Connection, conversation: Conversation, allowed: Permissions) -> Feedback:
    cells = turns.c
    query = select(cells.strategy, cells.helped, func.count().label("n")).where(
        cells.member == conversation.member, cells.helped.is_not(None), cells.strategy.is_not(None)
    )
    if not allowed.allows(Purpose.COMPANION, Category.INTERACTIONS):
        query = query.where(cells.conversation == conversation.id)
    told: dict[bool, dict[Strategy, int]] = {True: {}, False: {}}
    for row in connection.execute(query.group_by(cells.strategy, cells.helped)):
        told[bool(row.helped)][Strategy(row.strategy)] = row.n
    return Feedback(told[True], told[False])


def _danger(
    house: House, connection: Connection, conversation: Conversation, allowed: Permissions
) -> tuple[RiskLevel, ...]:
    if not allowed.allows(Purpose.COMPANION, Category.TEXT):
        return ()
    since, member = house.clock() - REMEMBERED, conversation.member
    said = select(turns.c.risk).where(
        turns.c.member == member, turns.c.conversation != conversation.id, turns.c.at > since,
        turns.c.risk.is_not(None),
    )  # fmt: skip
    told = select(moments.c.risk).where(moments.c.member == member, moments.c.at > since, moments.c.risk.is_not(None))
    return tuple(RiskLevel(level) for query in (told, said) for level in connection.execute(query).scalars())
