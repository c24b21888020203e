"""Rings the bell for what other processes wrote: it looks at what is being followed, five times a second."""

from __future__ import annotations

import asyncio
import logging

from sqlalchemy import Connection, func, select
from starlette.concurrency import run_in_threadpool

from attunement.domain.conversation import Owner
from attunement.domain.errors import StoreError
from attunement.programme.bell import CONSENTS, QUEUE, consents_of
from attunement.programme.house import House
from attunement.store.schema import consents, conversations, shifts

EVERY_S = 0.2
_log = logging.getLogger(__name__)
Mark = tuple[object, ...] | None


class Watch:
    """Compares how followed conversations, consents and the queue stood last time with how they stand now.

    What is gone (erased) has changed too, and so has what is looked at for the first time: it may have been written
    to since its stream read it. Streams of this process that have shown it already are left in peace, and while nobody
    follows anything it does not touch the database.
    """

    def __init__(self, house: House) -> None:
        self._house = house
        self._seen: dict[str, Mark] = {}

    async def run(self) -> None:
        """Look until cancelled; a database that is away for a while is asked again."""
        while True:
            await asyncio.sleep(EVERY_S)
            if self._house.bell.heard():
                try:
                    await run_in_threadpool(self.look)
                except StoreError as error:
                    _log.warning("cannot look for news of conversations: %s", error)
                except Exception:  # a fault of ours, or of a driver, must not leave all streams without news
                    _log.exception("The look for news of conversations failed; it is tried again.")

    def look(self) -> None:
        """Look once, and ring for what changed."""
        followed = self._house.bell.heard()
        with self._house.store.read() as connection:
            now = dict.fromkeys(followed) | _marks(connection, followed)
        changed = [about for about in followed if about not in self._seen or self._seen[about] != now[about]]
        self._seen = now
        for about in changed:
            self._house.bell.ring_for(about, now[about])


def _marks(connection: Connection, followed: frozenset[str]) -> dict[str, Mark]:
    cells = conversations.c
    members = {one.removeprefix(CONSENTS) for one in followed if one.startswith(CONSENTS)}
    talks = followed - {QUEUE, *map(consents_of, members)}
    query = select(cells.id, cells.last_line, cells.noted).where(cells.id.in_(talks))
    found: dict[str, Mark] = {row.id: (row.last_line, row.noted) for row in connection.execute(query)}
    if members:
        newest = select(consents.c.member, func.max(consents.c.seq)).where(consents.c.member.in_(members))
        rows = connection.execute(newest.group_by(consents.c.member))
        found |= {consents_of(member): (seq,) for member, seq in rows}
    if QUEUE in followed:
        counts = (func.count(), func.sum(cells.epoch), func.sum(cells.last_line), func.count(cells.second_asked))
        waiting = select(*counts).where(cells.owner.in_([Owner.WAITING, Owner.SUPPORTER]))
        there = select(func.count(), func.max(shifts.c.until))
        found[QUEUE] = (*connection.execute(waiting).one(), *connection.execute(there).one())
    return found
