"""The one who looks, member by member, whether a moment has come, and sees to it that messages leave."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import delete, insert, select

from attunement.domain.errors import NotFound
from attunement.programme.house import House
from attunement.programme.reach.letters import Translate
from attunement.programme.reach.outbox import do_deliver
from attunement.programme.reach.receptive import Receptivity
from attunement.programme.reach.weighing import EVERY, do_weigh
from attunement.programme.recurring import Recurring
from attunement.store.schema import reach_points, reach_settings

EVERY_S = 20.0


def point_of(member: str, timestamp: float) -> int:
    """The number of a member's moment at a time: one an hour, each member at a minute of their own.

    >>> a = "01900000-0000-7000-8000-000000000000"
    >>> point_of(a, 1000.0), point_of(a, 4600.0)
    (0, 1)
    """
    every = int(EVERY.total_seconds())
    return int((timestamp + UUID(member).int % every) // every)


def do_reach(house: House, receptivity: Receptivity) -> int:
    """Weigh the moment of everybody whose moment has come; returns how many were reached.

    Each is weighed once, whatever number of processes look; moments missed while no server ran are let go.
    """
    due = list(_due(house))
    if not due:
        return 0
    with house.store.read() as connection:  # not inside a write, which others wait for
        policy, reached = receptivity.newest(house, connection), 0
    for member, point in due:
        try:
            if _taken_on(house, member, point):
                reached += do_weigh(house, member, policy).sent
        except NotFound:  # erased meanwhile
            continue
    return reached


def _taken_on(house: House, member: str, point: int) -> bool:
    """Whether this process is the one to weigh a moment: the first that writes down that it does."""
    with house.store.write() as transaction:
        transaction.hold(member)
        mine = select(reach_points.c.point).where(reach_points.c.member == member)
        if transaction.connection.execute(mine).scalar() == point:
            return False
        transaction.connection.execute(delete(reach_points).where(reach_points.c.member == member))
        transaction.connection.execute(insert(reach_points), {"member": member, "point": point})
        return True


def _due(house: House) -> Iterator[tuple[str, int]]:
    now = house.clock().timestamp()
    query = (
        select(reach_settings.c.member, reach_points.c.point)
        .outerjoin(reach_points, reach_points.c.member == reach_settings.c.member)
        .where(reach_settings.c.on)
    )  # fmt: skip
    with house.store.read() as connection:
        rows = connection.execute(query).all()
    for row in rows:
        point = point_of(row.member, now)
        if row.point != point:
            yield row.member, point


class Reacher(Recurring):
    """Runs `do_reach` and `do_deliver` three times a minute in a thread of the server. Several may run."""

    def __init__(self, house: House, translate: Translate, *, every_s: float = EVERY_S) -> None:
        super().__init__("attunement-reacher", every_s=every_s)
        self._house, self._translate = house, translate
        self._receptivity = Receptivity()

    def round(self, number: int) -> None:
        """Weigh whose moment has come, and hand over what is due."""
        do_reach(self._house, self._receptivity)
        do_deliver(self._house, self._translate)
