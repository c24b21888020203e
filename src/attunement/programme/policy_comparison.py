"""An honest comparison on the programme's own log: what each policy would have earned, had it chosen instead."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby, islice
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, or_, select

from attunement.domain.context import History
from attunement.domain.contracts import Policy
from attunement.domain.errors import ErrorCode, Invalid
from attunement.policy.off_policy import Estimate, gain, self_normalised
from attunement.policy.optimistic import EpsilonGreedyPolicy, LinUcbPolicy
from attunement.policy.pooled import PooledPolicy
from attunement.policy.popularity import PopularityPolicy
from attunement.policy.uniform import UniformPolicy
from attunement.programme.house import House
from attunement.programme.past_decisions import PastDecision, access_past_decisions
from attunement.programme.policy_shelf import TOGETHER, histories_of, history_of, learnable
from attunement.store.objectives import definition_in_force
from attunement.store.schema import outcomes

DECISIONS, MOST = 2000, 10_000
"""How many decisions are looked at, the newest: by default, and at most."""
LESSONS = 20_000
"""From so many outcomes before these, the newest, policies begin."""
FOLDED_EVERY = 5
"""After so many decisions what everybody told is learned; what one told oneself counts at once, as when served."""
SEED = 20261104
Array = NDArray[np.float64]


class Verdict(StrEnum):
    """``better`` or ``worse`` than what was served, where the interval of the difference leaves out 0.

    ``insufficient evidence`` where it does not, or where there is not enough to tell (`self_normalised`).
    """

    BETTER = "better"
    WORSE = "worse"
    INSUFFICIENT = "insufficient evidence"


@dataclass(frozen=True, slots=True)
class Compared:
    """What one policy would have come to.

    ``value`` is what its offers that ended would have been worth (0 to 1), ``gain`` that less what those served were,
    and ``share_ended`` how many of its offers would have ended (0 to 1). ``verdict`` is what the interval of ``gain``
    carries, and no more.
    """

    policy: str
    value: Estimate
    gain: Estimate
    share_ended: Estimate
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class PolicyComparison:
    """The policies beside what was served, over ``decisions`` of ``people`` (``synthetic`` of them made up).

    Of ``ended`` decisions the practice offered was finished, or stopped and told of: only these are worth anything that
    is known. ``value`` and ``share_ended`` are of what was served, ``reward_definition`` says what outcomes are worth,
    ``since`` and ``until`` when the first and the last of the decisions was made.
    """

    reward_definition: str
    decisions: int
    ended: int
    people: int
    synthetic: int
    since: datetime | None
    until: datetime | None
    value: Estimate
    share_ended: Estimate
    policies: tuple[Compared, ...]


def access_policy_comparison(
    house: House, *, newest: int = DECISIONS, told: Callable[[int, int], object] = lambda _done, _of: None
) -> PolicyComparison:
    """Compare policies on the newest decisions, from people who allow learning from what they do here.

    The policies live through the log once more: each decision is put to a policy that has learned what came before it
    (of what came before all of them, the newest `LESSONS`) and nothing else. The probability with which it would have
    offered the same practice, over the logged one, is the weight of what came of it (`self_normalised`). So it is the
    worth of one offer at a time, to people who met what was served until then, and not of where other offers lead.
    "partial-pooling" is what is served, but for what kinds of people tell of newcomers and for who was taken out since;
    it should come near. Nothing is written, and nobody waits: all is read at first, and worked out afterwards.

    Parameters
    ----------
    newest:
        How many decisions, 1 to `MOST`; fewer count where some cannot be built again (`access_past_decisions`).
    told:
        Called now and then with how many decisions are done and how many there are.

    Raises `Invalid` (``bad-input``) for another number.
    """
    if not 1 <= newest <= MOST:
        raise Invalid(
            ErrorCode.BAD_INPUT, "decisions must be a whole number from 1 to {most}. Correct it.", most=MOST
        )  # fmt: skip
    with house.store.read() as connection:
        past = access_past_decisions(house, connection, newest=newest)
        begun = past[0].seq - 1 if past else 0
        after = _lessons_after(connection, begun)
        policies = _taught(house, connection, after, begun)
        rows = _rows(connection, {one.member for one in past}, after, begun)
        definition = definition_in_force(connection).name
    return _compared(past, _weights(past, policies, rows, begun, told), definition)


def _lessons_after(connection: Connection, through: int) -> int:
    """The event after which outcomes up to another one are learned."""
    newest = select(outcomes.c.seq).where(outcomes.c.learnable, outcomes.c.seq <= through)
    return connection.execute(newest.order_by(outcomes.c.seq.desc()).offset(LESSONS).limit(1)).scalar() or 0


def _taught(house: House, connection: Connection, after: int, through: int) -> dict[str, Policy]:
    """The policies by name, each of which has learned what was told after one event and up to another."""
    features = house.policies.features
    known: list[Policy] = [
        PooledPolicy(features), LinUcbPolicy(features), EpsilonGreedyPolicy(features), PopularityPolicy(),
        UniformPolicy(),
    ]  # fmt: skip
    told = learnable(outcomes.c.seq > after, outcomes.c.seq <= through)
    people = histories_of(connection.execute(told.execution_options(yield_per=1000)), through)
    while some := list(islice(people, TOGETHER)):
        known = [policy.learn(some) for policy in known]
    return {policy.name: policy for policy in known}


def _rows(connection: Connection, deciders: Collection[str], after: int, begun: int) -> dict[str, list[Any]]:
    """The outcomes after an event of whoever decided, or told or corrected something since it begun; by person."""
    news = or_(outcomes.c.seq > begun, outcomes.c.corrected > begun)
    tellers = connection.execute(select(outcomes.c.member).where(outcomes.c.learnable, news)).scalars()
    members, rows = sorted({*deciders, *tellers}), dict[str, list[Any]]()
    for some in (members[k : k + TOGETHER] for k in range(0, len(members), TOGETHER)):
        found = connection.execute(learnable(outcomes.c.member.in_(some), outcomes.c.seq > after)).all()
        rows |= {member: list(theirs) for member, theirs in groupby(found, key=lambda row: row.member)}
    return rows


def _weights(
    past: Sequence[PastDecision], policies: Mapping[str, Policy], rows: Mapping[str, Sequence[Any]], begun: int,
    told: Callable[[int, int], object],
) -> dict[str, Array]:  # fmt: skip
    """By policy how much likelier what was offered would have been, of each decision in turn."""
    news = [(s, m) for m, theirs in rows.items() for r in theirs for s in (r.seq, r.corrected) if s and s > begun]
    shared = {member: history_of(theirs, begun) for member, theirs in rows.items()}
    found, learned = {name: np.empty(len(past)) for name in policies}, begun
    for k, one in enumerate(past):
        if k % FOLDED_EVERY == 0:
            told(k, len(past))
            touched = sorted({m for s, m in news if learned < s < one.seq})
            fresh = {m: history_of(rows[m], one.seq - 1) for m in touched}
            policies = _folded(policies, [shared[m] for m in fresh], [*fresh.values()])
            shared, learned = shared | fresh, one.seq - 1
        own = history_of(rows.get(one.member, ()), one.seq - 1)
        context = replace(one.context, own=own, shared=shared.get(one.member, History()))
        for name, policy in policies.items():
            choice = policy.decide(context, one.candidates, rng=np.random.default_rng(0))
            found[name][k] = choice.probabilities[one.offered] / one.probability
    told(len(past), len(past))
    return found


def _folded(policies: Mapping[str, Policy], before: Sequence[History], after: Sequence[History]) -> dict[str, Policy]:
    return {name: policy.forget(before).learn(after) for name, policy in policies.items()}


def _compared(past: Sequence[PastDecision], weights: Mapping[str, Array], definition: str) -> PolicyComparison:
    members = sorted({one.member for one in past})
    place = {member: k for k, member in enumerate(members)}
    people = np.array([place[one.member] for one in past], np.int64)
    ended = np.array([one.reward is not None for one in past], bool)
    rewards = np.array([one.reward for one in past if one.reward is not None])

    def of_ended(figure: Callable[..., Estimate], w: Array) -> Estimate:
        return figure(w[ended], rewards, people[ended], np.random.default_rng(SEED))

    def share(w: Array) -> Estimate:
        return self_normalised(w, ended.astype(float), people, np.random.default_rng(SEED))

    def compared(policy: str, w: Array) -> Compared:
        apart = of_ended(gain, w)
        return Compared(policy, of_ended(self_normalised, w), apart, share(w), verdict_of(apart))

    as_served = np.ones(len(past))
    return PolicyComparison(
        definition, len(past), int(ended.sum()), len(members), len({one.member for one in past if one.synthetic}),
        past[0].at if past else None, past[-1].at if past else None, of_ended(self_normalised, as_served),
        share(as_served), tuple(compared(policy, w) for policy, w in weights.items()),
    )  # fmt: skip


def verdict_of(apart: Estimate) -> Verdict:
    """What the interval of a difference carries."""
    if apart.low is None or apart.high is None or apart.low <= 0 <= apart.high:
        return Verdict.INSUFFICIENT
    return Verdict.BETTER if apart.low > 0 else Verdict.WORSE
