"""Bayesian linear policy with Thompson sampling, the same for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Self

import numpy as np
from numpy.random import Generator

from attunement.checks.examples import example_practices
from attunement.domain.context import Context, Experience, History
from attunement.domain.decision import Choice
from attunement.domain.practice import Practice
from attunement.policy.asked import check_any
from attunement.policy.belief import Belief
from attunement.policy.choosing import Shares, choose, even_share
from attunement.policy.features import FeatureMap
from attunement.policy.prior import NOISE_VARIANCE, prior
from attunement.policy.statistics import Statistics
from attunement.policy.thompson import thompson


class BayesianLinearPolicy:
    """Linear regression of reward on features, with a Gaussian prior and known noise.

    The posterior is ``N(m, S)`` with ``S⁻¹ = S₀⁻¹ + XᵀX/σ²`` and ``m = S(S₀⁻¹m₀ + Xᵀy/σ²)``. Many coefficient
    vectors are drawn at once; a practice's share is how often it scores highest, and its probability is
    ``ε/K + (1 - ε)·share`` (`thompson`).

    Parameters
    ----------
    features:
        Names and computes the columns.
    statistics:
        What was learned; empty for a policy that knows only its prior.
    version:
        The number under which it was published; 0 for the prior.

    Agrawal & Goyal (2013), Thompson sampling for contextual bandits with linear payoffs, ICML.
    """

    name = "bayesian-linear"

    def __init__(self, features: FeatureMap, *, statistics: Statistics | None = None, version: int = 0) -> None:
        self.features = features
        self.version = version
        self.statistics = (statistics or Statistics.empty(features.names)).renamed(features.names)
        mean, deviation = prior(features.names)
        self.belief = Belief.of(
            np.diag(deviation**-2) + self.statistics.xx / NOISE_VARIANCE,
            mean * deviation**-2 + self.statistics.xy / NOISE_VARIANCE,
        )

    @classmethod
    def for_checks(cls) -> Iterator[Self]:
        """What `attunement.checks` looks at: a policy that knows only its prior."""
        yield cls(FeatureMap(example_practices()))

    def floor(self, context: Context, candidates: Sequence[Practice]) -> float:
        """The least probability of each candidate: ε/K."""
        check_any(candidates)
        return even_share(context) / len(candidates)

    def decide(self, context: Context, candidates: Sequence[Practice], *, rng: Generator) -> Choice:
        """Choose one practice and two to stand beside it, and say why."""
        return choose(
            context, candidates, features=self.features, belief=self.belief, shares=self.shares(),
            even=even_share(context), learned_from=self.statistics.n,
            name=self.name, version=self.version, rng=rng,
        )  # fmt: skip

    def shares(self) -> Shares:
        """How it explores."""
        return thompson

    def learn(self, people: Iterable[History]) -> Self:
        """The policy that has seen these as well."""
        return self._with(self.statistics.plus(_experiences(people)))

    def forget(self, people: Iterable[History]) -> Self:
        """The policy that has never seen these; equal to the bit.

        Raises `Invalid` (``bad-input``) where they show not to have been learned; this policy stays as it is.
        """
        return self._with(self.statistics.minus(_experiences(people)))

    def _with(self, statistics: Statistics) -> Self:
        return type(self)(self.features, statistics=statistics, version=self.version)


def _experiences(people: Iterable[History]) -> Iterable[Experience]:
    return chain.from_iterable(person.experiences for person in people)
