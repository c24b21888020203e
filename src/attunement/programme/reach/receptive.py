"""What reaching out changed, learned from everybody who allows it; a function of the database, and of nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, case, func, select

from attunement.policy.receptivity import Reached, ReceptivityPolicy
from attunement.programme.house import House
from attunement.programme.reach.moments import NAMES
from attunement.store.schema import outcomes, reaches

ROUNDED_S = 600
_MADE = and_(
    outcomes.c.member == reaches.c.member, outcomes.c.at > reaches.c.at, outcomes.c.at <= reaches.c.until
)  # fmt: skip


class Receptivity:
    """Serves what has been learned about reaching out, made anew where the rows it is made of have changed.

    Moments count from the ten minutes in which they were over, so that it is made no oftener; but at once where some
    of them may not be learned from any more, since then there are fewer.
    """

    def __init__(self) -> None:
        self._made_of: tuple[datetime, int] | None = None
        self._policy = ReceptivityPolicy(NAMES)

    def newest(self, house: House, connection: Connection) -> ReceptivityPolicy:
        """The policy that has seen every moment that is over and may be learned from.

        A moment's reward is the best that came of a practice until it was over, by the objective in force, and 0 where
        none was done. Moments after which something was done that may not be learned from are left out.
        """
        now = house.clock()
        before = datetime.fromtimestamp(now.timestamp() // ROUNDED_S * ROUNDED_S, now.tzinfo)
        made_of = (before, _count(connection, before))
        if made_of != self._made_of:
            self._policy, self._made_of = ReceptivityPolicy(NAMES).learn(_reached(connection, before)), made_of
        return self._policy


def _count(connection: Connection, before: datetime) -> int:
    query = select(func.count()).select_from(reaches).where(*_over(before))
    return int(connection.execute(query).scalar_one())


def _reached(connection: Connection, before: datetime) -> Iterator[Reached]:
    moment = (reaches.c.id, reaches.c.moment, reaches.c.sent, reaches.c.probability)
    unsaid = func.count(case((outcomes.c.learnable.is_(False), 1)))
    query = (
        select(*moment, func.max(outcomes.c.reward).label("best"), unsaid.label("unsaid"))
        .outerjoin(outcomes, _MADE).where(*_over(before)).group_by(*moment).order_by(reaches.c.id)
    )  # fmt: skip
    for row in connection.execute(query):
        if not row.unsaid:
            values = json.loads(row.moment)
            moment_of = tuple(values.get(name, 0.0) for name in NAMES)
            yield Reached(moment_of, row.sent, row.probability, row.best or 0.0)


def _over(before: datetime) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return reaches.c.learnable, reaches.c.until <= before
