"""What the companion may know of the member it answers, by what they allow right now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, func, select

from attunement.dialogue.companion import Partner
from attunement.dialogue.strategy import Feedback
from attunement.domain.consent import Category, Purpose
from attunement.domain.conversation import Speaker
from attunement.domain.practice import Practice
from attunement.domain.reading import RiskLevel
from attunement.domain.reply import Strategy
from attunement.domain.state import State
from attunement.policy.eligibility import eligible
from attunement.policy.resting import resting
from attunement.privacy.permissions import Permissions
from attunement.programme.alerts.staff import can_tell_somebody
from attunement.programme.check_ins import NEWEST_FIRST
from attunement.programme.consents import access_permissions
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.memory import access_remembered
from attunement.programme.conversations.talk_settings import access_talk_settings
from attunement.programme.grounds import access_met
from attunement.programme.house import House
from attunement.programme.members import access_member
from attunement.reading.risk_history import REMEMBERED
from attunement.store.schema import moments, turns

LATELY = timedelta(hours=6)
NOT_AGAIN_DAYS = 7
"""For how long what a member said of how they are counts, and a practice they met is not offered in a talk again."""


def access_partner(house: House, connection: Connection, conversation: Conversation) -> Partner:
    """What counts beyond the talk itself.

    Danger read in earlier talks and check-ins, and what they asked to be remembered, only under ``companion`` ×
    ``text``; how they said they are, only under ``companion`` × ``self_report``; which practices they met lately, and
    whether answers of a kind helped in earlier talks, only under ``companion`` × ``interactions``. What was said in
    this talk always counts in it, and so does what they asked not to be offered.
    """
    member = conversation.member
    allowed = access_permissions(house, connection, member)
    before = _danger(house, connection, conversation, allowed)
    return Partner(
        ideas=access_talk_settings(house, connection, member).ideas,
        country=access_member(connection, member).country,
        feedback=_feedback(connection, conversation, allowed),
        can_alert=can_tell_somebody(house, connection),
        before=before,
        practices=_practices(house, connection, conversation, allowed, before),
        remembered=access_remembered(house, connection, member, allowed),
        lately=_lately(connection, conversation),
    )


def _practices(
    house: House, connection: Connection, conversation: Conversation, allowed: Permissions,
    before: tuple[RiskLevel, ...],
) -> tuple[Practice, ...]:  # fmt: skip
    """Those that fit now, without any that rests or was met lately."""
    library, now = house.library.practices, house.clock()
    met = access_met(connection, conversation.member, now)
    rested = resting(library, met)
    if allowed.allows(Purpose.COMPANION, Category.INTERACTIONS):
        rested |= {one.practice for one in met if one.days_ago < NOT_AGAIN_DAYS}
    state = State(risk=max(conversation.risk, *before, key=lambda level: level.rank) if before else conversation.risk)
    cells = moments.c
    query = select(cells.valence, cells.arousal).where(
        cells.member == conversation.member, cells.at > now - LATELY, cells.valence.is_not(None)
    )
    said = connection.execute(query.order_by(*NEWEST_FIRST).limit(1)).first()
    if said is not None and allowed.allows(Purpose.COMPANION, Category.SELF_REPORT):
        state = replace(state, valence=said.valence, arousal=said.arousal)
    return tuple(eligible(library, state, rested=rested))


def _lately(connection: Connection, conversation: Conversation) -> tuple[Strategy, ...]:
    """What the companion's turns in this talk did, in order."""
    query = select(turns.c.strategy).where(
        turns.c.conversation == conversation.id, turns.c.speaker == Speaker.COMPANION, turns.c.strategy.is_not(None)
    )
    return tuple(Strategy(one) for one in connection.execute(query.order_by(turns.c.line)).scalars())


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
