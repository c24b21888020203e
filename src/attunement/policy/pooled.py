"""A policy that knows people at large and each person by themselves: partial pooling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Self

import numpy as np
from numpy.random import Generator

from attunement.checks.examples import example_practices
from attunement.domain.context import Context, History
from attunement.domain.decision import Choice
from attunement.domain.practice import Practice
from attunement.policy.belief import Belief
from attunement.policy.choosing import EXPLORE_LEAST, choose, even_share, least_chance
from attunement.policy.features import FeatureMap
from attunement.policy.pool import Pool
from attunement.policy.prior import prior
from attunement.policy.scales import Scales
from attunement.policy.statistics import vector
from attunement.policy.thompson import thompson

REMEMBERED = 256


class PooledPolicy:
    """Bayesian linear regression in which each person has coefficients of their own around everybody's.

    With the sums ``P, p`` over all *other* people (`Pool`, over σ²), everybody's coefficients are ``N(b, B)`` with
    ``B = (S₀⁻¹ + P)⁻¹`` and ``b = B(S₀⁻¹m₀ + p)``. A newcomer's are ``N(b, B + D)``; those of a person with data X, y
    have precision ``K = (B + D)⁻¹ + XᵀX/σ²`` and mean ``K⁻¹((B + D)⁻¹b + Xᵀy/σ²)``: the exact posterior given
    everybody's data, for the scales `Pool.scales` finds likeliest. Where the context tells how people like this one
    lean, that is added to ``b``. Probabilities are shares of draws (`thompson`), with
    an even share for all families and viewpoints.

    Parameters
    ----------
    features:
        Names and computes the columns.
    pool:
        What was learned; empty for a policy that knows only its prior.
    scales:
        How much people differ, where that is not to be learned; for an empty pool.
    half_life:
        After how many days an outcome counts for half what the same person's newest does; None where nothing fades.
        For an empty pool. `benchmarks.fading` tells what it costs.
    explore:
        The share that goes to all candidates alike for a member who wants the least breadth.
    version:
        The number under which it was published; 0 for the prior.

    Tomkins et al. (2021), IntelligentPooling: practical Thompson sampling for mHealth, Machine Learning 110.
    """

    name = "partial-pooling"

    def __init__(
        self, features: FeatureMap, *, pool: Pool | None = None, scales: Scales | None = None,
        half_life: float | None = None, explore: float = EXPLORE_LEAST, version: int = 0,
    ) -> None:  # fmt: skip
        self.features = features
        self.version, self.explore = version, explore
        self.breadth = features.breadth
        self._prior_mean, deviation = prior(features.names)
        self._prior_precision = deviation**-2
        self.pool = pool or Pool.empty(features.names, self._prior_mean, deviation, scales=scales, half_life=half_life)
        if self.pool.names != features.names:
            raise ValueError("The pool's columns are not those of the features; learn it again from the log.")
        self.belief_of = lru_cache(REMEMBERED)(self._belief_of)

    @classmethod
    def for_checks(cls) -> Iterator[PooledPolicy]:
        """What `attunement.checks` looks at: a policy that knows only its prior."""
        yield cls(FeatureMap(example_practices()))

    def floor(self, context: Context, candidates: Sequence[Practice]) -> float:
        """The least probability of each candidate: ε by its part of an even spread over families and viewpoints."""
        return even_share(context, least=self.explore) * least_chance(candidates, self.breadth)

    def decide(self, context: Context, candidates: Sequence[Practice], *, rng: Generator) -> Choice:
        """Choose one practice and two to stand beside it, and say why."""
        return choose(
            context, candidates, features=self.features,
            belief=self.belief_of(context.own, context.shared, context.leaning), shares=thompson,
            even=even_share(context, least=self.explore), learned_from=self.pool.outcomes,
            name=self.name, version=self.version, rng=rng, breadth=self.breadth,
        )  # fmt: skip

    def _belief_of(self, own: History, shared: History, leaning: tuple[tuple[str, float], ...] = ()) -> Belief:
        """What is believed of the coefficients of the person with this history, of which the pool holds ``shared``."""
        pool, noise = self.pool, self.pool.scales.noise
        others = pool.chosen.plus(pool.part_of(shared), -1) if shared.experiences else pool.chosen
        everybody = np.linalg.inv(np.diag(self._prior_precision) + others.precision / noise)
        middle = everybody @ (self._prior_precision * self._prior_mean + others.shift / noise)
        if leaning:
            middle = middle + vector(self.features.names, dict(leaning))
        before = np.linalg.inv(everybody + np.diag(pool.scales.own**2 / self._prior_precision))
        x, y = pool.rows_of(own)
        return Belief.of(before + x.T @ x / noise, before @ middle + x.T @ y / noise, middle)

    def learn(self, people: Iterable[History]) -> Self:
        """The policy that has seen these as well."""
        return self._with(self.pool.plus(people))

    def forget(self, people: Iterable[History]) -> Self:
        """The policy that has never seen these; equal to the bit.

        Raises `Invalid` (``bad-input``) where it cannot have: some are unknown, or are forgotten already.
        """
        return self._with(self.pool.minus(people))

    def _with(self, pool: Pool) -> Self:
        return type(self)(self.features, pool=pool, explore=self.explore, version=self.version)
