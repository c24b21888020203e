"""How people of a kind lean from everybody: where somebody like them is met from before their own history speaks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from attunement.domain.context import History
from attunement.policy.pooled import PooledPolicy

SCALES = (0.0, 0.25, 0.5, 1.0, 2.0)
"""How much kinds may differ, as a share of the prior deviation of each coefficient."""
Array = NDArray[np.float64]
Leaning = tuple[tuple[str, float], ...]


def leanings(policy: PooledPolicy, groups: Iterable[Iterable[History]]) -> Array:
    """How far each group's coefficients lie from everybody's (k, d): little while it has few people and outcomes.

    With the sums ``P, p`` over a group's people (`Pool`) and everybody's mean b, a deviation that comes from
    ``N(0, s²S₀)`` has the posterior mean ``((s²S₀)⁻¹ + P/σ²)⁻¹(p - Pb)/σ²``. Of `SCALES` s is that under which all
    groups together are likeliest: 0, and so no leaning, where kinds do not matter for what helps.

    Parameters
    ----------
    policy:
        What holds for everybody.
    groups:
        Of each group the histories of its people, all of which the policy has learned.

    Efron & Morris (1973), Stein's estimation rule and its competitors, J. Am. Stat. Assoc. 68.
    """
    found = [_Group.of(policy, people) for people in groups]
    scale = max(SCALES, key=lambda s: sum(group.evidence(s) for group in found))
    return np.array([group.leaning(scale) for group in found])


def leaning_of(names: Sequence[str], chances: Array, of_groups: Array) -> Leaning:
    """How somebody leans who belongs to each of k groups with some chance: the mean of `leanings` by these (k,)."""
    return tuple(zip(names, (chances @ of_groups).tolist(), strict=True))


@dataclass(frozen=True, eq=False)
class _Group:
    """What a group's people tell of its deviation, turned so that each direction stands alone.

    ``size`` (d,) is how much is known along each, ``pull`` (d,) to where; ``back`` (d, d) turns them back.
    """

    size: Array
    pull: Array
    back: Array

    @classmethod
    def of(cls, policy: PooledPolicy, people: Iterable[History]) -> _Group:
        pool, noise = policy.pool, policy.pool.scales.noise
        precision, shift = np.zeros((len(pool.names),) * 2), np.zeros(len(pool.names))
        for person in people:
            part = pool.part_of(person)
            precision, shift = precision + part.precision, shift + part.shift
        everybody = policy.belief_of(History(), History()).everybody
        size, turn = np.linalg.eigh(pool.deviation[:, None] * precision * pool.deviation / noise)
        pull = turn.T @ (pool.deviation * (shift - precision @ everybody)) / noise
        return cls(np.maximum(size, 0.0), pull, pool.deviation[:, None] * turn)

    def leaning(self, scale: float) -> Array:
        """The posterior mean (d,)."""
        return np.asarray(self.back @ (scale**2 * self.pull / (1 + scale**2 * self.size)))

    def evidence(self, scale: float) -> float:
        """The log of how likely the outcomes are, but for a constant."""
        kept = 1 + scale**2 * self.size
        return float((scale**2 * self.pull**2 / kept - np.log(kept)).sum() / 2)
