"""The shared policy in numbered versions: every process serves the newest, one at a time makes the next."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, union_all

from attunement.domain.context import Experience, History
from attunement.domain.errors import Invalid
from attunement.domain.programme_events import PolicyPublished
from attunement.policy.features import FeatureMap
from attunement.policy.pool import Pool
from attunement.policy.pooled import PooledPolicy
from attunement.policy.uniform import UniformPolicy
from attunement.store.objectives import definition_in_force
from attunement.store.schema import outcomes, policies, policy_cache
from attunement.store.store import Store, Transaction

_NEWEST = select(policies.c.version, policies.c.through).order_by(policies.c.version.desc()).limit(1)
TOGETHER = 500
"""People whose outcomes are fetched at once."""
OF_ONE = 1000
"""How many outcomes of one person count, the newest: a choice must not take longer the longer they are here."""


@dataclass(frozen=True, slots=True)
class Served:
    """A version of the policy, and the number of the last event whose outcome is in it."""

    policy: PooledPolicy
    through: int


class PolicyShelf:
    """Keeps the newest version at hand, learns new outcomes into the next, and takes people out again.

    A version is a function of the log: the sum over people of their learnable outcomes up to ``through``, of each the
    newest `OF_ONE`. So its parameters are only cached, and no version holds anyone who was erased or has taken back
    their consent to learning.
    """

    fair = UniformPolicy()

    def __init__(self, store: Store, features: FeatureMap) -> None:
        self._store = store
        self.features = features
        self._served = Served(PooledPolicy(features), 0)
        self._lock = threading.Lock()

    def newest(self, connection: Connection) -> PooledPolicy:
        """The newest version there is, whichever process made it."""
        return self._newest(connection).policy

    def histories(
        self, connection: Connection, member: str, *, before: int | None = None, through: int | None = None
    ) -> tuple[History, History]:
        """What may be learned of a member (of what came before event ``before``), and what of that a version holds.

        ``through`` is that of the version; the newest by default.
        """
        through = self._newest(connection).through if through is None else through
        rows = connection.execute(learnable(outcomes.c.member == member)).all()
        whole = history_of(rows)
        own = whole if before is None else history_of(r for r in rows if r.seq < before)
        known = all(max(r.seq, r.corrected or 0) <= through for r in rows)
        shared = whole if known else history_of(rows, through)
        return own, shared

    def held(self, connection: Connection, member: str, rows: Sequence[Row[Any]]) -> History:
        """What the newest version has learned of a member; ``rows`` are all their outcomes, or the newest `OF_ONE`."""
        through = self._newest(connection).through
        theirs: Iterable[Row[Any]] = (row for row in rows if row.learnable)
        if len(rows) == OF_ONE:  # some that were learned may be older than all of these
            learned = learnable(outcomes.c.member == member, outcomes.c.seq <= through)
            newest = learned.order_by(None).order_by(outcomes.c.seq.desc()).limit(OF_ONE)
            theirs = reversed(connection.execute(newest).all())
        return history_of(theirs, through)

    def at(self, connection: Connection, version: int) -> PooledPolicy | None:
        """A version by number, made again from the outcomes it rests on; None where there is none.

        Whoever was taken out since is not in it, and outcomes are worth what they are now: it is what the version would
        be today. 0 is the prior.
        """
        if version == 0:
            return PooledPolicy(self.features)
        through = connection.execute(select(policies.c.through).where(policies.c.version == version)).scalar()
        if through is None:
            return None
        return PooledPolicy(self.features, pool=self._made_again(connection, through), version=version)

    def learn(self, at: datetime) -> int | None:
        """Fold all new and corrected learnable outcomes into the next version; its number, or None where none is."""
        with self._store.write(alone=True) as transaction:
            connection = transaction.connection
            row = self._newest_row(connection)
            version, through = (row.version, row.through) if row else (0, 0)
            fresh = connection.execute(_told_after(through)).all()
            if not fresh:
                return None
            touched = sorted({r.member for r in fresh})
            newest = max(r.told for r in fresh)
            try:
                pool = self._pool(connection, version, through)
                for some in (touched[k : k + TOGETHER] for k in range(0, len(touched), TOGETHER)):
                    rows = connection.execute(learnable(outcomes.c.member.in_(some))).all()
                    pool = pool.minus(histories_of(rows, through)).plus(histories_of(rows))
            except Invalid:  # what was kept did not hold them: it is damaged
                pool = self._made_again(connection, newest)
            return self._publish(transaction, version + 1, newest, pool, at, "learned")

    def learn_anew(self, transaction: Transaction, at: datetime, *, new_too: bool) -> int:
        """Publish a version that learned outcomes by what they are worth now; call it once they are revalued.

        ``new_too`` folds in what came since the newest version.
        """
        connection = transaction.connection
        row = self._newest_row(connection)
        version, through = (row.version, row.through) if row else (0, 0)
        if new_too:
            through = max((r.told for r in connection.execute(_told_after(through))), default=through)
        return self._publish(transaction, version + 1, through, self._made_again(connection, through), at, "objective")

    def forget(self, transaction: Transaction, member: str, at: datetime) -> int | None:
        """Publish a version without a member, equal to never having seen them; None where nothing of theirs was in.

        Call it before their outcomes are deleted or marked, in the same transaction (`Store.write(alone=True)`).
        """
        self._served.policy.belief_of.cache_clear()  # it may remember them, whether or not they taught it
        connection = transaction.connection
        row = self._newest_row(connection)
        if row is None:
            return None
        theirs = connection.execute(learnable(outcomes.c.member == member, outcomes.c.seq <= row.through)).all()
        if not theirs:
            return None
        try:
            pool = self._pool(connection, row.version, row.through).minus([history_of(theirs, row.through)])
        except Invalid:  # what was kept did not hold them: it is damaged, and they go all the same
            pool = self._made_again(connection, row.through, outcomes.c.member != member)
        return self._publish(transaction, row.version + 1, row.through, pool, at, "forgot")

    def fall_back(self, transaction: Transaction, good: Served, at: datetime) -> int:
        """Publish an earlier version again, under a new number; call it in ``Store.write(alone=True)``."""
        row = self._newest_row(transaction.connection)
        version = (row.version if row else 0) + 1
        return self._publish(transaction, version, good.through, good.policy.pool, at, "fell-back")

    def _publish(
        self, transaction: Transaction, version: int, through: int, pool: Pool, at: datetime, why: str
    ) -> int:  # fmt: skip
        event = PolicyPublished.model_validate({
            "at": at, "version": version, "through": through, "outcomes": pool.outcomes, "policy": PooledPolicy.name,
            "reward_definition": definition_in_force(transaction.connection).name, "why": why,
        })  # fmt: skip
        transaction.append(event)
        transaction.connection.execute(delete(policy_cache))
        transaction.connection.execute(insert(policy_cache), {"version": version, "parameters": pool.to_bytes()})
        return version

    def _newest(self, connection: Connection) -> Served:
        row = self._newest_row(connection)
        version, through = (row.version, row.through) if row else (0, 0)
        if self._served.policy.version != version:
            with self._lock:
                pool = self._pool(connection, version, through)
                self._served = Served(PooledPolicy(self.features, pool=pool, version=version), through)
        return self._served

    def _pool(self, connection: Connection, version: int, through: int) -> Pool:
        if self._served.policy.version == version:
            return self._served.policy.pool
        cached = connection.execute(select(policy_cache.c.parameters).where(policy_cache.c.version == version)).scalar()
        kept = Pool.from_bytes(cached) if cached is not None else None
        if kept is None or not kept.adds_up_with(PooledPolicy(self.features).pool):
            return self._made_again(connection, through)
        return kept

    def _made_again(self, connection: Connection, through: int, *conditions: ColumnElement[bool]) -> Pool:
        """The sums over everybody whom the conditions hold for, one person at a time."""
        rows = connection.execute(learnable(outcomes.c.seq <= through, *conditions).execution_options(yield_per=1000))
        return PooledPolicy(self.features).pool.plus(histories_of(rows, through))

    @staticmethod
    def _newest_row(connection: Connection):  # type: ignore[no-untyped-def]
        return connection.execute(_NEWEST).first()


def _told_after(through: int):  # type: ignore[no-untyped-def]
    """Whose outcomes were told or corrected after an event, and when; two searches, each by an index."""
    return union_all(*(
        select(outcomes.c.member, told.label("told")).where(outcomes.c.learnable, told > through)
        for told in (outcomes.c.seq, outcomes.c.corrected)
    ))  # fmt: skip


def learnable(*conditions: ColumnElement[bool]):  # type: ignore[no-untyped-def]
    """Outcomes that may be learned from, person by person."""
    names = ("seq", "member", "features", "reward", "practice", "corrected", "reward_before")
    return (
        select(*(outcomes.c[name] for name in names))
        .where(outcomes.c.learnable, *conditions)
        .order_by(outcomes.c.member, outcomes.c.seq)
    )


def histories_of(rows: Iterable[Row[Any]], through: int | None = None) -> Iterator[History]:
    """The history of each person among rows that stand person by person."""
    return (history_of(theirs, through) for _, theirs in groupby(rows, key=lambda row: row.member))


def history_of(rows: Iterable[Row[Any]], through: int | None = None) -> History:
    """What counts now, or as it was told up to an event: without what came later, and before what was corrected then.

    The rows stand in the order in which they came.
    """
    known = deque((r for r in rows if through is None or r.seq <= through), maxlen=OF_ONE)
    return History(tuple(Experience(json.loads(r.features), worth_at(r, through), r.practice) for r in known))


def worth_at(row: Row[Any], through: int | None) -> float:
    """What an outcome is worth now, or was before what was corrected after an event."""
    later = through is not None and row.corrected is not None and row.corrected > through
    return float(row.reward_before if later else row.reward)
