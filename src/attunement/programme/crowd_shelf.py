"""Keeps what was worked out about many people for a day, and for no longer than each of them lets it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from sqlalchemy import Connection, bindparam, func, select

from attunement.domain.events import ConsentChanged
from attunement.domain.programme_events import MemberErased
from attunement.store.schema import log, policies
from attunement.store.store import Store

KEPT_FOR = timedelta(days=1)
S = TypeVar("S")
T = TypeVar("T")
_NEWEST = select(func.max(log.c.seq))


_VERSION = select(func.max(policies.c.version))
_LATER = select(log.c.kind, log.c.member).where(
    log.c.kind.in_((ConsentChanged.kind, MemberErased.kind)), log.c.seq > bindparam("through")
)
_FORGOT = (
    select(policies.c.version).where(policies.c.version > bindparam("version"), policies.c.why == "forgot").limit(1)
)


@dataclass(frozen=True, slots=True)
class Rests:
    """What something kept rests on: these members, the log up to ``through``, a version of the policy; read when."""

    members: frozenset[str]
    through: int
    version: int
    at: datetime

    @classmethod
    def on(cls, connection: Connection, members: frozenset[str], at: datetime) -> Rests:
        """On these members as they are now."""
        through, version = (connection.execute(query).scalar() or 0 for query in (_NEWEST, _VERSION))
        return cls(members, through, version, at)

    def hold(self, connection: Connection, now: datetime) -> bool:
        """Whether it is less than a day ago, and nobody left since."""
        return self.at <= now < self.at + KEPT_FOR and not (self._left(connection) or self._forgotten(connection))

    def _left(self, connection: Connection) -> bool:
        later = connection.execute(_LATER, {"through": self.through})
        return any(row.kind == MemberErased.kind or row.member in self.members for row in later)

    def _forgotten(self, connection: Connection) -> bool:
        return connection.execute(_FORGOT, {"version": self.version}).first() is not None


class CrowdShelf(Generic[T]):
    """Holds one thing in memory; nothing of it is stored.

    It is gone after a day, and at once where anybody was erased, where somebody in it changed what they allow, or where
    the shared policy forgot someone: so whoever left is in none of it, whichever process they left by.
    """

    def __init__(self) -> None:
        self._kept: tuple[T, Rests] | None = None
        self._working = threading.Lock()  # so that it is worked out once

    def kept(self, connection: Connection, now: datetime) -> T | None:
        """What is kept, where it still holds."""
        kept = self._kept
        return kept[0] if kept is not None and kept[1].hold(connection, now) else None

    def kept_or_made(
        self, store: Store, clock: Callable[[], datetime], look: Callable[[Connection], tuple[S, Iterable[str]]],
        make: Callable[[S], T],
    ) -> T:  # fmt: skip
        """What is kept; where it does not hold any more, what ``make`` makes, outside the database, of what was found.

        ``look`` gives what is there to be made of, and the members that it is of.
        """
        with self._working:
            with store.read() as connection:
                kept = self.kept(connection, clock())
                if kept is not None:
                    return kept
                seen, members = look(connection)
                rests = Rests.on(connection, frozenset(members), clock())
            made = make(seen)
            self._kept = (made, rests)
            return made
