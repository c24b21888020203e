"""Bayesian linear policy with Thompson sampling, its probabilities made explicit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

from attunement.checks.examples import example_practices
from attunement.domain.context import Context, Experience
from attunement.domain.decision import Choice
from attunement.domain.errors import Conflict, ErrorCode
from attunement.domain.practice import Practice
from attunement.policy.features import FeatureMap
from attunement.policy.prior import NOISE_VARIANCE, prior
from attunement.policy.reasons import reasons_for
from attunement.policy.slate import alternatives
from attunement.policy.statistics import Statistics

DRAWS = 256
EXPLORE_LEAST, EXPLORE_MOST = 0.10, 0.40
_BLAS = ThreadpoolController()


class BayesianLinearPolicy:
    """Linear regression of reward on features, with a Gaussian prior and known noise.

    The posterior is ``N(m, S)`` with ``S⁻¹ = S₀⁻¹ + XᵀX/σ²`` and ``m = S(S₀⁻¹m₀ + Xᵀy/σ²)``. Many coefficient
    vectors are drawn at once; a practice's share is how often it scores highest, and its probability is
    ``ε/K + (1 - ε)·share``, where ε grows from 0.1 to 0.4 with the member's breadth. Draws come in pairs that mirror
    each other, which makes shares steadier. Given the seed these are the exact probabilities of the sample, so they
    can be logged and weighted by.

    Parameters
    ----------
    features:
        Names and computes the columns.
    statistics:
        What was learned; empty for a policy that knows only its prior.
    version:
        The number under which it was published; 0 for the prior.

    Agrawal & Goyal (2013), Thompson sampling for contextual bandits with linear payoffs, ICML; Hammersley & Morton
    (1956), A new Monte Carlo technique: antithetic variates.
    """

    name = "bayesian-linear"

    def __init__(self, features: FeatureMap, *, statistics: Statistics | None = None, version: int = 0) -> None:
        self.features = features
        self.version = version
        self.statistics = (statistics or Statistics.empty(features.names)).renamed(features.names)
        mean, deviation = prior(features.names)
        precision = np.diag(deviation**-2) + self.statistics.xx / NOISE_VARIANCE
        lower = np.linalg.cholesky(precision)
        shift = mean * deviation**-2 + self.statistics.xy / NOISE_VARIANCE
        self.spread: NDArray[np.float64] = np.linalg.inv(
            lower
        ).T  # (d, d); spread @ N(0, 1) has the posterior's covariance
        self.mean: NDArray[np.float64] = self.spread @ (self.spread.T @ shift)

    @classmethod
    def for_checks(cls) -> Iterator[BayesianLinearPolicy]:
        """What `attunement.checks` looks at: a policy that knows only its prior."""
        yield cls(FeatureMap(example_practices()))

    def floor(self, context: Context, candidates: Sequence[Practice]) -> float:
        """The least probability of each candidate: ε/K."""
        epsilon = EXPLORE_LEAST + (EXPLORE_MOST - EXPLORE_LEAST) * context.breadth
        return epsilon / len(candidates)

    def decide(self, context: Context, candidates: Sequence[Practice], *, rng: Generator) -> Choice:
        """Choose one practice, two alternatives of other kinds, and say why."""
        if not candidates:
            raise Conflict(
                ErrorCode.NOTHING_TO_OFFER,
                "No practice fits right now. The whole library is open to you all the same.",
            )
        x = self.features.matrix(context, candidates)
        probabilities = self._probabilities(x, self.floor(context, candidates), rng)
        pick = int(rng.choice(len(candidates), p=probabilities))
        expected = x @ self.mean
        others = alternatives(pick, candidates, expected)
        shown = [pick, *others]
        return Choice(
            offered=candidates[pick].id,
            probabilities={c.id: float(p) for c, p in zip(candidates, probabilities, strict=True)},
            alternatives=tuple(candidates[i].id for i in others),
            reasons=reasons_for(self.features.names, self.mean, x, pick, context, candidates[pick], self.statistics.n),
            expected=float(expected[pick]),
            policy=self.name,
            policy_version=self.version,
            features={candidates[i].id: self._named(x[i]) for i in shown},
        )

    def _probabilities(self, x: NDArray[np.float64], floor: float, rng: Generator) -> NDArray[np.float64]:
        with _BLAS.limit(limits=1, user_api="blas"):  # sums this small only wait for one another in several threads
            middle = (x @ self.mean).astype(np.float32)
            spread = (x @ self.spread).astype(np.float32)  # of the scores; cheaper than drawing coefficients first
            aside = rng.standard_normal((DRAWS // 2, len(self.mean)), np.float32) @ spread.T
            wins = np.bincount(np.argmax(middle + aside, axis=1), minlength=len(x))
            wins += np.bincount(np.argmax(middle - aside, axis=1), minlength=len(x))
        probabilities = floor + (1 - floor * len(x)) * wins / DRAWS
        return np.asarray(probabilities / probabilities.sum())

    def _named(self, row: NDArray[np.float64]) -> dict[str, float]:
        return {self.features.names[i]: float(row[i]) for i in np.flatnonzero(row)}

    def learn(self, experiences: Iterable[Experience]) -> BayesianLinearPolicy:
        """The policy that has seen these as well."""
        return self._with(self.statistics.plus(experiences))

    def forget(self, experiences: Iterable[Experience]) -> BayesianLinearPolicy:
        """The policy that has never seen these; equal to the bit."""
        return self._with(self.statistics.minus(experiences))

    def _with(self, statistics: Statistics) -> BayesianLinearPolicy:
        return BayesianLinearPolicy(self.features, statistics=statistics, version=self.version)
