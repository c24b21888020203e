"""What a decision rests on: how a member is and what they met, as far as it may be used now, and what may not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, select

from attunement.domain.consent import Category, Purpose
from attunement.domain.context import Context, Met
from attunement.domain.events import CheckedIn
from attunement.domain.hindrance import Hindrance
from attunement.domain.reading import RiskLevel
from attunement.domain.state import State
from attunement.foresight.state_filter import state_by
from attunement.policy.resting import resting
from attunement.privacy.permissions import Permissions
from attunement.programme.body import access_has_body, access_sensed
from attunement.programme.check_ins import NEWEST_FIRST, Moment, carried_risk, sensed_state, state_of
from attunement.programme.consents import access_permissions
from attunement.programme.corrections import access_corrections
from attunement.programme.danger import access_talk_danger
from attunement.programme.house import House
from attunement.programme.members import access_member
from attunement.programme.own_history import access_histories
from attunement.programme.segments import access_leaning
from attunement.reading.history import REMEMBERED as DANGER_REMEMBERED
from attunement.store.schema import decisions, moments, outcomes

USED = (Category.SELF_REPORT, Category.TEXT, Category.INTERACTIONS)
REMEMBERED = 60
FRESH = timedelta(hours=24)
CHECK_INS = 8
"""Of the last 24 hours, so many of the newest count: what was told before them has faded or been said anew."""
_MET = (
    select(
        decisions.c.practice, decisions.c.answer, decisions.c.answered_practice, decisions.c.at,
        outcomes.c.practice.label("done"), outcomes.c.reward, outcomes.c.hindrances,
    )
    .outerjoin(outcomes, outcomes.c.decision == decisions.c.id)
    .where(decisions.c.member == bindparam("member")).order_by(decisions.c.seq.desc()).limit(REMEMBERED)
)  # fmt: skip
_LAST_TOLD = (
    select(moments.c.id, moments.c.seq, moments.c.at)
    .where(moments.c.member == bindparam("member"), moments.c.at >= bindparam("since"))
    .order_by(*NEWEST_FIRST).limit(CHECK_INS)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a decision may rest on, and what it may not.

    ``rested`` are practices that are not to be offered just now, with how many days ago that was asked for; ``moment``
    is the check-in it follows from, ``earlier`` those before it that count still, oldest first; ``used`` and
    ``not_used`` name the categories of data.
    """

    context: Context
    rested: Mapping[str, float]
    moment: str | None
    earlier: tuple[str, ...]
    used: tuple[str, ...]
    not_used: tuple[str, ...]


def access_grounds(house: House, connection: Connection, member: str, after: Moment | None) -> Grounds:
    """What a decision for a member may rest on now; ``after`` is the check-in it follows from, made a moment ago."""
    profile = access_member(connection, member)
    allowed = access_permissions(house, connection, member)
    now = house.clock()
    met = access_met(connection, member, now)
    told, state = _current(house, connection, member, allowed, now, after)
    used, not_used = _used(connection, member, allowed, state)
    risks = [state.risk, after.risk if after else RiskLevel.NONE]
    if allowed.allows(Purpose.PERSONALISE, Category.TEXT):
        if after is None or after.reading is None or after.id not in told[-1:]:  # else it is the risk of ``after``
            risks.append(carried_risk(house, connection, member, allowed, since=now - DANGER_REMEMBERED))
        risks.append(access_talk_danger(connection, member, since=now - DANGER_REMEMBERED))
    state = replace(state, risk=max(risks, key=lambda level: level.rank))
    may_remember = Category.INTERACTIONS in used
    own, shared = access_histories(house, connection, member, allowed)
    leaning = access_leaning(house, connection, member, profile.time_zone) if Category.SELF_REPORT in used else ()
    return Grounds(
        context=Context(state, met if may_remember else (), profile.breadth, own, shared, leaning),
        rested=resting(house.library.practices, met),
        moment=told[-1] if told else None,
        earlier=told[:-1],
        used=used,
        not_used=not_used,
    )


def access_met(connection: Connection, member: str, now: datetime) -> tuple[Met, ...]:
    """The last practices a member was offered or did, newest first."""
    return tuple(_met(row, now) for row in connection.execute(_MET, {"member": member}))


def _met(row: Any, now: datetime) -> Met:
    """What came of it at a wrong moment tells nothing of a practice."""
    hindrances = tuple(Hindrance(name) for name in (row.hindrances or "").split(",") if name)
    reward = None if Hindrance.WRONG_MOMENT in hindrances else row.reward
    days_ago = max(0.0, (now - row.at).total_seconds() / 86400)
    return Met(row.done or row.practice, days_ago, reward, row.answer, hindrances)


def _used(
    connection: Connection, member: str, allowed: Permissions, state: State
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a decision is based on, and what it is not for want of consent. The body is named where there is any."""
    used = [str(c) for c in USED if allowed.allows(Purpose.PERSONALISE, c)]
    not_used = [str(c) for c in USED if c not in used]
    if state.sensed is not None:
        used.append(str(Category.BODY))
    elif not allowed.allows(Purpose.PERSONALISE, Category.BODY) and access_has_body(connection, member):
        not_used.append(str(Category.BODY))
    return tuple(used), tuple(not_used)


def _current(
    house: House, connection: Connection, member: str, allowed: Permissions, now: datetime, after: Moment | None
) -> tuple[tuple[str, ...], State]:
    """The last check-ins and how the member is by them and by their body, from only what is allowed *now*."""
    told = _told(house, connection, member, allowed, now, after)
    state = state_by([(at, state) for _, at, state in told], now)
    sensed = sensed_state(state, access_sensed(house, connection, member, allowed, now))
    return tuple(moment for moment, _, _ in told), sensed


def _told(
    house: House, connection: Connection, member: str, allowed: Permissions, now: datetime, after: Moment | None
) -> list[tuple[str, datetime, State]]:
    """The check-ins of the last 24 hours, oldest first, and what state each speaks of, without the body's part."""
    rows = connection.execute(_LAST_TOLD, {"member": member, "since": now - FRESH}).all()
    fresh = after if after and after.allowed == allowed and after.state.sensed is None else None
    opened = [row for row in reversed(rows) if fresh is None or row.id != fresh.id]
    logged = house.store.at(connection, member, [row.seq for row in opened])
    corrected = access_corrections(house, connection, member, after=min(logged)) if logged else {}
    found = [
        (e.moment, e.at, state_of(e, allowed, corrected.get(e.moment)))
        for e in (logged[row.seq].event for row in opened if row.seq in logged) if isinstance(e, CheckedIn)
    ]  # fmt: skip
    if fresh is not None and len(opened) < len(rows):
        found.append((fresh.id, fresh.at, fresh.state))
    return sorted(found, key=lambda one: one[1])
