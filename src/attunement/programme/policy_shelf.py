"""The shared policy in numbered versions: every process serves the newest, one at a time makes the next."""

from __future__ import annotations

import json
import threading
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from attunement.domain.context import Experience
from attunement.domain.events import PolicyPublished
from attunement.policy.features import FeatureMap
from attunement.policy.linear import BayesianLinearPolicy
from attunement.policy.statistics import Statistics
from attunement.policy.uniform import UniformPolicy
from attunement.store.schema import outcomes, policies, policy_cache
from attunement.store.store import Store, Transaction

_NEWEST = select(policies.c.version, policies.c.through).order_by(policies.c.version.desc()).limit(1)


class PolicyShelf:
    """Keeps the newest version at hand, learns new outcomes into the next, and takes people out again.

    A version is a function of the log: the sum over all learnable outcomes up to ``through``. So its parameters are
    only cached, and no version holds anyone who was erased or has taken back their consent to learning.
    """

    fair = UniformPolicy()

    def __init__(self, store: Store, features: FeatureMap) -> None:
        self._store = store
        self.features = features
        self._served = BayesianLinearPolicy(features)
        self._lock = threading.Lock()

    def newest(self, connection: Connection) -> BayesianLinearPolicy:
        """The newest version there is, whichever process made it."""
        row = self._newest_row(connection)
        version = row.version if row else 0
        if self._served.version != version:
            with self._lock:
                self._served = BayesianLinearPolicy(
                    self.features,
                    statistics=self._statistics(connection, version, row.through if row else 0),
                    version=version,
                )
        return self._served

    def at(self, connection: Connection, version: int) -> BayesianLinearPolicy | None:
        """A version by number, made again from the outcomes it rests on; None where there is none.

        Whoever was taken out since is not in it: it is what the version would be today. 0 is the prior.
        """
        if version == 0:
            return BayesianLinearPolicy(self.features)
        through = connection.execute(select(policies.c.through).where(policies.c.version == version)).scalar()
        if through is None:
            return None
        _, seen = self._experiences(connection, outcomes.c.seq <= through)
        statistics = Statistics.empty(self.features.names).plus(seen)
        return BayesianLinearPolicy(self.features, statistics=statistics, version=version)

    def learn(self, at: datetime, reward_definition: str) -> int | None:
        """Fold all new learnable outcomes into the next version; its number, or None where there is nothing new."""
        with self._store.write(alone=True) as transaction:
            connection = transaction.connection
            row = self._newest_row(connection)
            through = row.through if row else 0
            seqs, fresh = self._experiences(connection, outcomes.c.seq > through)
            if not fresh:
                return None
            version = row.version if row else 0
            statistics = self._statistics(connection, version, through).plus(fresh)
            return self._publish(transaction, version + 1, max(seqs), statistics, at, reward_definition, "learned")

    def forget(self, transaction: Transaction, member: str, at: datetime, reward_definition: str) -> int | None:
        """Publish a version without a member, equal to never having seen them; None where nothing of theirs was in.

        Call it before their outcomes are deleted or marked, in the same transaction (`Store.write(alone=True)`).
        """
        connection = transaction.connection
        row = self._newest_row(connection)
        if row is None:
            return None
        _, theirs = self._experiences(connection, outcomes.c.member == member, outcomes.c.seq <= row.through)
        if not theirs:
            return None
        statistics = self._statistics(connection, row.version, row.through).minus(theirs)
        return self._publish(transaction, row.version + 1, row.through, statistics, at, reward_definition, "forgot")

    def _publish(
        self, transaction: Transaction, version: int, through: int, statistics: Statistics, at: datetime,
        reward_definition: str, why: str,
    ) -> int:  # fmt: skip
        event = PolicyPublished.model_validate({
            "at": at, "version": version, "through": through, "outcomes": statistics.n,
            "policy": BayesianLinearPolicy.name, "reward_definition": reward_definition, "why": why,
        })  # fmt: skip
        transaction.append(event)
        transaction.connection.execute(delete(policy_cache))
        row = {"version": version, "parameters": statistics.to_bytes()}
        transaction.connection.execute(insert(policy_cache), row)
        return version

    def _statistics(self, connection: Connection, version: int, through: int) -> Statistics:
        names = self.features.names
        if self._served.version == version:
            return self._served.statistics
        cached = connection.execute(select(policy_cache.c.parameters).where(policy_cache.c.version == version)).scalar()
        if cached is not None:
            return Statistics.from_bytes(cached).renamed(names)
        _, seen = self._experiences(connection, outcomes.c.seq <= through)
        return Statistics.empty(names).plus(seen)

    @staticmethod
    def _newest_row(connection: Connection):  # type: ignore[no-untyped-def]
        return connection.execute(_NEWEST).first()

    @staticmethod
    def _experiences(connection: Connection, *conditions) -> tuple[list[int], list[Experience]]:  # type: ignore[no-untyped-def]
        query = select(outcomes.c.seq, outcomes.c.features, outcomes.c.reward).where(outcomes.c.learnable, *conditions)
        rows = connection.execute(query).all()
        return [r.seq for r in rows], [Experience(json.loads(r.features), r.reward) for r in rows]
