"""What another way of choosing would have brought, estimated from choices whose probabilities were logged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

LEAST_ESS = 30.0
LEAST_PEOPLE = 5
REPEATS = 1000
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean with its 95 % interval, all None where there is not enough to tell.

    ``n`` is how many choices it rests on, ``ess`` how many equally weighted ones they are worth.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    ess: float


def self_normalised(weights: Array, values: Array, people: NDArray[np.int64], rng: Generator) -> Estimate:
    """The mean of values, each weighted by how much likelier its choice would have been: ``Σwv / Σw``.

    The interval is of the middle of `REPEATS` draws of people with replacement, since choices of one person are alike.
    It is the middle 95 % for very many people and more for few, as in Student's t: of five people's draws the middle
    95 % alone would miss the truth three times as often. Nothing is told where the effective sample size
    ``(Σw)² / Σw²`` is below 30, or it rests on fewer than five people.

    Parameters
    ----------
    weights:
        Of n choices: probability under the other way of choosing over the logged one, 0 or more, (n,).
    values:
        What came of each, (n,).
    people:
        Whose it was, numbers from 0, (n,).

    >>> w, v, who = np.ones(40), np.tile([1.0, 0.0], 20), np.repeat(np.arange(20), 2)
    >>> e = self_normalised(w, v, who, np.random.default_rng(0))
    >>> e.value, e.low, e.high, e.ess
    (0.5, 0.5, 0.5, 40.0)
    >>> self_normalised(w[:8], v[:8], who[:8], np.random.default_rng(0)).value is None
    True

    Swaminathan & Joachims (2015), The self-normalized estimator for counterfactual learning, NeurIPS 28. Kong (1992), A
    note on importance sampling using standardized weights. Hesterberg (2015), What teachers should know about the
    bootstrap, The American Statistician 69 (the expanded percentile interval).
    """
    return _estimate(lambda weight, weighed, _n, _total: weighed / weight, weights, values, people, rng)


def gain(weights: Array, values: Array, people: NDArray[np.int64], rng: Generator) -> Estimate:
    """How far the mean under another way of choosing lies from the mean as it was: ``Σwv / Σw - Σv / n``.

    Both means are taken of the same people in each draw, so what these have in common does not widen the interval.
    Parameters, interval and what is not told are as for `self_normalised`.

    >>> w, v, who = np.tile([1.5, 0.5], 20), np.tile([1.0, 0.0], 20), np.repeat(np.arange(20), 2)
    >>> e = gain(w, v, who, np.random.default_rng(0))
    >>> e.value, e.low, e.high
    (0.25, 0.25, 0.25)
    """
    return _estimate(
        lambda weight, weighed, n, total: weighed / weight - total / n, weights, values, people, rng
    )  # fmt: skip


def _estimate(
    figure: Callable[..., Array], weights: Array, values: Array, people: NDArray[np.int64], rng: Generator
) -> Estimate:
    """A figure of the sums of ``w``, ``wv``, 1 and ``v``: over everybody, and over people drawn again."""
    square = float((weights**2).sum())
    ess = float(weights.sum()) ** 2 / square if square else 0.0
    _, who = np.unique(people, return_inverse=True)
    size = int(who.max()) + 1 if len(who) else 0
    if ess < LEAST_ESS or size < LEAST_PEOPLE:
        return Estimate(None, None, None, len(values), ess)
    sums = np.array([np.bincount(who, part) for part in (weights, weights * values, np.ones(len(who)), values)])
    drawn = sums @ rng.multinomial(size, np.full(size, 1 / size), REPEATS).T
    # of Student's t with n - 1 degrees, whose spread is √((n - 1)/(n - 3)), times the √(n/(n - 1)) of so few draws
    tail = NormalDist().cdf(-1.96 * (size / (size - 3)) ** 0.5)
    low, high = np.quantile(figure(*drawn[:, drawn[0] > 0]), [tail, 1 - tail])
    return Estimate(float(figure(*sums.sum(axis=1))), float(low), float(high), len(values), ess)
