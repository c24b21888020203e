"""Which practices there were when many were decided among: listed in the log once, referred to by each decision."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from attunement.domain.errors import ErrorCode, StoreError
from attunement.domain.offer_events import DecisionMade
from attunement.domain.others_kept import OthersKept
from attunement.domain.probabilities import Listed
from attunement.domain.programme_events import PracticesListed
from attunement.store.schema import log
from attunement.store.store import Store, Transaction

FEW = 256
"""Of up to so many candidates each is logged with its own probability."""
_NEWEST_FIRST = select(log.c.id, log.c.seq).where(log.c.kind == PracticesListed.kind).order_by(log.c.seq.desc())


class Listings:
    """What the log lists, remembered in memory: a list never changes under its version.

    Parameters
    ----------
    store:
        Where the log is.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._events: dict[str, Listed] = {}

    def compact(
        self,
        transaction: Transaction,
        probabilities: Mapping[str, float],
        *,
        shown: Collection[str],
        listed: Listed,
        at: datetime,
    ) -> tuple[dict[str, float], OthersKept | None]:
        """Probabilities as they are logged: of many candidates those above the least, and one number for the others.

        The practices there are, ``listed``, are listed in the same transaction where they are not yet.
        """
        if len(probabilities) <= FEW:
            return dict(probabilities), None
        if self._find(transaction.connection, listed.version) is None:
            transaction.append(PracticesListed(at=at, version=listed.version, practices=list(listed.ids)))
        return OthersKept.of(probabilities, shown=shown, listed=listed)

    def access_probabilities(self, connection: Connection, event: DecisionMade) -> Mapping[str, float]:
        """Of every candidate of a decision, in whichever form it was logged."""
        if event.others is None:
            return event.probabilities
        listed = self._find(connection, event.others.listing)
        if listed is None:
            raise StoreError(
                ErrorCode.BAD_EVENT,
                "Decision {decision} refers to a list of practices that is not in the log. Restore the log from a "
                "backup that has both.",
                decision=event.decision,
            )
        return event.others.spread(event.probabilities, listed)

    def _find(self, connection: Connection, version: str) -> Listed | None:
        """The list of a version, where the log as this connection sees it has it."""
        for row in connection.execute(_NEWEST_FIRST).all():
            if row.id not in self._events:
                [logged] = self._store.events(connection, kinds=(PracticesListed.kind,), after=row.seq - 1, limit=1)
                assert isinstance(logged.event, PracticesListed)
                self._events[row.id] = Listed(tuple(logged.event.practices))
            if self._events[row.id].version == version:
                return self._events[row.id]
        return None
