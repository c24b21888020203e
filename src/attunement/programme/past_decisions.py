"""Decisions as they were made: what was known then, what could be chosen with which chance, and what came of it.

Built from what may be learned from now and from nothing that came later, so that any policy can be asked what it would
have done.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from attunement.domain.consent import Category, Cell, Purpose
from attunement.domain.context import Context, Met
from attunement.domain.event import Event
from attunement.domain.events import CheckedIn, PreferenceSet, ReadingCorrected
from attunement.domain.hindrance import Hindrance
from attunement.domain.offer_events import DecisionMade
from attunement.domain.practice import Practice
from attunement.domain.state import State
from attunement.foresight.state_filter import state_by
from attunement.privacy.permissions import Permissions
from attunement.programme.check_ins import state_of
from attunement.programme.consents import access_permissions
from attunement.programme.decisions import OWN_CHOICE
from attunement.programme.grounds import REMEMBERED
from attunement.programme.house import House
from attunement.programme.policy_shelf import worth_at
from attunement.store.schema import consents, decisions, members, moments, outcomes

_MET = (
    select(
        decisions.c.seq.label("decided"), decisions.c.practice, decisions.c.at, outcomes.c.seq,
        outcomes.c.practice.label("done"), outcomes.c.reward, outcomes.c.corrected, outcomes.c.reward_before,
        outcomes.c.hindrances,
    )
    .outerjoin(outcomes, outcomes.c.decision == decisions.c.id)
    .order_by(decisions.c.seq)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastDecision:
    """One decision of a member, event ``seq`` of the log.

    ``context`` is what was known, without anybody's outcomes as a policy learns them. Of the ``candidates`` there were
    (those that are in the library still), ``offered`` had ``probability``, exactly as logged. ``reward`` is what came
    of it by the definition in force now (0 to 1), None where it did not end, or another practice was done instead.
    """

    member: str
    synthetic: bool
    seq: int
    at: datetime
    context: Context
    candidates: tuple[Practice, ...]
    offered: str
    probability: float
    reward: float | None


def access_past_decisions(house: House, connection: Connection, *, newest: int) -> list[PastDecision]:
    """The newest decisions of people who allow learning from what they do here, oldest first.

    A decision counts where they allowed it then and ever since, and where the practice offered is in the library still.
    Of how a member was, only what was used then and may be learned from now is looked at; what a body showed is not.
    """
    by_member: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(_made(house.clock()).limit(newest)).all():
        by_member[row.member].append(row)
    found = (one for member, rows in by_member.items() for one in _of_one(house, connection, member, rows))
    return sorted(found, key=lambda one: one.seq)


def _made(now: datetime):  # type: ignore[no-untyped-def]
    """Decisions that may be learned from, newest first, each with what came of it."""
    may = and_(
        consents.c.member == decisions.c.member, consents.c.purpose == Purpose.LEARN,
        consents.c.category == Category.INTERACTIONS, consents.c.granted,
        or_(consents.c.expires.is_(None), consents.c.expires > now), consents.c.seq < decisions.c.seq,
    )  # fmt: skip
    return (
        select(
            decisions.c.seq, decisions.c.member, members.c.synthetic, outcomes.c.practice.label("done"),
            outcomes.c.reward,
        )
        .join(consents, may)
        .join(members, members.c.id == decisions.c.member)
        .outerjoin(outcomes, outcomes.c.decision == decisions.c.id)
        .where(decisions.c.policy != OWN_CHOICE, outcomes.c.decision.is_(None) | outcomes.c.learnable)
        .order_by(decisions.c.seq.desc())
    )  # fmt: skip


def _of_one(house: House, connection: Connection, member: str, rows: Sequence[Any]) -> Iterator[PastDecision]:
    may = access_permissions(house, connection, member)
    logged = house.store.at(connection, member, [row.seq for row in rows])
    told = _told(house, connection, member, [one.event for one in logged.values()])
    said = list(house.store.events(connection, member=member, kinds=(ReadingCorrected.kind, PreferenceSet.kind)))
    met = connection.execute(_MET.where(decisions.c.member == member)).all()
    for row in rows:
        made = logged[row.seq].event
        assert isinstance(made, DecisionMade)
        p = house.listings.access_probabilities(connection, made)
        left = [name for name in p if name in house.library]
        if not made.used or made.offered not in left:
            continue
        before = [one.event for one in said if one.seq < row.seq]
        yield PastDecision(
            member, row.synthetic, row.seq, made.at,
            Context(_state(made, told, before, may), _met(made, met, row.seq), _breadth(before)),
            tuple(house.library.practice(name) for name in left), made.offered,
            p[made.offered] / sum(p[name] for name in left), row.reward if row.done == made.offered else None,
        )  # fmt: skip


def _told(house: House, connection: Connection, member: str, made: Sequence[Event]) -> dict[str, CheckedIn]:
    """The check-ins that decisions rest on, by their moment."""
    wanted = {moment for event in made if isinstance(event, DecisionMade) for moment in _moments(event)}
    cells = moments.c
    query = select(cells.seq).where(cells.member == member, cells.id.in_(wanted))
    found = house.store.at(connection, member, connection.execute(query).scalars())
    return {one.event.moment: one.event for one in found.values() if isinstance(one.event, CheckedIn)}


def _moments(made: DecisionMade) -> list[str]:
    return [*made.earlier, made.moment] if made.moment else made.earlier


def _state(
    made: DecisionMade, told: Mapping[str, CheckedIn], before: Sequence[Event], may: Permissions
) -> State:  # fmt: skip
    """How they were by the check-ins a decision rests on, by what was used of them then and may be learned now."""
    used = (Category(name) for name in made.used)
    usable = Permissions(frozenset(Cell(Purpose.PERSONALISE, c) for c in used if may.allows(Purpose.LEARN, c)))
    corrected = {e.moment: e for e in before if isinstance(e, ReadingCorrected)}
    events = [told[moment] for moment in _moments(made) if moment in told]
    return state_by([(e.at, state_of(e, usable, corrected.get(e.moment))) for e in events], made.at)


def _met(made: DecisionMade, rows: Sequence[Any], seq: int) -> tuple[Met, ...]:
    """What they had been offered or had done by then, newest first, and what that was worth as it was told by then."""
    place = bisect_left(rows, seq, key=lambda row: row.decided)
    return tuple(_one_met(row, made.at, seq - 1) for row in reversed(rows[max(0, place - REMEMBERED) : place]))


def _one_met(row: Any, now: datetime, through: int) -> Met:
    days_ago = max(0.0, (now - row.at).total_seconds() / 86400)
    if row.reward is None or row.seq > through:
        return Met(row.practice, days_ago)
    wrong_moment = Hindrance.WRONG_MOMENT in (row.hindrances or "").split(",")
    return Met(row.done, days_ago, None if wrong_moment else worth_at(row, through))


def _breadth(before: Sequence[Event]) -> float:
    set_to = [e.breadth for e in before if isinstance(e, PreferenceSet)]
    return set_to[-1] if set_to else Context().breadth
