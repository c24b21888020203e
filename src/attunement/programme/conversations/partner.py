"""What the companion may know of the member it answers, by what they allow right now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, func, select

from attunement.dialogue.partner import Partner
from attunement.dialogue.replying.strategy import Feedback
from attunement.dialogue.safety.line_danger import sure_level
from attunement.domain.consent import Category, Purpose
from attunement.domain.conversation import Speaker
from attunement.domain.conversation_events import TurnWritten
from attunement.domain.event import Event
from attunement.domain.practice import Practice
from attunement.domain.reading import SIGNS, RiskLevel, gravest
from attunement.domain.reply import Strategy
from attunement.domain.state import State
from attunement.policy.eligibility import eligible
from attunement.policy.resting import resting
from attunement.privacy.permissions import Permissions
from attunement.programme.alerts.staff import can_tell_somebody
from attunement.programme.check_ins import NEWEST_FIRST, access_signs_told, surely_told
from attunement.programme.consents import access_permissions
from attunement.programme.conversations.conversation import Conversation
from attunement.programme.conversations.memory import access_remembered
from attunement.programme.conversations.talk_settings import access_talk_settings
from attunement.programme.grounds import access_met
from attunement.programme.house import House
from attunement.programme.members import access_member
from attunement.reading.history import REMEMBERED
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
    before = access_earlier_danger(house, connection, conversation)
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


def access_earlier_danger(house: House, connection: Connection, conversation: Conversation) -> tuple[RiskLevel, ...]:
    """The signs of danger in other talks and in check-ins of the last 72 hours, as far as they are sure (`sure_level`).

    A yes to the plain question is; what a line was raised to by those before it, or the model only suspected, is not:
    one false sign would cast its shadow on every talk for days. Only under ``companion`` × ``text``.
    """
    member, since = conversation.member, house.clock() - REMEMBERED
    if not access_permissions(house, connection, member).allows(Purpose.COMPANION, Category.TEXT):
        return ()
    said = select(turns.c.logged).where(
        turns.c.member == member, turns.c.conversation != conversation.id, turns.c.at > since, turns.c.risk.in_(SIGNS)
    )
    told = access_signs_told(house, connection, member, since=since, until=house.clock())
    found = house.store.at(connection, member, connection.execute(said).scalars())
    levels = [*map(surely_told, told), *(_surely_said(house, logged.event) for logged in found.values())]
    return tuple(level for level in levels if level in SIGNS)


def _surely_said(house: House, event: Event) -> RiskLevel:
    if not isinstance(event, TurnWritten) or event.risk is None:
        return RiskLevel.NONE
    if event.risk.rank >= RiskLevel.EXPLICIT.rank:
        return event.risk
    return sure_level(event.text, house.reader.read([event.text])[0].risk)


def _practices(
    house: House, connection: Connection, conversation: Conversation, allowed: Permissions,
    before: tuple[RiskLevel, ...],
) -> tuple[Practice, ...]:  # fmt: skip
    """Those that fit now, without any that rests or was met lately."""
    library, now = house.library.practices, house.clock()
    met = access_met(connection, conversation.member, now)
    rested = resting(library, met)
    if allowed.allows(Purpose.COMPANION, Category.INTERACTIONS):
        lately = {one.practice: one.days_ago for one in met[::-1] if one.days_ago < NOT_AGAIN_DAYS}
        rested |= {practice: min(days, rested.get(practice, days)) for practice, days in lately.items()}
    state = State(risk=gravest([conversation.risk, *before]))
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
