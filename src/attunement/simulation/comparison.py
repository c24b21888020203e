"""Policies side by side in made-up programmes: what each would have lost, and how varied what people met would be.

A simulation throughout: it shows whether a policy finds what was put there, and nothing about what helps people.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from attunement.domain.context import Experience, History
from attunement.domain.contracts import Policy
from attunement.domain.practice import Practice
from attunement.evaluation.variety import effective
from attunement.policy.features import FeatureMap
from attunement.policy.low_rank import EmbeddedFeatures, LowRankPolicy
from attunement.policy.optimistic import EpsilonGreedyPolicy, LinUcbPolicy
from attunement.policy.pooled import PooledPolicy
from attunement.policy.popularity import PopularityPolicy
from attunement.policy.text_practice import NeuralLinearPolicy, TextFeatures
from attunement.policy.uniform import UniformPolicy
from attunement.simulation.world import DAY_H, Kind, World

FOLDED_EVERY = 25
WORLDS: Mapping[str, Kind] = {
    "alike": Kind(own=0.03), "differ": Kind(own=0.08), "differ-much": Kind(own=0.16),
    "wears-off": Kind(own=0.08, wears=0.4), "tastes-turn": Kind(own=0.12, turn_h=400.0),
    "they-write": Kind(own=0.03, writes=0.3),
}  # fmt: skip
"""Made-up programmes by name: how much people differ, how fast things wear off, whether tastes change, and whether what
they write tells what helps."""
POLICIES: Mapping[str, Callable[[Sequence[Practice]], Policy]] = {
    "partial-pooling": lambda practices: PooledPolicy(FeatureMap(practices)),
    "low-rank": lambda practices: LowRankPolicy(EmbeddedFeatures(practices)),
    "neural-linear": lambda practices: NeuralLinearPolicy(TextFeatures(practices)),
    "lin-ucb": lambda practices: LinUcbPolicy(FeatureMap(practices)),
    "epsilon-greedy": lambda practices: EpsilonGreedyPolicy(FeatureMap(practices)),
    "popularity": lambda _practices: PopularityPolicy(), "uniform": lambda _practices: UniformPolicy(),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lived:
    """How a policy did with some made-up people.

    Mean reward (0 to 1), reward lost a decision against the best there was for that person then, and how many families
    each met, counted as if met evenly.
    """

    reward: float
    lost: float
    families: float


def live(
    policy: Policy, practices: Sequence[Practice], kind: Kind, *, people: int, decisions: int, seed: int,
    breadth: float = 0.5,
) -> Lived:  # fmt: skip
    """Let a policy choose for people who come back at random; one's own outcomes count at once, others' now and then.

    The same seed gives the same people to every policy.
    """
    world = World(practices, people=people, kind=kind, rng=np.random.default_rng(seed))
    rng, visitors = np.random.default_rng(seed + 1), np.random.default_rng(seed + 2)
    place, families = {p.id: k for k, p in enumerate(practices)}, sorted({p.family for p in practices})
    met = np.zeros((people, len(families)))
    own, shared = [History()] * people, [History()] * people
    reward = lost = 0.0
    for step, who in enumerate(visitors.integers(people, size=decisions).tolist(), start=1):
        context = world.comes(who)
        worth = world.worth(who, context)
        known = replace(context, breadth=breadth, own=own[who], shared=shared[who])
        choice = policy.decide(known, practices, rng=rng)
        k = place[choice.offered]
        reward += float(worth[k])
        lost += float(worth.max() - worth[k])
        met[who, families.index(practices[k].family)] += 1
        told = world.responds(who, practices[k], float(worth[k]))
        if told is not None:
            seen = Experience(
                choice.features.get(choice.offered, {}), told, choice.offered, world.people[who].at_h / DAY_H
            )
            own[who] = History((*own[who].experiences, seen))
        if step % FOLDED_EVERY == 0:
            changed = [i for i in range(people) if own[i] is not shared[i]]
            policy = policy.forget([shared[i] for i in changed]).learn([own[i] for i in changed])
            shared = list(own)
    return Lived(reward / decisions, lost / decisions, float(np.mean([effective(row) for row in met if row.any()])))


def compare(
    practices: Sequence[Practice], kind: Kind, *, people: int, decisions: int, seeds: int, breadth: float = 0.5
) -> Iterator[tuple[str, list[Lived]]]:
    """Every policy there is with the same made-up people, seed by seed."""
    for name, made in POLICIES.items():
        yield name, [
            live(made(practices), practices, kind, people=people, decisions=decisions, seed=seed,
                 breadth=breadth)
            for seed in range(seeds)
        ]  # fmt: skip
