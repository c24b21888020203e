"""What would change if outcomes were worth something else: simulated from the log, before it is switched on."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, select

from attunement.domain.consent import Category, Purpose
from attunement.domain.context import Context, Experience, History
from attunement.domain.offer_events import DecisionMade
from attunement.domain.reward import RewardDefinition
from attunement.evaluation.variety import effective
from attunement.policy.choosing import GUARDED_EVEN, even_share
from attunement.policy.off_policy import Estimate, self_normalised
from attunement.policy.pooled import PooledPolicy
from attunement.policy.statistics import vector
from attunement.policy.thompson import thompson
from attunement.policy.usable import usable_features
from attunement.programme.consents import access_permissions
from attunement.programme.decisions import OWN_CHOICE
from attunement.programme.house import House
from attunement.programme.overview import FEWEST
from attunement.store.objectives import definition_in_force, worth
from attunement.store.schema import consents, decisions, members, outcomes

OUTCOMES = 5000
DECISIONS = 200
SEED = 20260601
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FamilyEffect:
    """One family under both definitions.

    ``mean`` is what its outcomes are worth on average (0 to 1), ``rank`` its place by that among the families told (1
    is best), each before and after; None where fewer than five people did any of it. ``share`` is its expected share of
    offers (0 to 1), None where the offers looked at were made to fewer than five people.
    """

    family: str
    title: str
    mean: tuple[float, float] | None
    rank: tuple[int, int] | None
    share: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class ObjectiveEffect:
    """What another definition would change; pairs are before (the one in force) and after.

    It rests on ``outcomes`` of ``people``, of which ``silent`` tell nothing of what would count, and on ``decisions``
    of ``deciders``: of each the three practices shown, not all that were eligible. ``variety`` is how many families the
    shares would be if they were even; ``rating`` (1 to 5) and ``finished`` (a share) what would have come of offers.
    """

    before: RewardDefinition
    after: RewardDefinition
    outcomes: int
    people: int
    silent: int
    decisions: int
    deciders: int
    families: tuple[FamilyEffect, ...]
    variety: tuple[float, float] | None
    rating: tuple[Estimate, Estimate]
    finished: tuple[Estimate, Estimate]


@dataclass(frozen=True, slots=True)
class _Seen:
    """One logged decision: what was shown, how it was chosen, and what came of the practice offered."""

    member: str
    seq: int
    families: tuple[str, ...]
    features: Array
    even: float
    offered: int
    logged: Array
    finished: bool
    rating: int | None


def access_objective_effect(house: House, definition: RewardDefinition) -> ObjectiveEffect:
    """Compare a definition with the one in force, from outcomes and decisions of people who allow learning now.

    Two policies learn the same newest 5,000 outcomes in memory, one under each definition. Of the newest 200 decisions
    each then shares out the chance of the three practices that were shown, as for somebody with the history the person
    had by then. A decision's own outcome takes no part in what is believed of that person. What a share of those three
    would have brought is estimated by importance weights (`self_normalised`): the share of the practice offered over
    its logged probability among those shown. So the chance that just these come up together stays as it was.

    Nothing is written.
    """
    with house.store.read() as connection:
        before = definition_in_force(connection)
        told = _outcomes(house, connection)
        seen = _decisions(house, connection)
    shares = tuple(_shares(house, told, seen, one) for one in (before, definition))
    groups = _shares_by_family(seen, shares)
    return ObjectiveEffect(
        before, definition, outcomes=len(told), people=len({row.member for row in told}),
        silent=sum(_silent(definition, row) for row in told), decisions=len(seen),
        deciders=len({one.member for one in seen}), families=_families(house, told, (before, definition), groups),
        variety=_variety(groups), rating=_estimates(seen, shares, "rating"),
        finished=_estimates(seen, shares, "finished"),
    )  # fmt: skip


def _outcomes(house: House, connection: Connection) -> Sequence[Any]:
    """The newest outcomes that may be learned from, of practices there still are."""
    query = select(outcomes).where(outcomes.c.learnable).order_by(outcomes.c.seq.desc()).limit(OUTCOMES)
    return [row for row in connection.execute(query) if row.practice in house.library]


def _decisions(house: House, connection: Connection) -> list[_Seen]:
    """The newest decisions of people who allow learning from what they do, with what was shown."""
    may = select(consents.c.member).where(
        consents.c.purpose == Purpose.LEARN, consents.c.category == Category.INTERACTIONS, consents.c.granted,
        consents.c.expires > house.clock(),
    )  # fmt: skip
    query = (
        select(
            decisions.c.seq, decisions.c.member, members.c.breadth, outcomes.c.practice.label("done"),
            outcomes.c.finished, outcomes.c.rating,
        )
        .join(members, members.c.id == decisions.c.member)
        .outerjoin(outcomes, outcomes.c.decision == decisions.c.id)
        .where(
            decisions.c.policy != OWN_CHOICE, decisions.c.member.in_(may),
            outcomes.c.decision.is_(None) | outcomes.c.learnable,
        )
        .order_by(decisions.c.seq.desc()).limit(DECISIONS)
    )  # fmt: skip
    found = (_seen(house, connection, row) for row in connection.execute(query).all())
    return [one for one in found if one is not None]


def _seen(house: House, connection: Connection, row: Any) -> _Seen | None:
    """A decision by what may be learned of it; None where nothing was known, or a practice is gone."""
    event = next(house.store.events(connection, member=row.member, after=row.seq - 1, limit=1)).event
    assert isinstance(event, DecisionMade)
    shown = [*event.features]
    if not event.used or len(shown) < 2 or any(p not in house.library for p in shown):
        return None
    allowed = access_permissions(house, connection, row.member)
    names = house.policies.features.names
    seen = [usable_features(event.features[p], allowed, purpose=Purpose.LEARN, used=event.used) for p in shown]
    x = [vector(names, features) for features in seen]
    p = np.array([event.probabilities[name] for name in shown])
    taken, even = row.done == event.offered, even_share(Context(breadth=row.breadth))
    return _Seen(
        row.member, row.seq, tuple(house.library.practice(name).family for name in shown), np.array(x),
        max(even, GUARDED_EVEN) if event.guarded else even, shown.index(event.offered), p / p.sum(),
        bool(taken and row.finished), row.rating if taken else None,
    )  # fmt: skip


def _shares(house: House, told: Sequence[Any], seen: Sequence[_Seen], definition: RewardDefinition) -> list[Array]:
    """How a policy that learned the outcomes under a definition shares out the chance of what was shown each time."""
    theirs: dict[str, list[tuple[int, Experience]]] = defaultdict(list)
    for row in told:
        experience = Experience(json.loads(row.features), worth(definition, row), row.practice)
        theirs[row.member].append((row.seq, experience))
    everybody = {member: History(tuple(e for _, e in rows)) for member, rows in theirs.items()}
    policy = PooledPolicy(house.policies.features).learn(everybody.values())
    found = []
    for one in seen:
        own = History(tuple(e for seq, e in theirs[one.member] if seq < one.seq))
        belief = policy.belief_of(own, everybody.get(one.member, History()))
        drawn = thompson(belief, one.features, np.zeros(len(one.features)))
        found.append(one.even / len(drawn) + (1 - one.even) * drawn)
    return found


Pair = tuple[float, float]


def _shares_by_family(seen: Sequence[_Seen], shares: Sequence[list[Array]]) -> dict[str, Pair] | None:
    if len({one.member for one in seen}) < FEWEST:
        return None
    totals: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for place, way in enumerate(shares):
        for one, share in zip(seen, way, strict=True):
            for family, p in zip(one.families, share, strict=True):
                totals[family][place] += float(p) / len(seen)
    return {family: (before, after) for family, (before, after) in totals.items()}


def _variety(groups: dict[str, Pair] | None) -> Pair | None:
    if groups is None:
        return None
    before, after = (effective(np.array([pair[k] for pair in groups.values()])) for k in (0, 1))
    return before, after


def _families(
    house: House, told: Sequence[Any], ways: tuple[RewardDefinition, RewardDefinition], groups: dict[str, Pair] | None
) -> tuple[FamilyEffect, ...]:
    by_family: dict[str, list[Any]] = defaultdict(list)
    for row in told:
        by_family[house.library.practice(row.practice).family].append(row)
    means: dict[str, Pair] = {
        family: (_mean(ways[0], rows), _mean(ways[1], rows))
        for family, rows in by_family.items()
        if len({row.member for row in rows}) >= FEWEST
    }
    ranks = [{f: 1 + sum(m[k] > means[f][k] for m in means.values()) for f in means} for k in (0, 1)]
    return tuple(
        FamilyEffect(
            f.id, f.title, means.get(f.id), (ranks[0][f.id], ranks[1][f.id]) if f.id in means else None,
            None if groups is None else groups.get(f.id, (0.0, 0.0)),
        )
        for f in house.library.families.values()
    )  # fmt: skip


def _mean(definition: RewardDefinition, rows: Iterable[Any]) -> float:
    return float(np.mean([worth(definition, row) for row in rows]))


def _silent(definition: RewardDefinition, row: Any) -> bool:
    """Whether an outcome tells nothing of what counts, and so is worth one half whatever came of it."""
    known = {
        "finishing": True, "rating": row.rating is not None, "affect": row.affect_counted is not None,
        "skill": row.skill_counted is not None,
    }  # fmt: skip
    return not any(weight and known[part] for part, weight in definition.weights.items())


def _estimates(seen: Sequence[_Seen], shares: Sequence[list[Array]], what: str) -> tuple[Estimate, Estimate]:
    """The mean of what came of the practices offered, as each way of sharing out would have offered them."""
    there = [k for k, one in enumerate(seen) if getattr(one, what) is not None]
    values = np.array([float(getattr(seen[k], what)) for k in there])
    names = sorted({one.member for one in seen})
    people = np.array([names.index(seen[k].member) for k in there], np.int64)
    before, after = (
        self_normalised(
            np.array([way[k][seen[k].offered] / seen[k].logged[seen[k].offered] for k in there]), values, people,
            np.random.default_rng(SEED),
        )
        for way in shares
    )  # fmt: skip
    return before, after
