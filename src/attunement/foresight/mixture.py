"""Groups in a table of uncertain values: a Gaussian mixture that knows how well each value is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

STEPS, STARTS, SETTLED = 60, 3, 1e-3
LEAST_VARIANCE = 0.02
"""Within a group, for values of about the size of 1: no group may shrink to a point."""
IMAGINED = 0.1
Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Mixture:
    """k groups, each normal around its own middle, with the same spread in all.

    Of person i in column j, ``x = t + e`` is seen, with ``t ~ N(μₖⱼ, σ²ⱼ)`` in group k and ``e ~ N(0, s²ᵢⱼ)`` of known
    size, so that a few answers count for little. A value that is not known has ``s² = ∞`` and drops out. Fitted by EM.

    Parameters
    ----------
    weights:
        How common each group is (k,); sums to 1.
    middles:
        μ (k, d).
    variances:
        σ² (d,), the same in every group: fewer things to learn from few people.
    fit:
        The mean log-likelihood of a person it was fitted to.

    >>> x = np.array([[-1.0], [-1.1], [-0.9], [1.0], [1.1], [0.9]])
    >>> two = Mixture.fitted(x, np.full(x.shape, 0.01), 2, rng=np.random.default_rng(0))
    >>> two.chances(np.array([[0.8], [0.0]]), np.array([[0.01], [np.inf]])).round(1).max(axis=1).tolist()
    [1.0, 0.5]

    Bovy, Hogg & Roweis (2011), Extreme deconvolution, Annals of Applied Statistics 5. Written here because well-kept
    libraries fit mixtures only to values that are all there and all known equally well.
    """

    weights: Array
    middles: Array
    variances: Array
    fit: float = 0.0

    @classmethod
    def fitted(cls, x: Array, errors: Array, k: int, *, rng: Generator) -> Mixture:
        """The likeliest of a few mixtures of k groups that grow from different starts.

        Parameters
        ----------
        x:
            Values (n, d) of about the size of 1; 0 where unknown.
        errors:
            s² (n, d), 0 or more; infinite where unknown.
        """
        grown = [_grown(x, errors, _start(x, errors, k, rng)) for _ in range(STARTS if k > 1 else 1)]
        return max(grown, key=lambda mixture: mixture.fit)

    def chances(self, x: Array, errors: Array) -> Array:
        """Of each person to belong to each group (n, k), from what is known of them; rows sum to 1."""
        return self._shares(x, 1 / (self.variances + errors))[0]

    def _shares(self, x: Array, sure: Array) -> tuple[Array, float]:
        """`chances` by the sureness 1/(σ² + s²) of each value, and the mean log-likelihood of a person."""
        squares = (sure * x**2).sum(axis=1)[:, None] - 2 * (sure * x) @ self.middles.T + sure @ (self.middles**2).T
        spent = np.log(sure, where=sure > 0, out=np.zeros_like(sure)).sum(axis=1)[:, None]
        logs = np.log(self.weights) + (spent - squares) / 2
        top = logs.max(axis=1, keepdims=True)
        parts = np.exp(logs - top)
        total = parts.sum(axis=1, keepdims=True)
        return parts / total, float((np.log(total) + top).mean())


def _start(x: Array, errors: Array, k: int, rng: Generator) -> Mixture:
    """Middles at k people far apart, each drawn in where little is known (Arthur & Vassilvitskii 2007, k-means++)."""
    seen = x / (1 + errors)
    middles = [seen[rng.integers(len(x))]]
    while len(middles) < k:
        far = np.min([((seen - m) ** 2).sum(axis=1) for m in middles], axis=0) + 1e-12
        middles.append(seen[rng.choice(len(x), p=far / far.sum())])
    return Mixture(np.full(k, 1 / k), np.array(middles), np.ones(x.shape[1]))


def _grown(x: Array, errors: Array, mixture: Mixture) -> Mixture:
    """EM until the fit hardly rises. Of an imagined person, `IMAGINED` hold each middle and 1 each weight."""
    known = np.isfinite(errors)
    before = -np.inf
    for _ in range(STEPS):
        sure = 1 / (mixture.variances + errors)
        shares, fit = mixture._shares(x, sure)
        if fit - before < SETTLED:
            break
        before = fit
        weights = (shares.sum(axis=0) + 1) / (len(x) + len(mixture.weights))
        middles = shares.T @ (sure * x) / (shares.T @ sure + IMAGINED)
        variances = _variances(x, shares, middles, mixture.variances, mixture.variances * sure, known)
        mixture = Mixture(weights, middles, variances, fit)
    return mixture


def _variances(x: Array, shares: Array, middles: Array, before: Array, pull: Array, known: NDArray[np.bool_]) -> Array:
    """The mean of ``E[(t - μ)²]`` over groups and those who are known; ``pull`` (n, d) is 1 for what is certain."""
    weight = pull**2
    apart = (weight * x**2).sum(axis=0)
    apart += (middles**2 * (shares.T @ weight) - 2 * middles * (shares.T @ (weight * x))).sum(axis=0)
    left = (before * (1 - pull) * known).sum(axis=0)
    return np.asarray(np.maximum((apart + left) / np.maximum(known.sum(axis=0), 1), LEAST_VARIANCE))
