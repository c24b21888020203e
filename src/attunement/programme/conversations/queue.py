"""What waits for people, in the order in which one supporter should look at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, case, func, select

from attunement.domain.conversation import Owner
from attunement.domain.reading import SIGNS, RiskLevel
from attunement.programme.conversations.claimable import is_claimable
from attunement.programme.conversations.conversation import Conversation, opened_row
from attunement.programme.conversations.duty import Supporter, access_supporter
from attunement.programme.conversations.second import SecondWanted, access_along, access_second_wanted
from attunement.programme.conversations.wishes import fit
from attunement.programme.house import House
from attunement.programme.members import access_name
from attunement.store.schema import conversations

A_POINT_OF_FIT = timedelta(minutes=5)
MOST = 200


@dataclass(frozen=True, slots=True)
class Waiting:
    """A conversation that may be claimed: whose it is, for how long it waits, how well the supporter fits (0 to 4).

    ``for_me`` is one that is kept for this supporter; ``left`` one whose supporter is not there (see `is_left`).
    """

    conversation: Conversation
    name: str
    waited: timedelta
    fit: int
    for_me: bool
    left: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """What a supporter has before them: themselves, their own conversations (newest line first), and what waits.

    ``along`` are those of colleagues in which they look along, ``seconds`` colleagues who would like somebody to.
    """

    me: Supporter
    mine: tuple[Conversation, ...]
    waiting: tuple[Waiting, ...]
    along: tuple[Conversation, ...] = ()
    seconds: tuple[SecondWanted, ...] = ()


def access_queue(house: House, supporter: str) -> Queue:
    """The queue of a supporter; raises `Refused` (``not-allowed``) for anybody else.

    Danger comes first, by its level. Then what is kept for them; then who waited longest, where each point of fit
    counts as five minutes.
    """
    with house.store.read() as connection:
        me = access_supporter(house, connection, supporter)
        cells = conversations.c
        own = select(conversations).where(cells.owner == Owner.SUPPORTER, cells.supporter == supporter)
        mine = [opened_row(row) for row in connection.execute(own.order_by(cells.last_at.desc()))]
        waiting = [_waiting(house, connection, one, me) for one in _claimable(house, connection, supporter)]
        along, seconds = access_along(connection, supporter), access_second_wanted(connection, supporter)
    return Queue(me, tuple(mine), tuple(sorted(waiting, key=_urgency)), tuple(along), tuple(seconds))


def _claimable(house: House, connection: Connection, supporter: str) -> list[Conversation]:
    """What may be claimed; of more than `MOST` those that come first, but for how they fit."""
    cells = conversations.c
    order = (
        case(*((cells.risk == level, -level.rank) for level in SIGNS), else_=0),
        case((cells.person == supporter, 0), else_=1),
        func.coalesce(cells.waiting_since, cells.last_at),
        cells.id,
    )
    query = select(conversations).where(is_claimable(house, connection, supporter)).order_by(*order).limit(MOST)
    return [opened_row(row) for row in connection.execute(query)]


def _waiting(house: House, connection: Connection, one: Conversation, me: Supporter) -> Waiting:
    since = one.waiting_since or one.last_at
    return Waiting(
        conversation=one, name=access_name(house, connection, one.member), waited=house.clock() - since,
        fit=fit(one.wanted, one.language, me), for_me=one.wanted.person == me.account,
        left=one.owner is Owner.SUPPORTER,
    )  # fmt: skip


def _urgency(one: Waiting) -> tuple[int, bool, timedelta]:
    rank = one.conversation.risk.rank
    danger = rank if rank >= RiskLevel.INDIRECT.rank else 0
    return (-danger, not one.for_me, -(one.waited + one.fit * A_POINT_OF_FIT))
