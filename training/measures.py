"""Measures with bootstrap intervals, for the cards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SEED = 20261122


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure and its 95% bootstrap interval over texts (None where resampling would bias it)."""

    value: float
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        if self.low is None or self.high is None:
            return f"{self.value:.3f}"
        return f"{self.value:.3f} ({self.low:.3f} to {self.high:.3f})"


def bootstrap(measure: Callable[..., float], *columns: NDArray[np.generic], rounds: int = 500) -> Measured:
    """``measure(*columns)`` and the 2.5 and 97.5 percentiles over texts drawn with replacement."""
    rng = np.random.default_rng(SEED)
    n = len(columns[0])
    drawn = []
    for _ in range(rounds):
        rows = rng.integers(0, n, n)
        drawn.append(measure(*(column[rows] for column in columns)))
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return Measured(float(measure(*columns)), float(low), float(high))


def f1_score(truth: Array, found: NDArray[np.bool_]) -> float:
    """F1 of one label, 0 where nothing is right.

    >>> f1_score(np.array([1.0, 1.0, 0.0]), np.array([True, False, False]))
    0.6666666666666666
    """
    right = float(np.sum(truth * found))
    total = float(truth.sum() + found.sum())
    return 2 * right / total if total else 0.0


def macro_f1(truth: Array, found: NDArray[np.bool_]) -> float:
    """The mean over labels of F1."""
    return float(np.mean([f1_score(truth[:, k], found[:, k]) for k in range(truth.shape[1])]))


def pearson(a: Array, b: Array) -> float:
    """Pearson's r."""
    return float(np.corrcoef(a, b)[0, 1])


def auc(truth: Array, score: Array) -> float:
    """The chance that a positive scores above a negative; ties count half."""
    order = np.argsort(score, kind="stable")
    _, inverse, counts = np.unique(score[order], return_inverse=True, return_counts=True)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    ranks = np.empty(len(score))
    ranks[order] = (starts + (counts + 1) / 2)[inverse]
    positives = truth.sum()
    negatives = len(truth) - positives
    return float((ranks[truth == 1].sum() - positives * (positives + 1) / 2) / (positives * negatives))


def calibration_error(truth: Array, p: Array, bins: int = 15) -> float:
    """Expected calibration error, mean over labels, in bins of equal numbers of texts."""
    errors = []
    for k in range(truth.shape[1]):
        order = np.argsort(p[:, k], kind="stable")
        parts = np.array_split(order, bins)
        errors.append(sum(len(b) * abs(truth[b, k].mean() - p[b, k].mean()) for b in parts) / len(order))
    return float(np.mean(errors))
