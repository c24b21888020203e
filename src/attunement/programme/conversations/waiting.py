"""How long it takes until a person is there, told honestly: from what others waited lately, or that nobody knows."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from sqlalchemy import Connection, case, func, or_, select

from attunement.domain.conversation import Owner
from attunement.domain.conversation_events import WaitTold
from attunement.programme.conversations.duty import access_on_duty
from attunement.programme.house import House
from attunement.store.schema import conversations

LOOKED_BACK = timedelta(days=14)
MOST_WAITS, FEWEST_WAITS = 50, 5
WAITED = case((or_(conversations.c.waited_s > 0, conversations.c.asked_by != "safety"), conversations.c.waited_s))
"""The wait of a conversation, or null: who was stepped in on while the companion answered waited for nobody."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What can be said about the wait.

    ``on_duty`` and ``free`` count supporters there, and those with room; ``ahead`` who waits already. ``half_min`` and
    ``most_min`` are the minutes within which half and nine in ten of the last ``waits`` were answered; None below five
    waits, and where nobody is on duty, when no number would be honest. ``so_far_min`` is how long they have waited
    already, None where they do not wait.
    """

    on_duty: int
    free: int
    ahead: int
    waits: int
    half_min: int | None
    most_min: int | None
    so_far_min: int | None = None

    @property
    def told(self) -> WaitTold:
        """What of it a member is told when they begin to wait."""
        return WaitTold(on_duty=self.on_duty, half_min=self.half_min, most_min=self.most_min)


def access_expectation(house: House, connection: Connection, *, but: str | None = None) -> Expectation:
    """The wait of whoever asks for a person now; ``but`` is their own conversation, which is not ahead of itself."""
    there = access_on_duty(house, connection)
    cells = conversations.c
    ahead = select(func.count()).select_from(conversations).where(cells.owner == Owner.WAITING)
    if but is not None:
        since = select(cells.waiting_since).where(cells.id == but).scalar_subquery()
        ahead = ahead.where(cells.id != but, func.coalesce(cells.waiting_since < since, True))
    waits = _waits(house, connection)
    so_far = _so_far(house, connection, but) if but is not None else None
    known = len(waits) >= FEWEST_WAITS and bool(there)
    half, most = np.quantile(waits, [0.5, 0.9]) if known else (None, None)
    return Expectation(
        on_duty=len(there), free=sum(s.free > 0 for s in there), ahead=int(connection.execute(ahead).scalar_one()),
        waits=len(waits), half_min=_minutes(half), most_min=_minutes(most), so_far_min=so_far,
    )  # fmt: skip


def _so_far(house: House, connection: Connection, conversation: str) -> int | None:
    query = select(conversations.c.waiting_since).where(conversations.c.id == conversation)
    since = connection.execute(query).scalar()
    return None if since is None else int((house.clock() - since).total_seconds() // 60)


def _waits(house: House, connection: Connection) -> list[float]:
    cells = conversations.c
    query = select(WAITED).where(cells.claimed > house.clock() - LOOKED_BACK, WAITED.is_not(None))
    return list(connection.execute(query.order_by(cells.claimed.desc()).limit(MOST_WAITS)).scalars())


def _minutes(seconds: float | None) -> int | None:
    return None if seconds is None else max(1, math.ceil(seconds / 60))
