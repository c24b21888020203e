"""Whether what is learned is still right: watched all the time, with a fall-back to the last version that was.

Each offer says what was expected of it, and its outcome what it was worth. Where outcomes come to fall short, earlier
versions are asked what they would have expected of the same offers. One that comes closer is served again, and learning
pauses until a steward lets it go on; where none does, it was not learning that went wrong, and it goes on.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np
from sqlalchemy import Connection, select

from attunement.domain.context import Experience
from attunement.domain.errors import Conflict, ErrorCode
from attunement.domain.programme_events import DriftFound, LearningResumed
from attunement.policy.drift import Shift, falls_short
from attunement.policy.pooled import PooledPolicy
from attunement.policy.statistics import design
from attunement.programme.house import House
from attunement.programme.policy_shelf import Served
from attunement.store.schema import decisions, drifts, outcomes, policies

PROVEN = 50
"""So many outcomes of offers by a version, and those after it, must have come as expected before it is gone back to."""
WATCHED = 2000
"""So many outcomes are looked at, the newest. To begin later cannot give more false alarms: fewer stakes are placed."""
COMPARED = 300
"""With so many of the outcomes since it began, at most, earlier versions are compared."""
HALF = 0.5
"""An earlier version foretells better where its error on average is at most this part of the later one's."""
_NEWEST = select(drifts).order_by(drifts.c.seq.desc()).limit(1)
_WATCHED = (
    select(
        outcomes.c.at, outcomes.c.member, outcomes.c.features, outcomes.c.reward, decisions.c.seq.label("decided"),
        decisions.c.expected, policies.c.version, policies.c.through,
    )
    .join(decisions, decisions.c.id == outcomes.c.decision)
    .join(policies, policies.c.version == decisions.c.policy_version)
    .where(
        outcomes.c.learnable, outcomes.c.practice == decisions.c.practice, decisions.c.policy == PooledPolicy.name,
        decisions.c.expected.is_not(None), outcomes.c.reward_definition == policies.c.reward_definition,
    )
    .order_by(outcomes.c.seq.desc()).limit(WATCHED)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Watched:
    """An outcome that may be learned from, beside what was expected when its practice was offered.

    ``decided`` is the number of the event of the offer; ``version`` the one that made it, which knew the outcomes up to
    event ``through``.
    """

    at: datetime
    member: str
    features: str
    reward: float
    decided: int
    expected: float
    version: int
    through: int


@dataclass(frozen=True, slots=True)
class Alarm:
    """What `DriftFound` told: its event ``seq``, and the event by which a steward let learning go on since, if any."""

    seq: int
    at: datetime
    version: int
    since: datetime
    cause: str
    good: int | None
    resumed: int | None

    @property
    def watched_from(self) -> int:
        """Offers after this event are watched anew: those before it were answered for."""
        return max(self.seq, self.resumed or 0)


def do_watch(house: House) -> DriftFound | None:
    """Look whether outcomes fall short of what was expected, and fall back where learning is to blame.

    Returns what was found, which is logged; None where all is as it should be, or something changed while it was looked
    into, which is then looked into the next time.
    """
    with house.store.read() as connection:
        alarm, seen = access_alarm(connection), access_watched(connection)
        fresh = [w for w in seen if alarm is None or w.decided > alarm.watched_from]
        shifts = falls_short([w.expected for w in fresh], [w.reward for w in fresh])
        if not shifts:
            return None
        served = house.policies.newest(connection).version
        suspect = fresh[shifts[0].began]
        good, cause = _judged(house, connection, fresh, shifts[0])
    with house.store.write(alone=True) as transaction:
        if access_alarm(transaction.connection) != alarm or _forgot_since(transaction.connection, served):
            return None
        found = DriftFound(
            at=house.clock(), version=served, since=suspect.at, cause=cause, good=good.policy.version if good else None
        )
        transaction.append(found)
        if good is not None:
            house.policies.fall_back(transaction, good, found.at)
    return found


def do_resume_learning(house: House) -> None:
    """Let learning go on: the next version folds in all that came meanwhile.

    Raises `Conflict` (``learning-not-paused``) where it is not paused.
    """
    with house.store.write(alone=True) as transaction:
        if access_pause(transaction.connection) is None:
            raise Conflict(ErrorCode.LEARNING_NOT_PAUSED, "Learning is not paused, so there is nothing to resume.")
        transaction.append(LearningResumed(at=house.clock()))


def access_pause(connection: Connection) -> Alarm | None:
    """The alarm for which learning is paused, or None where it is not."""
    row = connection.execute(_NEWEST.where(drifts.c.good.is_not(None), drifts.c.resumed.is_(None))).first()
    return None if row is None else Alarm(*row)


def access_alarm(connection: Connection) -> Alarm | None:
    """The newest alarm there was."""
    row = connection.execute(_NEWEST).first()
    return None if row is None else Alarm(*row)


def access_watched(connection: Connection) -> list[Watched]:
    """The newest outcomes with what was expected of them, oldest first; only those that may be learned from."""
    return [Watched(*row) for row in reversed(connection.execute(_WATCHED).all())]


def _judged(
    house: House, connection: Connection, fresh: Sequence[Watched], shift: Shift
) -> tuple[Served | None, Literal["version", "world", "unknown"]]:
    """The newest of the earlier versions looked at that foretells what came since better, and the cause."""
    suspect, recent = fresh[shift.began], fresh[shift.began : shift.found + 1][-COMPARED:]
    earlier = _earlier(fresh, shift.began)
    if not earlier:
        return None, "unknown"
    short = _shortfall(house, connection, suspect, recent)
    for proven in earlier:
        if abs(_shortfall(house, connection, proven, recent)) <= HALF * short:
            policy = house.policies.at(connection, proven.version)
            assert policy is not None
            return Served(policy, proven.through), "version"
    return None, "world"


def _earlier(fresh: Sequence[Watched], began: int) -> list[Watched]:
    """The offers of earlier versions to look at: 50, 100, 200 and so on outcomes before it began."""
    backs = [PROVEN * 2**k for k in range(WATCHED.bit_length()) if PROVEN * 2**k <= began]
    found = {w.version: w for w in (fresh[began - back] for back in backs) if w.through < fresh[began].through}
    return list(found.values())


def _shortfall(house: House, connection: Connection, by: Watched, recent: Sequence[Watched]) -> float:
    """How much more, on average, the version that made an offer would have expected of these than came of them.

    It knows of each member what they had told before the offer, and of everybody what it had learned.
    """
    policy = house.policies.at(connection, by.version)
    assert policy is not None
    apart = []
    for w in recent:
        own, shared = house.policies.histories(connection, w.member, before=w.decided, through=by.through)
        x, _ = design(policy.features.names, [Experience(json.loads(w.features), w.reward)])
        apart.append(float(x[0] @ policy.belief_of(own, shared).mean) - w.reward)
    return float(np.mean(apart))


def _forgot_since(connection: Connection, version: int) -> bool:
    """Whether anything but learning changed the policy after a version: then what was made again may be out of date."""
    query = select(policies.c.version).where(policies.c.version > version, policies.c.why != "learned").limit(1)
    return connection.execute(query).first() is not None
